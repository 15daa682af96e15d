"""Starting the window."""

import os
import signal
import sys
from typing import TYPE_CHECKING

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication

from choreai_live.ui import theme
from choreai_live.ui.icons import app_icon
from choreai_live.ui.main_window import MainWindow

if TYPE_CHECKING:
    from choreai_live.pipeline import EngineSettings


def run(
    source: str | None,
    settings: "EngineSettings",
    *,
    fullscreen: bool = False,
    mirror: bool | None = None,
) -> int:
    """Open the window and stay until it is closed.

    Parameters
    ----------
    source
        What :func:`choreai_live.capture.open_source` takes; None for the first
        camera, or the built-in demo if there is none.
    settings
        What models to load and where to run them.
    fullscreen
        Fill the screen from the start.
    mirror
        Whether pictures are mirrored; None mirrors cameras only.

    Returns
    -------
    int
        The exit status.
    """
    application = make_application()
    window = MainWindow(settings, mirror=mirror)
    window.show()
    if fullscreen:
        window.actions_.fullscreen.setChecked(True)
    window.watch(source)
    # Python runs signal handlers between byte codes, of which Qt's loop has
    # none; the timer gives it some.
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(200)
    before = signal.signal(signal.SIGINT, lambda *_: window.close())
    try:
        return application.exec()
    finally:
        signal.signal(signal.SIGINT, before)
        window.close()


def make_application() -> QApplication:
    """Return the application, dressed; the one that stands if there is one."""
    # The full build of OpenCV points Qt at plugins of its own, which PyQt6 cannot load.
    if "cv2" in os.environ.get("QT_QPA_PLATFORM_PLUGIN_PATH", ""):
        del os.environ["QT_QPA_PLATFORM_PLUGIN_PATH"]
    standing = QApplication.instance()
    application = standing if isinstance(standing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("ChoreAI Live")
    application.setDesktopFileName("choreai-live")
    theme.apply_theme(application)
    application.setWindowIcon(app_icon())
    return application
