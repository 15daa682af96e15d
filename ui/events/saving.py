"""Writing the log to a file, while everything else goes on."""

from collections.abc import Sequence
from pathlib import Path
from threading import Thread

from PyQt6.QtCore import QObject, pyqtSignal

from choreai_live.errors import ChoreaiError
from choreai_live.ui.events.log import Event
from choreai_live.ui.events.words import events_csv, events_text
from choreai_live.ui.recording import shown_path


class EventSaving(QObject):
    """Writes events on a thread of its own.

    Attributes
    ----------
    said
        Emitted with one sentence once they are written, or cannot be.
    """

    said = pyqtSignal(str)

    def save(self, path: Path, events: Sequence[Event]) -> None:
        """Write events as CSV, or as plain text where the file's ending says so."""
        Thread(
            target=self._write, args=(path, tuple(events)), name="saving events", daemon=True
        ).start()

    def _write(self, path: Path, events: Sequence[Event]) -> None:
        from choreai_live.writing import OutputFile

        plain = path.suffix.lower() in (".txt", ".log")
        try:
            with OutputFile(path) as file:
                file.write((events_text if plain else events_csv)(events))
        except ChoreaiError as error:
            self.said.emit(str(error))
        else:
            self.said.emit(self.tr("Saved as {path}.").format(path=shown_path(path)))
