"""Recording from the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from choreai_live.session.reading import RecordedSession
from choreai_live.ui.clock import clock
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.recording import shown_path
from choreai_live.ui.worker import WorkerState

PATIENCE = 30_000
OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def videos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user a folder of videos that is not the real one, and return where sessions go."""
    folder = tmp_path / "videos"
    monkeypatch.setattr("platformdirs.user_videos_path", lambda: folder)
    return folder / "ChoreAI Live"


def record_for_a_while(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.state is WorkerState.LIVE, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_R)
    sign = window.stage.recording
    qtbot.waitUntil(lambda: sign.isVisible() and sign.words > "REC 0:00", timeout=PATIENCE)


def test_r_records_with_a_sign_until_r_again(
    open_window: OpenWindow, qtbot: QtBot, videos: Path
) -> None:
    window = open_window("demo")
    assert not window.commands.record.isEnabled()
    record_for_a_while(qtbot, window)
    assert window.commands.record.isChecked()
    (session,) = videos.iterdir()
    assert window.stage.recording.place == shown_path(session)
    assert RecordedSession(session).recording
    qtbot.keyClick(window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: not window.stage.recording.isVisible(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.stage.notice.isVisible(), timeout=PATIENCE)
    assert window.stage.notice.words.endswith(f"recorded to {shown_path(session)}.")
    qtbot.waitUntil(lambda: not RecordedSession(session).recording, timeout=PATIENCE)
    recorded = RecordedSession(session)
    assert not recorded.interrupted
    assert recorded.memory is not None
    assert recorded.frames > 10


def test_closing_the_window_ends_the_recording_well(
    open_window: OpenWindow, qtbot: QtBot, videos: Path
) -> None:
    window = open_window("demo")
    record_for_a_while(qtbot, window)
    window.close()
    (session,) = videos.iterdir()
    recorded = RecordedSession(session)
    assert not recorded.recording
    assert not recorded.interrupted


def test_another_source_ends_the_recording(
    open_window: OpenWindow, qtbot: QtBot, videos: Path
) -> None:
    window = open_window("demo")
    record_for_a_while(qtbot, window)
    window.watch("demo?dancers=2")
    qtbot.waitUntil(lambda: not window.commands.record.isChecked(), timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.state is WorkerState.LIVE, timeout=PATIENCE)
    assert not window.stage.recording.isVisible()
    assert len(list(videos.iterdir())) == 1


def test_what_stops_a_recording_is_said_and_the_picture_goes_on(
    open_window: OpenWindow, qtbot: QtBot, videos: Path
) -> None:
    videos.parent.mkdir()
    videos.write_text("where the folder is to be")
    window = open_window("demo")
    qtbot.waitUntil(lambda: window.state is WorkerState.LIVE, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: window.stage.notice.isVisible(), timeout=PATIENCE)
    assert window.stage.notice.words.startswith(f"Nothing can be recorded to {videos}")
    assert not window.commands.record.isChecked()
    assert not window.stage.recording.isVisible()
    assert window.state is WorkerState.LIVE


def test_a_recording_is_shown_again_as_it_was(
    open_window: OpenWindow, qtbot: QtBot, videos: Path
) -> None:
    window = open_window("demo")
    record_for_a_while(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_R)
    (session,) = videos.iterdir()
    qtbot.waitUntil(lambda: not RecordedSession(session).recording, timeout=PATIENCE)
    window.watch(str(session))
    qtbot.waitUntil(lambda: window.state is WorkerState.ENDED, timeout=PATIENCE)
    assert window.timeline.history.dancers
    assert session.name in window.windowTitle()


@pytest.mark.parametrize(("seconds", "shown"), [(0.0, "0:00"), (65.9, "1:05"), (3725.0, "1:02:05")])
def test_durations_are_shown_as_clocks_do(seconds: float, shown: str) -> None:
    assert clock(seconds) == shown
