"""The foot of a tile: whose picture it is, what it is doing, and how fast."""

from time import monotonic
from typing import Final

from PyQt6.QtCore import QLocale, QPointF, QRectF, QSize, Qt, QTimer
from PyQt6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QToolButton, QWidget

from choreai_live.ui import theme
from choreai_live.ui.icons import icon
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.several.figures import FeedFigures
from choreai_live.ui.several.state_words import state_tone, state_words
from choreai_live.ui.worker import Status, WorkerState

#: Pixels for text as drawn: height of both lines, between words and edge, side of a button.
_HEIGHT: Final = 48
_MARGIN: Final = 10
_BUTTON: Final = 23
#: Seconds between two figures, so that they can be read.
_STANDS: Final = 0.5
#: A shorter pause than this many seconds is over before its countdown was read.
_WORTH_COUNTING: Final = 1.0
_TICK_MS: Final = 250
#: Pictures come, or are held.
_SHOWING: Final = (WorkerState.LIVE, WorkerState.PAUSED)


class Foot(QWidget):
    """Two lines: number, name and state; frames a second, latency and drops.

    Attributes
    ----------
    large_button, remove_button
        For the mouse; keys do the same.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.number = 1
        self._status: Status | None = None
        self._state = ""
        self._figures: tuple[str, ...] = ()
        self._changed = 0.0
        self._counting = False
        self.large_button = self._button("expand")
        self.remove_button = self._button("close")
        self.remove_button.setToolTip(self.tr("Remove this source"))
        self.remove_button.setAccessibleName(self.tr("Remove this source"))
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._count_down)
        theme.LOOK.changed.connect(self._fit)

    @property
    def name(self) -> str:
        """What the source is called; no password is in it."""
        source = self._status.source if self._status is not None else None
        return spoken(source.title) if source is not None else ""

    @property
    def state(self) -> str:
        """What the source is doing, in words."""
        return self._state

    @property
    def figures(self) -> tuple[str, ...]:
        """Frames a second, latency and drops, as they stand there; empty while opening."""
        return self._figures

    def show_status(self, status: Status) -> None:
        """Say what the source is doing."""
        self._status = status
        left = 0.0 if status.retry_at is None else status.retry_at - monotonic()
        self._counting = left > _WORTH_COUNTING
        self._state = state_words(status, counting=self._counting)
        self.setToolTip(self.name)
        if status.state not in _SHOWING:
            self._figures, self._changed = (), 0.0  # they were those of pictures that came
        counts = status.state is WorkerState.RECONNECTING
        if counts != self._tick.isActive():
            self._tick.start() if counts else self._tick.stop()
        self.update()

    def show_figures(self, figures: FeedFigures) -> None:
        """Say how fast the source is, twice a second at most."""
        now = monotonic()
        if self._status is None or self._status.state not in _SHOWING:
            return
        if now - self._changed < _STANDS:
            return
        self._changed = now
        words = []
        if figures.fps is not None:
            words.append(self.tr("{fps} fps").format(fps=round(figures.fps)))
        if (latency := figures.latency) is not None:
            words.append(self.tr("{ms} ms").format(ms=round(latency)))
        dropped = QLocale().toString(figures.dropped)
        words.append(self.tr("{count} dropped").format(count=dropped))
        if tuple(words) != self._figures:
            self._figures = tuple(words)
            self.update()

    def show_large(self, large: bool) -> None:
        """Let the button lead back to all, or to this one alone."""
        self.large_button.setIcon(icon("grid" if large else "expand"))
        words = self.tr("Show all sources") if large else self.tr("Show only this source")
        self.large_button.setToolTip(words)
        self.large_button.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        """Suggest two lines."""
        return QSize(240, round(_HEIGHT * theme.LOOK.text_scale))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the buttons at the right."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        u = theme.LOOK.text_scale
        font, strong = theme.text_font(13 * u), theme.text_font(13 * u, strong=True)
        metrics, wide = QFontMetricsF(font), QFontMetricsF(strong)
        left, right = _MARGIN * u, self.width() - _MARGIN * u
        # The buttons stand in the upper line only, so that there is room for every figure.
        upper = QRectF(left, 5 * u, self.large_button.x() - 4 * u - left, 19 * u)
        lower = QRectF(left, 24 * u, right - left, 19 * u)
        at_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        # Which key chooses it.
        key = QRectF(left, upper.top() + 1 * u, 19 * u, 17 * u)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.RAISED)
        painter.drawRoundedRect(key, 5 * u, 5 * u)
        painter.setPen(theme.SECONDARY)
        painter.setFont(theme.text_font(12 * u, strong=True))
        painter.drawText(key, Qt.AlignmentFlag.AlignCenter, str(self.number))
        name = QRectF(upper)
        name.setLeft(key.right() + 8 * u)
        painter.setFont(strong)
        painter.setPen(theme.TEXT)
        painter.drawText(
            name,
            at_left,
            wide.elidedText(self.name, Qt.TextElideMode.ElideMiddle, name.width()),
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(state_tone(self._status)))
        painter.drawEllipse(QPointF(key.center().x(), lower.center().y()), 4 * u, 4 * u)
        words = QRectF(lower)
        words.setLeft(name.left())
        # The state comes first; figures give way to it, drops last.
        state = metrics.elidedText(self._state, Qt.TextElideMode.ElideRight, words.width())
        painter.setPen(theme.TEXT)
        painter.setFont(font)
        painter.drawText(words, at_left, state)
        left = words.left() + metrics.horizontalAdvance(state) + 14 * u
        painter.setPen(theme.SECONDARY)
        for figure in self._figures:
            width = metrics.horizontalAdvance(figure)
            if left + width > right:
                break
            painter.drawText(QPointF(left, lower.center().y() + 0.36 * metrics.ascent()), figure)
            left += width + 14 * u

    def _count_down(self) -> None:
        words = state_words(self._status, counting=self._counting)
        if words != self._state:
            self._state = words
            self.update()

    def _fit(self) -> None:
        side = round(_BUTTON * theme.LOOK.text_scale)
        glyph = round(16 * theme.LOOK.text_scale)
        top = round(3 * theme.LOOK.text_scale)
        left = self.width() - round(6 * theme.LOOK.text_scale)
        for button in (self.remove_button, self.large_button):
            left -= side
            button.setIconSize(QSize(glyph, glyph))
            button.setGeometry(left, top, side, side)
        self.updateGeometry()
        self.update()

    def _button(self, sign: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(sign))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setStyleSheet("QToolButton { padding: 0; }")
        return button
