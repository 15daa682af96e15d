"""What goes into a session, and what does not."""

import logging
import sqlite3
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import numpy as np
import pytest
from clips import number_of
from recordings import ABOUT, ANYWHERE, frames_in, noisy_snapshots, record_session, told

from choreai_live.errors import OutputError
from choreai_live.session import RecordingSettings, SessionAbout, SessionRecorder
from choreai_live.session.naming import LOCK_NAME, tables_of, video_path
from choreai_live.session.overlay import DARK
from choreai_live.session.reading import RecordedSession
from choreai_live.session.video import PartVideo


def pictures_in(video: Path) -> list[tuple[int, np.ndarray]]:
    """Return time in microseconds and BGR image of every picture."""
    with av.open(str(video)) as container:
        return [
            (round(frame.pts * frame.time_base * 1_000_000), frame.to_ndarray(format="bgr24"))
            for frame in container.decode(video=0)
        ]


def test_every_number_is_kept_to_the_last_bit(tmp_path: Path) -> None:
    snapshots = list(noisy_snapshots(12))
    frames = frames_in(record_session(tmp_path, snapshots))
    assert len(frames) == 12
    for snapshot, (row, tracks, readouts) in zip(snapshots, frames, strict=True):
        assert told(tracks, readouts) == told(snapshot.tracks, dict(snapshot.readouts))
        assert (row.time, row.source_index) == (snapshot.frame.time, snapshot.frame.index)
        assert (row.width, row.height) == (64, 48)


def test_a_table_can_be_read_by_anybody(tmp_path: Path) -> None:
    path = record_session(tmp_path, noisy_snapshots(3))
    assert sorted(file.name for file in path.iterdir()) == ["part-0001.mp4", "part-0001.sqlite"]
    with sqlite3.connect(f"{tables_of(path)[0].as_uri()}?mode=ro&immutable=1", uri=True) as table:
        meta = dict(table.execute("SELECT key, value FROM meta"))
        assert meta["source"] == "hall"
        assert meta["labels"] == '["afrobeat", "classical", "hiphop", "other"]'
        assert datetime.now(UTC) - datetime.fromisoformat(meta["ended"]) < timedelta(minutes=1)
        assert table.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    table.close()


