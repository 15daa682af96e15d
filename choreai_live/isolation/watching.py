"""What the pipeline's process does: one source at a time, as ordered."""

import contextlib
from collections.abc import Callable
from functools import partial
from threading import Condition, Thread
from time import monotonic
from typing import Final

from choreai_live.capture import Source, open_source
from choreai_live.capture.status import SourceState, SourceStatus
from choreai_live.capture.supervised import SupervisedSource, Supervision
from choreai_live.errors import ChoreaiError, SourceLostError
from choreai_live.isolation.counting import counts_of, danced_in
from choreai_live.isolation.events import (
    EngineReady,
    SourceChanged,
    SourceEnded,
    SourceFailed,
    SourceHeld,
    SourceOpened,
    SourceOpening,
)
from choreai_live.isolation.heart import LOADING_PATIENCE, FramePatience, Heart
from choreai_live.isolation.job import PipelineJob
from choreai_live.isolation.outbox import Outbox
from choreai_live.isolation.recording import Recording
from choreai_live.isolation.wire import Activity, Stop, Turned, Watch
from choreai_live.pipeline import Engine, Pipeline
from choreai_live.source_attempt import SourceAttempt
from choreai_live.source_choice import SourceChoice

#: Seconds after which what failed is tried again.
RETRY: Final = 3.0
#: What is remembered of a source without an end, seconds.
HISTORY_SECONDS: Final = 3600.0
#: Seconds that handing a frame to the recorder may take; a disk may be slow to begin.
RECORDING_PATIENCE: Final = 10.0


