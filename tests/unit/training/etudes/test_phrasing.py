"""Scores: keys on beats, feet that keep to the floor, jumps that fall as things do."""

import numpy as np
import pytest

from choreai_live.demo.body import Proportions
from choreai_live.training.etudes.kinematics import keypoints
from choreai_live.training.etudes.phrasing import EASINGS, Score, bounce, wave
from choreai_live.training.etudes.postures import (
    GROUND,
    KNEES,
    LIFT,
    SIZE,
    SPINE,
    STANDING,
    TUMBLE,
    arm,
    gesture,
    mirrored,
    other,
    posed,
)


@pytest.mark.parametrize("easing", EASINGS)
def test_easings_begin_and_arrive(easing: str) -> None:
    eased = EASINGS[easing](np.linspace(0.0, 1.0, 101))
    assert eased[0] == pytest.approx(0.0, abs=1e-9)
    assert eased[-1] == pytest.approx(1.0, abs=2e-3)
    assert eased.max() < 1.05


def test_keys_are_reached_on_their_beat() -> None:
    score = Score(120.0, STANDING)
    low = posed(STANDING, hips=(0.0, -0.2, 0.0))
    score.to(low, 2.0)
    score.hold(1.0)
    score.to(STANDING, 4.0)
    postures, _ = score.read(np.array([0.0, 2.0, 3.0, 5.0, 7.0]))
    np.testing.assert_allclose(postures[:, 1], [-0.02, -0.2, -0.2, -0.11, -0.02], atol=1e-9)
    assert score.seconds == pytest.approx(3.5)


def test_hits_wait_for_their_beat() -> None:
    score = Score(60.0, STANDING)
    score.to(posed(STANDING, hips=(0.0, -0.2, 0.0)), 1.0, "sustained", share=0.4)
    postures, _ = score.read(np.array([0.55, 0.8, 1.0]))
    np.testing.assert_allclose(postures[:, 1], [-0.02, -0.11, -0.2], atol=1e-9)


def test_a_planted_foot_stays_while_the_other_steps() -> None:
    score = Score(60.0, STANDING)
    ahead = posed(STANDING, left_foot=(0.13, 0.0, 0.3, 0.25, 0.0, 0.25),
                  right_foot=(-0.13, 0.0, -0.1, -0.25, 0.0, -0.25))  # fmt: skip
    score.to(ahead, 1.0, travel=(0.0, 0.2), lead=1)
    postures, places = score.read(np.linspace(0.0, 1.0, 31))
    points = keypoints(postures, Proportions(), 1.0)
    points[..., [0, 2]] += places[:, None]
    left, right = points[:, 15], points[:, 16]
    assert np.ptp(right[:, 2]) < 1e-6  # -0.1 + 0.2 is where it stood: 0.1
    assert left[-1, 2] - left[0, 2] == pytest.approx(0.4, abs=0.03)
    assert left[:, 1].max() > left[0, 1] + 0.05


def test_turning_keeps_the_heading() -> None:
    score = Score(60.0, STANDING)
    score.to(STANDING, 1.0, turn=np.pi / 2, lead=0)
    score.to(STANDING, 1.0, travel=(0.0, 1.0), lead=0)
    _, places = score.read(np.array([0.0, 2.0]))
    np.testing.assert_allclose(places[1], [1.0, 0.0], atol=1e-9)  # front is now the old left


def test_a_jump_is_a_fall() -> None:
    score = Score(60.0, STANDING)
    score.jump(STANDING, STANDING, 1.0, 0.2)
    postures, _ = score.read(np.arange(0.0, 1.0, 0.01))
    lift = postures[:, LIFT]
    flying = lift > 0.01
    assert lift.max() == pytest.approx(0.2, abs=0.002)
    curvature = np.diff(lift, 2)[flying[1:-1]] / 0.01**2
    assert np.median(curvature) == pytest.approx(-9.81, rel=0.01)


def test_a_jump_without_time_is_lower() -> None:
    score = Score(60.0, STANDING)
    score.jump(STANDING, STANDING, 0.3, 0.5)
    postures, _ = score.read(np.arange(0.0, 0.3, 0.005))
    assert postures[:, LIFT].max() == pytest.approx(9.81 * 0.3**2 / 8, rel=0.02)


def test_the_other_side_is_the_mirror_image() -> None:
    scores = [Score(100.0, STANDING), Score(100.0, STANDING)]
    scores[1] = Score(100.0, mirrored(STANDING))
    scores[1].mirror(True)
    for score in scores:
        score.layer(wave(SPINE, (0.1, 0.2, 0.3), 1.0), 3.0)
        score.layer(bounce(0.05), 3.0)
        aside = posed(gesture(STANDING, 1, 70.0, -30.0), left_arm=arm(80, 30, 70, 40))
        score.to(aside, 1.5, "hit", travel=(0.3, 0.1), turn=0.4)
        score.jump(STANDING, aside, 1.0, 0.2, travel=(0.2, 0.0))
    beats = np.linspace(0.0, 2.5, 40)
    (left, left_places), (right, right_places) = (score.read(beats) for score in scores)
    np.testing.assert_allclose(mirrored(left), right, atol=1e-9)
    np.testing.assert_allclose(left_places * (-1.0, 1.0), right_places, atol=1e-9)
    points = [keypoints(p, Proportions(), 1.0) for p in (left, right)]
    order = [0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15]
    np.testing.assert_allclose(points[0][:, order] * (-1.0, 1.0, 1.0), points[1], atol=1e-6)


def test_mirroring_twice_changes_nothing() -> None:
    body = np.random.default_rng(0).normal(size=SIZE)
    np.testing.assert_array_equal(mirrored(mirrored(body)), body)
    assert mirrored(body)[GROUND] == body[GROUND]
    assert mirrored(body)[TUMBLE][1] == -body[TUMBLE][1]
    np.testing.assert_array_equal(mirrored(body)[KNEES], body[KNEES][::-1])
    assert other(other(arm(30, 20, 10, 0))) == arm(30, 20, 10, 0)


def test_a_gesture_puts_the_foot_where_it_points() -> None:
    for outward, upward in ((0.0, 0.0), (90.0, -20.0), (170.0, -10.0), (45.0, 30.0)):
        body = gesture(STANDING, 1, outward, upward)
        points = keypoints(body[None], Proportions(), 1.0)[0]
        leg = points[15] - points[11]
        expected = np.array([
            np.sin(np.radians(outward)) * np.cos(np.radians(upward)),
            np.sin(np.radians(upward)),
            np.cos(np.radians(outward)) * np.cos(np.radians(upward)),
        ])  # fmt: skip
        np.testing.assert_allclose(leg / np.linalg.norm(leg), expected, atol=0.01)
        assert np.linalg.norm(leg) == pytest.approx(0.87, abs=0.01)
