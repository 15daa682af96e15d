"""What was danced here in the last hours, in so many buckets and no more."""

from collections import deque
from collections.abc import Mapping
from typing import Final

from choreai_live.messages import Readout

#: Seconds of one bucket.
_BUCKET: Final = 600.0
#: A longer gap between two snapshots was no dancing that we saw.
_LONGEST_STEP: Final = 1.0


class DancedHours:
    """Seconds of each style over the last hours, summed over all dancers.

    Parameters
    ----------
    hours
        How far it remembers.
    """

    def __init__(self, hours: int = 6) -> None:
        self.hours = hours
        self._kept = round(hours * 3600 / _BUCKET)
        self._buckets: deque[tuple[int, dict[str, float]]] = deque(maxlen=self._kept)
        self._last: float | None = None

    def add(self, readouts: Mapping[int, Readout], now: float) -> None:
        """Count the readouts of one snapshot.

        Parameters
        ----------
        readouts
            Track id to readout; *not sure* counts for nothing.
        now
            Seconds on a clock that never goes back.
        """
        step = 0.0 if self._last is None else now - self._last
        self._last = now
        labels = [readout.label for readout in readouts.values() if readout.label is not None]
        if not labels or not 0.0 < step <= _LONGEST_STEP:
            return
        number = int(now // _BUCKET)
        if not self._buckets or self._buckets[-1][0] != number:
            self._buckets.append((number, {}))
        seconds = self._buckets[-1][1]
        for label in labels:
            seconds[label] = seconds.get(label, 0.0) + step

    def seconds(self, now: float) -> dict[str, float]:
        """Return style to seconds over the hours before `now`."""
        oldest = int(now // _BUCKET) - self._kept
        total: dict[str, float] = {}
        for number, seconds in self._buckets:
            if number > oldest:
                for label, danced in seconds.items():
                    total[label] = total.get(label, 0.0) + danced
        return total
