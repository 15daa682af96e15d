"""The pipeline in a process of its own, as a window sees it."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from choreai_live.settings import EngineSettings
from choreai_live.ui.remote_worker import RemoteWorker
from choreai_live.ui.worker import Status, WorkerState

PATIENCE = 40_000
SMALL = "demo?width=320&height=240"


class Told:
    """Everything a worker told."""

    def __init__(self, worker: RemoteWorker) -> None:
        self.statuses: list[Status] = []
        self.engines: list[object] = []
        self.deaths: list[object] = []
        self.figures: list[object] = []
        worker.status_changed.connect(self.statuses.append)
        worker.engine_ready.connect(self.engines.append)
        worker.pipeline_died.connect(self.deaths.append)
        worker.figures_changed.connect(self.figures.append)

    @property
    def states(self) -> list[WorkerState]:
        return [status.state for status in self.statuses]

    @property
    def state(self) -> WorkerState | None:
        return self.states[-1] if self.statuses else None


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[RemoteWorker]:
    """Return a worker, ended afterwards."""
    before = set(psutil.Process().children())
    it = RemoteWorker(EngineSettings())
    yield it
    it.close()
    assert not it.running
    assert set(psutil.Process().children()) <= before


def wait_for_update(qtbot: QtBot, worker: RemoteWorker) -> None:
    worker.updates.take()
    with qtbot.waitSignal(worker.update_ready, timeout=PATIENCE):
        pass


def test_a_source_is_told_as_by_a_worker_on_a_thread(qtbot: QtBot, worker: RemoteWorker) -> None:
    told = Told(worker)
    assert not worker.running
    worker.watch(f"{SMALL}&seconds=1.2")
    assert worker.running
    qtbot.waitUntil(lambda: told.state is WorkerState.ENDED, timeout=PATIENCE)
    assert told.states == [
        WorkerState.LOADING,
        WorkerState.OPENING,
        WorkerState.LIVE,
        WorkerState.ENDED,
    ]
    ended = told.statuses[-1]
    assert ended.source is not None
    assert ended.source.title == "Demo dancer"
    assert ended.source.duration == pytest.approx(1.2)
    assert not ended.source.live
    assert sum(ended.danced[1].values()) > 0.3
    update = worker.updates.take()
    assert update is not None
    assert update.snapshot.frame.image.shape == (240, 320, 3)
    assert update.snapshot.tracks
    assert len(told.engines) == 1
    assert told.figures
    assert not told.deaths


def test_a_death_is_told_and_pictures_come_again(qtbot: QtBot, worker: RemoteWorker) -> None:
    told = Told(worker)
    worker.watch(SMALL)
    wait_for_update(qtbot, worker)
    struck = worker.pipeline_pid
    assert struck is not None
    os.kill(struck, signal.SIGKILL)
    qtbot.waitUntil(lambda: bool(told.deaths), timeout=PATIENCE)
    assert "SIGKILL" in told.deaths[0].sentence
    qtbot.waitUntil(lambda: len(told.engines) == 2, timeout=PATIENCE)
    wait_for_update(qtbot, worker)
    assert told.state is WorkerState.LIVE
    assert worker.pipeline_pid != struck


def test_pausing_and_going_on_are_told(qtbot: QtBot, worker: RemoteWorker) -> None:
    told = Told(worker)
    worker.watch(SMALL)
    wait_for_update(qtbot, worker)
    worker.set_paused(True)
    qtbot.waitUntil(lambda: told.state is WorkerState.PAUSED, timeout=PATIENCE)
    worker.set_paused(False)
    qtbot.waitUntil(lambda: told.state is WorkerState.LIVE, timeout=PATIENCE)


def test_another_source_takes_the_place_of_the_first(
    qtbot: QtBot, worker: RemoteWorker, tmp_path: Path
) -> None:
    told = Told(worker)
    worker.watch(SMALL)
    worker.watch(str(tmp_path / "missing.mp4"))
    qtbot.waitUntil(lambda: told.state is WorkerState.FAILED, timeout=PATIENCE)
    assert "missing.mp4" in told.statuses[-1].sentence
    assert told.statuses[-1].retry_at is not None
    worker.watch(f"{SMALL}&seconds=0.3")
    qtbot.waitUntil(lambda: told.state is WorkerState.ENDED, timeout=PATIENCE)


def test_a_camera_that_is_away_is_reconnecting(qtbot: QtBot, worker: RemoteWorker) -> None:
    told = Told(worker)
    worker.watch("/dev/video77")
    qtbot.waitUntil(lambda: told.state is WorkerState.RECONNECTING, timeout=PATIENCE)
    assert "/dev/video77" in told.statuses[-1].sentence
    assert told.statuses[-1].source.camera
    worker.try_now()


def test_closing_before_anything_came_leaves_nothing(qtbot: QtBot) -> None:
    before = set(psutil.Process().children())
    RemoteWorker(EngineSettings()).close()
    worker = RemoteWorker(EngineSettings())
    worker.watch(SMALL)
    worker.close()
    assert not worker.running
    assert set(psutil.Process().children()) <= before
    worker.watch(SMALL)
    assert not worker.running, "what was closed stays closed"
