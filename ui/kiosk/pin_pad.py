"""The pad on which the staff enter the PIN: large keys for fingers, digits for keyboards."""

from time import monotonic
from typing import Final

from PyQt6.QtCore import QPointF, QRectF, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShowEvent,
)
from PyQt6.QtWidgets import QWidget

from choreai_live.configuration.pin import LONGEST
from choreai_live.ui import theme
from choreai_live.ui.kiosk.measure import unit
from choreai_live.ui.kiosk.pin_gate import PinGate

#: Seconds without a key after which the pad goes away by itself.
_PATIENCE: Final = 20.0
_TICK_MS: Final = 200

BACK: Final = "back"
ENTER: Final = "enter"
LEAVE: Final = "leave"
_ROWS: Final = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), (BACK, "0", ENTER))
_KEY: Final = 92
_GAP: Final = 14


class PinPad(QWidget):
    """Asks for the PIN, over everything else.

    Parameters
    ----------
    gate
        Knows the PIN.
    parent
        What it covers.
    """

    #: The right PIN was entered.
    opened = pyqtSignal()

    def __init__(self, gate: PinGate, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._gate = gate
        self._digits = ""
        self._wrong = False
        self._pressed: str | None = None
        self._touched = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.hide()

    @property
    def entered(self) -> int:
        """How many digits were entered."""
        return len(self._digits)

    @property
    def sentence(self) -> str:
        """What it says above the keys."""
        wait = self._gate.wait(monotonic())
        if wait > 0.0:
            return self.tr("Wrong PIN. Again in {seconds} s.").format(seconds=int(wait) + 1)
        return self.tr("Try again.") if self._wrong else self.tr("Enter the PIN to leave.")

    def ask(self) -> None:
        """Come up, with nothing entered."""
        self._digits, self._wrong, self._touched = "", False, monotonic()
        self.show()
        self.raise_()

    def press(self, event: QKeyEvent) -> None:
        """Take a key of the keyboard."""
        if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9:
            self.enter(event.text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter(ENTER)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.enter(BACK)
        elif event.key() == Qt.Key.Key_Escape:
            self.enter(LEAVE)

    def enter(self, key: str) -> None:
        """Take a key of the pad: a digit, ``BACK``, ``ENTER`` or ``LEAVE``."""
        self._touched = now = monotonic()
        if key == LEAVE:
            self.hide()
        elif key == BACK:
            self._digits = self._digits[:-1]
        elif key == ENTER:
            if self._digits and self._gate.wait(now) <= 0.0:
                pin, self._digits = self._digits, ""
                if self._gate.opens(pin, now):
                    self.hide()
                    self.opened.emit()
                else:
                    self._wrong = True
        elif key in "0123456789" and len(self._digits) < LONGEST:
            self._digits += key
        self.update()

    def key_rect(self, key: str) -> QRectF:
        """Return where a key is, in pixels of the pad."""
        u, card = unit(self), self._card()
        if key == LEAVE:
            return QRectF(card.left(), card.bottom() - 64 * u, card.width(), 64 * u)
        row = next(number for number, keys in enumerate(_ROWS) if key in keys)
        pitch = (_KEY + _GAP) * u
        left = card.center().x() - (1.5 * _KEY + _GAP) * u
        top = card.top() + 168 * u
        return QRectF(left + _ROWS[row].index(key) * pitch, top + row * pitch, _KEY * u, _KEY * u)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Count the seconds."""
        self._timer.start()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Forget what was entered."""
        self._timer.stop()
        self._digits = ""

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Take a key under a finger."""
        if event is None:
            return
        self._pressed = self._key_at(event.position())
        if self._pressed is not None:
            self.enter(self._pressed)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Let the key up."""
        self._pressed = None
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the card, what was entered as dots, and the keys."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        u, card = unit(self), self._card()
        painter.fillRect(self.rect(), theme.faded(theme.BACKGROUND, 0.78))
        painter.setPen(QPen(theme.HAIRLINE, 1.5 * u))
        painter.setBrush(theme.SURFACE)
        painter.drawRoundedRect(card, 26 * u, 26 * u)
        line = QRectF(card.left(), card.top() + 26 * u, card.width(), 40 * u)
        painter.setFont(theme.display_font(30 * u))
        painter.setPen(theme.TEXT)
        painter.drawText(line, _MIDDLE, self.tr("Staff only"))
        painter.setFont(theme.text_font(20 * u))
        painter.setPen(theme.WARNING if self._wrong else theme.SECONDARY)
        painter.drawText(line.translated(0, 42 * u), _MIDDLE, self.sentence)
        self._paint_dots(painter, QPointF(card.center().x(), card.top() + 134 * u), u)
        for key in (*"0123456789", BACK, ENTER, LEAVE):
            self._paint_key(painter, key, u)

    def _paint_dots(self, painter: QPainter, middle: QPointF, u: float) -> None:
        count = max(len(self._digits), 4)
        pitch = min(30 * u, 330 * u / count)
        for number in range(count):
            place = middle + QPointF((number - (count - 1) / 2) * pitch, 0.0)
            full = number < len(self._digits)
            painter.setPen(QPen(theme.TEXT if full else theme.FAINT, 1.6 * u))
            painter.setBrush(theme.TEXT if full else Qt.GlobalColor.transparent)
            painter.drawEllipse(place, 7 * u, 7 * u)

    def _paint_key(self, painter: QPainter, key: str, u: float) -> None:
        words = {BACK: self.tr("Delete"), ENTER: self.tr("OK"), LEAVE: self.tr("Back to the dance")}
        rect = self.key_rect(key)
        if key != LEAVE:
            painter.setPen(Qt.PenStyle.NoPen)
            down = theme.TEXT if key == ENTER else theme.HAIRLINE
            up = theme.GOOD if key == ENTER else theme.RAISED
            painter.setBrush(down if key == self._pressed else up)
            painter.drawRoundedRect(rect, 22 * u, 22 * u)
        painter.setFont(
            theme.text_font(20 * u, strong=key != LEAVE)
            if key in words
            else theme.display_font(38 * u)
        )
        dark = key == ENTER
        painter.setPen(
            theme.BACKGROUND if dark else theme.SECONDARY if key in words else theme.TEXT
        )
        painter.drawText(rect, _MIDDLE, words.get(key, key))

    def _card(self) -> QRectF:
        u = unit(self)
        card = QRectF(0.0, 0.0, 420 * u, 668 * u)
        card.moveCenter(QRectF(self.rect()).center())
        return card

    def _key_at(self, place: QPointF) -> str | None:
        keys = (*"0123456789", BACK, ENTER, LEAVE)
        return next((key for key in keys if self.key_rect(key).contains(place)), None)

    def _tick(self) -> None:
        if monotonic() - self._touched > _PATIENCE:
            self.hide()
        self.update()


_MIDDLE: Final = Qt.AlignmentFlag.AlignCenter
