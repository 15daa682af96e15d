"""One source in the window: its worker, its picture, and what is read of it."""

from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget

from choreai_live.messages import Snapshot
from choreai_live.ui.lookback.reading import Reading
from choreai_live.ui.probability_bars import ProbabilityBars
from choreai_live.ui.prominence import Prominence
from choreai_live.ui.readout_panel import ReadoutPanel
from choreai_live.ui.recording import RecordingControl
from choreai_live.ui.several.engine_shelf import EngineShelf
from choreai_live.ui.several.feed_actions import FeedActions
from choreai_live.ui.several.figures import FeedFigures
from choreai_live.ui.source_opening import SourceInfo
from choreai_live.ui.stage import Notice, Stage
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.timeline_strip import TimelineStrip
from choreai_live.ui.window_actions import WindowActions
from choreai_live.ui.worker import EngineInfo, Status, Update, WorkerState
from choreai_live.ui.worker_thread import WorkerThread

if TYPE_CHECKING:
    from choreai_live.configuration.sections import RecordingSection
    from choreai_live.settings import EngineSettings

#: The source is lost, for a while or for good.
_AWAY: Final = (
    WorkerState.STALLED,
    WorkerState.RECONNECTING,
    WorkerState.LOST,
    WorkerState.FAILED,
)


