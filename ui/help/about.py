"""The page about the program: versions, models, licences, and diagnostics to be copied."""

from collections.abc import Iterable, Sequence
from threading import Thread

from PyQt6.QtCore import QLocale, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PyQt6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from choreai_live import __version__
from choreai_live.configuration.sections import ProgramSettings
from choreai_live.ui import theme
from choreai_live.ui.help.diagnostics import diagnostics, last_lines
from choreai_live.ui.help.facts import Facts, collect_facts
from choreai_live.ui.help.notices import third_party_notices
from choreai_live.ui.icons import paint_mark
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.turns import Turns


class AboutDialog(QDialog):
    """Says what this is, what it stands on, and under which terms.

    Parameters
    ----------
    parent
        The window it is over.
    settings
        In use; they are told in the diagnostics, without their secrets.
    running
        Sentences on what runs at present: models, provider, notices.
    """

    _collected = pyqtSignal(object)

    def __init__(
        self, parent: QWidget | None, settings: ProgramSettings, running: Sequence[str]
    ) -> None:
        super().__init__(parent)
        self._settings, self._running = settings, tuple(running)
        self.facts: Facts | None = None
        self.setWindowTitle(self.tr("About ChoreAI Live"))
        self.versions, self._versions = _page(self.tr("Versions"))
        self.models, self._models = _page(self.tr("Models"))
        self.licences = QTextBrowser()
        self.licences.setOpenExternalLinks(True)
        self.licences.setAccessibleName(self.tr("Licences"))
        self.licences.setMarkdown(
            third_party_notices()
            or self.tr("The notices were left out of this installation; they stand in its source.")
        )
        self.pages = QTabWidget()
        self.pages.addTab(self.versions, self.tr("Versions"))
        self.pages.addTab(self.models, self.tr("Models"))
        self.pages.addTab(self.licences, self.tr("Licences"))
        bar = self.pages.tabBar()
        if bar is not None:
            bar.setAccessibleName(self.tr("Pages"))
            bar.setDrawBase(False)
        self.copy_button = QPushButton(self.tr("Copy diagnostics"))
        self.copy_button.setToolTip(
            self.tr("Machine, versions, settings and the end of the log, without passwords")
        )
        self.copy_button.setEnabled(False)
        self.copy_button.clicked.connect(self.copy)
        close = QPushButton(self.tr("Close"))
        close.setProperty("primary", True)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(14)
        column.addLayout(self._heading())
        column.addWidget(self.pages, 1)
        column.addLayout(buttons)
        scale = theme.LOOK.text_scale
        room = parent.size() if parent is not None else self.sizeHint()
        self.resize(
            min(round(680 * scale), max(640, room.width() - 40)),
            min(round(560 * scale), max(480, room.height() - 40)),
        )
        self._collected.connect(self._show)
        # In a turn of its own: until a thread has begun, whoever starts it waits.
        Turns([self._begin], self)

    @property
    def text(self) -> str:
        """The diagnostics; empty until everything is known."""
        if self.facts is None:
            return ""
        return diagnostics(self.facts, self._settings, self._running, last_lines(self._settings))

    def copy(self) -> None:
        """Put the diagnostics on the clipboard."""
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.text)
            self.copy_button.setText(self.tr("Copied"))

    def _heading(self) -> QHBoxLayout:
        title = QLabel(self.tr("ChoreAI Live {version}").format(version=__version__))
        theme.dress(title, theme.Role.TITLE)
        words = QLabel(
            self.tr(
                "Reads which style is being danced, live, on this machine. No picture leaves it.\n"
                "Free software under the GNU General Public License, version 3 or later."
            )
        )
        words.setWordWrap(True)
        theme.dress(words, theme.Role.QUIET)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(_Mark(), alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        return row

    def _begin(self) -> None:
        Thread(target=self._collect, name="about", daemon=True).start()

    def _collect(self) -> None:
        facts = collect_facts(self._settings.models.style_model)
        try:
            self._collected.emit(facts)
        except RuntimeError:  # the dialog was closed meanwhile
            return

    def _show(self, facts: Facts) -> None:
        self.facts = facts
        Turns(
            [
                lambda: self._fill_versions(facts),
                lambda: self._fill_models(facts),
                lambda: self.copy_button.setEnabled(True),
            ],
            self,
        )

    def _fill_versions(self, facts: Facts) -> None:
        machine = (self.tr("System"), self.tr("Processor"), self.tr("Cores"), self.tr("Memory, GB"))
        values = (
            QLocale().toString(float(value), "f", 1) if name == "memory_gb" else value
            for name, value in facts.machine
        )
        row = _fill(self._versions, 0, facts.versions)
        self._versions.setRowMinimumHeight(row, 8)
        heading = _label(self.tr("This machine"), theme.Role.SECTION)
        self._versions.addWidget(heading, row + 1, 0, 1, 2)
        _fill(self._versions, row + 2, zip(machine, values, strict=True))
        _stretch(self._versions)

    def _fill_models(self, facts: Facts) -> None:
        row = 0
        for sentence in self._running:
            self._models.addWidget(_label(spoken(sentence)), row, 0, 1, 2)
            row += 1
        for model in facts.models:
            self._models.setRowMinimumHeight(row, 8)
            self._models.addWidget(_label(model.name, theme.Role.SECTION), row + 1, 0, 1, 2)
            self._models.addWidget(
                _label(spoken(model.purpose), theme.Role.QUIET), row + 2, 0, 1, 2
            )
            told = (
                (self.tr("Version"), spoken(model.version)),
                (self.tr("Licence"), spoken(model.licence)),
            )
            row = _fill(self._models, row + 3, told)
        _stretch(self._models)


class _Mark(QWidget):
    """The application's mark."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(72, 72)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw it."""
        paint_mark(QPainter(self), QRectF(self.rect()))


def _page(name: str) -> tuple[QScrollArea, QGridLayout]:
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setContentsMargins(4, 14, 12, 8)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(inside)
    area.setAccessibleName(name)
    return area, grid


def _stretch(grid: QGridLayout) -> None:
    """Give the values what is left of the width, and what is below them of the height."""
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(grid.rowCount(), 1)


def _fill(grid: QGridLayout, row: int, told: Iterable[tuple[str, str]]) -> int:
    """Add names and values from `row` on; return the row after them."""
    for name, value in told:
        grid.addWidget(_label(name, theme.Role.QUIET), row, 0)
        grid.addWidget(_label(value), row, 1)
        row += 1
    return row


def _label(words: str, role: theme.Role | None = None) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role is not None:
        theme.dress(label, role)
    return label
