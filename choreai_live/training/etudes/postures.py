"""Postures of études: those of the demo dancer, and what the floor and the air need besides.

The first 37 channels are :mod:`choreai_live.demo.posture`'s, with the same
meaning: lengths in metres on a dancer with legs of 0.87 m, angles in radians,
x to the dancer's left, y up, z to where they face. All functions here take
postures (..., 45), one or many at once.
"""

from collections.abc import Sequence
from math import asin, atan2, cos, pi, sin
from typing import Final

import numpy as np

from choreai_live.demo import posture as demo
from choreai_live.demo.body import POSTURE_LEG, Proportions
from choreai_live.demo.geometry import Array, euler, rotation_x, rotation_y
from choreai_live.demo.posture import (
    HEAD,
    HIPS,
    LEFT_ARM,
    LEFT_FOOT,
    PELVIS,
    RIGHT_ARM,
    RIGHT_FOOT,
    SPINE,
    TURN,
)

#: How far the whole body is off the floor, as in a jump.
LIFT: Final = 37
#: Pitch and roll of the whole body about the hips: positive falls forward, or to its right.
TUMBLE: Final = slice(38, 40)
#: 1 sets the lowest of hands, feet, knees, hips and head on the floor, whatever the hips' height.
GROUND: Final = 40
#: How far up each knee points (left, right), against how far out and front: 0 level, 1 up 45°.
KNEES: Final = slice(41, 43)
#: 1 keeps a leg (left, right) stretched wherever its foot swings, 0 lets the knee bend as it may.
STRETCH: Final = slice(43, 45)
SIZE: Final = 45

_MIRROR_ORDER = np.r_[0:12, 18:24, 12:18, 30:36, 24:30, 36:41, 42, 41, 44, 43]
_MIRROR_SIGN = np.ones(SIZE)
_MIRROR_SIGN[[0, 3, 5, 6, 8, 9, 11, 12, 15, 18, 21, 24, 27, 29, 30, 33, 35, 36, 39]] = -1.0

#: Standing at ease, arms down, feet a little apart.
STANDING: Final = np.concatenate([demo.STANDING, np.zeros(SIZE - demo.SIZE)])

_DEFAULT: Final = Proportions()

__all__ = [
    "GROUND",
    "HEAD",
    "HIPS",
    "KNEES",
    "LEFT_ARM",
    "LEFT_FOOT",
    "LIFT",
    "PELVIS",
    "RIGHT_ARM",
    "RIGHT_FOOT",
    "SIZE",
    "SPINE",
    "STANDING",
    "STRETCH",
    "TUMBLE",
    "TURN",
    "arm",
    "gesture",
    "mirrored",
    "other",
    "other_foot",
    "posed",
]


def posed(
    base: Array = STANDING,
    *,
    hips: Sequence[float] | None = None,
    pelvis: Sequence[float] | None = None,
    spine: Sequence[float] | None = None,
    head: Sequence[float] | None = None,
    left_arm: Sequence[float] | None = None,
    right_arm: Sequence[float] | None = None,
    left_foot: Sequence[float] | None = None,
    right_foot: Sequence[float] | None = None,
    turn: float | None = None,
    lift: float | None = None,
    tumble: Sequence[float] | None = None,
    ground: float | None = None,
    knees: Sequence[float] | None = None,
) -> Array:
    """Return ``base`` (45,) with the parts given replaced.

    Parameters
    ----------
    hips
        x, y, z away from standing upright; negative y bends the knees.
    pelvis
        Yaw, pitch, roll.
    spine
        Twist, forward bend, sideways bend (positive to the right) of the chest.
    head
        Yaw, pitch, roll against the chest.
    left_arm, right_arm
        Direction of the upper arm, then of the forearm, in the chest's frame; see :func:`arm`.
    left_foot, right_foot
        x, y, z of the ball, yaw, heel lift, how far the knee turns out (yaw of the knee).
    turn, lift, tumble, ground, knees
        The channels of this module. A leg whose foot is given is no longer kept stretched.
    """
    body = base.copy()
    for part, values in (
        (HIPS, hips),
        (PELVIS, pelvis),
        (SPINE, spine),
        (HEAD, head),
        (LEFT_ARM, left_arm),
        (RIGHT_ARM, right_arm),
        (LEFT_FOOT, left_foot),
        (RIGHT_FOOT, right_foot),
        (TURN, turn),
        (LIFT, lift),
        (TUMBLE, tumble),
        (GROUND, ground),
        (KNEES, knees),
    ):
        if values is not None:
            body[part] = values
    if left_foot is not None:
        body[STRETCH.start] = 0.0
    if right_foot is not None:
        body[STRETCH.start + 1] = 0.0
    return body


