"""The flesh: head, hair, arms and legs, in metres on a dancer 1.73 m tall.

Where clothes cover a limb completely, the limb is left out.
"""

from collections.abc import Callable
from math import cos, sin
from typing import Final

from choreai_live.demo.body import (
    HEAD_FRAME,
    LEFT_FOOT_FRAME,
    LEFT_FOREARM,
    LEFT_HAND,
    LEFT_SHIN,
    LEFT_THIGH,
    LEFT_UPPER_ARM,
    NECK_FRAME,
)
from choreai_live.demo.figure import Pattern

#: Materials, in the order of a dancer's look-up tables.
SKIN, HAIR, TOP, BOTTOM, SHOE, SOLE, EYE, PUPIL, LIP, TRIM = range(10)
MATERIAL_COUNT: Final = 10

#: Offsets from the frames of the left limbs to those of both.
SIDES: Final = (0, 1)


def add_head(pattern: Pattern) -> None:
    """Add head, face and neck. Eyes, nose and ears help pose models as they help people."""
    add, h = pattern.add, HEAD_FRAME
    add(SKIN, NECK_FRAME, (0, -0.04, -0.004), (0, 0.03, 0.012), 0.056, 0.050, to=h, melt=0.03)
    add(SKIN, h, (0, 0.122, -0.002), (0, 0.095, 0.024), 0.099, 0.080, scale=(0.82, 1, 1), melt=0.03)
    add(SKIN, h, (0, 0.075, 0.030), (0, 0.018, 0.046), 0.066, 0.040, melt=0.03)
    add(SKIN, h, (0, 0.106, 0.096), (0, 0.079, 0.108), 0.009, 0.0155)
    add(LIP, h, (0.021, 0.047, 0.083), (0, 0.039, 0.089), 0.005, 0.0075, melt=0.004)
    add(LIP, h, (-0.021, 0.047, 0.083), (0, 0.039, 0.089), 0.005, 0.0075, melt=0.004)
    for side in (1, -1):
        add(
            SKIN, h, (side * 0.077, 0.108, -0.002), (side * 0.075, 0.080, 0.004), 0.022, 0.014,
            scale=(0.5, 1, 0.8),
        )  # fmt: skip
        add(
            EYE, h, (side * 0.031, 0.104, 0.083), (side * 0.033, 0.104, 0.082), 0.0175, 0.0175,
            scale=(1.1, 0.9, 0.9), melt=0.003,
        )  # fmt: skip
        add(PUPIL, h, (side * 0.0315, 0.104, 0.094), (side * 0.0315, 0.104, 0.094), 0.0098, 0.0098,
            melt=0.003)  # fmt: skip
        add(HAIR, h, (side * 0.017, 0.134, 0.097), (side * 0.048, 0.132, 0.082), 0.0062, 0.005,
            melt=0.004)  # fmt: skip


def _short(pattern: Pattern) -> None:
    add, h = pattern.add, HEAD_FRAME
    _scalp(pattern)
    for x in (-0.052, -0.018, 0.018, 0.052):
        add(HAIR, h, (x - 0.010, 0.180, 0.056), (1.2 * x, 0.192, -0.06), 0.031, 0.054, melt=0.008)


def _scalp(pattern: Pattern) -> None:
    add, h = pattern.add, HEAD_FRAME
    add(HAIR, h, (0, 0.150, -0.008), (0, 0.145, -0.022), 0.099, 0.100, scale=(0.87, 0.9, 1))
    add(HAIR, h, (0, 0.12, -0.038), (0, 0.060, -0.046), 0.088, 0.062, scale=(0.92, 1, 1), melt=0.03)


def _curls(pattern: Pattern) -> None:
    add, h = pattern.add, HEAD_FRAME
    add(HAIR, h, (0, 0.192, -0.030), (0, 0.145, -0.062), 0.122, 0.124, scale=(1.06, 0.95, 1))
    for number in range(13):
        # The golden angle spreads the curls evenly over the crown.
        angle, rise = 2.4 * number, 0.16 + 0.115 * (number / 12)
        wide = 0.118 * (1.0 - (number / 12) ** 2) ** 0.5
        x, z = wide * cos(angle), wide * sin(angle) - 0.045
        if z < 0.05 or rise > 0.2:
            add(HAIR, h, (x, rise, z), (x, rise, z), 0.040, 0.040, melt=0.02)


def _bun(pattern: Pattern) -> None:
    _scalp(pattern)
    pattern.add(HAIR, HEAD_FRAME, (0, 0.235, -0.070), (0, 0.245, -0.075), 0.047, 0.047)
    pattern.add(TRIM, HEAD_FRAME, (0, 0.212, -0.060), (0, 0.222, -0.065), 0.041, 0.041)


