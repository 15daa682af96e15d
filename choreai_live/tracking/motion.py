"""The motion model: where every dancer and each of their keypoints is expected.

One Kalman filter for everything that moves. The body's centre keeps its
velocity for about a second; limbs, measured relative to the centre, swing
back and forth and keep theirs for a beat only. Everything is a function of
elapsed seconds and of body size, so neither the frame rate nor the distance
from the camera matters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from choreai_live.messages import Floats
from choreai_live.skeleton import KEYPOINT_COUNT
from choreai_live.tracking.sightings import LEAST_SCORE, Array, Sightings, sizes

# Parts of the state, each two-dimensional.
_CENTRE: Final = 0  # body centre, px
_LIMBS: Final = slice(1, 1 + KEYPOINT_COUNT)  # keypoints relative to the body centre, px
_BOX: Final = 1 + KEYPOINT_COUNT  # box centre relative to the body centre, px
_EXTENT: Final = 2 + KEYPOINT_COUNT  # natural logarithm of box width and height
_PARTS: Final = 3 + KEYPOINT_COUNT


# What is known of each part, along the last axis of the state. The two
# directions share one covariance, since nothing tells them apart.
_PLACE: Final = slice(0, 2)
_VELOCITY: Final = slice(2, 4)
_XX, _XV, _VV = 4, 5, 6  # variance of place, covariance, variance of velocity
_KNOWN: Final = 7


def _parts(centre: float, limbs: float, box: float, extent: float) -> Array:
    return np.array([centre] + [limbs] * KEYPOINT_COUNT + [box, extent])


#: Seconds a velocity lasts before it is forgotten.
_PERSISTENCE: Final = _parts(1.0, 0.15, 0.15, 0.3)
#: Typical speed, body sizes per second (of the extent: e-folds per second).
_SPEED: Final = _parts(0.8, 0.8, 0.5, 1.0)
#: Error of one measurement, body sizes (of the extent: e-folds).
_ERROR: Final = _parts(0.03, 0.04, 0.05, 0.10)


@dataclass(frozen=True, eq=False, slots=True)
class Expectations:
    """Where dancers are expected at one moment.

    Parameters
    ----------
    keypoints
        float32 (dancers, keypoints=17, space=2), pixels.
    boxes
        float32 (dancers, 4): x1, y1, x2, y2, pixels.
    centres
        float64 (dancers, space=2): body centres, pixels.
    sizes
        float64 (dancers,): body sizes, pixels, the square root of the box area.
    spreads
        float64 (dancers,): standard deviations of the centres, pixels.
    """

    keypoints: Floats
    boxes: Floats
    centres: Array
    sizes: Array
    spreads: Array


class Motion:
    """Filter over the centres, keypoints and boxes of all dancers at once.

    Velocities follow an Ornstein-Uhlenbeck process and places its integral
    ("integrated Ornstein-Uhlenbeck", Taylor, Cumberland & Sy, *JASA* 89,
    1994): the constant-velocity Kalman filter of SORT (Bewley et al., ICIP
    2016) for short times, a velocity that fades for long ones, so that a
    dancer out of sight is not expected beyond the horizon.

    A dancer's state stands at the last pose that was seen, and is carried
    from there in one exact step of whatever length. Nothing accumulates while
    a dancer is hidden, and a pose seen after a gap corrects the velocity over
    the whole gap: what OC-SORT's observation-centric re-update (Cao et al.,
    CVPR 2023) mends does not arise.

    Dancers are known by their row, in the order they were added.
    """

    def __init__(self) -> None:
        self._times = np.empty(0)
        self._state = np.empty((0, _PARTS, _KNOWN))
        # The search, the matching and the correction ask for the same moment.
        self._ahead: tuple[float, Array] | None = None
        self._expected: tuple[float, Expectations] | None = None

    @property
    def places(self) -> Array:
        """Body centres when last seen, float64 (dancers, space=2), pixels."""
        return self._state[:, _CENTRE, _PLACE]

    def add(self, seen: Sightings, time: float) -> None:
        """Begin to follow dancers seen for the first time at ``time``, seconds."""
        begun = np.zeros((len(seen), _PARTS, _KNOWN))
        begun[..., _PLACE] = _measured(seen)
        units = _units(seen.sizes)
        begun[..., _XX] = np.square(_ERROR * units)
        begun[..., _VV] = np.square(_SPEED * units)
        self._times = np.append(self._times, np.full(len(seen), time))
        self._state = np.concatenate([self._state, begun])
        self._ahead = self._expected = None

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these dancers only, renumbered in the order given."""
        rows = list(rows)
        self._times = self._times[rows]
        self._state = self._state[rows]
        self._ahead = self._expected = None

    def expect(self, time: float) -> Expectations:
        """Return where every dancer is expected at ``time`` (seconds), changing nothing."""
        if self._expected is not None and self._expected[0] == time:
            return self._expected[1]
        ahead = self._advanced(time)
        places = ahead[..., _PLACE]
        centres = places[:, _CENTRE]
        halves = np.exp(places[:, _EXTENT]) / 2
        middles = centres + places[:, _BOX]
        expected = Expectations(
            keypoints=(centres[:, None] + places[:, _LIMBS]).astype(np.float32),
            boxes=np.concatenate([middles - halves, middles + halves], axis=1).astype(np.float32),
            centres=centres,
            sizes=sizes(places[:, _EXTENT]),
            spreads=np.sqrt(ahead[:, _CENTRE, _XX]),
        )
        self._expected = time, expected
        return expected

    def correct(
        self, pairs: Mapping[int, int], seen: Sightings, time: float, doubts: Array
    ) -> None:
        """Take in the poses of some dancers.

        Parameters
        ----------
        pairs
            Which dancer (row) has which pose.
        seen
            The poses.
        time
            Seconds, not before the last correction of any of the dancers.
        doubts
            float64 (poses,): factor on the expected error; above 1 where
            bodies overlap and keypoints stray onto the neighbour, so that the
            velocity from before carries the dancer through.
        """
        rows, columns = list(pairs), list(pairs.values())
        ahead = self._advanced(time)[rows]
        error = _ERROR * _units(sizes(ahead[:, _EXTENT, _PLACE])) * doubts[columns, None]
        error[:, _LIMBS] /= np.maximum(seen.scores[columns], LEAST_SCORE)
        innovation = _measured(seen)[columns] - ahead[..., _PLACE]
        total = ahead[..., _XX] + np.square(error)
        gain, gain_velocity = ahead[..., _XX] / total, ahead[..., _XV] / total
        ahead[..., _PLACE] += gain[..., None] * innovation
        ahead[..., _VELOCITY] += gain_velocity[..., None] * innovation
        ahead[..., _VV] -= gain_velocity * ahead[..., _XV]
        ahead[..., _XX] *= 1 - gain
        ahead[..., _XV] *= 1 - gain
        self._state[rows] = ahead
        self._times[rows] = time
        self._ahead = self._expected = None

    def _advanced(self, time: float) -> Array:
        if self._ahead is None or self._ahead[0] != time:
            self._ahead = time, _carried(self._state, time - self._times)
        return self._ahead[1]


