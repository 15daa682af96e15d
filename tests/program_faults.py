"""Faults of the program's own surroundings: its disk, its process."""

import os
import shutil
import signal
from dataclasses import replace
from time import monotonic
from typing import Final

from device_faults import RATE
from enduring import Outcome, endure
from staging import Conditions, Stage
from watching import Watcher

from choreai_live.capture import Source, SourceState, SourceStatus, StatusListener
from choreai_live.isolation import (
    Event,
    PipelineDied,
    PipelineJob,
    PipelineProcess,
    SnapshotReady,
    SourceChanged,
)
from choreai_live.messages import Snapshot
from choreai_live.session import RecordingSettings, SessionAbout, SessionRecorder
from choreai_live.session.source import SessionSource

LABELS: Final = ("afrobeat", "classical", "hiphop", "other")

ROOM: Final = 48_000_000
"""Bytes the disk may still take before its floor is reached."""


def fill_disk(conditions: Conditions) -> Outcome:
    """Fill the disk a session is being recorded to, down to the floor."""
    stage = Stage(conditions)
    folder = conditions.folder / "sessions"
    folder.mkdir()
    floor = shutil.disk_usage(folder).free - ROOM
    about = SessionAbout("stage", LABELS)
    recorder = SessionRecorder(folder, RecordingSettings(floor_bytes=floor), about)
    filler = conditions.folder / "filler"
    stopped: list[float] = []

    def record(snapshot: Snapshot) -> None:
        recorder.record(snapshot)
        if recorder.failure is not None and not stopped:
            stopped.append(monotonic())
            stage.watcher.told(SourceStatus(SourceState.LIVE, recorder.failure))

    stage.watcher.snapshots = record
    struck: list[float] = []

    def strike() -> None:
        struck.append(monotonic())
        with filler.open("wb") as file:
            for _ in range(2 * ROOM // 1_000_000):
                file.write(os.urandom(1_000_000))
        stage.watcher.wait_until(lambda: bool(stopped), 30, "the end of the recording")

    try:
        outcome = endure(stage.watcher, RATE, strike, filler.unlink, 0.5, lambda: stage.real)
    finally:
        recorder.close()
        stage.close()
    with SessionSource(recorder.path) as session:
        recorded = sum(1 for _ in iter(session.read, None))
    assert recorded > RATE / 2, "what was recorded before can be read"
    return replace(outcome, noticed=stopped[0] - struck[0])


def kill_pipeline(conditions: Conditions) -> Outcome:
    """Kill the process the pipeline runs in."""
    return _to_the_pipeline(conditions, signal.SIGKILL)


def freeze_pipeline(conditions: Conditions) -> Outcome:
    """Stop the process the pipeline runs in, as one that swaps or hangs."""
    return _to_the_pipeline(conditions, signal.SIGSTOP)


def _to_the_pipeline(conditions: Conditions, what: signal.Signals) -> Outcome:
    stage = Stage(conditions)
    watcher = ProcessWatcher(stage.url)
    try:
        return endure(
            watcher,
            RATE,
            lambda: os.kill(watcher.pid, what),
            lambda: None,
            0.0,
            lambda: stage.real,
        )
    finally:
        watcher.stop()
        stage.watcher = watcher
        stage.close()


class ProcessWatcher(Watcher):
    """Watches through a pipeline in a process of its own, as the kiosk does.

    Parameters
    ----------
    url
        What to watch.
    """

    def __init__(self, url: str) -> None:
        super().__init__(opener=_nobody)
        self.reads = True
        self._url = url
        self._process: PipelineProcess | None = None

    @property
    def pid(self) -> int:
        """The process that has the pipeline."""
        assert self._process is not None
        assert self._process.pid is not None
        return self._process.pid

    def start(self) -> Watcher:
        """Begin to watch."""
        self._process = PipelineProcess(PipelineJob(), self._hear)
        self._process.watch(self._url)
        return self

    def stop(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.close()

    def _hear(self, event: Event) -> None:
        if isinstance(event, SnapshotReady):
            self.note(event.snapshot)
        elif isinstance(event, SourceChanged):
            self.told(event.status)
        elif isinstance(event, PipelineDied):
            self.told(SourceStatus(SourceState.RECONNECTING, event.sentence))


def _nobody(_: StatusListener) -> Source:
    raise AssertionError("the source is opened in the other process")
