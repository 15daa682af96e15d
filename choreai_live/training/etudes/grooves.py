"""Grooves: what legs, trunk and arms do over and over, each at its own pace.

Social dances are less a row of postures than layers that run at the same time:
feet repeat a step, knees bounce, shoulders answer, arms tell another story. A
:class:`Groove` holds such layers as tracks, functions of the beat; adding two
grooves lets one body dance both, so few steps and few arms make many dances.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Final

import numpy as np

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.kinematics import smoothstep
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import (
    HEAD,
    HIPS,
    LEFT_ARM,
    LEFT_FOOT,
    PELVIS,
    RIGHT_ARM,
    RIGHT_FOOT,
    SIZE,
    SPINE,
    other,
)

#: A posture's numbers, of one part of the body.
Numbers = Sequence[float] | Array
#: Values at beats (frames,): (frames, channels).
Track = Callable[[Array], Array]
#: Beats, and what is reached on them.
Keys = Sequence[tuple[float, Numbers]]

_UPPER_ARM: Final = 0.285
_FOREARM: Final = 0.25
_FOOT_SIGN: Final = np.array((-1.0, 1.0, 1.0, -1.0, 1.0, -1.0))
_ARM_SIGN: Final = np.array((-1.0, 1.0, 1.0, -1.0, 1.0, 1.0))


@dataclass(frozen=True, eq=False, slots=True)
class Groove:
    """Tracks that are added up: channels of a posture, and their values over time."""

    tracks: tuple[tuple[slice, Track], ...] = ()

    def __call__(self, beats: Array) -> Array:
        """Return the postures (frames, 45) at beats (frames,)."""
        result = np.zeros((len(beats), SIZE))
        for channels, track in self.tracks:
            result[:, channels] += track(beats)
        return result

    def __add__(self, more: "Groove") -> "Groove":
        """Return both at once."""
        return Groove(self.tracks + more.tracks)


def _later(track: Track, shift: float) -> Track:
    return lambda beats: track(beats - shift)


#: Draws one way to do something.
Draw = Callable[[Rng], Groove]


def groove(**parts: Track) -> Groove:
    """Return a groove of tracks named by the part they move, such as ``hips`` or ``left_arm``."""
    return Groove(tuple((_PARTS[name], track) for name, track in parts.items()))


_PARTS: Final = {
    "hips": HIPS,
    "pelvis": PELVIS,
    "spine": SPINE,
    "head": HEAD,
    "left_arm": LEFT_ARM,
    "right_arm": RIGHT_ARM,
    "left_foot": LEFT_FOOT,
    "right_foot": RIGHT_FOOT,
}


def still(values: Numbers) -> Track:
    """Return a track that stays."""
    held = np.asarray(values, dtype=float)
    return lambda beats: np.broadcast_to(held, (len(beats), len(held)))


def swung(amount: Numbers, period: float, phase: float = 0.0, sharp: float = 1.0) -> Track:
    """Return a track that swings by ``amount``, at its most at ``phase`` beats.

    ``sharp`` 1 is a sine; smaller is squarer (hits and holds), larger more pointed.
    """
    extent = np.asarray(amount, dtype=float)

    def track(beats: Array) -> Array:
        value = np.cos(2 * pi * (beats - phase) / period)
        value = np.sign(value) * np.abs(value) ** sharp
        result: Array = value[:, None] * extent
        return result

    return track


def pulsed(amount: Numbers, period: float, phase: float = 0.0, sharp: float = 1.0) -> Track:
    """Return a track that goes from 0 to ``amount`` at ``phase`` beats and back; never beyond 0."""
    extent = np.asarray(amount, dtype=float)

    def track(beats: Array) -> Array:
        value = 0.5 + 0.5 * np.cos(2 * pi * (beats - phase) / period)
        result: Array = (value**sharp)[:, None] * extent
        return result

    return track


def keyed(
    period: float, keys: Keys, share: float = 1.0, *, arc: float = 0.0, arm: bool = False
) -> Track:
    """Return a track through keys that repeat every ``period`` beats.

    Parameters
    ----------
    keys
        Beats, ascending and within one period, and values.
    share
        How much of the time before a key is spent on getting there: 1 flows, 0.4 hits.
    arc
        For feet: how high a foot that goes elsewhere is lifted, per metre; 0 slides.
    arm
        For arms: halfway between opposite directions they go by the front.
    """
    at = np.array([beat for beat, _ in keys])
    values = np.array([value for _, value in keys], dtype=float)
    at, values = np.append(at, at[0] + period), np.vstack([values, values[:1]])

    def track(beats: Array) -> Array:
        since = (beats - at[0]) % period + at[0]
        index = np.clip(np.searchsorted(at, since, side="right") - 1, 0, len(at) - 2)
        weight = (since - at[index]) / (at[index + 1] - at[index])
        weight = smoothstep((weight - 1.0) / share + 1.0)[:, None]
        first, change = values[index], values[index + 1] - values[index]
        result: Array = first + change * weight
        if arc > 0.0:
            distance = np.hypot(change[:, 0], change[:, 2])
            high = np.maximum(first[:, 1], first[:, 1] + change[:, 1])
            lift = np.minimum(arc * distance, 0.14) * (1.0 - smoothstep(high / 0.15))
            result[:, 1] += 4.0 * (weight * (1.0 - weight))[:, 0] * lift
        if arm:
            bones = first.reshape(-1, 2, 3), (first + change).reshape(-1, 2, 3)
            opposed = np.maximum(-np.einsum("nbi,nbi->nb", *bones), 0.0)
            by_front = (3.2 * weight * (1.0 - weight))[:, :, None] * opposed[:, :, None]
            result += (by_front * (0.0, -0.35, 0.94)).reshape(len(result), 6)
        return result

    return track


def steps(period: float, keys: Keys, share: float = 0.8, *, arc: float = 0.3) -> Groove:
    """Return feet of which the right does, half a period later, what the left does."""
    right = [(beat, np.asarray(value) * _FOOT_SIGN) for beat, value in keys]
    return groove(
        left_foot=keyed(period, keys, share, arc=arc),
        right_foot=_later(keyed(period, right, share, arc=arc), period / 2),
    )


def feet(period: float, left: Keys, right: Keys, share: float = 0.8, *, arc: float = 0.3) -> Groove:
    """Return both feet; the right is written as if it were a left one."""
    flipped = [(beat, np.asarray(value) * _FOOT_SIGN) for beat, value in right]
    return groove(
        left_foot=keyed(period, left, share, arc=arc),
        right_foot=keyed(period, flipped, share, arc=arc),
    )


def arms(period: float, left: Keys, right: Keys | None = None, share: float = 0.8) -> Groove:
    """Return both arms; the right is written as if it were a left one, None: as the left."""
    flipped = [(beat, other(value)) for beat, value in (left if right is None else right)]
    return groove(
        left_arm=keyed(period, left, share, arm=True),
        right_arm=keyed(period, flipped, share, arm=True),
    )


def alternating(period: float, left: Keys, share: float = 0.8) -> Groove:
    """Return arms of which the right does, half a period later, what the left does."""
    flipped = [(beat, other(value)) for beat, value in left]
    return groove(
        left_arm=keyed(period, left, share, arm=True),
        right_arm=_later(keyed(period, flipped, share, arm=True), period / 2),
    )


def reach(
    out: float, up: float, front: float, elbow: Numbers = (0.5, -0.8, -0.3)
) -> tuple[float, ...]:
    """Return the left arm's directions for a hand at a place; the other hand's by ``other``.

    Parameters
    ----------
    out, up, front
        Of the wrist from the shoulder, metres; a stretched arm is 0.53 m.
    elbow
        Direction in which the elbow points.
    """
    target = np.array((out, up, front))
    distance = float(np.linalg.norm(target))
    axis = target / max(distance, 1e-9)
    distance = min(max(distance, 0.07), (_UPPER_ARM + _FOREARM) * 0.999)
    along = (_UPPER_ARM**2 - _FOREARM**2 + distance**2) / (2.0 * distance)
    pole = np.asarray(elbow, dtype=float)
    pole = pole - axis * (pole @ axis)
    pole /= max(float(np.linalg.norm(pole)), 1e-9)
    upper = axis * along + pole * sqrt(max(_UPPER_ARM**2 - along**2, 0.0))
    fore = axis * distance - upper
    return (*(upper / _UPPER_ARM), *(fore / _FOREARM))


def foot(
    out: float, front: float, up: float = 0.0, yaw: float = 0.2, heel: float = 0.0,
    knee: float | None = None,
) -> tuple[float, ...]:  # fmt: skip
    """Return a left foot: metres out, to the front and up; its yaw, heel lift and knee's yaw."""
    return (out, up, front + 0.1, yaw, heel, yaw if knee is None else knee)


