"""What is danced: for each style a row of moves, locked to the beat."""

from math import pi, sin
from typing import Final

from choreai_live.demo.dances import afrobeat, classical, hiphop
from choreai_live.demo.dances.phrasing import MOVE_BEATS, Move, in_a_row
from choreai_live.demo.geometry import Array
from choreai_live.demo.posture import HEAD, HIPS, SPINE, posture


def _idle(beat: float) -> Array:
    """Stand and wait: breathe, shift the weight, look around."""
    body = posture()
    slow = sin(pi * beat / 8)
    body[HIPS] += (0.03 * slow, 0.0, 0.0)
    body[SPINE] += (0.0, 0.02 * sin(pi * beat / 4), 0.03 * slow)
    body[HEAD] += (0.25 * sin(pi * beat / 11), 0.0, 0.0)
    return body


_MOVES: Final[dict[str, tuple[Move, ...]]] = {
    "afrobeat": afrobeat.MOVES,
    "classical": classical.MOVES,
    "hiphop": hiphop.MOVES,
    "idle": (_idle,),
}

__all__ = ["MOVE_BEATS", "danced"]


def danced(dance: str, beat: float, start: int = 0) -> Array:
    """Return the posture (37,) of a dance at a beat.

    Parameters
    ----------
    dance
        ``afrobeat``, ``classical``, ``hiphop`` or ``idle``.
    beat
        Beats since the music began.
    start
        The move that is danced first; dancers who differ in it dance the same
        style but not the same moves at once.
    """
    moves = _MOVES[dance]
    first = start % len(moves)
    return in_a_row(beat, moves[first:] + moves[:first])
