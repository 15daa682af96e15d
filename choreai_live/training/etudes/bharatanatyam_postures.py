"""Stances and arms of Bharatanatyam.

Names after Nandikeshvara's Abhinaya Darpana (tr. M. Ghosh, 1957) and the
Natya Shastra (tr. M. Ghosh, 1951); how they are held in adavus after
Sarabhai, "Understanding Bharata Natyam" (1979). What is said of one side is
said of the left one; a score mirrors.
"""

from math import asin, cos, degrees, sin
from typing import Final

from choreai_live.demo.body import POSTURE_LEG
from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.phrasing import Rng
from choreai_live.training.etudes.postures import STANDING, arm, gesture, other, posed

Arm = tuple[float, ...]

#: Arms out at the height of the shoulders, elbows lifted, hands a little in front.
NATYARAMBHE: Final = arm(86, 3, 66, -4)
#: The hand before the chest, the elbow out: katakamukha.
CHEST: Final = arm(62, -10, -82, -2)
WAIST: Final = arm(97, -46, -72, -32)
FRONT: Final = arm(14, 2, 6, 2)
FRONT_LOW: Final = arm(20, -35, 10, -35)
SIDE: Final = arm(88, 0, 86, 0)
UP_ASIDE: Final = arm(72, 38, 70, 44)
LOW_ASIDE: Final = arm(70, -38, 68, -42)
UP_FRONT: Final = arm(25, 45, 18, 52)
OVERHEAD: Final = arm(62, 56, -55, 66)
STRAIGHT_UP: Final = arm(45, 72, 20, 84)
DOLA: Final = arm(76, -56, 70, -62)
ANJALI: Final = arm(48, -42, -68, 18)
BENT_UP: Final = arm(82, -18, 40, 66)
ACROSS: Final = arm(10, -12, -42, -14)
AT_FACE: Final = arm(58, -22, -20, 62)
AT_EAR: Final = arm(75, 8, -40, 66)
FLUTE: Final = arm(62, -2, -50, 30)
FLUTE_FAR: Final = arm(2, -8, -74, 28)

#: Where one arm may stretch to from the chest.
STRETCHES: Final[tuple[Arm, ...]] = (
    SIDE, SIDE, UP_ASIDE, LOW_ASIDE, LOW_ASIDE, FRONT, FRONT_LOW, UP_FRONT, STRAIGHT_UP,
    NATYARAMBHE,
)  # fmt: skip
#: What both arms may hold, over the footwork.
HELD: Final[tuple[tuple[Arm, Arm], ...]] = (
    (WAIST, WAIST),
    (WAIST, WAIST),
    (NATYARAMBHE, NATYARAMBHE),
    (NATYARAMBHE, NATYARAMBHE),
    (CHEST, CHEST),
    (NATYARAMBHE, CHEST),
    (CHEST, NATYARAMBHE),
    (CHEST, OVERHEAD),
    (OVERHEAD, OVERHEAD),
    (UP_ASIDE, UP_ASIDE),
    (FRONT, FRONT),
    (BENT_UP, DOLA),
    (UP_ASIDE, LOW_ASIDE),
)


def arms(body: Array, left: Arm, right: Arm, rng: Rng, loose: float = 0.05) -> Array:
    """Return ``body`` with two arms, both given as left arms, as held this time."""
    drawn = [tuple(float(v + rng.normal(0.0, loose)) for v in part) for part in (left, right)]
    return posed(body, left_arm=drawn[0], right_arm=other(drawn[1]))


def samapada() -> Array:
    """Return standing upright, feet together, arms at the waist."""
    return posed(
        STANDING,
        hips=(0.0, 0.02, 0.0),
        spine=(0.0, -0.03, 0.0),
        left_arm=WAIST,
        right_arm=other(WAIST),
        left_foot=(0.09, 0.0, 0.10, 0.35, 0.0, 0.4),
        right_foot=(-0.09, 0.0, 0.10, -0.35, 0.0, -0.4),
    )


