"""Watching one source for ever, and what to say while it gives no pictures."""

import logging
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from choreai_live.ui.kiosk.message import Message
from choreai_live.ui.kiosk.words import AWAY, starting_again, words_for
from choreai_live.ui.worker import Status, WorkerState

if TYPE_CHECKING:
    from choreai_live.isolation import PipelineDied
    from choreai_live.messages import Snapshot
    from choreai_live.ui.remote_worker import RemoteWorker

logger = logging.getLogger(__name__)

_BEGINNING: Final = (WorkerState.LOADING, WorkerState.OPENING)
#: Seconds after which a source that ended is opened again, one that failed, and
#: after which a camera is looked for again.
_AGAIN: Final = 1.0
_AGAIN_AFTER_FAILURE: Final = 10.0
_LOOK_FOR_CAMERA: Final = 5.0


class SourceWatch(QObject):
    """Keeps a worker at one source, whatever becomes of it.

    Parameters
    ----------
    worker
        Has the pipeline.
    spec
        The source; None for the first camera.
    parent
        Who wants to know.
    """

    #: No pictures come for now, or the reason why has changed.
    lost = pyqtSignal()
    #: Pictures come again.
    back = pyqtSignal()
    #: The source is opened anew: whoever was seen in it is unknown now.
    begun = pyqtSignal()
    #: Whether it is a camera, once the source is known.
    known = pyqtSignal(bool)
    #: A sentence for the staff.
    complained = pyqtSignal(str)

    def __init__(self, worker: "RemoteWorker", spec: str | None, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._spec = spec
        self._status: Status | None = None
        self._died = False
        self._pictures = False
        self._lost_at = monotonic()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.start)
        worker.status_changed.connect(self._hear)
        worker.pipeline_died.connect(self._mourn)

    @property
    def pictures(self) -> bool:
        """Whether pictures come."""
        return self._pictures

    @property
    def message(self) -> Message | None:
        """What to say instead of a picture; None while there are pictures."""
        if self._pictures:
            return None
        if self._died:
            return starting_again()
        return words_for(self._status, monotonic())

    def start(self) -> None:
        """Begin to watch, or begin again."""
        self._worker.watch(self._spec)

    def stop(self) -> None:
        """Begin nothing again."""
        self._again.stop()

    def take(self) -> "Snapshot | None":
        """Return the newest snapshot, if there is one."""
        update = self._worker.updates.take()
        if update is None:
            return None
        if not self._pictures:
            self._pictures, self._died = True, False
            logger.info("Pictures come; it took %.2f s.", monotonic() - self._lost_at)
            self.back.emit()
        return update.snapshot

    def _hear(self, status: Status) -> None:
        if status.source is not None and status.source.substitute:
            status = self._no_camera(status)
        state = status.state
        # A source that is opened again since it failed is still said to have failed.
        if not (state in _BEGINNING and self._troubled):
            self._status = status
        if state is WorkerState.LIVE:  # the first picture will tell
            if status.source is not None:
                self.known.emit(status.source.camera)
            return
        if self._troubled:
            self._died = False
        if state in _BEGINNING:
            self.begun.emit()
        elif state is WorkerState.ENDED:
            self._again.start(round(_AGAIN * 1000))
        elif state is WorkerState.FAILED:
            self.complained.emit(status.sentence)
            if status.retry_at is None:
                self._again.start(round(_AGAIN_AFTER_FAILURE * 1000))
        self._lose()

    def _no_camera(self, status: Status) -> Status:
        """Look for a camera again later: nobody wants the demo dancer to be read out instead."""
        self._worker.stop()
        self._again.start(round(_LOOK_FOR_CAMERA * 1000))
        self.complained.emit(
            self.tr(
                "No camera was found: plug one in, or name another source in the settings, "
                "[source] spec."
            )
        )
        retry_at = monotonic() + _LOOK_FOR_CAMERA
        return replace(status, state=WorkerState.RECONNECTING, retry_at=retry_at)

    def _mourn(self, death: "PipelineDied") -> None:
        self._died = True
        self._lose()

    def _lose(self) -> None:
        if self._pictures:
            self._pictures, self._lost_at = False, monotonic()
            logger.info("No pictures come for now.")
        self.lost.emit()

    @property
    def _troubled(self) -> bool:
        return self._status is not None and self._status.state in (*AWAY, WorkerState.FAILED)
