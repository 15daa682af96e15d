"""How alike two people in one picture are: overlap of boxes, nearness of keypoints.

``pose`` uses it to report nobody twice, ``tracking`` to tell who is who.
"""

from typing import Final

import numpy as np

from choreai_live.messages import Floats
from choreai_live.skeleton import OKS_K

#: Keypoints below this score say little about how large a person is.
_SEEN: Final = 0.2

#: Body area over box area, where only the box is known; the usual stand-in
#: for COCO's segment area (Xu et al., "ViTPose", NeurIPS 2022, and mmpose).
_AREA_OF_BOX: Final = 0.53


def iou_matrix(boxes_a: Floats, boxes_b: Floats) -> Floats:
    """Return the intersection over union of every pair of boxes.

    Parameters
    ----------
    boxes_a
        float32 (n, 4): x1, y1, x2, y2.
    boxes_b
        float32 (m, 4): x1, y1, x2, y2.

    Returns
    -------
    float32 (n, m), 0 to 1; 0 where a box has no area.
    """
    boxes_a = np.asarray(boxes_a, np.float32).reshape(-1, 4)
    boxes_b = np.asarray(boxes_b, np.float32).reshape(-1, 4)
    intersection = _intersections(boxes_a, boxes_b)
    union = box_areas(boxes_a)[:, None] + box_areas(boxes_b)[None, :] - intersection
    iou: Floats = np.where(union > 0, intersection / np.maximum(union, 1e-9), 0).astype(np.float32)
    return iou


def containment_matrix(boxes_a: Floats, boxes_b: Floats) -> Floats:
    """Return the intersection of every pair of boxes over the smaller of the two.

    A half body found inside a whole one has a small IoU and a containment near 1.

    Parameters
    ----------
    boxes_a
        float32 (n, 4): x1, y1, x2, y2.
    boxes_b
        float32 (m, 4): x1, y1, x2, y2.

    Returns
    -------
    float32 (n, m), 0 to 1; 0 where a box has no area.
    """
    boxes_a = np.asarray(boxes_a, np.float32).reshape(-1, 4)
    boxes_b = np.asarray(boxes_b, np.float32).reshape(-1, 4)
    smaller = np.minimum(box_areas(boxes_a)[:, None], box_areas(boxes_b)[None, :])
    inside = _intersections(boxes_a, boxes_b) / np.maximum(smaller, 1e-9)
    contained: Floats = np.where(smaller > 0, inside, 0).astype(np.float32)
    return contained


def oks_matrix(
    keypoints_a: Floats,
    keypoints_b: Floats,
    scores_a: Floats,
    scores_b: Floats,
    areas: Floats | None = None,
) -> Floats:
    """Return the object keypoint similarity of every pair of poses.

    As in the COCO keypoint challenge, with one difference: there is no ground
    truth to say which keypoints count, so each counts by the product of its
    two scores.

    Parameters
    ----------
    keypoints_a, keypoints_b
        float32 (n or m, keypoints=17, space=2), pixels.
    scores_a, scores_b
        float32 (n or m, keypoints=17), 0 to 1.
    areas
        float32 (n,): area in square pixels of each person of ``a``. None
        takes it from the extent of the keypoints seen.

    Returns
    -------
    float32 (n, m), 0 to 1; 0 where the two poses share no keypoint.

    References
    ----------
    https://cocodataset.org/#keypoints-eval
    """
    keypoints_a = np.asarray(keypoints_a, np.float32).reshape(-1, len(OKS_K), 2)
    keypoints_b = np.asarray(keypoints_b, np.float32).reshape(-1, len(OKS_K), 2)
    if areas is None:
        areas = keypoint_areas(keypoints_a, scores_a)
    offsets = keypoints_a[:, None] - keypoints_b[None, :]
    squared = np.einsum("nmks,nmks->nmk", offsets, offsets)
    scales = 2.0 * np.maximum(areas, 1.0)[:, None, None] * np.square(OKS_K)
    weights = np.asarray(scores_a)[:, None] * np.asarray(scores_b)[None, :]
    total = weights.sum(axis=2)
    similarity = (np.exp(-squared / scales) * weights).sum(axis=2) / np.maximum(total, 1e-9)
    oks: Floats = np.where(total > 1e-6, similarity, 0).astype(np.float32)
    return oks


def keypoint_areas(keypoints: Floats, scores: Floats) -> Floats:
    """Return the area of each person, estimated from the extent of what is seen of them.

    Parameters
    ----------
    keypoints
        float32 (n, keypoints=17, space=2), pixels.
    scores
        float32 (n, keypoints=17), 0 to 1.

    Returns
    -------
    float32 (n,), square pixels; 0 where no keypoint is seen.
    """
    seen = (np.asarray(scores) >= _SEEN)[..., None]
    low = np.where(seen, keypoints, np.inf).min(axis=1, initial=np.inf)
    high = np.where(seen, keypoints, -np.inf).max(axis=1, initial=-np.inf)
    sides = np.where(np.isfinite(low), np.maximum(high - np.where(np.isfinite(low), low, 0), 0), 0)
    # An arm that hangs down makes the box of someone seen from the side a
    # mere line; nobody is narrower than a quarter of their height.
    sides = np.maximum(sides, sides.max(axis=1, keepdims=True) / 4)
    areas: Floats = (_AREA_OF_BOX * sides.prod(axis=1)).astype(np.float32)
    return areas


def box_areas(boxes: Floats) -> Floats:
    """Return the area of each box, float32 (n,), square pixels; ``boxes`` is (n, 4) xyxy."""
    areas: Floats = np.maximum(boxes[:, 2:] - boxes[:, :2], 0).prod(axis=1)
    return areas


def _intersections(boxes_a: Floats, boxes_b: Floats) -> Floats:
    low = np.maximum(boxes_a[:, None, :2], boxes_b[None, :, :2])
    high = np.minimum(boxes_a[:, None, 2:], boxes_b[None, :, 2:])
    intersections: Floats = np.maximum(high - low, 0).prod(axis=2)
    return intersections
