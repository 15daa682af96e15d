"""Ctrl-C as a wish to stop at the next good moment."""

import signal
from types import FrameType
from typing import Any, Self

from choreai_live.commands.console import say


class Interruption:
    """Takes Ctrl-C while it is entered; a second one stops at once.

    Until :meth:`arm` is called there is nothing to save, and the first one
    stops at once too.

    Attributes
    ----------
    asked : bool
        Whether somebody wants to stop.
    """

    def __init__(self, announcement: str) -> None:
        self.asked = False
        self._announcement = announcement
        self._armed = False
        self._before: Any = None

    def arm(self) -> None:
        """From now on there is something to save."""
        self._armed = True

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._take)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _take(self, number: int, frame: FrameType | None) -> None:
        if self.asked or not self._armed:
            raise KeyboardInterrupt
        self.asked = True
        say(self._announcement)