def _carried(state: Array, seconds: Array) -> Array:
    elapsed = seconds[:, None] / _PERSISTENCE
    kept = np.exp(-elapsed)
    lost = 1 - kept
    reach = _PERSISTENCE * lost
    variance = np.square(_SPEED * _units(sizes(state[:, _EXTENT, _PLACE])))
    # The difference of nearly equal terms may come out a hair below zero.
    drift = np.maximum(2 * (elapsed - lost) - np.square(lost), 0)
    velocity, xv, vv = state[..., _VELOCITY], state[..., _XV], state[..., _VV]
    moved = xv + reach * vv
    ahead = np.empty_like(state)
    ahead[..., _PLACE] = state[..., _PLACE] + reach[..., None] * velocity
    ahead[..., _VELOCITY] = kept[..., None] * velocity
    ahead[..., _XX] = (
        state[..., _XX] + reach * (xv + moved) + variance * np.square(_PERSISTENCE) * drift
    )
    ahead[..., _XV] = kept * moved + variance * _PERSISTENCE * np.square(lost)
    ahead[..., _VV] = np.square(kept) * vv + variance * (1 - np.square(kept))
    return ahead


def _measured(seen: Sightings) -> Array:
    parts = np.empty((len(seen), _PARTS, 2))
    centres = seen.centres
    parts[:, _CENTRE] = centres
    parts[:, _LIMBS] = seen.keypoints - centres[:, None]
    parts[:, _BOX] = (seen.boxes[:, :2] + seen.boxes[:, 2:]) / 2 - centres
    parts[:, _EXTENT] = seen.extents
    return parts


def _units(body_sizes: Array) -> Array:
    units = np.ones((len(body_sizes), _PARTS))
    units[:, :_EXTENT] = body_sizes[:, None]
    return units
