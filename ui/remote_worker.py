"""The pipeline in a process of its own, and what it tells the window.

The same signals as those of a :class:`~choreai_live.ui.worker.Worker`, which
has the pipeline on a thread; here it may die or freeze, and is replaced.
"""

import logging
from dataclasses import replace
from threading import Condition, Thread
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from choreai_live.errors import ChoreaiError
from choreai_live.ui.source_opening import SourceInfo
from choreai_live.ui.worker import EngineInfo, Status, Update, UpdateSlot, WorkerState

if TYPE_CHECKING:
    from choreai_live.capture.status import SourceStatus
    from choreai_live.isolation import Event, PipelineProcess, RecordingOrder
    from choreai_live.settings import EngineSettings

logger = logging.getLogger(__name__)


class RemoteWorker(QObject):
    """Watches one source at a time with a pipeline in a process of its own.

    Every method may be called from any thread and returns at once, save
    :meth:`close`. The process is started with the first call of :meth:`watch`.

    Parameters
    ----------
    settings
        What models to load and where to run them.
    transport
        How to ask for RTSP: ``"tcp"`` or ``"udp"``.
    persistent
        Whether a source that cannot be opened is tried for ever.
    """

    #: Status: as of Worker.
    status_changed = pyqtSignal(object)
    #: EngineInfo: as of Worker; once for every process that was started.
    engine_ready = pyqtSignal(object)
    #: There is something in ``updates``.
    update_ready = pyqtSignal()
    #: isolation.PipelineDied: the process ended or froze and is being replaced.
    pipeline_died = pyqtSignal(object)
    #: monitoring.Figures: once a second.
    figures_changed = pyqtSignal(object)
    #: isolation.RecordingChanged: a recording began, goes on (once a second), ended or failed.
    recording_changed = pyqtSignal(object)

    def __init__(
        self, settings: "EngineSettings", *, transport: str = "tcp", persistent: bool = True
    ) -> None:
        super().__init__()
        self.updates = UpdateSlot()
        self._settings = settings
        self._transport = transport
        self._persistent = persistent
        self._turn = Condition()
        self._process: PipelineProcess | None = None
        self._starter: Thread | None = None
        self._closed = False
        self._spec: str | None = None
        self._watching = False
        self._recording: RecordingOrder | None = None
        self._info: SourceInfo | None = None

    def watch(self, spec: str | None) -> None:
        """Leave the present source and open another; None for the first camera."""
        with self._turn:
            self._spec, self._watching = spec, True
            if self._process is not None:
                self._process.watch(spec)
            elif self._starter is None and not self._closed:
                # The libraries to be imported must not hold up the window.
                self._starter = Thread(target=self._start, name="starting", daemon=True)
                self._starter.start()

    def stop(self) -> None:
        """Leave the present source; nothing more is reported about it."""
        with self._turn:
            self._watching = False
            if self._process is not None:
                self._process.stop()

    def set_paused(self, paused: bool) -> None:
        """Hold the picture, or go on."""
        with self._turn:
            if self._process is not None:
                self._process.set_paused(paused)

    def try_now(self) -> None:
        """Make the next attempt to reach a source that is lost at once."""
        with self._turn:
            if self._process is not None:
                self._process.try_now()

    def record(self, order: "RecordingOrder | None") -> None:
        """Begin to record as ordered, or end the recording."""
        with self._turn:
            self._recording = order
            if self._process is not None:
                self._process.record(order)

    @property
    def running(self) -> bool:
        """Whether there is a process, or one is to be started."""
        with self._turn:
            if self._process is not None:
                return self._process.running
            return self._starter is not None and self._starter.is_alive()

    @property
    def pipeline_pid(self) -> int | None:
        """The number of the process that has the pipeline; None while there is none."""
        with self._turn:
            return None if self._process is None else self._process.pid

    def close(self) -> None:
        """End the process and wait for it: two seconds at most, more only while it records."""
        with self._turn:
            self._closed = True
            starter = self._starter
        if starter is not None:
            starter.join()
        if self._process is not None:
            self._process.close()

    def _start(self) -> None:
        from choreai_live.isolation import PipelineJob, PipelineProcess

        try:
            with self._turn:
                if self._closed:
                    return
                job = PipelineJob(
                    self._settings, self._transport, self._persistent, self._recording
                )
                self._process = PipelineProcess(job, self._hear)
                if self._watching:
                    self._process.watch(self._spec)
        except ChoreaiError as error:
            self.status_changed.emit(Status(WorkerState.FAILED, None, str(error)))

    # What follows is called from threads of the process's keeper.

    def _hear(self, event: "Event") -> None:
        from choreai_live import isolation

        match event:
            case isolation.SnapshotReady(snapshot, dropped, fps, reconnects):
                if self.updates.put(Update(snapshot, dropped, fps, reconnects)):
                    self.update_ready.emit()
            case isolation.FiguresChanged(figures):
                self.figures_changed.emit(figures)
            case isolation.PipelineDied():
                self.pipeline_died.emit(event)
            case isolation.RecordingChanged():
                self.recording_changed.emit(event)
            case isolation.EngineReady():
                self.engine_ready.emit(
                    EngineInfo(
                        event.labels,
                        event.unsure_labels,
                        event.description,
                        event.provider,
                        event.notices,
                    )
                )
            case _:
                status = self._status(event)
                if status is not None:
                    self.status_changed.emit(status)

    def _status(self, event: "Event") -> Status | None:
        """Return what an event means to the window, if anything."""
        from choreai_live import isolation

        match event:
            case isolation.PipelineStarting():
                return Status(WorkerState.LOADING)
            case isolation.SourceOpening(name, camera, substitute):
                self.updates.take()
                self._info = SourceInfo(self._spec, name=name, camera=camera, substitute=substitute)
                return Status(WorkerState.OPENING, self._info)
            case isolation.SourceOpened(name, duration) if self._info is not None:
                self._info = replace(
                    self._info, name=name, live=duration is None, duration=duration
                )
                return None
            case isolation.SourceChanged(status):
                return self._live_status(status)
            case isolation.SourceHeld(paused):
                return Status(WorkerState.PAUSED if paused else WorkerState.LIVE, self._info)
            case isolation.SourceEnded(danced):
                return Status(
                    WorkerState.ENDED,
                    self._info,
                    danced={dancer: dict(styles) for dancer, styles in danced.items()},
                )
            case isolation.SourceFailed(sentence, lost, retry_at):
                state = WorkerState.LOST if lost else WorkerState.FAILED
                return Status(state, self._info, sentence, retry_at=retry_at)
        return None

    def _live_status(self, status: "SourceStatus") -> Status | None:
        from choreai_live.capture.status import SourceState

        if status.state is SourceState.ENDED:  # said with what was danced
            return None
        state = WorkerState(status.state.value)
        return Status(state, self._info, status.sentence, retry_at=status.retry_at)
