"""What can be done with the timeline by menu and key."""

from collections.abc import Callable
from typing import Protocol

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMenu

from choreai_live.ui.lookback.clearing import Clearing
from choreai_live.ui.lookback.reading import Reading


class Undoing(Protocol):
    """Something else in the window whose changes Ctrl+Z undoes."""

    @property
    def newest_change(self) -> float | None:
        """When the newest change was made, monotonic seconds; None for none."""

    def undo(self) -> None:
        """Undo it."""


class TimelineActions(QObject):
    """Summary, back to live, clear and undo; undo takes back the newest change of the window."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.summary = self._action(self.tr("S&ummary…"), "S")
        self.summary.setIconText(self.tr("Summary"))
        self.back_to_live = self._action(self.tr("Back to &live"), "End")
        self.clear = self._action(self.tr("&Clear timeline"), "Ctrl+Backspace")
        self.undo = self._action(self.tr("U&ndo"), "Ctrl+Z")
        self.back_to_live.setEnabled(False)
        self.undo.setEnabled(False)
        self._reading: Reading | None = None
        self._other: Undoing | None = None
        self.back_to_live.triggered.connect(lambda: self._of(Reading.back_to_live))
        self.clear.triggered.connect(lambda: self._of(Reading.clear))
        self.undo.triggered.connect(self._undo)

    def connect_to(self, reading: Reading) -> None:
        """Let the actions do what they say of a reading, and no more of the one before."""
        before, self._reading = self._reading, reading
        if before is not None:
            before.looking_changed.disconnect(self.back_to_live.setEnabled)
            before.undo_stack.canUndoChanged.disconnect(self.offer_undo)
        reading.looking_changed.connect(self.back_to_live.setEnabled)
        reading.undo_stack.canUndoChanged.connect(self.offer_undo)
        self.back_to_live.setEnabled(reading.looking is not None)
        self.offer_undo()

    def undo_also(self, other: Undoing) -> None:
        """Let *Undo* take back the changes of something else, too."""
        self._other = other

    def offer_undo(self) -> None:
        """Let *Undo* be asked for where there is something to undo."""
        self.undo.setEnabled(self._cleared is not None or self._changed is not None)

    @property
    def _cleared(self) -> float | None:
        stack = self._reading.undo_stack if self._reading is not None else None
        newest = stack.command(stack.index() - 1) if stack is not None and stack.canUndo() else None
        return newest.made if isinstance(newest, Clearing) else None

    @property
    def _changed(self) -> float | None:
        return None if self._other is None else self._other.newest_change

    def _undo(self) -> None:
        cleared, changed = self._cleared, self._changed
        if self._other is not None and changed is not None and changed > (cleared or 0.0):
            self._other.undo()
        else:
            self._of(lambda reading: reading.undo_stack.undo())

    def _of(self, act: Callable[[Reading], None]) -> None:
        if self._reading is not None:
            act(self._reading)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the actions to a menu."""
        menu.addActions([self.summary, self.back_to_live])
        menu.addSeparator()
        menu.addActions([self.clear, self.undo])

    def _action(self, words: str, key: str) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        return action