def mirrored(body: Array) -> Array:
    """Return postures (..., 45) with left and right exchanged."""
    result: Array = body[..., _MIRROR_ORDER] * _MIRROR_SIGN
    return result


def other(part: Sequence[float] | Array) -> tuple[float, ...]:
    """Return an arm's six numbers for the other arm."""
    x, y, z, a, b, c = part
    return (-x, y, z, -a, b, c)


def other_foot(part: Sequence[float]) -> tuple[float, ...]:
    """Return a foot's six numbers for the other foot."""
    x, y, z, yaw, lift, out = part
    return (-x, y, z, -yaw, lift, -out)


def arm(
    outward: float, upward: float, fore_outward: float, fore_upward: float
) -> tuple[float, ...]:
    """Return the left arm's two directions from angles in degrees.

    Parameters
    ----------
    outward
        Where the upper arm points seen from above: 0 to the front, 90 to the
        side, 180 to the back, negative across the body.
    upward
        Its height: -90 hangs, 0 is level, 90 points up.
    fore_outward, fore_upward
        The same of the forearm, in the same (chest's) frame.
    """
    result: list[float] = []
    for out, up in ((outward, upward), (fore_outward, fore_upward)):
        o, u = np.radians((out, up))
        result += [sin(o) * cos(u), sin(u), cos(o) * cos(u)]
    return tuple(result)


def gesture(
    body: Array,
    side: int,
    outward: float,
    upward: float,
    fold: float = 0.0,
    *,
    out: float | None = None,
    flexed: float = 0.0,
) -> Array:
    """Return ``body`` with one leg off the floor, or its toes just on it.

    Parameters
    ----------
    body
        (45,): its hips and pelvis say where the leg begins.
    side
        1 for the left leg, -1 for the right.
    outward
        Degrees, where the foot lies seen from the hip: 0 front, 90 side, 180 back.
    upward
        Degrees: -90 straight below, 0 level with the hip.
    fold
        How much shorter than stretched the leg is: 0 to 0.7.
    out
        Yaw of the knee, radians, outwards; that of ``body`` when None.
    flexed
        0 for a pointed foot, 1 for one flexed at a right angle.
    """
    part = LEFT_FOOT if side > 0 else RIGHT_FOOT
    hip = body[HIPS] + np.array((0.0, _DEFAULT.leg + _DEFAULT.ankle, 0.0))
    hip = hip + euler(*body[PELVIS]) @ np.array((side * _DEFAULT.hip, 0.0, 0.0))
    o, u = np.radians((outward, upward))
    direction = np.array((side * sin(o) * cos(u), sin(u), cos(o) * cos(u)))
    ankle = hip + direction * POSTURE_LEG * 0.998 * (1.0 - fold)
    lift = asin(max(min(-direction[1], 1.0), -1.0))
    yaw = atan2(direction[0], direction[2])
    if direction[2] < -1e-6:
        lift, yaw = pi - lift, atan2(-direction[0], -direction[2])
    if upward < -80:  # nearly below: the yaw of a foot that stands
        yaw = float(body[part][3])
    lift -= flexed * pi / 2
    heel = rotation_y(yaw) @ rotation_x(lift) @ np.array((0.0, _DEFAULT.ankle - 0.03, -0.125))
    ball = ankle - heel - np.array((0.0, 0.03, 0.0))
    result = body.copy()
    result[part] = (*ball, yaw, lift, body[part][5] if out is None else side * out)
    result[STRETCH.start + (0 if side > 0 else 1)] = float(fold == 0.0)
    return result
