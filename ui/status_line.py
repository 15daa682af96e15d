"""One quiet line: what is watched, with what, how fast."""

from typing import Final

from PyQt6.QtCore import QLocale, QPointF, QSize, Qt
from PyQt6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from choreai_live.ui import theme
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.source_opening import SourceInfo
from choreai_live.ui.worker import EngineInfo, Status, Update, WorkerState

_PROVIDERS: Final = {
    "cpu": "CPU",
    "cuda": "CUDA",
    "tensorrt": "TensorRT",
    "openvino": "OpenVINO",
    "directml": "DirectML",
    "coreml": "CoreML",
}


def provider_words(provider: str) -> str:
    """Return what people call an execution provider."""
    return _PROVIDERS.get(provider, provider)


class StatusLine(QWidget):
    """State and source at the left; model, provider and figures at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._light = _Light()
        self.state = _label(theme.Role.STATE)
        self.source = _ElidedLabel("SECONDARY")
        self.source.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.engine = _ElidedLabel("FAINT")
        self.fps = _label(theme.Role.FIGURE)
        self.latency = _label(theme.Role.FIGURE)
        self.dropped = _label(theme.Role.FIGURE)
        self.reconnects = _label(theme.Role.ALARM)
        self._figures = {self.fps: 64, self.latency: 108, self.dropped: 90}
        row = self._row = QHBoxLayout(self)
        for widget in (self._light, self.state, self.source):
            row.addWidget(widget)
        row.setStretchFactor(self.source, 1)
        row.addSpacing(12)
        for label in (self.engine, self.reconnects, self.fps, self.latency, self.dropped):
            row.addWidget(label)
        self._latency: float | None = None
        self._shown = 0.0
        self.fit(1.0)

    def fit(self, unit: float) -> None:
        """Take the size for a window `unit` times the reference window."""
        font = theme.text_font(13 * unit)
        for label in (self.state, self.source, self.engine, self.reconnects, *self._figures):
            label.setFont(font)
        for label, width in {**self._figures, self.reconnects: 120}.items():
            # Figures keep their places while they change.
            label.setMinimumWidth(round(width * unit))
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        margin = round(theme.MARGIN * unit)
        self._row.setContentsMargins(margin, round(2 * unit), margin, round(10 * unit))
        self._row.setSpacing(round(8 * unit))
        self._light.setFixedSize(round(10 * unit), round(20 * unit))

    def show_status(self, status: Status) -> None:
        """Say what the worker is doing."""
        words, tone = {
            WorkerState.LOADING: (self.tr("Getting ready"), "FAINT"),
            WorkerState.OPENING: (self.tr("Opening"), "FAINT"),
            WorkerState.LIVE: (self.tr("Live"), "GOOD"),
            WorkerState.PAUSED: (self.tr("Paused"), "WARNING"),
            WorkerState.STALLED: (self.tr("No picture"), "WARNING"),
            WorkerState.RECONNECTING: (self.tr("Reconnecting"), "WARNING"),
            WorkerState.ENDED: (self.tr("Ended"), "FAINT"),
            WorkerState.LOST: (self.tr("Connection lost"), "WARNING"),
            WorkerState.FAILED: (self.tr("Not opened"), "WARNING"),
        }[status.state]
        if status.state is WorkerState.LIVE and status.source and not status.source.live:
            words = self.tr("Playing")
        self.state.setText(words)
        self._light.show_tone(tone)
        self.source.setText(self._source_words(status.source) if status.source else "")
        if status.state in (WorkerState.LOADING, WorkerState.OPENING):
            self._latency = None
            for label in (self.reconnects, *self._figures):
                label.clear()
                label.hide()

    def show_engine(self, engine: EngineInfo) -> None:
        """Say which models run where."""
        self.engine.setText(
            self.tr("{models} on {provider}").format(
                models=engine.description, provider=provider_words(engine.provider)
            )
        )
        self.engine.setToolTip(spoken("\n".join(engine.notices)))

    def show_update(self, update: Update) -> None:
        """Show the figures, a few times per second so that they can be read."""
        latency = update.snapshot.timings.get("latency")
        if latency is not None:
            old = latency if self._latency is None else self._latency
            self._latency = old + (latency - old) * 0.1
        time = update.snapshot.frame.time
        if 0.0 <= time - self._shown < 0.5 and self.latency.text():
            return
        self._shown = time
        if update.fps is not None:
            self.fps.setText(self.tr("{fps} fps").format(fps=round(update.fps)))
        if self._latency is not None:
            self.latency.setText(self.tr("{ms} ms latency").format(ms=round(self._latency)))
        self.dropped.setText(
            self.tr("{count} dropped").format(count=QLocale().toString(update.dropped))
        )
        for label in self._figures:
            label.show()
        if update.reconnects:
            self.reconnects.setText(self.tr("reconnects: {count}").format(count=update.reconnects))
            self.reconnects.show()

    def _source_words(self, source: SourceInfo) -> str:
        if source.substitute:
            return self.tr("Demo dancer, as no camera was found")
        return source.title


class _Light(QWidget):
    """A dot in the colour of the state."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = "FAINT"

    def show_tone(self, tone: str) -> None:
        """Take a colour of the theme, by its name there."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(self._tone))
        radius = self.width() * 0.4
        painter.drawEllipse(QPointF(self.width() / 2, self.height() / 2), radius, radius)


class _ElidedLabel(QLabel):
    """Shortens long words in their middle instead of widening the window."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._tone = tone

    def minimumSizeHint(self) -> QSize:
        """Leave room for the beginning and the end."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw what there is room for."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(theme.colour(self._tone))
        words = QFontMetrics(self.font()).elidedText(
            self.text(), Qt.TextElideMode.ElideMiddle, self.width()
        )
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)


def _label(role: theme.Role) -> QLabel:
    label = QLabel()
    theme.dress(label, role)
    return label
