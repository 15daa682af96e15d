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
    # Five frames at 15 per second are the third of a second that is looked at.
    window = np.stack([before] * 5 + [after])
    assert movement(window, 15) == pytest.approx(1.5, rel=1e-4)
    assert movement(window[-2:], 15) == pytest.approx(7.5, rel=1e-4)


def test_movement_does_not_depend_on_the_size_of_the_picture(
    dance: Callable[..., np.ndarray],
) -> None:
    window = np.stack([dance(k / 15) for k in range(6)])
    far = np.array([0.2, 0.2, 1], np.float32)
    assert movement(window, 15) > 0.1
    assert movement(window * far, 15) == pytest.approx(movement(window, 15), rel=1e-4)


def test_keypoints_nobody_is_sure_of_do_not_move(dance: Callable[..., np.ndarray]) -> None:
    before = dance(0)
    after = before.copy()
    after[15:, :2] += 500
    after[15:, 2] = 0
    assert movement(np.stack([before, after]), 3) == 0


def test_an_invisible_body_does_not_move() -> None:
    assert movement(np.zeros((6, 17, 3), np.float32), 15) == 0


def test_a_single_frame_has_no_movement(dance: Callable[..., np.ndarray]) -> None:
    assert movement(dance(0)[None], 15) == 0
