"""The picker on its own: cameras, recent sources, addresses, streams that are tried."""

import os
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from clips import picture, write_clip
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from rtsp_server import RtspServer

from choreai_live.capture import camera
from choreai_live.errors import SourceError
from choreai_live.ui.clock import clock
from choreai_live.ui.picker.address import AddressBar
from choreai_live.ui.picker.camera_trouble import CameraTrouble, trouble_with
from choreai_live.ui.picker.dialog import SourcePicker
from choreai_live.ui.picker.dropping import DropTarget, spec_in
from choreai_live.ui.picker.figures import figures_of
from choreai_live.ui.picker.glance import SIZE, Glance, glance_at, small_picture
from choreai_live.ui.picker.recent import RecentSources

PATIENCE = 30_000


@pytest.fixture
def devices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int, str], Path]:
    """Return what puts a device file in the place of a camera: ``devices(2, "Webcam")``."""
    folder, names = tmp_path / "dev", tmp_path / "names"
    folder.mkdir()
    monkeypatch.setattr(camera, "DEVICES", folder)
    monkeypatch.setattr(camera, "DEVICE_NAMES", names)

    def add(index: int, name: str) -> Path:
        (names / f"video{index}").mkdir(parents=True)
        (names / f"video{index}" / "name").write_text(f"{name}\n")
        return folder / f"video{index}"

    return add


@pytest.fixture
def picker(qtbot: QtBot, tmp_path: Path) -> Iterator[SourcePicker]:
    picker = SourcePicker(RecentSources(tmp_path / "recent.json"))
    qtbot.addWidget(picker)
    yield picker
    picker.hide()
    qtbot.waitUntil(lambda: not looking(), timeout=PATIENCE)


def looking() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("picker ")]


def film(path: Path, rate: int = 25) -> Path:
    """Write a clip that stands for a camera, whatever the name of its file."""
    made = write_clip(path.with_suffix(".avi"), count=2000, codec="mjpeg", pixels="yuvj420p")
    return made.rename(path)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="cameras are device files on Linux only")
def test_cameras_are_live_and_let_go_of(
    picker: SourcePicker, devices: Callable[[int, str], Path], qtbot: QtBot
) -> None:
    device = film(devices(2, "Webcam"))
    picker.ask()
    picker.ask_for_camera()
    qtbot.waitUntil(lambda: len(picker.cameras.tiles) == 1, timeout=PATIENCE)
    (tile,) = picker.cameras.tiles
    assert tile.text() == "Webcam"
    assert picker.focusWidget() is tile
    qtbot.waitUntil(lambda: tile.has_picture, timeout=PATIENCE)
    assert "64 × 48" in tile.accessibleName()  # noqa: RUF001
    with qtbot.waitSignal(picker.chosen, timeout=PATIENCE) as chosen:
        qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert chosen.args == ["2"]
    assert not picker.isVisible()
    assert str(device) not in opened_files(), "the window opens it next, and cameras serve one"


def opened_files() -> set[str]:
    return {
        str(entry.readlink())
        for entry in Path("/proc/self/fd").iterdir()
        if entry.is_symlink()  # the listing's own is closed by now
    }


def test_the_camera_in_the_window_is_not_opened_twice(
    picker: SourcePicker, devices: Callable[[int, str], Path], qtbot: QtBot
) -> None:
    devices(0, "Webcam").write_bytes(b"would fail if it were opened")
    last = small_picture(picture(1, 64, 48))
    picker.ask({"0": last})
    qtbot.waitUntil(lambda: len(picker.cameras.tiles) == 1, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not looking(), timeout=PATIENCE)
    (tile,) = picker.cameras.tiles
    assert tile.has_picture
    assert tile.words == "In the window now"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs the list of open files of Linux")
def test_a_camera_somebody_else_has_says_who(
    picker: SourcePicker, devices: Callable[[int, str], Path], qtbot: QtBot
) -> None:
    device = devices(0, "Webcam")
    device.write_bytes(b"nothing that can be watched")
    with device.open("rb") as held, subprocess.Popen(["sleep", "60"], stdin=held) as other:
        picker.ask()
        qtbot.waitUntil(
            lambda: [tile.words for tile in picker.cameras.tiles] == ["In use by sleep"],
            timeout=PATIENCE,
        )
        other.kill()
    assert trouble_with("0") == (CameraTrouble.UNKNOWN, "")
    device.unlink()
    assert trouble_with("0") == (CameraTrouble.GONE, "")


