"""The pipeline on a thread of its own, and what it tells the window.

Nothing here blocks the interface: the window asks, the worker answers by
signals. Pictures are handed over through a slot of one, so a busy window skips
pictures instead of queueing them. Everything heavy (models, video libraries) is
imported here, on the worker's thread, so that the window is on screen at once.
"""

import logging
from threading import Condition, Thread
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from PyQt6.QtCore import QObject, pyqtSignal, pyqtSlot

from choreai_live.errors import ChoreaiError, SourceLostError
from choreai_live.frame_rate import FrameRate
from choreai_live.ui.engine_loading import EngineLoading
from choreai_live.ui.picture import image_of_frame, is_vast, tile_picture
from choreai_live.ui.several.engine_shelf import EngineShelf
from choreai_live.ui.source_opening import SourceInfo, SourceOpening
from choreai_live.ui.telling import (
    EngineInfo,
    Status,
    Update,
    UpdateSlot,
    WorkerState,
    danced_in,
    status_of,
)

if TYPE_CHECKING:
    from choreai_live.capture import Source, SourceStatus
    from choreai_live.isolation import RecordingOrder
    from choreai_live.isolation.recording import Recording
    from choreai_live.pipeline import Engine, Pipeline
    from choreai_live.settings import EngineSettings

__all__ = ["EngineInfo", "Status", "Update", "UpdateSlot", "Worker", "WorkerState"]

logger = logging.getLogger(__name__)

#: What is remembered of a source without an end: a window may stay open for weeks.
HISTORY_SECONDS = 3600.0


class _Closable(Protocol):
    def close(self) -> None: ...


