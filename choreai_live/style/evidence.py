"""How much there is to go on: whether a body is in view, and whether it moves.

The model gives probabilities for whatever it is fed. These two measures, both
free of the size of the picture and of the dancer, tell when they rest on
nothing.
"""

from typing import Final

import numpy as np

from choreai_live.messages import Floats
from choreai_live.skeleton import (
    KEYPOINT_COUNT,
    LEFT_HIP,
    LEFT_SHOULDER,
    RIGHT_HIP,
    RIGHT_SHOULDER,
)

#: Torso and arms: what a webcam dancer without legs in view still shows.
_UPPER_BODY: Final = slice(LEFT_SHOULDER, RIGHT_HIP + 1)
#: Everything below the face, which moves least and jitters most.
_BODY: Final = slice(LEFT_SHOULDER, KEYPOINT_COUNT)
#: The torso never counts as shorter than this part of the body's extent, so
#: that bending towards the camera is not read as fast movement.
_SHORTEST_TORSO: Final = 0.2
#: Seconds over which movement is measured: long enough for the jitter of the
#: keypoints to be small beside a step, short enough not to average a step away.
_STRIDE: Final = 0.33
_TINY: Final = 1e-6


def visibility(keypoints: Floats) -> float:
    """Return the mean score of torso and arms.

    Parameters
    ----------
    keypoints
        float32 (keypoints=17, 3): x, y and score of one frame.
    """
    return float(keypoints[_UPPER_BODY, 2].mean())


def movement(window: Floats, rate: float) -> float:
    """Return how fast the body moves, in torso lengths per second.

    The score-weighted mean speed of the keypoints below the face over the last
    third of a second, relative to the distance between the middle of the
    shoulders and that of the hips.

    Parameters
    ----------
    window
        float32 (frames, keypoints=17, 3): x, y and score; what is shorter than
        the stride is measured as far as it goes.
    rate
        Frames per second.
    """
    stride = min(len(window) - 1, max(1, round(_STRIDE * rate)))
    if stride == 0:
        return 0.0
    before, after = window[-1 - stride], window[-1]
    weights = np.minimum(before[_BODY, 2], after[_BODY, 2])
    distances = np.linalg.norm(after[_BODY, :2] - before[_BODY, :2], axis=-1)
    total = float(weights.sum())
    if total < _TINY:
        return 0.0
    moved = float((weights * distances).sum()) / total
    return moved / _torso_length(after) * rate / stride


def _torso_length(keypoints: Floats) -> float:
    points = keypoints[:, :2]
    shoulders = (points[LEFT_SHOULDER] + points[RIGHT_SHOULDER]) / 2
    hips = (points[LEFT_HIP] + points[RIGHT_HIP]) / 2
    extent = float(np.ptp(points[_BODY], axis=0).max())
    return max(float(np.linalg.norm(shoulders - hips)), _SHORTEST_TORSO * extent, _TINY)
