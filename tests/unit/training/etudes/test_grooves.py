"""Grooves: tracks that repeat, reach their keys on the beat, and add up."""

import numpy as np
import pytest

from choreai_live.demo.body import Proportions
from choreai_live.training.etudes.grooves import (
    Groove,
    alternating,
    arms,
    feet,
    foot,
    groove,
    keyed,
    perform,
    pulsed,
    reach,
    slack,
    steps,
    swung,
)
from choreai_live.training.etudes.kinematics import keypoints
from choreai_live.training.etudes.phrasing import Score
from choreai_live.training.etudes.postures import (
    HIPS,
    LEFT_ARM,
    LEFT_FOOT,
    RIGHT_ARM,
    RIGHT_FOOT,
    SIZE,
    STANDING,
    mirrored,
    other,
    posed,
)

KEYS = [(0.0, (0.0, 1.0)), (1.0, (2.0, 0.0)), (3.0, (-1.0, 5.0))]


@pytest.mark.parametrize("share", [0.3, 1.0])
def test_keys_are_reached_on_their_beats_again_and_again(share: float) -> None:
    track = keyed(4.0, KEYS, share)
    for beat, value in KEYS:
        for round_ in (-1, 0, 7):
            np.testing.assert_allclose(track(np.array([beat + 4.0 * round_]))[0], value, atol=1e-9)


def test_a_small_share_holds_the_key_before() -> None:
    track = keyed(4.0, KEYS, 0.25)
    np.testing.assert_allclose(track(np.array([2.4]))[0], KEYS[1][1])
    assert keyed(4.0, KEYS, 1.0)(np.array([2.4]))[0, 0] < 1.9


def test_a_foot_that_steps_is_lifted_and_one_that_slides_is_not() -> None:
    keys = [(0.0, foot(0.1, 0.0)), (1.0, foot(0.4, 0.0))]
    half = np.array([0.5])
    assert keyed(2.0, keys, arc=0.3)(half)[0, 1] == pytest.approx(0.09)
    assert keyed(2.0, keys)(half)[0, 1] == 0.0


def test_arms_go_from_up_to_down_by_the_front() -> None:
    up, down = (0, 1, 0, 0, 1, 0), (0, -1, 0, 0, -1, 0)
    half = keyed(2.0, [(0.0, up), (1.0, down)], arm=True)(np.array([0.5]))[0]
    assert half[2] > 0.5
    assert half[5] > 0.5


@pytest.mark.parametrize(("make", "left", "right"), [
    (lambda keys: steps(2.0, keys), LEFT_FOOT, RIGHT_FOOT),
    (lambda keys: alternating(2.0, keys), LEFT_ARM, RIGHT_ARM),
])  # fmt: skip
def test_the_right_side_mirrors_the_left_half_a_period_later(make, left, right) -> None:
    a, b = (foot(0.1, 0.2, 0.1, 0.4, 0.3, 0.5), foot(0.3, -0.1)) if left == LEFT_FOOT else (
        reach(0.1, 0.2, 0.3), reach(0.3, -0.3, 0.1)
    )  # fmt: skip
    dance = make([(0.0, a), (0.5, b)])
    beats = np.linspace(0.0, 4.0, 41)
    now, later = dance(beats), dance(beats + 1.0)
    np.testing.assert_allclose(later[:, right], mirrored(now)[:, right], atol=1e-9)
    assert np.ptp(now[:, left], axis=0).max() > 0.1


def test_both_sides_are_written_as_left_ones() -> None:
    at, hand = foot(0.2, 0.1, yaw=0.3), reach(0.2, 0.3, 0.1)
    body = (feet(2.0, [(0.0, at)], [(0.0, at)]) + arms(2.0, [(0.0, hand)]))(np.zeros(1))[0]
    expected = mirrored(body)
    np.testing.assert_allclose(body[RIGHT_FOOT], expected[RIGHT_FOOT])
    np.testing.assert_allclose(body[RIGHT_ARM], expected[RIGHT_ARM])


def test_grooves_add_up() -> None:
    sway = groove(hips=swung((0.1, 0.0, 0.0), 2.0))
    bounce = groove(hips=pulsed((0.0, -0.2, 0.0), 1.0))
    beats = np.linspace(0.0, 3.0, 31)
    np.testing.assert_allclose((sway + bounce)(beats), sway(beats) + bounce(beats))
    assert (Groove()(beats) == 0.0).all()
    low = bounce(beats)[:, HIPS.start + 1]
    assert low.max() <= 0.0
    assert low[0] == pytest.approx(-0.2)


@pytest.mark.parametrize("target", [(0.2, 0.1, 0.3), (-0.2, -0.1, 0.2), (0.1, 0.4, 0.1)])
def test_a_hand_gets_to_where_it_reaches(target: tuple[float, float, float]) -> None:
    hand = reach(*target)
    points = keypoints(
        posed(left_arm=hand, right_arm=other(hand))[None], Proportions(), 1.0
    )[0]  # fmt: skip
    np.testing.assert_allclose(points[9] - points[5], target, atol=1e-6)
    np.testing.assert_allclose(points[10] - points[6], np.array(target) * (-1, 1, 1), atol=1e-6)


def test_slack_arms_hang_lower_on_the_whole() -> None:
    hands = arms(2.0, [(0.0, reach(0.4, 0.1, 0.2))])
    bodies = [(hands + slack(np.random.default_rng(seed)))(np.zeros(1))[0] for seed in range(20)]
    heights = [body[LEFT_ARM][1] / np.linalg.norm(body[LEFT_ARM][:3]) for body in bodies]
    stretched = hands(np.zeros(1))[0][LEFT_ARM][1]
    assert max(heights) == pytest.approx(stretched)
    assert min(heights) < stretched - 0.3


def test_performing_dances_the_groove_and_returns() -> None:
    base = Groove(((slice(0, SIZE), lambda beats: np.repeat(STANDING[None], len(beats), 0)),))
    score = Score(120.0, STANDING)
    perform(score, base + groove(hips=swung((0.2, 0.0, 0.0), 2.0, 0.5)), 4.0)
    assert score.beat == pytest.approx(5.0)
    postures, _ = score.read(np.array([1.0, 2.5, 3.5, 5.0]))
    shifts = postures[:, HIPS.start]
    np.testing.assert_allclose(shifts[1:3], (-0.2, 0.2), atol=0.02)
    np.testing.assert_allclose(shifts[[0, 3]], 0.0, atol=0.02)