def aramandi(
    sink: float = 0.24, turnout: float = 1.15, gap: float = 0.05, rise: float = 0.0
) -> Array:
    """Return the half-sit: knees turned out over the feet, back straight.

    Parameters
    ----------
    sink
        Metres.
    turnout
        Radians each foot and knee point outwards.
    gap
        Metres from the middle to each heel.
    rise
        Radians the heels are lifted.
    """
    x, z = gap + 0.125 * sin(turnout), 0.03 + 0.125 * cos(turnout)
    return posed(
        samapada(),
        hips=(0.0, -sink, 0.0),
        pelvis=(0.0, 0.05, 0.0),
        spine=(0.0, 0.0, 0.0),
        left_foot=(x, 0.0, z, turnout, rise, turnout + 0.05),
        right_foot=(-x, 0.0, z, -turnout, rise, -turnout - 0.05),
    )


def muzhumandi(turnout: float = 1.2) -> Array:
    """Return the full squat on the toes, knees out."""
    return posed(
        aramandi(0.52, turnout, 0.03, 0.95),
        pelvis=(0.0, 0.08, 0.0),
    )


def prenkhana(sink: float = 0.24, outward: float = 78.0, heel: bool = True) -> Array:
    """Return aramandi with the left leg stretched far out, on its heel or its toes.

    ``outward`` is in degrees from the front.
    """
    base = posed(aramandi(sink), hips=(-0.02, -sink, 0.0))
    # The ankle of a stretched leg comes to lie a hand above the floor.
    upward = -degrees(asin((POSTURE_LEG + 0.075 - sink - 0.10) / POSTURE_LEG))
    return gesture(base, 1, outward, upward, out=0.8, flexed=0.55 if heel else -0.1)


def lunge(depth: float = 0.24, reach: float = 0.65) -> Array:
    """Return alidha: the right knee bent, the left leg stretched far aside, flat on the floor."""
    return posed(
        aramandi(depth),
        hips=(-0.16, -depth, 0.0),
        left_foot=(reach, 0.0, 0.02, 0.7, 0.0, 0.6),
        right_foot=(-0.26, 0.0, 0.10, -1.15, 0.0, -1.15),
    )


def crossed(sink: float = 0.12) -> Array:
    """Return swastika: the left foot crossed behind the right, on its toes."""
    return posed(
        aramandi(sink),
        hips=(-0.04, -sink, 0.0),
        left_foot=(-0.20, 0.0, -0.14, 0.5, 0.9, 0.9),
        right_foot=(-0.12, 0.0, 0.10, -0.8, 0.0, -0.9),
    )


def tribhanga(bend: float = 1.0, sink: float = 0.02, curve: float = 0.25) -> Array:
    """Return standing in three bends: the hip out to the right, the trunk and the head against it.

    ``curve`` is how far, in radians, the chest bends back over the hip.
    """
    return posed(
        samapada(),
        hips=(-0.08 * bend, -sink, 0.0),
        pelvis=(0.0, 0.0, -0.16 * bend),
        spine=(0.0, -0.02, curve * bend),
        head=(0.0, 0.0, -0.6 * curve * bend),
        left_foot=(0.16, 0.0, 0.16, 0.7, 0.25, 0.8),
        right_foot=(-0.09, 0.0, 0.07, -0.5, 0.0, -0.4),
    )


def raised(body: Array, height: float, across: float = 0.0) -> Array:
    """Lift the left foot from where it stands, the knee out, ready to strike.

    ``across`` brings it over towards the right knee.
    """
    body = body.copy()
    x, _, z, *_ = body[24:30]
    body[24:30] = (
        x * (1.0 - across) - 0.05 * across,
        height,
        z - 0.12 * min(height, 0.3),
        0.9,
        0.4,
        1.15,
    )
    return body
