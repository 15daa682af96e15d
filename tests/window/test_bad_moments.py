"""What goes wrong in a hall, each in the whole window: said in one sentence, and it goes on."""

import struct
import threading
import tracemalloc
import wave
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from clips import dancer, picture, red_quarter, write_clip
from made_snapshots import FIGURE
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from rtsp_server import RtspServer
from shown_pixels import rgb
from small_disk import small_disk

from choreai_live import models
from choreai_live.capture import camera
from choreai_live.configuration.sections import RecordingSection
from choreai_live.messages import Frame, Pose, Readout, Snapshot, Track
from choreai_live.settings import EngineSettings
from choreai_live.ui import video_view, worker
from choreai_live.ui.events.log import EventKind
from choreai_live.ui.lookback.reading import Reading
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.picker.camera_trouble import CameraTrouble, trouble_with
from choreai_live.ui.picture import is_vast
from choreai_live.ui.probability_bars import ProbabilityBars
from choreai_live.ui.readout_panel import ReadoutPanel
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.timeline_strip import TimelineStrip
from choreai_live.ui.worker import WorkerState

PATIENCE = 60_000
LABELS = ("afrobeat", "classical", "hiphop", "other")
OpenWindow = Callable[..., MainWindow]


def wait_for(qtbot: QtBot, window: MainWindow, state: WorkerState) -> None:
    qtbot.waitUntil(lambda: window.state is state, timeout=PATIENCE)


def try_again(qtbot: QtBot, window: MainWindow) -> None:
    buttons = {button.text(): button for button in window.stage.card.findChildren(QPushButton)}
    qtbot.mouseClick(buttons["Try again"], Qt.MouseButton.LeftButton)


def goes_on(qtbot: QtBot, window: MainWindow) -> None:
    """Check that the window is as usable as ever."""
    window.commands.demo.trigger()
    wait_for(qtbot, window, WorkerState.LIVE)
    qtbot.waitUntil(lambda: window.stage.video.has_picture, timeout=PATIENCE)
    assert not window.stage.card.isVisible()


# Models.


