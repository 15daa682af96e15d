"""The video of one part: H.264 in an MP4 that can be cut off anywhere.

While it grows it consists of fragments, each playable with those before it; once it is
ended, it becomes an ordinary MP4 with an index (FFmpeg's ``hybrid_fragmented``).
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Final

from choreai_live.messages import Image
from choreai_live.session.encoding import VideoEncoder

logger = logging.getLogger(__name__)

#: Microseconds after which a fragment is complete.
_FRAGMENT: Final = 100_000

_CONTAINER: Final = {
    "movflags": "hybrid_fragmented+default_base_moof",
    "frag_duration": str(_FRAGMENT),
    # What is complete must leave this process at once.
    "flush_packets": "1",
}
_CODEC: Final = {
    "preset": "ultrafast",
    # No picture waits for a later one.
    "tune": "zerolatency",
    "crf": "23",
}
#: Makes the picture that is kept, on the encoder's thread.
Paint = Callable[[], Image]


class PartVideo:
    """Encodes pictures on a thread of its own.

    Parameters
    ----------
    path
        The file to write; must not exist.
    size
        Width and height of the pictures, pixels.
    release
        Called for every picture that was taken, once it is encoded or given up.

    Attributes
    ----------
    failure : Exception or None
        Why no more pictures are encoded.
    """

    def __init__(self, path: Path, size: tuple[int, int], release: Callable[[], None]) -> None:
        self.path = path
        self.failure: Exception | None = None
        self._size = size
        self._release = release
        self._queue: SimpleQueue[tuple[int, Paint] | None] = SimpleQueue()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        self._thread = Thread(target=self._run, name=f"encoding {path.name}", daemon=True)
        self._thread.start()

    def put(self, time: int, paint: Paint) -> None:
        """Have a picture encoded; who calls sees to it that not too many wait.

        Parameters
        ----------
        time
            When it is to be shown, microseconds; later than the one before.
        paint
            Gives uint8 (height, width, 3), BGR.
        """
        self._queue.put((time, paint))

    def end(self) -> None:
        """Say that no picture will follow; returns at once."""
        self._queue.put(None)

    def join(self, patience: float) -> bool:
        """Wait for the file to be finished, seconds at most; return whether it is."""
        self._thread.join(patience)
        return not self._thread.is_alive()

    def sync(self) -> int:
        """Have what was written forced to the disk; return the bytes of the file.

        Raises
        ------
        OSError
            If the disk refuses.
        """
        if self._file < 0:  # finished, and synced then
            return self.path.stat().st_size
        getattr(os, "fdatasync", os.fsync)(self._file)
        return os.fstat(self._file).st_size

    def close(self) -> None:
        """Let go of the file, once the thread has ended."""
        if self._file >= 0 and not self._thread.is_alive():
            os.close(self._file)
            self._file = -1

    def _run(self) -> None:
        try:
            with VideoEncoder(self.path, self._size, _CONTAINER, _CODEC) as encoder:
                while (taken := self._queue.get()) is not None:
                    time, paint = taken
                    try:
                        encoder.add(paint(), time)
                    finally:
                        self._release()
        except Exception as error:  # whoever records asks for it
            logger.info("No more pictures for %s: %s", self.path.name, error)
            self.failure = error
            self._give_up()

    def _give_up(self) -> None:
        """Take what still comes, so that nobody waits, until there is no more."""
        while self._queue.get() is not None:
            self._release()
