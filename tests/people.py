"""People made of nothing but keypoints."""

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Pose
from choreai_live.pose.boxes import box_around

#: Someone who stands upright facing the camera: torso 50, from crown to sole about 160.
STANDING = np.array(
    [
        *[(0, -72), (3, -75), (-3, -75), (7, -74), (-7, -74)],
        *[(18, -50), (-18, -50), (26, -25), (-26, -25), (28, 0), (-28, 0)],
        *[(11, 0), (-11, 0), (12, 40), (-12, 40), (13, 80), (-13, 80)],
    ],
    np.float32,
)

PICTURE = (640, 480)


def person(
    x: float = 320,
    y: float = 240,
    size: float = 1.0,
    lean: float = 0.0,
    score: float = 0.9,
    scores: npt.NDArray[np.float32] | None = None,
) -> Pose:
    """Return the standing person with mid-hip at (x, y), leaning clockwise by ``lean`` radians."""
    cos, sin = np.cos(lean), np.sin(lean)
    turned = STANDING @ np.array([[cos, sin], [-sin, cos]], np.float32) * size
    keypoints = (turned + np.array([x, y])).astype(np.float32)
    if scores is None:
        scores = np.full(17, 0.7, np.float32)
    box = box_around(keypoints, scores, *PICTURE)
    return Pose(keypoints, scores, np.zeros(4, np.float32) if box is None else box, score)
