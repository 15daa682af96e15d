"""The story of one fault: all is well, it strikes, it ends, all is well again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from time import monotonic, sleep
from typing import Final

from staging import DANCE
from watching import Seen, Watcher

from choreai_live.capture import SourceState

STEADY: Final = 0.7
"""Share of the nominal frames that must have come in a second for all to be well again."""

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a fault.

    Parameters
    ----------
    states
        What the source was told to be, in order, from the fault on.
    sentences
        What was said about it.
    noticed
        Seconds from the fault until the source was no longer said to be live; None if
        it was not noticed.
    recovered
        Seconds from the end of the fault until frames came at their rate again; None
        where nothing comes back.
    lost
        Frames of that time that never came.
    connections
        How many connections gave frames.
    alien
        Frames that are none of the pictures filmed.
    frames
        Everything that came.
    wrong
        Frames with a label that is neither right nor *not sure*; None without models.
    remembered
        Frames after a reconnection or another size that still knew somebody of before;
        None without models.
    """

    states: tuple[SourceState, ...]
    sentences: tuple[str, ...]
    noticed: float | None
    recovered: float | None
    lost: int
    connections: int
    alien: int
    frames: tuple[Seen, ...]
    wrong: int | None = None
    remembered: int | None = None


def endure(
    watcher: Watcher,
    rate: float,
    strike: Act,
    mend: Act,
    hold: float,
    real: Callable[[], frozenset[int]],
    *,
    rate_after: float | None = None,
) -> Outcome:
    """Let a fault happen to a source that is live, and wait until all is well again.

    Parameters
    ----------
    watcher
        Not started yet.
    rate
        Frames per second that come when all is well.
    strike, mend
        Begin and end the fault.
    hold
        Seconds in between.
    real
        Returns the digests of the pictures that may have come, once all is over.
    rate_after
        Frames per second afterwards, where that is another.
    """
    watcher.start()
    watcher.wait_for_frames(10)
    if watcher.reads:
        _wait_for_right_label(watcher, 0.0)
    struck = monotonic()
    strike()
    sleep(hold)
    mended = monotonic()
    mend()
    again = wait_until_steady(watcher, mended, rate_after or rate)
    if watcher.reads:
        _wait_for_right_label(watcher, again.at)
    watcher.stop()
    before = max((seen for seen in watcher.frames if seen.at <= struck), key=lambda seen: seen.at)
    last = watcher.frames[-1]
    due = (again.at - before.at) * rate + (last.at - again.at) * (rate_after or rate)
    came = sum(
        max(later.index - earlier.index, 1)  # a process that was restarted counts from 0
        for earlier, later in pairwise(watcher.frames)
        if earlier.at >= before.at
    )
    return outcome_of(
        watcher,
        real(),
        struck=struck,
        recovered=again.at - mended,
        lost=max(round(due - came), 0),
    )


def _wait_for_right_label(watcher: Watcher, since: float) -> None:
    watcher.wait_until(
        lambda: any(DANCE in seen.labels for seen in watcher.frames if seen.at >= since),
        30,
        f"a readout of {DANCE}",
    )


def wait_until_steady(watcher: Watcher, since: float, rate: float) -> Seen:
    """Wait for the first frame after a moment that a second of good frames follows."""
    found: list[Seen] = []

    def steady() -> bool:
        recent = [seen for seen in watcher.frames if seen.at >= since]
        for number, seen in enumerate(recent):
            second = [other for other in recent[number:] if other.at <= seen.at + 1]
            if recent[-1].at > seen.at + 1 and second[-1].index - seen.index >= STEADY * rate:
                found.append(seen)
                return True
        return False

    watcher.wait_until(steady, 60, "recovery")
    return found[0]


def outcome_of(
    watcher: Watcher,
    real: frozenset[int],
    *,
    struck: float,
    recovered: float | None,
    lost: int,
) -> Outcome:
    """Return what came of a fault that struck at a moment; see :class:`Outcome`."""
    told = [(at, status) for at, status in watcher.statuses if at >= struck]
    ended = SourceState.ENDED
    told = [(at, status) for at, status in told if status.state is not ended]
    noticed = [at for at, status in told if status.state is not SourceState.LIVE]
    read = watcher.reads
    return Outcome(
        states=_without_repetition([status.state for _, status in told]),
        sentences=tuple(dict.fromkeys(status.sentence for _, status in told if status.sentence)),
        noticed=noticed[0] - struck if noticed else None,
        recovered=recovered,
        lost=lost,
        connections=len({seen.connection for seen in watcher.frames}),
        alien=sum(seen.digest not in real for seen in watcher.frames) if real else 0,
        frames=tuple(watcher.frames),
        wrong=_wrong(watcher.frames) if read else None,
        remembered=_remembered(watcher.frames) if read else None,
    )


def _without_repetition(states: Sequence[SourceState]) -> tuple[SourceState, ...]:
    return tuple(
        state for number, state in enumerate(states) if number == 0 or states[number - 1] != state
    )


def _wrong(frames: Sequence[Seen]) -> int:
    return sum(any(label not in (None, DANCE) for label in seen.labels) for seen in frames)


def _remembered(frames: Sequence[Seen]) -> int:
    """Count first frames of a connection, or of a size, that know somebody of before."""
    return sum(
        any(age > 1 for age in seen.ages) or any(seen.labels)
        for before, seen in pairwise(frames)
        if (seen.connection, seen.size) != (before.connection, before.size)
    )
