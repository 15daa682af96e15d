"""Recording a session while everything else goes on."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore, Thread
from time import sleep, time
from typing import Final, Self

import numpy as np

from choreai_live.errors import OutputError
from choreai_live.messages import Image, Snapshot
from choreai_live.session.finishing import finish_interrupted
from choreai_live.session.lock import SessionInUseError, SessionLock
from choreai_live.session.naming import session_name
from choreai_live.session.part import PartSettings, Taken
from choreai_live.session.settings import RecordingSettings, SessionAbout
from choreai_live.session.table import Event
from choreai_live.session.writer import SessionWriter, require_room

logger = logging.getLogger(__name__)

#: Pictures that may wait for the encoder.
_PICTURES_WAITING: Final = 8
#: Seconds to wait for everything to be written at the end.
_PATIENCE: Final = 20.0
#: Seconds to wait for the lock of a new session, at which others may be looking.
_LOCK_PATIENCE: Final = 2.0
#: Seconds between looks at whether there is room again, for who may wait.
_LOOK_EVERY: Final = 0.005

_NO_PICTURE: Final = np.empty((0, 0, 3), np.uint8)


class SessionRecorder:
    """Writes snapshots to a new session, on threads of its own.

    Nobody waits for the disk or the encoder: pictures that the encoder has no time for
    are left out and counted, and where the disk cannot be written to any more, recording
    ends, with :attr:`failure` saying why. Frames and readouts are never left out. Other
    sessions in the same folder that were interrupted are finished meanwhile.

    Parameters
    ----------
    folder
        Where sessions are kept; made if need be.
    settings
        What is kept.
    about
        What is watched, and what reads it; credentials are masked.
    patient
        Whether :meth:`record` waits instead, so that every picture is kept: for sources
        that wait too.

    Attributes
    ----------
    path : Path
        The folder of this session.
    frames : int
        Frames taken so far.
    dropped_pictures : int
        Those of them whose picture was left out because the encoder was behind.

    Raises
    ------
    OutputError
        If nothing can be written there, or too little is free.
    """

    def __init__(
        self,
        folder: Path,
        settings: RecordingSettings,
        about: SessionAbout,
        *,
        patient: bool = False,
    ) -> None:
        from choreai_live.capture.urls import mask_credentials

        self.frames = 0
        self.dropped_pictures = 0
        self._settings = settings
        self._mask = mask_credentials
        self._patient = patient
        self._memory: bytes | None = None
        self._closed = False
        self._reported_drops = 0
        about = replace(about, source=mask_credentials(about.source))
        began = datetime.now(UTC)
        self.path = _new_folder(folder, session_name(about.source, began.astimezone()))
        try:
            lock = SessionLock(self.path, _LOCK_PATIENCE)
        except (OSError, SessionInUseError) as error:
            raise _refusal(self.path, error) from error
        try:
            require_room(self.path, settings.floor_bytes)
        except BaseException:
            lock.release(finished=True)
            self.path.rmdir()
            raise
        self._room = BoundedSemaphore(_PICTURES_WAITING)
        parts = PartSettings(self.path, settings, about, began, self._room.release)
        self._writer = SessionWriter(parts, lock)
        # What an earlier process died over.
        Thread(target=finish_interrupted, args=(folder,), name="finishing", daemon=True).start()
        logger.info("Recording to %s", self.path)

    @property
    def failure(self) -> str | None:
        """One sentence for the user once recording had to stop."""
        return self._writer.failure

    @property
    def bytes_written(self) -> int:
        """Size of the session, as of the last commit."""
        return self._writer.bytes_written

    @property
    def part(self) -> int:
        """Number of the part that is being written, 1 for the first."""
        return self._writer.part

    def begin_from(self, memory: bytes) -> None:
        """Say what the style classifier remembers once it has seen the first frame recorded.

        To be called before that frame is recorded. Wanted where recording begins in the
        middle of a source: without it, a replay would begin with dancers it knows nothing of.

        Parameters
        ----------
        memory
            As :meth:`choreai_live.style.StyleClassifier.memory` gives it.
        """
        self._memory = memory

    def record(self, snapshot: Snapshot, image: Image | None = None) -> None:
        """Record one frame; does nothing once recording has stopped.

        Parameters
        ----------
        snapshot
            What was seen; not to be changed afterwards.
        image
            uint8 (height, width, 3), BGR: the picture to keep in place of the frame's own,
            of the same size; not to be changed afterwards.
        """
        if self._closed or self.failure is not None:
            return
        while self._patient and self._writer.full and self.failure is None:
            sleep(_LOOK_EVERY)
        if image is None:
            image = snapshot.frame.image
        height, width = image.shape[:2]
        pictured = self._settings.video and image.size > 0 and self._has_room(snapshot.frame.time)
        kept = image if pictured and not self._settings.privacy else None
        # The frame without its picture, of which only a few may wait.
        bare = replace(snapshot, frame=replace(snapshot.frame, image=_NO_PICTURE))
        memory, self._memory = self._memory, None
        self._writer.put(Taken(bare, time(), (width, height), pictured, kept, memory))
        self.frames += 1

    def note(self, kind: str, text: str, at: float) -> None:
        """Record that something happened, as that the source was reconnected.

        Parameters
        ----------
        kind
            A word for it.
        text
            One sentence; credentials are masked.
        at
            Seconds on the source's own clock.
        """
        if not self._closed and self.failure is None:
            self._writer.put(Event(at, time(), kind, self._mask(text)))

    def close(self) -> None:
        """End the session and wait for it to be written; any number of times."""
        if self._closed:
            return
        self._closed = True
        if not self._writer.end(_PATIENCE):
            logger.warning("%s is still being written; it is left behind.", self.path)

    def _has_room(self, at: float) -> bool:
        """Return whether the encoder takes a picture now; count it if it does not."""
        if self._patient:
            while not self._room.acquire(timeout=_LOOK_EVERY):
                if self.failure is not None:
                    return False
            return True
        if self._room.acquire(blocking=False):
            if self._reported_drops < self.dropped_pictures:
                missing = self.dropped_pictures - self._reported_drops
                self._reported_drops = self.dropped_pictures
                self.note("dropped", f"{missing} pictures were left out: the encoder was late.", at)
            return True
        self.dropped_pictures += 1
        return False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def _new_folder(folder: Path, name: str) -> Path:
    """Make a folder that was not there before."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            path = folder / (name if number == 1 else f"{name}-{number}")
            try:
                path.mkdir()
            except FileExistsError:
                if path == folder or not folder.is_dir():
                    raise
            else:
                return path
    except OSError as error:
        raise _refusal(folder, error) from error
    raise OutputError(f"{folder} holds too many sessions called {name}: name another folder.")


def _refusal(path: Path, error: OSError | SessionInUseError) -> OutputError:
    reason = getattr(error, "strerror", None) or str(error) or "in use"
    return OutputError(
        f"Nothing can be recorded to {path} ({reason}): choose another folder or make room there."
    )
