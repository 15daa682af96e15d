"""The window without a mouse and without eyes: every part has a name, and Tab's way is whole."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from choreai_live.configuration.sections import ProgramSettings
from choreai_live.ui.help.about import AboutDialog
from choreai_live.ui.help.shortcuts import ShortcutsDialog
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.picker.recent import RecentSources
from choreai_live.ui.worker import WorkerState

PATIENCE = 30_000
OpenWindow = Callable[..., MainWindow]


def focusable(window: QWidget) -> list[QWidget]:
    """Return what Tab must reach: shown, enabled, and asking for it."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and widget.window() is window
        and (not widget.visibleRegion().isEmpty() or scrolled_out(widget))
    ]


def scrolled_out(widget: QWidget) -> bool:
    """Return whether scrolling would show it; Tab does that."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    return above is not None and not widget.size().isEmpty()


def name_of(widget: QWidget) -> str:
    """Return what a screen reader says: a name that was given, else what stands on it."""
    name = widget.accessibleName()
    text = getattr(widget, "text", None)
    return name or (str(text()) if callable(text) else "")


def walked(qtbot: QtBot, window: QWidget, most: int = 60) -> list[QWidget]:
    """Return what Tab goes through until it is back where it began."""
    way: list[QWidget] = []
    for _ in range(most):
        here = QApplication.focusWidget() or window
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        if focus in way:
            break
        way.append(focus)
    return way


def check(qtbot: QtBot, window: QWidget) -> list[QWidget]:
    expected = focusable(window)
    for widget in expected:
        assert name_of(widget), f"a {type(widget).__name__} has no name"
    way = walked(qtbot, window)
    missed = [name_of(widget) for widget in expected if widget not in way]
    assert not missed, f"Tab misses {missed}"
    strangers = [name_of(widget) or type(widget).__name__ for widget in way]
    assert len(way) == len(expected), strangers
    return way


def test_tab_goes_through_the_whole_window(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("/nowhere/at/all.mp4")
    qtbot.waitUntil(lambda: window.state is WorkerState.FAILED, timeout=PATIENCE)
    card = window.stage.card
    qtbot.waitUntil(lambda: any(isinstance(part, QPushButton) for part in focusable(window)))
    assert name_of(card)
    way = check(qtbot, window)
    # The toolbar from left to right, and the next steps of the message.
    assert any(isinstance(widget, QPushButton) for widget in way)
    names = [name_of(widget) for widget in way]
    assert {"Demo", "Mirror", "Full screen"} <= set(names)
    assert names.index("Demo") < names.index("Mirror") < names.index("Full screen")


def test_tab_goes_through_a_live_window_too(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("demo")
    qtbot.waitUntil(lambda: window.state is WorkerState.LIVE, timeout=PATIENCE)
    names = [name_of(widget) for widget in check(qtbot, window)]
    assert "Pause" in names
    assert "Record" in names


@pytest.mark.parametrize("page", ["keys", "about"])
def test_tab_goes_through_a_page_of_help(open_window: OpenWindow, qtbot: QtBot, page: str) -> None:
    window = open_window("demo?seconds=1")
    if page == "keys":
        dialog: QWidget = ShortcutsDialog(window)
    else:
        about = AboutDialog(window, ProgramSettings(), ["MoveNet on CPU"])
        qtbot.waitUntil(about.copy_button.isEnabled, timeout=PATIENCE)
        dialog = about
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    names = [name_of(widget) for widget in check(qtbot, dialog)]
    assert "Close" in names
    dialog.close()


def test_every_part_that_is_painted_tells_what_it_shows(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window = open_window("demo")
    qtbot.waitUntil(lambda: bool(window.bars.shares), timeout=PATIENCE)
    for part in (window.readout, window.bars, window.timeline, window.stage.video):
        assert part.accessibleName(), type(part).__name__
    assert window.readout.accessibleDescription()


@pytest.mark.parametrize("watched_before", [0, 12])
def test_tab_goes_through_the_picker(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, watched_before: int
) -> None:
    recent = RecentSources()
    for number in range(watched_before):  # more than fit without scrolling
        recent.remember(str(tmp_path / f"{number}.mp4"))
    recent.finish()
    window = open_window("demo?seconds=1")
    qtbot.waitUntil(lambda: window.state is WorkerState.ENDED, timeout=PATIENCE)
    picker = window.sources.ask()
    picker.activateWindow()
    qtbot.waitUntil(picker.isActiveWindow)
    # While cameras are looked for, what can be used comes and goes.
    qtbot.waitUntil(
        lambda: "Look again" in {name_of(widget) for widget in focusable(picker)},
        timeout=PATIENCE,
    )
    # So does what was watched before: it is read, and looked for, by a thread.
    before: list[QWidget] = []
    while (now := focusable(picker)) != before:
        before = now
        qtbot.wait(400)
    way = check(qtbot, picker)
    assert len(way) > watched_before
    picker.close()
