"""What was danced in the last minutes, one lane per dancer."""

from collections.abc import Iterator
from math import ceil

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from choreai_live.messages import Snapshot
from choreai_live.ui import theme
from choreai_live.ui.style_history import Stretch, StyleHistory
from choreai_live.ui.style_look import Shape, StyleLooks, paint_shape

#: Most lanes drawn: those of the dancers seen last.
_LANES = 4
#: Seconds between repaints; the strip moves by less than a pixel in between.
_REPAINT = 0.2

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TimelineStrip(QWidget):
    """A ribbon that fills from left to right, then moves on.

    Shows the whole of a short file, and the last minutes of everything else.
    """

    #: Seconds the strip is long, unless the source is shorter.
    SPAN = 180.0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Timeline"))
        self.history = StyleHistory(self.SPAN + 5.0)
        self._looks = StyleLooks()
        self._span = self.SPAN
        self._whole = False
        # Where the source's clock was at its first snapshot: recordings begin anywhere.
        self._begin: float | None = None
        self._painted = 0.0

    def set_looks(self, looks: StyleLooks) -> None:
        """Say what the styles look like."""
        self._looks = looks
        self.update()

    def start(self, duration: float | None) -> None:
        """Begin a new source of `duration` seconds, None when endless or unknown."""
        self.history.clear()
        self._whole = duration is not None and 0.0 < duration <= self.SPAN
        self._span = duration if self._whole and duration else self.SPAN
        self._begin = None
        self._painted = 0.0
        self.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Add one snapshot."""
        time = snapshot.frame.time
        if self._begin is None:
            self._begin = time
        self.history.record(snapshot.readouts, time)
        if abs(time - self._painted) >= _REPAINT:
            self._painted = time
            self.update()

    def sizeHint(self) -> QSize:
        """Suggest a lane and its scale."""
        return QSize(800, int(112 * theme.unit(self)))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw lanes and scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        u = theme.unit(self)
        margin = theme.MARGIN * u
        area = QRectF(margin, 16 * u, self.width() - 2 * margin, self.height() - 46 * u)
        self._paint_scale(painter, area, u)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.SURFACE)
        painter.drawRoundedRect(area, 6 * u, 6 * u)
        lanes = sorted(self.history.dancers.items(), key=lambda lane: (-lane[1][-1].end, lane[0]))
        lanes = sorted(lanes[:_LANES])
        if not lanes:
            return
        gap = 3 * u
        height = (area.height() - gap * (len(lanes) - 1)) / len(lanes)
        painter.setFont(theme.text_font(min(12 * u, height)))
        for index, (dancer, stretches) in enumerate(lanes):
            lane = QRectF(area.left(), area.top() + index * (height + gap), area.width(), height)
            if len(lanes) > 1:
                painter.setPen(theme.FAINT)
                number = QRectF(0, lane.top(), area.left() - 5 * u, height)
                painter.drawText(number, _RIGHT, str(dancer))
            for stretch in stretches:
                self._paint_stretch(painter, lane, stretch, u)
        if self._whole or self.history.now - self._start() < self._span:
            x = self._x(self.history.now, area)
            painter.setPen(QPen(theme.TEXT, 2 * u))
            painter.drawLine(QPointF(x, area.top() - 4 * u), QPointF(x, area.bottom() + 4 * u))

    def _start(self) -> float:
        begin = self._begin or 0.0
        return begin if self._whole else max(begin, self.history.now - self._span)

    def _x(self, time: float, area: QRectF) -> float:
        share = (time - self._start()) / self._span
        return area.left() + area.width() * min(max(share, 0.0), 1.0)

    def _paint_stretch(self, painter: QPainter, lane: QRectF, stretch: Stretch, u: float) -> None:
        left, right = self._x(stretch.start, lane), self._x(stretch.end, lane)
        if right - left < 0.5:
            return
        look = self._looks.of(stretch.label)
        painter.setPen(Qt.PenStyle.NoPen)
        if stretch.label is None:
            middle = lane.center().y()
            painter.setBrush(theme.blend(look.colour, theme.SURFACE, 0.55))
            painter.drawRect(QRectF(left, middle - 1.5 * u, right - left, 3 * u))
            return
        block = QRectF(left, lane.top(), right - left, lane.height())
        radius = min(6 * u, block.width() / 2)
        painter.setBrush(theme.blend(look.colour, theme.BACKGROUND, 0.1))
        painter.drawRoundedRect(block, radius, radius)
        ink = theme.BACKGROUND
        size = min(19 * u, lane.height() * 0.8)
        font = theme.text_font(size, strong=True)
        wide = QFontMetricsF(font).horizontalAdvance(look.word)
        mark = size * 0.72
        if look.shape is not Shape.RING and block.width() > mark + 14 * u:
            paint_shape(
                painter, look.shape, QPointF(left + 8 * u + mark / 2, block.center().y()), mark, ink
            )
        if block.width() > wide + mark + 26 * u:
            painter.setFont(font)
            painter.setPen(ink)
            text = block.adjusted(14 * u + mark, 0, 0, 0)
            painter.drawText(text, _LEFT, look.word)

    def _paint_scale(self, painter: QPainter, area: QRectF, u: float) -> None:
        painter.setFont(theme.text_font(13 * u))
        metrics = QFontMetricsF(painter.font())
        for time in self._ticks():
            x = self._x(time, area)
            words = f"{int(time) // 60}:{int(time) % 60:02d}"
            width = metrics.horizontalAdvance(words)
            text_x = min(max(x - width / 2, area.left()), area.right() - width)
            painter.setPen(theme.FAINT)
            painter.drawText(QPointF(text_x, area.bottom() + 20 * u), words)

    def _ticks(self) -> Iterator[float]:
        step = next(s for s in (1, 2, 5, 10, 15, 30, 60) if self._span / s <= 9 or s == 60)
        time = ceil(self._start() / step) * step
        while time <= self._start() + self._span:
            yield float(time)
            time += step
