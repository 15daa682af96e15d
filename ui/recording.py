"""Recording from the window: asking for it, the sign that it goes on, and what came of it."""

from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QObject, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PyQt6.QtWidgets import QWidget

from choreai_live.ui import theme
from choreai_live.ui.clock import clock
from choreai_live.ui.icons import icon
from choreai_live.ui.worker import Worker, WorkerState

if TYPE_CHECKING:
    from choreai_live.configuration.sections import RecordingSection
    from choreai_live.isolation import RecordingChanged, RecordingOrder

RED: Final = QColor("#FF4D4D")

#: There is something to record, or will be again.
_RECORDABLE: Final = (
    WorkerState.LIVE,
    WorkerState.PAUSED,
    WorkerState.STALLED,
    WorkerState.RECONNECTING,
)
#: Seconds for which it is said where a recording goes; afterwards dancers may stand there.
_PLACE_SHOWN: Final = 6.0
#: How large the sign is in a tile.
_SHORT: Final = 0.68
#: Logical pixels of the place that is named, at most.
_WIDEST_PLACE: Final = 300


class RecordingControl(QObject):
    """Has the worker record while the action is checked.

    One recording is of one source: it ends with it.

    Parameters
    ----------
    action
        Checkable; what the user presses.
    worker
        Records.
    sign
        Shown while something is recorded.
    section
        What and where to record; None for what holds without a settings file.
    parent
        The window.
    """

    #: One sentence for the user: what came of a recording.
    said = pyqtSignal(str)
    #: The same, where it is about a recording that an earlier run could not end.
    finished = pyqtSignal(str)
    _finished = pyqtSignal(object)

    def __init__(
        self,
        action: QAction,
        worker: Worker,
        sign: "RecordingSign",
        section: "RecordingSection | None",
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._action = action
        self._worker = worker
        self._sign = sign
        self.section = section
        self._last: RecordingChanged | None = None
        action.toggled.connect(self._ask)
        action.setEnabled(False)
        worker.recording_changed.connect(self._show)
        self._finished.connect(self._show_finished)

    @property
    def folder(self) -> Path:
        """Where sessions are kept."""
        return self._known_section().place

    def finish_interrupted(self) -> None:
        """Finish, on a thread of its own, what an earlier run could not."""
        Thread(target=self._finish_interrupted, name="finishing", daemon=True).start()

    def show_state(self, state: WorkerState) -> None:
        """Let recording be asked for where there is something to record."""
        self._action.setEnabled(state in _RECORDABLE)
        if state not in _RECORDABLE:
            self._action.setChecked(False)

    def _ask(self, wanted: bool) -> None:
        self._worker.record(self._order() if wanted else None)
        self._action.setText(self.tr("Stop") if wanted else self.tr("Record"))
        self._action.setIcon(icon("stop" if wanted else "record"))

    def _show(self, change: "RecordingChanged") -> None:
        before, self._last = self._last, change if change.path is not None else None
        if change.path is not None:
            self._sign.show_recording(change.path, change.seconds)
            return
        self._sign.hide()
        if change.failure is not None:
            self._action.setChecked(False)
            self.said.emit(change.failure)
        elif before is not None and before.path is not None:
            self.said.emit(
                self.tr("{time} recorded to {path}.").format(
                    time=clock(before.seconds), path=shown_path(before.path)
                )
            )

    def _show_finished(self, sessions: list[Path]) -> None:
        for session in sessions:
            words = self.tr("A recording had been interrupted, and is finished now: {path}.")
            words = words.format(path=shown_path(session))
            self.said.emit(words)
            self.finished.emit(words)

    def _finish_interrupted(self) -> None:
        from choreai_live.session.finishing import finish_interrupted

        if finished := finish_interrupted(self.folder):
            self._finished.emit(finished)

    def _order(self) -> "RecordingOrder":
        from choreai_live.isolation import RecordingOrder

        section = self._known_section()
        return RecordingOrder(
            folder=section.place,
            video=section.video,
            overlay=section.overlay,
            split_seconds=section.split_seconds,
            split_bytes=section.split_bytes,
            floor_bytes=section.floor_bytes,
        )

    def _known_section(self) -> "RecordingSection":
        from choreai_live.configuration.sections import RecordingSection

        return self.section or RecordingSection()


class RecordingSign(QWidget):
    """A red dot, how much is recorded, and where it goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setContentsMargins(14, 14, 14, 14)
        self._time = ""
        self._place = ""
        self._short = False
        self.hide()

    @property
    def short(self) -> bool:
        """Whether there is no room to say where the recording goes."""
        return self._short

    @short.setter
    def short(self, short: bool) -> None:
        self._short = short
        margin = 6 if short else 14
        self.setContentsMargins(margin, margin, margin, margin)
        if short:
            self._place = ""
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """What it says in large letters."""
        return self.tr("REC {time}").format(time=self._time)

    @property
    def place(self) -> str:
        """What it says in small letters, in the beginning."""
        return self._place

    def show_recording(self, path: Path, seconds: float) -> None:
        """Say that so many seconds are in the session at `path`."""
        self._time = clock(seconds)
        self._place = shown_path(path) if seconds < _PLACE_SHOWN and not self._short else ""
        self.setAccessibleName(f"{self.words}. {shown_path(path)}")
        self.updateGeometry()
        self.update()
        self.show()
        self.raise_()

    def sizeHint(self) -> QSize:
        """Suggest what the words take."""
        u = self._unit()
        large = QFontMetricsF(self._large(u)).horizontalAdvance(self.words) + 56 * u
        around = self.contentsMargins().left() * 2
        if not self._place:
            return QSize(round(large + around), round(42 * u + around))
        small = QFontMetricsF(self._small(u)).horizontalAdvance(self._place) + 36 * u
        width = max(large, min(small, (_WIDEST_PLACE + 36) * u))
        return QSize(round(width + around), round(62 * u + around))

    def minimumSizeHint(self) -> QSize:
        """Take no less than the words do."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw it."""
        u = self._unit()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.contentsRect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(10, 12, 16, 236))
        painter.drawRoundedRect(area, 14 * u, 14 * u)
        painter.setBrush(RED)
        painter.drawEllipse(QPointF(area.left() + 24 * u, area.top() + 21 * u), 7 * u, 7 * u)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(theme.DARK.text)
        painter.setFont(self._large(u))
        row = QRectF(area.left() + 40 * u, area.top() + 6 * u, area.width(), 30 * u)
        painter.drawText(row, left, self.words)
        painter.setPen(theme.DARK.secondary)
        painter.setFont(self._small(u))
        row = QRectF(area.left() + 17 * u, area.top() + 34 * u, area.width() - 34 * u, 22 * u)
        elided = QFontMetricsF(self._small(u)).elidedText(
            self._place, Qt.TextElideMode.ElideMiddle, row.width()
        )
        painter.drawText(row, left, elided)

    def _unit(self) -> float:
        unit = theme.unit(self)
        return _SHORT * unit if self._short else unit

    def _large(self, u: float) -> QFont:
        return theme.text_font(19 * u, strong=True)

    def _small(self, u: float) -> QFont:
        return theme.text_font(13 * u)


def shown_path(path: Path) -> str:
    """Return a path, the user's own folder as a tilde."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)
