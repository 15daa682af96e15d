"""Nobody is reported twice, and nobody who stands close to another is lost."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats, Pose
from choreai_live.similarity import containment_matrix, iou_matrix, oks_matrix

#: Two poses that share this much are one person: half of the body coincides.
SAME_OKS: Final = 0.5

#: With boxes that nearly coincide, less is enough.
SAME_IOU: Final = 0.8
SAME_OKS_IN_SAME_BOX: Final = 0.3

#: Share of the smaller box above which two people are so close that a crop of
#: one shows much of the other.
CROWDED: Final = 0.2


def similarity(poses_a: Sequence[Pose], poses_b: Sequence[Pose]) -> Floats:
    """Return the object keypoint similarity, float32 (a, b), of every pair of poses."""
    if not poses_a or not poses_b:
        return np.zeros((len(poses_a), len(poses_b)), np.float32)
    return oks_matrix(
        np.stack([pose.keypoints for pose in poses_a]),
        np.stack([pose.keypoints for pose in poses_b]),
        np.stack([pose.scores for pose in poses_a]),
        np.stack([pose.scores for pose in poses_b]),
    )


def without_duplicates(poses: Sequence[Pose]) -> list[int]:
    """Return the indices of the poses to keep, in the order given.

    Parameters
    ----------
    poses
        The most trusted first: of two that are one person, the first stays.
    """
    if not poses:
        return []
    oks = similarity(poses, poses)
    oks = np.maximum(oks, oks.T)
    boxes = np.stack([pose.box for pose in poses])
    same = (oks >= SAME_OKS) | (
        (iou_matrix(boxes, boxes) >= SAME_IOU) & (oks >= SAME_OKS_IN_SAME_BOX)
    )
    kept: list[int] = []
    for index in range(len(poses)):
        if not same[index, kept].any():
            kept.append(index)
    return kept


def crowding(poses: Sequence[Pose]) -> npt.NDArray[np.bool_]:
    """Return bool (people, people): whose boxes overlap enough to mix up their limbs."""
    if not poses:
        return np.zeros((0, 0), bool)
    boxes = np.stack([pose.box for pose in poses])
    overlap = containment_matrix(boxes, boxes) >= CROWDED
    np.fill_diagonal(overlap, val=False)
    return overlap


def in_a_crowd(poses: Sequence[Pose]) -> list[bool]:
    """Return for each pose whether any other of them is that near."""
    return [bool(row.any()) for row in crowding(poses)]
