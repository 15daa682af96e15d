"""What can be done about styles by menu and key."""

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMenu, QMenuBar

from choreai_live.ui.icons import icon


class TeachingActions(QObject):
    """Teach a style, correct the readout, and what was taught."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.teach = self._action(self.tr("&Teach a style…"), "N")
        self.teach.setIcon(icon("teach"))
        self.teach.setIconText(self.tr("Teach"))
        self.correct = self._action(self.tr("This &was …"), "C")
        self.styles = self._action(self.tr("&My styles…"), "Y")

    def fill_menus(self, bar: QMenuBar) -> QMenu | None:
        """Add a menu of them."""
        menu = bar.addMenu(self.tr("&Teach"))
        if menu is not None:
            menu.addActions([self.teach, self.correct, self.styles])
        return menu

    def _action(self, words: str, key: str) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        shown = words.replace("&", "").rstrip("… ")
        action.setToolTip(f"{shown} ({key})")
        return action
