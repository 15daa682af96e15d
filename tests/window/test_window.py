"""The whole window with the real pipeline, mostly on the demo dancer."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from clips import dancer, write_clip
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from rtsp_server import RtspServer

from choreai_live.capture.camera import list_cameras
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.worker import WorkerState

PATIENCE = 30_000
OpenWindow = Callable[..., MainWindow]


def wait_for(qtbot: QtBot, window: MainWindow, state: WorkerState) -> None:
    qtbot.waitUntil(lambda: window.state is state, timeout=PATIENCE)


def wait_for_readout(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: bool(window.bars.shares), timeout=PATIENCE)


def our_threads() -> set[str]:
    ours = ("pipeline", "opening", "closing", "capture", "cameras", "supervisor")
    return {thread.name for thread in threading.enumerate() if thread.name.startswith(ours)}


@pytest.fixture
def silent_server() -> Iterator[int]:
    """Return the port of a server that takes calls and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_demo_shows_dancer_readout_bars_timeline_and_figures(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("demo")
    wait_for_readout(qtbot, window)
    assert window.state is WorkerState.LIVE
    assert sum(window.bars.shares) == pytest.approx(1.0, abs=1e-3)
    assert window.readout.words.word
    assert window.stage.video.has_picture
    assert not window.stage.card.isVisible()
    assert window.timeline.history.dancers
    qtbot.waitUntil(lambda: "fps" in window.status_line.fps.text(), timeout=PATIENCE)
    assert "ms" in window.status_line.latency.text()
    assert "MoveNet" in window.status_line.engine.text()
    assert "Demo dancer" in window.windowTitle()

    window.close()
    assert not window.watching
    qtbot.waitUntil(lambda: not our_threads(), timeout=PATIENCE)


def test_pause_holds_the_picture_and_goes_on(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("demo")
    wait_for_readout(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Space)
    wait_for(qtbot, window, WorkerState.PAUSED)
    qtbot.wait(50)
    held = window.timeline.history.now
    qtbot.wait(400)
    assert window.timeline.history.now == held
    assert window.timeline.history.dancers
    qtbot.keyClick(window, Qt.Key.Key_Space)
    wait_for(qtbot, window, WorkerState.LIVE)
    qtbot.waitUntil(lambda: window.timeline.history.now > held, timeout=PATIENCE)
    assert window.timeline.history.dancers, "a pause must not clear the timeline"


def test_closing_while_paused_ends_everything(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("demo")
    wait_for(qtbot, window, WorkerState.LIVE)
    window.commands.pause.trigger()
    wait_for(qtbot, window, WorkerState.PAUSED)
    window.close()
    assert not window.watching
    qtbot.waitUntil(lambda: not our_threads(), timeout=PATIENCE)


def test_closing_while_models_load_ends_everything(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("demo")
    window.close()
    assert not window.watching
    qtbot.waitUntil(lambda: not our_threads(), timeout=PATIENCE)


def test_missing_file_is_one_sentence_and_leaves_every_choice(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    missing = tmp_path / "a rather long folder name" / "gone.mp4"
    window = open_window(str(missing))
    wait_for(qtbot, window, WorkerState.FAILED)
    card = window.stage.card
    assert card.isVisible()
    assert str(missing) in card.sentence
    assert "Traceback" not in card.sentence
    buttons = {button.text(): button for button in card.findChildren(QPushButton)}
    assert list(buttons) == ["Try again", "Demo", "File", "Stream"]

    write_clip(tmp_path / "back.mp4")
    missing.parent.mkdir()
    (tmp_path / "back.mp4").rename(missing)
    qtbot.mouseClick(buttons["Try again"], Qt.MouseButton.LeftButton)
    wait_for(qtbot, window, WorkerState.ENDED)


def test_end_of_file_keeps_the_last_readout_and_replays(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("demo?seconds=3")
    wait_for(qtbot, window, WorkerState.ENDED)
    assert window.stage.card.isVisible()
    assert window.stage.video.dimmed
    assert window.readout.words.caption == "In the end"
    assert window.bars.shares
    replay = window.stage.card.findChild(QPushButton)
    assert replay is not None
    assert replay.text() == "Replay"
    qtbot.mouseClick(replay, Qt.MouseButton.LeftButton)
    wait_for(qtbot, window, WorkerState.LIVE)
    assert not window.stage.video.dimmed
    assert not window.stage.card.isVisible()


def test_switching_sources_in_a_hurry_ends_at_the_last(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("demo?dancers=2")
    wait_for(qtbot, window, WorkerState.LIVE)
    seen: list[tuple[WorkerState, str]] = []
    window.worker.status_changed.connect(
        lambda status: seen.append((status.state, status.source.title if status.source else ""))
    )
    for spec in ("demo", str(tmp_path / "nothing.mp4"), "demo?dancers=3"):
        window.watch(spec)
    clip = write_clip(tmp_path / "last.mp4", count=10)
    window.watch(str(clip))
    wait_for(qtbot, window, WorkerState.ENDED)
    assert seen[-1] == (WorkerState.ENDED, "last.mp4")
    assert WorkerState.FAILED not in {state for state, _ in seen}
    assert "last.mp4" in window.windowTitle()
    qtbot.waitUntil(lambda: not our_threads(), timeout=PATIENCE)


def test_hanging_stream_leaves_the_window_alive(
    open_window: OpenWindow, qtbot: QtBot, silent_server: int
) -> None:
    window = open_window(f"rtsp://anna:s3cret@127.0.0.1:{silent_server}/stage")
    wait_for(qtbot, window, WorkerState.OPENING)
    beats: list[None] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(None))
    timer.start(10)
    qtbot.waitUntil(lambda: len(beats) >= 30, timeout=PATIENCE)
    timer.stop()
    assert window.state is WorkerState.OPENING, "the event loop went on while the stream hung"
    shown = [window.windowTitle(), *(label.text() for label in window.findChildren(QLabel))]
    assert any("127.0.0.1" in words for words in shown)
    assert not any("s3cret" in words for words in shown)

    window.commands.demo.trigger()
    wait_for(qtbot, window, WorkerState.LIVE)
    assert "Demo dancer" in window.windowTitle()


def test_closing_does_not_wait_for_a_hanging_stream(
    open_window: OpenWindow, qtbot: QtBot, silent_server: int
) -> None:
    window = open_window(f"rtsp://127.0.0.1:{silent_server}/stage")
    wait_for(qtbot, window, WorkerState.OPENING)
    window.close()
    assert not window.watching


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    """Return a folder with a dancer to be streamed."""
    write_clip(tmp_path / "stage.mp4", count=50, width=320, height=240, paint=dancer)
    return tmp_path


def test_lost_stream_is_said_and_comes_back(
    open_window: OpenWindow, qtbot: QtBot, stage: Path, rtsp_server: Callable[..., RtspServer]
) -> None:
    server = rtsp_server(stage)
    window = open_window(server.url("stage.mp4", endless=True))
    qtbot.waitUntil(lambda: window.readout.words.caption == "Now dancing", timeout=PATIENCE)
    seen = set(window.timeline.history.dancers)
    assert not window.status_line.reconnects.isVisible()
    server.stop()
    card = window.stage.card
    qtbot.waitUntil(lambda: "nothing listens there" in card.sentence, timeout=PATIENCE)
    assert window.state is WorkerState.RECONNECTING
    assert window.stage.video.has_picture, "the last picture stays"
    assert window.stage.video.dimmed
    assert window.readout.words.caption == "When last seen", "what is past is not the present"
    assert window.status_line.state.text() == "Reconnecting"
    buttons = {button.text(): button for button in card.findChildren(QPushButton)}
    assert list(buttons) == ["Try now", "Demo", "File", "Stream"]
    counted: set[str] = set()

    def counts_down() -> bool:
        counted.add(card.heading)
        return {"Reconnecting in 3 s", "Reconnecting in 2 s"} <= counted

    qtbot.waitUntil(counts_down, timeout=PATIENCE)
    rtsp_server(stage, port=server.port)
    qtbot.mouseClick(buttons["Try now"], Qt.MouseButton.LeftButton)
    wait_for(qtbot, window, WorkerState.LIVE)
    assert not card.isVisible()
    assert not window.stage.video.dimmed
    figure = window.status_line.reconnects
    qtbot.waitUntil(lambda: figure.text() == "reconnects: 1", timeout=PATIENCE)
    qtbot.waitUntil(lambda: window.readout.words.caption == "Now dancing", timeout=PATIENCE)
    later = window.timeline.history
    qtbot.waitUntil(lambda: bool(set(later.dancers) - seen), timeout=PATIENCE)
    assert seen <= set(later.dancers), "what was danced before stays on the timeline"


def test_a_stream_that_stalls_is_said(
    open_window: OpenWindow, qtbot: QtBot, stage: Path, rtsp_server: Callable[..., RtspServer]
) -> None:
    server = rtsp_server(stage)
    window = open_window(server.url("stage.mp4", endless=True))
    wait_for(qtbot, window, WorkerState.LIVE)
    qtbot.waitUntil(lambda: window.stage.video.has_picture, timeout=PATIENCE)
    server.freeze()
    wait_for(qtbot, window, WorkerState.STALLED)
    assert window.stage.card.heading == "No picture comes"
    assert "has sent no picture for" in window.stage.card.sentence
    assert not window.commands.pause.isEnabled()
    window.commands.demo.trigger()
    qtbot.waitUntil(lambda: "Demo dancer" in window.windowTitle(), timeout=PATIENCE)
    wait_for(qtbot, window, WorkerState.LIVE)
    qtbot.wait(2_000)
    assert window.state is WorkerState.LIVE, "what was left says no more"


def test_a_source_lost_while_paused_is_said_afterwards(
    open_window: OpenWindow, qtbot: QtBot, stage: Path, rtsp_server: Callable[..., RtspServer]
) -> None:
    server = rtsp_server(stage)
    window = open_window(server.url("stage.mp4", endless=True))
    wait_for(qtbot, window, WorkerState.LIVE)
    window.commands.pause.trigger()
    wait_for(qtbot, window, WorkerState.PAUSED)
    server.stop()
    qtbot.wait(1_000)
    assert window.state is WorkerState.PAUSED
    window.commands.pause.trigger()
    wait_for(qtbot, window, WorkerState.RECONNECTING)
    window.close()
    assert not window.watching
    qtbot.waitUntil(lambda: not our_threads(), timeout=PATIENCE)


def test_without_a_camera_the_demo_says_so(open_window: OpenWindow, qtbot: QtBot) -> None:
    if list_cameras():
        pytest.skip("this machine has a camera")
    window = open_window(None)
    wait_for(qtbot, window, WorkerState.LIVE)
    assert "no camera was found" in window.status_line.source.text()


def test_model_that_is_none_is_one_sentence(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    model = tmp_path / "style.onnx"
    model.write_text("not a model")
    window = open_window("demo", style_model=model)
    wait_for(qtbot, window, WorkerState.FAILED)
    assert str(model) in window.stage.card.sentence


def test_mirroring_is_off_for_the_demo_unless_asked_for(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("demo?seconds=1")
    wait_for(qtbot, window, WorkerState.LIVE)
    assert not window.stage.video.mirrored
    qtbot.keyClick(window, Qt.Key.Key_M)
    assert window.stage.video.mirrored
    asked = open_window("demo?seconds=1", mirror=True)
    wait_for(qtbot, asked, WorkerState.LIVE)
    assert asked.stage.video.mirrored
    assert asked.commands.mirror.isChecked()


def test_full_screen_hides_the_tools_and_escape_leaves_it(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("demo?seconds=1")
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen, timeout=PATIENCE)
    assert not window.menuBar().isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isFullScreen(), timeout=PATIENCE)
    assert window.menuBar().isVisible()


def test_ctrl_c_closes_the_window_and_exits_cleanly(project_root: Path) -> None:
    script = (
        "import sys\n"
        "from choreai_live.settings import EngineSettings\n"
        "from choreai_live.ui import app\n"
        "from PyQt6.QtCore import QTimer\n"
        "made = app.make_application\n"
        "def make():\n"
        "    application = made()\n"
        "    QTimer.singleShot(0, lambda: print('open', flush=True))\n"
        "    return application\n"
        "app.make_application = make\n"
        "sys.exit(app.run('demo', EngineSettings()))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=project_root,
        env={**os.environ, "QT_QPA_PLATFORM_PLUGIN_PATH": "/site-packages/cv2/qt/plugins"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors


def test_dancers_are_drawn_in_the_colour_of_their_style(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("demo")
    qtbot.waitUntil(lambda: window.timeline.history.now > 2.0, timeout=PATIENCE)
    wait_for_readout(qtbot, window)
    window.commands.pause.trigger()
    wait_for(qtbot, window, WorkerState.PAUSED)
    qtbot.wait(100)
    image = (
        window.stage.video.grab()
        .toImage()
        .convertToFormat(window.stage.video.grab().toImage().Format.Format_RGB888)
    )
    pixels = np.frombuffer(image.constBits().asarray(image.sizeInBytes()), np.uint8)
    pixels = pixels.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()]
    word = window.readout.words.word
    looks = window.stage.looks
    colours = {looks.of(label).word: looks.of(label).colour for label in (*looks.labels, None)}
    colour = colours.get(word, looks.not_sure.colour)
    rgb = np.array([colour.red(), colour.green(), colour.blue()])
    near = np.abs(pixels.reshape(image.height(), -1, 3).astype(int) - rgb).max(axis=2) < 12
    assert near.sum() > 300
