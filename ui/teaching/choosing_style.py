"""A small chooser of styles by number keys: "this was ..."."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QEvent, QObject, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from choreai_live.ui import theme
from choreai_live.ui.style_look import StyleLook, StyleLooks, paint_shape
from choreai_live.ui.teaching.film import TakeFilm
from choreai_live.ui.teaching.words import seconds_words

if TYPE_CHECKING:
    from choreai_live.teaching import Take

#: Pixels of a mark in a list, for text as drawn.
_MARK: Final = 18
_ROWS: Final = 9


class StyleChooser(QDialog):
    """Asks what was danced in a take, beside its film.

    Parameters
    ----------
    take
        What it is about.
    labels
        What it can have been: shipped labels and taught names; the first nine have a key.
    looks
        What the styles look like.
    shown
        As what the dancer is read out meanwhile, for the film.
    parent
        The window.

    Attributes
    ----------
    chosen
        Emitted with the label.
    """

    chosen = pyqtSignal(str)

    def __init__(
        self,
        take: "Take",
        labels: Sequence[str],
        looks: StyleLooks,
        shown: StyleLook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("This was …"))
        self.labels = tuple(labels)
        title = QLabel(self.tr("What was danced just now?"))
        theme.dress(title, theme.Role.TITLE)
        said = QLabel(
            self.tr("It learns from the last {time}.").format(time=seconds_words(take.seconds))
        )
        theme.dress(said, theme.Role.QUIET)
        self.film = TakeFilm(take, shown)
        self.film.setMinimumSize(150, 190)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Styles"))
        self.list.setIconSize(QSize(*(round(_MARK * theme.LOOK.text_scale),) * 2))
        self.list.ensurePolished()  # or rows are as high as they would be undressed
        for number, label in enumerate(self.labels, start=1):
            look = looks.of(label)
            key = f"{number}   " if number <= _ROWS else "     "
            item = QListWidgetItem(mark_icon(look), f"{key}{look.word}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, look.word)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda item: self._choose(self.list.row(item)))
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        cancel.setAutoDefault(False)
        self.choose_button = QPushButton(self.tr("&It was this"))
        self.choose_button.setProperty("primary", True)
        self.choose_button.setDefault(True)
        self.choose_button.clicked.connect(lambda: self._choose(self.list.currentRow()))
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.film, 2)
        middle.addWidget(self.list, 3)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.choose_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 22)
        column.setSpacing(10)
        column.addWidget(title)
        column.addWidget(said)
        column.addLayout(middle, 1)
        column.addLayout(row)
        for part in (self, self.list, cancel, self.choose_button):
            part.installEventFilter(self)
        self.list.setFocus()
        scale = theme.LOOK.text_scale
        self.resize(round(500 * scale), round((250 + 32 * min(len(self.labels), _ROWS)) * scale))

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Choose by number, wherever the keyboard is: a list would look for the number."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._choose_by(event.text())
        return super().eventFilter(watched, event)

    def _choose_by(self, letters: str) -> bool:
        number = int(letters) if letters in tuple("123456789") else 0
        if not 0 < number <= min(len(self.labels), _ROWS):
            return False
        self._choose(number - 1)
        return True

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self.labels):
            self.accept()
            self.chosen.emit(self.labels[place])


def mark_icon(look: StyleLook) -> QIcon:
    """Return the mark of a style for a list."""
    size = round(_MARK * theme.LOOK.text_scale)
    pixmap = QPixmap(QSize(2 * size, 2 * size))
    pixmap.setDevicePixelRatio(2.0)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    middle = pixmap.rect().center() / 2
    paint_shape(painter, look.shape, middle.toPointF(), size * 0.72, look.colour)
    painter.end()
    return QIcon(pixmap)
