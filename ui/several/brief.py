"""What a tile says over its picture: the message card's words, where there is room for few."""

from typing import Final

from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import (
    QAction,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PyQt6.QtWidgets import QPushButton, QWidget

from choreai_live.ui import theme

#: Between the words and the edge of the tile, pixels for text as drawn.
_MARGIN: Final = 14
#: A picture lower than so many button heights has no room for a button.
_ROOM: Final = 4.0
_LINES: Final = 4
_ROUND: Final = 10.0
#: From the top of the heading to the sentence, in heights of the heading.
_GAP: Final = 1.3


class Brief(QWidget):
    """A heading, as much of a sentence as fits, and the one next step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = ""
        self._sentence = ""
        self._action: QAction | None = None
        self._button = QPushButton(self)
        self._button.setCursor(Qt.CursorShape.PointingHandCursor)
        # A key does the same for the chosen tile; Tab goes from tile to tile.
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self._trigger)
        theme.LOOK.changed.connect(self._place)
        self.hide()

    @property
    def heading(self) -> str:
        """What it says in large letters."""
        return self._heading

    @property
    def sentence(self) -> str:
        """What it says below, all of it."""
        return self._sentence

    @property
    def button(self) -> QPushButton:
        """The next step; hidden where there is none, or no room for it."""
        return self._button

    def say(self, heading: str, sentence: str, action: QAction | None) -> None:
        """Say something; `action` is the next step, if there is one."""
        self._heading, self._sentence, self._action = heading, sentence, action
        self._button.setText(action.iconText() if action is not None else "")
        self.setToolTip(sentence)
        self.setAccessibleName(f"{heading}. {sentence}")
        self._place()
        self.show()
        self.raise_()
        self.update()

    def change_heading(self, heading: str) -> None:
        """Say something else in large letters, and leave the rest as it is."""
        if heading != self._heading:
            self._heading = heading
            self.update()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the button in its place."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self._words()
        large, small = QFontMetricsF(self._large()), QFontMetricsF(self._small())
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        heading = large.elidedText(self._heading, Qt.TextElideMode.ElideRight, room.width())
        lines = self._lines()
        widths = [large.horizontalAdvance(heading), *map(small.horizontalAdvance, lines)]
        self._paint_plate(painter, room, max(widths))
        painter.setFont(self._large())
        painter.setPen(theme.TEXT)
        painter.drawText(room, centre, heading)
        painter.setFont(self._small())
        painter.setPen(theme.SECONDARY)
        room.setTop(room.top() + _GAP * large.height())
        for line in lines:
            painter.drawText(room, centre, line)
            room.setTop(room.top() + small.lineSpacing())

    def _paint_plate(self, painter: QPainter, room: QRectF, width: float) -> None:
        """Draw the ground of words `width` pixels wide: legible over every picture."""
        plate = QRectF(room.center().x() - width / 2, room.top(), width, room.height())
        if not self._button.isHidden():
            plate = plate.united(QRectF(self._button.geometry()))
        around = _MARGIN * theme.LOOK.text_scale
        plate.adjust(-around, -around / 2, around, around / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.faded(theme.SURFACE, 0.86))
        painter.drawRoundedRect(plate, _ROUND, _ROUND)

    def _lines(self) -> list[str]:
        """Return the sentence in lines, the last one shortened where there is more."""
        large, metrics = QFontMetricsF(self._large()), QFontMetricsF(self._small())
        room = self._room()
        left = room.height() - _GAP * large.height()
        most = min(int(left // metrics.lineSpacing()), _LINES)
        if most < 1 or not self._sentence:
            return []
        layout = QTextLayout(self._sentence, self._small())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        starts: list[int] = []
        while len(starts) < most:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room.width())
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(self._sentence)]
        lines = [self._sentence[a:b].strip() for a, b in zip(starts, ends, strict=True)]
        lines[-1] = metrics.elidedText(lines[-1], Qt.TextElideMode.ElideRight, room.width())
        return lines

    def _room(self) -> QRectF:
        """Return where there is room for words."""
        margin = _MARGIN * theme.LOOK.text_scale
        room = QRectF(self.rect()).adjusted(margin, margin / 2, -margin, -margin / 2)
        if not self._button.isHidden():
            room.setBottom(room.bottom() - self._button.height() - margin)
        return room

    def _words(self) -> QRectF:
        """Return where the words are: with the button below them in the middle of it all."""
        room, lines = self._room(), len(self._lines())
        large, small = QFontMetricsF(self._large()), QFontMetricsF(self._small())
        height = large.height()
        if lines:
            height += (_GAP - 1.0) * large.height() + lines * small.lineSpacing()
        room.setTop(room.top() + max((room.height() - height) / 2, 0.0))
        room.setHeight(height)
        return room

    def _place(self) -> None:
        hint = self._button.sizeHint()
        there = self._action is not None and self.height() >= _ROOM * hint.height()
        self._button.setVisible(there)
        if there:
            self._button.resize(hint)
            below = self._words().bottom() + _MARGIN * theme.LOOK.text_scale
            self._button.move((self.width() - hint.width()) // 2, round(below))
        self.update()

    def _trigger(self) -> None:
        if self._action is not None:
            self._action.trigger()

    def _large(self) -> QFont:
        return theme.text_font(17 * theme.LOOK.text_scale, strong=True)

    def _small(self) -> QFont:
        return theme.text_font(13 * theme.LOOK.text_scale)
