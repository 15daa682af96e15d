"""The dances: postures as functions of the beat."""

from collections.abc import Callable, Sequence
from math import cos, pi, sin
from typing import Final

from choreai_live.demo.geometry import Array, smoothstep
from choreai_live.demo.posture import (
    HEAD,
    HIPS,
    LEFT_ARM,
    LEFT_FOOT,
    PELVIS,
    RIGHT_ARM,
    RIGHT_FOOT,
    SPINE,
    mirrored,
    mixed,
    posture,
)

Dance = Callable[[float], Array]


def keyed(beat: float, keys: Sequence[tuple[float, Array]], period: float) -> Array:
    """Return the posture at ``beat`` of key postures that repeat every ``period`` beats.

    Each key is the beat it is reached at, ascending from 0; the way from one to
    the next is eased.
    """
    beat %= period
    for index in range(len(keys) - 1, -1, -1):
        if beat >= keys[index][0]:
            break
    start, first = keys[index]
    following = index + 1
    end, second = keys[following] if following < len(keys) else (period, keys[0][1])
    return mixed(first, second, smoothstep((beat - start) / (end - start)))


def afrobeat(beat: float) -> Array:
    """Bent knees that bounce on the beat, hips that circle, arms that swing."""
    swing, bounce = sin(pi * beat), cos(2 * pi * beat)
    body = posture()
    body[HIPS] = (0.05 * swing, -0.12 - 0.035 * bounce, -0.04)
    body[PELVIS] = (0.22 * swing, 0.14 + 0.10 * bounce, 0.15 * swing)
    body[SPINE] = (-0.35 * swing, 0.12 - 0.10 * bounce, -0.16 * swing)
    body[HEAD] = (0.12 * swing, -0.05 + 0.08 * bounce, 0.08 * swing)
    body[LEFT_ARM] = (0.45, -0.80, 0.15 - 0.55 * swing, 0.10, 0.10 - 0.45 * swing, 0.90)
    body[RIGHT_ARM] = (-0.45, -0.80, 0.15 + 0.55 * swing, -0.10, 0.10 + 0.45 * swing, 0.90)
    left, right = max(swing, 0.0), max(-swing, 0.0)
    body[LEFT_FOOT] = (0.20 + 0.04 * left, 0.10 * left, 0.10 + 0.06 * left, 0.35, 0.4 * left, 0.5)
    body[RIGHT_FOOT] = (
        -0.20 - 0.04 * right, 0.10 * right, 0.10 + 0.06 * right, -0.35, 0.4 * right, -0.5,
    )  # fmt: skip
    return body


_FIFTH = posture(
    hips=(0, -0.01, 0),
    left_arm=(0.35, -0.90, 0.25, -0.25, -0.85, 0.45),
    right_arm=(-0.35, -0.90, 0.25, 0.25, -0.85, 0.45),
    left_foot=(0.05, 0, 0.12, 1.0, 0, 0.9),
    right_foot=(-0.05, 0, 0.02, -1.0, 0, -0.9),
)
_PLIE = posture(
    _FIFTH,
    hips=(0, -0.20, 0),
    left_arm=(0.85, -0.30, 0.35, 0.85, -0.35, 0.40),
    right_arm=(-0.85, -0.30, 0.35, -0.85, -0.35, 0.40),
)
_RELEVE = posture(
    _FIFTH,
    hips=(0, 0.09, 0),
    left_arm=(0.45, 0.85, 0.25, -0.35, 0.90, 0.15),
    right_arm=(-0.45, 0.85, 0.25, 0.35, 0.90, 0.15),
    left_foot=(0.06, 0, 0.10, 1.0, 0.8, 0.9),
    right_foot=(-0.06, 0, 0.04, -1.0, 0.8, -0.9),
)
_SECOND = posture(
    _FIFTH,
    left_arm=(0.95, -0.10, 0.25, 0.92, -0.15, 0.35),
    right_arm=(-0.95, -0.10, 0.25, -0.92, -0.15, 0.35),
    left_foot=(0.62, 0.12, 0.10, 1.1, 1.0, 0.9),
)


def classical(beat: float) -> Array:
    """Plie, releve and port de bras."""
    keys = [(0, _FIFTH), (2, _PLIE), (4, _RELEVE), (6, _SECOND), (8, _FIFTH),
            (10, mirrored(_PLIE)), (12, mirrored(_RELEVE)), (14, mirrored(_SECOND))]  # fmt: skip
    return keyed(beat, keys, 16)


_ROCK = posture(
    hips=(0.10, -0.14, 0),
    pelvis=(0.2, 0.15, -0.1),
    spine=(0.3, 0.25, 0.15),
    left_arm=(0.75, -0.35, 0.45, -0.45, 0.25, 0.80),
    right_arm=(-0.60, -0.75, -0.20, -0.45, -0.65, 0.55),
    left_foot=(0.30, 0, 0.12, 0.5, 0, 0.5),
    right_foot=(-0.26, 0, 0.10, -0.4, 0.25, -0.3),
)
_POINT = posture(
    hips=(-0.06, -0.08, 0),
    left_arm=(0.85, 0.45, 0.25, 0.80, 0.60, 0.10),
    right_arm=(-0.75, -0.60, 0.25, 0.55, -0.55, 0.60),
    left_foot=(0.28, 0, 0.12, 0.5, 0.3, 0.5),
    right_foot=(-0.28, 0, 0.10, -0.5, 0, -0.5),
)


def hiphop(beat: float) -> Array:
    """Bounce and rock, with arms that hit."""
    keys = [(0, _ROCK), (1, mirrored(_ROCK)), (2, _ROCK), (3, _POINT), (4, mirrored(_ROCK)),
            (5, _ROCK), (6, mirrored(_ROCK)), (7, mirrored(_POINT))]  # fmt: skip
    body = keyed(beat, keys, 8)
    body[HIPS.start + 1] -= 0.04 * cos(2 * pi * beat)
    return body


def idle(beat: float) -> Array:
    """Stand and sway a little."""
    body = posture()
    body[HIPS] += (0.02 * sin(pi * beat / 4), 0.0, 0.0)
    return body


DANCE: Final[dict[str, Dance]] = {
    "afrobeat": afrobeat,
    "classical": classical,
    "hiphop": hiphop,
    "idle": idle,
}
