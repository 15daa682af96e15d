#!/usr/bin/env python3
r"""Makes a picture of every screen, in each theme and language, to be looked at one by one.

The real window with the real pipeline on demo dancers; only cameras and their troubles are
made up. Without a screen, under ``xvfb-run``::

    xvfb-run --auto-servernum --server-args="-screen 0 1280x720x24" \
        .venv/bin/python scripts/make_guide_pictures.py build/pictures

The kiosk has a script of its own, ``make_kiosk_screenshots.py``, which is run as well with
``--kiosk``. Pictures are made smaller with ImageMagick where that is installed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic

import numpy as np
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QDialog, QWidget

from choreai_live.configuration import ProgramSettings
from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.settings import EngineSettings
from choreai_live.ui import theme
from choreai_live.ui.app import make_application
from choreai_live.ui.language.speaking import speak
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.picker.camera_trouble import CameraTrouble
from choreai_live.ui.preferences.opening import Preferences
from choreai_live.ui.source_opening import SourceInfo
from choreai_live.ui.worker import Status, WorkerState

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from clips import write_clip  # noqa: E402

SIZE = (1280, 720)
#: The demo dancer in the proportions of the window's picture.
STAGE = "demo?width=960&height=600"
#: Seconds anything here may take.
PATIENCE = 120.0


class Stage:
    """A window of its own for the scenes, and where their pictures go.

    Parameters
    ----------
    folder
        For the pictures.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.window = MainWindow(EngineSettings())
        self.window.resize(*SIZE)
        self.window.show()
        self._states: list[WorkerState] = []
        self.window.worker.status_changed.connect(lambda told: self._states.append(told.state))

    def keep(self, name: str, shown: QWidget | None = None) -> None:
        """Keep what is shown, the whole window if nothing else is named."""
        QTest.qWait(300)
        path = self._folder / f"{name}.png"
        (shown or self.window).grab().save(str(path))
        if convert := shutil.which("convert"):
            smaller = ("-dither", "FloydSteinberg", "-colors", "256")
            subprocess.run([convert, path, *smaller, f"PNG8:{path}"], check=True)
        print(path, flush=True)

    def watch(self, spec: str | None, seconds: float) -> None:
        """Watch a source for some seconds, and on until there is a sure readout."""
        self.open(spec, WorkerState.LIVE)
        self.wait(lambda: self.window.timeline.history.now > seconds)
        self.wait(lambda: bool(self.window.readout.words.number))

    def open(self, spec: str | None, until: WorkerState) -> None:
        """Open a source, and wait until something has become of it."""
        self._states.clear()
        self.window.watch(spec)
        self.wait(lambda: until in self._states)

    def wait(self, done: Callable[[], bool]) -> None:
        """Wait until something is so."""
        give_up = monotonic() + PATIENCE
        while not done():
            QTest.qWait(20)
            if monotonic() > give_up:
                sys.exit(f"Waited in vain: {self.window.stage.card.sentence}")

    @contextmanager
    def dialog(self, dialog: QDialog) -> Iterator[QDialog]:
        """Show a dialog over the window while inside."""
        dialog.show()
        try:
            yield dialog
        finally:
            dialog.hide()
            dialog.deleteLater()


def live(stage: Stage) -> None:
    """Show the window in full swing, what was danced before, and the summary of it."""
    window = stage.window
    stage.watch(STAGE, 42.0)
    stage.keep("live")
    window.reading.look(window.timeline.history.now - 9.0)
    stage.keep("lookback")
    window.reading.back_to_live()
    window.commands.timeline.summary.trigger()
    summary = window.findChildren(QDialog)[-1]
    stage.keep("summary", summary)
    summary.close()
    window.commands.picture.private.setChecked(True)
    window.commands.picture.trails.setChecked(True)
    QTest.qWait(1500)
    stage.keep("skeletons-only")
    window.commands.picture.private.setChecked(False)
    window.commands.picture.trails.setChecked(False)
    theme.choose(text_scale=1.5)
    QTest.qWait(1500)
    stage.keep("large-text")
    theme.choose(text_scale=1.0)


def dancers(stage: Stage) -> None:
    """Show three dancers at once, and their summary."""
    stage.watch(f"{STAGE}&dancers=3", 22.0)
    stage.keep("dancers")
    stage.window.commands.timeline.summary.trigger()
    summary = stage.window.findChildren(QDialog)[-1]
    stage.keep("summary-dancers", summary)
    summary.close()


def end(stage: Stage) -> None:
    """Show a short film at its end, and one too short to tell."""
    for name, seconds in (("end", 6), ("too-short", 1)):
        stage.open(f"{STAGE}&seconds={seconds}", WorkerState.ENDED)
        stage.keep(name)


