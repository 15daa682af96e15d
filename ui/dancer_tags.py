"""The small signs above the dancers' heads."""

from collections.abc import Sequence
from typing import Final

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from choreai_live.messages import Readout, Track
from choreai_live.ui import theme
from choreai_live.ui.skeleton_painter import presence
from choreai_live.ui.style_look import StyleLook, paint_shape

#: Share of the way to its place that a tag moves per picture: glides, does not shake.
_EASE: Final = 0.3

translate = QCoreApplication.translate

Tagged = tuple[Track, Readout | None, StyleLook, QRectF]


class DancerTags:
    """Places and draws the tags; remembers where they were so that they glide."""

    def __init__(self) -> None:
        self._places: dict[int, QPointF] = {}

    def forget(self) -> None:
        """Let the next tags appear where they belong at once."""
        self._places.clear()

    def paint(
        self, painter: QPainter, area: QRectF, dancers: Sequence[Tagged], unit: float
    ) -> None:
        """Draw one tag per dancer.

        Parameters
        ----------
        painter
            Where to draw.
        area
            The picture; tags stay inside.
        dancers
            Track, readout, look and box in widget pixels; later ones lie on top.
        unit
            Scale of the window, see :func:`choreai_live.ui.theme.unit`.
        """
        font = theme.text_font(16 * unit, strong=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        taken: list[QRectF] = []
        present: dict[int, QPointF] = {}
        for track, readout, look, box in reversed(dancers):
            words = tag_words(readout, look)
            height = 30 * unit
            width = metrics.horizontalAdvance(words) + 46 * unit
            wanted = QPointF(box.center().x(), box.top() - 12 * unit - height / 2)
            before = self._places.get(track.id, wanted)
            centre = before + (wanted - before) * _EASE
            present[track.id] = centre
            sign = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
            sign = _within(sign, area.adjusted(8, 8, -8, -8))
            for other in sorted(taken, key=QRectF.top):
                if sign.intersects(other):
                    sign.moveTop(other.bottom() + 4 * unit)
            taken.append(sign)
            painter.setOpacity(presence(track))
            _paint_tag(painter, sign, words, look, unit)
        painter.setOpacity(1.0)
        self._places = present


def tag_words(readout: Readout | None, look: StyleLook) -> str:
    """Return what a dancer's tag says."""
    if readout is None:
        return translate("DancerTags", "Watching")
    if readout.label is None:
        return look.word
    return translate("DancerTags", "{style}  {percent}%").format(
        style=look.word, percent=round(readout.confidence * 100)
    )


def _paint_tag(painter: QPainter, sign: QRectF, words: str, look: StyleLook, unit: float) -> None:
    painter.setPen(QPen(theme.faded(look.colour, 0.55), 1.25 * unit))
    painter.setBrush(QColor(10, 12, 16, 214))
    painter.drawRoundedRect(sign, sign.height() / 2, sign.height() / 2)
    mark = QPointF(sign.left() + 17 * unit, sign.center().y())
    paint_shape(painter, look.shape, mark, 13 * unit, look.colour)
    painter.setPen(theme.TEXT)
    painter.drawText(
        sign.adjusted(31 * unit, 0, -12 * unit, 0),
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        words,
    )


def _within(rect: QRectF, area: QRectF) -> QRectF:
    moved = QRectF(rect)
    moved.moveLeft(max(area.left(), min(rect.left(), area.right() - rect.width())))
    moved.moveTop(max(area.top(), min(rect.top(), area.bottom() - rect.height())))
    return moved
