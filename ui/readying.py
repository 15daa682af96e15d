"""Loading the code of pages before they are asked for, so that they open at once."""

import logging
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import Final

from PyQt6.QtCore import QLocale, QObject, pyqtSignal

logger = logging.getLogger(__name__)

#: What the window opens on request.
PAGES: Final = (
    "choreai_live.ui.picker.dialog",
    "choreai_live.ui.preferences.dialog",
    "choreai_live.ui.help.shortcuts",
    "choreai_live.ui.help.about",
    "choreai_live.ui.summary.opening",
    "choreai_live.ui.teaching.sheet",
    "choreai_live.ui.teaching.choosing_style",
    "choreai_live.ui.teaching.styles_page",
)


class PagesReady(QObject):
    """Loads the code of the pages in the background.

    Whoever asks for a page sooner waits for that page alone.

    Parameters
    ----------
    parent
        The window.
    modules
        To be loaded, in this order.
    """

    #: All are loaded, but for those that could not be.
    loaded = pyqtSignal()

    def __init__(self, parent: QObject, modules: Iterable[str] = PAGES) -> None:
        super().__init__(parent)
        self._modules = tuple(modules)
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Begin; once is enough."""
        if self._thread is None:
            self._thread = Thread(target=self._load, name="pages", daemon=True)
            self._thread.start()

    def _load(self) -> None:
        QLocale()  # PyQt makes the members of its enumerations, 900 of them, at the first use
        for module in self._modules:
            try:
                import_module(module)
            except Exception:  # whoever opens the page is told
                logger.exception("%s could not be loaded ahead", module)
        with suppress(RuntimeError):  # the window was closed meanwhile
            self.loaded.emit()
