"""The pipeline on a thread of its own, and what it tells the window.

Nothing here blocks the interface: the window asks, the worker answers by
signals. Pictures are handed over through a slot of one, so a busy window skips
pictures instead of queueing them. Everything heavy (models, video libraries) is
imported here, on the worker's thread, so that the window is on screen at once.
"""

import logging
from dataclasses import dataclass, field, replace
from enum import Enum
from threading import Condition, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from PyQt6.QtCore import QObject, QThread, pyqtSignal, pyqtSlot

from choreai_live.errors import ChoreaiError, ProviderError, SourceLostError
from choreai_live.frame_rate import FrameRate
from choreai_live.messages import Snapshot
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.picture import image_of_frame, is_vast, tile_picture
from choreai_live.ui.several.engine_shelf import EngineShelf
from choreai_live.ui.source_opening import SourceInfo, SourceOpening

if TYPE_CHECKING:
    from PyQt6.QtGui import QImage

    from choreai_live.capture import Source, SourceStatus
    from choreai_live.isolation import RecordingOrder
    from choreai_live.isolation.recording import Recording
    from choreai_live.pipeline import Engine, Pipeline
    from choreai_live.settings import EngineSettings

logger = logging.getLogger(__name__)

#: What is remembered of a source without an end: a window may stay open for weeks.
HISTORY_SECONDS = 3600.0


class WorkerState(Enum):
    """What the worker is doing, as the window tells it."""

    LOADING = "loading"
    OPENING = "opening"
    LIVE = "live"
    PAUSED = "paused"
    STALLED = "stalled"
    RECONNECTING = "reconnecting"
    ENDED = "ended"
    LOST = "lost"
    FAILED = "failed"


@dataclass(frozen=True)
class Status:
    """A state together with what there is to say about it.

    Parameters
    ----------
    state
        What the worker is doing.
    source
        The source it is about, once that is known.
    sentence
        Why, for STALLED, RECONNECTING, LOST and FAILED: one sentence for the user.
    danced
        For ENDED: per track id, seconds of each style danced (None: not sure).
    retry_at
        For RECONNECTING: when the next attempt begins, ``time.monotonic()`` seconds;
        None while one is under way.
    """

    state: WorkerState
    source: SourceInfo | None = None
    sentence: str = ""
    danced: dict[int, dict[str | None, float]] = field(default_factory=dict)
    retry_at: float | None = None


@dataclass(frozen=True)
class EngineInfo:
    """What the window may know of the loaded models."""

    labels: tuple[str, ...]
    unsure_labels: tuple[str, ...]
    description: str
    provider: str
    notices: tuple[str, ...]


@dataclass(frozen=True)
class Update:
    """The newest snapshot with the source's figures at that moment.

    Where converting the picture takes long, that is done already. For a tile there is a
    picture no larger than the tile shows it.
    """

    snapshot: Snapshot
    dropped: int
    fps: float | None
    reconnects: int = 0
    picture: "QImage | None" = None
    small: "QImage | None" = None


