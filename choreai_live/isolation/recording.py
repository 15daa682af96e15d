"""Recording in the pipeline's process, as ordered from outside."""

import logging
from collections.abc import Callable
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

from choreai_live.capture import Source
from choreai_live.capture.status import SourceState, SourceStatus
from choreai_live.errors import ChoreaiError
from choreai_live.isolation.events import RecordingChanged
from choreai_live.isolation.job import RecordingOrder
from choreai_live.messages import Snapshot
from choreai_live.pipeline import Engine, Pipeline

if TYPE_CHECKING:
    from choreai_live.session import SessionRecorder

logger = logging.getLogger(__name__)

#: Seconds between two reports on a recording.
_REPORT_EVERY: Final = 1.0
#: Seconds after which a recording that had to stop is begun again, should there be room.
RETRY: Final = 60.0


class Recording:
    """Keeps one session for each source that is watched, while that is ordered.

    Orders and statuses come from any thread, all else from the pipeline's.

    Parameters
    ----------
    order
        What to record from the start; None for nothing.
    send
        Sends a report.
    """

    def __init__(
        self, order: RecordingOrder | None, send: Callable[[RecordingChanged], None]
    ) -> None:
        self._order = order
        self._send = send
        self._obeyed: RecordingOrder | None = None
        self._recorder: SessionRecorder | None = None
        self._watched: tuple[Engine, Source] | None = None
        self._statuses: list[SourceStatus] = []
        self._began = 0.0
        self._report_at = 0.0
        self._retry_at: float | None = None
        self._closing: list[Thread] = []

    @property
    def open(self) -> bool:
        """Whether there is anything left to be written."""
        return self._recorder is not None or any(thread.is_alive() for thread in self._closing)

    def order(self, order: RecordingOrder | None) -> None:
        """Record as ordered from the next frame on, or with None no more."""
        self._order = order

    def watch(self, engine: Engine, source: Source) -> None:
        """Take what follows to be of this source."""
        self._watched = engine, source
        self._obeyed = None

    def leave(self) -> None:
        """Take what was recorded of the source to be all of it."""
        self._end()
        self._watched = None

    def note_status(self, status: SourceStatus) -> None:
        """Have it recorded what became of the source."""
        if self._recorder is not None and status.state is not SourceState.ENDED:
            self._statuses.append(status)

    def record(self, snapshot: Snapshot, pipeline: Pipeline) -> None:
        """Record a snapshot, if that is ordered."""
        now = monotonic()
        retry = self._retry_at is not None and now >= self._retry_at
        if self._order is not self._obeyed or retry:
            self._end()
            self._obeyed = self._order
            if self._obeyed is not None:
                self._begin(self._obeyed, pipeline, snapshot.frame.time)
        recorder = self._recorder
        if recorder is None:
            return
        while self._statuses:
            status = self._statuses.pop(0)
            recorder.note(status.state.value, status.sentence, snapshot.frame.time)
        recorder.record(snapshot)
        if recorder.failure is not None:
            self._fail(recorder.failure)
        elif now >= self._report_at:
            self._report_at = now + _REPORT_EVERY
            seconds = snapshot.frame.time - self._began
            self._send(RecordingChanged(recorder.path, seconds, part=recorder.part))

    def finish(self, patience: float) -> None:
        """End the recording and wait until everything is on the disk."""
        self._end()
        until = monotonic() + patience
        for thread in self._closing:
            thread.join(max(until - monotonic(), 0))

    def _begin(self, order: RecordingOrder, pipeline: Pipeline, time: float) -> None:
        from choreai_live.session import RecordingSettings, SessionAbout, SessionRecorder

        if self._watched is None:
            return
        try:
            settings = RecordingSettings(**order.settings())
            self._recorder = SessionRecorder(
                order.folder, settings, SessionAbout.of(*self._watched)
            )
        except (ChoreaiError, OSError) as error:
            self._fail(str(error))
            return
        # A replay of what began in the middle is to say the same.
        self._recorder.begin_from(pipeline.classifier.memory())
        self._began, self._report_at = time, 0.0
        self._statuses.clear()

    def _fail(self, sentence: str) -> None:
        logger.warning("%s", sentence)
        self._close()
        self._retry_at = monotonic() + RETRY
        self._send(RecordingChanged(None, failure=sentence))

    def _end(self) -> None:
        if self._close():
            self._send(RecordingChanged(None))

    def _close(self) -> bool:
        """Take leave of the recorder; return whether there was one."""
        recorder, self._recorder = self._recorder, None
        self._retry_at = None
        self._closing = [thread for thread in self._closing if thread.is_alive()]
        if recorder is None:
            return False
        # Whatever waits for the disk yet must not hold up the frames that follow.
        closing = Thread(target=recorder.close, name="ending the recording", daemon=True)
        closing.start()
        self._closing.append(closing)
        return True
