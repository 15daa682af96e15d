"""Controls drawn in the window's own hand: a switch, and a number with arrows."""

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PyQt6.QtWidgets import QCheckBox, QDoubleSpinBox

from choreai_live.ui import theme
from choreai_live.ui.choice_box import ChoiceBox


class Switch(QCheckBox):
    """On or off, with what it does beside it."""

    def sizeHint(self) -> QSize:
        """Suggest what the switch and its words take."""
        metrics = QFontMetricsF(self.font())
        pill = self._pill()
        width = pill.right() + 12 + metrics.horizontalAdvance(self.text()) + 4
        return QSize(round(width), round(max(pill.height() + 10, metrics.height() + 8)))

    def minimumSizeHint(self) -> QSize:
        """Take no less."""
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:
        """Take a click anywhere on it."""
        return True

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pill, on = self._pill(), self.isChecked()
        edge = theme.TEXT if on else theme.FAINT
        painter.setPen(QPen(edge, 1.5))
        painter.setBrush(theme.TEXT if on else theme.SURFACE)
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        knob = pill.height() - 8
        left = pill.right() - 4 - knob if on else pill.left() + 4
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.SURFACE if on else theme.FAINT)
        painter.drawEllipse(QRectF(left, pill.top() + 4, knob, knob))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("FOCUS"), 2))
            ring = pill.adjusted(-3, -3, 3, 3)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.setPen(theme.TEXT if self.isEnabled() else theme.FAINT)
        area = QRectF(self.rect())
        area.setLeft(pill.right() + 12)
        painter.drawText(
            area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text()
        )

    def _pill(self) -> QRectF:
        height = 20 * theme.LOOK.text_scale
        return QRectF(4, (self.height() - height) / 2, height * 1.8, height)


class Box(ChoiceBox):
    """A list that the wheel changes only while it has the keyboard: pages are scrolled over it."""

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Leave the wheel to the page."""
        if event is not None and not self.hasFocus():
            event.ignore()
            return
        super().wheelEvent(event)


class NumberBox(QDoubleSpinBox):
    """A number; the wheel changes it only while it has the keyboard."""

    def textFromValue(self, value: float) -> str:
        """Write a whole number as one."""
        return self.locale().toString(value, "f", 0 if value == round(value) else self.decimals())

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        """Leave the wheel to the page."""
        if event is not None and not self.hasFocus():
            event.ignore()
            return
        super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the box, and the arrows that a style sheet takes away."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        middle = self.height() / 2
        steps = self.StepEnabledFlag
        for way, flag in ((-1, steps.StepUpEnabled), (1, steps.StepDownEnabled)):
            able = self.isEnabled() and flag in self.stepEnabled()
            colour = theme.SECONDARY if able else theme.HAIRLINE
            painter.setPen(QPen(colour, 1.7, Qt.PenStyle.SolidLine, round_cap, round_join))
            tip = QPointF(self.width() - 17.0, middle + way * 8.5)
            painter.drawPolyline(
                QPolygonF([tip + QPointF(-4, -4 * way), tip, tip + QPointF(4, -4 * way)])
            )