class Feed(QObject):
    """Watches one source at a time, on a thread of its own, and shows what comes of it.

    Parameters
    ----------
    settings, transport, shelf
        As :class:`~choreai_live.ui.worker_thread.WorkerThread` takes them.
    commands
        Of the window.
    notice
        Where the window says something.
    recording
        What and where to record; None for what holds without a settings file.
    mirrors
        Says whether the picture of a source that has just been opened is mirrored.
    parent
        The window; the widgets are its children until they are put in their places.
    """

    #: Status, and the WorkerState before it.
    told = pyqtSignal(object, object)
    #: EngineInfo.
    engine_ready = pyqtSignal(object)
    #: Update, once it is shown.
    updated = pyqtSignal(object)
    #: After leave(): the thread has ended, and what was recorded is on the disk.
    ended = pyqtSignal()

    def __init__(
        self,
        settings: "EngineSettings",
        transport: str,
        shelf: EngineShelf,
        commands: WindowActions,
        notice: Notice,
        recording: "RecordingSection | None",
        mirrors: Callable[[SourceInfo], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.spec: str | None = None
        self.status = Status(WorkerState.LOADING)
        self.engine: EngineInfo | None = None
        self.update: Update | None = None
        #: Track id of the dancer of the big readout; None while there is nobody.
        self.prominent: int | None = None
        self.figures = FeedFigures()
        self.watches_camera = False
        self._mirrors = mirrors
        self._prominence = Prominence()
        # The last to be shown, for when it has to be drawn again; not while nobody may see it.
        self._last: tuple[Snapshot, int | None, QImage | None] | None = None
        self.actions = FeedActions(commands, self)
        self.stage = Stage(commands, parent, reopen=self.actions.reopen, notice=notice)
        self.readout = ReadoutPanel(parent)
        self.bars = ProbabilityBars(parent)
        self.timeline = TimelineStrip(parent)
        self.widgets: tuple[QWidget, ...] = (
            self.stage,
            self.readout,
            self.bars,
            self.timeline,
        )
        for widget in self.widgets:
            widget.hide()
        self.reading = Reading(self.timeline, self.readout, self.bars, self)
        self._thread = WorkerThread(settings, transport, shelf)
        self.worker = self._thread.worker
        self.worker.status_changed.connect(self._show_status)
        self.worker.engine_ready.connect(self._show_engine)
        self.worker.update_ready.connect(self._show_update)
        self.recording = RecordingControl(
            self.actions.record, self.worker, self.stage.recording, recording, self
        )
        self.recording.said.connect(notice.show_words)
        self.actions.reopen.triggered.connect(self.reopen)
        # Not to the worker's slot, which would wait for its thread to have time for it.
        self.actions.pause.toggled.connect(lambda paused: self.worker.set_paused(paused))
        self.actions.mirror.toggled.connect(self._set_mirrored)

    @property
    def state(self) -> WorkerState:
        """What the worker is doing, as last told."""
        return self.status.state

    @property
    def running(self) -> bool:
        """Whether the worker's thread is still there."""
        return self._thread.running

    @property
    def title(self) -> str:
        """What people call the source; empty while that is not known."""
        return self.status.source.title if self.status.source is not None else ""

    def watch(self, spec: str | None) -> None:
        """Leave the present source and open another; None for the first camera."""
        self.spec = spec
        self.actions.pause.setChecked(False)
        self.worker.watch(spec)

    def reopen(self) -> None:
        """Open the source again, or try at once to reach one that is lost."""
        if self.state in (WorkerState.STALLED, WorkerState.RECONNECTING):
            self.worker.try_now()
        else:
            self.watch(self.spec)

    def set_private(self, private: bool) -> None:
        """Show figures instead of the picture, and keep no picture of any size."""
        if private:
            self._last = self.update = None
        self.stage.video.private = private
        self.reading.thumbnails.enabled = not private

    def show_again(self) -> None:
        """Draw again what was shown last, as the view has changed."""
        if self._last is not None:
            snapshot, chosen, picture = self._last
            video = self.stage.video
            video.show_snapshot(snapshot, chosen, None if video.small else picture)

    def leave(self) -> None:
        """Let go of the source; returns at once. `ended` is emitted once everything is over."""
        self._stop_hearing()
        self.reading.close()
        Thread(target=self._end, name="leaving", daemon=True).start()

    def stop(self) -> None:
        """Let go of the source, and ask the thread to end; returns at once."""
        self._thread.leave()

    def close(self) -> None:
        """Let go of the source, and wait for the thread and for what is recorded."""
        self._thread.close()
        self.reading.close()

    def _end(self) -> None:
        self._thread.close()
        try:
            self.ended.emit()
        except RuntimeError:  # the window is gone
            return

    def _stop_hearing(self) -> None:
        self.worker.status_changed.disconnect(self._show_status)
        self.worker.engine_ready.disconnect(self._show_engine)
        self.worker.update_ready.disconnect(self._show_update)

    def _set_mirrored(self, mirrored: bool) -> None:
        self.stage.video.mirrored = mirrored
        self.reading.mirrored = mirrored

    def _show_status(self, status: Status) -> None:
        before, self.status = self.status.state, status
        self.stage.show_status(status)
        self.recording.show_state(status.state)
        self.actions.pause.setEnabled(status.state in (WorkerState.LIVE, WorkerState.PAUSED))
        source = status.source
        if status.state in (WorkerState.LOADING, WorkerState.OPENING):
            self._begin()
        elif status.state is WorkerState.LIVE and source and before is WorkerState.OPENING:
            self.watches_camera = source.camera
            self.actions.mirror.setChecked(self._mirrors(source))
            self.reading.start(source.duration)
        elif status.state is WorkerState.ENDED:
            self.reading.conclude(self.tr("In the end"))
        elif status.state in _AWAY:
            self.reading.conclude(self.tr("When last seen"))
        self.told.emit(status, before)

    def _begin(self) -> None:
        """Forget the last source."""
        self._prominence.forget()
        self._last = self.update = self.prominent = None
        self.figures.forget()
        self.reading.start(None)

    def _show_engine(self, engine: EngineInfo) -> None:
        self.engine = engine
        looks = StyleLooks(engine.labels, engine.unsure_labels)
        self.stage.looks = looks
        self.stage.video.set_looks(looks)
        self.reading.set_looks(looks)
        self.engine_ready.emit(engine)

    def _show_update(self) -> None:
        update = self.worker.updates.take()
        if update is None:
            return
        self.figures.count(update)
        snapshot = update.snapshot
        frame = snapshot.frame
        height, width, _ = frame.image.shape
        chosen = self._prominence.choose(snapshot.tracks, width, height, frame.time)
        self.prominent = chosen
        video = self.stage.video
        if not video.private:  # else no picture is kept, not even the last one
            self.update = update
            self._last = snapshot, chosen, update.picture
        # What stands behind the one that is shown alone is drawn when it comes forward.
        if video.private or self.stage.isVisibleTo(self.stage.window()):
            picture = update.small if video.small else update.picture
            video.show_snapshot(snapshot, chosen, picture)
        self.worker.tile_width = video.tile_width
        self.reading.show_snapshot(snapshot, chosen)
        self.updated.emit(update)
        if self.state in _AWAY:  # it was on its way when the source was lost
            self.reading.conclude(self.tr("When last seen"))
