"""The ring that fills while the keys to leave are held."""

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from choreai_live.ui import theme
from choreai_live.ui.kiosk.measure import Headline, balanced, unit


class HoldRing(QWidget):
    """Dims the screen, and fills a ring."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._share = 0.0
        self.hide()

    @property
    def share(self) -> float:
        """How much of the ring is filled, 0 to 1."""
        return self._share

    def fill(self, share: float) -> None:
        """Fill it so far; 0 hides it."""
        self._share = share
        self.setVisible(share > 0.0)
        if self.isVisible():
            self.raise_()
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.faded(theme.BACKGROUND, 0.72))
        u = unit(self)
        middle = QPointF(self.width() / 2, self.height() / 2 - 40 * u)
        ring = QRectF(0, 0, 180 * u, 180 * u)
        ring.moveCenter(middle)
        pen = QPen(theme.faded(theme.TEXT, 0.14), 16 * u)
        painter.setPen(pen)
        painter.drawEllipse(ring)
        pen.setColor(theme.TEXT)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        # Qt counts angles in sixteenths of a degree, anticlockwise from three o'clock.
        painter.drawArc(ring, 90 * 16, round(-360 * 16 * self._share))
        font = theme.text_font(32 * u)
        words = self.tr("Keep holding to leave")
        line = Headline(font, balanced(words, font, 0.9 * self.width()), 44 * u)
        painter.setPen(theme.TEXT)
        line.paint(painter, middle.x(), ring.bottom() + 56 * u, centred=True)
