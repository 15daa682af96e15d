"""The motion model: where a dancer and each of their keypoints is expected.

One small Kalman filter for everything that moves. The body's centre keeps its
velocity for about a second; limbs, measured relative to the centre, swing
back and forth and keep theirs for a beat only. Everything is a function of
elapsed seconds and of body size, so neither the frame rate nor the distance
from the camera matters.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats, Pose
from choreai_live.skeleton import KEYPOINT_COUNT, TORSO

Vector = npt.NDArray[np.float64]
#: Mean, velocity (rows, 2); covariance of place, of place and velocity, of velocity (rows,).
_State = tuple[Vector, Vector, Vector, Vector, Vector]

# Rows of the state, each two-dimensional.
_CENTRE: Final = 0  # body centre, px
_LIMBS: Final = slice(1, 1 + KEYPOINT_COUNT)  # keypoints relative to the centre, px
_BOX: Final = 1 + KEYPOINT_COUNT  # box centre relative to the body centre, px
_EXTENT: Final = 2 + KEYPOINT_COUNT  # natural logarithm of box width and height
_ROWS: Final = 3 + KEYPOINT_COUNT


def _rows(centre: float, limbs: float, box: float, extent: float) -> Vector:
    return np.array([centre] + [limbs] * KEYPOINT_COUNT + [box, extent])


#: Seconds a velocity lasts before it is forgotten.
_PERSISTENCE: Final = _rows(1.0, 0.15, 0.15, 0.3)
#: Typical speed, body sizes per second (for the extent: e-folds per second).
_SPEED: Final = _rows(0.8, 0.8, 0.5, 1.0)
#: Error of one measurement, body sizes (for the extent: e-folds).
_ERROR: Final = _rows(0.03, 0.04, 0.05, 0.10)
#: A keypoint nobody is sure of is followed this many times more slowly.
_LEAST_SCORE: Final = 0.05
#: Smallest box side, px; a degenerate box must not stop the arithmetic.
_LEAST_SIDE: Final = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Expectation:
    """Where a dancer is expected at one moment.

    Parameters
    ----------
    keypoints
        float32 (keypoints=17, space=2), pixels.
    box
        float32 (4,): x1, y1, x2, y2, pixels.
    centre
        float64 (space=2,): body centre, pixels.
    size
        Body size, pixels: the square root of the box area.
    spread
        Standard deviation of ``centre``, pixels.
    """

    keypoints: Floats
    box: Floats
    centre: Vector
    size: float
    spread: float


class BodyMotion:
    """Filter over one dancer's centre, keypoints and box.

    Velocities follow an Ornstein-Uhlenbeck process, the state is its integral
    beside it ("integrated Ornstein-Uhlenbeck", Taylor, Cumberland & Sy,
    *JASA* 89, 1994): the constant-velocity Kalman filter of SORT (Bewley et
    al., ICIP 2016) for short times, and a velocity that fades for long ones,
    so that a dancer out of sight is not expected beyond the horizon.

    The state stands at the last pose that was seen and is carried forward in
    one exact step of whatever length. Nothing accumulates while a dancer is
    hidden; a pose seen after a gap corrects the velocity over the whole gap,
    as OC-SORT's observation-centric re-update does (Cao et al., CVPR 2023).

    Parameters
    ----------
    pose
        The first pose.
    time
        Its time, seconds.

    Attributes
    ----------
    size : float
        Body size, pixels: the square root of the filtered box area.
    time : float
        When the last pose was taken in, seconds.
    """

    def __init__(self, pose: Pose, time: float) -> None:
        self.time = time
        mean = _measurement(pose)
        self.size = _size(mean)
        units = self._units()
        self._state: _State = (
            mean,
            np.zeros((_ROWS, 2)),
            np.square(_ERROR * units),
            np.zeros(_ROWS),
            np.square(_SPEED * units),
        )
        self._ahead: tuple[float, _State] | None = None

    @property
    def velocity(self) -> Vector:
        """Velocity of the body centre, float64 (space=2,), pixels per second."""
        velocity: Vector = self._state[1][_CENTRE]
        return velocity

    def expect(self, time: float) -> Expectation:
        """Return where the dancer is expected at ``time`` (seconds), changing nothing."""
        mean, _, xx, _, _ = self._advanced(time)
        centre = mean[_CENTRE]
        half = np.exp(mean[_EXTENT]) / 2
        middle = centre + mean[_BOX]
        return Expectation(
            keypoints=(centre + mean[_LIMBS]).astype(np.float32),
            box=np.concatenate([middle - half, middle + half]).astype(np.float32),
            centre=centre,
            size=_size(mean),
            spread=float(np.sqrt(xx[_CENTRE])),
        )

    def correct(self, pose: Pose, time: float, doubt: float = 1.0) -> None:
        """Take in a pose seen at ``time``.

        Parameters
        ----------
        pose
            The pose.
        time
            Seconds, not before the last correction.
        doubt
            Factor on the expected error of this measurement; above 1 where
            bodies overlap and keypoints stray onto the neighbour, so that the
            velocity from before carries the dancer through.
        """
        mean, velocity, xx, xv, vv = self._advanced(time)
        error = _ERROR * self._units() * doubt
        error[_LIMBS] /= np.maximum(pose.scores, _LEAST_SCORE)
        innovation = _measurement(pose) - mean
        total = xx + np.square(error)
        gain, gain_velocity = xx / total, xv / total
        mean = mean + gain[:, None] * innovation
        velocity = velocity + gain_velocity[:, None] * innovation
        self._state = mean, velocity, xx * (1 - gain), xv * (1 - gain), vv - gain_velocity * xv
        self._ahead = None
        self.size = _size(mean)
        self.time = time

    def _units(self) -> Vector:
        units = np.full(_ROWS, self.size)
        units[_EXTENT] = 1.0
        return units

    def _advanced(self, time: float) -> "_State":
        # Asked for the same moment by the search, the matching and the correction.
        if self._ahead is None or self._ahead[0] != time:
            step = _step(time - self.time)
            mean, velocity, xx, xv, vv = self._state
            variance = np.square(_SPEED * self._units())
            self._ahead = (
                time,
                (
                    mean + step.reach[:, None] * velocity,
                    step.kept[:, None] * velocity,
                    xx
                    + 2 * step.reach * xv
                    + np.square(step.reach) * vv
                    + variance * step.noise_xx,
                    step.kept * (xv + step.reach * vv) + variance * step.noise_xv,
                    np.square(step.kept) * vv + variance * step.noise_vv,
                ),
            )
        return self._ahead[1]


@dataclass(frozen=True, eq=False, slots=True)
class _Step:
    """What the passing of some seconds does to every row, for unit speed."""

    kept: Vector
    reach: Vector
    noise_xx: Vector
    noise_xv: Vector
    noise_vv: Vector


@lru_cache(maxsize=16)  # every dancer seen in the last frame asks for the same step
def _step(seconds: float) -> _Step:
    elapsed = seconds / _PERSISTENCE
    kept = np.exp(-elapsed)
    # The difference of nearly equal terms may come out a hair below zero.
    drift = np.maximum(2 * elapsed - 3 + 4 * kept - np.square(kept), 0)
    return _Step(
        kept=kept,
        reach=_PERSISTENCE * (1 - kept),
        noise_xx=np.square(_PERSISTENCE) * drift,
        noise_xv=_PERSISTENCE * np.square(1 - kept),
        noise_vv=1 - np.square(kept),
    )


def body_centre(pose: Pose) -> Vector:
    """Return the centre of the torso, float64 (space=2,), pixels.

    Shoulders and hips weighted by their scores: unlike the middle of the box
    it does not jump when an arm goes up.
    """
    torso = list(TORSO)
    weights = np.maximum(pose.scores[torso].astype(np.float64), _LEAST_SCORE)
    centre: Vector = weights @ pose.keypoints[torso] / weights.sum()
    return centre


def _size(mean: Vector) -> float:
    return math.exp((mean[_EXTENT, 0] + mean[_EXTENT, 1]) / 2)


def body_size(pose: Pose) -> float:
    """Return the square root of the box area, pixels."""
    sides = np.maximum(pose.box[2:] - pose.box[:2], _LEAST_SIDE)
    return float(np.sqrt(sides.prod()))


def _measurement(pose: Pose) -> Vector:
    rows = np.empty((_ROWS, 2))
    centre = body_centre(pose)
    rows[_CENTRE] = centre
    rows[_LIMBS] = pose.keypoints - centre
    rows[_BOX] = (pose.box[:2] + pose.box[2:]) / 2 - centre
    rows[_EXTENT] = np.log(np.maximum(pose.box[2:] - pose.box[:2], _LEAST_SIDE))
    return rows