def test_pictures_have_the_exact_times_of_their_frames(tmp_path: Path) -> None:
    snapshots = list(noisy_snapshots(12))
    path = record_session(tmp_path, snapshots)
    pictures = pictures_in(path / "part-0001.mp4")
    frames = frames_in(path)
    assert [time for time, _ in pictures] == [frame.row.picture for frame in frames]
    begin = snapshots[0].frame.time
    for snapshot, (time, image) in zip(snapshots, pictures, strict=True):
        assert abs(snapshot.frame.time - begin - time / 1e6) < 1e-6
        assert number_of(image) == (snapshot.frame.index // 3) % 25


def test_odd_sides_are_filled_up(tmp_path: Path) -> None:
    path = record_session(tmp_path, noisy_snapshots(2, size=(65, 49)))
    assert pictures_in(path / "part-0001.mp4")[0][1].shape == (50, 66, 3)
    assert {frame.row[5:7] for frame in frames_in(path)} == {(65, 49)}


def test_without_video_there_are_skeletons_only(tmp_path: Path) -> None:
    settings = RecordingSettings(video=False, floor_bytes=0)
    path = record_session(tmp_path, noisy_snapshots(3), settings)
    assert [file.suffix for file in path.iterdir()] == [".sqlite"]
    assert [frame.row.picture for frame in frames_in(path)] == [None] * 3


def test_privacy_keeps_nothing_of_what_the_camera_saw(tmp_path: Path) -> None:
    settings = RecordingSettings(privacy=True, floor_bytes=0)
    nobody = [snapshot_without_dancers(s) for s in noisy_snapshots(3)]
    path = record_session(tmp_path, nobody, settings)
    for _, image in pictures_in(path / "part-0001.mp4"):
        assert np.abs(image.astype(int) - DARK).max() <= 3


def test_an_overlay_is_drawn_into_a_copy(tmp_path: Path) -> None:
    snapshots = list(noisy_snapshots(3, size=(320, 240)))
    before = [snapshot.frame.image.copy() for snapshot in snapshots]
    plain = record_session(tmp_path / "plain", snapshots)
    drawn = record_session(
        tmp_path / "drawn", snapshots, RecordingSettings(overlay=True, floor_bytes=0)
    )
    for snapshot, image in zip(snapshots, before, strict=True):
        assert (snapshot.frame.image == image).all()
    for (_, one), (_, other) in zip(
        *(pictures_in(path / "part-0001.mp4") for path in (plain, drawn)), strict=True
    ):
        assert np.abs(one.astype(int) - other).max() > 100


def test_what_happens_is_noted_and_passwords_are_not(tmp_path: Path) -> None:
    about = SessionAbout("rtsp://anna:secret@hall/live?token=secret", ABOUT.labels)
    with SessionRecorder(tmp_path, ANYWHERE, about) as recorder:
        recorder.note("stalled", "rtsp://anna:secret@hall/live has sent nothing.", 0.0)
        for snapshot in noisy_snapshots(2):
            recorder.record(snapshot)
        recorder.note("live", "", 0.5)
    session = RecordedSession(recorder.path)
    assert [(e.kind, e.time) for e in session.events()] == [("stalled", 0.0), ("live", 0.5)]
    for file in recorder.path.iterdir():
        assert b"secret" not in file.read_bytes()
        assert b"anna" not in file.read_bytes()
    assert recorder.path.name.endswith("_live")


@pytest.mark.parametrize(
    "settings",
    [
        RecordingSettings(split_seconds=0.2, floor_bytes=0),
        RecordingSettings(split_bytes=1, floor_bytes=0),
    ],
)
def test_parts_are_split_by_time_or_size(tmp_path: Path, settings: RecordingSettings) -> None:
    with SessionRecorder(tmp_path, settings, ABOUT, patient=True) as recorder:
        for snapshot in noisy_snapshots(15):
            recorder.record(snapshot)
            if snapshot.frame.index in (12, 24):  # a size is known once it was committed
                wait_for_commit(recorder)
    session = RecordedSession(recorder.path)
    assert len(session.parts) >= 3
    assert session.frames == 15
    times = [frame.row.time for part in session.parts for frame in session.frames_of(part)]
    assert times == sorted(times)
    for part in session.parts:
        assert len(pictures_in(part.video)) == part.frames


def wait_for_commit(recorder: SessionRecorder) -> None:
    """Wait until the writer knows how large its part is."""
    before = recorder.bytes_written
    waiting = threading.Event()
    for _ in range(100):
        if recorder.bytes_written != before:
            return
        waiting.wait(0.05)


@pytest.mark.parametrize("then", [{"size": (32, 24)}, {"begin": -5.0}])
def test_another_size_or_clock_begins_another_part(tmp_path: Path, then: dict[str, object]) -> None:
    settings = {"begin": 2.0, "connection": 1, "first": 3, **then}
    snapshots = [*noisy_snapshots(3), *noisy_snapshots(3, **settings)]
    path = record_session(tmp_path, snapshots)
    assert [part.frames for part in RecordedSession(path).parts] == [3, 3]
    assert [frame.row.connection for frame in frames_in(path)] == [0, 0, 0, 1, 1, 1]


def test_pictures_are_left_out_rather_than_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    run = PartVideo._run
    monkeypatch.setattr(PartVideo, "_run", lambda self: (go_on.wait(30), run(self))[1])
    with SessionRecorder(tmp_path, ANYWHERE, ABOUT) as recorder:
        for snapshot in noisy_snapshots(20):
            recorder.record(snapshot)  # would hang here if it waited
        go_on.set()
    assert recorder.failure is None
    frames = frames_in(recorder.path)
    kept = [frame.row.picture for frame in frames if frame.row.picture is not None]
    assert len(frames) == 20
    assert 0 < len(kept) < 20
    assert recorder.dropped_pictures == 20 - len(kept)
    assert [time for time, _ in pictures_in(recorder.path / "part-0001.mp4")] == kept


def test_frames_without_a_picture_are_recorded(tmp_path: Path) -> None:
    frames = frames_in(record_session(tmp_path, noisy_snapshots(3, size=(0, 0))))
    assert [(frame.row.width, frame.row.picture) for frame in frames] == [(0, None)] * 3


def test_a_session_without_a_frame_leaves_nothing_behind(tmp_path: Path) -> None:
    record_session(tmp_path, [])
    assert list(tmp_path.iterdir()) == []


def test_sessions_of_one_second_have_names_of_their_own(tmp_path: Path) -> None:
    recorders = [SessionRecorder(tmp_path, ANYWHERE, ABOUT) for _ in range(3)]
    assert len({recorder.path for recorder in recorders}) == 3
    for recorder in recorders:
        recorder.close()


def test_nothing_begins_below_the_floor(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="less than 1,000,000 TB are free on the disk with"):
        SessionRecorder(tmp_path, RecordingSettings(floor_bytes=10**18), ABOUT)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_recorded_into_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(OutputError, match=r"Nothing can be recorded to .*taken"):
        SessionRecorder(tmp_path / "taken", ANYWHERE, ABOUT)


def test_a_disk_that_fails_ends_the_recording_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with SessionRecorder(tmp_path, ANYWHERE, ABOUT) as recorder:
        snapshots = noisy_snapshots(2000)
        recorder.record(next(snapshots))
        while not (recorder.path / "part-0001.sqlite").exists():
            threading.Event().wait(0.01)
        (recorder.path / "part-0002.sqlite").mkdir()  # where the next part is to go
        recorder.record(next(noisy_snapshots(1, size=(32, 24), begin=1.0)))
        for _ in range(200):
            if recorder.failure is not None:
                break
            threading.Event().wait(0.05)
        recorder.record(next(snapshots))  # nothing comes of it
    assert recorder.failure is not None
    assert recorder.failure.startswith(f"Recording stopped because {recorder.path} cannot be")
    assert len(frames_in(recorder.path)) == 1
    assert not (recorder.path / LOCK_NAME).exists()
    assert video_path(tables_of(recorder.path)[0]).exists()


@pytest.mark.parametrize("wrong", [{"split_seconds": 0.0}, {"split_bytes": 0}, {"floor_bytes": -1}])
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        RecordingSettings(**wrong)


def snapshot_without_dancers(snapshot):
    return type(snapshot)(snapshot.frame)
