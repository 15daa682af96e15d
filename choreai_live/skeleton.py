"""COCO-17: the body layout everything after pose estimation speaks.

Names and order are those of the COCO keypoint challenge (Lin et al.,
"Microsoft COCO: Common Objects in Context", ECCV 2014).
"""

from typing import Final

import numpy as np
import numpy.typing as npt

KEYPOINT_NAMES: Final[tuple[str, ...]] = (
    "nose",
    "left_eye",
    "right_eye",
    "left_ear",
    "right_ear",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
)
KEYPOINT_COUNT: Final = len(KEYPOINT_NAMES)

NOSE, LEFT_EYE, RIGHT_EYE, LEFT_EAR, RIGHT_EAR = range(5)
LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_ELBOW, RIGHT_ELBOW, LEFT_WRIST, RIGHT_WRIST = range(5, 11)
LEFT_HIP, RIGHT_HIP, LEFT_KNEE, RIGHT_KNEE, LEFT_ANKLE, RIGHT_ANKLE = range(11, 17)

FACE: Final = (NOSE, LEFT_EYE, RIGHT_EYE, LEFT_EAR, RIGHT_EAR)
TORSO: Final = (LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_HIP, RIGHT_HIP)
LEGS: Final = (LEFT_HIP, RIGHT_HIP, LEFT_KNEE, RIGHT_KNEE, LEFT_ANKLE, RIGHT_ANKLE)

LIMBS: Final[tuple[tuple[int, int], ...]] = (
    (LEFT_SHOULDER, RIGHT_SHOULDER),
    (LEFT_SHOULDER, LEFT_ELBOW),
    (LEFT_ELBOW, LEFT_WRIST),
    (RIGHT_SHOULDER, RIGHT_ELBOW),
    (RIGHT_ELBOW, RIGHT_WRIST),
    (LEFT_SHOULDER, LEFT_HIP),
    (RIGHT_SHOULDER, RIGHT_HIP),
    (LEFT_HIP, RIGHT_HIP),
    (LEFT_HIP, LEFT_KNEE),
    (LEFT_KNEE, LEFT_ANKLE),
    (RIGHT_HIP, RIGHT_KNEE),
    (RIGHT_KNEE, RIGHT_ANKLE),
    (NOSE, LEFT_EYE),
    (NOSE, RIGHT_EYE),
    (LEFT_EYE, LEFT_EAR),
    (RIGHT_EYE, RIGHT_EAR),
)

#: Index of the same keypoint on the other side of the body, for mirrored video.
MIRROR: Final = (0, 2, 1, 4, 3, 6, 5, 8, 7, 10, 9, 12, 11, 14, 13, 16, 15)

#: Per-keypoint standard deviations of the COCO annotators, the ``2 sigma``
#: (``k``) of object keypoint similarity; https://cocodataset.org/#keypoints-eval.
OKS_K: Final = (
    2.0
    * np.array(
        [26, 25, 25, 35, 35, 79, 79, 72, 72, 62, 62, 107, 107, 87, 87, 89, 89], dtype=np.float32
    )
    / 1000.0
)

#: BlazePose landmark (of 33) that stands for each COCO-17 keypoint.
FROM_BLAZEPOSE: Final = (0, 2, 5, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28)

#: Joint of OpenPose's 18 that is each COCO-17 keypoint. Joint 1, the neck, is none of them;
#: where poses of COCO-17 are written as OpenPose's, it lies between the shoulders.
FROM_OPENPOSE: Final = (0, 15, 14, 17, 16, 5, 2, 6, 3, 7, 4, 11, 8, 12, 9, 13, 10)
OPENPOSE_NECK: Final = 1
OPENPOSE_COUNT: Final = len(FROM_OPENPOSE) + 1


def mirrored(points: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return (frames, keypoints=17, 3) as in a mirror: left is right, x is -x."""
    points = points[:, MIRROR].copy()
    points[..., 0] *= -1
    return points
