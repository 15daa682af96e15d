"""Playing what was recorded as if it happened now."""

from collections.abc import Generator
from dataclasses import replace
from time import monotonic
from typing import Final

from choreai_live.capture.base import Source
from choreai_live.capture.clocks import Pace
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.messages import Frame

PAUSE_STEP: Final = 0.04
"""Seconds between looks at whether a pause is over."""


class Paced(ThreadedSource):
    """Another source at its own rate, the newest frame winning.

    Playing begins with the first :meth:`read`. Frames keep their times and
    numbers; the moment of capture is the one at which they were due.

    Parameters
    ----------
    recorded
        An opened source that loses nothing; closed together with this one.
    """

    live = True

    def __init__(self, recorded: Source) -> None:
        self.name = recorded.name
        self.rate = recorded.rate
        self.duration = recorded.duration
        self.frame_count = recorded.frame_count
        self.size = recorded.size
        self._recorded = recorded
        self._prepare()

    def _capture(self) -> Generator[Frame, None, None]:
        pace = Pace()
        while (frame := self._recorded.read()) is not None:
            self.skipped = self._recorded.skipped
            while self.paused:
                pace = Pace()  # afterwards, time goes on from this frame
                if self._buffer.wait_until_closed(PAUSE_STEP):
                    return
            if self._buffer.wait_until_closed(pace.until_due(frame.time)):
                return
            yield replace(frame, captured=monotonic())

    def read(self) -> Frame | None:
        """Wait for the next frame to be due; see :meth:`Source.read`."""
        if self._thread.ident is None:
            self._thread.start()
        return super().read()

    def close(self) -> None:
        """Stop playing; see :meth:`Source.close`."""
        self._buffer.close()
        self._recorded.close()
        super().close()