def test_a_camera_that_is_not_allowed_says_so(
    devices: Callable[[int, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    device = devices(0, "Webcam")
    device.touch()
    allowed = os.access
    # Whoever runs the tests as root may do everything.
    monkeypatch.setattr(
        os, "access", lambda file, mode: Path(file) != device and allowed(file, mode)
    )
    assert trouble_with("0") == (CameraTrouble.REFUSED, "")


def test_without_cameras_the_keyboard_is_led_on(
    picker: SourcePicker, devices: Callable[[int, str], Path], qtbot: QtBot
) -> None:
    picker.ask()
    picker.ask_for_camera()
    qtbot.waitUntil(lambda: "No camera was found" in picker.cameras.note.text(), timeout=PATIENCE)
    picker.activateWindow()
    qtbot.waitUntil(lambda: picker.focusWidget() is not picker.address.field, timeout=PATIENCE)
    qtbot.waitUntil(lambda: picker.always.tiles[0].has_picture, timeout=PATIENCE)
    with qtbot.waitSignal(picker.demo_wanted):
        qtbot.mouseClick(picker.always.tiles[0], Qt.MouseButton.LeftButton)


def test_recent_sources_show_a_picture_or_what_is_wrong(
    qtbot: QtBot, tmp_path: Path, devices: Callable[[int, str], Path]
) -> None:
    clip = write_clip(tmp_path / "solo.mp4")
    recent = RecentSources(tmp_path / "recent.json")
    letter = tmp_path / "letter.mp4"
    letter.write_text("no film")
    for spec in ("rtsp://anna:s3cret@cam/1", str(tmp_path / "gone.mp4"), str(letter), str(clip)):
        recent.remember(spec)
    picker = SourcePicker(recent)
    qtbot.addWidget(picker)
    picker.ask()
    words = {tile.text(): tile for tile in picker.recents.tiles}
    assert list(words) == ["solo.mp4", "letter.mp4", "gone.mp4", "cam/1"]
    qtbot.waitUntil(lambda: words["solo.mp4"].has_picture, timeout=PATIENCE)
    assert words["solo.mp4"].words == "64 × 48 · 25 fps · 0:01"  # noqa: RUF001
    qtbot.waitUntil(lambda: bool(words["gone.mp4"].words), timeout=PATIENCE)
    assert words["gone.mp4"].words == "Not there any more"
    assert words["letter.mp4"].words == "Cannot be read"
    assert words["cam/1"].words == "Password: from the keyring"
    qtbot.keyClick(words["gone.mp4"], Qt.Key.Key_Delete)
    assert [tile.text() for tile in picker.recents.tiles] == ["solo.mp4", "letter.mp4", "cam/1"]
    assert picker.recents.tiles[0].has_picture, "the others keep their pictures"
    with qtbot.waitSignal(picker.chosen) as chosen:
        qtbot.mouseClick(picker.recents.tiles[2], Qt.MouseButton.LeftButton)
    assert chosen.args == ["rtsp://anna:s3cret@cam/1"], "typed a moment ago"
    recent.finish()


def test_an_address_whose_token_is_not_kept_has_to_be_completed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "recent.json"
    earlier = RecentSources(file)
    earlier.remember("http://cam/v?token=s3cret")
    earlier.finish()
    picker = SourcePicker(RecentSources(file))
    qtbot.addWidget(picker)
    picker.ask()
    qtbot.mouseClick(picker.recents.tiles[0], Qt.MouseButton.LeftButton)
    assert picker.isVisible()
    assert picker.address.spec == "http://cam/v?token=***"
    assert "***" in picker.address.hint.text()


@pytest.mark.parametrize(
    ("typed", "opens", "tests"),
    [
        ("rtsp://192.168.1.20/stage", True, True),
        (" https://example.org/live.m3u8 ", True, True),
        ("rtsps://anna:s3cret@cam.example.org:322/1", True, True),
        ("rtsp://anna:s3/cr?t@cam/1", True, True),
        ("/home/anna/solo.mp4", True, False),
        ("file:///home/anna/solo.mp4", True, False),
        ("", False, False),
        ("rtsp://", False, False),
        ("ftp://example.org/a", False, False),
    ],
)
def test_the_field_takes_addresses_and_paths(
    qtbot: QtBot, typed: str, opens: bool, tests: bool
) -> None:
    bar = AddressBar()
    qtbot.addWidget(bar)
    qtbot.keyClicks(bar.field, typed)
    assert bar.open_button.isEnabled() is opens
    assert bar.test_button.isEnabled() is tests
    if opens:
        with qtbot.waitSignal(bar.chosen) as chosen:
            qtbot.keyClick(bar.field, Qt.Key.Key_Return)
        assert chosen.args == [typed.strip()]


def test_a_stream_that_works_says_how(
    qtbot: QtBot, tmp_path: Path, rtsp_server: Callable[..., RtspServer]
) -> None:
    write_clip(tmp_path / "stage.mp4", count=100)
    bar = AddressBar()
    qtbot.addWidget(bar)
    bar.field.setText(rtsp_server(tmp_path).url("stage.mp4", endless=True))
    bar.test_button.click()
    assert bar.test_button.text() == "Cancel"
    qtbot.waitUntil(lambda: bar.outcome.text().startswith("It works: 64 × 48"), timeout=PATIENCE)  # noqa: RUF001
    assert "fps" in bar.outcome.text()
    assert bar.test_button.text() == "Test"
    qtbot.waitUntil(lambda: not looking(), timeout=PATIENCE)


def test_a_stream_that_is_refused_says_why_without_the_password(
    qtbot: QtBot, tmp_path: Path, rtsp_server: Callable[..., RtspServer]
) -> None:
    write_clip(tmp_path / "stage.mp4")
    server = rtsp_server(tmp_path, login="anna:right")
    bar = AddressBar()
    qtbot.addWidget(bar)
    bar.field.setText(server.url("stage.mp4", login="anna:wr0ng"))
    bar.test_button.click()
    qtbot.waitUntil(lambda: "refused the user name" in bar.outcome.text(), timeout=PATIENCE)
    assert "wr0ng" not in bar.outcome.text()


def test_a_test_can_be_cancelled_and_gives_up_by_itself(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choreai_live.ui.picker.stream_test.PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        bar = AddressBar()
        qtbot.addWidget(bar)
        bar.field.setText(f"rtsp://127.0.0.1:{silent.getsockname()[1]}/1")
        bar.test_button.click()
        bar.test_button.click()
        assert not bar.testing
        assert bar.test_button.text() == "Test"
        bar.test_button.click()
        qtbot.waitUntil(lambda: "did not answer within" in bar.outcome.text(), timeout=PATIENCE)
        assert not bar.testing


def drag(widget: QWidget, data: QMimeData, kind: type[QDropEvent]) -> bool:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place = QPointF(40, 40)
    if kind is QDragEnterEvent:
        event: QDropEvent = QDragEnterEvent(
            place.toPoint(), Qt.DropAction.CopyAction, data, left, none
        )
    else:
        event = QDropEvent(place, Qt.DropAction.CopyAction, data, left, none)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_what_is_dropped_is_watched_and_a_hint_shows_where(qtbot: QtBot, tmp_path: Path) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(300, 200)
    widget.show()
    target = DropTarget(widget)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "solo.mp4"))])
    assert drag(widget, data, QDragEnterEvent)
    assert target.hint.isVisible()
    assert target.hint.size() == widget.size()
    with qtbot.waitSignal(target.dropped) as dropped:
        assert drag(widget, data, QDropEvent)
    assert dropped.args == [str(tmp_path / "solo.mp4")]
    assert not target.hint.isVisible()
    assert drag(widget, data, QDragEnterEvent)
    QApplication.sendEvent(widget, QDragLeaveEvent())
    assert not target.hint.isVisible()
    words = QMimeData()
    words.setText("just some words")
    assert not drag(widget, words, QDragEnterEvent)
    assert not target.hint.isVisible()


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("rtsp://cam/1", "rtsp://cam/1"),
        (" https://example.org/a.m3u8\n", "https://example.org/a.m3u8"),
        ("see rtsp://cam/1", None),
        ("mailto:anna@example.org", None),
        ("", None),
    ],
)
def test_addresses_are_told_from_other_texts(text: str, spec: str | None) -> None:
    data = QMimeData()
    data.setText(text)
    assert spec_in(data) == spec
    assert spec_in(None) is None