def picker(stage: Stage) -> None:
    """Show the choice of sources, and a stream that does not answer."""
    stage.window.watch(STAGE)
    recent = stage.window.sources.recent
    with tempfile.TemporaryDirectory() as folder:
        recent.remember(film(Path(folder) / "battle-final.mp4", dancers=2, seed=5))
        recent.remember("rtsp://anna:secret@stage.example/left")
        recent.remember("rtsp://stage.example/right?token=abcdef")
        recent.remember(film(Path(folder) / "solo.mp4", dancers=1, seed=8))
        choice = stage.window.sources.ask()
        stage.wait(choice.cameras.again.isEnabled)
        QTest.qWait(2500)
        stage.keep("picker", choice)
        choice.address.field.setText("rtsp://127.0.0.1:9/stage")
        choice.address.test_button.click()
        stage.wait(lambda: not choice.address.testing)
        stage.keep("picker-test", choice)
        choice.hide()


def film(path: Path, **scene: int) -> str:
    """Film demo dancers for half a second; return the path."""
    width, height = 424, 238
    dance = DemoScene(SceneSettings(width=width, height=height, **scene))

    def paint(number: int, _width: int, _height: int) -> np.ndarray:
        return dance.render(2.0 + number / 25)

    return str(write_clip(path, count=12, width=width, height=height, paint=paint))


def trouble(stage: Stage) -> None:
    """Show what is said where a camera or stream does not work; the states are made up."""
    window = stage.window
    window.worker.stop()
    QTest.qWait(500)

    def say(status: Status) -> None:
        tell = window.worker.status_changed
        tell.emit(replace(status, state=WorkerState.OPENING))
        tell.emit(status)

    camera = SourceInfo("0", "Camera 0", camera=True)
    said = {
        CameraTrouble.IN_USE: "Camera 0 cannot be opened; close other programs that use it, or "
        "plug it in again.",
        CameraTrouble.REFUSED: "Camera 0 may not be used by you (/dev/video0 is protected); join "
        "the group that owns it, usually 'video', and log in again.",
        CameraTrouble.GONE: "There is no camera at /dev/video0; plug one in.",
    }
    for kind, sentence in said.items():
        source = replace(camera, trouble=kind)
        say(Status(WorkerState.FAILED, source, sentence))
        stage.keep(f"camera-{kind.value.replace(' ', '-')}")
    stream = SourceInfo("rtsp://stage.example/left", "rtsp://stage.example/left")
    sentence = "rtsp://stage.example/left has sent no picture for 5 seconds."
    say(Status(WorkerState.RECONNECTING, stream, sentence, retry_at=monotonic() + 8.4))
    stage.keep("reconnecting")
    say(
        Status(
            WorkerState.FAILED,
            stream,
            "rtsp://stage.example/left wants a user name and password; write "
            "rtsp://user:password@host, or keep them with `choreai-live credentials set "
            "stage.example`.",
        )
    )
    stage.keep("stream-refused")


def no_camera(stage: Stage) -> None:
    """Show the demo in place of a camera that is not there, and something to be read."""
    stage.watch(None, 12.0)
    window = stage.window
    window.stage.notice.show_words(
        "CUDA is not usable on this machine; running on the CPU instead."
    )
    stage.keep("no-camera")
    window.stage.notice.hide()


def dialogs(stage: Stage) -> None:
    """Show the keys, and the program about itself."""
    from choreai_live.ui.help.about import AboutDialog
    from choreai_live.ui.help.shortcuts import ShortcutsDialog

    with stage.dialog(ShortcutsDialog(stage.window)) as keys:
        stage.keep("keys", keys)
    with stage.dialog(AboutDialog(stage.window, ProgramSettings(), ())) as about:
        stage.wait(about.copy_button.isEnabled)
        stage.keep("about", about)
        about.pages.setCurrentIndex(1)
        stage.keep("about-models", about)


def settings(stage: Stage) -> None:
    """Show every page of the settings."""
    with tempfile.TemporaryDirectory() as folder:
        preferences = Preferences(stage.window, Path(folder) / "settings.toml")
        preferences.open()
        page = preferences.dialog
        if page is None:
            sys.exit("The settings page did not open.")
        stage.wait(page.reset.isEnabled)
        QTest.qWait(2500)  # what this machine has is looked for
        for number, name in enumerate(("models", "look", "source", "recording")):
            page.tabs.setCurrentIndex(number)
            stage.keep(f"settings-{name}", page)
        page.accept()
        preferences.deleteLater()


def events(stage: Stage) -> None:
    """Show the log beside the picture."""
    stage.watch(f"{STAGE}&dancers=2", 16.0)
    stage.window.commands.events.setChecked(True)
    stage.keep("events")
    stage.window.commands.events.setChecked(False)


