"""Saving the picture: as it is shown, to a place that is said, and never a face that is hidden."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from clips import write_clip
from made_snapshots import readout, snapshot, track
from PyQt6.QtCore import Qt, QUrl
from PyQt6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot
from shown_pixels import rgb, share_of
from small_disk import small_disk

from choreai_live.ui import folder_opening
from choreai_live.ui.events.log import EventKind
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.picture import image_of_frame
from choreai_live.ui.recording import shown_path
from choreai_live.ui.still import Still
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.window_video import WindowVideo
from choreai_live.ui.worker import WorkerState

PATIENCE = 30_000
#: A colour that is in the clip and nowhere in the window.
GREEN = QColor(20, 240, 60)
OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user a folder of pictures that is not the real one; return where ours go."""
    folder = tmp_path / "pictures"
    monkeypatch.setattr("platformdirs.user_pictures_path", lambda: folder)
    return folder / "ChoreAI Live"


def green(number: int, width: int, height: int) -> np.ndarray:
    return np.full((height, width, 3), (GREEN.blue(), GREEN.green(), GREEN.red()), np.uint8)


def ended(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.state is WorkerState.ENDED, timeout=PATIENCE)


def taken(qtbot: QtBot, window: MainWindow) -> str:
    """Press the key and return what is said of it."""
    window.stage.notice.hide()
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(window.stage.notice.isVisible, timeout=PATIENCE)
    return window.stage.notice.words


def test_the_picture_is_saved_and_shown_in_its_folder(
    open_window: OpenWindow,
    qtbot: QtBot,
    tmp_path: Path,
    pictures: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = open_window(str(write_clip(tmp_path / "lawn.mp4", count=5, paint=green)))
    ended(qtbot, window)
    words = taken(qtbot, window)
    (path,) = pictures.iterdir()
    assert words == f"Picture saved as {shown_path(path)}."
    assert path.name.endswith("_lawn.png")
    assert share_of(GREEN, rgb(QImage(str(path))), 40) > 0.9
    assert window.events.log.events[-1].kind is EventKind.PICTURE
    opened: list[QUrl] = []
    monkeypatch.setattr(folder_opening.QDesktopServices, "openUrl", opened.append)
    monkeypatch.setattr(folder_opening.sys, "platform", "linux")
    qtbot.mouseClick(window.stage.notice.step, Qt.MouseButton.LeftButton)
    assert [url.toLocalFile() for url in opened] == [str(pictures)]
    taken(qtbot, window)
    taken(qtbot, window)
    assert len(list(pictures.iterdir())) == 3, "none takes the place of another"


def test_what_is_hidden_is_not_saved(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, pictures: Path
) -> None:
    window = open_window(str(write_clip(tmp_path / "lawn.mp4", count=5, paint=green)))
    ended(qtbot, window)
    window.commands.picture.private.trigger()
    taken(qtbot, window)
    (path,) = pictures.iterdir()
    picture = rgb(QImage(str(path)))
    assert picture.size
    assert share_of(GREEN, picture, 60) == 0.0
    assert picture.max() < 120, "a dark stage, and nobody on it"


def test_without_a_picture_none_is_saved(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, pictures: Path
) -> None:
    window = open_window(str(tmp_path / "nothing.mp4"))
    qtbot.waitUntil(lambda: window.state is WorkerState.FAILED, timeout=PATIENCE)
    assert taken(qtbot, window) == "There is no picture to save yet."
    assert not window.stage.notice.step.isVisible()
    assert not pictures.exists()


def test_a_folder_that_cannot_be_is_one_sentence(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, pictures: Path
) -> None:
    pictures.parent.mkdir()
    pictures.write_text("where the folder is to be")
    window = open_window(str(write_clip(tmp_path / "lawn.mp4", count=5, paint=green)))
    ended(qtbot, window)
    assert taken(qtbot, window).startswith(f"The picture cannot be saved to {pictures} (")
    assert window.events.log.events[-1].warning


def test_a_full_disk_is_one_sentence_and_leaves_nothing_behind(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, pictures: Path
) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (480, 640, 3), np.uint8)
    with small_disk(pictures.parent, 1):
        (pictures.parent / "ballast").write_bytes(b"0" * 900_000)
        clip = write_clip(tmp_path / "noise.mp4", count=3, width=640, height=480,
                          paint=lambda *_: noise)  # fmt: skip
        window = open_window(str(clip))
        ended(qtbot, window)
        words = taken(qtbot, window)
        assert words.startswith(f"The picture cannot be saved to {pictures} (No space left")
        assert list(pictures.iterdir()) == []


def still_of(image: np.ndarray, *, mirrored: bool = False) -> Still:
    return Still(
        image_of_frame(image),
        (640, 480),
        (track(1, 100, 150, 80),),
        {1: readout("hiphop")},
        1,
        StyleLooks(("afrobeat", "classical", "hiphop", "other")),
        mirrored,
    )


@pytest.mark.parametrize("mirrored", [False, True])
def test_dancers_are_drawn_where_they_are(qtbot: QtBot, mirrored: bool) -> None:
    image = snapshot().frame.image
    picture = rgb(still_of(image, mirrored=mirrored).drawn())
    plain = rgb(image_of_frame(image[:, ::-1].copy() if mirrored else image))
    assert picture.shape == (720, 960, 3), "small pictures grow so that tags can be read"
    large = np.repeat(np.repeat(plain, 3, 0), 3, 1)[::2, ::2]
    changed = np.abs(picture - large).max(axis=2) > 60
    columns = np.nonzero(changed.any(axis=0))[0] / 1.5
    left, right = (460, 540) if mirrored else (100, 180)
    assert columns.min() > left - 60
    assert columns.max() < right + 60
    assert changed[round(150 * 1.5) : round(310 * 1.5)].any()


def test_a_vast_picture_has_its_dancers_in_the_same_places(qtbot: QtBot) -> None:
    image = np.full((4800, 6400, 3), 90, np.uint8)
    whole = image_of_frame(image)
    assert whole.width() * whole.height() <= 9_000_000
    dancer = track(1, 1000, 1500, 800)
    looks = StyleLooks(("hiphop",))
    still = Still(whole, (6400, 4800), (dancer,), {}, 1, looks)
    columns = np.nonzero((np.abs(rgb(still.drawn()) - 90).max(axis=2) > 40).any(axis=0))[0]
    scale = whole.width() / 6400
    assert columns.min() > 700 * scale
    assert columns.max() < 2100 * scale


def test_trails_are_those_of_the_moment(qtbot: QtBot) -> None:
    video = WindowVideo()
    qtbot.addWidget(video)
    video.trails = True
    for step in range(8):
        shown = snapshot(track(1, 100 + 20 * step, 100, 80), time=step / 30)
        video.show_snapshot(shown, 1)
    still = video.still()
    assert still is not None
    assert still.trails is not None
    before = rgb(still.drawn())
    for step in range(8):
        video.show_snapshot(snapshot(track(1, 300, 100, 80), time=0.3 + step / 30), 1)
    np.testing.assert_array_equal(rgb(still.drawn()), before)
