"""The log at the side of the window: filtered, copied, saved."""

from datetime import datetime
from pathlib import Path

from PyQt6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PyQt6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from choreai_live.ui import theme
from choreai_live.ui.choice_box import ChoiceBox
from choreai_live.ui.events.log import Event, EventKind, EventLog
from choreai_live.ui.events.model import EventFilter
from choreai_live.ui.events.row import EventRow
from choreai_live.ui.events.saving import EventSaving
from choreai_live.ui.events.words import events_text, kind_words
from choreai_live.ui.icons import icon


class EventPanel(QFrame):
    """Shows the log, the newest event at the bottom.

    Parameters
    ----------
    log
        What is shown.
    parent
        The widget it is in.

    Attributes
    ----------
    close_asked
        Emitted when somebody has seen enough.
    """

    close_asked = pyqtSignal()

    def __init__(self, log: EventLog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, theme.Role.PANEL)
        self.setAccessibleName(self.tr("Events"))
        self.events = EventFilter(log, self)
        self.list = EventList(self.events)
        self.kinds = ChoiceBox()
        self.kinds.setAccessibleName(self.tr("Kind of event"))
        self.kinds.addItem(self.tr("Everything"), None)
        for kind in EventKind:
            self.kinds.addItem(kind_words(kind), kind)
        self.kinds.currentIndexChanged.connect(self._choose)
        self.letters = QLineEdit()
        self.letters.setPlaceholderText(self.tr("Find"))
        self.letters.setAccessibleName(self.tr("Find in events"))
        self.letters.setClearButtonEnabled(True)
        self.letters.textChanged.connect(self._find)
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy what is selected, or everything shown"))
        self.copy_button.clicked.connect(self.copy)
        self.save_button = QPushButton(self.tr("Save…"))
        self.save_button.clicked.connect(self._ask)
        self.said = QLabel()
        theme.dress(self.said, theme.Role.QUIET)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.hide()
        self.saving = EventSaving(self)
        self.saving.said.connect(self.say)
        self._lay_out()
        self.setMinimumWidth(300)
        self.list.copy_asked.connect(self.copy)

    def sizeHint(self) -> QSize:
        """Suggest room for a sentence in a few lines."""
        return QSize(380, 480)

    def say(self, words: str) -> None:
        """Say what became of something, below the list."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def copy(self) -> None:
        """Put what is selected, or everything that is shown, on the clipboard."""
        chosen = self.list.chosen or self.events.shown
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(events_text(chosen))
            self.say(self.tr("Copied."))

    def save(self, path: Path) -> None:
        """Write everything that is shown to a file; it is said when that is done."""
        self.saving.save(path, self.events.shown)

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Events"))
        theme.dress(title, theme.Role.SECTION)
        close = QToolButton()
        close.setIcon(icon("close"))
        close.setAccessibleName(self.tr("Close events"))
        close.setToolTip(self.tr("Close (L)"))
        close.clicked.connect(self.close_asked)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(close)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.kinds)
        filters.addWidget(self.letters, 1)
        ends = QHBoxLayout()
        ends.setSpacing(8)
        ends.addStretch(1)
        ends.addWidget(self.copy_button)
        ends.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(filters)
        column.addWidget(self.list, 1)
        column.addWidget(self.said)
        column.addLayout(ends)

    def _choose(self) -> None:
        kind = self.kinds.currentData()
        self.events.choose(kind if isinstance(kind, EventKind) else None)
        self.list.scrollToBottom()

    def _find(self, letters: str) -> None:
        self.events.find(letters)
        self.list.scrollToBottom()

    def _ask(self) -> None:
        name = f"events {datetime.now():%Y-%m-%d %H.%M}.csv"
        tables, texts = self.tr("Tables (*.csv)"), self.tr("Texts (*.txt)")
        chosen, kind = QFileDialog.getSaveFileName(
            self, self.tr("Save events"), str(Path.home() / name), f"{tables};;{texts}"
        )
        if chosen:
            path = Path(chosen)
            ending = ".txt" if kind == texts else ".csv"
            self.save(path if path.suffix else path.with_suffix(ending))


class EventList(QTreeView):
    """The rows; it stays at the newest while that is in view."""

    copy_asked = pyqtSignal()

    def __init__(self, events: EventFilter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What happened"))
        # A tree, not a list: it measures only the rows it shows.
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setItemDelegate(EventRow(self))
        self.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self._events = events
        self._follows = True
        self.setModel(events)
        events.rowsAboutToBeInserted.connect(self._remember)
        events.rowsInserted.connect(self._follow)
        events.rowsAboutToBeRemoved.connect(self._remember)
        events.rowsRemoved.connect(self._hold)
        theme.LOOK.changed.connect(self._measure)

    @property
    def chosen(self) -> list[Event]:
        """What is selected, the oldest first."""
        selection = self.selectionModel()
        rows = selection.selectedRows() if isinstance(selection, QItemSelectionModel) else []
        return [self._events.event_at(index) for index in sorted(rows, key=lambda i: i.row())]

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Copy whole events, where Qt would copy the words of one."""
        if event is not None and event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Break the words anew, and stay at the newest."""
        follows = self._at_end()
        super().resizeEvent(event)
        self._measure()
        if follows:
            self.scrollToBottom()

    def _at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar is None or bar.value() >= bar.maximum() - 1

    def _remember(self) -> None:
        self._follows = self._at_end()

    def _follow(self) -> None:
        if self._follows:
            self.scrollToBottom()

    def _hold(self, parent: QModelIndex, first: int, last: int) -> None:
        """Keep what somebody looks at in its place while the oldest goes."""
        bar = self.verticalScrollBar()
        if bar is not None and not self._follows and first == 0:
            bar.setValue(max(bar.value() - (last - first + 1), 0))

    def _measure(self) -> None:
        self.scheduleDelayedItemsLayout()