def slack(rng: Rng) -> Groove:
    """Return what lets each arm hang a little, or a lot: many dance with small arms."""
    if rng.random() < 0.5:
        return Groove()
    hang = np.array((0.12, -0.95, 0.05, 0.05, -0.85, 0.4))
    left, right = rng.uniform(0.0, 1.2, 2)
    return groove(left_arm=still(left * hang), right_arm=still(right * hang * _ARM_SIGN))


def perform(score: Score, dance: Groove, beats: float, approach: float = 1.0) -> None:
    """Write ``beats`` of a groove into a score, after a transition of ``approach`` beats."""
    start = dance(np.zeros(1))[0]
    score.to(start, approach)
    score.layer(lambda since: dance(since) - start, beats, fade=0.3)
    score.hold(beats)


def pick(rng: Rng, *values: float) -> float:
    """Return one of ``values``."""
    return float(values[int(rng.integers(len(values)))])


def near(
    rng: Rng, out: float, up: float, front: float, elbow: Numbers = (0.6, -0.7, -0.2)
) -> tuple[float, ...]:
    """Return :func:`reach` for a hand near a place, with the elbow near ``elbow``."""
    x, y, z = np.array((out, up, front)) + rng.normal(0.0, 0.04, 3)
    return reach(x, y, z, np.asarray(elbow) + rng.normal(0.0, 0.25, 3))


def any_of(draws: Sequence[Draw], rng: Rng) -> Groove:
    """Draw a groove by one of ``draws``."""
    return draws[int(rng.integers(len(draws)))](rng)
