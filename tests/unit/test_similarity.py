"""Overlap of boxes and object keypoint similarity on values worked out by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreai_live.similarity import (
    containment_matrix,
    iou_matrix,
    keypoint_areas,
    oks_matrix,
)
from choreai_live.skeleton import KEYPOINT_COUNT, OKS_K

UNIT = [0, 0, 10, 10]


@pytest.mark.parametrize(
    ("other", "iou", "containment"),
    [
        (UNIT, 1.0, 1.0),
        ([10, 0, 20, 10], 0.0, 0.0),
        ([5, 0, 15, 10], 1 / 3, 0.5),
        ([0, 0, 5, 5], 0.25, 1.0),
        ([3, 3, 3, 8], 0.0, 0.0),
        ([8, 8, 2, 2], 0.0, 0.0),
    ],
)
def test_overlap_of_two_boxes(other: list[float], iou: float, containment: float) -> None:
    one, two = np.array([UNIT], np.float32), np.array([other], np.float32)
    assert iou_matrix(one, two)[0, 0] == pytest.approx(iou, abs=1e-6)
    assert containment_matrix(one, two)[0, 0] == pytest.approx(containment, abs=1e-6)


def test_rows_are_the_first_argument_and_empty_is_allowed() -> None:
    one = np.array([UNIT, [5, 0, 15, 10]], np.float32)
    assert iou_matrix(one, one[:1]).shape == (2, 1)
    assert iou_matrix(np.zeros((0, 4), np.float32), one).shape == (0, 2)
    assert containment_matrix(one, np.zeros((0, 4), np.float32)).shape == (2, 0)


def _poses(seed: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    keypoints = generator.uniform(0, 200, (count, KEYPOINT_COUNT, 2)).astype(np.float32)
    return keypoints, generator.uniform(0.3, 1, (count, KEYPOINT_COUNT)).astype(np.float32)


def test_oks_follows_the_coco_formula() -> None:
    keypoints, scores = _poses(3, 1)
    moved = keypoints + np.array([6, 8], np.float32)  # every keypoint by 10 pixels
    area = np.array([5000], np.float32)
    ones = np.ones_like(scores)
    expected = np.exp(-(10.0**2) / (2 * 5000 * OKS_K**2)).mean()
    assert oks_matrix(keypoints, moved, ones, ones, area)[0, 0] == pytest.approx(expected, rel=1e-4)


def test_a_keypoint_nobody_sees_does_not_count() -> None:
    keypoints, scores = _poses(4, 1)
    torn = keypoints.copy()
    torn[0, 9] += 1000
    unseen = scores.copy()
    unseen[0, 9] = 0
    assert oks_matrix(keypoints, torn, scores, unseen)[0, 0] == pytest.approx(1, abs=1e-5)
    assert oks_matrix(keypoints, torn, scores, scores)[0, 0] < 0.99
    assert oks_matrix(keypoints, keypoints, scores, np.zeros_like(scores))[0, 0] == 0


def test_oks_shapes_and_empty() -> None:
    keypoints, scores = _poses(5, 3)
    assert oks_matrix(keypoints, keypoints[:2], scores, scores[:2]).shape == (3, 2)
    none, no_scores = keypoints[:0], scores[:0]
    assert oks_matrix(none, keypoints, no_scores, scores).shape == (0, 3)
    assert oks_matrix(keypoints, none, scores, no_scores).shape == (3, 0)


def test_area_is_that_of_what_is_seen() -> None:
    keypoints = np.zeros((2, KEYPOINT_COUNT, 2), np.float32)
    keypoints[0, 1] = [100, 200]
    keypoints[0, 2] = [9999, 9999]
    scores = np.ones((2, KEYPOINT_COUNT), np.float32)
    scores[0, 2] = 0
    scores[1] = 0
    areas = keypoint_areas(keypoints, scores)
    assert areas[0] == pytest.approx(0.53 * 100 * 200)
    assert areas[1] == 0


@given(st.integers(0, 2**32 - 1))
def test_both_stay_between_zero_and_one_and_are_one_with_oneself(seed: int) -> None:
    keypoints, scores = _poses(seed, 3)
    oks = oks_matrix(keypoints, keypoints, scores, scores)
    assert ((oks >= 0) & (oks <= 1 + 1e-6)).all()
    assert np.allclose(np.diag(oks), 1)
    boxes = np.concatenate([keypoints.min(axis=1), keypoints.max(axis=1)], axis=1)
    iou = iou_matrix(boxes, boxes)
    assert ((iou >= 0) & (iou <= 1 + 1e-6)).all()
    assert np.allclose(iou, iou.T)
    assert np.allclose(np.diag(iou), 1)
