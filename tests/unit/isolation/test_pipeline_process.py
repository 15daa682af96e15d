"""The real pipeline in a process of its own: whole, watched over, and replaced."""

import logging
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest
from clips import write_clip

from choreai_live.capture import SourceState, open_source
from choreai_live.isolation import (
    EngineReady,
    FiguresChanged,
    PipelineDied,
    PipelineJob,
    PipelineProcess,
    PipelineStarting,
    SnapshotReady,
    SourceChanged,
    SourceEnded,
    SourceFailed,
    SourceHeld,
    SourceOpened,
    SourceOpening,
)
from choreai_live.isolation.pipeline_process import LONGEST_PAUSE, pause_before
from choreai_live.pipeline import Engine
from choreai_live.settings import EngineSettings

Start = Callable[..., PipelineProcess]
SMALL = "demo?width=320&height=240"


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_snapshots_are_those_made_in_this_process(start: Start, ear) -> None:
    spec = f"{SMALL}&rate=12&seconds=1.5&dancers=2"
    process = start()
    process.watch(spec)
    ear.wait_for(SourceEnded)
    come = [event.snapshot for event in ear.of(SnapshotReady)]
    assert len(come) > 8

    engine = Engine()
    numbers = {snapshot.frame.index for snapshot in come}
    with open_source(spec) as source, engine.pipeline(source) as pipeline:
        # A frame that was dropped on the way to the pipeline changes what it says.
        frames = [frame for frame in iter(source.read, None) if frame.index in numbers]
        made = [pipeline.snapshot(frame) for frame in frames]
    for there, here in zip(come, made, strict=True):
        assert np.array_equal(there.frame.image, here.frame.image)
        assert (there.frame.time, there.frame.index) == (here.frame.time, here.frame.index)
        assert there.frame.connection == here.frame.connection
        assert there.frame.tracks is None
        assert [track.id for track in there.tracks] == [track.id for track in here.tracks]
        for ours, theirs in zip(here.tracks, there.tracks, strict=True):
            assert (ours.age, ours.missed) == (theirs.age, theirs.missed)
            assert ours.pose.score == theirs.pose.score
            for name in ("keypoints", "scores", "box"):
                assert np.array_equal(getattr(ours.pose, name), getattr(theirs.pose, name))
        assert there.readouts.keys() == here.readouts.keys()
        for id_, readout in here.readouts.items():
            other = there.readouts[id_]
            assert np.array_equal(readout.probabilities, other.probabilities)
            assert (readout.label, readout.confidence, readout.since) == (
                other.label,
                other.confidence,
                other.since,
            )
        assert there.timings.keys() == here.timings.keys()
    assert any(snapshot.readouts for snapshot in come)


def test_what_is_told_of_a_source_from_its_opening_to_its_end(start: Start, ear) -> None:
    process = start()
    process.watch(f"{SMALL}&seconds=1.2")
    ended = ear.wait_for(SourceEnded)
    assert sum(seconds for styles in ended.danced.values() for seconds in styles.values()) > 0.5
    told = [type(event) for event in ear.events if not isinstance(event, FiguresChanged)]
    told = [kind for kind in told if kind is not SnapshotReady]
    assert told == [
        PipelineStarting,
        EngineReady,
        SourceOpening,
        SourceOpened,
        SourceChanged,
        SourceEnded,
    ]
    engine = ear.wait_for(EngineReady)
    assert "MoveNet" in engine.description
    assert "hiphop" in engine.labels
    assert engine.provider
    opened = ear.wait_for(SourceOpened)
    assert opened.duration == pytest.approx(1.2)
    figures = process.figures()
    assert figures.state is SourceState.ENDED
    assert figures.snapshots == len(ear.of(SnapshotReady))
    assert figures.latency_p50 is not None
    assert 0 < figures.latency_p50 <= figures.latency_p95
    assert figures.pipeline_memory > 50e6
    assert figures.memory > 20e6
    assert sum(figures.danced.values()) > 0.5


def test_pictures_of_another_size_follow_each_other(start: Start, ear, tmp_path: Path) -> None:
    process = start()
    for width, height in ((320, 240), (640, 480), (160, 120)):
        mark = ear.mark()
        process.watch(f"demo?width={width}&height={height}")
        ear.wait_for(
            SnapshotReady,
            lambda event, shape=(height, width, 3): event.snapshot.frame.image.shape == shape,
            after=mark,
        )
    clip = write_clip(tmp_path / "clip.mp4", count=5)
    mark = ear.mark()
    process.watch(str(clip))
    ear.wait_for(SourceEnded, after=mark)
    assert not ear.of(PipelineDied)


