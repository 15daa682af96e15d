"""Many bodies at once are the bodies of the demo dancer."""

import numpy as np
import pytest

from choreai_live.demo import figure
from choreai_live.demo.body import Proportions, assembled
from choreai_live.demo.dances import danced
from choreai_live.training.etudes.kinematics import keypoints
from choreai_live.training.etudes.phrasing import Score
from choreai_live.training.etudes.postures import (
    GROUND,
    LIFT,
    SIZE,
    STANDING,
    STRETCH,
    gesture,
    posed,
)


@pytest.mark.parametrize("dance", ["afrobeat", "classical", "hiphop"])
def test_keypoints_are_those_of_the_demo(dance: str) -> None:
    body = Proportions().scaled(1.05, 0.93)
    postures = np.stack([danced(dance, beat) for beat in np.linspace(0.0, 48.0, 97)])
    padded = np.zeros((len(postures), SIZE))
    padded[:, :37] = postures
    expected = [figure.keypoints(assembled(posture, body), 1.05) for posture in postures]
    assert np.abs(keypoints(padded, body, 1.05) - np.array(expected)).max() < 1e-9


def test_a_jump_lifts_the_whole_body() -> None:
    both = np.stack([STANDING, posed(lift=0.3)])
    assert both[1, LIFT] == 0.3
    points = keypoints(both, Proportions(), 1.0)
    np.testing.assert_allclose(points[1] - points[0], np.tile((0.0, 0.3, 0.0), (17, 1)), atol=1e-9)


def test_a_tumbled_body_lies_on_the_floor() -> None:
    lying = posed(tumble=(np.pi / 2, 0.0), ground=1.0)
    assert lying[GROUND] == 1.0
    points = keypoints(lying[None], Proportions(), 1.0)[0]
    assert 0.05 <= points[:, 1].min() < 0.10
    assert np.ptp(points[:, 1]) < 0.5  # flat
    assert points[0, 2] > points[15, 2] + 1.0  # the head fell to the front


def test_a_stretched_leg_swings_without_bending() -> None:
    standing = posed(hips=(0.0, 0.02, 0.0))
    standing[STRETCH] = 1.0
    kicking = gesture(standing, 1, 10.0, 0.0)
    assert kicking[STRETCH.start] == 1.0
    score = Score(60.0, standing)
    score.to(kicking, 1.0)
    postures, _ = score.read(np.linspace(0.0, 1.0, 31))
    points = keypoints(postures, Proportions(), 1.0)
    reach = np.linalg.norm(points[:, 15] - points[:, 11], axis=1)
    assert reach[8:].min() > 0.86  # of 0.87 metres, once the foot has left the floor
    assert points[:, 15, 1].min() > 0.06
    postures[:, STRETCH] = 0.0
    loose = keypoints(postures, Proportions(), 1.0)
    assert np.linalg.norm(loose[:, 15] - loose[:, 11], axis=1).min() < 0.7
