"""What the readout said in the last minutes, to be shown again."""

from bisect import bisect_right
from collections import deque
from dataclasses import dataclass
from typing import Final

from choreai_live.messages import Readout

#: Seconds between two moments that are kept.
STEP: Final = 0.25


@dataclass(frozen=True, slots=True)
class Moment:
    """What was read out at one time.

    Parameters
    ----------
    time
        Seconds on the source's clock.
    dancer
        Whom the big readout was about; None while there was nobody.
    readout
        Of that dancer; None while there was no opinion yet.
    others
        Id and readout of the other dancers, the most prominent first.
    hint
        What would have helped.
    """

    time: float
    dancer: int | None = None
    readout: Readout | None = None
    others: tuple[tuple[int, Readout | None], ...] = ()
    hint: str = ""


class Moments:
    """A moment for every quarter of a second, forgotten after a while.

    Parameters
    ----------
    keep
        Seconds to remember.
    """

    def __init__(self, keep: float) -> None:
        self._kept: deque[Moment] = deque(maxlen=int(keep / STEP) + 1)

    def __len__(self) -> int:
        return len(self._kept)

    def record(self, moment: Moment) -> bool:
        """Keep a moment unless one was just kept; return whether it was.

        A clock that runs backwards starts anew: that is another source.
        """
        if self._kept and moment.time < self._kept[-1].time:
            self._kept.clear()
        if self._kept and moment.time - self._kept[-1].time < STEP:
            return False
        self._kept.append(moment)
        return True

    def at(self, time: float) -> Moment | None:
        """Return the last moment not after `time`, the first if all are; None if there is none."""
        if not self._kept:
            return None
        index = bisect_right(self._kept, time, key=lambda moment: moment.time)
        return self._kept[max(index - 1, 0)]

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
