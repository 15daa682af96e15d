"""The page of several dancers."""

from typing import Final

from PyQt6.QtCore import QCoreApplication, QRectF
from PyQt6.QtGui import QPainter

from choreai_live.style.choreography import Choreography, Dance
from choreai_live.ui import theme
from choreai_live.ui.lookback.ribbon import Ribbon, paint_ribbon, paint_scale
from choreai_live.ui.lookback.words import length_words
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.summary.lettering import LEFT, RIGHT, changes_words, draw, draw_marked, elided

#: Most dancers with a row of their own: those who were there longest.
MOST: Final = 4
_NAMES: Final = 252.0
_FIGURES: Final = 206.0

translate = QCoreApplication.translate


def paint_ensemble(painter: QPainter, area: QRectF, whole: Choreography, looks: StyleLooks) -> None:
    """Draw what several dancers danced, a row each.

    Parameters
    ----------
    painter
        Where to draw.
    area
        Of the page below its head.
    whole
        With two dances or more.
    looks
        What the styles look like.
    """
    line = QRectF(area.left(), area.top(), area.width(), 62)
    words = translate("Summary", "{number} dancers").format(number=len(whole.dances))
    draw(painter, line, words, theme.display_font(52), theme.TEXT)
    words = length_words(whole.duration)
    draw(painter, line, words, theme.text_font(25), theme.SECONDARY, RIGHT)
    shown = sorted(whole.dances[:MOST], key=lambda dance: dance.id)
    left_out = len(whole.dances) - len(shown)
    top, bottom = line.bottom() + 26, area.bottom() - 20
    height = min((bottom - top) / len(shown), 158.0)
    lanes = QRectF(area.left() + _NAMES, top, area.width() - _NAMES - _FIGURES, height * len(shown))
    for number, dance in enumerate(shown):
        row = QRectF(area.left(), top + number * height, area.width(), height)
        _paint_row(painter, row, lanes, whole, dance, looks)
    scale = QRectF(lanes.left(), lanes.bottom() - 18, lanes.width(), 0)
    ribbon = Ribbon(scale, whole.start, max(whole.duration, 1.0))
    paint_scale(painter, ribbon, 1.15, whole.start)
    if left_out:
        words = translate("Summary", "and {number} more, in the table").format(number=left_out)
        row = QRectF(area.left(), scale.top() + 4, _NAMES, 24)
        draw(painter, row, words, theme.text_font(15), theme.SECONDARY, LEFT)


def _paint_row(
    painter: QPainter,
    row: QRectF,
    lanes: QRectF,
    whole: Choreography,
    dance: Dance,
    looks: StyleLooks,
) -> None:
    # Fewer dancers have higher rows, and larger words in them.
    u = min(max(row.height() / 92, 1.0), 1.3)
    lane = QRectF(lanes.left(), row.top() + 2, lanes.width(), row.height() * 0.46)
    ribbon = Ribbon(lane, whole.start, max(whole.duration, 1.0))
    paint_ribbon(painter, ribbon, {dance.id: dance.segments}, looks, u, scale=False)
    below = QRectF(lane.left(), lane.bottom() + 4 * u, lane.width(), 24 * u)
    small = theme.text_font(16 * u)
    shares = "   ".join(
        translate("Summary", "{style} {percent}%").format(
            style=looks.of(label).word, percent=round(share * 100)
        )
        for label, share in dance.shares.items()
    )
    draw(painter, below, elided(shares, small, below.width()), small, theme.SECONDARY)

    middle = lane.center().y()
    upper = QRectF(row.left(), middle - 30 * u, _NAMES - 20, 26 * u)
    name = translate("Summary", "Dancer {number}").format(number=dance.id)
    draw(painter, upper, name, theme.text_font(17 * u), theme.SECONDARY)
    lower = QRectF(upper.left(), upper.bottom(), upper.width(), 32 * u)
    look = looks.of(dance.mostly)
    draw_marked(painter, lower, look, look.word, theme.display_font(27 * u), theme.TEXT)

    upper.moveLeft(lanes.right() + 28)
    lower.moveLeft(upper.left())
    draw(painter, upper, changes_words(dance.changes), theme.text_font(17 * u), theme.SECONDARY)
    if dance.longest is not None:
        words = translate("Summary", "{time} in a row").format(
            time=length_words(dance.longest.seconds)
        )
        draw_marked(
            painter,
            lower,
            looks.of(dance.longest.label),
            words,
            theme.text_font(16 * min(u, 1.12), strong=True),
            theme.TEXT,
        )
