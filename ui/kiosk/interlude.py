"""What stands over the dimmed picture while there is none: one calm sentence."""

from math import cos, pi
from typing import Final

from PyQt6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PyQt6.QtGui import QHideEvent, QPainter, QPaintEvent, QRadialGradient, QShowEvent
from PyQt6.QtWidgets import QWidget

from choreai_live.ui import theme
from choreai_live.ui.icons import paint_mark
from choreai_live.ui.kiosk.measure import Headline, balanced, headline, unit
from choreai_live.ui.kiosk.message import Message

_PERIOD: Final = 3.2
_STEP_MS: Final = 100


class Interlude(QWidget):
    """The mark, breathing, with a heading and a sentence below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._message: Message | None = None
        self._offset = QPoint()
        self._phase = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_STEP_MS)
        self._timer.timeout.connect(self._breathe)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What it says, None for nothing."""
        return self._message

    def say(self, message: Message | None) -> None:
        """Say this, or nothing."""
        if message != self._message:
            self._message = message
            self.setVisible(message is not None)
            self.raise_()
            self.update()

    def move_standing(self, offset: QPoint) -> None:
        """Stand so far from the middle."""
        self._offset = offset
        self.update()

    def showEvent(self, event: QShowEvent | None) -> None:
        """Breathe."""
        self._timer.start()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Rest."""
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the mark and the words."""
        if self._message is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        u = unit(self)
        self._darken(painter)
        width = min(0.86 * self.width(), 1000 * u)
        large = headline(self._message.heading, width, 0.4 * self.height(), 76 * u)
        font = theme.text_font(32 * u)
        small = Headline(font, balanced(self._message.sentence, font, width), 44 * u)
        side = 120 * u
        whole = side + 40 * u + large.height + 40 * u + small.height
        x = self.width() / 2 + self._offset.x()
        y = (self.height() - whole) / 2 + self._offset.y()
        strengths = tuple(
            0.62 + 0.38 * cos(2 * pi * (self._phase - third / 3)) for third in range(3)
        )
        paint_mark(painter, QRectF(x - side / 2, y, side, side), strengths)
        y += side + 40 * u
        painter.setPen(theme.TEXT)
        large.paint(painter, x, y, centred=True)
        painter.setPen(theme.blend(theme.SECONDARY, theme.TEXT, 0.4))
        small.paint(painter, x, y + large.height + 40 * u, centred=True)

    def _darken(self, painter: QPainter) -> None:
        """Take back what is behind the words still further."""
        dark = QRadialGradient(QPointF(0.0, 0.0), 1.0)
        for place, opacity in ((0.0, 0.62), (0.5, 0.5), (1.0, 0.0)):
            dark.setColorAt(place, theme.faded(theme.BACKGROUND, opacity))
        painter.save()
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(0.55 * self.width(), 0.6 * self.height())
        painter.fillRect(QRectF(-1.0, -1.0, 2.0, 2.0), dark)
        painter.restore()

    def _breathe(self) -> None:
        self._phase = (self._phase + _STEP_MS / 1000 / _PERIOD) % 1.0
        self.update()
