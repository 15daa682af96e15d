"""The dark that the readout stands in, lit by the colour of the style."""

from PyQt6.QtCore import QPointF, QRect, Qt
from PyQt6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QRadialGradient
from PyQt6.QtWidgets import QWidget

from choreai_live.ui import theme


class Shade(QWidget):
    """Lies over the picture's lower corner, or fills what is left beside or below it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._colour = theme.BACKGROUND
        self._over = True
        # Gradients of this size take milliseconds; one is drawn per style, not per picture.
        self._drawn: QPixmap | None = None

    def light(self, colour: QColor) -> None:
        """Take on the colour of a style."""
        if colour != self._colour:
            self._colour = colour
            self._drawn = None
            self.update()

    def lay(self, area: QRect, *, over: bool) -> None:
        """Lie there, `over` the picture or beside it."""
        if area != self.geometry() or over is not self._over:
            self._over = over
            self._drawn = None
            self.setGeometry(area)
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw it."""
        if self._drawn is None or self._drawn.deviceIndependentSize() != self.size().toSizeF():
            self._drawn = self._draw()
        QPainter(self).drawPixmap(0, 0, self._drawn)

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent if self._over else theme.BACKGROUND)
        painter = QPainter(picture)
        width, height = float(self.width()), float(self.height())
        # A circle of radius 1 around the origin, stretched to an ellipse.
        gradient = QRadialGradient(QPointF(0.0, 0.0), 1.0)
        if self._over:
            dark = theme.blend(theme.BACKGROUND, self._colour, 0.10)
            for place, opacity in ((0, 0.96), (0.4, 0.92), (0.62, 0.74), (0.82, 0.28), (1, 0)):
                gradient.setColorAt(place, theme.faded(dark, opacity))
            painter.translate(0.0, height)
            painter.scale(width, height)
            painter.fillRect(0, -1, 1, 1, gradient)
        else:
            for place, opacity in ((0, 0.26), (0.4, 0.14), (0.75, 0.04), (1, 0)):
                gradient.setColorAt(place, theme.faded(self._colour, opacity))
            painter.translate(width / 2, height)
            painter.scale(0.95 * width, 0.8 * height)
            painter.fillRect(-1, -2, 2, 2, gradient)
        painter.end()
        return picture
