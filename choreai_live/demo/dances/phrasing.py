"""How postures become movement: keys on the beat, and moves in a row."""

from collections.abc import Callable, Sequence

from choreai_live.demo.geometry import Array, smoothstep
from choreai_live.demo.posture import stepped

#: A posture (37,) for a beat; the same for the same beat, always.
Move = Callable[[float], Array]

#: Beats a move lasts before the next one has taken over.
MOVE_BEATS = 8


def keyed(
    beat: float, keys: Sequence[tuple[float, Array]], period: float, share: float = 1.0
) -> Array:
    """Return the posture at ``beat`` of key postures that repeat every ``period`` beats.

    Parameters
    ----------
    beat
        Beats since the music began.
    keys
        The beat each posture is reached at, ascending from 0, and the posture.
    period
        Beats after which they repeat.
    share
        How much of the time before a key is spent on getting there; the rest
        is spent holding the key before. 1 flows, 0.4 hits.
    """
    beat %= period
    index = max(number for number, (at, _) in enumerate(keys) if at <= beat)
    start, first = keys[index]
    end, second = keys[index + 1] if index + 1 < len(keys) else (period, keys[0][1])
    progress = (beat - start) / (end - start)
    return stepped(first, second, smoothstep((progress - 1.0) / share + 1.0))


def in_a_row(beat: float, moves: Sequence[Move]) -> Array:
    """Return the posture at ``beat`` when the moves follow each other, for ever.

    The last beat of a move leads into the next one.
    """
    count, within = divmod(beat, MOVE_BEATS)
    body = moves[int(count) % len(moves)](beat)
    if within > MOVE_BEATS - 1.0:
        following = moves[(int(count) + 1) % len(moves)](beat)
        body = stepped(body, following, smoothstep(within - (MOVE_BEATS - 1.0)))
    return body
