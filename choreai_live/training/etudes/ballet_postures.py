"""Positions of ballet: feet, arms, and the lines of the leg in the air.

After Grant, "Technical Manual and Dictionary of Classical Ballet" (1982), in
the numbering of arms she gives for the French school, and Vaganova, "Basic
Principles of Classical Ballet" (1969), for how the body balances them. The
working leg is the left one throughout; a score mirrors.
"""

from math import cos, sin
from typing import Final

from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.phrasing import Rng
from choreai_live.training.etudes.postures import STANDING, STRETCH, arm, gesture, other, posed

Arm = tuple[float, ...]

EN_BAS: Final = arm(45, -66, -35, -58)
DEMI_SECOND: Final = arm(68, -45, 52, -40)
FIRST: Final = arm(45, -24, -45, -8)
SECOND: Final = arm(76, -10, 60, -12)
FIFTH: Final = arm(60, 56, -48, 62)
#: The low fifth, hands at the height of the brow.
FIFTH_FRONT: Final = arm(45, 25, -40, 40)
ALLONGE_SIDE: Final = arm(84, 4, 84, -4)
ALLONGE_UP: Final = arm(72, 45, 60, 55)
AHEAD: Final = arm(12, 8, 10, 4)
AHEAD_HIGH: Final = arm(15, 32, 12, 30)
BEHIND: Final = arm(118, -10, 116, -12)
BEHIND_LOW: Final = arm(130, -35, 125, -35)
AKIMBO: Final = arm(100, -50, -60, -38)
CROSSED_LOW: Final = arm(35, -58, -60, -40)
BARRE: Final = arm(62, -48, 72, -8)
BARRE_IN_FRONT: Final = arm(30, -52, 5, -4)
SWAN_UP: Final = arm(88, 28, 84, 8)
SWAN_DOWN: Final = arm(88, -38, 86, -8)

#: Pairs of left and right arm that phrases choose from: the named positions of both arms.
PAIRS: Final[tuple[tuple[Arm, Arm], ...]] = (
    (EN_BAS, EN_BAS),
    (FIRST, FIRST),
    (SECOND, SECOND),
    (SECOND, SECOND),
    (FIFTH, FIFTH),
    (FIFTH, SECOND),
    (SECOND, FIFTH),
    (FIRST, SECOND),
    (SECOND, FIRST),
    (FIFTH, FIRST),
    (FIRST, FIFTH),
    (DEMI_SECOND, DEMI_SECOND),
    (ALLONGE_SIDE, ALLONGE_SIDE),
    (ALLONGE_UP, ALLONGE_UP),
    (ALLONGE_UP, ALLONGE_SIDE),
    (ALLONGE_SIDE, ALLONGE_UP),
)


def loosened(part: Arm, rng: Rng, amount: float = 0.07) -> Arm:
    """Return an arm as somebody may happen to hold it this time."""
    return tuple(float(value + rng.normal(0.0, amount)) for value in part)


def arms(body: Array, left: Arm, right: Arm, rng: Rng) -> Array:
    """Return ``body`` with two arms, both given as left arms."""
    return posed(body, left_arm=loosened(left, rng), right_arm=other(loosened(right, rng)))


def paired(body: Array, rng: Rng) -> Array:
    """Return ``body`` with any of the positions of both arms."""
    left, right = PAIRS[int(rng.integers(len(PAIRS)))]
    return arms(body, left, right, rng)


def stand(
    position: str = "fifth",
    *,
    sink: float = 0.0,
    rise: float = 0.0,
    turnout: float = 1.05,
    over: float = 0.0,
) -> Array:
    """Return a dancer on both feet, arms low, trunk upright.

    Parameters
    ----------
    position
        Of the feet: ``first``, ``second``, ``fourth`` or ``fifth`` (left in front).
    sink
        Metres of plié.
    rise
        0 flat, 1 on the toes.
    turnout
        Radians each foot points outwards.
    over
        Metres the hips are shifted to the left.
    """
    reach = 0.125 * sin(turnout)
    ahead = 0.125 * cos(turnout)
    left, right = {
        "first": ((0.035 + reach, 0.04 + ahead * 0.6), (-0.035 - reach, 0.04 + ahead * 0.6)),
        "second": ((0.22 + reach, 0.04 + ahead * 0.6), (-0.22 - reach, 0.04 + ahead * 0.6)),
        "fourth": ((0.03 + reach * 0.4, 0.20), (-0.03 - reach * 0.4, -0.16)),
        "fifth": ((-0.05 + reach, 0.11), (0.05 - reach, -0.01)),
    }[position]
    heels = 0.85 * rise if sink < 0.32 else 0.8
    # On the toes the feet draw together beneath the hips.
    closer = 1.0 - 0.35 * rise if position != "second" else 1.0
    body = posed(
        STANDING,
        # A little too high: the legs are to be quite straight, and the floor holds the feet.
        hips=(over, 0.04 + 0.06 * rise - 1.1 * sink, 0.03),
        pelvis=(0.0, 0.0, 0.0),
        spine=(0.0, -0.04, 0.0),
        head=(0.0, -0.05, 0.0),
        left_arm=EN_BAS,
        right_arm=other(EN_BAS),
        left_foot=(left[0] * closer, 0.0, left[1], turnout, heels, turnout + 0.05),
        right_foot=(right[0] * closer, 0.0, right[1], -turnout, heels, -turnout - 0.05),
    )
    body[STRETCH] = float(sink == 0.0)
    return body


