"""A stick figure that walks and dances, so that scenes can be written down in a line."""

from collections.abc import Callable, Mapping

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from choreai_live.messages import Pose
from choreai_live.skeleton import LEGS, TORSO

#: Keypoints of somebody standing, in body heights from the mid-hip, COCO-17 order.
STANDING = np.array(
    [
        [0, -0.42], [0.02, -0.44], [-0.02, -0.44], [0.04, -0.43], [-0.04, -0.43],
        [0.11, -0.31], [-0.11, -0.31], [0.16, -0.15], [-0.16, -0.15], [0.18, 0.0], [-0.18, 0.0],
        [0.08, 0], [-0.08, 0], [0.08, 0.24], [-0.08, 0.24], [0.08, 0.48], [-0.08, 0.48],
    ]
)  # fmt: skip
ARMS_AND_LEGS = [7, 8, 9, 10, 13, 14, 15, 16]


@pytest.fixture(scope="session")
def dancer() -> Callable[..., Pose]:
    """Return a maker of poses: ``dancer(x, y, height, time, score, beat)``."""

    def make(
        x: float,
        y: float = 240.0,
        height: float = 200.0,
        time: float = 0.0,
        score: float = 0.9,
        beat: float = 2.0,
    ) -> Pose:
        body = STANDING.copy()
        phase = 2 * np.pi * beat * time + np.arange(len(ARMS_AND_LEGS))
        body[ARMS_AND_LEGS] += 0.05 * np.stack([np.sin(phase), np.cos(phase)], axis=1)
        keypoints = (body * height + [x, y]).astype(np.float32)
        margin = 0.05 * height
        box = np.concatenate([keypoints.min(axis=0) - margin, keypoints.max(axis=0) + margin])
        return Pose(keypoints, np.full(17, score, np.float32), box.astype(np.float32), score)

    return make


@pytest.fixture(scope="session")
def painted() -> Callable[..., npt.NDArray[np.uint8]]:
    """Return a maker of pictures: ``painted({pose: shirt colour})``, the nearest last."""

    def paint(dancers: Mapping[Pose, tuple[int, int, int]]) -> npt.NDArray[np.uint8]:
        image = np.full((480, 640, 3), 90, np.uint8)
        for pose, colour in dancers.items():
            points = pose.keypoints.astype(np.int32)
            cv2.fillConvexPoly(image, cv2.convexHull(points[list(TORSO)]), colour)
            for start, end in (
                (LEGS[0], LEGS[2]),
                (LEGS[2], LEGS[4]),
                (LEGS[1], LEGS[3]),
                (LEGS[3], LEGS[5]),
            ):
                cv2.line(image, points[start].tolist(), points[end].tolist(), colour, 9)
        return image

    return paint
