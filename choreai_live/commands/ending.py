"""Ctrl-C, or being told to end by the system, as a wish to end well."""

import signal
from collections.abc import Callable
from threading import Thread
from types import FrameType
from typing import Any, Self


class Ending:
    """Takes SIGINT and SIGTERM while it is entered; a second one stops at once.

    Until :meth:`arm` is called there is nothing to end, and the first one stops at once.

    Attributes
    ----------
    asked : bool
        Whether somebody wants it to end.
    """

    def __init__(self) -> None:
        self.asked = False
        self._end: Callable[[], None] | None = None
        self._before: dict[int, Any] = {}

    def arm(self, end: Callable[[], None]) -> None:
        """From now on, call ``end``, once, on a thread of its own, which may wait."""
        self._end = end

    def __enter__(self) -> Self:
        for wish in (signal.SIGINT, signal.SIGTERM):
            self._before[wish] = signal.signal(wish, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        for wish, before in self._before.items():
            signal.signal(wish, before)

    def _take(self, number: int, frame: FrameType | None) -> None:
        if self.asked or self._end is None:
            raise KeyboardInterrupt
        self.asked = True
        Thread(target=self._end, name="ending", daemon=True).start()
