"""Opening a source without waiting for it: an attempt that can be abandoned.

A stream that never answers keeps its library call busy until the time-out. Nothing
interrupts such a call, but nobody has to wait for it: an attempt has a short-lived
thread, and one that was abandoned closes whatever it still gets.
"""

from collections.abc import Callable
from threading import Lock, Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from choreai_live.capture import Source


class SourceAttempt:
    """One attempt to open a source, under way on a thread of its own as soon as it is made.

    Parameters
    ----------
    opener
        Returns the opened source, or raises.
    settled
        Called from that thread once there is a source or an error.
    """

    def __init__(self, opener: "Callable[[], Source]", settled: Callable[[], None]) -> None:
        self._lock = Lock()
        self._opener = opener
        self._tell = settled
        self._source: Source | None = None
        self._error: BaseException | None = None
        self._abandoned = False
        Thread(target=self._open, name="opening", daemon=True).start()

    @property
    def settled(self) -> bool:
        """Whether there is a source or an error."""
        return self._source is not None or self._error is not None

    def take(self) -> "Source | None":
        """Return the source, which is the caller's to close; None if it was abandoned.

        Raises
        ------
        SourceError
            If it could not be opened.
        """
        with self._lock:
            if self._abandoned:
                return None
            if self._error is not None:
                raise self._error
            source, self._source = self._source, None
        if source is None:
            raise RuntimeError("the attempt is not settled, or its source was taken")
        return source

    def abandon(self) -> None:
        """Want no source any more; returns at once."""
        with self._lock:
            self._abandoned = True
            source, self._source = self._source, None
        if source is not None:
            source.close()

    def _open(self) -> None:
        source, error = None, None
        try:
            source = self._opener()
        except BaseException as raised:  # handed to whoever takes the source
            error = raised
        with self._lock:
            self._error = error
            if not self._abandoned:
                self._source, source = source, None
        if source is not None:
            source.close()
        self._tell()
