"""Sources that capture on a thread of their own."""

from abc import abstractmethod
from collections.abc import Iterator
from threading import Thread, current_thread

from choreai_live.capture.base import Source
from choreai_live.capture.buffer import FrameBuffer
from choreai_live.messages import Frame

DECODED_AHEAD = 4
"""Frames a file may be ahead of its reader: enough to keep both busy."""

PATIENCE = 1.0
"""Seconds to wait for a capture thread that was told to stop.

A decoder or driver that hangs cannot be interrupted from outside. Its thread
is left behind; it is a daemon and ends with the call it hangs in.
"""


class ThreadedSource(Source):
    """Base of sources whose frames come from a generator on its own thread.

    A subclass opens its device or file, sets the attributes of
    :class:`Source`, and calls :meth:`_start`.
    """

    _buffer: FrameBuffer
    _thread: Thread

    @abstractmethod
    def _capture(self) -> Iterator[Frame]:
        """Yield frames until the source ends; release it when closed.

        Runs on the capture thread.
        """

    def _start(self) -> None:
        """Begin to capture."""
        self._buffer = FrameBuffer(1 if self.live else DECODED_AHEAD, newest_wins=self.live)
        self._thread = Thread(target=self._run, name=f"capture {self.name}", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        error: BaseException | None = None
        frames = self._capture()
        try:
            for frame in frames:
                self.dropped += self._buffer.put(frame)
                if self._buffer.closed:
                    break
        except BaseException as raised:  # the reader raises it
            error = raised
        finally:
            frames.close()  # type: ignore[attr-defined]
            self._buffer.end(error)

    def read(self) -> Frame | None:
        """Wait for the next frame; see :meth:`Source.read`."""
        return self._buffer.get()

    def close(self) -> None:
        """Stop capturing; see :meth:`Source.close`."""
        self._buffer.close()
        if current_thread() is not self._thread:
            self._thread.join(PATIENCE)
