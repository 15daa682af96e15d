"""The pipeline in a process of its own, for ever."""

import logging
import sys
from threading import Condition, Lock, Thread
from time import monotonic
from typing import Final

from choreai_live.errors import ChoreaiError
from choreai_live.isolation.child_process import ChildProcess
from choreai_live.isolation.events import (
    Event,
    EventListener,
    FiguresChanged,
    PipelineDied,
    PipelineStarting,
)
from choreai_live.isolation.hearing import Hearing
from choreai_live.isolation.job import PipelineJob, RecordingOrder
from choreai_live.isolation.spare import Spare
from choreai_live.isolation.wire import Hold, Record, Stop, TryNow, Watch
from choreai_live.monitoring.collector import FiguresCollector
from choreai_live.monitoring.figures import Figures

logger = logging.getLogger(__name__)

#: Seconds between two looks at the process.
_LOOK_EVERY: Final = 0.1
_FIGURES_EVERY: Final = 1.0
#: Seconds to wait before the second and every further start that came to nothing.
FIRST_PAUSE: Final = 0.25
LONGEST_PAUSE: Final = 3.0
#: No two processes are started within so many seconds.
_SHORTEST_LIFE: Final = 1.0
#: A process that lived for so long, or gave a snapshot, came to something.
_LONG_LIFE: Final = 10.0
#: Seconds of snapshots before a spare is started, which needs the cores for a moment.
_SETTLING: Final = 2.0
#: Seconds a process has to leave, and the same while it records.
_LEAVING: Final = 2.0
_LEAVING_RECORDING: Final = 12.0


