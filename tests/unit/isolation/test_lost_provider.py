"""A device that is lost in the pipeline's process is told to the one that watches over it."""

import os
from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic
from typing import Any

import pytest

from choreai_live.inference import Session
from choreai_live.isolation import EngineReady, PipelineJob
from choreai_live.isolation.hearing import Hearing
from choreai_live.isolation.heart import Heart
from choreai_live.isolation.outbox import Outbox
from choreai_live.isolation.pictures import PictureWriter, create_memory
from choreai_live.isolation.recording import Recording
from choreai_live.isolation.watching import Watching
from choreai_live.isolation.wire import SnapshotSent, Watch
from choreai_live.monitoring import FiguresCollector

PATIENCE = 40.0
LOST = (
    "CUDAExecutionProvider failed while it was running (CUDA failure 719: unspecified launch "
    "failure); running on the CPU instead."
)


class Lost:
    """What was bound to a device that is gone."""

    def run(self, *_: Any) -> None:
        raise RuntimeError("CUDA failure 719: unspecified launch failure\nmore of it")


class Reports:
    """Remembers what was sent, and waits for what is to come."""

    def __init__(self) -> None:
        self.sent: list[object] = []
        self._news = Condition()

    def send(self, report: object) -> None:
        with self._news:
            self.sent.append(report)
            self._news.notify_all()

    def of(self, kind: type) -> list[Any]:
        return [report for report in self.sent if isinstance(report, kind)]

    def wait(self, done: Callable[[], bool]) -> None:
        until = monotonic() + PATIENCE
        with self._news:
            while not done():
                assert self._news.wait(until - monotonic()), self.sent


@pytest.fixture
def memory() -> int:
    """Return real memory for pictures."""
    memory = create_memory()
    yield memory
    os.close(memory)


def test_a_provider_lost_while_running_is_told_once(memory: int) -> None:
    reports = Reports()
    outbox = Outbox(reports.send, PictureWriter(memory))
    recording = Recording(None, reports.send)
    watching = Watching(PipelineJob(), reports.send, Heart(reports.send), outbox, recording)
    thread = Thread(target=watching.run)
    thread.start()
    try:
        watching.order(Watch(1, "demo?width=320&height=240"))
        # As another process would, give back what was taken out.
        reports.wait(lambda: bool(reports.of(SnapshotSent)))
        assert [told.provider for told in reports.of(EngineReady)] == ["cpu"]
        assert watching._engine is not None
        lose(watching._engine.pose_models._sessions)
        reports.wait(lambda: len(reports.of(EngineReady)) > 1)
        for sent in reports.of(SnapshotSent):
            outbox.free(sent.place.slot)
        seen = len(reports.of(SnapshotSent))
        reports.wait(lambda: len(reports.of(SnapshotSent)) > seen)
    finally:
        watching.leave()
        thread.join(PATIENCE)
    assert not thread.is_alive()
    before, after = reports.of(EngineReady)
    assert LOST not in before.notices
    assert after.notices == (*before.notices, LOST)
    assert (after.provider, after.labels) == ("cpu", before.labels)


def lose(sessions: tuple[Session, ...]) -> None:
    """Let the device be lost under models, as it is with CUDA, of which there need be none."""
    for session in sessions:
        with session._turn:
            session._chain.insert(0, "cuda")
            session._bound = Lost()  # type: ignore[assignment]


def test_what_is_told_of_it_reaches_the_figures() -> None:
    collector = FiguresCollector()
    told: list[object] = []
    hearing = Hearing(collector, told.append, lambda _: None)
    news = EngineReady(("hiphop",), (), "MoveNet", "cpu", (LOST,))
    hearing.hear(None, news)  # type: ignore[arg-type] - no process is needed for that
    assert told == [news]
    assert collector.figures().provider == "cpu"
    assert collector.figures().notices == (LOST,)
    hearing.hear(None, EngineReady(("hiphop",), (), "MoveNet", "cuda", ()))  # type: ignore[arg-type]
    assert collector.figures().notices == ()
