"""Limbs that BlazePose took from a neighbour, given back.

On a crop that shows two people BlazePose may follow the arm or the leg of the
wrong one. MultiPose, which sees both at once, mixes them up less: where
the two disagree about a limb and the neighbour's limb is right there, MultiPose
has it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats, Pose
from choreai_live.similarity import containment_matrix
from choreai_live.skeleton import (
    LEFT_ANKLE,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    RIGHT_ANKLE,
    RIGHT_ELBOW,
    RIGHT_HIP,
    RIGHT_KNEE,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)

#: Share of the smaller box above which two people can be mixed up.
OVERLAP: Final = 0.15

#: A keypoint is "there" within this share of the torso.
_NEAR: Final = 0.35

#: MultiPose has to be this sure of a keypoint to overrule BlazePose.
_SURE: Final = 0.3

_LIMBS: Final = (
    (LEFT_ELBOW, LEFT_WRIST),
    (RIGHT_ELBOW, RIGHT_WRIST),
    (LEFT_KNEE, LEFT_ANKLE),
    (RIGHT_KNEE, RIGHT_ANKLE),
)


def overlapping(poses: Sequence[Pose]) -> npt.NDArray[np.bool_]:
    """Return bool (n, n): whose boxes overlap enough to mix up their limbs."""
    if not poses:
        return np.zeros((0, 0), bool)
    boxes = np.stack([pose.box for pose in poses])
    overlap = containment_matrix(boxes, boxes) >= OVERLAP
    np.fill_diagonal(overlap, val=False)
    return overlap


def untangled(poses: Sequence[Pose], detections: Sequence[Pose | None]) -> list[Pose]:
    """Return the poses with limbs taken from a neighbour replaced by MultiPose's.

    Parameters
    ----------
    poses
        As read on crops.
    detections
        The same people as MultiPose sees them in this very frame; None for
        those it does not see.
    """
    overlap = overlapping(poses)
    mended = list(poses)
    for index, (pose, own) in enumerate(zip(poses, detections, strict=True)):
        if own is None or own is pose:
            continue
        neighbours = [
            other
            for other, near in zip(detections, overlap[index], strict=True)
            if near and other is not None
        ]
        if neighbours:
            mended[index] = _untangle(pose, own, neighbours)
    return mended


def _untangle(pose: Pose, own: Pose, neighbours: Sequence[Pose]) -> Pose:
    near = _NEAR * _torso(own)
    keypoints, scores = pose.keypoints.copy(), pose.scores.copy()
    for limb in _LIMBS:
        parts = list(limb)
        astray = _distances(pose, own, parts) > near
        stolen = np.any(
            [_nearest(pose, neighbour, limb) <= near for neighbour in neighbours], axis=0
        )
        sure = own.scores[parts] >= _SURE
        if (astray & stolen & sure).any():
            keypoints[parts] = own.keypoints[parts]
            scores[parts] = own.scores[parts]
    return replace(pose, keypoints=keypoints, scores=scores)


def _distances(pose: Pose, other: Pose, parts: list[int]) -> Floats:
    distances: Floats = np.hypot(*(pose.keypoints[parts] - other.keypoints[parts]).T)
    return distances


def _nearest(pose: Pose, neighbour: Pose, limb: tuple[int, int]) -> Floats:
    """Return how far each part of the limb is from the neighbour's same or mirrored part."""
    straight, mirrored = list(limb), [part + (1 if part % 2 else -1) for part in limb]
    offsets = [
        pose.keypoints[straight] - neighbour.keypoints[parts] for parts in (straight, mirrored)
    ]
    nearest: Floats = np.min([np.hypot(*offset.T) for offset in offsets], axis=0)
    return nearest


def _torso(pose: Pose) -> float:
    shoulders = pose.keypoints[[LEFT_SHOULDER, RIGHT_SHOULDER]].mean(axis=0)
    hips = pose.keypoints[[LEFT_HIP, RIGHT_HIP]].mean(axis=0)
    return max(float(np.hypot(*(shoulders - hips))), 1.0)
