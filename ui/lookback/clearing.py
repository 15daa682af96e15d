"""Clearing the timeline, and bringing back what was cleared."""

from time import monotonic

from PyQt6.QtGui import QUndoCommand

from choreai_live.ui.timeline_strip import TimelineStrip


class Clearing(QUndoCommand):
    """Hides what came before now; undone, it is there again.

    What is hidden goes the way of everything old, so bringing it back is free,
    and what was danced in between stays.
    """

    def __init__(self, strip: TimelineStrip, words: str) -> None:
        super().__init__(words)
        self._strip = strip
        self._before = strip.since
        self._at = strip.history.now
        #: When it was asked for, monotonic seconds: the newest change is undone first.
        self.made = monotonic()

    def redo(self) -> None:
        """Clear."""
        self._strip.since = self._at

    def undo(self) -> None:
        """Bring back."""
        self._strip.since = self._before
