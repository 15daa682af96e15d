"""How fast frames come."""

from collections import deque
from typing import Final

_SECONDS: Final = 2.0
_LEAST: Final = 0.2


class FrameRate:
    """Frames per second over the last two seconds."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    def count(self, now: float) -> float | None:
        """Count one frame at `now`, ``time.monotonic()`` seconds; return the rate."""
        self._times.append(now)
        return self.rate(now)

    def rate(self, now: float) -> float | None:
        """Return the rate, once it can be known; None as well when frames have stopped."""
        while self._times and now - self._times[0] > _SECONDS:
            self._times.popleft()
        if not self._times:
            return None
        elapsed = self._times[-1] - self._times[0]
        return (len(self._times) - 1) / elapsed if elapsed > _LEAST else None
