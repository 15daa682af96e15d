"""Party dances and locks: a bounce into the ground, moves that hit and hold."""

from math import cos, pi, sin
from typing import Final

from choreai_live.demo.dances.phrasing import Move, keyed
from choreai_live.demo.geometry import Array, smoothstep
from choreai_live.demo.posture import (
    HEAD,
    HIPS,
    LEFT_ARM,
    LEFT_FOOT,
    RIGHT_ARM,
    RIGHT_FOOT,
    SPINE,
    mirrored,
    posture,
)

_WIDE: Final = posture(
    hips=(0.0, -0.12, -0.02),
    pelvis=(0.0, 0.14, 0.0),
    spine=(0.0, 0.16, 0.0),
    head=(0.0, -0.06, 0.0),
    left_arm=(0.55, -0.80, -0.10, 0.10, -0.55, 0.80),
    right_arm=(-0.55, -0.80, -0.10, -0.10, -0.55, 0.80),
    left_foot=(0.27, 0.0, 0.10, 0.45, 0.0, 0.5),
    right_foot=(-0.27, 0.0, 0.10, -0.45, 0.0, -0.5),
)
_ROCK: Final = posture(
    _WIDE,
    hips=(0.13, -0.15, -0.02),
    pelvis=(0.20, 0.15, -0.12),
    spine=(0.30, 0.22, 0.22),
    head=(0.15, -0.12, 0.10),
    left_arm=(0.72, -0.45, 0.40, -0.50, 0.30, 0.75),
    right_arm=(-0.62, -0.72, -0.28, -0.42, -0.60, 0.62),
    right_foot=(-0.29, 0.0, 0.10, -0.30, 0.45, -0.2),
)
_POINT_UP: Final = posture(
    _WIDE,
    hips=(-0.10, -0.08, 0.0),
    spine=(-0.15, 0.0, -0.20),
    head=(0.30, -0.20, 0.0),
    left_arm=(0.72, 0.62, 0.25, 0.70, 0.70, 0.12),
    right_arm=(-0.75, -0.60, 0.15, 0.45, -0.45, 0.70),
    left_foot=(0.31, 0.0, 0.10, 0.5, 0.45, 0.3),
)
_POINT_LOW: Final = posture(
    _WIDE,
    hips=(-0.06, -0.24, -0.06),
    spine=(0.15, 0.34, 0.12),
    head=(0.25, -0.15, 0.0),
    left_arm=(0.62, -0.55, 0.55, 0.60, -0.65, 0.45),
    right_arm=(-0.80, -0.20, -0.50, -0.30, -0.80, 0.45),
)
_LOCK: Final = posture(
    _WIDE,
    hips=(0.0, -0.20, -0.05),
    spine=(0.0, 0.30, 0.0),
    head=(0.0, -0.22, 0.0),
    left_arm=(0.86, -0.38, 0.32, 0.12, -0.95, 0.30),
    right_arm=(-0.86, -0.38, 0.32, -0.12, -0.95, 0.30),
)
_MUSCLE: Final = posture(
    _WIDE,
    hips=(0.0, -0.07, 0.02),
    spine=(0.0, -0.14, 0.0),
    head=(0.0, -0.10, 0.0),
    left_arm=(0.95, 0.08, 0.10, 0.25, 0.95, 0.15),
    right_arm=(-0.95, 0.08, 0.10, -0.25, 0.95, 0.15),
)
_CROSSED: Final = posture(
    _WIDE,
    hips=(0.0, -0.08, 0.0),
    left_arm=(0.55, -0.45, 0.70, -0.80, 0.25, 0.52),
    right_arm=(-0.55, -0.52, 0.65, 0.80, 0.10, 0.58),
    left_foot=(-0.08, 0.0, 0.20, 0.20, 0.0, 0.2),
    right_foot=(0.06, 0.0, -0.02, -0.20, 0.35, -0.2),
)