@pytest.fixture
def own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the program find its models in a folder of the test; return the folder."""
    folder = tmp_path / "models"
    folder.mkdir()
    for path in models.FOLDER.iterdir():
        if path.suffix in (".onnx", ".toml"):
            (folder / path.name).symlink_to(path)
    monkeypatch.setattr(models, "locate", partial(models.locate, folder=folder))
    return folder


@pytest.mark.parametrize("how", ["missing", "broken"])
def test_a_model_that_is_not_there_or_broken_is_named_with_what_mends_it(
    open_window: OpenWindow, qtbot: QtBot, own_models: Path, how: str
) -> None:
    model = next(own_models.glob("*movenet*.onnx"))
    right = model.resolve()
    model.unlink()
    if how == "broken":
        model.write_bytes(right.read_bytes()[:-100])
    window = open_window("demo")
    wait_for(qtbot, window, WorkerState.FAILED)
    sentence = window.stage.card.sentence
    assert str(model) in sentence
    assert "reinstall" in sentence or "git checkout" in sentence
    assert "Traceback" not in sentence
    assert window.events.log.events[-1].kind is EventKind.ERROR
    model.unlink(missing_ok=True)
    model.symlink_to(right)
    try_again(qtbot, window)
    wait_for(qtbot, window, WorkerState.LIVE)


def warnings_of(window: MainWindow) -> list[str]:
    return [event.words for event in window.events.log.events if event.warning]


def test_a_gpu_that_is_not_there_leaves_the_cpu_and_says_so(qtbot: QtBot) -> None:
    if "CUDAExecutionProvider" in onnxruntime.get_available_providers():
        pytest.skip("this ONNX Runtime knows CUDA")
    window = MainWindow(EngineSettings(provider="cuda", precision="fp16"))
    try:
        window.show()
        window.watch("demo")
        wait_for(qtbot, window, WorkerState.LIVE)
        words = window.stage.notice.words
        assert window.stage.notice.isVisible()
        assert "no 'cuda' provider" in words
        assert words.endswith("Until then the CPU is used.")
        assert window.status_line.engine.text().endswith("on CPU")
        qtbot.waitUntil(lambda: warnings_of(window) == [words])
        qtbot.waitUntil(lambda: bool(window.bars.shares), timeout=PATIENCE)
    finally:
        window.close()
        window.deleteLater()


class Lost:
    """A device that was there a moment ago."""

    def run(self, *_: Any) -> None:
        raise RuntimeError("CUDA failure 719: unspecified launch failure\nmore of it")


def test_a_gpu_that_is_lost_meanwhile_leaves_the_cpu_and_says_so(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("demo")
    qtbot.waitUntil(lambda: bool(window.bars.shares), timeout=PATIENCE)
    engine = window.worker._engine
    assert engine is not None
    session = engine.pose_models._sessions[0]
    # As it is with CUDA, of which there need not be any here.
    session._chain.insert(0, "cuda")
    session._bound = Lost()  # type: ignore[assignment]
    notice = window.stage.notice
    qtbot.waitUntil(notice.isVisible, timeout=PATIENCE)
    assert notice.words == (
        "CUDAExecutionProvider failed while it was running (CUDA failure 719: unspecified launch "
        "failure); running on the CPU instead."
    )
    qtbot.waitUntil(lambda: warnings_of(window) == [notice.words])
    seen = window.timeline.history.now
    qtbot.waitUntil(lambda: window.timeline.history.now > seen + 0.5, timeout=PATIENCE)
    assert window.state is WorkerState.LIVE
    assert window.bars.shares


# Disks.


def test_a_disk_that_fills_up_ends_the_recording_and_nothing_else(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", 2) as disk:
        (disk / "ballast").write_bytes(b"0" * 1_600_000)
        section = RecordingSection(folder=disk / "sessions", disk_floor_megabytes=0.0)
        window = MainWindow(EngineSettings(), recording=section)
        try:
            window.show()
            window.watch("demo?dancers=4&width=640&height=480")
            wait_for(qtbot, window, WorkerState.LIVE)
            window.commands.record.trigger()
            qtbot.waitUntil(window.stage.recording.isVisible, timeout=PATIENCE)
            qtbot.waitUntil(window.stage.notice.isVisible, timeout=PATIENCE)
            words = window.stage.notice.words
            assert words.startswith("Recording stopped because the disk with")
            qtbot.waitUntil(lambda: warnings_of(window) == [words])
            assert not window.commands.record.isChecked()
            assert not window.stage.recording.isVisible()
            seen = window.timeline.history.now
            qtbot.waitUntil(lambda: window.timeline.history.now > seen + 0.5, timeout=PATIENCE)
            assert window.state is WorkerState.LIVE
        finally:
            window.close()
            window.deleteLater()


# Streams and cameras.


def test_a_stream_that_is_refused_says_so_and_is_there_with_another_try(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, rtsp_server: Callable[..., RtspServer]
) -> None:
    write_clip(tmp_path / "stage.mp4", count=50, width=320, height=240)
    server = rtsp_server(tmp_path)
    url, port = server.url("stage.mp4", login="anna:mellon7", endless=True), server.port
    server.stop()
    window = open_window(url)
    wait_for(qtbot, window, WorkerState.FAILED)
    sentence = window.stage.card.sentence
    assert "nothing listens there" in sentence
    assert "mellon7" not in sentence
    rtsp_server(tmp_path, port=port, login="anna:other")
    try_again(qtbot, window)
    qtbot.waitUntil(lambda: window.stage.card.sentence not in ("", sentence), timeout=PATIENCE)
    wait_for(qtbot, window, WorkerState.FAILED)
    assert "password" in window.stage.card.sentence
    goes_on(qtbot, window)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs the list of open files of Linux")
def test_a_camera_that_is_watched_here_already_is_not_blamed_on_others(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program that has the camera is in test_choosing."""
    monkeypatch.setattr(camera, "DEVICES", tmp_path / "dev")
    monkeypatch.setattr(camera, "DEVICE_NAMES", tmp_path / "names")
    (tmp_path / "dev").mkdir()
    (tmp_path / "names" / "video0").mkdir(parents=True)
    device = tmp_path / "dev" / "video0"
    device.write_bytes(b"nothing that can be watched")
    with device.open("rb"):
        assert trouble_with("0") == (CameraTrouble.IN_USE, "")
        window = open_window("0")
        wait_for(qtbot, window, WorkerState.FAILED)
        assert window.stage.card.heading == "The camera is in use"
        assert "in this program already" in window.stage.card.sentence
        goes_on(qtbot, window)
    assert trouble_with("0")[0] is not CameraTrouble.IN_USE


