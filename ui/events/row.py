"""One event as it is drawn: when and where in small letters, what below, as tall as it takes."""

from functools import lru_cache
from math import ceil
from typing import Final

from PyQt6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QPolygonF, QTextLayout, QTextOption
from PyQt6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from choreai_live.ui import theme
from choreai_live.ui.events.log import Event
from choreai_live.ui.events.model import EVENT_ROLE
from choreai_live.ui.events.words import kind_words

#: Around the words of a row, and between its mark and them, logical pixels.
_PAD: Final = 7
_MARK: Final = 20


class EventRow(QStyledItemDelegate):
    """Draws the rows of the log in the theme and the size of text in use."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        """Return what the words take at the width of the view."""
        width = max(option.rect.width() if option.rect.width() > 0 else self._width(), 80)
        event = index.data(EVENT_ROLE)
        room = width - 1 - self._inset() - _PAD
        tall = _height_of(event.words, room, theme.LOOK.text_scale)
        _, small = _small_font(theme.LOOK.text_scale)
        return QSize(width, small.height() + tall + 2 * _PAD + 2)

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        """Draw one row."""
        event = index.data(EVENT_ROLE)
        if painter is None or not isinstance(event, Event):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.HAIRLINE)
            painter.drawRoundedRect(QRectF(area).adjusted(2, 1, -2, -1), 7, 7)
        self._paint_words(painter, area, event)
        painter.restore()

    def _paint_words(self, painter: QPainter, area: QRect, event: Event) -> None:
        font, small = _small_font(theme.LOOK.text_scale)
        left, right = area.left() + self._inset(), area.right() - _PAD
        top, height = area.top() + _PAD, small.height()
        _paint_mark(painter, QPointF(area.left() + 15, top + height / 2), event.warning)
        painter.setFont(font)
        time = f"{event.when:%H:%M:%S}"
        kind = kind_words(event.kind)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.SECONDARY)
        painter.drawText(QRect(left, top, right - left, height), middle, time)
        painter.drawText(
            QRect(left, top, right - left, height), middle | Qt.AlignmentFlag.AlignRight, kind
        )
        begin = left + small.horizontalAdvance(time) + 12
        room = right - small.horizontalAdvance(kind) - 12 - begin
        name = small.elidedText(event.source, Qt.TextElideMode.ElideMiddle, max(room, 0))
        painter.drawText(QRect(begin, top, room, height), middle, name)
        painter.setPen(theme.WARNING if event.warning else theme.TEXT)
        words = _laid_out(event.words, right - left, theme.LOOK.text_scale)
        words.draw(painter, QPointF(left, top + height + 2))

    def _inset(self) -> int:
        return _PAD + _MARK

    def _width(self) -> int:
        view = self.parent()
        viewport = view.viewport() if isinstance(view, QTreeView) else None
        return viewport.width() if viewport is not None else 300


@lru_cache(maxsize=4096)
def _height_of(words: str, width: int, scale: float) -> int:
    """Return how tall words are in lines of so many pixels, `scale` times as large as drawn."""
    _, metrics = _words_font(scale)
    # Most are short; laying them out takes four times as long.
    if metrics.horizontalAdvance(words) < width - 1:
        return metrics.height()
    return ceil(_laid_out(words, width, scale).boundingRect().height())


def _laid_out(words: str, width: int, scale: float) -> QTextLayout:
    """Return words in lines of so many pixels; breaks even a long word."""
    font, _ = _words_font(scale)
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0.0, height))
        height += line.height()
    layout.endLayout()
    return layout


def _paint_mark(painter: QPainter, centre: QPointF, warning: bool) -> None:
    """Draw a triangle for what needs somebody, a dot for all else."""
    painter.setPen(Qt.PenStyle.NoPen)
    if not warning:
        painter.setBrush(theme.FAINT)
        painter.drawEllipse(centre, 2.6, 2.6)
        return
    painter.setBrush(theme.WARNING)
    corners = [QPointF(0.0, -5.0), QPointF(5.4, 4.4), QPointF(-5.4, 4.4)]
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))


@lru_cache(maxsize=4)
def _small_font(scale: float) -> tuple[QFont, QFontMetrics]:
    font = theme.text_font(12 * scale)
    return font, QFontMetrics(font)


@lru_cache(maxsize=4)
def _words_font(scale: float) -> tuple[QFont, QFontMetrics]:
    font = theme.text_font(14 * scale)
    return font, QFontMetrics(font)
