"""Opening the settings page over a window, and letting what is chosen there hold at once."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QCoreApplication, QObject
from PyQt6.QtGui import QAction

from choreai_live.configuration.sections import ProgramSettings
from choreai_live.ui import theme
from choreai_live.ui.events.log import EventKind

if TYPE_CHECKING:
    from choreai_live.ui.main_window import MainWindow
    from choreai_live.ui.preferences.dialog import PreferencesDialog


class Preferences(QObject):
    """The settings page of a window.

    Parameters
    ----------
    window
        Its action *Settings* opens the page.
    path
        The settings file; None for the user's own.
    given
        Names of the options of the command line, which won at this start.
    """

    def __init__(
        self, window: "MainWindow", path: Path | None = None, given: Collection[str] = ()
    ) -> None:
        super().__init__(window)
        self._window = window
        self._path = path
        self._given = tuple(given)
        self._resting: list[QAction] = []
        self.dialog: PreferencesDialog | None = None
        window.commands.settings.triggered.connect(self.open)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._quit)

    def open(self) -> None:
        """Open the page; it lies over the window until it is closed."""
        # Only who opens it waits for its parts.
        from choreai_live.configuration.reading import settings_path
        from choreai_live.ui.preferences.dialog import PreferencesDialog

        if self.dialog is not None:
            self.dialog.raise_()
            return
        window = self._window
        prevented = ""
        if any(feed.actions.record.isChecked() for feed in window.live.feeds):
            prevented = self.tr("Speeds can be measured once nothing is recorded any more.")
        dialog = self.dialog = PreferencesDialog(
            window,
            (self._path or settings_path()).absolute(),
            self._program,
            self._given,
            when_models=self.tr(
                "Holds for every source that is opened from now on; “Reopen” opens the present "
                "one again."
            ),
            prevented=prevented,
        )
        dialog.chosen.connect(self._apply)
        dialog.saving.failed.connect(self._note_failure)
        dialog.measuring_changed.connect(self._rest)
        dialog.finished.connect(self._close)
        dialog.built.connect(dialog.open)

    @property
    def _program(self) -> ProgramSettings:
        return self._window.program or ProgramSettings()

    def _note_failure(self, words: str) -> None:
        self._window.events.log.note("", EventKind.SETTINGS, words, warning=True)

    def _close(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _quit(self) -> None:
        """Write what was chosen last, also where the page was never closed."""
        if self.dialog is not None:
            dialog = self.dialog
            dialog.done(0)
            dialog.saving.finish()

    def _apply(self, key: str, value: Any) -> None:
        """Let a value hold now, where that is possible."""
        table, _, name = key.partition(".")
        window, program = self._window, self._program
        chosen = self.tr("as usual") if value is None else value
        window.events.log.note("", EventKind.SETTINGS, f"{key}: {chosen}")
        if value is None:
            value = getattr(getattr(ProgramSettings(), table), name)
        program = replace(program, **{table: replace(getattr(program, table), **{name: value})})
        window.program = program
        if table == "models":
            window.live.use(program.engine)
        elif table == "recording":
            window.live.record_as(program.recording)
        elif key == "window.mirror":
            window.mirror_as(value)
        elif value is not None:
            self._look(name, value)

    def _look(self, name: str, value: Any) -> None:
        picture = self._window.commands.picture
        if name == "theme":
            theme.choose(value)
        elif name == "text_scale":
            theme.choose(text_scale=value)
        elif name == "trails":
            picture.trails.setChecked(value)
        elif name == "skeletons_only":
            picture.private.setChecked(value)

    def _rest(self, measuring: bool) -> None:
        """Let every source rest while the machine is measured, and go on afterwards."""
        if measuring:
            pauses = [feed.actions.pause for feed in self._window.live.feeds]
            self._resting = [each for each in pauses if each.isEnabled() and not each.isChecked()]
        for pause in self._resting:
            pause.setChecked(measuring)
        if not measuring:
            self._resting = []
