"""Everything in the window that has to do with choosing a source."""

from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QObject, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from choreai_live.source_choice import DEMO
from choreai_live.ui.picker.dropping import DropTarget
from choreai_live.ui.picker.glance import SIZE
from choreai_live.ui.picker.no_camera import NoCameraStrip
from choreai_live.ui.picker.recent import RecentSources
from choreai_live.ui.source_opening import SourceInfo
from choreai_live.ui.video_view import VideoView
from choreai_live.ui.window_actions import WindowActions
from choreai_live.ui.worker import Status, WorkerState

if TYPE_CHECKING:
    from choreai_live.ui.picker.dialog import SourcePicker


class SourceChoosing(QObject):
    """The picker, what is dropped, what was watched before, and the strip without a camera.

    Parameters
    ----------
    window
        Whose source is chosen.
    actions
        Of the window.
    video
        Shows the last picture.
    transport
        How RTSP is to come: ``"tcp"`` or ``"udp"``.

    Attributes
    ----------
    strip : NoCameraStrip
        For the window to put in its place.
    """

    #: What to watch; None for the first camera.
    chosen = pyqtSignal(object)

    def __init__(
        self,
        window: QWidget,
        actions: WindowActions,
        video: VideoView,
        transport: str = "tcp",
    ) -> None:
        super().__init__(window)
        self.recent = RecentSources()
        self.strip = NoCameraStrip(actions.choose_source)
        self.drops = DropTarget(window)
        self._window = window
        window.installEventFilter(self)
        self._actions = actions
        self._video = video
        self._transport = transport
        self._source: SourceInfo | None = None
        self._before: WorkerState | None = None
        self._picker: SourcePicker | None = None
        self.drops.dropped.connect(self.chosen.emit)
        self.strip.look_button.clicked.connect(lambda: self.chosen.emit(None))
        actions.choose_source.triggered.connect(lambda: self.ask())
        actions.choose_camera.triggered.connect(lambda: self.ask().ask_for_camera())
        actions.open_stream.triggered.connect(lambda: self.ask().ask_for_address())

    @property
    def picker(self) -> "SourcePicker":
        """The picker, made when it is first wanted."""
        if self._picker is None:
            from choreai_live.ui.picker.dialog import SourcePicker

            picker = self._picker = SourcePicker(self.recent, self._transport, self._window)
            picker.chosen.connect(self.chosen.emit)
            picker.demo_wanted.connect(lambda: self.chosen.emit(DEMO))
            picker.file_wanted.connect(self._actions.open_file.trigger)
            picker.recording_wanted.connect(self._actions.open_recording.trigger)
        return self._picker

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Let go of everything when the window closes."""
        if event is not None and event.type() == QEvent.Type.Close:
            if self._picker is not None:
                self._picker.hide()
            self.recent.finish()
        return super().eventFilter(watched, event)

    def ask(self) -> "SourcePicker":
        """Open the picker."""
        self.picker.ask(self._source, self._picture())
        return self.picker

    def _picture(self) -> QImage | None:
        """Return what is seen of a camera that is watched already, as it is seen."""
        if self._source is None or not self._source.camera or not self._video.has_picture:
            return None
        shown = self._video.grab().toImage()
        return shown.scaled(QSize(*SIZE), Qt.AspectRatioMode.KeepAspectRatioByExpanding)

    def show_status(self, status: Status) -> None:
        """Remember what is watched, and say so while the demo stands in for a camera."""
        source, before = status.source, self._before
        self._before = status.state
        self._source = source if status.state in _HELD else None
        if source is None or status.state is WorkerState.OPENING:
            self.strip.hide()
        elif status.state is WorkerState.LIVE and before is WorkerState.OPENING:
            self.strip.setVisible(source.substitute)
            if source.spec is not None:
                self.recent.remember(source.spec)


#: The window has the camera open, or is after it.
_HELD = (
    WorkerState.OPENING,
    WorkerState.LIVE,
    WorkerState.PAUSED,
    WorkerState.STALLED,
    WorkerState.RECONNECTING,
)
