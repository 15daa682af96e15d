"""A real window on a real screen (a virtual one will do), with the real pipeline."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

if not os.environ.get("DISPLAY"):  # before Qt is first asked for a screen
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from choreai_live.settings import EngineSettings
from choreai_live.ui.app import make_application
from choreai_live.ui.main_window import MainWindow


@pytest.fixture(autouse=True)
def _nothing_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test find what the windows of another have kept."""
    for kind in ("CONFIG", "STATE", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> QApplication:
    """Give every test the application as users see it."""
    return make_application()


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[..., MainWindow]]:
    """Return what opens a window: ``open_window(source, style_model=..., mirror=...)``."""
    opened: list[MainWindow] = []

    def open_it(
        source: str | None, *, style_model: Path | None = None, mirror: bool | None = None
    ) -> MainWindow:
        window = MainWindow(EngineSettings(style_model=style_model), mirror=mirror)
        opened.append(window)
        window.show()
        window.activateWindow()  # keys reach active windows only
        qtbot.waitUntil(window.isActiveWindow)
        window.watch(source)
        return window

    yield open_it
    for window in opened:
        window.close()
        window.deleteLater()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., QWidget]:
    """Return what puts a widget on the screen: ``show(widget, width, height)``."""

    def put(widget: QWidget, width: int, height: int) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return put
