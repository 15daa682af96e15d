"""One screen fades into the next."""

from typing import Final

from PyQt6.QtCore import QEasingCurve, Qt, QVariantAnimation, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QPixmap
from PyQt6.QtWidgets import QWidget

_DURATION_MS: Final = 220


class Curtain(QWidget):
    """Holds what was seen last over what comes next, and lets it go."""

    #: The next screen is wholly to be seen.
    gone = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._seen = QPixmap()
        self._opacity = 1.0
        self._fade = QVariantAnimation(self)
        self._fade.setDuration(_DURATION_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._fade.valueChanged.connect(self._lift)
        self._fade.finished.connect(self._end)
        self.hide()

    def hold(self, seen: QPixmap) -> None:
        """Hide what comes next behind `seen`, and begin to fade."""
        self._seen, self._opacity = seen, 1.0
        self.show()
        self.raise_()
        self._fade.stop()
        self._fade.start()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw what is left of it."""
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        painter.drawPixmap(0, 0, self._seen)

    def _lift(self, opacity: float) -> None:
        self._opacity = opacity
        self.update()

    def _end(self) -> None:
        self.hide()
        self._seen = QPixmap()
        self.gone.emit()