def test_a_glance_is_small_and_from_within(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "wide.mp4", count=120, width=640, height=360)
    glance = glance_at(str(clip))
    assert glance.size == (640, 360)
    assert glance.rate == pytest.approx(25)
    assert glance.duration == pytest.approx(4.8, abs=0.1)
    width, height = glance.picture.width(), glance.picture.height()
    assert (width, height) == (423, 238)
    assert width <= SIZE[0]
    grey = glance.picture.pixelColor(width - 10, height - 10).green()
    assert grey == pytest.approx(30 + 8 * 10, abs=4), "the key frame a tenth into it"
    empty = tmp_path / "empty.mp4"
    empty.touch()
    with pytest.raises(SourceError, match=r"empty\.mp4"):
        glance_at(str(empty))


def test_pictures_survive_their_arrays_whatever_their_width() -> None:
    image = np.full((5, 7, 3), (10, 20, 200), np.uint8)
    small = small_picture(image)
    image[:] = 0
    assert small.pixelColor(6, 4).getRgb()[:3] == (200, 20, 10)


def test_figures_in_words() -> None:
    glance = Glance(QImage(), (1920, 1080), 12.5, 4 * 3600)
    assert figures_of(glance) == "1920 × 1080 · 12 fps · 4:00:00"  # noqa: RUF001
    assert figures_of(Glance(QImage(), (64, 48), 2.5)) == "64 × 48 · 2.5 fps"  # noqa: RUF001
    assert clock(7.4) == "0:07"
