"""What a source's tile says in figures."""

from collections import deque
from statistics import median
from typing import Final

from choreai_live.ui.worker import Update

#: Frames whose latency counts: about three seconds of them.
_FRAMES: Final = 90


class FeedFigures:
    """Frames a second, latency and drops of one source.

    Attributes
    ----------
    fps
        Frames a second; None while that cannot be known.
    dropped, reconnects
        Frames that were left out, and times the source was reached again.
    """

    def __init__(self) -> None:
        self.fps: float | None = None
        self.dropped = 0
        self.reconnects = 0
        self._latencies: deque[float] = deque(maxlen=_FRAMES)

    @property
    def latency(self) -> float | None:
        """Median of the last seconds from capture to snapshot, milliseconds; None at first."""
        return median(self._latencies) if self._latencies else None

    def count(self, update: Update) -> None:
        """Take in what came with a snapshot."""
        self.fps, self.dropped, self.reconnects = update.fps, update.dropped, update.reconnects
        latency = update.snapshot.timings.get("latency")
        if latency is not None:
            self._latencies.append(latency)

    def forget(self) -> None:
        """Begin anew, as with another source."""
        self.fps, self.dropped, self.reconnects = None, 0, 0
        self._latencies.clear()
