"""Choosing what of the dancers is shown: trails, skeletons only."""

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMenu

from choreai_live.ui.window_video import WindowVideo

if TYPE_CHECKING:
    from choreai_live.ui.lookback.thumbnails import Thumbnails


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

    def connect_to(self, video: WindowVideo, thumbnails: "Thumbnails") -> None:
        """Let them act on a picture, and on the small pictures that are kept of it."""
        self.trails.toggled.connect(lambda on: setattr(video, "trails", on))
        self.private.toggled.connect(lambda on: setattr(video, "private", on))
        # What is private must not come back when somebody looks back.
        self.private.toggled.connect(lambda on: setattr(thumbnails, "enabled", not on))

    def _action(self, words: str, key: str, tip: str) -> QAction:
        action = QAction(words, self)
        action.setCheckable(True)
        action.setShortcut(QKeySequence(key))
        action.setToolTip(f"{tip} ({key})")
        action.setStatusTip(tip)
        return action
