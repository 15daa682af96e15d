"""The motion model: where every dancer and each of their keypoints is expected.

One Kalman filter for everything that moves. The body's centre keeps its
velocity for about a second; limbs, measured relative to the centre, swing
back and forth and keep theirs for a beat only. Everything is a function of
elapsed seconds and of body size, so neither the frame rate nor the distance
from the camera matters.
"""

from collections.abc import Sequence
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


@dataclass(frozen=True, eq=False, slots=True)
class _State:
    """Mean and velocity (dancers, parts, space=2); their covariance (dancers, parts).

    The two axes share one covariance, since nothing tells them apart.
    """

    mean: Array
    velocity: Array
    xx: Array
    xv: Array
    vv: Array


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
        self._state = _State(
            np.empty((0, _PARTS, 2)),
            np.empty((0, _PARTS, 2)),
            np.empty((0, _PARTS)),
            np.empty((0, _PARTS)),
            np.empty((0, _PARTS)),
        )
        self._ahead: tuple[float, _State] | None = None

    @property
    def places(self) -> Array:
        """Body centres when last seen, float64 (dancers, space=2), pixels."""
        return self._state.mean[:, _CENTRE]

    def add(self, seen: Sightings, time: float) -> None:
        """Begin to follow dancers seen for the first time at ``time``, seconds."""
        parts = _measured(seen)
        units = _units(parts)
        begun = _State(
            parts,
            np.zeros_like(parts),
            np.square(_ERROR * units),
            np.zeros_like(units),
            np.square(_SPEED * units),
        )
        self._times = np.append(self._times, np.full(len(seen), time))
        self._state = _merged(self._state, begun)
        self._ahead = None

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these dancers only, renumbered in the order given."""
        rows = list(rows)
        self._times = self._times[rows]
        self._state = _taken(self._state, rows)
        self._ahead = None

    def expect(self, time: float) -> Expectations:
        """Return where every dancer is expected at ``time`` (seconds), changing nothing."""
        ahead = self._advanced(time)
        centres = ahead.mean[:, _CENTRE]
        halves = np.exp(ahead.mean[:, _EXTENT]) / 2
        middles = centres + ahead.mean[:, _BOX]
        return Expectations(
            keypoints=(centres[:, None] + ahead.mean[:, _LIMBS]).astype(np.float32),
            boxes=np.concatenate([middles - halves, middles + halves], axis=1).astype(np.float32),
            centres=centres,
            sizes=sizes(ahead.mean[:, _EXTENT]),
            spreads=np.sqrt(ahead.xx[:, _CENTRE]),
        )

    def correct(self, rows: Sequence[int], seen: Sightings, time: float, doubts: Array) -> None:
        """Take in the poses of some dancers.

        Parameters
        ----------
        rows
            The dancers.
        seen
            The pose of each.
        time
            Seconds, not before the last correction of any of them.
        doubts
            float64 (rows,): factor on the expected error; above 1 where bodies
            overlap and keypoints stray onto the neighbour, so that the
            velocity from before carries the dancer through.
        """
        rows = list(rows)
        ahead = _taken(self._advanced(time), rows)
        error = _ERROR * _units(ahead.mean) * doubts[:, None]
        error[:, _LIMBS] /= np.maximum(seen.scores, LEAST_SCORE)
        innovation = _measured(seen) - ahead.mean
        total = ahead.xx + np.square(error)
        gain, gain_velocity = ahead.xx / total, ahead.xv / total
        self._state.mean[rows] = ahead.mean + gain[..., None] * innovation
        self._state.velocity[rows] = ahead.velocity + gain_velocity[..., None] * innovation
        self._state.xx[rows] = ahead.xx * (1 - gain)
        self._state.vv[rows] = ahead.vv - gain_velocity * ahead.xv
        self._state.xv[rows] = ahead.xv * (1 - gain)
        self._times[rows] = time
        self._ahead = None

    def _advanced(self, time: float) -> _State:
        # The search, the matching and the correction ask for the same moment.
        if self._ahead is None or self._ahead[0] != time:
            self._ahead = time, _carried(self._state, time - self._times)
        return self._ahead[1]


def _carried(state: _State, seconds: Array) -> _State:
    elapsed = seconds[:, None] / _PERSISTENCE
    kept = np.exp(-elapsed)
    lost = 1 - kept
    reach = _PERSISTENCE * lost
    variance = np.square(_SPEED * _units(state.mean))
    # The difference of nearly equal terms may come out a hair below zero.
    drift = np.maximum(2 * (elapsed - lost) - np.square(lost), 0)
    moved = state.xv + reach * state.vv
    return _State(
        mean=state.mean + reach[..., None] * state.velocity,
        velocity=kept[..., None] * state.velocity,
        xx=state.xx + reach * (state.xv + moved) + variance * np.square(_PERSISTENCE) * drift,
        xv=kept * moved + variance * _PERSISTENCE * np.square(lost),
        vv=np.square(kept) * state.vv + variance * (1 - np.square(kept)),
    )


def _measured(seen: Sightings) -> Array:
    parts = np.empty((len(seen), _PARTS, 2))
    centres = seen.centres
    parts[:, _CENTRE] = centres
    parts[:, _LIMBS] = seen.keypoints - centres[:, None]
    parts[:, _BOX] = (seen.boxes[:, :2] + seen.boxes[:, 2:]) / 2 - centres
    parts[:, _EXTENT] = seen.extents
    return parts


def _units(parts: Array) -> Array:
    units = np.repeat(sizes(parts[:, _EXTENT])[:, None], _PARTS, axis=1)
    units[:, _EXTENT] = 1.0
    return units


def _arrays(state: _State) -> tuple[Array, ...]:
    return state.mean, state.velocity, state.xx, state.xv, state.vv


def _taken(state: _State, rows: list[int]) -> _State:
    return _State(*(array[rows] for array in _arrays(state)))


def _merged(first: _State, second: _State) -> _State:
    return _State(
        *(np.concatenate(pair) for pair in zip(_arrays(first), _arrays(second), strict=True))
    )
