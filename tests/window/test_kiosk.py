"""The whole kiosk with the pipeline in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic

import numpy as np
import psutil
import pytest
from clips import write_clip
from PyQt6.QtCore import QPoint, Qt, QTimer
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from choreai_live.capture import list_cameras
from choreai_live.configuration import ProgramSettings
from choreai_live.configuration.pin import hash_pin
from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.ui.kiosk import held_keys, pin_pad, way_out
from choreai_live.ui.kiosk.app import recording_order, run
from choreai_live.ui.kiosk.awake import Awake
from choreai_live.ui.kiosk.direction import Scene
from choreai_live.ui.kiosk.window import KioskWindow
from choreai_live.ui.remote_worker import RemoteWorker
from choreai_live.ui.worker import Status, WorkerState

PATIENCE = 40_000
SMALL = "demo?width=320&height=240"
PIN = "24680"

OpenKiosk = Callable[..., KioskWindow]


def settings_with(source: str | None = SMALL, **tables: dict[str, object]) -> ProgramSettings:
    """Return settings with ``table={key: value}`` changed."""
    settings = ProgramSettings()
    tables = {"source": {"spec": source}, **tables}
    changed = {name: replace(getattr(settings, name), **values) for name, values in tables.items()}
    return replace(settings, **changed)


@pytest.fixture
def open_kiosk(qtbot: QtBot) -> Iterator[OpenKiosk]:
    """Return what opens a kiosk: ``open_kiosk(source, kiosk={...}, recording={...})``."""
    opened: list[tuple[KioskWindow, RemoteWorker]] = []

    def open_it(
        source: str | None = SMALL,
        *,
        absence: float = 8.0,
        notices: tuple[str, ...] = (),
        **tables: dict,
    ) -> KioskWindow:
        settings = settings_with(source, **tables)
        worker = RemoteWorker(settings.engine)
        if settings.recording.enabled:
            worker.record(recording_order(settings))
        window = KioskWindow(settings, worker, notices, absence=absence)
        window.worker = worker  # for the tests' own use
        opened.append((window, worker))
        window.start()
        qtbot.waitExposed(window)
        return window

    yield open_it
    for window, worker in opened:
        window.leave()
        worker.close()
        window.deleteLater()


@pytest.fixture
def visitor(tmp_path: Path) -> str:
    """Return a video of an empty studio that somebody dances in for a while."""
    scene = DemoScene(SceneSettings(width=320, height=240))

    def paint(number: int, width: int, height: int) -> np.ndarray:
        return scene.render(number / 15) if 30 <= number < 75 else scene.backdrop

    clip = write_clip(
        tmp_path / "visit.mp4", count=135, width=320, height=240, rate=15, paint=paint
    )
    return str(clip)


def wait_for_pictures(qtbot: QtBot, window: KioskWindow) -> None:
    qtbot.waitUntil(lambda: window.message is None, timeout=PATIENCE)


def pipeline_of(window: KioskWindow) -> psutil.Process:
    pid = window.worker.pipeline_pid
    assert pid is not None
    return psutil.Process(pid)


def test_attract_screen_gives_way_to_a_dancer_and_comes_back(
    open_kiosk: OpenKiosk, qtbot: QtBot, visitor: str
) -> None:
    window = open_kiosk(visitor, absence=1.5)
    assert window.geometry() == QGuiApplication.primaryScreen().geometry()
    assert window.attract.isVisible()
    wait_for_pictures(qtbot, window)
    assert window.scene is Scene.ATTRACT
    assert window.attract.words[0] == "Step in and dance"
    qtbot.waitUntil(lambda: window.scene is Scene.LIVE, timeout=PATIENCE)
    assert window.live.isVisible()
    assert not window.attract.isVisible()
    assert window.live.video.has_picture
    qtbot.waitUntil(lambda: window.scene is Scene.ATTRACT, timeout=PATIENCE)
    assert window.attract.isVisible()
    assert not window.live.isVisible()
    assert not window.live.video.has_picture, "nothing of the dancer is kept"


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_screen_stays_and_pictures_come_back_when_the_pipeline_is_lost(
    blow: signal.Signals, open_kiosk: OpenKiosk, qtbot: QtBot
) -> None:
    window = open_kiosk()
    qtbot.waitUntil(lambda: window.scene is Scene.LIVE, timeout=PATIENCE)
    first = pipeline_of(window)
    first.send_signal(blow)
    qtbot.waitUntil(lambda: window.message is not None, timeout=PATIENCE)
    assert window.message is not None
    assert window.message.sentence == "Starting again."
    assert window.isVisible()
    assert window.live.interlude.isVisible()
    assert window.live.video.dimmed
    wait_for_pictures(qtbot, window)
    assert not window.live.interlude.isVisible()
    assert not window.live.video.dimmed
    assert pipeline_of(window).pid != first.pid
    assert not first.is_running() or first.status() == psutil.STATUS_ZOMBIE


def test_right_pin_leads_out_and_nothing_else_does(open_kiosk: OpenKiosk, qtbot: QtBot) -> None:
    window = open_kiosk(kiosk={"pin_hash": hash_pin(PIN)})
    assert window.way_out.pad is not None
    window.close()
    for key, modifier in (
        (Qt.Key.Key_F4, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier),
    ):
        qtbot.keyClick(window, key, modifier)
        assert window.isVisible()
        assert window.isFullScreen()
    window.way_out.pad.hide()

    qtbot.keyClicks(window, "1111")
    assert window.way_out.pad.isVisible(), "any key brings the pad"
    assert window.way_out.pad.entered == 4
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert window.isVisible()
    assert "Wrong" in window.way_out.pad.sentence
    qtbot.waitUntil(lambda: "Wrong" not in window.way_out.pad.sentence, timeout=5000)
    qtbot.keyClicks(window, PIN)
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert not window.isVisible()


def test_holding_a_corner_brings_the_pad(
    open_kiosk: OpenKiosk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way_out, "CORNER_HOLD", 0.2)
    window = open_kiosk(kiosk={"pin_hash": hash_pin(PIN)})
    pad = window.way_out.pad
    assert pad is not None
    left = Qt.MouseButton.LeftButton
    corner = window.rect().bottomRight() - QPoint(5, 5)
    qtbot.mouseClick(window, left, pos=corner)
    qtbot.mousePress(window, left, pos=window.rect().center())
    qtbot.wait(400)
    qtbot.mouseRelease(window, left, pos=window.rect().center())
    assert not pad.isVisible(), "neither a tap nor a touch in the middle"
    qtbot.mousePress(window, left, pos=corner)
    qtbot.waitUntil(pad.isVisible, timeout=3000)
    qtbot.mouseRelease(window, left, pos=corner)
    for key in (*PIN, pin_pad.ENTER):
        qtbot.mouseClick(pad, left, pos=pad.key_rect(key).center().toPoint())
    assert not window.isVisible()


def test_without_a_pin_only_held_keys_lead_out(
    open_kiosk: OpenKiosk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held_keys, "HOLD", 1.2)
    window = open_kiosk()
    assert window.way_out.pad is None
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    qtbot.keyClicks(window, PIN)
    qtbot.keyClick(window, Qt.Key.Key_Q, both)
    qtbot.wait(1500)
    assert window.isVisible()
    assert not window.way_out.ring.isVisible()
    qtbot.keyPress(window, Qt.Key.Key_Q, both)
    qtbot.waitUntil(lambda: window.way_out.ring.share > 0.2, timeout=5000)
    assert window.way_out.ring.isVisible()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)


def test_screen_is_filled_again_whatever_moved_the_window(
    open_kiosk: OpenKiosk, qtbot: QtBot
) -> None:
    window = open_kiosk()
    screen = QGuiApplication.primaryScreen().geometry()
    window.showNormal()
    window.setGeometry(20, 30, 300, 200)
    qtbot.waitUntil(lambda: window.geometry() == screen, timeout=PATIENCE)
    window.hide()
    qtbot.waitUntil(window.isVisible, timeout=PATIENCE)
    assert window.attract.size() == window.size()


def test_privacy_shows_no_pixel_of_the_picture_and_keeps_none(
    open_kiosk: OpenKiosk, qtbot: QtBot, tmp_path: Path
) -> None:
    sessions = tmp_path / "sessions"
    window = open_kiosk(
        "demo?width=320&height=240&outfit=festival",
        kiosk={"privacy": True},
        recording={"enabled": True, "folder": sessions, "disk_floor_megabytes": 1.0},
    )
    assert window.recording_sign.isVisible()
    assert "without the picture" in window.recording_sign.words
    qtbot.waitUntil(lambda: window.scene is Scene.LIVE, timeout=PATIENCE)
    picture = window.live.video._picture
    assert picture is not None
    assert picture.isNull()
    qtbot.waitUntil(lambda: sessions.is_dir() and any(sessions.rglob("*.*")), timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.curtain.isVisible(), timeout=PATIENCE)
    assert window.recording_sign.isVisible()
    window.leave()
    window.worker.close()
    assert recording_order(settings_with(kiosk={"privacy": True})).privacy


def test_nothing_is_recorded_unless_configured(
    open_kiosk: OpenKiosk, qtbot: QtBot, tmp_path: Path
) -> None:
    sessions = tmp_path / "sessions"
    window = open_kiosk(recording={"enabled": False, "folder": sessions})
    assert not window.recording_sign.isVisible()
    qtbot.waitUntil(lambda: window.scene is Scene.LIVE, timeout=PATIENCE)
    assert not window.recording_sign.isVisible()
    assert not sessions.exists()


def test_camera_that_is_away_is_told_and_does_not_stand_for_ever(
    open_kiosk: OpenKiosk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_kiosk()
    qtbot.waitUntil(lambda: window.scene is Scene.LIVE, timeout=PATIENCE)
    window.worker.stop()
    qtbot.wait(200)
    away = Status(WorkerState.RECONNECTING, retry_at=monotonic() + 3.0)
    window.worker.status_changed.emit(away)
    told = window.live.interlude.message
    assert told is not None
    assert told.heading == "The camera is away for a moment"
    assert "s." in told.sentence
    monkeypatch.setattr(window._director, "_patience", 1.0)
    qtbot.waitUntil(lambda: window.scene is Scene.ATTRACT, timeout=PATIENCE)
    assert window.attract.words[0] == "The camera is away for a moment"
    qtbot.waitUntil(lambda: window.attract.words[1] == "Trying to reach it.", timeout=PATIENCE)


def test_source_that_does_not_open_is_told_to_the_staff_and_tried_again(
    open_kiosk: OpenKiosk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = tmp_path / "show.mp4"
    window = open_kiosk(str(missing))
    qtbot.waitUntil(lambda: window.notice.isVisible(), timeout=PATIENCE)
    assert "show.mp4" in window.notice.words
    assert window.message is not None
    assert "show.mp4" not in window.message.heading + window.message.sentence
    write_clip(tmp_path / "made.mp4", count=40)
    (tmp_path / "made.mp4").rename(missing)
    wait_for_pictures(qtbot, window)


@pytest.mark.skipif(bool(list_cameras()), reason="this machine has a camera")
def test_missing_camera_is_waited_for_and_the_demo_not_read_out(
    open_kiosk: OpenKiosk, qtbot: QtBot
) -> None:
    window = open_kiosk(None)
    qtbot.waitUntil(lambda: window.notice.isVisible(), timeout=PATIENCE)
    assert "No camera was found" in window.notice.words
    assert window.attract.words[0] == "The camera is away for a moment"
    qtbot.waitUntil(lambda: "s." in window.attract.words[1], timeout=PATIENCE)
    qtbot.wait(1500)
    assert window.scene is Scene.ATTRACT
    assert window.message is not None


def test_a_provider_lost_while_running_is_told_to_the_staff(
    open_kiosk: OpenKiosk, qtbot: QtBot
) -> None:
    window = open_kiosk()
    with qtbot.waitSignal(window.worker.engine_ready, timeout=PATIENCE) as ready:
        pass
    lost = (
        "CUDAExecutionProvider failed while it was running (CUDA failure 719); running on the "
        "CPU instead."
    )
    window.worker.engine_ready.emit(replace(ready.args[0], notices=(lost,)))
    assert window.notice.isVisible()
    assert window.notice.words == lost


def test_notices_are_shown_small_for_a_minute(open_kiosk: OpenKiosk, qtbot: QtBot) -> None:
    window = open_kiosk(notices=("The settings file is broken; the last good one is used.",))
    assert window.notice.isVisible()
    assert "last good" in window.notice.words
    assert window.notice.height() < 0.2 * window.height()
    assert window.notice._until == pytest.approx(monotonic() + 60.0, abs=10.0)


def test_signal_ends_the_program_and_its_pipeline(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(
        f'[source]\nspec = "{SMALL}"\n[monitoring]\nenabled = false\n'
        f'[log]\nfolder = "{tmp_path / "log"}"\n'
    )
    log = tmp_path / "log" / "kiosk.log"
    program = subprocess.Popen(
        [sys.executable, "-m", "choreai_live", "--kiosk", "--settings", str(settings)],
        stderr=subprocess.PIPE,
        text=True,
    )
    give_up = monotonic() + 60
    while not (log.is_file() and "the live screen stood" in log.read_text()):
        assert program.poll() is None, program.communicate()[1]
        assert monotonic() < give_up
    children = psutil.Process(program.pid).children(recursive=True)
    assert children
    program.send_signal(signal.SIGTERM)
    _, complaints = program.communicate(timeout=30)
    assert program.returncode == 0
    assert "Traceback" not in complaints
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive
    told = log.read_text()
    assert "Pictures come" in told
    assert "Somebody leaves the kiosk" in told


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def run_until(seen: Callable[[KioskWindow], bool], settings: ProgramSettings) -> int:
    """Run the kiosk until `seen` is true of its window; return its exit status."""
    satisfied: list[bool] = []
    give_up = monotonic() + PATIENCE / 1000

    def look() -> None:
        kiosks = (w for w in QApplication.topLevelWidgets() if isinstance(w, KioskWindow))
        window = next((kiosk for kiosk in kiosks if kiosk.isVisible()), None)
        if window is not None and seen(window):
            satisfied.append(True)
        if satisfied or monotonic() > give_up:
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            QTimer.singleShot(100, look)

    QTimer.singleShot(100, look)
    status = run(settings, "The settings are broken.", None)
    assert satisfied
    return status


def test_run_serves_figures_and_returns_when_left(qtbot: QtBot) -> None:
    port = free_port()
    pages: list[str] = []
    before = signal.getsignal(signal.SIGTERM)  # another test's library may have left its own

    def seen(window: KioskWindow) -> bool:
        assert "broken" in window.notice.words
        if window.scene is not Scene.LIVE:
            return False
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/metrics")
        pages.append(connection.getresponse().read().decode())
        return True

    assert run_until(seen, settings_with(monitoring={"port": port})) == 0
    assert "choreai" in pages[0]
    assert signal.getsignal(signal.SIGTERM) is before


def test_port_that_is_taken_does_not_keep_the_kiosk_from_running(qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = int(other.getsockname()[1])

        def seen(window: KioskWindow) -> bool:
            assert str(port) in window.notice.words
            return window.isVisible()

        assert run_until(seen, settings_with(monitoring={"port": port})) == 0


def test_screen_that_cannot_be_kept_awake_is_a_line_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'nobody'}")
    awake = Awake()
    give_up = monotonic() + 20
    while "cannot be kept awake" not in caplog.text:
        assert monotonic() < give_up
    awake.close()
    assert "Traceback" not in caplog.text
    assert not [thread for thread in threading.enumerate() if thread.name == "awake"]
