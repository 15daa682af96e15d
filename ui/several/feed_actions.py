"""What can be done with one source: the window's actions stand for those of the chosen one."""

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction

from choreai_live.ui.icons import icon
from choreai_live.ui.window_actions import WindowActions


class FeedActions(QObject):
    """The actions of one source; they have no keys of their own.

    Parameters
    ----------
    window
        The actions they say the same as, in the beginning.
    parent
        Owner.
    """

    def __init__(self, window: WindowActions, parent: QObject) -> None:
        super().__init__(parent)
        self.reopen = QAction(window.reopen.text(), self)
        self.record = self._checkable(self.tr("Record"), "record")
        self.pause = self._checkable(self.tr("Pause"), "pause")
        self.mirror = self._checkable(self.tr("Mirror"), "mirror")
        self.record.setEnabled(False)
        self.pause.toggled.connect(self._show_paused)

    def _show_paused(self, paused: bool) -> None:
        self.pause.setText(self.tr("Go on") if paused else self.tr("Pause"))
        self.pause.setIcon(icon("play" if paused else "pause"))

    def _checkable(self, words: str, icon_name: str) -> QAction:
        action = QAction(icon(icon_name), words, self)
        action.setCheckable(True)
        return action
