"""The page of one dancer."""

from typing import Final

from PyQt6.QtCore import QCoreApplication, QRectF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter

from choreai_live.style.choreography import Choreography, Dance
from choreai_live.ui import theme
from choreai_live.ui.lookback.ribbon import Ribbon, paint_ribbon
from choreai_live.ui.lookback.words import length_words
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.summary.lettering import RIGHT, draw, draw_marked

#: Most styles with a bar; the others hardly show.
_BARS: Final = 4
_ROW: Final = 50.0

translate = QCoreApplication.translate


def paint_solo(painter: QPainter, area: QRectF, whole: Choreography, looks: StyleLooks) -> None:
    """Draw what one dancer danced.

    Parameters
    ----------
    painter
        Where to draw.
    area
        Of the page below its head.
    whole
        With one dance.
    looks
        What the styles look like.
    """
    dance = whole.dances[0]
    _paint_headline(painter, area, dance, looks)
    middle = QRectF(area.left(), area.top() + 158, area.width(), 4 * _ROW)
    _paint_shares(painter, QRectF(middle.topLeft(), middle.bottomRight()), dance, looks)
    _paint_figures(painter, middle, dance, looks)
    ribbon = QRectF(area.left(), area.bottom() - 92, area.width(), 66)
    span = max(whole.duration, 1.0)
    paint_ribbon(
        painter,
        Ribbon(ribbon, whole.start, span),
        {dance.id: dance.segments},
        looks,
        1.15,
        origin=whole.start,
    )


def _paint_headline(painter: QPainter, area: QRectF, dance: Dance, looks: StyleLooks) -> None:
    line = QRectF(area.left(), area.top(), area.width(), 92)
    most = dance.mostly
    look = looks.of(most)
    if most is None:
        words = translate("Summary", "No style stood out")
        below = translate("Summary", "in {total}").format(total=length_words(dance.total))
    else:
        words = translate("Summary", "Mostly {style}").format(style=look.word)
        below = translate("Summary", "{part} of {total}").format(
            part=length_words(dance.seconds[most]), total=length_words(dance.total)
        )
    font = theme.display_font(76)
    wide = QFontMetricsF(font).horizontalAdvance(words)
    if wide > line.width() - 90:
        font = theme.display_font(76 * (line.width() - 90) / wide)
    draw_marked(painter, line, look, words, font, theme.TEXT)
    line.moveTop(line.bottom() - 2)
    line.setHeight(36)
    draw(painter, line, below, theme.text_font(25), theme.SECONDARY)


def _paint_shares(painter: QPainter, area: QRectF, dance: Dance, looks: StyleLooks) -> None:
    width = area.width() * 0.54
    for number, (label, share) in enumerate(list(dance.shares.items())[:_BARS]):
        look = looks.of(label)
        row = QRectF(area.left(), area.top() + number * _ROW, width, 28)
        ink = theme.SECONDARY if label is None else theme.TEXT
        draw_marked(painter, row, look, look.word, theme.text_font(21, strong=number == 0), ink)
        percent = translate("Summary", "{percent}%").format(percent=round(share * 100))
        draw(painter, row, percent, theme.text_font(21, strong=True), ink, RIGHT)
        time = length_words(dance.seconds[label])
        draw(painter, row.adjusted(0, 0, -76, 0), time, theme.text_font(19), theme.SECONDARY, RIGHT)
        rail = QRectF(row.left(), row.bottom() + 3, width, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.HAIRLINE)
        painter.drawRoundedRect(rail, 4, 4)
        rail.setWidth(max(8.0, rail.width() * share))
        painter.setBrush(look.colour)
        painter.drawRoundedRect(rail, 4, 4)


def _paint_figures(painter: QPainter, area: QRectF, dance: Dance, looks: StyleLooks) -> None:
    left = area.left() + area.width() * 0.64
    column = QRectF(left, area.top(), area.right() - left, 28)
    caption, figure = theme.text_font(21), theme.display_font(50)
    draw(painter, column, translate("Summary", "Longest streak"), caption, theme.SECONDARY)
    line = QRectF(column.left(), column.bottom() + 2, column.width(), 60)
    if dance.longest is None:
        draw(painter, line, translate("Summary", "none"), figure, theme.SECONDARY)
    else:
        look = looks.of(dance.longest.label)
        words = length_words(dance.longest.seconds)
        draw_marked(painter, line, look, words, figure, theme.TEXT)
    column.translate(0, 2 * _ROW)
    draw(painter, column, translate("Summary", "Changes of style"), caption, theme.SECONDARY)
    line = QRectF(column.left(), column.bottom() + 2, column.width(), 60)
    draw(painter, line, str(dance.changes), figure, theme.TEXT)