class PipelineProcess:
    """Keeps a process with the pipeline running, and passes on what it reports.

    A process that ends or freezes is replaced, without end, and the new one does
    what the last was doing. Every method may be called from any thread and
    returns at once, save :meth:`close`.

    Parameters
    ----------
    job
        What stays the same for all sources.
    listener
        Told all events, one at a time, from threads of this object; must return at
        once and not call :meth:`close`.

    Raises
    ------
    ChoreaiError
        If this system has no way to do it.
    """

    def __init__(self, job: PipelineJob, listener: EventListener) -> None:
        if sys.platform == "win32":
            raise ChoreaiError(
                "The pipeline cannot run in a process of its own on Windows yet; "
                "use the window (`choreai-live`) instead of the kiosk."
            )
        self._job = job
        self._listener = listener
        self._telling = Lock()
        self._collector = FiguresCollector()
        self._turn = Condition()
        self._closed = False
        self._order: Watch | Stop = Stop(0)
        self._paused = False
        self._recording = job.recording
        self._hearing = Hearing(self._collector, self._tell, self._source_over)
        self._spare = Spare(self._start_child)
        self._child: ChildProcess | None = None
        self._restarts = -1
        self._thread = Thread(target=self._keep_alive, name="pipeline keeper", daemon=True)
        self._thread.start()

    def watch(self, spec: str | None) -> None:
        """Leave the present source and open another; None for the first camera."""
        with self._turn:
            self._order = Watch(self._order.number + 1, spec)
            self._hearing.wanted = self._order.number
            self._paused = False
            self._send(self._order)

    def stop(self) -> None:
        """Leave the present source; nothing more is told about it."""
        with self._turn:
            self._order = Stop(self._order.number + 1)
            self._hearing.wanted = self._order.number
            self._send(self._order)
        self._collector.end_source(None)

    def set_paused(self, paused: bool) -> None:
        """Hold the picture, or go on; a live source cannot be held and is left out."""
        with self._turn:
            self._paused = paused
            self._send(Hold(paused))

    def try_now(self) -> None:
        """Make the next attempt to reach a source that is lost at once."""
        with self._turn:
            self._send(TryNow())

    def record(self, order: RecordingOrder | None) -> None:
        """Begin to record as ordered, or end the recording."""
        with self._turn:
            self._recording = order
            self._send(Record(order))

    def _send(self, order: object) -> None:
        if self._child is not None:
            self._child.send(order)

    @property
    def pid(self) -> int | None:
        """The number of the process that has the pipeline; None while there is none."""
        with self._turn:
            return None if self._child is None else self._child.pid

    @property
    def spare_pid(self) -> int | None:
        """The number of the process that stands by; None while there is none."""
        return self._spare.pid

    @property
    def restarts(self) -> int:
        """How often it had to be started again."""
        return max(self._restarts, 0)

    @property
    def running(self) -> bool:
        """Whether there is a process, or there will be one."""
        return self._thread.is_alive()

    def figures(self) -> Figures:
        """Return what there is to tell in numbers now."""
        return self._collector.figures(self.pid, self._spare.pid)

    def close(self) -> None:
        """End the process and wait for it: two seconds at most, more only while it records."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()
        self._thread.join()

    # What follows runs on the keeper's thread.

    def _keep_alive(self) -> None:
        attempt = 0
        while not self._closed:
            started = monotonic()
            cause = self._run_one()
            if cause is None:
                break
            died = monotonic()
            came_to_something = self._hearing.well_since <= died or died - started > _LONG_LIFE
            attempt = 1 if came_to_something else attempt + 1
            if self._hearing.missed_since is None and isinstance(self._order, Watch):
                self._hearing.missed_since = died
            restart_at = max(died + pause_before(attempt), started + _SHORTEST_LIFE)
            sentence = f"The pipeline's process {cause}; it is started again."
            self._tell(PipelineDied(sentence, attempt, restart_at))
            self._collector.end_source(None)
            self._tell(FiguresChanged(self.figures()))
            with self._turn:
                while not self._closed and (left := restart_at - monotonic()) > 0:
                    self._turn.wait(left)
        self._spare.end(_LEAVING)

    def _run_one(self) -> str | None:
        """Start a process and stay with it; return how it ended, None if it was to end."""
        self._restarts += 1
        if self._restarts:
            self._collector.note_restart()
        self._hearing.begin()
        self._tell(PipelineStarting(self._restarts))
        try:
            child = self._next_child()
        except (OSError, RuntimeError) as error:  # neither processes nor threads are for free
            logger.exception("No process could be started for the pipeline")
            return f"could not be started ({error})"
        child.release()
        self._instruct(child)
        complaint = self._stay_with(child)
        with self._turn:
            self._child = None
        if self._closed and complaint is None and not child.over.is_set():
            child.end(_LEAVING if self._recording is None else _LEAVING_RECORDING)
            return None
        cause = child.kill(complaint)
        return None if self._closed else cause

    def _next_child(self) -> ChildProcess:
        return self._spare.take() or self._start_child()

    def _start_child(self) -> ChildProcess:
        return ChildProcess(self._job, self._hearing.hear)

    def _instruct(self, child: ChildProcess) -> None:
        """Order a new process to do what the last was doing."""
        with self._turn:
            self._child = child
            if self._recording is not self._job.recording:
                child.send(Record(self._recording))
            if isinstance(self._order, Watch):
                child.send(self._order)
                child.send(Hold(self._paused))

    def _stay_with(self, child: ChildProcess) -> str | None:
        """Wait until the process is over, frozen, or not wanted; return a complaint."""
        figures_at = monotonic()
        while True:
            child.over.wait(_LOOK_EVERY)
            complaint = child.complaint()
            if complaint is not None or child.over.is_set() or self._closed:
                return complaint
            now = monotonic()
            if self._job.spare and self._hearing.well_since < now - _SETTLING:
                self._spare.tend()
            if now >= figures_at:
                figures_at = now + _FIGURES_EVERY
                self._tell(FiguresChanged(self.figures()))

    def _source_over(self, number: int) -> None:
        """Have no new process open again what is over."""
        with self._turn:
            if number == self._order.number:
                self._order = Stop(number)

    def _tell(self, event: Event) -> None:
        with self._telling:
            try:
                self._listener(event)
            except Exception:
                logger.exception("A listener to the pipeline failed")


def pause_before(attempt: int) -> float:
    """Return the seconds to wait before the process is started again.

    Parameters
    ----------
    attempt
        Deaths in a row that came to nothing. There is no pause after the first: somebody
        is watching.
    """
    if attempt <= 1:
        return 0.0
    return min(FIRST_PAUSE * 2.0 ** min(attempt - 2, 16), LONGEST_PAUSE)
