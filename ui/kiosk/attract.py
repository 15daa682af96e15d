"""The attract screen: what is on when nobody is there."""

from collections.abc import Mapping
from time import monotonic
from typing import Final

from PyQt6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PyQt6.QtGui import (
    QFontMetricsF,
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QShowEvent,
)
from PyQt6.QtWidgets import QWidget

from choreai_live.ui import theme
from choreai_live.ui.icons import paint_mark
from choreai_live.ui.kiosk.attract_places import Places, places_on
from choreai_live.ui.kiosk.demo_dancer import FEET, DemoDancer
from choreai_live.ui.kiosk.measure import WANDER, Headline, balanced, headline, unit, wander
from choreai_live.ui.kiosk.message import Message
from choreai_live.ui.kiosk.pixels import image_of
from choreai_live.ui.kiosk.stage_light import StageLight, stage
from choreai_live.ui.kiosk.style_chart import chart_height, paint_chart
from choreai_live.ui.style_look import StyleLook, StyleLooks, paint_shape

#: Milliseconds between two pictures of the dancer.
_STEP_MS: Final = 50
#: Seconds after which dancer and words change sides.
_CHANGE_SIDES: Final = 480.0


class AttractScreen(QWidget):
    """The demo dancer, an invitation, and what was danced here in the last hours.

    Parameters
    ----------
    invitation
        What stands there in large letters.
    hours
        Over how many hours the chart goes.
    """

    def __init__(self, invitation: str, hours: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._invitation = invitation
        self._hours = hours
        self._message: Message | None = None
        self._danced: Mapping[str, float] = {}
        self._looks = StyleLooks()
        self._dancer = DemoDancer()
        self._picture: QImage | None = None
        self._caption: StyleLook | None = None
        self._started = monotonic()
        self._stage: QImage | None = None
        self._layer: QPixmap | None = None
        self._places: Places | None = None
        self._mirrored = False
        self._offset = QPoint()
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._advance)

    @property
    def words(self) -> tuple[str, str]:
        """What stands there: the large line and the small one below."""
        if self._message is not None:
            return self._message.heading, self._message.sentence
        return self._invitation, self.tr("See live which style you dance.")

    def set_looks(self, looks: StyleLooks) -> None:
        """Say which styles there are and what they look like."""
        self._looks = looks
        self._layer = None
        self.update()

    def show_danced(self, danced: Mapping[str, float]) -> None:
        """Show these seconds of each style."""
        if danced != self._danced:
            self._danced = dict(danced)
            self._layer = None
            self.update()

    def say(self, message: Message | None) -> None:
        """Say this instead of the invitation; None to invite again."""
        if message != self._message:
            self._message = message
            self._layer = None
            self.update()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Dance while somebody can see it."""
        self._timer.start()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Rest."""
        self._timer.stop()
        self._picture = None

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Set up a stage of another size."""
        self._stage = self._layer = None

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw what changed."""
        layer = self._prepared()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(self._offset)
        painter.drawPixmap(0, 0, layer)
        if self._picture is not None and self._places is not None:
            painter.drawImage(self._places.dancer, self._picture)
            if self._caption is not None:
                self._paint_caption(painter, self._places, self._caption)

    def _advance(self) -> None:
        now = monotonic() - self._started
        mirrored = bool(int(now // _CHANGE_SIDES) % 2)
        if mirrored is not self._mirrored:
            self._mirrored = mirrored
            self._stage = self._layer = None
            self._dancer.change(int(now // _CHANGE_SIDES))
        reach = round(WANDER * unit(self))
        offset = wander(now, reach) - QPoint(reach, reach)
        self._prepared()
        self._picture = self._dancer.picture(now)
        self._caption = self._dancer.look(now)
        if offset != self._offset or self._places is None:
            self._offset = offset
            self.update()
        else:
            self.update(self._places.dancer.translated(self._offset))

    def _prepared(self) -> QPixmap:
        """Return what stands still, drawn anew if it changed."""
        if self._layer is not None:
            return self._layer
        u, ratio = unit(self), self.devicePixelRatioF()
        margin = 2 * round(WANDER * u)
        size = self.size() + QSize(margin, margin)
        self._places = places = places_on(
            size, u, chart_height(self._looks, u), mirrored=self._mirrored
        )
        if self._stage is None:
            self._stage = _stage(size, places.light, ratio)
        layer = QPixmap.fromImage(self._stage)
        painter = QPainter(layer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_brand(painter, places.brand, u)
        self._paint_words(painter, places.words, u)
        paint_chart(painter, places.chart, self._looks, self._danced, self._hours, u)
        painter.end()
        self._dancer.stand_before(layer.toImage().copy(_scaled(places.dancer, ratio)))
        self._layer = layer
        return layer

    def _paint_brand(self, painter: QPainter, place: QPointF, u: float) -> None:
        side = 46 * u
        paint_mark(painter, QRectF(place.x() - 6 * u, place.y() - side / 2, side, side))
        painter.setFont(theme.text_font(21 * u, strong=True))
        painter.setPen(theme.TEXT)
        painter.drawText(
            QRectF(place.x() + 46 * u, place.y() - side / 2, 400 * u, side),
            Qt.AlignmentFlag.AlignVCenter,
            "ChoreAI Live",
        )

    def _paint_words(self, painter: QPainter, area: QRectF, u: float) -> None:
        large, small = self.words
        font = theme.text_font(28 * u)
        below = Headline(font, balanced(small, font, area.width()), 40 * u)
        gap = 42 * u
        above = headline(large, area.width(), area.height() - below.height - gap, 112 * u)
        # A little more room below than above: the eye takes the middle to be higher.
        y = area.top() + 0.44 * (area.height() - above.height - gap - below.height)
        painter.setPen(theme.TEXT)
        above.paint(painter, area.left(), y)
        painter.setPen(theme.blend(theme.SECONDARY, theme.TEXT, 0.4))
        below.paint(painter, area.left(), y + above.height + gap)

    def _paint_caption(self, painter: QPainter, places: Places, look: StyleLook) -> None:
        """Name what is being danced, as the live screen would."""
        u = unit(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = theme.text_font(24 * u, strong=True)
        width, height = QFontMetricsF(font).horizontalAdvance(look.word) + 70 * u, 46 * u
        dancer = places.dancer
        middle = dancer.top() + dancer.height() * (0.62 * FEET + 0.38)
        sign = QRectF(dancer.center().x() - width / 2, middle - height / 2, width, height)
        painter.setPen(QPen(theme.faded(look.colour, 0.9), 2 * u))
        painter.setBrush(theme.faded(theme.BACKGROUND, 0.72))
        painter.drawRoundedRect(sign, height / 2, height / 2)
        mark = QPointF(sign.left() + 26 * u, sign.center().y())
        paint_shape(painter, look.shape, mark, 19 * u, look.colour)
        painter.setFont(font)
        painter.setPen(theme.TEXT)
        painter.drawText(
            sign.adjusted(48 * u, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), look.word
        )


def _stage(size: QSize, light: StageLight, ratio: float) -> QImage:
    """Return the empty stage in device pixels."""
    pixels = stage(
        round(size.width() * ratio),
        round(size.height() * ratio),
        StageLight(light.x * ratio, light.y * ratio, light.radius * ratio, light.floor * ratio),
    )
    image = image_of(pixels).copy()
    image.setDevicePixelRatio(ratio)
    return image


def _scaled(rect: QRect, ratio: float) -> QRect:
    return QRect(
        round(rect.x() * ratio),
        round(rect.y() * ratio),
        round(rect.width() * ratio),
        round(rect.height() * ratio),
    )
