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
import numpy.typing as npt

from choreai_live.messages import Floats, Pose
from choreai_live.skeleton import KEYPOINT_COUNT, LEGS, TORSO

Array = npt.NDArray[np.float64]

# Parts of the state, each two-dimensional.
_CENTRE: Final = 0  # body centre, px
_LIMBS: Final = slice(1, 1 + KEYPOINT_COUNT)  # keypoints relative to the body centre, px
_BOX: Final = 1 + KEYPOINT_COUNT  # box centre relative to the body centre, px
_EXTENT: Final = 2 + KEYPOINT_COUNT  # natural logarithm of box width and height
_BUILD: Final = 3 + KEYPOINT_COUNT  # natural logarithm of the length of torso and of legs
_PARTS: Final = 4 + KEYPOINT_COUNT


def _parts(centre: float, limbs: float, box: float, extent: float, build: float) -> Array:
    return np.array([centre] + [limbs] * KEYPOINT_COUNT + [box, extent, build])


#: Seconds a velocity lasts before it is forgotten.
_PERSISTENCE: Final = _parts(1.0, 0.15, 0.15, 0.3, 0.5)
#: Typical speed, body sizes per second (of extent and build: e-folds per second).
_SPEED: Final = _parts(0.8, 0.8, 0.5, 1.0, 0.08)
#: Error of one measurement, body sizes (of extent and build: e-folds).
_ERROR: Final = _parts(0.03, 0.04, 0.05, 0.10, 0.10)
#: A keypoint's error grows as its score falls, up to this score.
_LEAST_SCORE: Final = 0.05
_BODY: Final = (*TORSO, *LEGS[2:])
#: Smallest box side, px; a degenerate box must not stop the arithmetic.
_LEAST_SIDE: Final = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Sightings:
    """The poses of one frame, as arrays.

    Parameters
    ----------
    poses
        The poses.
    keypoints
        float32 (poses, keypoints=17, space=2), pixels.
    scores
        float32 (poses, keypoints=17).
    boxes
        float32 (poses, 4): x1, y1, x2, y2, pixels.
    parts
        float64 (poses, parts=20, space=2): what the motion model measures.
    """

    poses: Sequence[Pose]
    keypoints: Floats
    scores: Floats
    boxes: Floats
    parts: Array

    @classmethod
    def of(cls, poses: Sequence[Pose]) -> "Sightings":
        """Stack poses; there may be none."""
        keypoints = np.empty((len(poses), KEYPOINT_COUNT, 2), np.float32)
        scores = np.empty((len(poses), KEYPOINT_COUNT), np.float32)
        boxes = np.empty((len(poses), 4), np.float32)
        for row, pose in enumerate(poses):
            keypoints[row], scores[row], boxes[row] = pose.keypoints, pose.scores, pose.box
        return cls(poses, keypoints, scores, boxes, _measured(keypoints, scores, boxes))

    def __len__(self) -> int:
        return len(self.poses)

    def __getitem__(self, rows: Sequence[int]) -> "Sightings":
        """Return some of them, by a list of row numbers."""
        return Sightings(
            [self.poses[row] for row in rows],
            self.keypoints[rows],
            self.scores[rows],
            self.boxes[rows],
            self.parts[rows],
        )

    @property
    def centres(self) -> Array:
        """Centres of the torsos, float64 (poses, space=2), pixels.

        Shoulders and hips weighted by their scores: unlike the middle of the
        box they do not jump when an arm goes up.
        """
        return self.parts[:, _CENTRE]

    @property
    def builds(self) -> Array:
        """Natural logarithm of the length of torso and legs, float64 (poses, 2), pixels."""
        return self.parts[:, _BUILD]

    @property
    def sizes(self) -> Array:
        """Body sizes, float64 (poses,), pixels: the square root of the box area."""
        return _sizes(self.parts)


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
    builds
        float64 (dancers, 2): natural logarithm of the length of torso and legs, pixels.
    build_spreads
        float64 (dancers,): standard deviations of ``builds``.
    """

    keypoints: Floats
    boxes: Floats
    centres: Array
    sizes: Array
    spreads: Array
    builds: Array
    build_spreads: Array


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
        self._undisturbed_times = self._times
        self._undisturbed = self._state
        self._ahead: tuple[float, _State] | None = None

    @property
    def places(self) -> Array:
        """Body centres when last seen, float64 (dancers, space=2), pixels."""
        return self._state.mean[:, _CENTRE]

    def add(self, seen: Sightings, time: float) -> None:
        """Begin to follow dancers seen for the first time at ``time``, seconds."""
        units = _units(seen.parts)
        begun = _State(
            seen.parts,
            np.zeros_like(seen.parts),
            np.square(_ERROR * units),
            np.zeros_like(units),
            np.square(_SPEED * units),
        )
        times = np.full(len(seen), time)
        self._times = np.append(self._times, times)
        self._state = _merged(self._state, begun)
        self._undisturbed_times = np.append(self._undisturbed_times, times)
        self._undisturbed = _merged(self._undisturbed, begun)
        self._ahead = None

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these dancers only, renumbered in the order given."""
        rows = list(rows)
        self._times = self._times[rows]
        self._state = _taken(self._state, rows)
        self._undisturbed_times = self._undisturbed_times[rows]
        self._undisturbed = _taken(self._undisturbed, rows)
        self._ahead = None

    def expect(self, time: float) -> Expectations:
        """Return where every dancer is expected at ``time`` (seconds), changing nothing."""
        return _expectations(self._advanced(time))

    def expect_undisturbed(self, time: float) -> Expectations:
        """Return where every dancer would be, had nothing been seen since :meth:`remember`."""
        return _expectations(_carried(self._undisturbed, time - self._undisturbed_times))

    def remember(self, rows: Sequence[int]) -> None:
        """Take what is known of these dancers now as undisturbed by others."""
        rows = list(rows)
        for kept, now in zip(_arrays(self._undisturbed), _arrays(self._state), strict=True):
            kept[rows] = now[rows]
        self._undisturbed_times[rows] = self._times[rows]

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
        error[:, _LIMBS] /= np.maximum(seen.scores, _LEAST_SCORE)
        error[:, _BUILD] /= np.maximum(seen.scores[:, _BODY].min(axis=1), _LEAST_SCORE)
        innovation = seen.parts - ahead.mean
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