def test_nothing_is_told_of_a_source_that_was_left(start: Start, ear) -> None:
    process = start()
    process.watch(SMALL)
    ear.wait_for(SnapshotReady)
    process.watch(f"{SMALL}&seconds=0.5&seed=3")
    mark = ear.mark()
    ear.wait_for(SourceEnded, after=mark)
    told = [e for e in ear.events[mark:] if not isinstance(e, FiguresChanged)]
    assert isinstance(told[0], SourceOpening)
    process.watch(SMALL)
    mark = ear.mark()
    ear.wait_for(SnapshotReady, after=mark)
    process.stop()
    mark = ear.mark()
    ear.wait_for(FiguresChanged, lambda event: event.figures.state is None, after=mark)
    assert not ear.of(SnapshotReady, after=mark)


def test_a_pause_holds_what_was_recorded(start: Start, ear) -> None:
    process = start()
    process.watch(SMALL)
    ear.wait_for(SnapshotReady)
    process.set_paused(True)
    ear.wait_for(SourceHeld, lambda event: event.paused)
    held = ear.of(SnapshotReady)[-1].snapshot.frame.time
    mark = ear.mark()
    ear.wait_for(FiguresChanged, after=mark)
    process.set_paused(False)
    ear.wait_for(SourceHeld, lambda event: not event.paused)
    going_on = ear.wait_for(SnapshotReady, after=mark)
    assert held < going_on.snapshot.frame.time < held + 0.5
    assert not ear.of(PipelineDied)


