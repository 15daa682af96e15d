"""What everything that is read from three metres over the picture has in common."""

from typing import Final

from PyQt6.QtCore import QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from choreai_live.ui import theme

#: What words stand on.
PLATE: Final = QColor(10, 12, 16, 214)
#: Pixels between them and the edges of the picture.
MARGIN: Final = 22.0
CENTRE: Final = Qt.AlignmentFlag.AlignCenter
#: Radius of the picture's corners.
_ROUND: Final = 12.0


def paint_dimness(painter: QPainter, picture: QRect, share: float) -> None:
    """Darken a picture by this share, 0 to 1."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.faded(theme.DARK.background, share))
    painter.drawRoundedRect(QRectF(picture), _ROUND, _ROUND)


def fitting(words: str, room: QRectF, size: float) -> QFont:
    """Return the display face, no larger than `size`, in which words fit in one line."""
    wide = QFontMetricsF(theme.display_font(size)).horizontalAdvance(words)
    available = max(room.width() - 2.0 * size, 1.0)
    return theme.display_font(size * min(1.0, available / wide) if wide else size)
