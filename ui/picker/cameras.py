"""Live pictures of every camera, for as long as somebody chooses."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from threading import Condition, Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from choreai_live.errors import ChoreaiError
from choreai_live.ui.picker.camera_trouble import trouble_with
from choreai_live.ui.picker.glance import Glance, small_picture

if TYPE_CHECKING:
    from choreai_live.capture import CameraInfo

logger = logging.getLogger(__name__)

#: Seconds between two pictures: enough to see who is in front of which camera.
_STEP: Final = 0.25
#: Seconds a camera may take to be let go of.
_RELEASE: Final = 5.0


class CameraGlances(QObject):
    """Opens every camera but those that are being watched, each on a thread of its own."""

    #: list of CameraInfo.
    found = pyqtSignal(object)
    #: spec, Glance.
    ready = pyqtSignal(str, object)
    #: spec, CameraTrouble, the program that has it, one sentence.
    failed = pyqtSignal(str, object, str, str)
    #: spec of a camera that was let go of.
    released = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = Event()
        self._turn = Condition()
        self._open: set[str] = set()

    def look(self, watched: Sequence[str] = ()) -> None:
        """Look for cameras and at them.

        Parameters
        ----------
        watched
            Index or device file of those that are not to be opened a second time.
        """
        self.close()
        left = self._left = Event()
        # In a turn of its own: until a thread has begun, whoever starts it waits.
        QTimer.singleShot(0, partial(self._begin, watched, left))

    def close(self) -> None:
        """Let go of every camera; returns at once."""
        self._left.set()
        with self._turn:
            self._turn.notify_all()

    @property
    def busy(self) -> bool:
        """Whether a camera is not let go of yet."""
        with self._turn:
            return bool(self._open)

    def _begin(self, watched: Sequence[str], left: Event) -> None:
        if not left.is_set():
            arguments = (watched, left)
            Thread(target=self._find, args=arguments, name="picker cameras", daemon=True).start()

    def _find(self, watched: Sequence[str], left: Event) -> None:
        from choreai_live.capture import list_cameras

        cameras = list_cameras()
        self._tell("found", left, cameras)
        for camera in cameras:
            spec = str(camera.index)
            if left.is_set() or any(is_same_camera(camera, device) for device in watched):
                continue
            arguments = (spec, left)
            Thread(target=self._watch, args=arguments, name="picker camera", daemon=True).start()

    def _watch(self, spec: str, left: Event) -> None:
        from choreai_live.capture import open_source

        with self._turn:  # a look before this one may not be over yet
            self._turn.wait_for(lambda: spec not in self._open or left.is_set(), _RELEASE)
            if spec in self._open or left.is_set():
                return
            self._open.add(spec)
        try:
            with open_source(spec) as source:
                told = -_STEP
                while not left.is_set() and (frame := source.read()) is not None:
                    if monotonic() - told >= _STEP:
                        told = monotonic()
                        glance = Glance(small_picture(frame.image), source.size, source.rate)
                        self._tell("ready", left, spec, glance)
        except ChoreaiError as error:
            self._tell("failed", left, spec, *trouble_with(spec), str(error))
        except Exception:
            logger.exception("Camera %s could not be looked at", spec)
        finally:
            with self._turn:
                self._open.discard(spec)
                self._turn.notify_all()
            self._tell("released", None, spec)

    def _tell(self, signal: str, left: Event | None, *words: object) -> None:
        if left is not None and left.is_set():
            return
        try:
            getattr(self, signal).emit(*words)
        except RuntimeError:  # the picker is gone
            self._left.set()


def is_same_camera(camera: "CameraInfo", spec: str) -> bool:
    """Return whether an index or device file means this camera."""
    if not spec or spec in (str(camera.index), camera.path, camera.identity):
        return bool(spec)
    return not spec.isdigit() and Path(spec).resolve() == Path(camera.path).resolve()
