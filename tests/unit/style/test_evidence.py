"""How much there is to go on."""

from collections.abc import Callable

import numpy as np
import pytest

from choreai_live.style.evidence import movement, visibility


def test_visibility_is_that_of_torso_and_arms() -> None:
    body = np.zeros((17, 3), np.float32)
    body[5:13, 2] = 0.8
    assert visibility(body) == pytest.approx(0.8)


def test_movement_is_in_torso_lengths_per_second(dance: Callable[..., np.ndarray]) -> None:
    before = dance(0)
    before[:, 2] = 1
    shoulders, hips = before[5:7, :2].mean(axis=0), before[11:13, :2].mean(axis=0)
    torso = np.linalg.norm(shoulders - hips)
    after = before.copy()
    after[:, 0] += torso / 2
    assert movement(before, after, 0.25) == pytest.approx(2, rel=1e-4)


def test_movement_does_not_depend_on_the_size_of_the_picture(
    dance: Callable[..., np.ndarray],
) -> None:
    before, after = dance(0), dance(0.3)
    far = np.array([0.2, 0.2, 1], np.float32)
    assert movement(before * far, after * far, 0.3) == pytest.approx(
        movement(before, after, 0.3), rel=1e-4
    )


def test_keypoints_nobody_is_sure_of_do_not_move(dance: Callable[..., np.ndarray]) -> None:
    before = dance(0)
    after = before.copy()
    after[15:, :2] += 500
    after[15:, 2] = 0
    assert movement(before, after, 0.3) == 0


def test_an_invisible_body_does_not_move() -> None:
    assert movement(np.zeros((17, 3), np.float32), np.zeros((17, 3), np.float32), 0.3) == 0
