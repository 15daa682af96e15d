"""What can be done with the timeline by menu and key."""

from collections.abc import Callable

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMenu

from choreai_live.ui.lookback.reading import Reading


class TimelineActions(QObject):
    """Summary, back to live, clear and undo."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.summary = self._action(self.tr("S&ummary…"), "S")
        self.summary.setIconText(self.tr("Summary"))
        self.back_to_live = self._action(self.tr("Back to &live"), "End")
        self.clear = self._action(self.tr("&Clear timeline"), "Ctrl+Backspace")
        self.undo = self._action(self.tr("U&ndo clearing"), "Ctrl+Z")
        self.back_to_live.setEnabled(False)
        self.undo.setEnabled(False)
        self._reading: Reading | None = None
        self.back_to_live.triggered.connect(lambda: self._of(Reading.back_to_live))
        self.clear.triggered.connect(lambda: self._of(Reading.clear))
        self.undo.triggered.connect(lambda: self._of(lambda reading: reading.undo_stack.undo()))

    def connect_to(self, reading: Reading) -> None:
        """Let the actions do what they say of a reading, and no more of the one before."""
        before, self._reading = self._reading, reading
        if before is not None:
            before.looking_changed.disconnect(self.back_to_live.setEnabled)
            before.undo_stack.canUndoChanged.disconnect(self.undo.setEnabled)
        reading.looking_changed.connect(self.back_to_live.setEnabled)
        reading.undo_stack.canUndoChanged.connect(self.undo.setEnabled)
        self.back_to_live.setEnabled(reading.looking is not None)
        self.undo.setEnabled(reading.undo_stack.canUndo())

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
