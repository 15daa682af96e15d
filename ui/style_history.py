"""The last minutes of every dancer, as the window saw them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from choreai_live.messages import Readout


@dataclass
class Stretch:
    """Seconds of the source's clock during which one label stood; None is *not sure*."""

    start: float
    end: float
    label: str | None
    #: Finer name within the label to seconds for which it stood.
    moves: dict[str, float] = field(default_factory=dict)

    @property
    def finer(self) -> str | None:
        """The finer name that stood for most of it; None where none did."""
        longest = max(self.moves, key=lambda name: self.moves[name], default=None)
        if longest is None or 2 * self.moves[longest] < self.end - self.start:
            return None
        return longest

    def extend(self, time: float, finer: str | None) -> None:
        """Let it end at `time`, up to which the finer name stood."""
        if finer is not None:
            self.moves[finer] = self.moves.get(finer, 0.0) + max(time - self.end, 0.0)
        self.end = time


class StyleHistory:
    """What the strip draws.

    The pipeline has the full record; it belongs to the worker's thread and
    grows with the session. This one is fed from snapshots and forgets.

    Parameters
    ----------
    keep
        Seconds to remember.
    longest_gap
        A dancer unseen for longer than this, in seconds, leaves a hole.
    """

    def __init__(self, keep: float = 600.0, longest_gap: float = 1.0) -> None:
        self.keep = keep
        self.now = 0.0
        self._longest_gap = longest_gap
        self._dancers: dict[int, list[Stretch]] = {}

    @property
    def dancers(self) -> Mapping[int, list[Stretch]]:
        """Track id to stretches in order of time."""
        return self._dancers

    def record(self, readouts: Mapping[int, Readout], time: float) -> None:
        """Add the readouts of one snapshot at `time` seconds of the source's clock."""
        self.now = time
        for dancer, readout in readouts.items():
            stretches = self._dancers.setdefault(dancer, [])
            last = stretches[-1] if stretches else None
            if last is None or time - last.end > self._longest_gap:
                stretches.append(Stretch(time, time, readout.label))
            elif last.label == readout.label:
                last.extend(time, readout.finer)
            else:
                last.end = time
                stretches.append(Stretch(time, time, readout.label))
        oldest = time - self.keep
        for dancer in list(self._dancers):
            kept = [s for s in self._dancers[dancer] if s.end >= oldest]
            if kept:
                self._dancers[dancer] = kept
            else:
                del self._dancers[dancer]

    def since(self, time: float | None) -> Mapping[int, list[Stretch]]:
        """Return what came after `time`, seconds of the source's clock; None for all.

        Dancers of whom nothing is left are left out.
        """
        if time is None:
            return self._dancers
        later = {
            dancer: [
                Stretch(max(stretch.start, time), stretch.end, stretch.label, stretch.moves)
                for stretch in stretches
                if stretch.end > time
            ]
            for dancer, stretches in self._dancers.items()
        }
        return {dancer: stretches for dancer, stretches in later.items() if stretches}

    def clear(self) -> None:
        """Forget everything."""
        self._dancers.clear()
        self.now = 0.0
