"""The poses of one frame as arrays, with what tracking measures of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats, Image, Pose
from choreai_live.similarity import iou_matrix
from choreai_live.skeleton import KEYPOINT_COUNT, TORSO
from choreai_live.tracking.appearance import PART_COUNT, colours

Array = npt.NDArray[np.float64]

#: A keypoint nobody is sure of still counts this much.
LEAST_SCORE: Final = 0.05
#: Smallest box side, px; a degenerate box must not stop the arithmetic.
_LEAST_SIDE: Final = 1.0


@dataclass(frozen=True, eq=False)
class Sightings:
    """The poses of one frame.

    Parameters
    ----------
    poses
        The poses.
    keypoints
        float32 (poses, keypoints=17, space=2), pixels.
    scores
        float32 (poses, keypoints=17).
    boxes
        float32 (poses, 4): x1, y1, x2, y2, pixels.
    colours
        float32 (poses, parts=4, 3): CIE L*a*b* of parts of the body, NaN
        where not known.
    """

    poses: Sequence[Pose]
    keypoints: Floats
    scores: Floats
    boxes: Floats
    colours: Floats

    @classmethod
    def of(cls, poses: Sequence[Pose], image: Image | None = None) -> "Sightings":
        """Stack poses, of which there may be none; without the picture colours are not known."""
        keypoints = np.empty((len(poses), KEYPOINT_COUNT, 2), np.float32)
        scores = np.empty((len(poses), KEYPOINT_COUNT), np.float32)
        boxes = np.empty((len(poses), 4), np.float32)
        for row, pose in enumerate(poses):
            keypoints[row], scores[row], boxes[row] = (
                pose.keypoints,
                pose.scores,
                pose.box,
            )
        if image is None or not poses:
            seen = np.full((len(poses), PART_COUNT, 3), np.nan, np.float32)
        else:
            seen = colours(image, keypoints, scores)
        return cls(poses, keypoints, scores, boxes, seen)

    def coloured(self, colours: Sequence[Floats]) -> "Sightings":
        """Return the same poses with colours already known, each float32 (parts=4, 3)."""
        return replace(self, colours=np.stack(colours))

    def __len__(self) -> int:
        return len(self.poses)

    def __getitem__(self, rows: Sequence[int]) -> "Sightings":
        """Return some of them, by a list of row numbers."""
        return Sightings(
            [self.poses[row] for row in rows],
            self.keypoints[rows],
            self.scores[rows],
            self.boxes[rows],
            self.colours[rows],
        )

    @cached_property
    def centres(self) -> Array:
        """Centres of the torsos, float64 (poses, space=2), pixels.

        Shoulders and hips weighted by their scores: unlike the middle of the
        box they do not jump when an arm goes up.
        """
        weights = np.maximum(self.scores[:, TORSO].astype(np.float64), LEAST_SCORE)
        weights /= weights.sum(axis=1, keepdims=True)
        centres: Array = (weights[..., None] * self.keypoints[:, TORSO]).sum(axis=1)
        return centres

    @cached_property
    def extents(self) -> Array:
        """Natural logarithm of width and height of the boxes, float64 (poses, 2)."""
        sides = np.maximum(self.boxes[:, 2:] - self.boxes[:, :2], _LEAST_SIDE)
        extents: Array = np.log(sides.astype(np.float64))
        return extents

    @cached_property
    def sizes(self) -> Array:
        """Body sizes, float64 (poses,), pixels: the square root of the box area."""
        return sizes(self.extents)

    @cached_property
    def overlaps(self) -> Array:
        """Largest overlap (IoU) of each box with another one, float64 (poses,)."""
        if len(self) < 2:
            return np.zeros(len(self))
        iou = iou_matrix(self.boxes, self.boxes).astype(np.float64)
        np.fill_diagonal(iou, 0)
        overlaps: Array = iou.max(axis=1)
        return overlaps


def sizes(extents: Array) -> Array:
    """Return body sizes, float64 (bodies,), pixels: the square root of the box area.

    ``extents`` is float64 (bodies, 2): natural logarithm of width and height.
    """
    size: Array = np.exp((extents[:, 0] + extents[:, 1]) / 2)
    return size
