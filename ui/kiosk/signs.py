"""Small signs on top of every screen: that it records, and what the staff should know."""

from time import monotonic
from typing import Final

from PyQt6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from choreai_live.ui import theme
from choreai_live.ui.kiosk.measure import unit

_RED: Final = QColor("#FF4D5E")


class RecordingSign(QWidget):
    """A red dot with words: whoever is seen is to know that it is kept.

    Parameters
    ----------
    privacy
        Whether only skeletons are kept.
    parent
        What it stands on.
    """

    def __init__(self, privacy: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._privacy = privacy
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        if self._privacy:
            return self.tr("Recording, without the picture")
        return self.tr("Recording")

    def place(self, area: QRect, offset: QPoint, *, above: bool) -> None:
        """Stand in a right corner of `area`, `above` or below, and so far from there."""
        u = unit(self)
        width = QFontMetricsF(self._font(u)).horizontalAdvance(self.words) + 74 * u
        sign = QRectF(0.0, 0.0, width, 48 * u)
        sign.moveRight(area.right() - 40 * u)
        if above:
            sign.moveTop(area.top() + 32 * u)
        else:
            sign.moveBottom(area.bottom() - 32 * u)
        self.setGeometry(sign.toAlignedRect().translated(offset))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw it."""
        u = unit(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.faded(theme.BACKGROUND, 0.80))
        area = QRectF(self.rect())
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.setBrush(_RED)
        painter.drawEllipse(QPointF(26 * u, area.center().y()), 9 * u, 9 * u)
        painter.setFont(self._font(u))
        painter.setPen(theme.TEXT)
        painter.drawText(area.adjusted(48 * u, 0, 0, 0), _LEFT, self.words)

    def _font(self, u: float) -> QFont:
        return theme.text_font(22 * u, strong=True)


class StaffNotice(QWidget):
    """One sentence in small letters that goes away by itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = ""
        self._until: float | None = None
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def say(self, words: str, seconds: float = 60.0) -> None:
        """Say this for so long; empty words end it."""
        self._words = words
        self._until = monotonic() + seconds
        self.setVisible(bool(words))
        self.raise_()
        self.update()

    def place(self, screen: QRect) -> None:
        """Stand in the lower left corner of `screen`, below what the public reads."""
        u = unit(self)
        width = min(screen.width() - 80 * u, 760 * u)
        metrics = QFontMetricsF(theme.text_font(15 * u))
        room = QRectF(0.0, 0.0, width - 40 * u, 1e4)
        height = metrics.boundingRect(room, _WRAPPED, self._words).height() + 20 * u
        self.setGeometry(
            QRectF(
                screen.left() + 36 * u, screen.bottom() - height - 8 * u, width, height
            ).toAlignedRect()
        )

    def look(self, now: float) -> None:
        """Go away once it was said for long enough, at `now` seconds of ``time.monotonic()``."""
        if self._until is not None and now >= self._until:
            self._until = None
            self.hide()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw it."""
        u = unit(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.faded(theme.BACKGROUND, 0.82))
        area = QRectF(self.rect())
        painter.drawRoundedRect(area, 10 * u, 10 * u)
        painter.setFont(theme.text_font(15 * u))
        painter.setPen(theme.SECONDARY)
        painter.drawText(area.adjusted(20 * u, 0, -20 * u, 0), _WRAPPED | int(_LEFT), self._words)


_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_WRAPPED: Final = int(Qt.TextFlag.TextWordWrap)