def _tail(pattern: Pattern) -> None:
    _scalp(pattern)
    add, h = pattern.add, HEAD_FRAME
    add(HAIR, h, (0, 0.175, -0.115), (0, 0.10, -0.165), 0.040, 0.048, melt=0.02)
    add(HAIR, h, (0, 0.10, -0.165), (0, -0.05, -0.150), 0.048, 0.016, melt=0.02)


def _bob(pattern: Pattern) -> None:
    _short(pattern)
    add, h = pattern.add, HEAD_FRAME
    add(HAIR, h, (0, 0.12, -0.045), (0, 0.000, -0.055), 0.098, 0.088, scale=(1, 1, 0.75), melt=0.03)
    for side in (1, -1):
        add(HAIR, h, (side * 0.078, 0.155, 0.0), (side * 0.078, 0.005, -0.004), 0.036, 0.030,
            scale=(0.7, 1, 1.2), melt=0.03)  # fmt: skip


def _cap(pattern: Pattern) -> None:
    add, h = pattern.add, HEAD_FRAME
    add(HAIR, h, (0, 0.12, -0.038), (0, 0.060, -0.046), 0.088, 0.062, scale=(0.92, 1, 1))
    add(TRIM, h, (0, 0.158, -0.010), (0, 0.150, -0.014), 0.107, 0.108, scale=(0.86, 0.80, 1))
    add(TRIM, h, (0, 0.152, 0.085), (0, 0.140, 0.135), 0.070, 0.058, scale=(0.95, 0.15, 0.95))


def _beanie(pattern: Pattern) -> None:
    add, h = pattern.add, HEAD_FRAME
    add(HAIR, h, (0, 0.12, -0.038), (0, 0.050, -0.046), 0.088, 0.062, scale=(0.92, 1, 1))
    add(TRIM, h, (0, 0.170, -0.012), (0, 0.205, -0.030), 0.102, 0.078, scale=(0.88, 0.9, 1))
    add(TRIM, h, (0, 0.148, -0.008), (0, 0.172, -0.014), 0.113, 0.112, scale=(0.86, 1, 1), cuts=2)


#: What a head can wear.
HAIRSTYLES: Final[dict[str, Callable[[Pattern], None]]] = {
    "short": _short,
    "curls": _curls,
    "bun": _bun,
    "tail": _tail,
    "bob": _bob,
    "cap": _cap,
    "beanie": _beanie,
}


def add_arm(pattern: Pattern, side: int, *, bare: bool) -> None:
    """Add an arm, or only its hand."""
    add = pattern.add
    upper, fore, hand = LEFT_UPPER_ARM + side, LEFT_FOREARM + side, LEFT_HAND + side
    if bare:
        add(SKIN, upper, (0, 0.03, 0), (0, 0.03, 0), 0.050, 0.050, scale=(1, 1.3, 1), melt=0.03)
        add(SKIN, upper, (0, 0.02, 0), (0, 0, 0), 0.046, 0.037, to=fore, melt=0.03)
        add(SKIN, fore, (0, 0, 0), (0, 0, 0), 0.037, 0.0255, to=hand, melt=0.03)
        add(SKIN, fore, (0, 0.065, 0), (0, 0.085, 0), 0.039, 0.037, scale=(1, 1.6, 1), melt=0.03)
    add(SKIN, hand, (0, 0.0, 0), (0, 0.068, 0), 0.0255, 0.037, scale=(0.55, 1, 1), melt=0.02)
    for z, length in ((0.026, 0.145), (0.009, 0.162), (-0.008, 0.158), (-0.024, 0.138)):
        add(SKIN, hand, (0, 0.085, 0.85 * z), (0.006, length, 1.15 * z), 0.0115, 0.0085)
    add(SKIN, hand, (0.004, 0.025, 0.024), (0.012, 0.090, 0.058), 0.016, 0.0105, melt=0.02)


def add_leg(pattern: Pattern, side: int, material: int = SKIN) -> None:
    """Add a bare leg, or one in tights."""
    add = pattern.add
    thigh, shin, foot = LEFT_THIGH + side, LEFT_SHIN + side, LEFT_FOOT_FRAME + side
    add(material, thigh, (0, 0.0, 0), (0, 0, 0), 0.087, 0.053, to=shin, melt=0.03)
    add(material, shin, (0, 0.0, 0), (0, 0, 0), 0.053, 0.034, to=foot, melt=0.03)
    add(material, shin, (0, 0.12, -0.013), (0, 0.16, -0.012), 0.046, 0.042, scale=(1, 1.6, 1),
        melt=0.03)  # fmt: skip
