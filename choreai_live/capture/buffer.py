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
        with self._changed:
            if self._newest_wins:
                lost = len(self._frames) - self._capacity + 1
                for _ in range(lost):
                    self._frames.popleft()
            else:
                lost = 0
                self._changed.wait_for(lambda: self._closed or len(self._frames) < self._capacity)
            if not self._closed:
                self._frames.append(frame)
                self._changed.notify_all()
            return max(lost, 0)

    def get(self) -> Frame | None:
        """Take the oldest frame, waiting for one.

        Returns
        -------
        Frame or None
            None once the writer has ended or the buffer was closed.

        Raises
        ------
        BaseException
            What the writer ended with, after its last frame was taken.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._frames or self._ended)
            if self._closed:
                return None
            if self._frames:
                frame = self._frames.popleft()
                self._changed.notify_all()
                return frame
            if self._error is not None:
                raise self._error
            return None

    def wait_closed(self, seconds: float) -> bool:
        """Sleep, but no longer than until the buffer is closed; return whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self._closed, seconds)

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