class Watching:
    """Takes orders from any thread; :meth:`run` carries them out.

    Parameters
    ----------
    job
        What stays the same.
    send
        Sends a report.
    heart
        Is told what the loop does.
    outbox
        Where snapshots go.
    recording
        What records them, if ordered.
    """

    def __init__(
        self,
        job: PipelineJob,
        send: Callable[[object], None],
        heart: Heart,
        outbox: Outbox,
        recording: Recording,
    ) -> None:
        self._job = job
        self._send = send
        self._heart = heart
        self._outbox = outbox
        self._recording = recording
        self._engine: Engine | None = None
        # Where the models run, and why not elsewhere, as last told.
        self._running: tuple[str, ...] = ()
        self._turn = Condition()
        self._order: Watch | Stop = Stop(0)
        self._paused = False
        self._hurried = False
        self._leaving = False
        self._current: Source | None = None
        self._patience = FramePatience()

    def order(self, order: Watch | Stop) -> None:
        """Leave the present source, and open another if that is the order."""
        with self._turn:
            self._order = order
            self._paused = False
            self._release()

    def hold(self, paused: bool) -> None:
        """Hold the picture, or go on."""
        with self._turn:
            self._paused = paused
            self._turn.notify_all()

    def try_now(self) -> None:
        """Make the next attempt to reach a source that is lost at once."""
        with self._turn:
            self._hurried = True
            self._turn.notify_all()
            source = self._current
        if isinstance(source, SupervisedSource):
            source.try_now()

    def leave(self) -> None:
        """Let :meth:`run` come to its end."""
        with self._turn:
            self._leaving = True
            self._release()

    def _release(self) -> None:
        source, self._current = self._current, None
        self._turn.notify_all()
        if source is not None:
            # A decoder that hangs may keep its source's close waiting.
            Thread(target=source.close, name="closing", daemon=True).start()

    def run(self) -> None:
        """Do as ordered until told to leave.

        Raises
        ------
        Exception
            Whatever is a defect: the process is to end with it.
        """
        # What fails here is said when there is somebody to watch for.
        with contextlib.suppress(ChoreaiError):
            self._load_engine()
        done: Watch | Stop = Stop(0)
        while True:
            self._heart.now(Activity.IDLE)
            with self._turn:
                while self._order is done and not self._leaving:
                    self._turn.wait()
                if self._leaving:
                    return
                done = self._order
            self._outbox.clear()
            self._send(Turned(done.number))
            if isinstance(done, Watch):
                self._watch(done)

    def _wanted(self, order: Watch) -> bool:
        return self._order is order and not self._leaving

    def _watch(self, order: Watch) -> None:
        """Try until it works, or until something else is ordered."""
        again = True
        while again and self._wanted(order):
            try:
                self._watch_once(self._load_engine(), order)
                again = False
            except ChoreaiError as error:
                again = self._fail(error, order)

    def _fail(self, error: ChoreaiError, order: Watch) -> bool:
        """Say what failed; return whether to try again, once it is time to."""
        if not self._wanted(order):
            return False
        retry_at = monotonic() + RETRY if self._job.persistent else None
        self._send(SourceFailed(str(error), isinstance(error, SourceLostError), retry_at))
        self._heart.now(Activity.IDLE)
        if retry_at is None:
            return False
        with self._turn:
            self._hurried = False
            self._turn.wait_for(lambda: self._hurried or not self._wanted(order), RETRY)
        return True

    def _load_engine(self) -> Engine:
        if self._engine is not None:
            return self._engine
        self._heart.now(Activity.LOADING, LOADING_PATIENCE)
        engine = Engine(self._job.engine)
        self._tell_of_engine(engine)
        self._engine = engine
        return engine

    def _tell_of_engine(self, engine: Engine) -> None:
        """Say which models run where, unless that was said: a device can be lost meanwhile."""
        pose = engine.pose_models
        running = (pose.description, pose.provider, *pose.notices)
        if running == self._running:
            return
        self._running = running
        self._send(
            EngineReady(
                labels=tuple(engine.style_model.labels),
                unsure_labels=tuple(engine.style_model.unsure_labels),
                description=pose.description,
                provider=pose.provider,
                notices=tuple(engine.notices),
            )
        )

    def _watch_once(self, engine: Engine, order: Watch) -> None:
        """Open the source and watch it to its end."""
        source = self._opened(order)
        if source is None:
            return
        keep = HISTORY_SECONDS if source.duration is None else None
        with engine.pipeline(source, keep) as pipeline:
            with self._turn:
                if not self._wanted(order):
                    return
                self._current = source
            try:
                self._recording.watch(engine, source)
                self._iterate(engine, pipeline, order)
            finally:
                self._recording.leave()
                with self._turn:
                    self._current = None
            if self._wanted(order):
                self._send(SourceEnded(danced_in(pipeline)))

    def _opened(self, order: Watch) -> Source | None:
        """Return the opened source; None once something else is ordered."""
        self._heart.now(Activity.WAITING)
        choice = SourceChoice.of(order.spec)
        self._heart.turn_to(SourceOpening(choice.name, choice.camera, choice.substitute))
        supervision = Supervision(
            self._job.persistent,
            lambda status: self._tell_status(order, status),
            self._job.transport,
        )
        opener = partial(open_source, choice.spec, live=True, supervision=supervision)
        attempt = SourceAttempt(opener, self._wake)
        with self._turn:
            self._turn.wait_for(lambda: attempt.settled or not self._wanted(order))
        if not self._wanted(order):
            attempt.abandon()
        source = attempt.take()
        if source is None:
            return None
        self._send(SourceOpened(source.name, source.duration))
        if not isinstance(source, SupervisedSource):
            self._send(SourceChanged(SourceStatus(SourceState.LIVE)))
        return source

    def _wake(self) -> None:
        with self._turn:
            self._turn.notify_all()

    def _tell_status(self, order: Watch, status: SourceStatus) -> None:
        """Pass on what became of a source; called from its threads."""
        if self._wanted(order):
            self._recording.note_status(status)
            try:
                self._send(SourceChanged(status))
            except OSError:  # the other process is gone, and this one about to end
                return

    def _iterate(self, engine: Engine, pipeline: Pipeline, order: Watch) -> None:
        source = pipeline.source
        overtaken = 0
        while True:
            self._heart.now(Activity.WAITING)
            frame = source.read()
            if frame is None or not self._wanted(order):
                return
            self._heart.now(Activity.BUSY, self._patience.allowed(frame.image.shape))
            started = monotonic()
            snapshot = pipeline.snapshot(frame)
            self._patience.took(monotonic() - started)
            self._tell_of_engine(engine)
            self._heart.now(Activity.WAITING)
            counts = counts_of(source, overtaken)
            self._heart.counts = counts
            overtaken += self._outbox.offer(snapshot, counts)
            self._heart.now(Activity.RECORDING, RECORDING_PATIENCE)
            self._recording.record(snapshot, pipeline)
            self._rest(source, order)

    def _rest(self, source: Source, order: Watch) -> None:
        """Wait while paused."""
        with self._turn:
            if not self._paused:
                return
            self._heart.now(Activity.IDLE)
            source.paused = True
            self._send(SourceHeld(True))
            self._turn.wait_for(lambda: not self._paused or not self._wanted(order))
            source.paused = False
            if self._wanted(order):
                self._send(SourceHeld(False))
