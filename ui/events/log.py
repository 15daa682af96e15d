"""What happened, when, and to which source: the newest of it, never a password."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from PyQt6.QtCore import QObject, pyqtSignal

from choreai_live.masking import mask_credentials

#: Events that are kept; a window may stay open for weeks.
MOST: Final = 2_000
#: Characters of one event that are kept: a sentence, not a dump.
_LONGEST: Final = 1_000
_JUST: Final = timedelta(minutes=1)


class EventKind(Enum):
    """What an event is about; the values are what files say."""

    SOURCE = "source"
    FRAMES = "frames"
    DANCERS = "dancers"
    STYLE = "style"
    RECORDING = "recording"
    PICTURE = "picture"
    NOTICE = "notice"
    SETTINGS = "settings"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Parameters
    ----------
    when
        Local time, with its zone.
    source
        What people call the source; empty where the whole program is meant.
    kind
        What it is about.
    words
        A sentence, or a few words.
    warning
        Whether somebody should look at it.
    """

    when: datetime
    source: str
    kind: EventKind
    words: str
    warning: bool = False


class EventLog(QObject):
    """Keeps the newest events, and tells of each that comes.

    Parameters
    ----------
    most
        Events that are kept.
    parent
        Owner.

    Attributes
    ----------
    added
        Emitted with an :class:`Event` on the log's own thread, once it is kept.
    """

    added = pyqtSignal(object)
    _noted = pyqtSignal(object)

    def __init__(self, most: int = MOST, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.most = most
        self._kept: deque[Event] = deque(maxlen=most)
        self._noted.connect(self._keep)

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def events(self) -> Sequence[Event]:
        """What is kept, the oldest first."""
        return tuple(self._kept)

    def note(self, source: str, kind: EventKind, words: str, *, warning: bool = False) -> None:
        """Keep that something happened just now; from any thread.

        Parameters
        ----------
        source
            What people call the source; empty where the whole program is meant.
        kind
            What it is about; an ERROR is a warning in any case.
        words
            A sentence, or a few words. Logins and tokens in it are masked.
        warning
            Whether somebody should look at it.
        """
        now = datetime.now().astimezone()
        warned = warning or kind is EventKind.ERROR
        self._noted.emit(Event(now, _plain(source), kind, _plain(words), warned))

    def note_once(self, source: str, kind: EventKind, words: str, *, warning: bool = False) -> None:
        """Note something unless it was just noted: several may have the same to tell."""
        since = datetime.now().astimezone() - _JUST
        plain = _plain(words)
        known = any(e.kind is kind and e.words == plain and e.when > since for e in self._kept)
        if not known:
            self.note(source, kind, words, warning=warning)

    def _keep(self, event: Event) -> None:
        self._kept.append(event)
        self.added.emit(event)


def _plain(words: str) -> str:
    """Return words in one line, without their secrets, and not endless."""
    return " ".join(mask_credentials(words)[:_LONGEST].split())
