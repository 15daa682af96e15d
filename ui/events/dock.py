"""The log in the window: the sheet at the right, and whose events go in."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout, QWidget

from choreai_live.ui.events.log import EventKind, EventLog
from choreai_live.ui.events.panel import EventPanel
from choreai_live.ui.events.source_events import SourceEvents

if TYPE_CHECKING:
    from choreai_live.ui.several.feed import Feed
    from choreai_live.ui.several.live_sources import LiveSources

#: Logical pixels between the sheet and the edges of the window.
_MARGIN: Final = 12


class WindowEvents(QObject):
    """Keeps the log of a window from the beginning, and shows it on request.

    Parameters
    ----------
    window
        Gets the sheet, once that is asked for.
    action
        Checkable; shows and hides the sheet.
    live
        The sources whose events are kept.

    Attributes
    ----------
    log : EventLog
        Where anybody may note something.
    panel : EventPanel or None
        What is shown; None until it was first asked for.
    """

    def __init__(self, window: QMainWindow, action: QAction, live: "LiveSources") -> None:
        super().__init__(window)
        self._window = window
        self._action = action
        self._dock: QDockWidget | None = None
        self.log = EventLog(parent=self)
        self.panel: EventPanel | None = None
        action.toggled.connect(self._show)
        for feed in live.feeds:
            self._follow(feed)
        live.added.connect(self._follow)
        live.removed.connect(self._note_removed)

    def note_all(self, kind: EventKind, sentences: Iterable[str], *, warning: bool = False) -> None:
        """Note some sentences about the whole program."""
        for sentence in sentences:
            self.log.note("", kind, sentence, warning=warning)

    def _follow(self, feed: "Feed") -> None:
        events = SourceEvents(self.log, feed.worker, feed)
        feed.updated.connect(events.show_update)
        feed.recording.finished.connect(self._note_finished)

    def _note_removed(self, feed: "Feed") -> None:
        self.log.note(feed.title, EventKind.SOURCE, self.tr("Removed."))

    def _note_finished(self, words: str) -> None:
        self.log.note("", EventKind.RECORDING, words)

    def _show(self, wanted: bool) -> None:
        if wanted and self._dock is None:
            self._dock = self._made()
        if self._dock is None or self.panel is None:
            return
        focused = self.panel.isAncestorOf(self._window.focusWidget() or self._window)
        self._dock.setVisible(wanted)
        if wanted:
            self.panel.say("")
            self.panel.list.scrollToBottom()
        elif focused:
            self._window.setFocus()

    def _made(self) -> QDockWidget:
        self.panel = EventPanel(self.log)
        self.panel.close_asked.connect(lambda: self._action.setChecked(False))
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, _MARGIN, _MARGIN)
        column.addWidget(self.panel)
        dock = QDockWidget(self._window)
        dock.setObjectName("events")
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        dock.setTitleBarWidget(QWidget())  # the panel has a head of its own
        dock.setWidget(sheet)
        self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        self._window.resizeDocks([dock], [self.panel.sizeHint().width()], Qt.Orientation.Horizontal)
        return dock
