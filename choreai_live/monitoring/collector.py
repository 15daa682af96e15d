"""Figures from snapshots, as they come."""

from collections import deque
from collections.abc import Sequence
from threading import Lock
from time import monotonic
from typing import Final

import psutil

from choreai_live.capture.status import SourceState
from choreai_live.frame_rate import FrameRate
from choreai_live.messages import Snapshot
from choreai_live.monitoring.figures import Figures

#: Seconds over which latencies are compared, and how many of them at most.
_LATENCY_SECONDS: Final = 10.0
_MOST_LATENCIES: Final = 1200
#: Two snapshots further apart than this, seconds, tell nothing of the time between.
_LONGEST_STEP: Final = 1.0


class FiguresCollector:
    """Keeps count, in memory that does not grow; safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._began = monotonic()
        self._this_process = psutil.Process()
        self._rate = FrameRate()
        self._latencies: deque[tuple[float, float]] = deque(maxlen=_MOST_LATENCIES)
        self._danced: dict[str | None, float] = {}
        self._last_time: float | None = None
        self._name = ""
        self._state: SourceState | None = None
        self._snapshots = 0
        self._dancers = 0
        # What sources and processes of before have counted, and what the present one has.
        self._past = [0, 0, 0]
        self._present = [0, 0, 0]
        self._restarts = 0
        self._recording = False
        self._recording_seconds = 0.0
        self._recording_failure: str | None = None
        self._provider = ""
        self._notices: tuple[str, ...] = ()

    def begin_source(self, name: str) -> None:
        """Take what follows to be of another source, or of the same opened again."""
        with self._lock:
            self._name = name
            self._state = SourceState.OPENING
            self._dancers = 0
            self._last_time = None
            self._close_account()

    def end_source(self, state: SourceState | None) -> None:
        """Say that the source gives no more, and with which state it is left."""
        with self._lock:
            self._state = state
            self._dancers = 0
            self._last_time = None

    def note_state(self, state: SourceState) -> None:
        """Take in what the source is doing."""
        with self._lock:
            self._state = state
            if state is not SourceState.LIVE:
                self._dancers = 0
                self._last_time = None

    def note_counts(self, dropped: int, skipped: int, reconnects: int) -> None:
        """Take in what the present source has counted so far."""
        with self._lock:
            self._present = [dropped, skipped, reconnects]

    def note_restart(self) -> None:
        """Count a process that was started again."""
        with self._lock:
            self._restarts += 1
            self._close_account()

    def note_engine(self, provider: str, notices: Sequence[str]) -> None:
        """Take in where the models run, and a sentence for each thing that is not as asked."""
        with self._lock:
            self._provider, self._notices = provider, tuple(notices)

    def note_recording(self, recording: bool, seconds: float, failure: str | None) -> None:
        """Take in how the recording is."""
        with self._lock:
            self._recording, self._recording_seconds = recording, seconds
            # That a recording ended tells nothing of why the one before it had to.
            self._recording_failure = failure if failure or recording else self._recording_failure

    def note_snapshot(self, snapshot: Snapshot) -> float | None:
        """Take in a snapshot; return how many come in a second, once that can be known."""
        now = monotonic()
        time = snapshot.frame.time
        with self._lock:
            self._snapshots += 1
            self._rate.count(now)
            latency = snapshot.timings.get("latency")
            if latency is not None:
                self._latencies.append((now, latency))
            seen = [track.id for track in snapshot.tracks if not track.missed]
            self._dancers = len(seen)
            step = 0.0 if self._last_time is None else time - self._last_time
            if 0 < step <= _LONGEST_STEP:
                for id_ in seen:
                    readout = snapshot.readouts.get(id_)
                    if readout is not None:
                        self._danced[readout.label] = self._danced.get(readout.label, 0.0) + step
            self._last_time = time
            return self._rate.rate(now)

    def figures(self, pipeline_pid: int | None = None, spare_pid: int | None = None) -> Figures:
        """Return what there is to tell now.

        Parameters
        ----------
        pipeline_pid, spare_pid
            The pipeline's process, where it has one of its own, and the one standing by.
        """
        now = monotonic()
        memory = _resident(self._this_process) or 0
        with self._lock:
            recent = sorted(ms for at, ms in self._latencies if now - at <= _LATENCY_SECONDS)
            dropped, skipped, reconnects = map(sum, zip(self._past, self._present, strict=True))
            return Figures(
                source=self._name,
                state=self._state,
                fps=self._rate.rate(now),
                latency_p50=_percentile(recent, 0.50),
                latency_p95=_percentile(recent, 0.95),
                snapshots=self._snapshots,
                dropped=dropped,
                skipped=skipped,
                reconnects=reconnects,
                restarts=self._restarts,
                memory=memory,
                pipeline_memory=_resident_of(pipeline_pid),
                spare_memory=_resident_of(spare_pid),
                dancers=self._dancers,
                danced=dict(self._danced),
                uptime=now - self._began,
                recording=self._recording,
                recording_seconds=self._recording_seconds,
                recording_failure=self._recording_failure,
                provider=self._provider,
                notices=self._notices,
            )

    def _close_account(self) -> None:
        self._past = [a + b for a, b in zip(self._past, self._present, strict=True)]
        self._present = [0, 0, 0]


def _percentile(ascending: list[float], share: float) -> float | None:
    if not ascending:
        return None
    return ascending[min(int(share * len(ascending)), len(ascending) - 1)]


def _resident_of(pid: int | None) -> int | None:
    if pid is None:
        return None
    try:
        return _resident(psutil.Process(pid))
    except psutil.Error:
        return None


def _resident(process: psutil.Process) -> int | None:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:  # it has just ended
        return None
