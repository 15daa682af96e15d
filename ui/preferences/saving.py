"""Writing what is chosen into the settings file, behind the interface's back."""

import logging
from pathlib import Path
from threading import Condition, Thread
from typing import Any, Final

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from choreai_live.errors import ChoreaiError

logger = logging.getLogger(__name__)

#: Milliseconds in which more may be chosen before anything is written.
_GATHER_MS: Final = 250


class Saving(QObject):
    """Writes changes of the settings file on a thread of its own, several at once.

    What cannot be written is kept, and tried again with the next change.

    Parameters
    ----------
    path
        The settings file; made if there is none.
    parent
        Goes away with it; what is still to be written then is written all the same.

    Attributes
    ----------
    saved
        Emitted with the ProgramSettings that the file says now.
    failed
        Emitted with one sentence.
    """

    saved = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self._turn = Condition()
        self._changes: dict[str, Any] = {}
        self._writing: Thread | None = None
        self._gathering = QTimer(self)
        self._gathering.setSingleShot(True)
        self._gathering.setInterval(_GATHER_MS)
        self._gathering.timeout.connect(self.write)

    def change(self, key: str, value: Any) -> None:
        """Have a value written soon; None takes the key out."""
        with self._turn:
            self._changes[key] = value
        self._gathering.start()

    def write(self) -> None:
        """Write what was changed so far, now."""
        self._gathering.stop()
        with self._turn:
            if not self._changes or self._writing is not None:
                return
            # No daemon: the program does not end in the middle of it.
            self._writing = Thread(target=self._write, name="settings")
        self._writing.start()

    def finish(self, patience: float = 2.0) -> None:
        """Write what is left and wait for it, seconds at most."""
        self.write()
        with self._turn:
            self._turn.wait_for(lambda: self._writing is None, patience)

    def _write(self) -> None:
        from choreai_live.configuration.changing import write_settings

        while True:
            with self._turn:
                changes = dict(self._changes)
                self._changes.clear()
                if not changes:
                    self._writing = None
                    self._turn.notify_all()
                    return
            try:
                settings = write_settings(self.path, changes)
            except (ChoreaiError, OSError) as error:
                with self._turn:
                    self._changes = {**changes, **self._changes}
                    self._writing = None
                    self._turn.notify_all()
                self._tell(self.failed, str(error))
                return
            self._tell(self.saved, settings)

    def _tell(self, signal: Any, what: object) -> None:
        try:
            signal.emit(what)
        except RuntimeError:  # the page was closed meanwhile
            logger.info("Settings written after the page was closed.")
