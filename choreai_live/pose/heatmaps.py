"""Keypoints from the heatmaps of a top-down network.

As published with Xiao et al., "Simple Baselines for Human Pose Estimation and
Tracking" (ECCV 2018), section 2 ("a quarter offset in the direction from the
highest response to the second highest response"), and used by AlphaPose.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats

#: Pixels of the heatmap by which a maximum moves towards its higher neighbour.
_OFFSET: Final = 0.25


def peaks(heatmaps: Floats) -> tuple[Floats, Floats]:
    """Return where each heatmap is highest, and how high.

    Parameters
    ----------
    heatmaps
        float32 (people, keypoints, height, width).

    Returns
    -------
    positions
        float32 (people, keypoints, space=2): x, y in pixels of the heatmap,
        counted from the middle of the first one, a quarter pixel towards the
        higher neighbour; at the border, whole pixels. (0, 0) where nothing is
        above 0.
    scores
        float32 (people, keypoints): the values of the maxima.
    """
    people, keypoints, height, width = heatmaps.shape
    flat = heatmaps.reshape(people, keypoints, height * width)
    best = flat.argmax(axis=2) if people else np.zeros((0, keypoints), np.intp)
    scores = np.take_along_axis(flat, best[..., None], axis=2)[..., 0].astype(np.float32)
    y, x = np.divmod(best, width)
    positions = np.stack([x, y], axis=-1).astype(np.float32)
    inner = (x > 1) & (x < width - 1) & (y > 1) & (y < height - 1)
    for axis, step in enumerate((1, width)):
        # At the border there is no neighbour to look at; any index will do.
        after = np.take_along_axis(flat, np.where(inner, best + step, 0)[..., None], axis=2)
        before = np.take_along_axis(flat, np.where(inner, best - step, 0)[..., None], axis=2)
        positions[..., axis] += np.where(inner, _OFFSET * np.sign(after - before)[..., 0], 0)
    positions[scores <= 0] = 0
    return positions, scores


def to_picture(
    positions: Floats, aligned: npt.NDArray[np.float64], width: int, height: int
) -> Floats:
    """Return positions on heatmaps as pixels of the picture.

    Parameters
    ----------
    positions
        float32 (people, keypoints, space=2): x, y from :func:`peaks`.
    aligned
        float64 (people, 4): what part of the picture, x1, y1, x2, y2, each
        person's heatmaps are of.
    width, height
        Size of a heatmap.

    Returns
    -------
    float32 (people, keypoints, space=2).
    """
    scale = (aligned[:, 2:] - aligned[:, :2]) / np.array([width, height])
    points: Floats = (positions * scale[:, None] + aligned[:, None, :2]).astype(np.float32)
    return points
