"""Handing frames from the thread that captures to the thread that reads."""

from collections import deque
from threading import Condition

from choreai_live.messages import Frame


class FrameBuffer:
    """A few frames between one writing and one reading thread.

    Parameters
    ----------
    capacity
        Frames it holds at most.
    newest_wins
        What happens when it is full: True drops the oldest frame, False makes
        the writer wait for the reader.
    """

    def __init__(self, capacity: int, *, newest_wins: bool) -> None:
        self._frames: deque[Frame] = deque()
        self._capacity = capacity
        self._newest_wins = newest_wins
        self._changed = Condition()
        self._ended = False
        self._closed = False
        self._error: BaseException | None = None

    @property
    def closed(self) -> bool:
        """Whether the reader wants no more."""
        return self._closed

    def put(self, frame: Frame) -> int:
        """Add a frame, waiting for room where nothing may be lost.

        Returns
        -------
        int
            How many older frames were dropped to make room.
        """
        dropped = 0
        with self._changed:
            if self._newest_wins:
                while len(self._frames) >= self._capacity:
                    self._frames.popleft()
                    dropped += 1
            else:
                self._changed.wait_for(lambda: self._closed or len(self._frames) < self._capacity)
            if not self._closed:
                self._frames.append(frame)
                self._changed.notify_all()
        return dropped

    def get(self, patience: float | None = None) -> Frame | None:
        """Take the oldest frame, waiting for one.

        Parameters
        ----------
        patience
            Seconds to wait at most; None for as long as it takes.

        Returns
        -------
        Frame or None
            None once the writer has ended or the buffer was closed.

        Raises
        ------
        TimeoutError
            If nothing came in time.
        BaseException
            What the writer ended with, after its last frame was taken.
        """
        with self._changed:
            if not self._changed.wait_for(self._readable, patience):
                raise TimeoutError
            if self._frames:
                frame = self._frames.popleft()
                self._changed.notify_all()
                return frame
            if self._error is not None and not self._closed:
                raise self._error
            return None

    def wait_for_first(self, patience: float | None = None) -> Frame | None:
        """Look at the first frame without taking it; see :meth:`get`."""
        with self._changed:
            if not self._changed.wait_for(self._readable, patience):
                raise TimeoutError
            if self._frames:
                return self._frames[0]
            if self._error is not None:
                raise self._error
            return None

    def wait_until_closed(self, patience: float) -> bool:
        """Sleep, but no longer than until the reader wants no more; return whether it does not."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed, patience)

    def end(self, error: BaseException | None = None) -> None:
        """Say that no frame will follow, and why."""
        with self._changed:
            self._ended = True
            self._error = error
            self._changed.notify_all()

    def close(self) -> None:
        """Drop what is left and wake both sides."""
        with self._changed:
            self._closed = True
            self._frames.clear()
            self._changed.notify_all()

    def _readable(self) -> bool:
        return self._closed or self._ended or bool(self._frames)
