"""Ballet at the pace of an adagio: turned out, drawn up, one long line after another.

Terms are those of the French school; the five positions of the arms and feet
follow Grant, "Technical Manual and Dictionary of Classical Ballet" (1982).
"""

from math import pi
from typing import Final

from choreai_live.demo.dances.phrasing import MOVE_BEATS, Move, keyed
from choreai_live.demo.geometry import Array, smoothstep
from choreai_live.demo.posture import TURN, mirrored, posture

# Arms: upper arm, then forearm. En bas, first, second and fifth position.
_LOW: Final = (0.34, -0.90, 0.28, -0.22, -0.86, 0.46)
_FIRST: Final = (0.50, -0.52, 0.69, -0.55, 0.10, 0.83)
_SECOND: Final = (0.94, -0.20, 0.27, 0.90, -0.17, 0.40)
_FIFTH: Final = (0.46, 0.86, 0.22, -0.38, 0.90, 0.20)
_AHEAD: Final = (0.25, 0.12, 0.96, 0.12, 0.20, 0.97)
_BEHIND: Final = (0.85, -0.22, -0.48, 0.86, -0.20, -0.47)


def _other(arm: tuple[float, ...]) -> tuple[float, ...]:
    return (-arm[0], arm[1], arm[2], -arm[3], arm[4], arm[5])


def _arms(body: Array, left: tuple[float, ...], right: tuple[float, ...]) -> Array:
    return posture(body, left_arm=left, right_arm=_other(right))


_STAND: Final = posture(
    hips=(0.0, -0.005, 0.0),
    spine=(0.0, -0.03, 0.0),
    head=(0.0, -0.04, 0.0),
    left_arm=_LOW,
    right_arm=_other(_LOW),
    left_foot=(0.10, 0.0, 0.085, 1.05, 0.0, 1.0),
    right_foot=(-0.10, 0.0, 0.085, -1.05, 0.0, -1.0),
)
_PLIE: Final = posture(
    _arms(_STAND, _SECOND, _SECOND),
    hips=(0.0, -0.24, 0.0),
    left_foot=(0.13, 0.0, 0.085, 1.05, 0.0, 1.15),
    right_foot=(-0.13, 0.0, 0.085, -1.05, 0.0, -1.15),
)
_RELEVE: Final = posture(
    _arms(_STAND, _FIFTH, _FIFTH),
    hips=(0.0, 0.075, 0.0),
    spine=(0.0, -0.08, 0.0),
    head=(0.0, -0.14, 0.0),
    left_foot=(0.09, 0.0, 0.07, 1.05, 0.85, 1.0),
    right_foot=(-0.09, 0.0, 0.07, -1.05, 0.85, -1.0),
)
_TENDU: Final = posture(
    _arms(_STAND, _SECOND, _SECOND),
    hips=(-0.06, -0.005, 0.0),
    pelvis=(0.0, 0.0, 0.03),
    head=(0.35, -0.05, 0.0),
    left_foot=(0.50, 0.0, 0.05, 1.30, 0.75, 1.0),
)
_SIDE_LEG: Final = posture(
    _arms(_STAND, _SECOND, _FIFTH),
    hips=(-0.09, -0.01, 0.0),
    pelvis=(0.0, 0.0, 0.16),
    spine=(0.0, -0.02, 0.12),
    head=(0.35, -0.10, -0.10),
    left_foot=(0.95, 0.86, 0.14, 1.50, 0.05, 1.2),
)
_PASSE: Final = posture(
    _arms(_STAND, _FIRST, _FIRST),
    hips=(-0.085, 0.07, 0.0),
    right_foot=(-0.075, 0.0, 0.05, -0.70, 0.85, -0.9),
    left_foot=(-0.01, 0.44, 0.09, 0.45, 1.25, 1.35),
)
_FOURTH: Final = posture(
    _arms(_STAND, _FIRST, _SECOND),
    hips=(-0.03, -0.13, 0.03),
    left_foot=(0.10, 0.0, -0.16, 0.90, 0.15, 0.9),
    right_foot=(-0.09, 0.0, 0.20, -0.80, 0.0, -0.8),
)
_ARABESQUE: Final = posture(
    _STAND,
    hips=(-0.085, -0.015, 0.05),
    pelvis=(0.15, 0.42, 0.05),
    spine=(-0.15, -0.45, 0.0),
    head=(0.10, -0.20, 0.0),
    left_arm=_BEHIND,
    right_arm=_other(_AHEAD),
    left_foot=(0.22, 0.72, -1.00, 0.15, 2.75, 0.9),
    right_foot=(-0.085, 0.0, 0.10, -0.60, 0.0, -0.6),
)
_SWAY: Final = posture(
    _arms(_STAND, _FIFTH, _SECOND),
    hips=(0.13, -0.07, 0.0),
    pelvis=(0.0, 0.0, -0.06),
    spine=(0.12, -0.05, 0.28),
    head=(-0.25, -0.08, 0.12),
    left_foot=(0.24, 0.0, 0.09, 0.95, 0.0, 0.95),
    right_foot=(-0.22, 0.0, 0.02, -1.0, 0.75, -0.9),
)
_BOW: Final = posture(
    _arms(_STAND, _SECOND, _LOW),
    hips=(0.0, -0.06, -0.03),
    pelvis=(0.0, 0.16, 0.0),
    spine=(-0.20, 0.34, -0.12),
    head=(0.15, -0.08, 0.0),
    right_foot=(-0.16, 0.0, -0.26, -0.95, 0.80, -0.9),
)


def plies(beat: float) -> Array:
    """Plie, then releve with the arms in fifth."""
    return keyed(beat, [(0, _STAND), (2, _PLIE), (4.5, _RELEVE), (6, _RELEVE)], 8)


def legs_aside(beat: float) -> Array:
    """Tendu and grand battement to the side, held for a moment."""
    keys = [(0, _STAND), (1.5, _TENDU), (3.5, _SIDE_LEG), (4.7, _SIDE_LEG), (6, _TENDU)]
    return keyed(beat, keys, 8)


def arabesque(beat: float) -> Array:
    """Through passe into an arabesque, and back."""
    keys = [(0, _STAND), (1.5, _PASSE), (3.5, _ARABESQUE), (5.5, _ARABESQUE), (6.8, _PASSE)]
    return keyed(beat, keys, 8)


def pirouette(beat: float) -> Array:
    """Fourth position, one slow turn on the toes, and down again."""
    keys = [(0, _STAND), (1.2, _FOURTH), (2.2, _PASSE), (5.4, _PASSE), (6.4, _FOURTH)]
    body = keyed(beat, keys, 8)
    # Complete before the next move begins: a whole turn is no turn.
    progress = smoothstep((beat % MOVE_BEATS - 1.9) / 3.6)
    body[TURN] = -2 * pi * progress if progress < 1.0 else 0.0
    return body


def balances(beat: float) -> Array:
    """Sway from side to side, arms changing over the head."""
    return keyed(beat, [(0, _SWAY), (2, mirrored(_SWAY))], 4)


def reverence(beat: float) -> Array:
    """Bow to either side."""
    keys = [(0, _STAND), (2, _BOW), (4, _STAND), (6, mirrored(_BOW))]
    return keyed(beat, keys, 8)


def _left(move: Move) -> Move:
    return lambda beat: mirrored(move(beat))


MOVES: Final[tuple[Move, ...]] = (
    plies, arabesque, balances, pirouette, legs_aside, reverence,
    plies, _left(arabesque), balances, _left(pirouette), _left(legs_aside), reverence,
)  # fmt: skip