def several(stage: Stage) -> None:
    """Show four sources side by side, one of which does not answer."""
    window = stage.window
    stage.open(STAGE, WorkerState.LIVE)
    for spec in (f"{STAGE}&dancers=2&seed=3", f"{STAGE}&seed=8", "rtsp://127.0.0.1:9/left"):
        window.add(spec)
    window.live.choose(1)
    stage.wait(lambda: window.timeline.history.now > 12.0)
    stage.wait(lambda: bool(window.readout.words.number))
    stage.keep("several")
    for feed in tuple(window.live.feeds)[1:]:
        window.live.remove(feed)


def teaching(stage: Stage) -> None:
    """Show a lesson from the name to what was learned, a correction, and all styles."""
    from choreai_live.ui.teaching.choosing_style import StyleChooser
    from choreai_live.ui.teaching.lesson import Phase

    window = stage.window
    stage.watch(f"{STAGE}&dance=afrobeat&outfit=festival&seed=2", 8.0)
    window.commands.teaching.teach.trigger()
    sheet, library = window.teaching.sheet, window.teaching.library
    if sheet is None or library is None:
        sys.exit("The lesson did not open.")
    sheet.naming.name.setText("azonto")
    sheet.naming.kinds.buttons()[1].click()
    stage.keep("teach-naming")
    sheet.naming.start_button.click()
    stage.wait(lambda: sheet.countdown.left == 3)
    stage.keep("teach-countdown")
    for seconds in (32.0, 24.0):
        stage.wait(lambda: sheet.lesson.phase is Phase.DANCING)
        take = sheet.lesson.following
        stage.wait(lambda: take is not None and take.seconds > seconds)  # noqa: B023
        if seconds > 30.0:
            stage.keep("teach-dancing")
        sheet.stop_button.click()
        if len(sheet.lesson.takes) == 1:
            sheet.takes.more_button.click()
    QTest.qWait(2000)
    stage.keep("teach-takes")
    takes = list(sheet.lesson.takes)
    sheet.takes.done_button.click()
    stage.wait(lambda: sheet.lesson.phase is Phase.LEARNED)
    stage.keep("teach-learned")
    sheet.result.close_button.click()
    QTest.qWait(6000)
    stage.keep("teach-live")
    window.commands.teaching.correct.trigger()
    chooser = window.findChildren(StyleChooser)[-1]
    QTest.qWait(1500)
    stage.keep("teach-correct", chooser)
    chooser.reject()
    library.teach("solo, bar 3", takes[1:])
    window.commands.teaching.styles.trigger()
    page = window.teaching.page
    if page is None:
        sys.exit("The page of styles did not open.")
    page.tree.select("azonto")
    stage.keep("teach-styles", page)
    page.accept()
    for name in ("azonto", "solo, bar 3"):
        library.remove(name)


SCENES = {
    each.__name__: each
    for each in (
        *(no_camera, live, dancers, end, picker, trouble, dialogs, settings, events),
        *(several, teaching),
    )
}


def main() -> None:
    """Make the pictures, one process for each look."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path, help="where they go, in folders like dark-fr")
    options.add_argument("--only", nargs="*", choices=SCENES, default=list(SCENES))
    options.add_argument("--themes", nargs="*", choices=("dark", "light"))
    options.add_argument("--languages", nargs="*", choices=("en", "fr"))
    options.add_argument("--kiosk", action="store_true", help="the kiosk's screens too")
    asked = options.parse_args()
    themes = asked.themes or ["dark", "light"]
    languages = asked.languages or ["en", "fr"]
    if len(themes) == len(languages) == 1:
        make(asked.folder / f"{themes[0]}-{languages[0]}", asked.only, themes[0], languages[0])
    else:
        for colours in themes:
            for language in languages:
                again = [sys.executable, __file__, str(asked.folder), "--only", *asked.only]
                look = ["--themes", colours, "--languages", language]
                subprocess.run([*again, *look], check=True)
    if asked.kiosk:
        for language in languages:
            script = ROOT / "scripts" / "make_kiosk_screenshots.py"
            output = asked.folder / f"dark-{language}"
            where = ["--output", str(output), "--language", language]
            subprocess.run([sys.executable, str(script), *where], check=True)


def make(folder: Path, scenes: list[str], colours: theme.Choice, language: str) -> None:
    """Make the pictures of one look."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as private:
        for kind in ("CONFIG", "STATE", "DATA"):  # nothing of whoever makes them is to be seen
            os.environ[f"XDG_{kind}_HOME"] = private
        application = make_application()
        speak(language)
        theme.choose(colours)
        stage = Stage(folder)
        try:
            for name in scenes:
                SCENES[name](stage)
        finally:
            stage.window.close()
            application.quit()


if __name__ == "__main__":
    main()
