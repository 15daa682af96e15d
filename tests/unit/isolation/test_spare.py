"""The process that stands by."""

import os
import signal
from collections.abc import Callable
from time import monotonic, sleep

import psutil
import pytest

from choreai_live.isolation import (
    EngineReady,
    FiguresChanged,
    PipelineDied,
    PipelineJob,
    PipelineProcess,
    SnapshotReady,
    pipeline_process,
    spare,
    vigil,
)

SMALL = "demo?width=160&height=120"
Start = Callable[..., PipelineProcess]


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let spares come without delay, and be missed soon even while they load."""
    monkeypatch.setattr(vigil, "LOADING_SILENCE", 3.0)
    monkeypatch.setattr(pipeline_process, "_SETTLING", 0.0)
    monkeypatch.setattr(spare, "_PAUSE", 0.0)


def spare_of(process: PipelineProcess, other_than: int | None = None) -> int:
    """Return the number of the process that stands by, once there is one."""
    until = monotonic() + 40
    while (pid := process.spare_pid) in (None, other_than):
        assert monotonic() < until
        sleep(0.02)
    assert pid is not None
    return pid


def test_it_takes_the_place_of_the_one_that_is_lost_and_another_stands_by(
    start: Start, ear
) -> None:
    process = start(PipelineJob())
    process.watch(SMALL)
    first = spare_of(process)
    ear.wait_for(FiguresChanged, lambda event: (event.figures.spare_memory or 0) > 100e6)
    mark = ear.mark()
    os.kill(process.pid, signal.SIGKILL)
    died = ear.events.index(ear.wait_for(PipelineDied, after=mark))
    ear.wait_for(EngineReady, after=died)
    ear.wait_for(SnapshotReady, after=died)
    assert process.pid == first
    second = spare_of(process, other_than=first)
    process.close()
    assert not psutil.pid_exists(first)
    assert not psutil.pid_exists(second)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_it_is_replaced_without_a_word_when_it_is_lost_itself(
    start: Start, ear, blow: signal.Signals
) -> None:
    process = start(PipelineJob())
    process.watch(SMALL)
    first = spare_of(process)
    ear.wait_for(FiguresChanged, lambda event: (event.figures.spare_memory or 0) > 100e6)
    os.kill(first, blow)
    second = spare_of(process, other_than=first)
    assert not psutil.pid_exists(first)
    assert not ear.of(PipelineDied)
    os.kill(process.pid, signal.SIGKILL)
    mark = ear.mark()
    ear.wait_for(SnapshotReady, after=ear.events.index(ear.wait_for(PipelineDied, after=mark)))
    assert process.pid == second


def test_one_that_is_lost_unnoticed_takes_no_place(start: Start, ear) -> None:
    process = start(PipelineJob())
    process.watch(SMALL)
    lost = [spare_of(process), process.pid]
    for pid in lost:
        os.kill(pid, signal.SIGKILL)
    mark = ear.mark()
    died = ear.wait_for(PipelineDied)
    ear.wait_for(SnapshotReady, after=max(mark, ear.events.index(died)))
    assert process.pid not in lost
