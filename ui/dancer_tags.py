"""The small signs above the dancers' heads."""

from collections.abc import Sequence
from typing import Final

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from choreai_live.messages import Readout, Track
from choreai_live.ui import theme
from choreai_live.ui.skeleton_painter import presence
from choreai_live.ui.style_look import StyleLook, full_word, paint_shape

#: Share of the way to its place that a tag moves per picture, of 30 a second: glides, does
#: not shake.
_EASE: Final = 0.3
_RATE: Final = 30.0
#: Nearer to its place than this, pixels, a tag has arrived.
_ARRIVED: Final = 0.4

translate = QCoreApplication.translate

Tagged = tuple[Track, Readout | None, StyleLook, QRectF]


class DancerTags:
    """Places and draws the tags; remembers where they were so that they glide.

    Parameters
    ----------
    size
        How much larger than the window's the tags are.
    numbered
        Whether tags of several dancers begin with their track ids.
    marked
        Whether the tag of the big readout's dancer is filled with the colour of the style.
    """

    def __init__(
        self,
        *,
        size: float = 1.0,
        numbered: bool = True,
        marked: bool = False,
    ) -> None:
        self._size = size
        self._numbered = numbered
        self._marked = marked
        self._places: dict[int, QPointF] = {}
        self._ways: list[QRectF] = []
        self._gliding = False

    @property
    def gliding(self) -> bool:
        """Whether a tag was on its way when they were last drawn."""
        return self._gliding

    @property
    def ways(self) -> tuple[QRectF, ...]:
        """Where the tags were last drawn, and where they are on their way to."""
        return tuple(self._ways)

    def forget(self) -> None:
        """Let the next tags appear where they belong at once."""
        self._places.clear()
        self._ways.clear()
        self._gliding = False

    def paint(
        self,
        painter: QPainter,
        area: QRectF,
        dancers: Sequence[Tagged],
        prominent: int | None,
        unit: float,
        elapsed: float = 1.0 / _RATE,
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
        prominent
            Track id of the dancer of the big readout; marked among several.
        unit
            Scale of the window, see :func:`choreai_live.ui.theme.unit`.
        elapsed
            Seconds since they were last drawn.
        """
        unit *= self._size
        several = len(dancers) > 1
        font = theme.text_font(16 * unit, strong=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        taken: list[QRectF] = []
        moved = 1.0 - (1.0 - _EASE) ** (max(elapsed, 0.0) * _RATE)
        self._gliding = False
        self._ways = []
        present: dict[int, QPointF] = {}
        for track, readout, look, box in reversed(dancers):
            words = tag_words(readout, look, track.id if several and self._numbered else None)
            height = 30 * unit
            width = metrics.horizontalAdvance(words) + 46 * unit
            lift = 10 * unit + 0.04 * box.height()  # clear of the hair, which no keypoint marks
            wanted = QPointF(box.center().x(), box.top() - lift - height / 2)
            before = self._places.get(track.id, wanted)
            centre = before + (wanted - before) * moved
            if (wanted - centre).manhattanLength() > _ARRIVED:
                self._gliding = True
            else:
                centre = wanted
            present[track.id] = centre
            sign = QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
            sign = _within(sign, area.adjusted(8, 8, -8, -8))
            sign = _clear(sign, taken, 4 * unit, area)
            taken.append(sign)
            there = QRectF(sign)
            there.translate(wanted - centre)
            self._ways.append(sign.united(there))
            painter.setOpacity(presence(track))
            chosen = track.id == prominent
            filled = chosen and several and self._marked
            _paint_tag(painter, sign, words, look, 1.0 if chosen else 0.45, unit, filled)
        painter.setOpacity(1.0)
        self._places = present


def tag_words(readout: Readout | None, look: StyleLook, number: int | None = None) -> str:
    """Return what a dancer's tag says, `number` first where there are several."""
    if readout is None:
        words = translate("DancerTags", "Watching")
    elif readout.label is None:
        words = look.word
    else:
        words = translate("DancerTags", "{style}  {percent}%").format(
            style=full_word(look, readout.finer), percent=round(readout.confidence * 100)
        )
    return words if number is None else f"{number}  {words}"


def _paint_tag(
    painter: QPainter,
    sign: QRectF,
    words: str,
    look: StyleLook,
    strength: float,
    unit: float,
    filled: bool,
) -> None:
    painter.setPen(QPen(theme.faded(look.bright, strength), 1.5 * unit))
    painter.setBrush(look.bright if filled else QColor(10, 12, 16, 214))
    painter.drawRoundedRect(sign, sign.height() / 2, sign.height() / 2)
    mark = QPointF(sign.left() + 17 * unit, sign.center().y())
    ink = theme.DARK.background if filled else theme.DARK.text
    paint_shape(painter, look.shape, mark, 13 * unit, ink if filled else look.bright)
    painter.setPen(ink)
    painter.drawText(
        sign.adjusted(31 * unit, 0, -12 * unit, 0),
        Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        words,
    )


def _clear(sign: QRectF, taken: Sequence[QRectF], gap: float, area: QRectF) -> QRectF:
    """Return a sign moved up or down until it hides no other; where it was if there is no room."""
    above = [other.top() - gap - sign.height() for other in taken]
    below = [other.bottom() + gap for other in taken]
    # Upwards, so that no face is hidden, as long as there is room; never further than needed.
    higher = sorted((top for top in above if top <= sign.top()), reverse=True)
    lower = sorted(top for top in below if top > sign.top())
    for top in (sign.top(), *higher, *lower):
        moved = QRectF(sign)
        moved.moveTop(top)
        inside = area.top() <= top and moved.bottom() <= area.bottom()
        if inside and not any(moved.intersects(other) for other in taken):
            return moved
    return sign


def _within(rect: QRectF, area: QRectF) -> QRectF:
    moved = QRectF(rect)
    moved.moveLeft(max(area.left(), min(rect.left(), area.right() - rect.width())))
    moved.moveTop(max(area.top(), min(rect.top(), area.bottom() - rect.height())))
    return moved
