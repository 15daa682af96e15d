"""Rotations, easing and two-bone limbs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreai_live.demo.geometry import bend, euler, glide, smoothstep

coordinate = st.floats(-1.5, 1.5).map(lambda value: round(value, 3))
point = st.tuples(coordinate, coordinate, coordinate).map(np.array)


@given(point, point, st.floats(0.1, 0.6), st.floats(0.1, 0.6))
def test_bent_limbs_keep_the_length_of_their_upper_bone(
    target: np.ndarray, pole: np.ndarray, upper: float, lower: float
) -> None:
    pole = pole + np.array((0.0, 0.0, 2.0))
    if np.linalg.norm(np.cross(target, pole)) < 1e-3:
        return  # no plane to bend in
    joint = bend(np.zeros(3), target, pole, upper, lower)
    assert np.linalg.norm(joint) == pytest.approx(upper, abs=1e-6)


@given(point, st.floats(0.25, 0.6), st.floats(0.25, 0.6))
def test_bent_limbs_reach_what_is_in_reach(target: np.ndarray, upper: float, lower: float) -> None:
    distance = np.linalg.norm(target)
    if not abs(upper - lower) + 0.01 < distance < (upper + lower) * 0.999:
        return
    pole = np.array((0.3, 0.2, 2.0))
    if np.linalg.norm(np.cross(target, pole)) < 1e-3:
        return
    joint = bend(np.zeros(3), target, pole, upper, lower)
    assert np.linalg.norm(target - joint) == pytest.approx(lower, abs=1e-6)


def test_joints_bend_towards_the_pole() -> None:
    knee = bend(np.array((0.0, 0.9, 0.0)), np.zeros(3), np.array((0.0, 0.0, 1.0)), 0.5, 0.5)
    assert knee[2] > 0.1


def test_positive_yaw_turns_to_the_dancers_left_and_pitch_leans_forward() -> None:
    forward, up = np.array((0.0, 0.0, 1.0)), np.array((0.0, 1.0, 0.0))
    assert (euler(0.5, 0.0, 0.0) @ forward)[0] > 0.4
    assert (euler(0.0, 0.5, 0.0) @ up)[2] > 0.4
    assert (euler(0.0, 0.0, 0.5) @ up)[0] < -0.4


@pytest.mark.parametrize("ease", [smoothstep, glide])
def test_easing_starts_at_zero_ends_at_one_and_never_turns_back(ease) -> None:
    values = [ease(step / 100) for step in range(-10, 111)]
    assert values[0] == 0.0
    assert values[-1] == 1.0
    assert np.all(np.diff(values) >= 0)
    assert ease(0.5) == pytest.approx(0.5)
