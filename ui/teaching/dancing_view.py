"""What a dancer sees of the take while it goes on."""

from PyQt6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from choreai_live.ui import theme
from choreai_live.ui.style_look import StyleLook, paint_shape
from choreai_live.ui.teaching.following import ENOUGH, LEAST, MOST
from choreai_live.ui.teaching.over_picture import CENTRE, MARGIN, PLATE, fitting


class DancingView(QWidget):
    """A ring that fills over a minute, and one line below: what would make the take better.

    What is behind stays in view: the dancer watches it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Take"))
        self._name = ""
        self._look: StyleLook | None = None
        self._seconds = 0.0
        self._line = ""
        self._picture = QRect()
        self._button = QRect()

    @property
    def line(self) -> str:
        """The line below the ring."""
        return self._line

    def lay_out(self, picture: QRect, button: QRect) -> None:
        """Say where the picture below is, and the button that ends the take, pixels."""
        self._picture, self._button = picture, button
        self.update()

    def start(self, name: str, look: StyleLook) -> None:
        """Show the beginning of a take."""
        self._name, self._look = name, look
        self.show_take(0.0, "", seen=True)

    def show_take(self, seconds: float, problem: str, *, seen: bool) -> None:
        """Show how much was danced.

        Parameters
        ----------
        seconds
            Of this take.
        problem
            What would make it better; empty if nothing.
        seen
            Whether there is a dancer at all.
        """
        if not seen:
            line = self.tr("Step into the picture and dance.")
        elif problem:
            line = problem
        elif seconds < ENOUGH:
            line = self.tr("Good. Keep dancing.")
        else:
            line = self.tr("Enough. More makes it surer.")
        if line != self._line:
            self._line = line
            self.setAccessibleDescription(line)
        self._seconds = seconds
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw ring, seconds, name, and the line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        u = theme.unit(self)
        side = min(150 * u, self._picture.height() * 0.36)
        corner = QPointF(self._picture.topLeft()) + QPointF(MARGIN, MARGIN)
        self._paint_ring(painter, QRectF(corner, QSizeF(side, side)))
        self._paint_line(painter, u)

    def _paint_ring(self, painter: QPainter, area: QRectF) -> None:
        look = self._look
        colour = theme.DARK.text if look is None else look.bright
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawEllipse(area)
        broad = area.width() * 0.085
        ring = area.adjusted(broad, broad, -broad, -broad)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.DARK.hairline, broad))
        painter.drawEllipse(ring)
        pen = QPen(colour, broad)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        turned = -round(5760 * min(self._seconds / MOST, 1.0))
        if turned:
            painter.drawArc(ring, 1440, turned)
        self._paint_marks(painter, ring, broad)
        painter.setPen(theme.DARK.text)
        painter.setFont(theme.display_font(area.height() * 0.36))
        painter.drawText(area.adjusted(0, 0, 0, -0.14 * area.height()), CENTRE, self._number())
        below = area.adjusted(0, 0.48 * area.height(), 0, 0)
        painter.setFont(theme.text_font(area.height() * 0.11))
        painter.setPen(theme.DARK.secondary)
        words = self.tr("of {seconds} s").format(seconds=round(MOST))
        painter.drawText(below.adjusted(0, 0, 0, -0.18 * area.height()), CENTRE, words)

    def _number(self) -> str:
        return f"{int(self._seconds)}"

    def _paint_marks(self, painter: QPainter, ring: QRectF, broad: float) -> None:
        """Draw where there is enough to be kept, and enough."""
        painter.save()
        painter.translate(ring.center())
        for seconds in (LEAST, ENOUGH):
            painter.save()
            painter.rotate(360 * seconds / MOST)
            painter.setPen(QPen(PLATE, broad * 0.35))
            top = -ring.height() / 2
            painter.drawLine(QPointF(0, top - broad / 2), QPointF(0, top + broad / 2))
            painter.restore()
        painter.restore()

    def _paint_line(self, painter: QPainter, u: float) -> None:
        words = self._line
        room = QRectF(self._picture).adjusted(MARGIN, MARGIN, -MARGIN, 0)
        room.setRight(self._button.left() - MARGIN)
        font = fitting(words, room, 30 * u)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        height = metrics.height() * 1.5
        width = min(metrics.horizontalAdvance(words) + height, room.width())
        middle = self._button.center().y()
        plate = QRectF(room.left(), middle - height / 2, width, height)
        plate.moveBottom(min(plate.bottom(), float(self._button.bottom())))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(plate, height / 2, height / 2)
        painter.setPen(theme.DARK.text)
        painter.drawText(plate, CENTRE, words)
        if self._look is not None:
            self._paint_name(painter, self._look, u)

    def _paint_name(self, painter: QPainter, look: StyleLook, u: float) -> None:
        """Draw whose take it is, at the top right."""
        font = theme.text_font(22 * u, strong=True)
        metrics = QFontMetricsF(font)
        name = metrics.elidedText(
            self._name, Qt.TextElideMode.ElideRight, max(self._picture.width() * 0.3, 40.0)
        )
        height = 44 * u
        width = metrics.horizontalAdvance(name) + 64 * u
        corner = QPointF(self._picture.topRight()) + QPointF(-MARGIN - width, MARGIN)
        plate = QRectF(corner, QSizeF(width, height))
        painter.setPen(QPen(look.bright, 1.5 * u))
        painter.setBrush(PLATE)
        painter.drawRoundedRect(plate, height / 2, height / 2)
        mark = QPointF(plate.left() + 24 * u, plate.center().y())
        paint_shape(painter, look.shape, mark, 18 * u, look.bright)
        painter.setFont(font)
        painter.setPen(theme.DARK.text)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(plate.adjusted(44 * u, 0, 0, 0), left, name)
