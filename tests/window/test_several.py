"""Several sources live in one window, each with a worker, a pipeline and a state of its own."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from clips import dancer, write_clip
from hypothesis import given
from hypothesis import strategies as st
from PyQt6.QtCore import QRect, QSize, Qt
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from rtsp_server import RtspServer

from choreai_live.session.reading import RecordedSession
from choreai_live.settings import EngineSettings
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.picture import tile_picture
from choreai_live.ui.several.engine_shelf import EngineShelf
from choreai_live.ui.several.feed import Feed
from choreai_live.ui.several.figures import FeedFigures
from choreai_live.ui.several.tile_layout import GAP, TileLayout, arranged
from choreai_live.ui.several.wall import MOST
from choreai_live.ui.worker import WorkerState

PATIENCE = 30_000
#: Small, as several are rendered at once.
DEMO = "demo?width=320&height=180"
CONTROL = Qt.KeyboardModifier.ControlModifier
OpenWindow = Callable[..., MainWindow]


def wait_for(qtbot: QtBot, feed: Feed, state: WorkerState) -> None:
    qtbot.waitUntil(lambda: feed.state is state, timeout=PATIENCE)


def wait_for_figures(qtbot: QtBot, *feeds: Feed) -> None:
    qtbot.waitUntil(lambda: all(feed.figures.fps for feed in feeds), timeout=PATIENCE)


def added(window: MainWindow, spec: str) -> Feed:
    feed = window.add(spec)
    assert feed is not None
    return feed


def our_threads() -> set[str]:
    ours = ("pipeline", "opening", "closing", "capture", "supervisor", "leaving", "thumbnails")
    return {thread.name for thread in threading.enumerate() if thread.name.startswith(ours)}


def test_two_sources_have_figures_of_their_own_and_share_the_models(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(DEMO)
    first = window.live.chosen
    second = added(window, f"{DEMO}&dancers=2")
    wait_for_figures(qtbot, first, second)
    assert first.worker is not second.worker
    assert first.worker._engine is second.worker._engine, "the models are loaded once"
    for feed in (first, second):
        assert feed.state is WorkerState.LIVE
        assert feed.figures.latency is not None
        foot = window.live.tile(feed).foot
        qtbot.waitUntil(lambda foot=foot: len(foot.figures) == 3, timeout=PATIENCE)
        assert foot.state == "Live"
        fps, latency, dropped = foot.figures
        assert fps.endswith(" fps")
        assert latency.endswith(" ms")
        assert dropped.endswith(" dropped")
        assert feed.stage.video.has_picture
    assert window.live.chosen is second, "what was added last"
    qtbot.waitUntil(lambda: len(second.timeline.history.dancers) == 2, timeout=PATIENCE)
    assert len(first.timeline.history.dancers) == 1

    window.close()
    assert not window.watching
    qtbot.waitUntil(lambda: not our_threads(), timeout=PATIENCE)


#: Starts the window as the command does, says what is on once two pictures are, and closes it.
STARTED = """\
import json, sys
from pathlib import Path
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication
from choreai_live.commands.window import run
from choreai_live.ui.app import make_application
from choreai_live.ui.main_window import MainWindow

application = make_application()

def look():
    windows = [each for each in QApplication.topLevelWidgets() if isinstance(each, MainWindow)]
    feeds = [feed for window in windows for feed in window.live.feeds]
    if len(feeds) < 2 or not all(feed.stage.video.has_picture for feed in feeds):
        return
    looking.stop()
    [window] = windows
    place = feeds.index(window.live.chosen)
    print(json.dumps([[feed.spec for feed in feeds], [feed.stage.isVisible() for feed in feeds],
        place, window.windowTitle()]), flush=True)
    window.close()

