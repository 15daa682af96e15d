"""Choosing what of the dancers is shown: trails, skeletons only."""

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMenu


class PictureActions(QObject):
    """The part of the menu *View* that is about the picture."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.trails = self._action(
            self.tr("&Trails"), "T", self.tr("Hands and feet leave trails of light")
        )
        self.private = self._action(
            self.tr("Skeletons &only"), "P", self.tr("Figures instead of the picture")
        )

    def fill_menu(self, view: QMenu) -> None:
        """Add both."""
        view.addActions([self.trails, self.private])

    def _action(self, words: str, key: str, tip: str) -> QAction:
        action = QAction(words, self)
        action.setCheckable(True)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(f"{tip} ({key})")
        action.setStatusTip(tip)
        return action
