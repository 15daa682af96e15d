"""What a body must keep to whatever it dances: bones, floor, continuity, symmetry."""

import numpy as np
import pytest

from choreai_live.demo import SceneSettings
from choreai_live.demo.body import (
    FRAME_COUNT,
    LEFT_FOOT_FRAME,
    LEFT_SHIN,
    LEFT_THIGH,
    RIGHT_FOOT_FRAME,
    Body,
    Proportions,
    assembled,
)
from choreai_live.demo.dances import danced
from choreai_live.demo.figure import keypoints
from choreai_live.demo.performer import Performer
from choreai_live.demo.posture import STANDING, mirrored, stepped

STYLES = ("afrobeat", "classical", "hiphop", "idle")
SOLE = np.array(((0.0, -0.07, -0.03), (0.0, -0.07, 0.06), (0.0, -0.07, 0.14)))


def soles(body: Body) -> np.ndarray:
    """Return three points under each shoe, (feet=2, points=3, space=3)."""
    return np.stack(
        [
            body.origins[foot] + SOLE @ body.axes[foot].T
            for foot in (LEFT_FOOT_FRAME, RIGHT_FOOT_FRAME)
        ]
    )


@pytest.mark.parametrize("style", STYLES)
def test_bones_keep_their_lengths_and_axes_stay_square(style: str) -> None:
    proportions = Proportions()
    for beat in np.arange(0, 48, 0.37):
        body = assembled(danced(style, beat), proportions)
        for side in (0, 1):
            hip, knee, ankle = body.origins[
                [LEFT_THIGH + side, LEFT_SHIN + side, LEFT_FOOT_FRAME + side]
            ]
            assert np.linalg.norm(hip - knee) == pytest.approx(proportions.thigh, abs=1e-6)
            assert np.linalg.norm(knee - ankle) == pytest.approx(proportions.shin, abs=1e-6)
        product = body.axes.transpose(0, 2, 1) @ body.axes
        np.testing.assert_allclose(product, np.tile(np.eye(3), (FRAME_COUNT, 1, 1)), atol=1e-9)


@pytest.mark.parametrize("style", STYLES)
def test_feet_never_sink_and_one_is_on_the_floor(style: str) -> None:
    lowest = [
        soles(assembled(danced(style, beat), Proportions()))[..., 1].min(axis=1)
        for beat in np.arange(0, 48, 0.21)
    ]
    assert np.min(lowest) > -0.005
    on_floor = np.min(lowest, axis=1) < 0.03
    # Otherwise a step is being taken, or a dancer stands on the very toes.
    assert on_floor.mean() > 0.85
    assert np.min(lowest, axis=1).max() < 0.12


@pytest.mark.parametrize("style", ["afrobeat", "classical"])
def test_planted_feet_do_not_slide(style: str) -> None:
    # Hip hop slides on purpose: the running man.
    step = 1 / 32
    toes = np.stack(
        [soles(assembled(danced(style, beat), Proportions())) for beat in np.arange(0, 16, step)]
    )
    planted = (toes[1:, :, :, 1].min(axis=2) < 0.012) & (toes[:-1, :, :, 1].min(axis=2) < 0.012)
    moved = np.linalg.norm(np.diff(toes[:, :, 2, ::2], axis=0), axis=2)
    assert planted.mean() > 0.5
    assert np.percentile(moved[planted], 90) < 0.2 * step


@pytest.mark.parametrize(
    "settings",
    [
        SceneSettings(tempo=120),
        SceneSettings(tempo=120, dancers=2, crossing=True),
        SceneSettings(tempo=120, exits=True),
    ],
    ids=["medley", "crossing", "exits"],
)
def test_nobody_jumps_from_one_place_to_another(settings: SceneSettings) -> None:
    performer = Performer(settings, 0, lambda z: 1.8)
    step = 1 / 30
    joints = np.stack(
        [keypoints(performer.body(time), performer.size) for time in np.arange(0, 30, step)]
    )
    speed = np.linalg.norm(np.diff(joints, axis=0), axis=2) / step
    # A hit of a hand reaches some 8 m/s; a jump cut would be a multiple of that.
    assert speed.max() < 14
    assert np.percentile(speed, 99) < 7


def test_the_dances_are_not_each_other() -> None:
    beats = np.arange(0, 48, 0.25)
    means = [np.mean([danced(style, beat) for beat in beats], axis=0) for style in STYLES]
    for first in range(len(STYLES)):
        for second in range(first):
            assert np.abs(means[first] - means[second]).max() > 0.1


def test_mirroring_twice_changes_nothing_and_once_swaps_the_sides() -> None:
    posture = danced("hiphop", 3.3)
    np.testing.assert_array_equal(mirrored(mirrored(posture)), posture)
    body = keypoints(assembled(posture, Proportions()), 1.0)
    other = keypoints(assembled(mirrored(posture), Proportions()), 1.0)
    swap = [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15]
    np.testing.assert_allclose(other[swap], body * (-1, 1, 1), atol=1e-9)


def test_a_foot_that_goes_elsewhere_is_lifted() -> None:
    wide = STANDING.copy()
    wide[24] += 0.3
    half = stepped(STANDING, wide, 0.4)
    assert half[25] > 0.05
    np.testing.assert_array_equal(stepped(STANDING, wide, 1.0), wide)
    np.testing.assert_array_equal(stepped(STANDING, wide, 0.0), STANDING)