# Files.


def silent_song(path: Path) -> Path:
    with wave.open(str(path), "wb") as song:
        song.setnchannels(1)
        song.setsampwidth(2)
        song.setframerate(8000)
        song.writeframes(b"\0" * 16_000)
    return path


def test_files_that_are_no_videos_are_told_apart(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    text, empty, named = tmp_path / "notes.txt", tmp_path / "empty.mp4", tmp_path / "named.mp4"
    text.write_text("first we bow\n" * 50)
    named.write_text("first we bow\n" * 50)
    empty.touch()
    window = open_window(None)
    for path, words in (
        (text, "is a text, not a video"),
        (named, "is not a video that can be read"),
        (empty, "is empty (0 bytes)"),
        (silent_song(tmp_path / "song.wav"), "has no moving pictures in it"),
    ):
        window.watch(str(path))
        qtbot.waitUntil(lambda words=words: words in window.stage.card.sentence, timeout=PATIENCE)
        wait_for(qtbot, window, WorkerState.FAILED)
        assert str(path) in window.stage.card.sentence
        assert "; " in window.stage.card.sentence, "what to do"
    goes_on(qtbot, window)


def test_a_file_of_three_pictures_is_too_short(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "blink.mp4", count=3, width=320, height=240, paint=dancer)
    window = open_window(str(clip))
    wait_for(qtbot, window, WorkerState.ENDED)
    assert window.stage.card.heading == "Too short to tell"
    assert "blink.mp4 lasts 0.1 seconds" in window.stage.card.sentence
    assert window.stage.video.has_picture
    goes_on(qtbot, window)


def test_a_file_of_four_hours_plays_and_can_be_looked_back_in(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    times = [0.2 * number for number in range(10)] + [10.0 * number for number in range(1, 1441)]
    clip = write_clip(tmp_path / "gala.mp4", count=len(times), times=times)
    window = open_window(str(clip))
    qtbot.waitUntil(lambda: window.timeline.history.now >= 1.6, timeout=PATIENCE)
    assert window.state is WorkerState.LIVE
    events = [event.words for event in window.events.log.events]
    assert "Playing, 4:00:10 long." in events or "Playing, 4:00:00 long." in events
    window.timeline.setFocus()
    qtbot.keyClick(window.timeline, Qt.Key.Key_Home)
    assert window.reading.looking == 0.0
    qtbot.keyClick(window.timeline, Qt.Key.Key_End)
    assert window.reading.looking is None
    goes_on(qtbot, window)


def hour(reading: Reading, number: int) -> None:
    """Let somebody dance for an hour, a picture every four seconds, and change the style."""
    pixels = np.zeros((48, 64, 3), np.uint8)
    box = np.array([10, 4, 20, 44], np.float32)
    joints = (FIGURE * 18 + (10, 4)).astype(np.float32)
    who = Track(1, Pose(joints, np.full(17, 0.9, np.float32), box, 0.9), age=30, missed=0)
    for second in range(3600 * number, 3600 * (number + 1), 4):
        label = LABELS[second // 12 % 3]
        shares = np.full(4, 0.1, np.float32)
        shares[LABELS.index(label)] = 0.7
        read = Readout(shares, label, 0.7, float(second // 12 * 12))
        frame = Frame(pixels, float(second), second, 0.0)
        reading.show_snapshot(Snapshot(frame, (who,), {1: read}, {}), 1)


def test_what_is_kept_of_four_hours_hardly_grows(qtbot: QtBot) -> None:
    strip, readout, bars = TimelineStrip(), ReadoutPanel(), ProbabilityBars()
    for widget in (strip, readout, bars):
        qtbot.addWidget(widget)
    reading = Reading(strip, readout, bars)
    reading.thumbnails.enabled = False  # they have a limit and a test of their own
    reading.set_looks(StyleLooks(LABELS))
    reading.start(4 * 3600.0)
    hour(reading, 0)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(1, 4):
            hour(reading, number)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        reading.close()
    assert after - before < 2_000_000
    earliest, latest = strip.reach
    assert latest == 4 * 3600 - 4
    assert latest - earliest <= strip.KEEP
    reading.look(latest - 300)
    assert reading.looking == latest - 300


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, bool]]]:
    """Return, for every picture that is converted, the thread and whether it is a vast one."""
    seen: list[tuple[str, bool]] = []
    convert = video_view.image_of_frame

    def watched(image: np.ndarray) -> object:
        seen.append((threading.current_thread().name, is_vast(image)))
        return convert(image)

    monkeypatch.setattr(video_view, "image_of_frame", watched)
    monkeypatch.setattr(worker, "image_of_frame", watched)
    return seen


def test_an_8k_video_is_shown_and_its_pictures_are_not_converted_by_the_interface(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, converted: list[tuple[str, bool]]
) -> None:
    clip = write_clip(
        tmp_path / "vast.mp4", count=2, width=7680, height=4320, codec="mpeg4",
        paint=lambda number, width, height: picture(7, width, height),
    )  # fmt: skip
    window = open_window(str(clip))
    wait_for(qtbot, window, WorkerState.ENDED)
    assert converted
    assert all(vast for _, vast in converted)
    assert threading.current_thread().name not in {thread for thread, _ in converted}
    still = window.stage.video.still()
    assert still is not None
    assert still.size == (7680, 4320)
    assert still.picture.width() * still.picture.height() <= 3840 * 2160
    assert red_quarter(rgb(still.picture)[..., ::-1].astype(np.uint8)) == "upper left"
    goes_on(qtbot, window)


def test_five_pictures_a_second_are_enough_for_a_readout(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    clip = write_clip(
        tmp_path / "slow.mp4", count=20, rate=5, width=320, height=240,
        paint=lambda number, width, height: dancer(5 * number, width, height),
    )  # fmt: skip
    window = open_window(str(clip))
    qtbot.waitUntil(lambda: window.status_line.fps.text() == "5 fps", timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(window.bars.shares), timeout=PATIENCE)
    wait_for(qtbot, window, WorkerState.ENDED)
    assert window.timeline.history.dancers


def turned(path: Path) -> Path:
    """Write into a video what a phone does that is held upright: turn it right to show it."""
    data = bytearray(path.read_bytes())
    one, matrix = 1 << 16, data.index(b"tkhd") + 44
    data[matrix : matrix + 36] = struct.pack(">9i", 0, one, 0, -one, 0, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    return path


def test_a_phone_held_upright_is_shown_upright(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    clip = turned(write_clip(tmp_path / "phone.mp4", count=5, width=320, height=180))
    window = open_window(str(clip))
    wait_for(qtbot, window, WorkerState.ENDED)
    still = window.stage.video.still()
    assert still is not None
    assert still.size == (180, 320)
    area = window.stage.video.picture_rect()
    assert area.height() > area.width()
    # The red quarter of the picture as it lies in the file is at its upper left.
    assert red_quarter(rgb(still.picture)[..., ::-1].astype(np.uint8)) == "upper right"
