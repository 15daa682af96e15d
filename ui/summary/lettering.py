"""Words on the page."""

from typing import Final

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from choreai_live.ui.style_look import StyleLook, paint_shape

LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

translate = QCoreApplication.translate


def changes_words(changes: int) -> str:
    """Return how often the style changed, in words."""
    if changes == 0:
        return translate("Summary", "no change")
    if changes == 1:
        return translate("Summary", "1 change")
    return translate("Summary", "{number} changes").format(number=changes)


def draw(
    painter: QPainter,
    area: QRectF,
    words: str,
    font: QFont,
    ink: QColor,
    where: Qt.AlignmentFlag = LEFT,
) -> None:
    """Draw one line of words in `area`."""
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(area, where, words)


def draw_marked(
    painter: QPainter, area: QRectF, look: StyleLook, words: str, font: QFont, ink: QColor
) -> None:
    """Draw the mark of a style and one line of words behind it."""
    metrics = QFontMetricsF(font)
    size = metrics.capHeight() * 0.9
    paint_shape(
        painter,
        look.shape,
        QPointF(area.left() + size / 2, area.center().y()),
        size,
        look.colour,
    )
    draw(painter, area.adjusted(size * 1.5, 0, 0, 0), words, font, ink)


def elided(words: str, font: QFont, width: float) -> str:
    """Return `words`, shortened with an ellipsis in the middle where they do not fit."""
    return QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideMiddle, width)