@pytest.mark.parametrize(
    ("blow", "words"),
    [
        (signal.SIGKILL, "SIGKILL"),
        (signal.SIGSEGV, "SIGSEGV"),
        (signal.SIGSTOP, "no sign of life"),
    ],
)
def test_a_process_that_dies_or_freezes_is_replaced(
    start: Start, ear, blow: signal.Signals, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    process = start()
    process.watch(SMALL)
    ear.wait_for(SnapshotReady)
    struck = process.pid
    mark = ear.mark()
    os.kill(struck, blow)
    died = ear.wait_for(PipelineDied, after=mark)
    assert words in died.sentence
    assert died.attempt == 1
    index = ear.events.index(died)
    assert ear.wait_for(PipelineStarting, after=index).restarts == 1
    ear.wait_for(SnapshotReady, after=index)
    assert process.pid != struck
    assert not psutil.pid_exists(struck)
    assert process.figures().restarts == process.restarts == 1
    causes = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert len(causes) == 1
    assert words in causes[0].getMessage()
    if blow is not signal.SIGKILL:
        assert "watching.py" in causes[0].getMessage(), "the log tells where it stood"


def test_it_is_replaced_again_and_again_and_nothing_is_left_behind(start: Start, ear) -> None:
    process = start()
    process.watch(SMALL)
    ear.wait_for(SnapshotReady)
    before = descriptors(), threading.active_count()
    for _ in range(3):
        mark = ear.mark()
        os.kill(process.pid, signal.SIGKILL)
        died = ear.wait_for(PipelineDied, after=mark)
        ear.wait_for(SnapshotReady, after=ear.events.index(died))
    assert descriptors() <= before[0]
    assert threading.active_count() <= before[1]
    assert process.figures().restarts == 3


def test_a_process_that_cannot_even_start_is_tried_for_ever(
    start: Start, ear, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    process = start()
    process.watch(SMALL)
    third = ear.wait_for(PipelineDied, lambda event: event.attempt == 3)
    assert "exit status 1" in third.sentence
    monkeypatch.delenv("PYTHONHOME")
    ear.wait_for(SnapshotReady)


def test_pauses_grow_and_have_an_end() -> None:
    pauses = [pause_before(attempt) for attempt in range(1, 5_000)]
    assert pauses[0] == 0
    assert pauses == sorted(pauses)
    assert pauses[-1] == max(pauses) == LONGEST_PAUSE


def test_a_file_that_ended_is_not_played_again_by_the_next_process(start: Start, ear) -> None:
    process = start()
    process.watch(f"{SMALL}&seconds=0.4")
    ear.wait_for(SourceEnded)
    mark = ear.mark()
    os.kill(process.pid, signal.SIGKILL)
    starting = ear.wait_for(PipelineStarting, after=mark)
    ear.wait_for(FiguresChanged, lambda e: e.figures.pipeline_memory, after=mark)
    process.watch(f"{SMALL}&seconds=0.4&seed=2")
    ear.wait_for(SourceEnded, after=mark)
    assert len(ear.of(SourceOpening, after=ear.events.index(starting))) == 1


def test_a_frame_without_end_is_noticed(start: Start, ear, endless_style_model: Path) -> None:
    process = start(PipelineJob(EngineSettings(style_model=endless_style_model), spare=False))
    process.watch(f"{SMALL}&rate=60")
    first = ear.wait_for(PipelineDied)
    assert "busy with one frame" in first.sentence
    assert len(ear.of(SnapshotReady)) > 5
    ear.wait_for(SnapshotReady, after=ear.events.index(first))


def test_what_cannot_be_opened_is_said_and_tried_again(start: Start, ear, tmp_path: Path) -> None:
    clip = tmp_path / "later.mp4"
    process = start()
    process.watch(str(clip))
    failed = ear.wait_for(SourceFailed)
    assert str(clip) in failed.sentence
    assert failed.retry_at is not None
    write_clip(clip, count=5)
    process.try_now()
    ear.wait_for(SourceEnded)
    assert not ear.of(PipelineDied)


def test_what_is_not_to_be_tried_again_is_not(start: Start, ear, tmp_path: Path) -> None:
    process = start(PipelineJob(persistent=False, spare=False))
    process.watch(str(tmp_path / "missing.mp4"))
    assert ear.wait_for(SourceFailed).retry_at is None
    process.watch(f"{SMALL}&seconds=0.3")
    ear.wait_for(SourceEnded)
    assert len(ear.of(SourceFailed)) == 1


def test_a_model_that_is_none_is_one_sentence(start: Start, ear, tmp_path: Path) -> None:
    model = tmp_path / "style.onnx"
    model.write_text("not a model")
    process = start(PipelineJob(EngineSettings(style_model=model), spare=False))
    process.watch(SMALL)
    failed = ear.wait_for(SourceFailed)
    assert str(model) in failed.sentence
    assert failed.retry_at is not None
    assert not ear.of(PipelineDied)


def test_a_camera_that_is_away_is_waited_for(start: Start, ear) -> None:
    process = start()
    process.watch("/dev/video77")
    opening = ear.wait_for(SourceOpening)
    assert opening.camera
    waiting = ear.wait_for(
        SourceChanged, lambda event: event.status.state is SourceState.RECONNECTING
    )
    assert "/dev/video77" in waiting.status.sentence
    figures = ear.wait_for(
        FiguresChanged, lambda event: event.figures.state is SourceState.RECONNECTING
    )
    assert figures.figures.ailment


def test_closing_while_models_load_is_quick_and_clean(ear) -> None:
    before = descriptors()
    children = set(psutil.Process().children())
    for wait_for in (None, PipelineStarting, EngineReady, SourceOpening):
        process = PipelineProcess(PipelineJob(spare=False), ear)
        process.watch(SMALL)
        if wait_for is not None:
            ear.wait_for(wait_for)
        process.close()
        assert not process.running
        assert process.pid is None
        assert set(psutil.Process().children()) <= children
        ear.events.clear()
    assert descriptors() <= before


def test_closing_ends_a_frozen_process(start: Start, ear) -> None:
    process = start()
    process.watch(SMALL)
    ear.wait_for(SnapshotReady)
    frozen = process.pid
    os.kill(frozen, signal.SIGSTOP)
    process.close()
    assert not psutil.pid_exists(frozen)


def test_a_listener_that_fails_harms_nobody(caplog: pytest.LogCaptureFixture, ear) -> None:
    def fail_once(event: object) -> None:
        ear(event)
        if len(ear.of(SnapshotReady)) == 1:
            raise ValueError("not today")

    process = PipelineProcess(PipelineJob(), fail_once)
    process.watch(f"{SMALL}&seconds=0.5")
    ear.wait_for(SourceEnded)
    process.close()
    assert not ear.of(PipelineDied)
    assert "not today" in caplog.text


def test_a_password_is_nowhere_to_be_seen(
    start: Start, ear, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    process = start()
    process.watch("rtsp://anna:s3cret@127.0.0.1:9/stage?token=s3cret")
    ear.wait_for(SourceChanged, lambda event: event.status.state is SourceState.RECONNECTING)
    child = psutil.Process(process.pid)
    assert "s3cret" not in " ".join(child.cmdline())
    assert "s3cret" not in " ".join(child.environ().values())
    os.kill(process.pid, signal.SIGABRT)
    ear.wait_for(PipelineDied)
    process.close()
    assert "127.0.0.1" in repr(ear.events)
    assert "s3cret" not in repr(ear.events)
    assert "s3cret" not in caplog.text
