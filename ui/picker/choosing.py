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
from choreai_live.ui.video_view import VideoView
from choreai_live.ui.window_actions import WindowActions
from choreai_live.ui.worker import Status, WorkerState

if TYPE_CHECKING:
    from choreai_live.ui.picker.dialog import SourcePicker
    from choreai_live.ui.several.live_sources import LiveSources


class SourceChoosing(QObject):
    """The picker, what is dropped, what was watched before, and the strip without a camera.

    Parameters
    ----------
    window
        Whose source is chosen.
    actions
        Of the window.
    live
        The sources there are.
    transport
        How RTSP is to come: ``"tcp"`` or ``"udp"``.

    Attributes
    ----------
    strip : NoCameraStrip
        For the window to put in its place.
    """

    #: What to watch; None for the first camera.
    chosen = pyqtSignal(object)
    #: What to watch beside what is watched now.
    added = pyqtSignal(object)
    #: A file, or a recording, is to be asked for and watched beside what is watched now.
    file_to_add = pyqtSignal()
    recording_to_add = pyqtSignal()

    def __init__(
        self,
        window: QWidget,
        actions: WindowActions,
        live: "LiveSources",
        transport: str = "tcp",
    ) -> None:
        super().__init__(window)
        self.recent = RecentSources()
        self.strip = NoCameraStrip(actions.choose_source)
        self.drops = DropTarget(window)
        self._window = window
        window.installEventFilter(self)
        self._actions = actions
        self._live = live
        self._transport = transport
        self._adding = False
        self._picker: SourcePicker | None = None
        self.drops.dropped.connect(self.chosen.emit)
        self.strip.look_button.clicked.connect(lambda: self.chosen.emit(None))
        actions.choose_source.triggered.connect(lambda: self.ask())
        actions.several.add.triggered.connect(lambda: self.ask(adding=True))
        live.added.connect(self.strip.hide)
        actions.choose_camera.triggered.connect(lambda: self.ask().ask_for_camera())
        actions.open_stream.triggered.connect(lambda: self.ask().ask_for_address())

    @property
    def picker(self) -> "SourcePicker":
        """The picker, made when it is first wanted, if not before."""
        if self._picker is None:
            from choreai_live.ui.picker.dialog import SourcePicker

            picker = self._picker = SourcePicker(self.recent, self._transport, self._window)
            picker.chosen.connect(self._take)
            picker.demo_wanted.connect(lambda: self._take(DEMO))
            picker.file_wanted.connect(self._ask_for_file)
            picker.recording_wanted.connect(self._ask_for_recording)
        return self._picker

    def make_ready(self) -> None:
        """Make the picker now, so that it need not be made when it is first wanted."""
        _ = self.picker

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Let go of everything when the window closes."""
        if event is not None and event.type() == QEvent.Type.Close:
            if self._picker is not None:
                self._picker.hide()
            self.recent.finish()
        return super().eventFilter(watched, event)

    def ask(self, *, adding: bool = False) -> "SourcePicker":
        """Open the picker; what is chosen takes the place of the chosen source, or is added."""
        self._adding = adding
        self.picker.ask(watched=self._cameras(), adding=adding)
        return self.picker

    def show_status(self, status: Status, before: WorkerState) -> None:
        """Remember what is watched, and say so while the demo stands in for a camera."""
        source = status.source
        if source is None or status.state is WorkerState.OPENING:
            self.strip.hide()
        elif status.state is WorkerState.LIVE and before is WorkerState.OPENING:
            self.strip.setVisible(source.substitute and len(self._live.feeds) == 1)
            if source.spec is not None:
                self.recent.remember(source.spec)

    def _take(self, spec: str) -> None:
        (self.added if self._adding else self.chosen).emit(spec)

    def _ask_for_file(self) -> None:
        if self._adding:
            self.file_to_add.emit()
        else:
            self._actions.open_file.trigger()

    def _ask_for_recording(self) -> None:
        if self._adding:
            self.recording_to_add.emit()
        else:
            self._actions.open_recording.trigger()

    def _cameras(self) -> dict[str, QImage | None]:
        """Return the cameras that are watched already, and what is seen of each, as it is seen."""
        return {
            feed.status.source.device: _picture(feed.stage.video)
            for feed in self._live.feeds
            if feed.status.source is not None and feed.status.source.camera and feed.state in _HELD
        }


def _picture(video: VideoView) -> QImage | None:
    if not video.has_picture or not video.isVisible():
        return None
    shown = video.grab().toImage()
    return shown.scaled(QSize(*SIZE), Qt.AspectRatioMode.KeepAspectRatioByExpanding)


#: The window has the camera open, or is after it.
_HELD = (
    WorkerState.OPENING,
    WorkerState.LIVE,
    WorkerState.PAUSED,
    WorkerState.STALLED,
    WorkerState.RECONNECTING,
)
