"""Sources that capture on a thread of their own."""

from abc import abstractmethod
from collections.abc import Generator, Iterable
from threading import Thread, current_thread
from traceback import clear_frames
from typing import ClassVar

from choreai_live.capture.base import Source
from choreai_live.capture.buffer import FrameBuffer
from choreai_live.capture.losses import without_picture
from choreai_live.errors import SourceError, SourceLostError
from choreai_live.messages import Frame

DECODED_AHEAD = 4
"""Frames a file may be ahead of its reader: enough to keep both busy."""

CLOSING_PATIENCE = 1.0
"""Seconds to wait for a capture thread that was told to stop.

A decoder or driver that hangs cannot be interrupted from outside. Its thread
is left behind: it is a daemon, and ends with the call it hangs in.
"""


class ThreadedSource(Source):
    """Base of sources whose frames come from a generator on its own thread.

    A subclass sets ``name`` and ``live`` and calls :meth:`_start`, which
    returns when the first frame is there. One that is given an outlet, where a
    supervisor takes the frames, returns at once and is not read itself.
    """

    opening_patience: ClassVar[float] = 60.0
    """Seconds within which the first frame must have come."""

    stall_patience: float | None = None
    """Seconds without a frame after which a live source counts as lost."""

    @abstractmethod
    def _capture(self) -> Generator[Frame, None, None]:
        """Open, set the attributes of :class:`Source`, yield the frames, release.

        Runs on the capture thread. What it raises reaches the reader, or,
        before the first frame, whoever is opening the source.
        """

    def _prepare(self, outlet: FrameBuffer | None = None) -> None:
        self._being_read = False
        self._buffer = outlet or FrameBuffer(
            1 if self.live else DECODED_AHEAD, newest_wins=self.live
        )
        self._thread = Thread(target=self._run, name=f"capture {self.name}", daemon=True)

    def _start(self, outlet: FrameBuffer | None = None) -> None:
        """Begin to capture, and wait for the first frame unless there is an outlet.

        Raises
        ------
        SourceError
            If none comes.
        """
        self._prepare(outlet)
        self._thread.start()
        if outlet is not None:
            return
        try:
            height, width = self._first_frame().image.shape[:2]
        except BaseException:
            self.close()
            raise
        self.size = (width, height)

    def _first_frame(self) -> Frame:
        try:
            first = self._buffer.wait_for_first(self.opening_patience)
        except TimeoutError:
            raise without_picture(self.name, self.opening_patience) from None
        if first is None:
            raise SourceError(f"{self.name} ended before its first picture; check the source.")
        return first

    def _run(self) -> None:
        error: BaseException | None = None
        frames = self._capture()
        try:
            self._put_all(frames)
        except BaseException as raised:  # the reader raises it
            # Where it was raised stays known, but not with all that was held there: this
            # source and its last picture, which hold the error. They would stay until the
            # cycle is collected, and a stream that keeps breaking would pile them up.
            trace = raised.__traceback__
            clear_frames(trace)
            error = raised.with_traceback(trace and trace.tb_next)
            del trace
        finally:
            frames.close()
            self._buffer.end(error)

    def _put_all(self, frames: Iterable[Frame]) -> None:
        for frame in frames:
            overtaken = self._buffer.put(frame)
            if self._being_read:  # nobody missed what came before the first read
                self.dropped += overtaken
            if self._buffer.closed:
                break

    def read(self) -> Frame | None:
        """Wait for the next frame; see :meth:`Source.read`."""
        self._being_read = True
        try:
            return self._buffer.get(self.stall_patience)
        except TimeoutError:
            raise SourceLostError(
                f"{self.name} has sent no picture for {self.stall_patience:.0f} seconds; "
                "check the connection and open it again."
            ) from None

    @property
    def capturing(self) -> bool:
        """Whether the capture thread is still there, be it that it hangs."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Stop capturing; see :meth:`Source.close`."""
        self._buffer.close()
        if self._thread.is_alive() and current_thread() is not self._thread:
            self._thread.join(CLOSING_PATIENCE)
