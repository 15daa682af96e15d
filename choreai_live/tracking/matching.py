"""Which pose belongs to which dancer: costs and their cheapest assignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

from choreai_live.messages import Floats, Pose
from choreai_live.similarity import box_areas, iou_matrix, oks_matrix
from choreai_live.tracking.motion import Expectation, body_centre, body_size

Costs = npt.NDArray[np.float64]

#: Cost of a pair that cannot be; anything below is a possible pair.
IMPOSSIBLE: Final = 1e3

#: What each kind of evidence counts for in a match of neighbouring frames.
_OKS_SHARE: Final = 0.5
_IOU_SHARE: Final = 0.3
_NEAR_SHARE: Final = 0.2
#: Body area over box area, see :mod:`choreai_live.similarity`.
_AREA_OF_BOX: Final = 0.53
#: Error of a measured body centre, body sizes.
_CENTRE_ERROR: Final = 0.1


@dataclass(frozen=True, eq=False, slots=True)
class Wanted:
    """A dancer in search of a pose.

    Parameters
    ----------
    expected
        Where the motion model puts the dancer now.
    pose
        The last pose seen of the dancer.
    gap
        Seconds since that pose.
    """

    expected: Expectation
    pose: Pose
    gap: float


def continuation_costs(wanted: Sequence[Wanted], poses: Sequence[Pose]) -> Costs:
    """Return how badly each pose continues each dancer's motion.

    One minus a weighted mean of keypoint similarity, box overlap and nearness
    of body centres, each measured against the expected pose and between 0
    and 1.

    Returns
    -------
    float64 (wanted, poses).
    """
    boxes = np.stack([w.expected.box for w in wanted])
    oks = oks_matrix(
        np.stack([w.expected.keypoints for w in wanted]),
        np.stack([p.keypoints for p in poses]),
        np.stack([w.pose.scores for w in wanted]),
        np.stack([p.scores for p in poses]),
        _AREA_OF_BOX * box_areas(boxes),
    )
    iou = iou_matrix(boxes, np.stack([p.box for p in poses]))
    distances = _distances([w.expected.centre for w in wanted], poses)
    sizes = np.array([w.expected.size for w in wanted])
    spreads = np.array([w.expected.spread for w in wanted])
    variances = np.square(spreads) + np.square(_CENTRE_ERROR * sizes)
    near = np.exp(-np.square(distances) / (2 * variances[:, None]))
    costs: Costs = 1.0 - (_OKS_SHARE * oks + _IOU_SHARE * iou + _NEAR_SHARE * near)
    return costs


def reentry_costs(wanted: Sequence[Wanted], poses: Sequence[Pose], speed: float) -> Costs:
    """Return how implausible it is that each pose is a dancer come back.

    The way to go, from where the dancer is expected or was last seen,
    whichever is nearer, over the way a dancer can have gone; and how much
    larger or smaller the body is.

    Parameters
    ----------
    wanted, poses
        Dancers and poses left over.
    speed
        The fastest a dancer moves, body sizes per second.

    Returns
    -------
    float64 (wanted, poses); :data:`IMPOSSIBLE` out of reach.
    """
    sizes = np.array([w.expected.size for w in wanted])
    gaps = np.array([w.gap for w in wanted])
    ways = np.minimum(
        _distances([w.expected.centre for w in wanted], poses),
        _distances([body_centre(w.pose) for w in wanted], poses),
    )
    reach = sizes * (0.5 + speed * gaps)
    fraction = ways / reach[:, None]
    found = np.array([body_size(p) for p in poses])
    growth = np.abs(np.log(found[None, :] / sizes[:, None]))
    costs: Costs = np.where((fraction <= 1) & (growth <= 1), fraction + growth, IMPOSSIBLE)
    return costs


def assign(costs: Costs, limit: float) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of the cheapest assignment, each below ``limit``.

    Leaving two unpaired costs ``limit``, so a bad pair is never made to save
    another one some of its cost.
    """
    capped = np.minimum(costs, limit)
    rows, columns = linear_sum_assignment(capped)
    return [
        (int(row), int(column))
        for row, column in zip(rows, columns, strict=True)
        if costs[row, column] < limit
    ]


def _distances(centres: Sequence[npt.NDArray[np.float64]], poses: Sequence[Pose]) -> Costs:
    there = np.stack([body_centre(p) for p in poses])
    offsets = np.stack(centres)[:, None] - there[None, :]
    distances: Costs = np.sqrt(np.square(offsets).sum(axis=2))
    return distances


def overlaps(poses: Sequence[Pose]) -> Floats:
    """Return for each pose its largest box overlap (IoU) with another one, float32 (poses,)."""
    boxes = np.stack([p.box for p in poses])
    iou = iou_matrix(boxes, boxes)
    np.fill_diagonal(iou, 0)
    largest: Floats = iou.max(axis=1)
    return largest
