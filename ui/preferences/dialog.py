"""The settings page: everything the window can be told once and for all."""

from collections.abc import Collection
from itertools import pairwise
from pathlib import Path
from threading import Thread

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QCloseEvent
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from choreai_live.configuration.sections import ProgramSettings
from choreai_live.speeds import KeptSpeeds, Speed
from choreai_live.ui import theme
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.preferences.look_page import LookPage
from choreai_live.ui.preferences.looking import Found, Held, Looking
from choreai_live.ui.preferences.measuring import SECONDS
from choreai_live.ui.preferences.models_page import ModelsPage
from choreai_live.ui.preferences.page import Page, value_of, words
from choreai_live.ui.preferences.recording_page import RecordingPage
from choreai_live.ui.preferences.saving import Saving
from choreai_live.ui.preferences.source_page import SourcePage
from choreai_live.ui.recording import shown_path
from choreai_live.ui.turns import Turns


class PreferencesDialog(QDialog):
    """Shows what the settings file says, and writes into it what is chosen.

    Parameters
    ----------
    parent
        The window it is over.
    path
        The settings file; made once something is chosen if there is none.
    settings
        In use; shown where the file is broken.
    given
        Names of the options of the command line, which win for now.
    when_models
        When changes of the models hold, one sentence.
    prevented
        Why nothing can be measured for now, one sentence; empty if it can.
    seconds
        How long to measure each choice.

    Attributes
    ----------
    chosen
        Emitted with a key and its value; None for a key that is left out.
    built
        Emitted once all pages are there; they are made one by one, so that nothing waits.
    loaded
        Emitted once what the file says is shown.
    measuring_changed
        Emitted with whether something is measured now.
    """

    chosen = pyqtSignal(str, object)
    built = pyqtSignal()
    loaded = pyqtSignal()
    measuring_changed = pyqtSignal(bool)

    def __init__(
        self,
        parent: QWidget | None,
        path: Path,
        settings: ProgramSettings,
        given: Collection[str] = (),
        *,
        when_models: str = "",
        prevented: str = "",
        seconds: float = SECONDS,
    ) -> None:
        super().__init__(parent)
        self._path, self._given = path, tuple(given)
        self._kept = KeptSpeeds()
        self.setWindowTitle(self.tr("Settings"))
        self._when = when_models or self.tr("Holds from the next start on.")
        self._prevented, self._seconds = prevented, seconds
        self._pages: list[Page] = []
        self.saving = Saving(path, self)
        self.tabs = QTabWidget()
        self.reset = QPushButton(self.tr("Reset this page"))
        self.reset.setAutoDefault(False)
        self.reset.setEnabled(False)
        self.reset.clicked.connect(self._reset)
        self.told = words("", theme.Role.QUIET)
        self._lay_out()
        self.saving.saved.connect(self._show_saved)
        self.saving.failed.connect(self._show_failure)
        self._looking = Looking(path, settings, self._kept, self)
        self._looking.read.connect(self._show)
        self._looking.found.connect(self._show_found)
        makers = (self._make_models, self._make_look, self._make_source, self._make_recording)
        steps = (step for make in makers for step in (make, self._put_newest))
        self._turns = Turns(steps, self)
        self._turns.finished.connect(self._finish)

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages that there are already, in their order."""
        return tuple(self._pages)

    def done(self, result: int) -> None:
        """Write what is left, and end what is measured."""
        self._turns.stop()
        if self._pages:
            self.models.cancel()
        self.saving.write()
        super().done(result)

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Close as the button does."""
        self.done(0)
        super().closeEvent(event)

    def _make_models(self) -> None:
        models = self.models = ModelsPage(self._when, seconds=self._seconds)
        models.measured.connect(self._keep)
        models.measuring_changed.connect(self.measuring_changed)
        if self._prevented:
            models.prevent_measuring(self._prevented)
        self._pages.append(models)

    def _make_look(self) -> None:
        self.look = LookPage()
        self._pages.append(self.look)

    def _make_source(self) -> None:
        self.source = SourcePage()
        self._pages.append(self.source)

    def _make_recording(self) -> None:
        self.recording = RecordingPage()
        self._pages.append(self.recording)

    def _put_newest(self) -> None:
        """Put the page made last among the others."""
        page = self._pages[-1]
        page.setEnabled(False)
        page.changed.connect(self._change)
        page.tell_options(self._given)
        self.tabs.addTab(page, page.title)

    def _finish(self) -> None:
        """Let the keyboard reach what is below the pages after them; look what they show."""
        last = [field.control for field in self.recording.fields.values()][-1]
        for before, after in pairwise((last, self.reset, self._close)):
            QWidget.setTabOrder(before, after)
        self.built.emit()
        self._looking.begin()

    def _lay_out(self) -> None:
        title = QLabel(self.tr("Settings"))
        theme.dress(title, theme.Role.TITLE)
        bar = self.tabs.tabBar()
        if bar is not None:
            bar.setAccessibleName(self.tr("Pages"))
            bar.setDrawBase(False)
            bar.setExpanding(False)
        close = self._close = QPushButton(self.tr("Close"))
        close.setProperty("primary", True)
        close.setAutoDefault(False)  # Enter ends a word, not the page
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(18)
        foot.addWidget(self.reset)
        foot.addWidget(self.told, 1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(14)
        column.addWidget(title)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)
        scale = theme.LOOK.text_scale
        parent = self.parentWidget()
        room = parent.size() if parent is not None else self.sizeHint()
        self.resize(
            min(round(740 * scale), max(640, room.width() - 40)),
            min(round(660 * scale), max(480, room.height() - 40)),
        )

    def _show(self, held: Held) -> None:
        for page in self.pages:
            page.show_settings(held.settings)
            page.setEnabled(True)
        self.reset.setEnabled(True)
        if held.trouble:
            self._alarm(self.tr("Nothing can be saved: {why}").format(why=spoken(held.trouble)))
        elif self._path.exists():
            self.told.setText(shown_path(self._path))
        self.loaded.emit()

    def _show_found(self, found: Found) -> None:
        if found.choices is None:
            self.models.told.setText(spoken(found.trouble))
        else:
            self.models.show_choices(found.choices, found.speeds)

    def _change(self, key: str, value: object) -> None:
        self.saving.change(key, value)
        self.chosen.emit(key, value)

    def _reset(self) -> None:
        """Give every key of the page its default, and take it out of the file."""
        page = self.tabs.currentWidget()
        if not isinstance(page, Page):
            return
        default = ProgramSettings()
        page.show_settings(default)
        for key in page.keys:
            page.tell(key, "")
            self.saving.change(key, None)
            self.chosen.emit(key, value_of(default, key))
        page.tell_options(self._given)

    def _show_saved(self) -> None:
        theme.dress(self.told, theme.Role.QUIET)
        self._wear_told()
        self.told.setText(self.tr("Saved to {path}").format(path=shown_path(self._path)))

    def _show_failure(self, sentence: str) -> None:
        self._alarm(self.tr("Not saved: {why}").format(why=spoken(sentence)))

    def _alarm(self, sentence: str) -> None:
        theme.dress(self.told, theme.Role.ALARM)
        self._wear_told()
        self.told.setText(sentence)

    def _wear_told(self) -> None:
        style = self.told.style()
        if style is not None:  # a role is looked at once unless it is asked for again
            style.unpolish(self.told)
            style.polish(self.told)

    def _keep(self, speed: Speed) -> None:
        Thread(target=self._kept.add, args=(speed,), name="speeds").start()
