"""The page itself: painted the same on the screen and into the picture that is saved."""

from dataclasses import dataclass
from typing import Final

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QFontMetricsF, QImage, QPainter

from choreai_live.style.choreography import Choreography
from choreai_live.ui import theme
from choreai_live.ui.icons import paint_mark
from choreai_live.ui.lookback.words import length_words
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.summary.ensemble import paint_ensemble
from choreai_live.ui.summary.lettering import LEFT, RIGHT, changes_words, draw, elided
from choreai_live.ui.summary.solo import paint_solo

#: Of the page, in its own pixels; the picture that is saved has twice as many each way.
SIZE: Final = QSize(1200, 630)
_SHARPNESS: Final = 2
_MARGIN: Final = 64.0
#: A dancer seen for less than this many seconds is not told of beside others.
_WORTH_TELLING: Final = 2.0

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Poster:
    """What stands on the page.

    Parameters
    ----------
    whole
        What was danced.
    looks
        What the styles look like.
    title
        What was watched.
    when
        When, in words.
    """

    whole: Choreography
    looks: StyleLooks
    title: str
    when: str

    @property
    def told(self) -> Choreography:
        """What is told of: dancers who were hardly there are left out, unless all were."""
        worth = tuple(dance for dance in self.whole.dances if dance.total >= _WORTH_TELLING)
        if not worth:
            worth = self.whole.dances[:1]
        return Choreography(self.whole.start, self.whole.end, worth)

    def paint(self, painter: QPainter) -> None:
        """Draw the page at its own size, from the origin."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, SIZE.width(), SIZE.height()), theme.BACKGROUND)
        self._paint_head(painter)
        area = QRectF(
            _MARGIN, 108, SIZE.width() - 2 * _MARGIN, SIZE.height() - 108 - _MARGIN * 0.75
        )
        told = self.told
        if not told.dances:
            self._paint_nothing(painter, area)
        elif len(told.dances) == 1:
            paint_solo(painter, area, told, self.looks)
        else:
            paint_ensemble(painter, area, told, self.looks)

    def picture(self) -> QImage:
        """Return the page as a picture, to be saved."""
        image = QImage(SIZE * _SHARPNESS, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SHARPNESS)
        painter = QPainter(image)
        self.paint(painter)
        painter.end()
        return image

    def words(self) -> str:
        """Return what the page says, for those who hear it."""
        lines = [self.title]
        for dance in self.told.dances:
            shares = ", ".join(
                translate("Summary", "{style} {percent}%").format(
                    style=self.looks.of(label).word, percent=round(share * 100)
                )
                for label, share in dance.shares.items()
            )
            lines.append(
                translate("Summary", "Dancer {number}: {shares}; {changes}").format(
                    number=dance.id, shares=shares, changes=changes_words(dance.changes)
                )
            )
            if dance.longest:
                lines.append(
                    translate("Summary", "longest streak {style}, {time}").format(
                        style=self.looks.of(dance.longest.label).word,
                        time=length_words(dance.longest.seconds),
                    )
                )
        return ". ".join(line for line in lines if line)

    def _paint_head(self, painter: QPainter) -> None:
        row = QRectF(_MARGIN, 44, SIZE.width() - 2 * _MARGIN, 36)
        name = "ChoreAI Live"
        strong = theme.text_font(21, strong=True)
        wide = QFontMetricsF(strong).horizontalAdvance(name)
        mark = QRectF(row.right() - wide - 42, row.top(), 36, 36)
        paint_mark(painter, mark)
        draw(painter, row, name, strong, theme.TEXT, RIGHT)
        font = theme.text_font(21)
        words = " · ".join(part for part in (self.title, self.when) if part)
        words = elided(words, font, row.width() - wide - 80)
        draw(painter, row, words, font, theme.SECONDARY, LEFT)

    def _paint_nothing(self, painter: QPainter, area: QRectF) -> None:
        middle = QRectF(area.left(), area.center().y() - 70, area.width(), 70)
        centre = Qt.AlignmentFlag.AlignCenter
        words = translate("Summary", "Nothing was danced yet")
        draw(painter, middle, words, theme.display_font(56), theme.TEXT, centre)
        middle.translate(0, 70)
        words = translate("Summary", "Dance for a few seconds, then look here again.")
        draw(painter, middle, words, theme.text_font(24), theme.SECONDARY, centre)


def page_scale(size: QSize) -> tuple[float, QPointF]:
    """Return how much larger the page is in a widget of `size`, and where it begins."""
    scale = min(size.width() / SIZE.width(), size.height() / SIZE.height())
    left = (size.width() - SIZE.width() * scale) / 2
    return scale, QPointF(left, (size.height() - SIZE.height() * scale) / 2)
