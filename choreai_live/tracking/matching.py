"""Which pose belongs to which dancer: costs and their cheapest assignment."""

from collections.abc import Sequence
from typing import Final

import lap
import numpy as np

from choreai_live.messages import Floats
from choreai_live.similarity import box_areas, iou_matrix, oks_matrix
from choreai_live.tracking.motion import Expectations
from choreai_live.tracking.sightings import Array, Sightings

#: What each kind of evidence counts for in a match of neighbouring frames.
_OKS_SHARE: Final = 0.5
_IOU_SHARE: Final = 0.3
_NEAR_SHARE: Final = 0.2
_LOOK_SHARE: Final = 0.35
#: Body area over box area, the usual stand-in for COCO's segment area.
_AREA_OF_BOX: Final = 0.53
#: Error of a measured body centre, body sizes.
_CENTRE_ERROR: Final = 0.1
#: A dancer may have gone this far in no time at all, body sizes: the
#: estimator may have seen half of the body before and all of it now.
_SLACK: Final = 0.5
#: What growth (natural logarithm) and look count for beside the way to go.
_GROWTH_SHARE: Final = 0.5
_LOOK_SHARE_BACK: Final = 1.1
#: Two bodies whose sizes differ by more than this factor are two dancers.
_MOST_GROWTH: Final = float(np.e)


def continuation_costs(
    expected: Expectations, scores: Floats, seen: Sightings, unlike: Floats
) -> Array:
    """Return how badly each pose continues each dancer's motion.

    Parameters
    ----------
    expected
        Where each dancer is expected now.
    scores
        float32 (dancers, keypoints=17): keypoint scores when last seen.
    seen
        The poses of this frame.
    unlike
        float32 (dancers, poses), 0 to 1: how unlike they look, NaN where not
        known.

    Returns
    -------
    float64 (dancers, poses), 0 to 1: one minus a weighted mean of object
    keypoint similarity, box overlap and nearness of the body centres, each
    between the pose and the expectation, and of likeness where it is known.
    """
    areas = _AREA_OF_BOX * box_areas(expected.boxes)
    oks = oks_matrix(expected.keypoints, seen.keypoints, scores, seen.scores, areas)
    iou = iou_matrix(expected.boxes, seen.boxes)
    variances = np.square(expected.spreads) + np.square(_CENTRE_ERROR * expected.sizes)
    squares = np.square(_distances(expected.centres, seen.centres))
    near = np.exp(-squares / (2 * variances[:, None]))
    costs: Array = 1.0 - (_OKS_SHARE * oks + _IOU_SHARE * iou + _NEAR_SHARE * near)
    return np.where(np.isfinite(unlike), costs + _LOOK_SHARE * (unlike - costs), costs)


def reentry_costs(
    expected: Expectations,
    places: Array,
    sizes: Array,
    gaps: Array,
    seen: Sightings,
    speed: float,
    unlike: Floats,
) -> Array:
    """Return how implausible it is that each pose is a dancer come back.

    The way to go, from where the dancer is expected or was last seen,
    whichever is nearer, over the way a dancer can have gone; how much larger
    or smaller the body is; and how unlike they look.

    Parameters
    ----------
    expected
        Where each dancer is expected now.
    places
        float64 (dancers, space=2): where each dancer was last seen, pixels.
    sizes
        float64 (dancers,): how large each dancer is in full view, pixels.
    gaps
        float64 (dancers,): seconds since each was last seen.
    seen
        The poses of this frame.
    speed
        The fastest a dancer moves, body sizes per second.
    unlike
        float32 (dancers, poses), 0 to 1: how unlike they look, NaN where not
        known.

    Returns
    -------
    float64 (dancers, poses); infinite out of reach.
    """
    ways = np.minimum(_distances(expected.centres, seen.centres), _distances(places, seen.centres))
    reach = sizes * (_SLACK + speed * gaps)
    fraction = ways / reach[:, None]
    growth = np.abs(np.log(seen.sizes[None, :] / sizes[:, None]))
    possible = (fraction <= 1) & (growth <= np.log(_MOST_GROWTH))
    costs: Array = np.where(
        possible,
        fraction + _GROWTH_SHARE * growth + _LOOK_SHARE_BACK * np.nan_to_num(unlike),
        np.inf,
    )
    return costs


def assign(
    costs: Array, rows: Sequence[int], columns: Sequence[int], limit: float
) -> dict[int, int]:
    """Return the cheapest assignment among some rows and columns, as row to column.

    Two left unpaired cost ``limit``, so that a bad pair is never made to save
    another one some of its cost.
    """
    if not rows or not columns:
        return {}
    part = costs[np.ix_(rows, columns)]
    chosen = lap.lapjvx(np.minimum(part, limit), extend_cost=True, return_cost=False)
    return {rows[i]: columns[j] for i, j in zip(*chosen, strict=True) if part[i, j] < limit}


def _distances(here: Array, there: Array) -> Array:
    distances: Array = np.sqrt(np.square(here[:, None] - there[None, :]).sum(axis=2))
    return distances
