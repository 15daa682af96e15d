"""Pages open without holding the interface: their code is loaded ahead, they are made in turns."""

import subprocess
import sys
from collections.abc import Callable, Iterator

from PyQt6 import sip
from PyQt6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from choreai_live.configuration import ProgramSettings
from choreai_live.configuration.reading import settings_path
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.picker.dialog import SourcePicker
from choreai_live.ui.preferences.dialog import PreferencesDialog
from choreai_live.ui.readying import PAGES, PagesReady
from choreai_live.ui.turns import Turns

#: Loads the pages ahead in a program of its own, and prints what was there before and after.
LOADING = """
import sys
from PyQt6.QtCore import QCoreApplication, QObject
import choreai_live.ui.app
from choreai_live.ui.readying import PAGES, PagesReady
application = QCoreApplication([])
before = [page for page in PAGES if page in sys.modules]
ready = PagesReady(QObject(), ("choreai_live.ui.nonsense", *PAGES))
ready.begin()
ready.begin()
ready._thread.join()
after = [page for page in PAGES if page in sys.modules]
print(len(before), len(after))
"""


def test_things_are_done_in_order_and_others_come_in_between(qtbot: QtBot) -> None:
    parent = QObject()
    done: list[str] = []

    def step(name: str) -> None:
        done.append(name)
        QTimer.singleShot(0, lambda: done.append("other"))

    turns = Turns([lambda: step("first"), lambda: step("second")], parent)
    assert not done
    with qtbot.waitSignal(turns.finished):
        pass
    assert done[:1] == ["first"]
    assert "second" in done
    assert done.index("other") < done.index("second")


def test_what_is_left_is_not_done(qtbot: QtBot) -> None:
    parent = QObject()
    done: list[int] = []
    turns = Turns([lambda: done.append(1), lambda: turns.stop(), lambda: done.append(2)], parent)
    qtbot.waitUntil(lambda: bool(done))
    qtbot.wait(50)
    assert done == [1]


def test_the_settings_can_be_left_before_they_are_whole(qtbot: QtBot) -> None:
    page = PreferencesDialog(None, settings_path(), ProgramSettings())
    qtbot.addWidget(page)
    assert page.pages == ()
    page.done(0)
    qtbot.wait(50)
    assert page.pages == ()
    assert not settings_path().exists()


def test_the_code_of_every_page_is_loaded_ahead() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADING], capture_output=True, text=True, check=True, timeout=60
    )
    before, after = map(int, done.stdout.split())
    assert before < after == len(PAGES)
    assert "choreai_live.ui.nonsense could not be loaded ahead" in done.stderr


def test_the_picker_is_made_before_it_is_asked_for(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window("demo?width=320&height=240")
    pages = PagesReady(window, PAGES[:1])
    pages.loaded.connect(window.sources.make_ready)
    assert window.findChildren(SourcePicker) == []
    pages.begin()
    qtbot.waitUntil(lambda: bool(window.findChildren(SourcePicker)), timeout=20_000)
    [made] = window.findChildren(SourcePicker)
    assert not made.isVisible()
    assert window.sources.ask() is made
    made.hide()


def test_a_parent_that_is_cleared_away_by_the_last_step_is_no_defect(qtbot: QtBot) -> None:
    parent = QObject()
    done: list[int] = []

    def steps() -> Iterator[Callable[[], object]]:
        yield lambda: done.append(1)
        sip.delete(parent)  # as Python does when it collects what nobody has any more

    with qtbot.captureExceptions() as defects:
        Turns(steps(), parent)
        qtbot.waitUntil(lambda: sip.isdeleted(parent))
        qtbot.wait(20)
    assert done == [1]
    assert defects == []
