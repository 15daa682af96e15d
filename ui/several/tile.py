"""A source's place in the wall: its picture, its foot, and the frame that says it is chosen."""

from typing import Final

from PyQt6.QtCore import QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from choreai_live.ui import theme
from choreai_live.ui.several.foot import Foot
from choreai_live.ui.stage import Stage

#: Around picture and foot, pixels; the frame is drawn there. And between the two, where
#: a tile is shown alone.
_FRAME: Final = 4
_PARTED: Final = 8
_ROUND: Final = 9.0

_STEPS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Tile(QWidget):
    """One source among several; where it is the only one there is, its picture and no more.

    Parameters
    ----------
    stage
        Its picture, and what is said over it.
    parent
        The wall.
    """

    #: It was clicked, or the keyboard came to it.
    picked = pyqtSignal()
    #: It, or all again, is to be shown.
    large_asked = pyqtSignal()
    remove_asked = pyqtSignal()
    #: Columns and rows to go.
    moved = pyqtSignal(int, int)

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = stage
        self.foot = Foot()
        self.foot.hide()
        self.foot.large_button.clicked.connect(self.picked)
        self.foot.large_button.clicked.connect(self.large_asked)
        self.foot.remove_button.clicked.connect(self.remove_asked)
        self._several = False
        self._chosen = False
        self._large = False
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(stage, 1)
        column.addWidget(self.foot)
        self.foot.show_large(False)

    @property
    def chosen(self) -> bool:
        """Whether it is framed."""
        return self._chosen

    def extra(self) -> QSize:
        """Return the pixels around the picture, both sides together."""
        return QSize(2 * _FRAME, 2 * _FRAME + self.foot.sizeHint().height())

    def dress(self, *, several: bool, chosen: bool, large: bool) -> None:
        """Look as one among several does.

        Parameters
        ----------
        several
            Whether there are others.
        chosen
            Whether this is the one that readout and keys are about.
        large
            Whether this one is shown alone.
        """
        self._several, self._chosen, self._large = several, chosen, large
        self.foot.setVisible(several)
        self.foot.show_large(large)
        tiled = several and not large
        self.stage.compact = tiled
        frame = _FRAME if tiled else 0
        self._column.setContentsMargins(frame, frame, frame, frame)
        self._column.setSpacing(_PARTED if large else 0)
        # One stop for Tab; arrow keys go on from there.
        tab = Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
        self.setFocusPolicy(tab if several else Qt.FocusPolicy.NoFocus)
        self.update()

    def call(self, place: str) -> None:
        """Tell screen readers what this is; `place` says which of how many."""
        words = ", ".join(word for word in (self.foot.name, self.foot.state) if word)
        name = f"{place}: {words}" if words else place
        if self._chosen:
            name = self.tr("{source}, chosen").format(source=name)
        if name != self.accessibleName():
            self.setAccessibleName(name if self._several else "")

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the ground and the frame."""
        if not self._several:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        framed = self._chosen and not self._large
        width = 3.0 if framed else 1.0
        colour = theme.TEXT if framed else theme.HAIRLINE
        if self.hasFocus():
            width, colour = 3.0, theme.LOOK.colours.focus
        painter.setPen(QPen(colour, width))
        painter.setBrush(theme.SURFACE)
        half = width / 2
        area = QRectF(self.foot.geometry() if self._large else self.rect())
        painter.drawRoundedRect(area.adjusted(half, half, -half, -half), _ROUND, _ROUND)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Be chosen."""
        if event is None:
            return
        if not self._several or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.picked.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        """Be shown alone, or with all again."""
        if event is None:
            return
        if not self._several or event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.picked.emit()
        self.large_asked.emit()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Go from tile to tile by arrow keys; Return shows one alone, or all again."""
        if event is None:
            return
        key = Qt.Key(event.key())
        if not self._several:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.moved.emit(*_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.large_asked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Show that the keyboard has gone."""
        super().focusOutEvent(event)
        self.update()
