"""How much of each style was danced: a mark, a word, a line and a time each."""

from collections.abc import Mapping, Sequence
from typing import Final

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter

from choreai_live.ui import theme
from choreai_live.ui.style_look import Shape, StyleLooks, paint_shape

translate = QCoreApplication.translate

#: Measures on the reference screen, pixels.
_TITLE: Final = 20
_WORD: Final = 27
_PITCH: Final = 56
_HEAD: Final = 46
#: Less than this many seconds of everything says nothing yet.
_WORTH_TELLING: Final = 30.0


def chart_height(looks: StyleLooks, unit: float) -> float:
    """Return the pixels the chart needs."""
    return (_HEAD + _PITCH * len(_known(looks))) * unit


def paint_chart(
    painter: QPainter,
    area: QRectF,
    looks: StyleLooks,
    danced: Mapping[str, float],
    hours: int,
    unit: float,
) -> None:
    """Draw the chart, or what styles there are before there is anything to chart.

    Parameters
    ----------
    painter, area
        Where to draw; as high as :func:`chart_height` says.
    looks
        Of the styles.
    danced
        Style to seconds.
    hours
        Over how many hours.
    unit
        Scale of the screen.
    """
    labels = _known(looks)
    told = sum(danced.get(label, 0.0) for label in labels) >= _WORTH_TELLING
    title = (
        translate("StyleChart", "Danced here in the last {hours} hours").format(hours=hours)
        if told
        else translate("StyleChart", "The styles it knows")
    )
    painter.setFont(theme.text_font(_TITLE * unit))
    painter.setPen(theme.SECONDARY)
    painter.drawText(QRectF(area.left(), area.top(), area.width(), 30 * unit), _LEFT, title)
    longest = max((danced.get(label, 0.0) for label in labels), default=0.0)
    font = theme.text_font(_WORD * unit, strong=True)
    line = QFontMetricsF(font).height()
    y = area.top() + _HEAD * unit
    for label in labels:
        look, seconds = looks.of(label), danced.get(label, 0.0)
        row = QRectF(area.left(), y, area.width(), line)
        middle = QPointF(row.left() + 10 * unit, row.center().y())
        paint_shape(painter, look.shape, middle, 19 * unit, look.colour)
        painter.setFont(font)
        painter.setPen(theme.TEXT)
        painter.drawText(row.adjusted(36 * unit, 0, 0, 0), _LEFT, look.word)
        if told:
            painter.setFont(theme.text_font(_WORD * unit))
            painter.setPen(theme.SECONDARY)
            painter.drawText(row, _RIGHT, spoken_time(seconds))
            rail = QRectF(row.left(), row.bottom() + 4 * unit, row.width(), 6 * unit)
            _paint_rail(painter, rail, 1.0, theme.faded(theme.TEXT, 0.12))
            if seconds > 0.0:
                _paint_rail(painter, rail, seconds / longest, look.colour)
        y += _PITCH * unit


def spoken_time(seconds: float) -> str:
    """Return a duration as people say it."""
    minutes = round(seconds / 60)
    if seconds < 1:
        return "–"  # noqa: RUF001 - a dash, as in tables
    if seconds < 60:
        return translate("StyleChart", "{seconds} s").format(seconds=round(seconds))
    if minutes < 60:
        return translate("StyleChart", "{minutes} min").format(minutes=minutes)
    return translate("StyleChart", "{hours} h {minutes} min").format(
        hours=minutes // 60, minutes=minutes % 60
    )


def _known(looks: StyleLooks) -> Sequence[str]:
    return [label for label in looks.labels if looks.of(label).shape is not Shape.RING]


def _paint_rail(painter: QPainter, rail: QRectF, share: float, colour: object) -> None:
    filled = QRectF(rail)
    filled.setWidth(max(rail.height(), rail.width() * share))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)  # type: ignore[call-overload]
    painter.drawRoundedRect(filled, rail.height() / 2, rail.height() / 2)


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