def _bounced(body: Array, beat: float, depth: float = 0.035) -> Array:
    """Sink into every beat, head and shoulders after the knees."""
    down = cos(2 * pi * beat)
    body[HIPS.start + 1] -= depth * down
    body[SPINE.start + 1] += 0.08 * cos(2 * pi * beat - 0.6)
    body[HEAD.start + 1] += 0.12 * cos(2 * pi * beat - 0.9)
    return body


def rock(beat: float) -> Array:
    """Rock from side to side, a hit on every beat, a point on every fourth."""
    keys = [(0, _ROCK), (1, mirrored(_ROCK)), (2, _ROCK), (3, mirrored(_POINT_UP)),
            (4, mirrored(_ROCK)), (5, _ROCK), (6, mirrored(_ROCK)), (7, _POINT_UP)]  # fmt: skip
    return _bounced(keyed(beat, keys, 8, 0.65), beat)


def lock(beat: float) -> Array:
    """Muscle man, lock, point; hit and hold."""
    keys = [(0, _MUSCLE), (1, _LOCK), (2, _POINT_UP), (3, _LOCK),
            (4, _MUSCLE), (5, _LOCK), (6, mirrored(_POINT_LOW)), (7, _POINT_LOW)]  # fmt: skip
    return _bounced(keyed(beat, keys, 8, 0.55), beat, 0.015)


def running_man(beat: float) -> Array:
    """Knee up, step down, slide back: running on the spot."""
    body = posture(_WIDE, hips=(0.0, -0.09, 0.0), spine=(0.0, 0.20, 0.0))
    for foot, arm, offset, side in (
        (LEFT_FOOT, RIGHT_ARM, 0.0, 1.0),
        (RIGHT_FOOT, LEFT_ARM, 1.0, -1.0),
    ):
        phase = (beat - offset) % 2.0
        if phase < 1.0:  # up and forward
            up = sin(pi * phase)
            z = -0.24 + 0.50 * smoothstep(phase)
        else:  # planted, sliding back while the other knee comes up
            up, z = 0.0, 0.26 - 0.50 * smoothstep(phase - 1.0)
        lift = max(0.7 * (1.0 - phase / 0.5), 0.0) if phase < 1.0 else 0.6 * smoothstep(phase - 1.0)
        body[foot] = (side * 0.12, 0.30 * up, z, side * 0.12, lift + 0.35 * up, side * 0.15)
        swing = sin(pi * (phase - 0.5))
        body[arm] = (
            -side * 0.42, -0.78, 0.45 * swing + 0.05, side * 0.05, 0.35 + 0.25 * swing, 0.85,
        )  # fmt: skip
    body[SPINE.start] = -0.20 * cos(pi * beat)
    return _bounced(body, beat, 0.025)


def cross_step(beat: float) -> Array:
    """Step across, step open, arms slicing along."""
    keys = [(0, _WIDE), (1, _CROSSED), (2, _MUSCLE), (3, mirrored(_CROSSED))]
    return _bounced(keyed(beat, keys, 4, 0.65), beat, 0.045)


def wave(beat: float) -> Array:
    """Send a wave from one hand through the shoulders to the other."""
    body = posture(_WIDE, hips=(0.06 * sin(pi * beat / 2), -0.11, 0.0))
    for arm, side, towards in ((LEFT_ARM, 1.0, 0.0), (RIGHT_ARM, -1.0, 1.0)):
        # Outer joints lead on the way in and follow on the way out.
        phase = pi * beat
        upper = 0.40 * sin(phase - (0.9 if towards else -0.9))
        fore = 0.55 * sin(phase - (1.9 if towards else -1.9))
        body[arm] = (side * 0.92, upper, 0.22, side * 0.88, fore, 0.30)
    body[SPINE] += (0.0, -0.06, 0.20 * sin(pi * beat))
    body[HEAD] += (0.35 * sin(pi * beat), 0.0, 0.0)
    return _bounced(body, beat, 0.025)


def _left(move: Move) -> Move:
    return lambda beat: mirrored(move(beat))


MOVES: Final[tuple[Move, ...]] = (rock, running_man, lock, cross_step, _left(rock), wave)