def _expectations(ahead: _State) -> Expectations:
    centres = ahead.mean[:, _CENTRE]
    halves = np.exp(ahead.mean[:, _EXTENT]) / 2
    middles = centres + ahead.mean[:, _BOX]
    return Expectations(
        keypoints=(centres[:, None] + ahead.mean[:, _LIMBS]).astype(np.float32),
        boxes=np.concatenate([middles - halves, middles + halves], axis=1).astype(np.float32),
        centres=centres,
        sizes=_sizes(ahead.mean),
        spreads=np.sqrt(ahead.xx[:, _CENTRE]),
        builds=ahead.mean[:, _BUILD],
        build_spreads=np.sqrt(ahead.xx[:, _BUILD]),
    )


def _measured(keypoints: Floats, scores: Floats, boxes: Floats) -> Array:
    parts = np.empty((len(keypoints), _PARTS, 2))
    weights = np.maximum(scores[:, TORSO].astype(np.float64), _LEAST_SCORE)
    weights /= weights.sum(axis=1, keepdims=True)
    centres = np.einsum("nk,nks->ns", weights, keypoints[:, TORSO])
    parts[:, _CENTRE] = centres
    parts[:, _LIMBS] = keypoints - centres[:, None]
    parts[:, _BOX] = (boxes[:, :2] + boxes[:, 2:]) / 2 - centres
    parts[:, _EXTENT] = np.log(np.maximum(boxes[:, 2:] - boxes[:, :2], _LEAST_SIDE))
    joints = keypoints[:, _BODY].reshape(-1, 4, 2, 2)  # shoulders, hips, knees, ankles
    middles = joints[:, :2].mean(axis=2)
    torso = np.sqrt(np.square(middles[:, 0] - middles[:, 1]).sum(axis=1))
    bones = np.sqrt(np.square(joints[:, 2:] - joints[:, 1:3]).sum(axis=3)).sum(axis=1)
    parts[:, _BUILD, 0] = np.log(np.maximum(torso, _LEAST_SIDE))
    parts[:, _BUILD, 1] = np.log(np.maximum(bones.mean(axis=1), _LEAST_SIDE))
    return parts


def _sizes(parts: Array) -> Array:
    sizes: Array = np.exp((parts[:, _EXTENT, 0] + parts[:, _EXTENT, 1]) / 2)
    return sizes


def _units(parts: Array) -> Array:
    units = np.repeat(_sizes(parts)[:, None], _PARTS, axis=1)
    units[:, _EXTENT:] = 1.0
    return units


def _arrays(state: _State) -> tuple[Array, ...]:
    return state.mean, state.velocity, state.xx, state.xv, state.vv


def _taken(state: _State, rows: list[int]) -> _State:
    return _State(*(array[rows] for array in _arrays(state)))


def _merged(first: _State, second: _State) -> _State:
    return _State(
        *(np.concatenate(pair) for pair in zip(_arrays(first), _arrays(second), strict=True))
    )