looking = QTimer()
looking.timeout.connect(look)
looking.start(50)
sys.exit(run(Path(sys.argv[1]), {}))
"""


def test_the_window_starts_with_the_sources_of_the_settings_file(
    tmp_path: Path, project_root: Path
) -> None:
    clip = write_clip(tmp_path / "stage.mp4", count=250)
    path = tmp_path / "my.toml"
    path.write_text(f"[source]\nspec = {str(clip)!r}\nmore = [{DEMO!r}]\n")
    done = subprocess.run(
        [sys.executable, "-c", STARTED, str(path)],
        cwd=project_root,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    specs, visible, chosen, title = json.loads(done.stdout)
    assert specs == [str(clip), DEMO]
    assert visible == [True, True]
    assert chosen == 0, "that of source.spec"
    assert "stage.mp4" in title


def test_one_of_four_fails_and_the_others_go_on(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(DEMO)
    clip = added(window, str(write_clip(tmp_path / "short.mp4", count=10)))
    missing = added(window, "rtsp://anna:s3cret@127.0.0.1:9/stage")
    other = added(window, DEMO)
    first = window.live.feeds[0]
    wait_for(qtbot, clip, WorkerState.ENDED)
    wait_for(qtbot, missing, WorkerState.FAILED)
    wait_for_figures(qtbot, first, other)
    tile = window.live.tile(missing)
    brief = missing.stage.brief
    assert brief.isVisible()
    assert not missing.stage.card.isVisible(), "too large for a tile"
    assert "cannot be reached" in brief.sentence
    assert tile.rect().contains(QRect(brief.mapTo(tile, brief.rect().topLeft()), brief.size()))
    assert tile.foot.state == "Not opened"
    assert tile.foot.figures == ()
    names = [window.live.tile(feed).accessibleName() for feed in window.live.feeds]
    assert names[1] == "Source 2 of 4: short.mp4, Ended"
    said = [*names, tile.foot.name, brief.sentence, window.windowTitle()]
    said += [action.text() for action in window.commands.several.places]
    assert any("127.0.0.1" in words for words in said)
    assert not any("s3cret" in words for words in said)
    now = first.timeline.history.now
    qtbot.waitUntil(lambda: first.timeline.history.now > now, timeout=PATIENCE)
    assert other.state is WorkerState.LIVE

    seen: list[WorkerState] = []
    missing.told.connect(lambda status, _: seen.append(status.state))
    qtbot.mouseClick(brief.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: seen == [WorkerState.OPENING, WorkerState.FAILED], timeout=PATIENCE)


def test_a_lost_stream_is_reached_again_in_its_tile(
    open_window: OpenWindow,
    qtbot: QtBot,
    tmp_path: Path,
    rtsp_server: Callable[..., RtspServer],
) -> None:
    write_clip(tmp_path / "stage.mp4", count=50, width=320, height=240, paint=dancer)
    server = rtsp_server(tmp_path)
    window = open_window(DEMO)
    first = window.live.chosen
    stream = added(window, server.url("stage.mp4", endless=True))
    wait_for_figures(qtbot, first, stream)
    foot = window.live.tile(stream).foot
    server.stop()
    qtbot.waitUntil(lambda: foot.state.startswith("Reconnecting"), timeout=PATIENCE)
    brief = stream.stage.brief
    assert brief.isVisible()
    assert brief.heading.startswith("Reconnecting")
    assert stream.stage.video.dimmed
    assert stream.stage.video.has_picture, "the last picture stays"
    assert first.state is WorkerState.LIVE
    assert not first.stage.brief.isVisible()
    rtsp_server(tmp_path, port=server.port)
    stream.actions.reopen.trigger()
    wait_for(qtbot, stream, WorkerState.LIVE)
    qtbot.waitUntil(lambda: not brief.isVisible(), timeout=PATIENCE)
    assert foot.state == "Live"


def test_keys_and_clicks_choose(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("/nowhere/first.mp4")
    for name in ("second", "third"):
        added(window, f"/nowhere/{name}.mp4")
    for feed in window.live.feeds:
        wait_for(qtbot, feed, WorkerState.FAILED)
    first, second, third = window.live.feeds

    def shows(feed: Feed) -> None:
        assert window.live.chosen is feed
        assert window.readout is feed.readout
        assert feed.title in window.windowTitle()
        assert window.status_line.source.text() == feed.title
        for other in window.live.feeds:
            chosen = other is feed
            for part in (other.readout, other.bars, other.timeline):
                assert part.isVisible() is chosen
            assert window.live.tile(other).chosen is chosen
            assert window.live.tile(other).accessibleName().endswith("chosen") is chosen

    shows(third)
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    shows(first)
    assert QApplication.focusWidget() is window.live.tile(first), "so that it is read aloud"
    qtbot.keyClick(window, Qt.Key.Key_Tab, CONTROL)
    shows(second)
    qtbot.keyClick(window, Qt.Key.Key_Backtab, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    shows(first)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    shows(second)
    qtbot.mouseClick(window.live.tile(third), Qt.MouseButton.LeftButton)
    shows(third)
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    shows(third)
    assert [action.isChecked() for action in window.commands.several.places] == [
        False,
        False,
        True,
    ]


def test_one_is_shown_large_and_the_others_go_on(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(DEMO)
    other = window.live.chosen
    chosen = added(window, DEMO)
    wait_for_figures(qtbot, chosen, other)
    tile = window.live.tile(chosen)
    small = chosen.stage.video.width()
    qtbot.mouseDClick(tile, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: chosen.stage.video.width() > 1.5 * small)
    assert not window.live.tile(other).isVisible()
    assert window.commands.several.large.isChecked()
    now = other.timeline.history.now
    qtbot.waitUntil(lambda: other.timeline.history.now > now, timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    assert window.live.tile(other).isVisible()
    assert not tile.isVisible()
    assert other.stage.video.has_picture
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert tile.isVisible()
    assert window.live.tile(other).isVisible()
    qtbot.keyClick(window.live.tile(other), Qt.Key.Key_Return)
    assert not tile.isVisible()
    assert not window.commands.fullscreen.isChecked()


def test_pause_mirror_and_what_the_buttons_say_are_of_the_chosen_one(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(DEMO)
    first = window.live.chosen
    second = added(window, DEMO)
    wait_for_figures(qtbot, first, second)
    pause, mirror = window.commands.pause, window.commands.mirror
    pause.trigger()
    wait_for(qtbot, second, WorkerState.PAUSED)
    mirror.trigger()
    assert second.stage.video.mirrored
    assert not first.stage.video.mirrored
    assert first.state is WorkerState.LIVE
    assert window.live.tile(second).foot.state == "Paused"
    window.live.choose(0)
    assert (pause.isChecked(), pause.text(), mirror.isChecked()) == (False, "Pause", False)
    window.live.choose(1)
    assert (pause.isChecked(), pause.text(), mirror.isChecked()) == (True, "Go on", True)
    pause.trigger()
    wait_for(qtbot, second, WorkerState.LIVE)


def test_removing_one_finishes_its_recording_and_leaves_a_window_as_before(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_videos_path", lambda: tmp_path / "videos")
    window = open_window(DEMO)
    first = window.live.chosen
    wait_for(qtbot, first, WorkerState.LIVE)
    alone = first.stage.geometry()
    assert not window.commands.several.remove.isEnabled()
    second = added(window, DEMO)
    wait_for_figures(qtbot, second)
    window.commands.record.trigger()
    sign = second.stage.recording
    qtbot.waitUntil(lambda: sign.isVisible() and sign.words > "REC 0:00", timeout=PATIENCE)
    assert not first.actions.record.isChecked()
    qtbot.keyClick(window, Qt.Key.Key_W, CONTROL)
    assert window.live.feeds == (first,)
    assert window.live.chosen is first
    assert not window.commands.record.isChecked()
    qtbot.waitUntil(lambda: not second.running, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "recorded to" in window.stage.notice.words, timeout=PATIENCE)
    (session,) = (tmp_path / "videos" / "ChoreAI Live").iterdir()
    qtbot.waitUntil(lambda: not RecordedSession(session).recording, timeout=PATIENCE)
    assert not RecordedSession(session).interrupted
    assert first.state is WorkerState.LIVE
    assert first.stage.geometry() == alone
    assert not window.live.tile(first).foot.isVisible()
    assert not first.stage.compact
    qtbot.keyClick(window, Qt.Key.Key_W, CONTROL)
    assert window.live.feeds == (first,), "the last one stays"
    qtbot.waitUntil(lambda: "leaving" not in our_threads(), timeout=PATIENCE)


def test_the_picker_adds(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("/nowhere/first.mp4")
    window.commands.several.add.trigger()
    picker = window.sources.picker
    qtbot.waitUntil(picker.isVisible)
    assert picker.windowTitle() == "Add a source"
    qtbot.mouseClick(picker.always.tiles[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.live.feeds) == 2, timeout=PATIENCE)
    wait_for(qtbot, window.live.chosen, WorkerState.LIVE)
    window.commands.choose_source.trigger()
    assert picker.windowTitle() == "Choose a source"
    qtbot.mouseClick(picker.always.tiles[0], Qt.MouseButton.LeftButton)
    assert len(window.live.feeds) == 2


def test_skeletons_only_holds_for_all_and_for_those_to_come(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window(DEMO)
    window.commands.picture.private.trigger()
    second = added(window, DEMO)
    wait_for_figures(qtbot, *window.live.feeds)
    for feed in window.live.feeds:
        assert feed.stage.video.private
        assert not feed.reading.thumbnails.enabled
        assert feed._last is None, "no picture is kept"
        assert feed.update is None
    window.commands.picture.private.trigger()
    assert not second.stage.video.private


def test_there_is_room_for_nine(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("/nowhere/first.mp4")
    while window.live.feeds[-1] is not window.live.add() and not window.live.full:
        pass
    assert len(window.live.feeds) == MOST
    assert window.add("demo") is None
    assert not window.commands.several.add.isEnabled()
    wall = window.live.wall
    qtbot.waitUntil(lambda: wall.tiles[-1].isVisible())
    shown = [QRect(tile.mapTo(wall, tile.rect().topLeft()), tile.size()) for tile in wall.tiles]
    for place, tile in enumerate(shown):
        assert wall.rect().contains(tile)
        assert not any(tile.intersects(other) for other in shown[:place])


def test_an_engine_is_loaded_once_for_equal_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[EngineSettings] = []

    class Engine:
        def __init__(self, settings: EngineSettings) -> None:
            loaded.append(settings)

    monkeypatch.setattr("choreai_live.pipeline.Engine", Engine)
    shelf = EngineShelf()
    got: list[object] = []
    asking = [
        threading.Thread(target=lambda: got.append(shelf.engine(EngineSettings())))
        for _ in range(4)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert len({id(engine) for engine in got}) == 1
    other = shelf.engine(EngineSettings(pose="movenet"))
    assert other is not got[0]
    assert len(loaded) == 2
    got.clear()  # nobody has it any more
    shelf.engine(EngineSettings())
    assert len(loaded) == 3


@given(st.integers(2, MOST), st.integers(480, 4000), st.integers(300, 2200))
def test_pictures_are_as_large_as_can_be_and_tiles_fit(count: int, wide: int, high: int) -> None:
    extra = QSize(8, 56)

    def picture(tile: QSize) -> float:
        return min(tile.width() - extra.width(), (tile.height() - extra.height()) * 16 / 9)

    columns, tile = arranged(count, QSize(wide, high), extra)
    rows = -(-count // columns)
    assert columns * (tile.width() + GAP) - GAP <= wide
    assert rows * (tile.height() + GAP) - GAP <= high
    for others in range(1, count + 1):
        rows = -(-count // others)
        other = QSize((wide - (others - 1) * GAP) // others, (high - (rows - 1) * GAP) // rows)
        assert picture(other) <= picture(tile) + 2


def test_a_tile_alone_gets_all_the_room(qtbot: QtBot) -> None:
    mat = QWidget()
    qtbot.addWidget(mat)
    layout = TileLayout(mat)
    tiles = [QWidget(), QWidget(), QWidget()]
    for tile in tiles:
        layout.addWidget(tile)
    mat.resize(900, 500)
    mat.show()
    qtbot.waitExposed(mat)
    assert layout.columns == 2
    assert tiles[0].size() == tiles[1].size() == tiles[2].size()
    tiles[0].hide()
    tiles[2].hide()
    layout.activate()
    assert tiles[1].geometry() == mat.rect()


@pytest.mark.parametrize(("width", "size"), [(400, (400, 225)), (2000, (1280, 720))])
def test_a_tile_gets_no_more_pixels_than_it_shows(width: int, size: tuple[int, int]) -> None:
    frame = np.zeros((720, 1280, 3), np.uint8)
    frame[:, 640:] = (0, 0, 255)
    picture = tile_picture(frame, width)
    assert (picture.width(), picture.height()) == size
    assert picture.pixelColor(size[0] - 1, 0).name() == "#ff0000"
    assert picture.pixelColor(0, 0).name() == "#000000"


def test_a_snapshot_of_a_tile_is_whole(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("demo?width=960&height=540")
    added(window, "/nowhere/other.mp4")
    window.live.choose(0)
    video = window.stage.video
    qtbot.waitUntil(lambda: window.worker.tile_width > 0, timeout=PATIENCE)
    assert window.worker.tile_width < 500
    still = video.still()
    assert still is not None
    assert (still.picture.width(), still.picture.height()) == (960, 540)


def test_latency_is_the_median_and_forgotten_with_the_source() -> None:
    figures = FeedFigures()
    assert figures.latency is None
    figures._latencies.extend((10.0, 20.0, 900.0))
    assert figures.latency == 20.0
    figures.forget()
    assert figures.latency is None
