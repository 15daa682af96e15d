"""The thread that writes a session."""

import contextlib
import logging
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import Final

from choreai_live.allocator import give_memory_back
from choreai_live.session.lock import SessionLock
from choreai_live.session.part import Part, PartSettings, Taken
from choreai_live.session.refusals import (
    RecordingStoppedError,
    cannot_write,
    too_little_room,
    too_slow,
)
from choreai_live.session.table import Event

logger = logging.getLogger(__name__)

#: Seconds after which what was recorded is made to last.
COMMIT_EVERY: Final = 0.4
#: Frames that may wait for the disk; pictures are not among them.
_WAITING: Final = 2000
#: Events kept for the first part to begin.
_EARLY: Final = 1000
#: Seconds to wait for a video to be finished.
_PATIENCE: Final = 10.0


class SessionWriter:
    """Takes frames and events and puts them into parts.

    Parameters
    ----------
    settings
        What the parts have in common.
    lock
        Of the session; let go of at the end.

    Attributes
    ----------
    failure : str or None
        One sentence for the user once writing had to stop.
    bytes_written : int
        Size of all parts, as of the last commit.
    """

    def __init__(self, settings: PartSettings, lock: SessionLock) -> None:
        self.failure: str | None = None
        self.bytes_written = 0
        self._settings = settings
        self._lock = lock
        self._queue: Queue[Taken | Event | None] = Queue()
        self._frames = 0
        self._parts = 0
        self._part: Part | None = None
        self._ending: list[Part] = []
        self._ended_bytes = 0
        self._whole = True
        self._early: list[Event] = []
        self._thread = Thread(target=self._run, name="recording", daemon=True)
        self._thread.start()

    @property
    def full(self) -> bool:
        """Whether more waits for the disk than should."""
        return self._queue.qsize() >= _WAITING

    @property
    def part(self) -> int:
        """Number of the part that is being written, 1 for the first."""
        return max(self._parts, 1)

    def put(self, item: Taken | Event) -> None:
        """Have something written; returns at once."""
        if self.failure is None and self.full:
            self.failure = str(too_slow(self._settings.session))
        self._queue.put(item)

    def end(self, patience: float) -> bool:
        """Write what is waiting, finish, and return whether that was done in so many seconds."""
        self._queue.put(None)
        self._thread.join(patience)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._write_all()
        except RecordingStoppedError as stopped:
            self.failure = str(stopped)
        except Exception as error:
            logger.info("Recording to %s failed", self._settings.session, exc_info=True)
            self.failure = str(cannot_write(self._settings.session, error))
        finally:
            self._finish()

    def _write_all(self) -> None:
        due = monotonic() + COMMIT_EVERY
        while True:
            try:
                item = self._queue.get(timeout=max(due - monotonic(), 0.0))
            except Empty:
                pass
            else:
                if item is None or self.failure is not None:
                    return
                self._write(item)
            if monotonic() >= due:
                self._settle()
                due = monotonic() + COMMIT_EVERY

    def _write(self, item: Taken | Event) -> None:
        if isinstance(item, Event):
            if self._part is not None:
                self._part.add_event(item)
            elif len(self._early) < _EARLY:
                self._early.append(item)
            return
        if self._part is None or not self._part.takes(item):
            self._part = self._begin_part(item)
        self._part.add(self._frames, item)
        self._frames += 1

    def _begin_part(self, first: Taken) -> Part:
        if self._part is not None:
            ended, self._part = self._part, None
            now = datetime.fromtimestamp(first.wall, UTC).isoformat()
            self._end_part(ended, {"ended": now, "continued": "true"})
        self._parts += 1
        part = Part(self._settings, self._parts, first)
        for event in self._early:
            part.add_event(event)
        self._early.clear()
        return part

    def _end_part(self, part: Part, entries: dict[str, str]) -> None:
        self._ending.append(part)
        try:
            part.end(entries)
        except Exception:
            self._whole = False  # the next start finishes it
            raise

    def _settle(self) -> None:
        if self._part is not None:
            self._part.settle()
        self._join_ended(0.0)
        present = self._part.bytes if self._part is not None else 0
        self.bytes_written = self._ended_bytes + present
        require_room(self._settings.session, self._settings.recording.floor_bytes)

    def _join_ended(self, patience: float) -> None:
        """Let go of the parts whose videos are finished within so many seconds."""
        for part in list(self._ending):
            if part.join(patience):
                self._ending.remove(part)
                self._ended_bytes += part.bytes
                give_memory_back()

    def _finish(self) -> None:
        """Leave every file whole, or at least as whole as the disk lets it be."""
        entries = {"ended": datetime.now(UTC).isoformat()}
        if self.failure is not None:
            entries["stopped"] = self.failure
        if self._part is not None:
            with self._complaining():
                self._end_part(self._part, entries)
        for part in self._ending:
            with self._complaining():
                self._whole = part.join(_PATIENCE) and self._whole
                self._ended_bytes += part.bytes
        self.bytes_written = self._ended_bytes
        self._give_back_pictures()
        self._lock.release(finished=self._whole)
        if self._parts == 0:
            with contextlib.suppress(OSError):
                self._settings.session.rmdir()

    @contextlib.contextmanager
    def _complaining(self) -> Iterator[None]:
        """Keep the first reason why recording did not end well."""
        try:
            yield
        except Exception as error:
            logger.info("%s is left to be finished", self._settings.session, exc_info=True)
            self._whole = False
            self.failure = self.failure or str(cannot_write(self._settings.session, error))

    def _give_back_pictures(self) -> None:
        """Let go of what nobody will write any more."""
        while not self._queue.empty():
            item = self._queue.get()
            if isinstance(item, Taken) and item.pictured:
                self._settings.release()


def require_room(session: Path, floor: int) -> None:
    """Refuse to go on where too little is free.

    Raises
    ------
    RecordingStoppedError
        If less than ``floor`` bytes are free on the disk of ``session``.
    OSError
        If that cannot be found out.
    """
    if shutil.disk_usage(session).free < floor:
        raise too_little_room(session.parent, floor)
