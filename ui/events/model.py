"""The log as Qt's views read it, and the part of it somebody asked for."""

from collections.abc import Sequence
from typing import cast

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, QSortFilterProxyModel, Qt

from choreai_live.ui.events.log import Event, EventKind, EventLog
from choreai_live.ui.events.words import event_line

#: The role under which a view finds the :class:`Event` itself.
EVENT_ROLE = Qt.ItemDataRole.UserRole


class EventModel(QAbstractListModel):
    """One row for each event, the newest last.

    Parameters
    ----------
    log
        Whose events they are.
    parent
        Owner.
    """

    def __init__(self, log: EventLog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._most = log.most
        self._rows = list(log.events)
        log.added.connect(self._add)

    @property
    def events(self) -> Sequence[Event]:
        """The events, the oldest first."""
        return self._rows

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        """Return how many events there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the event, its words, or the whole of it for a tool tip or a screen reader."""
        if not index.isValid():
            return None
        event = self._rows[index.row()]
        if role == EVENT_ROLE:
            return event
        if role == Qt.ItemDataRole.DisplayRole:
            return event.words
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return event_line(event).replace("\t", "  ")
        return None

    def _add(self, event: Event) -> None:
        if len(self._rows) >= self._most:
            self.beginRemoveRows(QModelIndex(), 0, 0)
            del self._rows[0]
            self.endRemoveRows()
        end = len(self._rows)
        self.beginInsertRows(QModelIndex(), end, end)
        self._rows.append(event)
        self.endInsertRows()


class EventFilter(QSortFilterProxyModel):
    """Lets through one kind, or all, and what holds certain letters."""

    def __init__(self, log: EventLog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kind: EventKind | None = None
        self._letters = ""
        self._events = EventModel(log, self)
        self.setSourceModel(self._events)

    @property
    def shown(self) -> list[Event]:
        """What is let through, the oldest first."""
        return [self.event_at(self.index(row, 0)) for row in range(self.rowCount())]

    def event_at(self, index: QModelIndex) -> Event:
        """Return the event of a row."""
        return cast(Event, index.data(EVENT_ROLE))

    def choose(self, kind: EventKind | None) -> None:
        """Let through one kind only; None for all."""
        self._kind = kind
        self.invalidateFilter()

    def find(self, letters: str) -> None:
        """Let through only what holds these letters, in its words or its source's name."""
        self._letters = letters.casefold()
        self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        """Return whether an event is let through."""
        event = self._events.events[row]
        if self._kind is not None and event.kind is not self._kind:
            return False
        return self._letters in f"{event.source} {event.words}".casefold()
