"""Starting the window."""

import ctypes
import logging
import os
import signal
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QLibraryInfo, QTimer
from PyQt6.QtWidgets import QApplication

from choreai_live.errors import ChoreaiError
from choreai_live.ui import theme
from choreai_live.ui.habits import Habits
from choreai_live.ui.icons import app_icon
from choreai_live.ui.language.speaking import speak
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.memory import Memory
from choreai_live.ui.preferences.opening import Preferences
from choreai_live.ui.readying import PagesReady

if TYPE_CHECKING:
    from choreai_live.configuration.sections import ProgramSettings, RecordingSection
    from choreai_live.settings import EngineSettings


def run(
    source: str | None,
    settings: "EngineSettings",
    *,
    more: Sequence[str] = (),
    fullscreen: bool = False,
    mirror: bool | None = None,
    notices: Sequence[str] = (),
    transport: str = "tcp",
    recording: "RecordingSection | None" = None,
    program: "ProgramSettings | None" = None,
    settings_file: Path | None = None,
    given: Collection[str] = (),
) -> int:
    """Open the window and stay until it is closed.

    Parameters
    ----------
    source
        What :func:`choreai_live.capture.open_source` takes; None for the first
        camera, or the built-in demo if there is none.
    settings
        What models to load and where to run them.
    more
        Sources to be opened beside that one.
    fullscreen
        Fill the screen from the start.
    mirror
        Whether pictures are mirrored; None mirrors cameras only.
    notices
        Sentences for the user, to be read once.
    transport
        How RTSP is to come: ``"tcp"`` or ``"udp"``.
    recording
        What and where to record; None for what holds without a settings file.
    program
        All settings, for language, theme and size of text and for what the window says about
        itself; None for what holds without a settings file.
    settings_file
        What the settings page writes; None for the user's own.
    given
        Names of the options of the command line, which won over that file.

    Returns
    -------
    int
        The exit status.

    Raises
    ------
    ChoreaiError
        If there is no screen, or a library that Qt draws through is missing.
    """
    application = make_application()
    speak(program.window.language if program else "system")
    window = MainWindow(
        settings, mirror=mirror, notices=notices, transport=transport, recording=recording
    )
    window.program = program
    Habits(window, Memory(), program.window if program else None)
    Preferences(window, settings_file, given)
    # The models come first: they are what somebody waits for.
    pages = PagesReady(window)
    pages.loaded.connect(window.sources.make_ready)
    window.live.engine_ready.connect(pages.begin)
    window.show()
    if fullscreen:
        window.commands.fullscreen.setChecked(True)
    window.watch(source)
    for spec in more:
        window.add(spec)
    window.live.choose(0)
    # Python runs signal handlers between byte codes, of which Qt's loop has
    # none; the timer gives it some.
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(200)
    # Not at once: the signal may come in the middle of a drawing, and must not take the
    # window away from under it.
    before = {
        wish: signal.signal(wish, lambda *_: QTimer.singleShot(0, window.close))
        for wish in (signal.SIGINT, signal.SIGTERM)
    }
    # With Python's own hook PyQt aborts on an error in a drawing or a slot; a
    # window in front of an audience goes on, and the traceback is kept.
    hook = sys.excepthook
    if hook is sys.__excepthook__:
        sys.excepthook = lambda *error: sys.__excepthook__(*error)
    try:
        status = application.exec()
    finally:
        sys.excepthook = hook
        for wish, former in before.items():
            signal.signal(wish, former)
        window.close()
    if window.watching:
        # Some providers compile models for minutes, and nothing stops them.
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def make_application() -> QApplication:
    """Return the application, dressed; the one that stands if there is one."""
    # The full build of OpenCV points Qt at plugins of its own, which PyQt6 cannot load.
    if "cv2" in os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH", ""):
        del os.environ["QT_QPA_PLATFORM_PLUGIN_PATH"]
    _require_screen()
    standing = QApplication.instance()
    application = standing if isinstance(standing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("ChoreAI Live")
    application.setDesktopFileName("choreai-live")
    theme.apply_theme(application)
    application.setWindowIcon(app_icon())
    return application


def _require_screen() -> None:
    """Say in one sentence what is missing; Qt itself would abort the program.

    Raises
    ------
    ChoreaiError
        If there is no screen, or a library that Qt draws through is missing.
    """
    if not sys.platform.startswith("linux") or "QT_QPA_PLATFORM" in os.environ:
        return
    if os.environ.get("WAYLAND_DISPLAY"):
        return
    if not os.environ.get("DISPLAY"):
        raise ChoreaiError(
            "There is no screen to open the window on (DISPLAY is not set): start it from a "
            "desktop, or use `choreai-live classify`, which needs none."
        )
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    plugin = plugins / "platforms" / "libqxcb.so"
    if not plugin.is_file():
        return
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        raise ChoreaiError(
            f"The window cannot open because Qt misses a library of the system ({error}): "
            "install it (on Debian: `apt install libxcb-cursor0 libxcb-icccm4 libxcb-image0 "
            "libxcb-keysyms1 libxcb-render-util0 libxcb-xinerama0 libxkbcommon-x11-0`), or use "
            "`choreai-live classify`, which needs no window."
        ) from error
