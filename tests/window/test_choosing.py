"""Choosing a source in the whole window, and what it says when there is none to be had."""

import os
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from clips import picture, red_quarter, write_clip
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from choreai_live.capture import camera
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.worker import WorkerState

PATIENCE = 30_000
OpenWindow = Callable[..., MainWindow]


@pytest.fixture
def device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the device file of the only camera; there is nothing yet."""
    monkeypatch.setattr(camera, "DEVICES", tmp_path / "dev")
    monkeypatch.setattr(camera, "DEVICE_NAMES", tmp_path / "names")
    (tmp_path / "dev").mkdir()
    (tmp_path / "names" / "video0").mkdir(parents=True)
    return tmp_path / "dev" / "video0"


@pytest.fixture(autouse=True)
def _own_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def wait_for(qtbot: QtBot, window: MainWindow, state: WorkerState) -> None:
    qtbot.waitUntil(lambda: window.state is state, timeout=PATIENCE)


def test_without_a_camera_a_calm_strip_says_what_to_do(
    open_window: OpenWindow, qtbot: QtBot, device: Path
) -> None:
    window = open_window(None)
    wait_for(qtbot, window, WorkerState.LIVE)
    strip = window.sources.strip
    assert strip.isVisible()
    assert "No camera was found" in strip.words
    assert not window.stage.card.isVisible(), "the demo can be seen"
    qtbot.mouseClick(strip.choose_button, Qt.MouseButton.LeftButton)
    assert window.sources.picker.isVisible()
    qtbot.keyClick(window.sources.picker, Qt.Key.Key_Escape)
    qtbot.mouseClick(strip.close_button, Qt.MouseButton.LeftButton)
    window.commands.pause.trigger()
    wait_for(qtbot, window, WorkerState.PAUSED)
    window.commands.pause.trigger()
    wait_for(qtbot, window, WorkerState.LIVE)
    assert not strip.isVisible(), "said once"
    window.watch("demo?seconds=1")
    wait_for(qtbot, window, WorkerState.ENDED)
    assert not strip.isVisible(), "asked for"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs the list of open files of Linux")
def test_a_camera_in_use_is_said_and_every_choice_stays(
    open_window: OpenWindow, qtbot: QtBot, device: Path
) -> None:
    device.write_bytes(b"nothing that can be watched")
    with device.open("rb") as held, subprocess.Popen(["sleep", "60"], stdin=held) as other:
        window = open_window(None)
        wait_for(qtbot, window, WorkerState.FAILED)
        other.kill()
    card = window.stage.card
    assert card.heading == "The camera is in use"
    assert "another program (sleep)" in card.sentence
    assert window.status_line.source.text() == "Camera 0"
    buttons = {button.text(): button for button in card.findChildren(QPushButton)}
    assert list(buttons) == ["Try again", "Demo", "File", "Stream"]
    qtbot.mouseClick(buttons["Stream"], Qt.MouseButton.LeftButton)
    picker = window.sources.picker
    qtbot.waitUntil(picker.isVisible)
    assert picker.focusWidget() is picker.address.field
    qtbot.mouseClick(picker.always.tiles[0], Qt.MouseButton.LeftButton)
    wait_for(qtbot, window, WorkerState.LIVE)


def test_a_camera_that_is_not_allowed_is_said(
    open_window: OpenWindow, qtbot: QtBot, device: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.touch()
    allowed = os.access
    # Whoever runs the tests as root may do everything.
    monkeypatch.setattr(
        os, "access", lambda file, mode, **how: file != device and allowed(file, mode, **how)
    )
    window = open_window(None)
    wait_for(qtbot, window, WorkerState.FAILED)
    assert window.stage.card.heading == "You may not use the camera"
    assert "usually 'video'" in window.stage.card.sentence


def test_keys_open_the_picker_where_it_is_wanted(
    open_window: OpenWindow, qtbot: QtBot, device: Path
) -> None:
    window = open_window("demo")
    wait_for(qtbot, window, WorkerState.LIVE)
    picker = window.sources.picker
    for key in (Qt.Key.Key_N, Qt.Key.Key_L, Qt.Key.Key_K):
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(picker.isVisible)
        qtbot.waitUntil(lambda: "No camera" in picker.cameras.note.text(), timeout=PATIENCE)
        in_field = picker.focusWidget() is picker.address.field
        assert in_field is (key != Qt.Key.Key_K)
        qtbot.keyClick(picker, Qt.Key.Key_Escape)
        assert not picker.isVisible()
    assert window.state is WorkerState.LIVE, "looking around changes nothing"


def test_a_dropped_film_is_watched_and_remembered(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    clip = write_clip(tmp_path / "solo.mp4", count=3)
    window = open_window("demo")
    wait_for(qtbot, window, WorkerState.LIVE)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(clip))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(QPoint(50, 50), copy, data, left, none),
        QDropEvent(QPointF(50, 50), copy, data, left, none),
    ):
        QApplication.sendEvent(window, event)
        assert event.isAccepted()
    wait_for(qtbot, window, WorkerState.ENDED)
    assert window.stage.card.heading == "Too short to tell"
    assert window.stage.card.sentence.startswith("solo.mp4 lasts 0.1 seconds")
    assert [source.name for source in window.sources.recent.sources] == [str(clip)]
    clip.unlink()
    window.commands.reopen.trigger()
    wait_for(qtbot, window, WorkerState.FAILED)
    assert "There is no file" in window.stage.card.sentence


def test_a_portrait_film_is_shown_upright(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    def lying(number: int, width: int, height: int) -> np.ndarray:
        return np.ascontiguousarray(np.rot90(picture(number, height, width)))

    clip = write_clip(tmp_path / "phone.mp4", count=60, width=128, height=96, paint=lying)
    clip.write_bytes(turned(clip.read_bytes()))
    window = open_window(str(clip))
    qtbot.waitUntil(lambda: window.stage.video.has_picture, timeout=PATIENCE)
    frames = []

    def seen() -> bool:
        update = window.worker.updates.take()
        frames.extend([] if update is None else [update.snapshot.frame.image])
        return bool(frames)

    window.worker.update_ready.disconnect()
    qtbot.waitUntil(seen, timeout=PATIENCE)
    assert frames[0].shape[:2] == (128, 96)
    assert red_quarter(frames[0]) == "upper left"


def turned(film: bytes) -> bytes:
    """Return an MP4 file with the display matrix of a phone held upright: 90 degrees."""
    track = film.index(b"tkhd") + 4
    matrix = track + 40  # version 0: after flags, times, duration, layer and volume
    assert struct.unpack_from(">9i", film, matrix) == (65536, 0, 0, 0, 65536, 0, 0, 0, 1 << 30)
    quarter = struct.pack(">9i", 0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30)
    return film[:matrix] + quarter + film[matrix + 36 :]
