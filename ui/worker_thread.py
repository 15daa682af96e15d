"""A worker on a thread of its own."""

import logging
from typing import TYPE_CHECKING

from PyQt6.QtCore import QThread

from choreai_live.ui.several.engine_shelf import EngineShelf
from choreai_live.ui.worker import Worker

if TYPE_CHECKING:
    from choreai_live.settings import EngineSettings

logger = logging.getLogger(__name__)


class WorkerThread:
    """A worker and the thread it lives on, made and ended together.

    Parameters
    ----------
    settings
        What models to load and where to run them.
    transport
        How RTSP is to come: ``"tcp"`` or ``"udp"``.
    shelf
        Where the models come from, so that several workers share them; None for a
        shelf of its own.
    """

    #: The longest to wait for the end: one inference, or models being loaded.
    PATIENCE_MS = 5_000
    #: Seconds for writing the end of a recording.
    RECORDING_PATIENCE = 10.0

    def __init__(
        self,
        settings: "EngineSettings",
        transport: str = "tcp",
        shelf: EngineShelf | None = None,
    ) -> None:
        self.worker = Worker(settings, transport, shelf)
        self._thread = QThread()
        self._thread.setObjectName("pipeline")
        self.worker.moveToThread(self._thread)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether the thread is still there."""
        return self._thread.isRunning()

    def leave(self) -> None:
        """Stop the worker, release its source, and ask the thread to end; returns at once."""
        self.worker.stop()
        self._thread.quit()

    def close(self) -> None:
        """Leave, and wait for the thread to end and for a recording to be on the disk."""
        self.leave()
        if not self._thread.wait(self.PATIENCE_MS):
            logger.warning("The models are still being prepared; they are left behind.")
        else:
            self.worker.finish_recording(self.RECORDING_PATIENCE)
