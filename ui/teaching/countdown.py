"""Counting down to a take, so that it is read from the floor."""

from math import ceil
from time import monotonic
from typing import Final

from PyQt6.QtCore import QRect, QRectF, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from choreai_live.ui import theme
from choreai_live.ui.teaching.over_picture import CENTRE, MARGIN, fitting, paint_dimness

#: Seconds counted down: who is alone has to walk from the keyboard to the floor.
COUNT: Final = 5
_TICK_MS: Final = 100


class Countdown(QWidget):
    """Counts down over the picture, as large as there is room.

    Attributes
    ----------
    seconds : int
        How long from the next start on.
    finished
        Emitted at zero.
    """

    finished = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.seconds = COUNT
        self._name = ""
        self._picture = QRect()
        self._zero = 0.0
        self._left = 0
        self._clock = QTimer(self)
        self._clock.setInterval(_TICK_MS)
        self._clock.timeout.connect(self._count)
        self.setAccessibleName(self.tr("Countdown"))

    @property
    def left(self) -> int:
        """Seconds left, as shown."""
        return self._left

    def lay_out(self, picture: QRect) -> None:
        """Say where the picture below is, pixels."""
        self._picture = picture
        self.update()

    def start(self, name: str) -> None:
        """Count down to a take of the style of this name."""
        self._name = name
        self._zero = monotonic() + self.seconds
        self._left = self.seconds
        self._clock.start()
        self._describe()

    def stop(self) -> None:
        """Count no further."""
        self._clock.stop()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Dim the picture, and draw the number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self._picture)
        paint_dimness(painter, self._picture, 0.55)
        height = min(area.height() * 0.56, area.width() * 0.6)
        painter.setPen(theme.DARK.text)
        painter.setFont(theme.display_font(height))
        painter.drawText(area.adjusted(0, -0.06 * height, 0, 0), CENTRE, f"{self._left}")
        words = self.tr("Get in place, then dance: {name}").format(name=self._name)
        foot = area.adjusted(MARGIN, area.height() * 0.8, -MARGIN, -MARGIN)
        painter.setFont(fitting(words, foot, 34 * theme.unit(self)))
        painter.drawText(foot, CENTRE | Qt.TextFlag.TextWordWrap, words)

    def _count(self) -> None:
        left = max(0, ceil(self._zero - monotonic()))
        if left != self._left:
            self._left = left
            self._describe()
            self.update()
        if left == 0:
            self._clock.stop()
            self.finished.emit()

    def _describe(self) -> None:
        self.setAccessibleDescription(f"{self._left}")
