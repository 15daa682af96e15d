"""Sessions that a process died over."""

import logging
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from recordings import frames_in, noisy_snapshots, record_session

from choreai_live.session.finishing import finish_interrupted, finish_session
from choreai_live.session.lock import SessionInUseError, SessionLock, in_use
from choreai_live.session.naming import LOCK_NAME
from choreai_live.session.reading import RecordedSession

RECORDING = """
import sys
from pathlib import Path
from recordings import ABOUT, ANYWHERE, noisy_snapshots
from choreai_live.session import SessionRecorder
recorder = SessionRecorder(Path(sys.argv[1]), ANYWHERE, ABOUT, patient=True)
for snapshot in noisy_snapshots(40):
    recorder.record(snapshot)
while not recorder.bytes_written:
    pass
print("recorded", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def killed(tmp_path: Path, project_root: Path) -> Path:
    """Return a folder with a session whose process was killed."""
    folder = tmp_path / "killed"
    with subprocess.Popen(
        [sys.executable, "-c", RECORDING, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": f"{project_root}:{project_root / 'tests'}"},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"recorded\n"
        (session,) = folder.iterdir()
        assert in_use(session)
        assert finish_interrupted(folder) == []  # a living process has it
        with pytest.raises(SessionInUseError):
            finish_session(session)
        assert RecordedSession(session).recording
        process.send_signal(signal.SIGKILL)
    return folder


def test_a_killed_session_is_found_and_finished_once(killed: Path) -> None:
    (session,) = killed.iterdir()
    assert not in_use(session)
    assert finish_interrupted(killed) == [session]
    assert finish_interrupted(killed) == []
    assert sorted(path.name for path in session.iterdir()) == ["part-0001.mp4", "part-0001.sqlite"]
    read = RecordedSession(session)
    assert read.interrupted
    assert not read.recording
    assert read.frames == 40
    assert read.parts[0].meta["ended"] >= read.parts[0].meta["part_started"]


def test_reading_a_killed_session_finishes_it(killed: Path) -> None:
    (session,) = killed.iterdir()
    assert len(frames_in(session)) == 40
    assert not (session / LOCK_NAME).exists()


def test_a_killed_session_is_read_where_it_cannot_be_finished(
    killed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (session,) = killed.iterdir()
    monkeypatch.setattr(
        "choreai_live.session.reading.finish_session", lambda _: (_ for _ in ()).throw(OSError)
    )
    assert len(frames_in(session)) == 40


def test_a_session_that_was_killed_at_its_very_end_is_as_good_as_finished(tmp_path: Path) -> None:
    session = record_session(tmp_path, noisy_snapshots(3))
    (session / LOCK_NAME).touch()  # all but this was done
    assert finish_interrupted(tmp_path) == [session]
    assert not RecordedSession(session).interrupted


def test_a_session_killed_before_its_first_frame_is_removed(tmp_path: Path) -> None:
    session = tmp_path / "2026-11-26_02-13-05_hall"
    session.mkdir()
    (session / LOCK_NAME).touch()
    (session / "part-0001.sqlite").touch()
    (session / "part-0001.mp4").write_bytes(b"\0\0\0\x1cftyp")
    assert finish_interrupted(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_session_stops_no_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    damaged = tmp_path / "2020-01-01_00-00-00_damaged"
    damaged.mkdir()
    (damaged / "part-0001.sqlite").write_bytes(b"no table at all" * 100)
    session = record_session(tmp_path, noisy_snapshots(3))
    for path in (damaged, session):
        (path / LOCK_NAME).touch()
    assert finish_interrupted(tmp_path) == [session]
    assert "damaged cannot be finished" in caplog.text
    assert finish_interrupted(tmp_path) == []


def test_folders_that_are_no_sessions_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday").mkdir()
    (tmp_path / "notes.txt").touch()
    assert finish_interrupted(tmp_path) == []
    assert finish_interrupted(tmp_path / "none") == []
    assert len(list(tmp_path.iterdir())) == 2


def test_the_journal_is_put_into_the_table(killed: Path, tmp_path: Path) -> None:
    (session,) = killed.iterdir()
    assert (session / "part-0001.sqlite-wal").exists()
    finish_session(session)
    alone = shutil.copy(session / "part-0001.sqlite", tmp_path / "alone.sqlite")
    connection = sqlite3.connect(f"{alone.as_uri()}?immutable=1", uri=True)
    assert connection.execute("SELECT count(*) FROM frame").fetchone() == (40,)
    connection.close()


def test_a_lock_is_held_by_one_and_leaves_its_file_until_all_is_done(tmp_path: Path) -> None:
    lock = SessionLock(tmp_path)
    with pytest.raises(SessionInUseError):
        SessionLock(tmp_path)
    lock.release(finished=False)
    assert (tmp_path / LOCK_NAME).exists()
    assert not in_use(tmp_path)
    SessionLock(tmp_path).release(finished=True)
    assert not (tmp_path / LOCK_NAME).exists()
