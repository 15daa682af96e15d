"""What was danced in the last minutes, one lane per dancer."""

from PyQt6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from choreai_live.messages import Snapshot
from choreai_live.ui import theme
from choreai_live.ui.lookback.ribbon import LATER, Ribbon, paint_cursor, paint_ribbon
from choreai_live.ui.style_history import StyleHistory
from choreai_live.ui.style_look import StyleLooks

#: Seconds between repaints; the strip moves by less than a pixel in between.
_REPAINT = 0.2
#: Seconds an arrow key goes, alone and with Shift.
_STEP, _LONG_STEP = 1.0, 10.0
#: Seconds during which a cleared strip says how to bring everything back.
_OFFER = 10.0


class TimelineStrip(QWidget):
    """A ribbon that fills from left to right, then moves on.

    Shows the whole of a short file, and the last minutes of everything else. A
    click, a drag or the arrow keys ask for what was shown then.
    """

    #: Seconds the strip is long, unless the source is shorter; and how many are kept.
    SPAN = 180.0
    KEEP = 600.0

    #: A time of the source's clock is to be shown again, seconds.
    scrubbed = pyqtSignal(float)
    live_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timeline"))
        self.history = StyleHistory(self.KEEP)
        self._looks = StyleLooks()
        self._span = self.SPAN
        self._whole = False
        # Where the source's clock was at its first snapshot: recordings begin anywhere.
        self._begin: float | None = None
        self._since: float | None = None
        self._looking_at: float | None = None
        # Where the ribbon began when the mouse went down: it must not slide away below it.
        self._held: float | None = None
        self._painted = 0.0
        self._ring = False
        self.describe("")

    @property
    def begin(self) -> float:
        """Where the source's clock was at its first snapshot, seconds."""
        return self._begin or 0.0

    @property
    def since(self) -> float | None:
        """What came before, seconds of the source's clock, is not shown; None to show all."""
        return self._since

    @since.setter
    def since(self, since: float | None) -> None:
        self._since = since
        self.update()

    @property
    def looking_at(self) -> float | None:
        """The time that is shown again, seconds of the source's clock; None while live."""
        return self._looking_at

    @looking_at.setter
    def looking_at(self, time: float | None) -> None:
        self._looking_at = time
        self.update()

    @property
    def reach(self) -> tuple[float, float]:
        """How far back and forth one can look, seconds of the source's clock."""
        now = self.history.now
        return min(max(self._origin, now - self.KEEP), now), now

    def set_looks(self, looks: StyleLooks) -> None:
        """Say what the styles look like."""
        self._looks = looks
        self.update()

    def start(self, duration: float | None) -> None:
        """Begin a new source of `duration` seconds, None when endless or unknown."""
        self.history.clear()
        self._whole = duration is not None and 0.0 < duration <= self.SPAN
        self._span = duration if self._whole and duration else self.SPAN
        self._begin = self._since = self._looking_at = self._held = None
        self._painted = 0.0
        self.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Add one snapshot."""
        time = snapshot.frame.time
        if self._begin is None:
            self._begin = time
        self.history.record(snapshot.readouts, time)
        if abs(time - self._painted) >= _REPAINT:
            self._painted = time
            self.update()

    def describe(self, then: str) -> None:
        """Tell screen readers what is shown again; empty while live."""
        self.setAccessibleDescription(
            then or self.tr("Live. The left arrow key looks back, End comes back to live.")
        )

    def place_of(self, time: float) -> QPoint:
        """Return where the top of the ribbon is at `time`, pixels of the widget."""
        ribbon = self._ribbon()
        return QPoint(round(ribbon.x(time)), round(ribbon.area.top()))

    def sizeHint(self) -> QSize:
        """Suggest a lane and its scale."""
        return QSize(800, int(112 * theme.unit(self)))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw lanes and scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        u = theme.unit(self)
        ribbon = self._ribbon()
        paint_ribbon(painter, ribbon, self.history.since(self._since), self._looks, u)
        now = self.history.now
        if self._looking_at is not None:
            # What came after then steps back.
            later = QRectF(ribbon.area)
            later.setLeft(ribbon.x(self._looking_at))
            painter.fillRect(later, theme.faded(theme.BACKGROUND, LATER))
            paint_cursor(painter, ribbon, self._looking_at, u, handle=True)
        elif self._whole or now - ribbon.start < self._span:
            paint_cursor(painter, ribbon, now, u)
        if self._since is not None and now - self._since < _OFFER:
            painter.setFont(theme.text_font(14 * u))
            painter.setPen(theme.SECONDARY)
            painter.drawText(
                ribbon.area,
                Qt.AlignmentFlag.AlignCenter,
                self.tr("Timeline cleared. Ctrl+Z brings it back."),
            )
        if self._ring:
            painter.setPen(theme.SECONDARY)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ribbon.area.adjusted(-3, -3, 3, 3), 8 * u, 8 * u)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Look back to where the mouse goes down, or come back to live at the very end."""
        if event is None or event.button() != Qt.MouseButton.LeftButton:
            return
        self._held = self._start()
        self._scrub_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Look back along with the mouse."""
        if event is not None and self._held is not None:
            self._scrub_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Let the ribbon slide again."""
        self._held = None

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Look back and forth by arrow keys, come back to live by End or Escape."""
        if event is None:
            return
        key = event.key()
        far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = _LONG_STEP if far else _STEP
        if key in (Qt.Key.Key_Left, Qt.Key.Key_PageDown):
            self._step(-step if key == Qt.Key.Key_Left else -_LONG_STEP)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageUp):
            self._step(step if key == Qt.Key.Key_Right else _LONG_STEP)
        elif key == Qt.Key.Key_Home:
            self.scrubbed.emit(self.reach[0])
        elif key in (Qt.Key.Key_End, Qt.Key.Key_Escape):
            self.live_asked.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent | None) -> bool:
        """Take Escape before it leaves the full screen, while there is something to leave."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_End)
            and self._looking_at is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Show by a ring that keys come here, where a key brought it about."""
        by_key = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._ring = event is not None and event.reason() in by_key
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        """Take the ring away."""
        self._ring = False
        super().focusOutEvent(event)
        self.update()

    @property
    def _origin(self) -> float:
        return self.begin if self._since is None else max(self.begin, self._since)

    def _ribbon(self) -> Ribbon:
        u = theme.unit(self)
        margin = theme.MARGIN * u
        area = QRectF(margin, 16 * u, self.width() - 2 * margin, self.height() - 46 * u)
        return Ribbon(area, self._start(), self._span)

    def _start(self) -> float:
        if self._whole:
            return self.begin
        natural = max(self._origin, self.history.now - self._span)
        start = natural if self._held is None else self._held
        return start if self._looking_at is None else min(start, self._looking_at)

    def _scrub_to(self, x: float) -> None:
        ribbon = self._ribbon()
        time = ribbon.time(x)
        # A hand is not steadier than this many pixels.
        if x >= ribbon.x(self.history.now) - 6 * theme.unit(self):
            self.live_asked.emit()
        else:
            self.scrubbed.emit(max(time, self.reach[0]))

    def _step(self, seconds: float) -> None:
        earliest, now = self.reach
        time = (now if self._looking_at is None else self._looking_at) + seconds
        if time >= now:
            self.live_asked.emit()
        else:
            self.scrubbed.emit(max(time, earliest))
