"""Looking at sources in the background, one after the other."""

import logging
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from threading import Event, Thread

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from choreai_live.errors import ChoreaiError
from choreai_live.masking import mask_credentials
from choreai_live.ui.picker.glance import demo_glance, glance_at

logger = logging.getLogger(__name__)

#: What the demo goes by here.
DEMO_NAME = "demo"


class Glances(QObject):
    """Takes a small picture out of each of several recorded sources.

    Nothing waits for it: a file on a disk that sleeps keeps only the pictures waiting.
    """

    #: spec, Glance.
    ready = pyqtSignal(str, object)
    #: spec, one sentence, whether it is not there any more.
    failed = pyqtSignal(str, str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = Event()

    def look(self, specs: Iterable[str]) -> None:
        """Look at these, in this order; :data:`DEMO_NAME` for the demo."""
        left = self._left = Event()
        # In a turn of its own: until a thread has begun, whoever starts it waits.
        QTimer.singleShot(0, partial(self._begin, tuple(specs), left))

    def close(self) -> None:
        """Leave it."""
        self._left.set()

    def _begin(self, specs: tuple[str, ...], left: Event) -> None:
        if not left.is_set():
            arguments = (specs, left)
            Thread(target=self._look, args=arguments, name="picker files", daemon=True).start()

    def _look(self, specs: tuple[str, ...], left: Event) -> None:
        for spec in specs:
            if left.is_set():
                return
            try:
                glance = demo_glance() if spec == DEMO_NAME else glance_at(spec)
            except ChoreaiError as error:
                self._tell("failed", left, spec, str(error), not Path(spec).exists())
            except Exception as error:  # a picture is not worth more than a line in the log
                logger.info("%s: no picture (%s)", mask_credentials(spec), type(error).__name__)
                self._tell("failed", left, spec, "", False)
            else:
                self._tell("ready", left, spec, glance)

    def _tell(self, signal: str, left: Event, *words: object) -> None:
        if left.is_set():
            return
        try:
            getattr(self, signal).emit(*words)
        except RuntimeError:  # the picker is gone
            left.set()
