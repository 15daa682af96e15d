"""Parametric pose non-maximum suppression: several readings of one person become one pose.

Fang et al., "RMPE: Regional Multi-person Pose Estimation" (ICCV 2017), section
3.4. From the paper: the surest pose is the reference and eliminates what is
too similar to it, and so on with those left; similarity is
``K + mu H``, where ``K`` sums ``tanh(s_i / delta1) tanh(s_j / delta1)`` over
keypoints that lie within a tenth of the person's box of each other, and ``H``
sums a value that falls exponentially with their distance, over ``delta2``.

From AlphaPose's public configuration: the values of the parameters, "a tenth"
as the radius ``alpha`` times the longer side of the box, the distance in units
of that radius and not squared, the second criterion (five keypoints within the
radius are enough), and the merging: the keypoint of the result is the mean of
those within the radius, weighted by their scores.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats

#: The scale of scores (delta1), the weight of nearness (mu) and its scale in
#: units of the radius (delta2), and the similarity above which two are one (gamma).
SCORE_SCALE: Final = 1.0
NEARNESS_WEIGHT: Final = 1.7
NEARNESS_SCALE: Final = 2.65
SAME_SIMILARITY: Final = 22.48

#: The radius over the longer side of the box (alpha), and how many keypoints
#: within it make two poses one person.
RADIUS: Final = 0.1
SAME_KEYPOINTS: Final = 5

#: Keypoints farther apart than this are not averaged, however large the person, pixels.
_MERGED_WITHIN: Final = 15.0

_TINY: Final = 1e-6


@dataclass(frozen=True, eq=False, slots=True)
class DistinctPoses:
    """The people that are left, surest first.

    Parameters
    ----------
    keypoints
        float32 (people, keypoints, space=2), pixels.
    scores
        float32 (people, keypoints), 0 to 1.
    references
        int64 (people,): for each of them the index of the reading that was
        the reference, whose box is theirs.
    """

    keypoints: Floats
    scores: Floats
    references: npt.NDArray[np.int64]


def distinct_poses(keypoints: Floats, scores: Floats, boxes: Floats) -> DistinctPoses:
    """Return each person once, their redundant readings merged.

    Parameters
    ----------
    keypoints
        float32 (readings, keypoints, space=2), pixels.
    scores
        float32 (readings, keypoints), 0 to 1.
    boxes
        float32 (readings, 4): x1, y1, x2, y2 of the box each was read for.
    """
    left = np.argsort(-scores.mean(axis=1), kind="stable")
    radii = RADIUS * np.maximum((boxes[:, 2:] - boxes[:, :2]).max(axis=1, initial=0), 1.0)
    merged, references = [], []
    while len(left):
        reference, radius = int(left[0]), float(radii[left[0]])
        offsets = keypoints[left] - keypoints[reference]
        distances = np.sqrt(np.einsum("pks,pks->pk", offsets, offsets))
        same = redundant(distances / radius, scores[reference], scores[left])
        same[0] = True
        cluster = left[same]
        within = distances[same] <= min(radius, _MERGED_WITHIN)
        merged.append(_weighted_mean(keypoints[cluster], scores[cluster], within))
        references.append(reference)
        left = left[~same]
    return DistinctPoses(
        np.array([points for points, _ in merged], np.float32).reshape(-1, *keypoints.shape[1:]),
        np.array([values for _, values in merged], np.float32).reshape(-1, scores.shape[1]),
        np.array(references, np.int64),
    )


def redundant(distances: Floats, reference: Floats, others: Floats) -> npt.NDArray[np.bool_]:
    """Return which poses are the reference pose seen again.

    Parameters
    ----------
    distances
        float32 (others, keypoints): from the reference's, in units of the radius.
    reference
        float32 (keypoints,): scores, 0 to 1.
    others
        float32 (others, keypoints): scores, 0 to 1.
    """
    matching = (distances <= 1).sum(axis=1) >= SAME_KEYPOINTS
    again: npt.NDArray[np.bool_] = matching | (
        similarity(distances, reference, others) > SAME_SIMILARITY
    )
    return again


def similarity(distances: Floats, reference: Floats, others: Floats) -> Floats:
    """Return how similar poses are to the reference pose, float32 (others,).

    It is between 0 and ``keypoints * (tanh(1 / delta1) ** 2 + mu)``; the
    parameters are those of :func:`redundant`.
    """
    agreement = np.tanh(reference / SCORE_SCALE) * np.tanh(others / SCORE_SCALE)
    matching = np.where(distances <= 1, agreement, 0).sum(axis=1)
    nearness = np.exp(-distances / NEARNESS_SCALE).sum(axis=1)
    alike: Floats = (matching + NEARNESS_WEIGHT * nearness).astype(np.float32)
    return alike


def _weighted_mean(
    keypoints: Floats, scores: Floats, within: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Return keypoints and scores of one person, each the mean weighted by score."""
    # The floor keeps a keypoint where the reference has it, should nobody see it.
    weights = np.where(within, np.maximum(scores, _TINY), 0)
    weights = weights / weights.sum(axis=0)
    return (weights[..., None] * keypoints).sum(axis=0), (weights * scores).sum(axis=0)
