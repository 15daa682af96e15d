"""The box of a person, drawn the same way around whatever model's keypoints."""

from typing import Final

import numpy as np

from choreai_live.messages import Floats

#: Keypoints below this score do not stretch the box.
_SEEN: Final = 0.2

#: The crown, the fingers and the toes reach beyond the keypoints.
_MARGIN: Final = 0.08


def box_around(keypoints: Floats, scores: Floats, width: int, height: int) -> Floats | None:
    """Return the box of the keypoints seen, with a margin, inside the picture.

    Parameters
    ----------
    keypoints
        float32 (keypoints=17, space=2), pixels.
    scores
        float32 (keypoints=17,), 0 to 1.
    width, height
        Size of the picture, pixels.

    Returns
    -------
    float32 (4,), x1, y1, x2, y2; None where fewer than two keypoints are seen.
    """
    seen = keypoints[scores >= _SEEN]
    if len(seen) < 2:
        return None
    low, high = seen.min(axis=0), seen.max(axis=0)
    margin = _MARGIN * float((high - low).max())
    size = np.array([width, height], np.float32)
    return np.concatenate([np.clip(low - margin, 0, size), np.clip(high + margin, 0, size)]).astype(
        np.float32
    )
