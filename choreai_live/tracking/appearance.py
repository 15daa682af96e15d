"""What a dancer looks like: the colours of clothes and skin, part by part.

Poses alone cannot tell which of two dancers of one build comes out from
behind the other; what they wear can.
"""

from typing import Final

import cv2
import numpy as np

from choreai_live.messages import Floats, Image
from choreai_live.skeleton import (
    KEYPOINT_COUNT,
    LEFT_ANKLE,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    RIGHT_ANKLE,
    RIGHT_HIP,
    RIGHT_KNEE,
    RIGHT_SHOULDER,
)

#: Difference between two sights of one dancer, L*a*b* units: folds, light, a stray hand.
_SPREAD: Final = 20.0
#: A point counts where the keypoints it lies between have this score.
_SURE: Final = 0.3


def _across_torso(*downs: float) -> list[dict[int, float]]:
    """Points of two rows across the torso; 0 is at the shoulders, 1 at the hips."""
    return [
        {
            LEFT_SHOULDER: (1 - across) * (1 - down),
            RIGHT_SHOULDER: across * (1 - down),
            LEFT_HIP: (1 - across) * down,
            RIGHT_HIP: across * down,
        }
        for across in (0.2, 0.4, 0.6, 0.8)
        for down in downs
    ]


def _along(*limbs: tuple[int, int]) -> list[dict[int, float]]:
    return [
        {start: 1 - share, end: share} for start, end in limbs for share in (0.2, 0.4, 0.6, 0.8)
    ]


#: Points looked at for every part of the body, each a weighted mean of keypoints.
_PARTS: Final = (
    _across_torso(0.1, 0.3),
    _across_torso(0.6, 0.85),
    _along((LEFT_HIP, LEFT_KNEE), (RIGHT_HIP, RIGHT_KNEE)),
    _along((LEFT_KNEE, LEFT_ANKLE), (RIGHT_KNEE, RIGHT_ANKLE)),
)
PART_COUNT: Final = len(_PARTS)
_POINTS: Final = len(_PARTS[0])

#: float32 (points, keypoints=17): keypoints to points.
_WEIGHTS: Final = np.array(
    [[point.get(k, 0) for k in range(KEYPOINT_COUNT)] for part in _PARTS for point in part],
    dtype=np.float32,
)


def colours(image: Image, keypoints: Floats, scores: Floats) -> Floats:
    """Return the colour of every part of the body.

    Parameters
    ----------
    image
        uint8 (height, width, 3), BGR: the frame the poses were seen in.
    keypoints
        float32 (poses, keypoints=17, space=2), pixels.
    scores
        float32 (poses, keypoints=17).

    Returns
    -------
    float32 (poses, parts=4, 3): CIE L*a*b* of upper and lower torso, thighs
    and shins, the median over some points; NaN where half of the points are
    out of the picture or uncertain.
    """
    height, width = image.shape[:2]
    points = _WEIGHTS @ keypoints
    columns, rows = points[..., 0].astype(np.intp), points[..., 1].astype(np.intp)
    known = scores @ _WEIGHTS.T >= _SURE
    known &= (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
    picked = image[rows.clip(0, height - 1), columns.clip(0, width - 1)]
    shape = (len(keypoints), PART_COUNT, _POINTS)
    # The median of each channel: a hand before the shirt is no change of clothes.
    middle = np.partition(picked.reshape(*shape, 3), _POINTS // 2, axis=2)[:, :, _POINTS // 2]
    lab = cv2.cvtColor(middle.astype(np.float32) / 255, cv2.COLOR_BGR2Lab).astype(np.float32)
    lab[known.reshape(shape).sum(axis=2) <= _POINTS // 2] = np.nan
    return lab


def unlikeness(looks: Floats, seen: Floats) -> Floats:
    """Return how unlike each dancer each pose looks.

    Parameters
    ----------
    looks
        float32 (dancers, parts=4, 3): CIE L*a*b*, NaN where not known.
    seen
        float32 (poses, parts=4, 3), likewise.

    Returns
    -------
    float32 (dancers, poses), 0 (alike) to 1; NaN where no part is known of both.
    """
    squares = np.square(looks[:, None] - seen[None, :]).sum(axis=3)
    known = np.isfinite(squares)
    counts = known.sum(axis=2)
    means = np.where(known, squares, 0).sum(axis=2) / np.maximum(counts, 1)
    unlike: Floats = np.where(counts > 0, 1 - np.exp(-means / (2 * _SPREAD**2)), np.float32(np.nan))
    return unlike


def blended(look: Floats, seen: Floats, share: float) -> Floats:
    """Return a look with this share of what was just seen; the unknown is taken from the other."""
    mixed = look + np.float32(share) * (seen - look)
    known: Floats = np.where(np.isfinite(mixed), mixed, np.where(np.isfinite(look), look, seen))
    return known
