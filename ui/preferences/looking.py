"""What the settings page shows: what the file says, and what this machine has."""

from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

from PyQt6.QtCore import QObject, pyqtSignal

from choreai_live.configuration.sections import ProgramSettings
from choreai_live.errors import ChoreaiError
from choreai_live.speeds import Choices, KeptSpeeds, Speed, Trial, choices_here


class Held(NamedTuple):
    """What the settings file says; or else what is wrong with it."""

    settings: ProgramSettings
    trouble: str


class Found(NamedTuple):
    """What this machine has, and what was measured on it; or else what is wrong."""

    choices: Choices | None
    speeds: dict[Trial, Speed]
    trouble: str


class Looking(QObject):
    """Reads the file, then looks at the machine; on a thread of its own.

    Parameters
    ----------
    path
        The settings file.
    settings
        In use; told where the file is broken.
    kept
        What was measured before.

    Attributes
    ----------
    read
        Emitted with what the file says, Held.
    found
        Emitted with what the machine has, Found.
    """

    read = pyqtSignal(object)
    found = pyqtSignal(object)

    def __init__(
        self, path: Path, settings: ProgramSettings, kept: KeptSpeeds, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._path, self._settings, self._kept = path, settings, kept

    def begin(self) -> None:
        """Begin; it is told once it is known."""
        Thread(target=self._look, name="settings page", daemon=True).start()

    def _look(self) -> None:
        from choreai_live.configuration.reading import read_settings

        settings, trouble = self._settings, ""
        try:
            settings = read_settings(self._path) if self._path.exists() else ProgramSettings()
        except (ChoreaiError, OSError) as error:
            trouble = str(error)
        self._tell(self.read, Held(settings, trouble))
        try:
            found = Found(choices_here(settings.models.pose), self._kept.read(), "")
        except ChoreaiError as error:
            found = Found(None, {}, str(error))
        self._tell(self.found, found)

    def _tell(self, signal: Any, what: object) -> None:
        try:
            signal.emit(what)
        except RuntimeError:  # the page was closed meanwhile
            return
