"""Taking a snapshot by key, menu or button, and saying what came of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction

from choreai_live.ui.events.log import EventKind, EventLog
from choreai_live.ui.folder_opening import show_in_folder
from choreai_live.ui.snapshots import Snapshots

if TYPE_CHECKING:
    from choreai_live.ui.several.live_sources import LiveSources


class SnapshotAction(QObject):
    """Lets an action save the picture of the chosen source.

    Parameters
    ----------
    action
        What the user presses.
    live
        The sources of the window.
    log
        Where it is noted.
    parent
        The window.
    """

    def __init__(
        self, action: QAction, live: "LiveSources", log: EventLog, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._live, self._log = live, log
        self._title = ""
        self.snapshots = Snapshots(parent=self)
        self.snapshots.saved.connect(self._show_saved)
        self.snapshots.failed.connect(self._show_failure)
        action.triggered.connect(self._take)

    def close(self) -> None:
        """Write what is waiting."""
        self.snapshots.close()

    def _take(self) -> None:
        feed = self._live.chosen
        self._title = feed.title
        self.snapshots.take(feed.stage.video.still(), feed.title)

    def _show_saved(self, words: str, path: Path) -> None:
        step = (self.tr("Show in folder"), lambda: show_in_folder(path))
        self._live.wall.notice.show_words(words, step)
        self._log.note(self._title, EventKind.PICTURE, words)

    def _show_failure(self, words: str) -> None:
        self._live.wall.notice.show_words(words)
        self._log.note(self._title, EventKind.PICTURE, words, warning=True)
