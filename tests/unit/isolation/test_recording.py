"""Recording in the pipeline's process."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np

from choreai_live.isolation import (
    FiguresChanged,
    PipelineDied,
    PipelineJob,
    PipelineProcess,
    RecordingChanged,
    RecordingOrder,
    SnapshotReady,
    SourceEnded,
)
from choreai_live.session import RecordingSettings
from choreai_live.session.source import SessionSource

SMALL = "demo?width=160&height=120"
Start = Callable[..., PipelineProcess]


def test_an_order_is_what_the_recorder_is_set_to(tmp_path: Path) -> None:
    order = RecordingOrder(tmp_path, False, True, True, 60.0, 10**9)
    assert RecordingSettings(**order.settings()) == RecordingSettings(
        video=False, overlay=True, privacy=True, split_seconds=60.0, split_bytes=10**9
    )
    assert RecordingSettings(**RecordingOrder(tmp_path, floor_bytes=5).settings()).floor_bytes == 5


def test_a_source_is_recorded_from_its_first_frame_to_its_last(
    start: Start, ear, tmp_path: Path
) -> None:
    order = RecordingOrder(tmp_path, floor_bytes=0)
    process = start(PipelineJob(recording=order, spare=False))
    process.watch(f"{SMALL}&rate=15&seconds=1.5")
    ear.wait_for(SourceEnded)
    path = ear.wait_for(RecordingChanged, lambda event: event.path is not None).path
    assert path is not None
    assert ear.of(RecordingChanged)[-1].path is None
    process.close()
    come = {event.snapshot.frame.index: event.snapshot for event in ear.of(SnapshotReady)}
    with SessionSource(path) as session:
        frames = list(iter(session.read, None))
    assert len(frames) >= len(come)
    recorded = {round(frame.time, 6): frame for frame in frames}
    for snapshot in come.values():
        frame = recorded[round(snapshot.frame.time, 6)]
        assert frame.tracks is not None
        assert [track.id for track in frame.tracks] == [track.id for track in snapshot.tracks]
        for there, here in zip(frame.tracks, snapshot.tracks, strict=True):
            assert np.allclose(there.pose.keypoints, here.pose.keypoints, atol=0.01)


def test_recording_begins_and_ends_on_order_and_outlives_a_death(
    start: Start, ear, tmp_path: Path
) -> None:
    process = start()
    process.watch(SMALL)
    ear.wait_for(SnapshotReady)
    assert not ear.of(RecordingChanged)
    process.record(RecordingOrder(tmp_path, video=False, floor_bytes=0))
    first = ear.wait_for(RecordingChanged).path
    ear.wait_for(FiguresChanged, lambda event: event.figures.recording)
    mark = ear.mark()
    os.kill(process.pid, signal.SIGKILL)
    died = ear.events.index(ear.wait_for(PipelineDied, after=mark))
    changes = ear.wait_for(RecordingChanged, after=died)
    assert changes.path is None, "the one that recorded is no more"
    second = ear.wait_for(RecordingChanged, lambda event: event.path, after=died).path
    assert second != first
    assert second.parent == tmp_path
    mark = ear.mark()
    process.record(None)
    assert ear.wait_for(RecordingChanged, lambda event: event.path is None, after=mark)
    ear.wait_for(FiguresChanged, lambda event: not event.figures.recording, after=mark)


def test_a_disk_without_room_is_one_sentence_and_pictures_come(
    start: Start, ear, tmp_path: Path
) -> None:
    process = start(PipelineJob(recording=RecordingOrder(tmp_path, floor_bytes=2**60), spare=False))
    process.watch(SMALL)
    failed = ear.wait_for(RecordingChanged, lambda event: event.failure)
    assert str(tmp_path) in failed.failure
    mark = ear.mark()
    ear.wait_for(SnapshotReady, after=mark)
    figures = ear.wait_for(FiguresChanged, lambda event: event.figures.recording_failure).figures
    assert not figures.recording
    assert not ear.of(PipelineDied)
