"""Keeping a window on its display, whole, whatever happens to the display."""

import logging
from typing import Final

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtGui import QGuiApplication, QScreen
from PyQt6.QtWidgets import QWidget

logger = logging.getLogger(__name__)

#: Milliseconds in which displays settle after one of them has come, gone or changed.
_SETTLE_MS: Final = 300


def screen_of(display: int | str) -> QScreen | None:
    """Return the display of that number, or that name, or else the first; None without any."""
    screens = QGuiApplication.screens()
    if isinstance(display, str) and not display.isdigit():
        named = (s for s in screens if display in (s.name(), s.model(), s.serialNumber()))
        return next(named, QGuiApplication.primaryScreen())
    number = int(display)
    return screens[number] if number < len(screens) else QGuiApplication.primaryScreen()


class DisplayKeeper(QObject):
    """Fills a display with a window, and does so again when the display changes or comes back.

    Parameters
    ----------
    window
        What fills it.
    display
        Number or name of the display.
    """

    def __init__(self, window: QWidget, display: int | str) -> None:
        super().__init__(window)
        self._window = window
        self._display = display
        self._watched: QScreen | None = None
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self.fill)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._settle)
            application.screenRemoved.connect(self._settle)
            application.primaryScreenChanged.connect(self._settle)

    def fill(self) -> None:
        """Fill the display now."""
        screen = screen_of(self._display)
        if screen is None:
            return  # the only display is unplugged; its return will be told
        if screen is not self._watched:
            self._watched = screen
            screen.geometryChanged.connect(self._settle)
            area = screen.geometry()
            logger.info("Display %s, %d x %d.", screen.name(), area.width(), area.height())
        self._window.setScreen(screen)
        self._window.setGeometry(screen.geometry())
        self._window.showFullScreen()
        self._window.raise_()
        self._window.activateWindow()

    def check(self) -> None:
        """Fill it if the window does not, for whatever reason; to be called now and then."""
        screen = screen_of(self._display)
        fits = screen is not None and self._window.geometry() == screen.geometry()
        if screen is not None and not (fits and self._window.isVisible()):
            self._settling.start()

    def _settle(self) -> None:
        self._settling.start()
