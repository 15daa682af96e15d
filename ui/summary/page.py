"""The summary in a window of its own: looked at, saved as picture and as table."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QByteArray, QSize, Qt
from PyQt6.QtGui import QImageWriter, QPainter, QPaintEvent
from PyQt6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from choreai_live.errors import OutputError
from choreai_live.ui import theme
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.summary.poster import SIZE, Poster, page_scale

if TYPE_CHECKING:
    from choreai_live.outputs import OutputFile


class SummaryPage(QDialog):
    """Shows what was danced.

    Parameters
    ----------
    poster
        What to show.
    folder
        Where to offer to save.
    name
        What to call the files, without an ending.
    parent
        The window it belongs to.
    """

    def __init__(
        self, poster: Poster, folder: Path, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Summary"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.poster = poster
        self._folder = folder
        self._name = name
        self.page = _Page(poster)
        self.said = QLabel()
        theme.dress(self.said, theme.Role.QUIET)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.save_picture = QPushButton(self.tr("Save &picture…"))
        self.save_table = QPushButton(self.tr("Save &table…"))
        self.close_button = QPushButton(self.tr("Close"))
        self.save_picture.setProperty("primary", True)
        self.save_picture.clicked.connect(self._ask_picture)
        self.save_table.clicked.connect(self._ask_table)
        self.close_button.clicked.connect(self.close)
        empty = not poster.whole.dances
        self.save_picture.setDisabled(empty)
        self.save_table.setDisabled(empty)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.said, 1)
        for button in (self.close_button, self.save_table, self.save_picture):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(14)
        column.addWidget(self.page, 1)
        column.addLayout(row)
        self.resize(980, 600)
        (self.close_button if empty else self.save_picture).setFocus()

    def write_picture(self, path: Path) -> None:
        """Save the page as a PNG picture, and say where it is or why it is not."""

        def write(draft: Path) -> None:
            # The draft's ending is not the picture's: the kind has to be named.
            writer = QImageWriter(str(draft), QByteArray(b"png"))
            if not writer.write(self.poster.picture()):
                raise OSError(None, writer.errorString())

        self._save(path, lambda file: file.write_by(write))

    def write_table(self, path: Path) -> None:
        """Save the figures as CSV, and say where they are or why they are not."""
        from choreai_live.outputs.choreography_file import choreography_csv

        self._save(path, lambda file: file.write(choreography_csv(self.poster.whole)))

    def _save(self, path: Path, write: Callable[["OutputFile"], None]) -> None:
        from choreai_live.writing import OutputFile

        try:
            with OutputFile(path) as file:
                write(file)
        except OutputError as error:
            self.said.setText(spoken(str(error)))
        else:
            self.said.setText(self.tr("Saved as {path}.").format(path=path))
            self._folder = path.parent

    def _ask_picture(self) -> None:
        path = self._ask(self.tr("Save picture"), ".png", self.tr("Pictures (*.png)"))
        if path is not None:
            self.write_picture(path)

    def _ask_table(self) -> None:
        path = self._ask(self.tr("Save table"), ".csv", self.tr("Tables (*.csv)"))
        if path is not None:
            self.write_table(path)

    def _ask(self, title: str, ending: str, kinds: str) -> Path | None:
        offered = str(self._folder / f"{self._name}{ending}")
        chosen, _ = QFileDialog.getSaveFileName(self, title, offered, kinds)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(ending)


class _Page(QWidget):
    """The page, as large as there is room."""

    def __init__(self, poster: Poster) -> None:
        super().__init__()
        self._poster = poster
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(SIZE * 0.5)
        self.setAccessibleName(self.tr("Summary"))
        self.setAccessibleDescription(poster.words())

    def sizeHint(self) -> QSize:
        return SIZE

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        scale, origin = page_scale(self.size())
        painter.translate(origin)
        painter.scale(scale, scale)
        self._poster.paint(painter)
