"""When frames are dropped so often that somebody should know."""

from dataclasses import dataclass
from typing import Final

#: Seconds over which frames are counted.
SPAN: Final = 5.0
#: Shares of frames dropped from which a burst begins, and below which it is over.
_BEGINS: Final = 0.25
_ENDS: Final = 0.05
#: Fewer dropped in one span are none.
_FEW: Final = 15


@dataclass(frozen=True, slots=True)
class Burst:
    """A burst of dropped frames begins, or is over.

    Parameters
    ----------
    begins
        Whether it begins.
    dropped, came
        Frames: of those that came in the last span how many were dropped where it begins;
        of those that came since it began where it is over.
    """

    begins: bool
    dropped: int
    came: int


class Bursts:
    """Finds bursts in what a source has counted; one at a time, so that they can be told."""

    def __init__(self) -> None:
        self._span: tuple[float, int, int] | None = None
        self._burst: tuple[int, int] | None = None

    def count(self, dropped: int, index: int, now: float) -> Burst | None:
        """Take in what is known with a frame.

        Parameters
        ----------
        dropped
            Frames the source has dropped since it was opened.
        index
            Number of the frame among all that came, dropped ones included.
        now
            Monotonic clock, seconds.
        """
        if self._span is None or dropped < self._span[1] or index < self._span[2]:
            self._span, self._burst = (now, dropped, index), None
            return None
        began, dropped_then, index_then = self._span
        if now - began < SPAN:
            return None
        self._span = now, dropped, index
        lost, came = dropped - dropped_then, max(index - index_then, 1)
        if self._burst is None:
            if lost < max(_FEW, _BEGINS * came):
                return None
            self._burst = dropped_then, index_then
            return Burst(True, lost, came)
        if lost > _ENDS * came:
            return None
        first_dropped, first_index = self._burst
        self._burst = None
        return Burst(False, dropped - first_dropped, index - first_index)