def on_one_leg(*, sink: float = 0.0, rise: float = 0.0, turnout: float = 0.85) -> Array:
    """Return a dancer whose weight is on the right leg; the left has yet to be placed."""
    body = posed(
        stand("first", turnout=turnout),
        hips=(-0.04, 0.04 + 0.06 * rise - 1.1 * sink, 0.03),
        right_foot=(-0.13, 0.0, 0.07, -turnout, 0.85 * rise, -turnout),
    )
    body[STRETCH] = (0.0, float(sink == 0.0))
    return body


def tendu(body: Array, direction: str, height: float = -68.0) -> Array:
    """Stretch the left leg ``devant``, ``seconde`` or ``derriere`` to ``height`` degrees.

    -68 leaves the toes on the floor, 0 is level with the hip. The trunk gives
    way as it has to when the leg rises behind, or very high.
    """
    outward = {"devant": 8.0, "seconde": 80.0, "derriere": 174.0}[direction]
    raised = max((height + 60.0) / 60.0, 0.0)
    body = body.copy()
    if direction == "devant":
        body[4] = -0.06 * raised
        body[7] += 0.02 * raised
    elif direction == "seconde":
        body[5] = 0.10 * raised + 0.12 * max(raised - 1.0, 0.0)
        body[8] = 0.02 * raised
    else:
        body[4] = 0.34 * raised + 0.5 * max(raised - 1.0, 0.0)
        body[3] = 0.12 * min(raised, 1.0)
        body[6] = -0.10 * min(raised, 1.0)
        body[7] = -0.04 - 0.34 * min(raised, 1.0)
        body[2] += 0.05 * raised
        body[10] = -0.08 - 0.1 * min(raised, 1.0)
    return gesture(body, 1, outward, height, out=1.05)


def passe(body: Array, *, low: bool = False) -> Array:
    """Bring the left toes to the right knee, or (``low``) to the ankle."""
    foot = (-0.01, 0.12, 0.06, 0.6, 1.2, 1.3) if low else (-0.01, 0.44, 0.09, 0.45, 1.25, 1.35)
    return posed(body, left_foot=foot)


def attitude(body: Array, *, behind: bool = True, height: float = -8.0) -> Array:
    """Lift the left leg with the knee bent, behind or in front."""
    body = body.copy()
    if behind:
        body[3], body[4], body[7], body[6] = 0.15, 0.26, -0.34, -0.15
        return gesture(body, 1, 160.0, height, 0.24, out=1.75)
    return gesture(body, 1, 12.0, height, 0.22, out=1.2)


def penche(body: Array, depth: float) -> Array:
    """Tilt over the right leg into an arabesque, the left leg up behind by ``depth`` 0 to 1."""
    body = body.copy()
    body[3], body[4] = 0.2, 0.45 + 0.75 * depth
    body[6], body[7] = -0.2, -0.42 + 0.12 * depth
    body[2] += 0.05 - 0.04 * depth
    body[10] = -0.25
    return gesture(body, 1, 176.0, -14.0 + 75.0 * depth, out=1.0)


def kneel(turnout: float = 0.4) -> Array:
    """Return a dancer on the right knee, the left foot in front."""
    return posed(
        stand("fourth", turnout=turnout),
        hips=(0.0, -0.42, -0.05),
        left_foot=(0.10, 0.0, 0.42, turnout * 0.6, 0.0, turnout * 0.6),
        right_foot=(-0.10, 0.0, -0.45, -0.1, 1.45, -0.15),
    )


def faced(body: Array, rng: Rng, towards: float = 1.0) -> Array:
    """Turn head and shoulders as épaulement asks: to the left for ``towards`` 1."""
    body = body.copy()
    body[6] += towards * rng.uniform(-0.1, 0.25)
    body[9] += towards * rng.uniform(0.0, 0.6)
    body[10] += rng.uniform(-0.18, 0.1)
    body[11] += towards * rng.uniform(-0.15, 0.1)
    return body


def bent(body: Array, rng: Rng, way: str) -> Array:
    """Cambré: bend the trunk ``forward``, ``back`` or ``side`` (to the right)."""
    body = body.copy()
    if way == "forward":
        depth = rng.uniform(0.4, 1.3)
        body[4] += depth
        body[7] += 0.3 * depth
        body[2] -= 0.10 * depth
        body[10] = 0.2
    elif way == "back":
        depth = rng.uniform(0.3, 0.75)
        body[4] -= 0.2 * depth
        body[7] -= depth
        body[2] += 0.10 * depth
        body[10] = -0.45 * depth
        body[9] += 0.3
    else:
        body[8] += rng.uniform(0.3, 0.65)
        body[0] += 0.03
        body[11] += 0.15
    return body
