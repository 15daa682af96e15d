"""Which keypoints the camera sees."""

from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.demo.body import (
    CHEST_FRAME,
    FRAME_COUNT,
    LEFT_FOOT_FRAME,
    LEFT_FOREARM,
    LEFT_HAND,
    LEFT_SHIN,
    LEFT_THIGH,
    LEFT_UPPER_ARM,
    NECK_FRAME,
    PELVIS_FRAME,
    WAIST_FRAME,
)
from choreai_live.demo.geometry import Array
from choreai_live.demo.projection import Projection
from choreai_live.skeleton import (
    FACE,
    KEYPOINT_COUNT,
    LEFT_ANKLE,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
)

#: Frames of the flesh and cloth around each joint of the left side, which
#: cover it but do not hide it; the right side's come one after.
_AROUND: Final = {
    LEFT_SHOULDER: ((CHEST_FRAME, NECK_FRAME), (LEFT_UPPER_ARM,)),
    LEFT_ELBOW: ((), (LEFT_UPPER_ARM, LEFT_FOREARM)),
    LEFT_WRIST: ((), (LEFT_FOREARM, LEFT_HAND)),
    LEFT_HIP: ((PELVIS_FRAME, WAIST_FRAME), (LEFT_THIGH,)),
    LEFT_KNEE: ((), (LEFT_THIGH, LEFT_SHIN)),
    LEFT_ANKLE: ((), (LEFT_SHIN, LEFT_FOOT_FRAME)),
}
#: Metres of flesh or hair in front of a point of the face that leave it visible.
_SKIN_DEEP: Final = 0.05


def _covering() -> npt.NDArray[np.bool_]:
    """Return whether (keypoints, frames) what hangs on a frame covers a joint without hiding it."""
    covers = np.zeros((KEYPOINT_COUNT, FRAME_COUNT), np.bool_)
    for left, (shared, own) in _AROUND.items():
        for side in (0, 1):
            covers[left + side, list(shared)] = True
            covers[left + side, [frame + side for frame in own]] = True
    return covers


_COVERS: Final = _covering()


def hidden_by_itself(
    pixels: Array, depth: Array, body: Projection, frames: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Return which keypoints (17,) a body hides with its own parts.

    Parameters
    ----------
    pixels, depth
        (keypoints=17, 2) and (17,): where they are in the picture, and their
        distance in metres.
    body
        The body's parts.
    frames
        (parts, 2): the frames each hangs on.
    """
    covers = _COVERS[:, frames[:, 0]] | _COVERS[:, frames[:, 1]]
    nearest = np.where(covers, np.inf, body.depths(pixels)).min(axis=1)
    margin = np.zeros(KEYPOINT_COUNT)
    margin[list(FACE)] = _SKIN_DEEP
    return np.asarray(nearest < depth - margin)


def hidden_by_another(pixels: Array, depth: Array, other: Projection) -> npt.NDArray[np.bool_]:
    """Return which keypoints (17,) are behind a part of another body."""
    return np.asarray(other.depths(pixels).min(axis=1) < depth)
