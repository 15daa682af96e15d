"""A posture: how a body is held at one moment, independent of whose body it is.

A posture is one flat vector, so that dances can be blended by adding and
weighing postures. Lengths are metres on a dancer whose legs are 0.90 m long
and are scaled to each body; the origin is the spot on the floor where the
dancer stands.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from choreai_live.demo.geometry import Array, smoothstep

#: x, y, z of the hips away from standing upright; negative y bends the knees.
HIPS: Final = slice(0, 3)
#: Yaw, pitch, roll of the pelvis.
PELVIS: Final = slice(3, 6)
#: Twist, forward bend, sideways bend of the chest against the pelvis.
SPINE: Final = slice(6, 9)
#: Yaw, pitch, roll of the head against the chest.
HEAD: Final = slice(9, 12)
#: Direction of the upper arm, then of the forearm, in the chest's frame.
LEFT_ARM: Final = slice(12, 18)
RIGHT_ARM: Final = slice(18, 24)
#: x, y, z of the ball of the foot, yaw, heel lift, and how far the knee turns out.
LEFT_FOOT: Final = slice(24, 30)
RIGHT_FOOT: Final = slice(30, 36)
#: Yaw of the whole body, as in a pirouette.
TURN: Final = 36
SIZE: Final = 37

_ARMS: Final = slice(12, 24)
_FRONT: Final = np.array((0.0, -0.35, 0.94))

# Swapping sides negates what points sideways: x, yaw and roll.
_MIRROR_ORDER = np.r_[0:12, 18:24, 12:18, 30:36, 24:30, 36]
_MIRROR_SIGN = np.ones(SIZE)
_MIRROR_SIGN[[0, 3, 5, 6, 8, 9, 11, 12, 15, 18, 21, 24, 27, 29, 30, 33, 35, 36]] = -1.0


def posture(
    base: Array | None = None,
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
) -> Array:
    """Return ``base`` (or standing at ease) with the parts given replaced.

    The arguments are the slices of this module; the result is (37,).
    """
    result = (STANDING if base is None else base).copy()
    for part, values in (
        (HIPS, hips),
        (PELVIS, pelvis),
        (SPINE, spine),
        (HEAD, head),
        (LEFT_ARM, left_arm),
        (RIGHT_ARM, right_arm),
        (LEFT_FOOT, left_foot),
        (RIGHT_FOOT, right_foot),
    ):
        if values is not None:
            result[part] = values
    if turn is not None:
        result[TURN] = turn
    return result


def mirrored(body: Array) -> Array:
    """Return the posture (37,) with left and right exchanged."""
    return body[_MIRROR_ORDER] * _MIRROR_SIGN


def mixed(first: Array, second: Array, weight: float) -> Array:
    """Return the posture (37,) that is ``weight`` of the way from the first to the second."""
    result: Array = first + (second - first) * weight
    # Halfway between opposite directions lies none at all: arms go by the front.
    opposed = -np.einsum("ai,ai->a", first[_ARMS].reshape(4, 3), second[_ARMS].reshape(4, 3))
    by_front = 3.2 * weight * (1.0 - weight) * np.maximum(opposed, 0.0)
    result[_ARMS] += (by_front[:, None] * _FRONT).ravel()
    return result


def stepped(first: Array, second: Array, weight: float) -> Array:
    """Return :func:`mixed` of two postures, except that feet step: first the left, then the right.

    A foot that goes elsewhere is lifted on the way.
    """
    result = mixed(first, second, weight)
    for part, begin in ((LEFT_FOOT, 0.0), (RIGHT_FOOT, 0.35)):
        swung = smoothstep((weight - begin) / 0.65)
        x, _, z, *_ = second[part] - first[part]
        result[part] = first[part] + (second[part] - first[part]) * swung
        # 4 w (1 - w) is 0 at both ends and 1 in the middle.
        arc = 4.0 * swung * (1.0 - swung)
        result[part.start + 1] += arc * min(0.45 * float(np.hypot(x, z)), 0.10)
    return result


def _standing() -> Array:
    body = np.zeros(SIZE)
    body[HIPS] = (0.0, -0.02, 0.0)
    body[LEFT_ARM] = (0.22, -0.97, 0.02, 0.12, -0.96, 0.25)
    body[RIGHT_ARM] = (-0.22, -0.97, 0.02, -0.12, -0.96, 0.25)
    body[LEFT_FOOT] = (0.13, 0.0, 0.10, 0.25, 0.0, 0.25)
    body[RIGHT_FOOT] = (-0.13, 0.0, 0.10, -0.25, 0.0, -0.25)
    return body


STANDING: Final = _standing()
