"""What was danced when, per dancer."""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

import numpy as np
import numpy.typing as npt
from collections_extended import RangeMap

from choreai_live.messages import Floats, Readout, style_words


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of time with one label.

    Parameters
    ----------
    start, end
        Seconds on the source's own clock.
    label
        The style, or None for *not sure*.
    confidence
        Mean confidence over the stretch, 0 to 1.
    finer
        The taught move or sub-style of ``label`` that was recognised all through it.
    """

    start: float
    end: float
    label: str | None
    confidence: float
    finer: str | None = None

    @property
    def words(self) -> str | None:
        """The style with its finer name, as it is shown: ``"afrobeat · gwara"``."""
        return style_words(self.label, self.finer)


class StyleTimeline:
    """Remembers every dancer's readouts as stretches of equal label and finer name.

    A readout holds from its frame to the dancer's next one; the time during
    which a dancer is absent is not covered by any segment. Recording costs the
    same after hours as at the start. One thread may record while others read.

    Parameters
    ----------
    labels
        The classes, in the order of :attr:`Readout.probabilities`.
    keep
        Seconds of history to keep, for sources without an end; None for all.
    longest_step
        Two records of one dancer further apart than this, in seconds, are not
        joined: the source itself paused.
    """

    def __init__(
        self, labels: tuple[str, ...], keep: float | None = None, longest_step: float = 1.0
    ) -> None:
        self.labels = labels
        self._keep = keep
        self._longest_step = longest_step
        self._histories: dict[int, _History] = {}
        self._present: frozenset[int] = frozenset()
        self._lock = Lock()

    def record(self, readouts: Mapping[int, Readout], time: float) -> None:
        """Add the readouts of one frame.

        Parameters
        ----------
        readouts
            Track id to readout.
        time
            Seconds on the source's own clock.
        """
        with self._lock:
            for id_, readout in readouts.items():
                history = self._histories.get(id_)
                if history is None:
                    self._histories[id_] = _History(readout, time)
                    continue
                step = time - history.last
                joined = id_ in self._present and 0 < step <= self._longest_step
                history.add(readout, time, joined=joined)
            self._present = frozenset(readouts)
            if self._keep is not None:
                self._forget(time - self._keep)

    @property
    def dancers(self) -> tuple[int, ...]:
        """Ids of the dancers there is something to tell about, in order of appearance."""
        with self._lock:
            return tuple(self._histories)

    def segments(self, track_id: int) -> list[Segment]:
        """Return what one dancer danced, in order of time; none for an unknown id.

        The last segment ends when the dancer was last read.
        """
        with self._lock:
            history = self._histories.get(track_id)
            return history.segments() if history else []

    def mean_probabilities(self, track_id: int) -> Floats:
        """Return float32 (classes,): the mean over all the time this dancer was read.

        Raises
        ------
        KeyError
            If there is no such dancer.
        """
        with self._lock:
            return self._histories[track_id].mean_probabilities()

    def _forget(self, until: float) -> None:
        for id_ in [id_ for id_, history in self._histories.items() if history.last < until]:
            del self._histories[id_]
        for history in self._histories.values():
            history.forget(until)


@dataclass(eq=False, slots=True)
class _Stretch:
    """The value of one range; equal only to itself, so that ranges merge by identity."""

    label: str | None
    finer: str | None
    confidence_seconds: float = 0.0
    seconds: float = 0.0


class _History:
    """One dancer's stretches."""

    def __init__(self, readout: Readout, time: float) -> None:
        self._ranges = RangeMap()
        self._probability_seconds: npt.NDArray[np.float64] = np.zeros(len(readout.probabilities))
        self._seconds = 0.0
        self._open: _Stretch | None = None
        self._readout = readout
        self.last = time

    def add(self, readout: Readout, time: float, *, joined: bool) -> None:
        """Let the last readout end here, if ``joined``, and this one begin."""
        if joined:
            self._extend(time)
        else:
            self._open = None
        self._readout = readout
        self.last = time

    def _extend(self, time: float) -> None:
        readout, step = self._readout, time - self.last
        style = readout.label, readout.finer
        if self._open is None or (self._open.label, self._open.finer) != style:
            self._open = _Stretch(*style)
        self._open.confidence_seconds += readout.confidence * step
        self._open.seconds += step
        self._probability_seconds += readout.probabilities * step
        self._seconds += step
        self._ranges.set(self._open, start=self.last, stop=time)

    def segments(self) -> list[Segment]:
        return [
            Segment(
                r.start,
                r.stop,
                r.value.label,
                r.value.confidence_seconds / r.value.seconds,
                r.value.finer,
            )
            for r in self._ranges.ranges()
        ]

    def mean_probabilities(self) -> Floats:
        if not self._seconds:
            return self._readout.probabilities
        mean: Floats = (self._probability_seconds / self._seconds).astype(np.float32)
        return mean

    def forget(self, until: float) -> None:
        if self._ranges.start is not None and self._ranges.start < until:
            self._ranges.empty(stop=until)
