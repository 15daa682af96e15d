"""A box to choose one of several from, with an arrow in the colours of the theme."""

from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PyQt6.QtWidgets import QComboBox

from choreai_live.ui import theme


class ChoiceBox(QComboBox):
    """Qt's own box; a style sheet takes its arrow away, and here it is again."""

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the box, and the arrow into the room the style sheet keeps for it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(
                theme.SECONDARY if self.isEnabled() else theme.FAINT,
                1.7,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        tip = QPointF(15.0 if left else self.width() - 15.0, self.height() / 2 + 2.0)
        painter.drawPolyline(QPolygonF([tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)]))