class UpdateSlot:
    """Holds the newest update only; safe between two threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._update: Update | None = None

    def put(self, update: Update) -> bool:
        """Replace what is held; return whether the slot had been empty."""
        with self._lock:
            was_empty = self._update is None
            self._update = update
            return was_empty

    def take(self) -> Update | None:
        """Return what is held, if anything, and leave the slot empty."""
        with self._lock:
            update, self._update = self._update, None
            return update


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
        self._settings = settings
        self._transport = transport
        self._shelf = EngineShelf() if shelf is None else shelf
        self._engine: Engine | None = None
        self._loaded: EngineSettings | None = None
        # Where the models run, and why not elsewhere, as last told.
        self._running: tuple[str, ...] = ()
        # Why the models are not where they were asked to be: one sentence.
        self._instead = ""
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
        self._settings = settings

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

    def _load_engine(self) -> "Engine":
        settings = self._settings
        if self._engine is None or settings != self._loaded:
            self._engine = None  # what nobody else has makes room
            self.status_changed.emit(Status(WorkerState.LOADING))
            engine = self._engine_for(settings)
            self._tell_of(engine)
            self._engine, self._loaded = engine, settings
        return self._engine

    def _engine_for(self, settings: "EngineSettings") -> "Engine":
        """Return the models; on the CPU where the provider asked for cannot be used."""
        self._instead = ""
        try:
            return self._shelf.engine(settings)
        except ProviderError as error:
            if settings.provider in ("auto", "cpu"):
                raise
            logger.warning("%s", error)
            engine = self._shelf.engine(replace(settings, provider="cpu", precision="fp32"))
            self._instead = self.tr("{why} Until then the CPU is used.").format(
                why=spoken(str(error))
            )
            return engine

    def _tell_of(self, engine: "Engine") -> None:
        """Say which models run where, unless that is known: a device can be lost meanwhile."""
        pose = engine.pose_models
        running = (pose.description, pose.provider, self._instead, *pose.notices)
        if running == self._running:
            return
        self._running = running
        self.engine_ready.emit(
            EngineInfo(
                labels=tuple(engine.style_model.labels),
                unsure_labels=tuple(engine.style_model.unsure_labels),
                description=pose.description,
                provider=pose.provider,
                notices=tuple(filter(None, (self._instead, *engine.notices))),
            )
        )

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
            return Status(WorkerState.ENDED, info, danced=_danced(pipeline))

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
            if self._engine is not None:
                self._tell_of(self._engine)
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
            self.status_changed.emit(
                _status_of(self._heard, info) or Status(WorkerState.LIVE, info)
            )

    def _hear(self, number: int, status: "SourceStatus") -> None:
        """Take what a live source says of itself; called from its own thread."""
        with self._turn:
            if number != self._number:
                return
            self._heard = status
            if self._recording is not None:
                self._recording.note_status(status)
            told = None if self._told is None else _status_of(status, self._told)
            if told is not None:
                self.status_changed.emit(told)


class WorkerThread:
    """A worker and the thread it lives on, made and ended together.

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

    #: The longest to wait for the end: one inference, or models being loaded.
    PATIENCE_MS = 5_000
    #: Seconds for writing the end of a recording.
    RECORDING_PATIENCE = 10.0

    def __init__(
        self,
        settings: "EngineSettings",
        transport: str = "tcp",
        shelf: EngineShelf | None = None,
    ) -> None:
        self.worker = Worker(settings, transport, shelf)
        self._thread = QThread()
        self._thread.setObjectName("pipeline")
        self.worker.moveToThread(self._thread)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the thread is still there."""
        return self._thread.isRunning()

    def leave(self) -> None:
        """Stop the worker, release its source, and ask the thread to end; returns at once."""
        self.worker.stop()
        self._thread.quit()

    def close(self) -> None:
        """Leave, and wait for the thread to end and for a recording to be on the disk."""
        self.leave()
        if not self._thread.wait(self.PATIENCE_MS):
            logger.warning("The models are still being prepared; they are left behind.")
        else:
            self.worker.finish_recording(self.RECORDING_PATIENCE)


def _status_of(heard: "SourceStatus | None", info: SourceInfo) -> Status | None:
    """Return what a live source said of itself as the window tells it, if it does."""
    told = (WorkerState.LIVE, WorkerState.STALLED, WorkerState.RECONNECTING)
    if heard is None or WorkerState(heard.state.value) not in told:
        return None
    state = WorkerState(heard.state.value)
    return Status(state, info, heard.sentence, retry_at=heard.retry_at)


def _danced(pipeline: "Pipeline") -> dict[int, dict[str | None, float]]:
    danced: dict[int, dict[str | None, float]] = {}
    for dancer in pipeline.timeline.dancers:
        seconds = danced.setdefault(dancer, {})
        for segment in pipeline.timeline.segments(dancer):
            seconds[segment.label] = seconds.get(segment.label, 0.0) + segment.end - segment.start
    return danced
