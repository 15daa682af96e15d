"""What the window remembers, and what it must never."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PyQt6.QtCore import QByteArray, QSettings, Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from choreai_live.configuration.sections import WindowSection
from choreai_live.ui import theme
from choreai_live.ui.habits import Habits
from choreai_live.ui.look_actions import STEPS
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.memory import Memory, memory_path
from choreai_live.ui.source_opening import SourceInfo
from choreai_live.ui.worker import Status, WorkerState

OpenWindow = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def _dark_again() -> Iterator[None]:
    yield
    theme.choose("dark", 1.0)


def test_choices_come_back(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    window = open_window("demo?seconds=1")
    Habits(window, Memory(path))
    window.commands.look.themes["light"].trigger()
    window.commands.look.larger.trigger()
    window.folder = str(tmp_path)
    window.resize(1000, 640)
    window.close()
    theme.choose("dark", 1.0)

    again = open_window("demo?seconds=1")
    Habits(again, Memory(path))
    assert theme.LOOK.choice == "light"
    assert theme.LOOK.text_scale == 1.1
    assert again.folder == str(tmp_path)
    assert (again.width(), again.height()) == (1000, 640)
    assert again.commands.look.themes["light"].isChecked()


def test_at_first_the_system_is_followed(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window("demo?seconds=1")
    assert window.commands.look.themes["dark"].isChecked()
    Habits(window, Memory(tmp_path / "window.ini"))
    assert theme.LOOK.choice == "system"
    assert window.commands.look.themes["system"].isChecked()
    assert not window.commands.look.themes["dark"].isChecked()


def test_the_settings_file_wins_over_what_is_remembered(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    memory = Memory(tmp_path / "window.ini")
    memory.theme, memory.text_scale = "light", 2.0
    window = open_window("demo?seconds=1")
    Habits(window, memory, WindowSection(theme="dark", text_scale=1.5))
    assert theme.LOOK.colours is theme.DARK
    assert theme.LOOK.text_scale == 1.5


def test_trails_and_skeletons_only_come_back(open_window: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    window = open_window("demo?seconds=1")
    Habits(window, Memory(path))
    picture = window.commands.picture
    assert not picture.trails.isChecked()
    assert not picture.private.isChecked()
    picture.trails.trigger()
    picture.private.trigger()
    window.close()

    again = open_window("demo?seconds=1")
    Habits(again, Memory(path))
    assert again.stage.video.trails
    assert again.stage.video.private


def test_what_the_settings_say_of_the_picture_wins_and_is_not_remembered(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    memory = Memory(tmp_path / "window.ini")
    memory.trails = True
    window = open_window("demo?seconds=1")
    Habits(window, memory, WindowSection(trails=False, skeletons_only=True))
    assert not window.stage.video.trails
    assert window.stage.video.private
    window.close()
    assert memory.trails
    assert not memory.skeletons_only


def test_keys_change_the_size_of_text_step_by_step(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("demo?seconds=1")
    look = window.commands.look
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_Plus, control)
    assert theme.LOOK.text_scale == 1.1
    qtbot.keyClick(window, Qt.Key.Key_Equal, control)  # the same key, without Shift
    assert theme.LOOK.text_scale == 1.25
    qtbot.keyClick(window, Qt.Key.Key_0, control)
    assert theme.LOOK.text_scale == 1.0
    for _ in STEPS:
        qtbot.keyClick(window, Qt.Key.Key_Minus, control)
    assert theme.LOOK.text_scale == STEPS[0]
    assert not look.smaller.isEnabled()
    assert QKeySequence("Ctrl++") in look.larger.shortcuts()


def test_a_password_is_never_kept(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "kept" / "window.ini"
    window = open_window("rtsp://anna:hunter2@127.0.0.1:9/stage?token=s3cret")
    Habits(window, Memory(path))
    window.commands.look.themes["light"].trigger()
    window.folder = "rtsp://anna:hunter2@127.0.0.1:9"
    window.close()
    kept = path.read_text(encoding="utf-8")
    assert "light" in kept
    assert "hunter2" not in kept
    assert "s3cret" not in kept


def test_the_users_own_file_is_in_the_state_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "/somewhere")
    assert memory_path() == Path("/somewhere/choreai-live/window.ini")


def test_a_mirror_is_remembered_for_cameras_alone(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    memory = Memory(tmp_path / "window.ini")
    window = open_window("demo?seconds=1")
    Habits(window, memory)
    qtbot.waitUntil(lambda: window.state is WorkerState.ENDED, timeout=30_000)
    window.commands.mirror.trigger()
    assert memory.mirror_cameras, "the demo is no camera"

    def open_camera() -> None:
        camera = SourceInfo("0", "Camera 0", camera=True)
        for state in (WorkerState.OPENING, WorkerState.LIVE):
            window.worker.status_changed.emit(Status(state, camera))
        qtbot.waitUntil(lambda: window.state is WorkerState.LIVE)

    open_camera()
    assert window.commands.mirror.isChecked()
    window.commands.mirror.trigger()
    memory.keep()
    assert not Memory(tmp_path / "window.ini").mirror_cameras
    open_camera()
    assert not window.commands.mirror.isChecked()


@hypothesis_settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "theme",
                "text_scale",
                "mirror_cameras",
                "trails",
                "skeletons_only",
                "folder",
                "geometry",
            ]
        ),
        st.one_of(st.text(), st.floats(), st.booleans(), st.none(), st.binary(max_size=20)),
    )
)
def test_a_damaged_file_gives_what_can_be_used(held: dict[str, object]) -> None:
    memory = Memory(Path("/nowhere/window.ini"))
    for key, value in held.items():
        memory._kept.setValue(key, QByteArray(value) if isinstance(value, bytes) else value)
    assert memory.theme in theme.CHOICES
    assert theme.SMALLEST_TEXT <= memory.text_scale <= theme.LARGEST_TEXT
    assert isinstance(memory.mirror_cameras, bool)
    assert isinstance(memory.trails, bool)
    assert isinstance(memory.skeletons_only, bool)
    assert memory.folder == "" or Path(memory.folder).is_dir()
    QWidget().restoreGeometry(memory.geometry)


def test_a_file_of_rubbish_is_no_reason_to_stop(tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    path.write_bytes(bytes(range(256)) * 8)
    memory = Memory(path)
    assert memory.theme == "system"
    assert memory.text_scale == 1.0
    assert QSettings(str(path), QSettings.Format.IniFormat).status() in QSettings.Status