class Worker(QObject):
    """Opens sources and iterates the pipeline, one source at a time.

    Lives on a thread of its own. `watch`, `try_now`, `set_paused` and `stop` may be
    called from any thread and return at once. A camera or stream that is lost after it
    was opened is reached again, for ever.

    Parameters
    ----------
    settings
        What models to load and where to run them.
    transport
        How RTSP is to come: ``"tcp"`` or ``"udp"``.
    shelf
        Where the models come from, so that several workers share them; None for a
        shelf of its own.
    """

    status_changed = pyqtSignal(object)
    engine_ready = pyqtSignal(object)
    update_ready = pyqtSignal()
    #: isolation.RecordingChanged: a recording began, goes on (once a second), ended or failed.
    recording_changed = pyqtSignal(object)
    _asked = pyqtSignal(object, int)

    def __init__(
        self,
        settings: "EngineSettings",
        transport: str = "tcp",
        shelf: EngineShelf | None = None,
    ) -> None:
        super().__init__()
        self.updates = UpdateSlot()
        #: Pixels of the screen that a tile's picture is wide; 0 where there is no tile.
        self.tile_width = 0
        self._models = EngineLoading(settings, EngineShelf() if shelf is None else shelf)
        self._transport = transport
        self._turn = Condition()
        # Every request gets the next number; work for an older number stops.
        self._number = 0
        self._paused = False
        self._current: _Closable | None = None
        self._source: Source | None = None
        # What is told of the source being watched; None while none is, or it is held.
        self._told: SourceInfo | None = None
        self._heard: SourceStatus | None = None
        self._order: RecordingOrder | None = None
        self._recording: Recording | None = None
        self._asked.connect(self._watch)

    def watch(self, spec: str | None) -> None:
        """Leave the present source and open another; None for the first camera."""
        number = self._supersede()
        self._asked.emit(spec, number)

    def use(self, settings: "EngineSettings") -> None:
        """Load these models, if they are others, before the next source is opened."""
        self._models.settings = settings

    def stop(self) -> None:
        """Leave the present source; nothing more is reported about it."""
        self._supersede()

    def try_now(self) -> None:
        """Make the next attempt to reach a source that is lost at once."""
        from choreai_live.capture import SupervisedSource

        with self._turn:
            source = self._source
        if isinstance(source, SupervisedSource):
            source.try_now()

    def record(self, order: "RecordingOrder | None") -> None:
        """Begin to record as ordered, or end the recording."""
        with self._turn:
            self._order = order
            if self._recording is not None:
                self._recording.order(order)

    def finish_recording(self, patience: float) -> None:
        """Wait, seconds at most, for what was recorded to be written; once the thread ended."""
        if self._recording is not None:
            self._recording.finish(patience)

    def set_paused(self, paused: bool) -> None:
        """Hold the picture, or go on."""
        with self._turn:
            self._paused = paused
            self._turn.notify_all()

    def _supersede(self) -> int:
        with self._turn:
            self._number += 1
            self._paused = False
            self._source = self._told = self._heard = None
            current, self._current = self._current, None
            self._turn.notify_all()
            number = self._number
        if current is not None:
            # A decoder that hangs may keep its source's close waiting.
            Thread(target=current.close, name="closing", daemon=True).start()
        return number

    def _wanted(self, number: int) -> bool:
        with self._turn:
            return number == self._number

    def _hold(self, number: int, closable: _Closable) -> bool:
        """Make `closable` what the next request closes; False if that one has come."""
        with self._turn:
            if number == self._number:
                self._current = closable
                return True
        closable.close()
        return False

    @pyqtSlot(object, int)
    def _watch(self, spec: str | None, number: int) -> None:
        status: Status | None
        if not self._wanted(number):
            return
        opening = SourceOpening(spec, lambda status: self._hear(number, status), self._transport)
        if not self._hold(number, opening):
            return
        try:
            engine = self._load_engine()
            status = self._run(engine, opening, number)
        except SourceLostError as lost:
            status = Status(WorkerState.LOST, opening.info, str(lost))
        except ChoreaiError as error:
            status = Status(WorkerState.FAILED, opening.info, str(error))
        except Exception as defect:
            logger.exception("The pipeline failed on %s", opening.info.name)
            status = Status(WorkerState.FAILED, opening.info, self._report(defect))
        finally:
            opening.close()
        if status is not None and self._wanted(number):
            self.status_changed.emit(status)

    def _report(self, defect: Exception) -> str:
        return self.tr(
            "Something went wrong that never should ({name}: {words}); please report it."
        ).format(name=type(defect).__name__, words=str(defect).rstrip("."))

    @property
    def _engine(self) -> "Engine | None":
        return self._models.engine

    def _load_engine(self) -> "Engine":
        if not self._models.outdated and self._models.engine is not None:
            return self._models.engine
        self.status_changed.emit(Status(WorkerState.LOADING))
        engine = self._models.load()
        self._tell_of_engine()
        return engine

    def _tell_of_engine(self) -> None:
        news = self._models.news()
        if news is not None:
            self.engine_ready.emit(news)

    def _run(self, engine: "Engine", opening: SourceOpening, number: int) -> Status | None:
        """Open and watch one source; return how it ended, None if superseded."""
        opening.name()
        self.status_changed.emit(Status(WorkerState.OPENING, opening.info))
        source = opening.wait()
        if source is None:
            return None
        keep = HISTORY_SECONDS if source.duration is None else None
        with engine.pipeline(source, keep) as pipeline:
            if not self._hold(number, pipeline):
                return None
            info = opening.info
            self.updates.take()
            with self._turn:
                self._source = source
            self._go_on_telling(info, number)
            recording = self._known_recording()
            recording.watch(engine, source)
            try:
                self._iterate(pipeline, info, number, recording)
            finally:
                recording.leave()
            return Status(WorkerState.ENDED, info, danced=danced_in(pipeline))

    def _known_recording(self) -> "Recording":
        from choreai_live.isolation.recording import Recording

        with self._turn:
            if self._recording is None:
                self._recording = Recording(self._order, self.recording_changed.emit)
            return self._recording

    def _iterate(
        self, pipeline: "Pipeline", info: SourceInfo, number: int, recording: "Recording"
    ) -> None:
        from choreai_live.capture import SupervisedSource

        rate = FrameRate()
        for snapshot in pipeline:
            if not self._wanted(number):
                return
            source = pipeline.source
            reconnects = source.reconnects if isinstance(source, SupervisedSource) else 0
            image = snapshot.frame.image
            picture = image_of_frame(image) if is_vast(image) else None
            small = tile_picture(image, self.tile_width) if self.tile_width else None
            fps = rate.count(monotonic())
            update = Update(snapshot, source.dropped, fps, reconnects, picture, small)
            if self.updates.put(update):
                self.update_ready.emit()
            recording.record(snapshot, pipeline)
            self._tell_of_engine()
            if self._rest(pipeline, info, number):
                rate = FrameRate()

    def _rest(self, pipeline: "Pipeline", info: SourceInfo, number: int) -> bool:
        """Wait while paused; return whether there was a pause."""
        with self._turn:
            if not self._paused or number != self._number:
                return False
            pipeline.source.paused = True
            self._told = None
            self.status_changed.emit(Status(WorkerState.PAUSED, info))
            while self._paused and number == self._number:
                self._turn.wait()
            pipeline.source.paused = False
        self._go_on_telling(info, number)
        return True

    def _go_on_telling(self, info: SourceInfo, number: int) -> None:
        """Say that the source is live, and what has become of it since that was known."""
        with self._turn:
            if number != self._number:
                return
            self._told = info
            self.status_changed.emit(status_of(self._heard, info) or Status(WorkerState.LIVE, info))

    def _hear(self, number: int, status: "SourceStatus") -> None:
        """Take what a live source says of itself; called from its own thread."""
        with self._turn:
            if number != self._number:
                return
            self._heard = status
            if self._recording is not None:
                self._recording.note_status(status)
            told = None if self._told is None else status_of(status, self._told)
            if told is not None:
                self.status_changed.emit(told)
