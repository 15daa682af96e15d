"""Drawing what was danced when: lanes of stretches over a scale of time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Protocol

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter, QPen

from choreai_live.ui import theme
from choreai_live.ui.clock import clock
from choreai_live.ui.style_history import Stretch
from choreai_live.ui.style_look import Shape, StyleLooks, full_word, paint_shape

#: Most lanes drawn: those of the dancers seen last.
_LANES: Final = 4
#: Share of the ground in the line of *not sure*, and in whatever came after a time that is
#: looked at again: both step back, and stay 3:1 apart from what they are on in both themes.
UNSURE: Final = 0.15
LATER: Final = 0.2
#: Most marks on the scale.
_MARKS: Final = 9
_STEPS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Block(Protocol):
    """Seconds of the source's clock during which one label stood; None is *not sure*."""

    @property
    def start(self) -> float: ...  # noqa: D102
    @property
    def end(self) -> float: ...  # noqa: D102
    @property
    def label(self) -> str | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Ribbon:
    """Where time is on a widget.

    Parameters
    ----------
    area
        Of the lanes, pixels.
    start, span
        The time at its left edge and how much fits, seconds.
    """

    area: QRectF
    start: float
    span: float

    def x(self, time: float) -> float:
        """Return where `time` is, at an edge for what does not fit."""
        share = (time - self.start) / self.span
        return self.area.left() + self.area.width() * min(max(share, 0.0), 1.0)

    def time(self, x: float) -> float:
        """Return the time at `x`, outside of the area too."""
        return self.start + (x - self.area.left()) / max(self.area.width(), 1.0) * self.span


def paint_ribbon(
    painter: QPainter,
    ribbon: Ribbon,
    dancers: Mapping[int, Sequence[Block]],
    looks: StyleLooks,
    u: float,
    *,
    origin: float = 0.0,
    scale: bool = True,
) -> None:
    """Draw one lane per dancer and the scale below.

    Parameters
    ----------
    painter
        Where to draw.
    ribbon
        Where time is.
    dancers
        Track id to what was danced, in order of time.
    looks
        What the styles look like.
    u
        How much larger than on the reference window everything is.
    origin
        Where the scale reads 0:00, seconds.
    scale
        Whether to draw the scale.
    """
    area = ribbon.area
    if scale:
        paint_scale(painter, ribbon, u, origin)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.SURFACE)
    painter.drawRoundedRect(area, 6 * u, 6 * u)
    seen = sorted(dancers.items(), key=lambda lane: (-lane[1][-1].end, lane[0]))
    shown = sorted(seen[:_LANES])
    if not shown:
        return
    gap = 3 * u
    height = (area.height() - gap * (len(shown) - 1)) / len(shown)
    for index, (dancer, stretches) in enumerate(shown):
        lane = QRectF(area.left(), area.top() + index * (height + gap), area.width(), height)
        if len(shown) > 1:
            painter.setFont(theme.text_font(min(12 * u, height)))
            painter.setPen(theme.FAINT)
            number = QRectF(0, lane.top(), area.left() - 5 * u, height)
            painter.drawText(number, _RIGHT, str(dancer))
        for stretch in stretches:
            _paint_stretch(painter, ribbon, lane, stretch, looks, u)


def paint_scale(painter: QPainter, ribbon: Ribbon, u: float, origin: float) -> None:
    """Draw times below the ribbon, counted from `origin`."""
    area = ribbon.area
    painter.setFont(theme.text_font(13 * u))
    metrics = QFontMetricsF(painter.font())
    painter.setPen(theme.FAINT)
    for time in _ticks(ribbon.start - origin, ribbon.span):
        words = clock(time)
        width = metrics.horizontalAdvance(words)
        x = ribbon.x(time + origin) - width / 2
        text_x = min(max(x, area.left()), area.right() - width)
        painter.drawText(QPointF(text_x, area.bottom() + 20 * u), words)


def paint_cursor(
    painter: QPainter, ribbon: Ribbon, time: float, u: float, *, handle: bool = False
) -> None:
    """Draw a line at `time`, with something to take hold of if `handle`."""
    x = ribbon.x(time)
    top, bottom = ribbon.area.top() - 4 * u, ribbon.area.bottom() + 4 * u
    painter.setPen(QPen(theme.TEXT, 2 * u))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    if handle:
        painter.setPen(QPen(theme.BACKGROUND, 2 * u))
        painter.setBrush(theme.TEXT)
        painter.drawEllipse(QPointF(x, top), 6 * u, 6 * u)


def _paint_stretch(
    painter: QPainter, ribbon: Ribbon, lane: QRectF, stretch: Block, looks: StyleLooks, u: float
) -> None:
    left, right = ribbon.x(stretch.start), ribbon.x(stretch.end)
    if right - left < 0.5:
        return
    look = looks.of(stretch.label)
    painter.setPen(Qt.PenStyle.NoPen)
    if stretch.label is None:
        middle = lane.center().y()
        painter.setBrush(theme.blend(look.colour, theme.SURFACE, UNSURE))
        painter.drawRect(QRectF(left, middle - 1.5 * u, right - left, 3 * u))
        return
    block = QRectF(left, lane.top(), right - left, lane.height())
    radius = min(6 * u, block.width() / 2)
    painter.setBrush(theme.blend(look.colour, theme.BACKGROUND, 0.1))
    painter.drawRoundedRect(block, radius, radius)
    ink = theme.BACKGROUND
    size = min(19 * u, lane.height() * 0.8)
    font = theme.text_font(size, strong=True)
    word = look.word
    metrics = QFontMetricsF(font)
    if isinstance(stretch, Stretch) and stretch.finer is not None:
        fuller = full_word(look, stretch.finer)
        if block.width() > metrics.horizontalAdvance(fuller) + size * 0.72 + 26 * u:
            word = fuller
    wide = metrics.horizontalAdvance(word)
    mark = size * 0.72
    if look.shape is not Shape.RING and block.width() > mark + 14 * u:
        paint_shape(
            painter, look.shape, QPointF(left + 8 * u + mark / 2, block.center().y()), mark, ink
        )
    if block.width() > wide + mark + 26 * u:
        painter.setFont(font)
        painter.setPen(ink)
        painter.drawText(block.adjusted(14 * u + mark, 0, 0, 0), _LEFT, word)


def _ticks(start: float, span: float) -> Iterator[float]:
    step = next((s for s in _STEPS if span / s <= _MARKS), _STEPS[-1])
    time = ceil(start / step) * step
    while time <= start + span:
        yield float(time)
        time += step
