"""Where a connection under supervision leaves its frames."""

from collections.abc import Callable

from choreai_live.capture.buffer import FrameBuffer
from choreai_live.messages import Frame


class Outlet(FrameBuffer):
    """Hands the frames of one connection straight to its supervisor, and keeps none.

    Parameters
    ----------
    take
        Called with this outlet and each frame, on the connection's thread.
    wake
        Called when the connection is over.
    """

    def __init__(self, take: "Callable[[Outlet, Frame], None]", wake: Callable[[], None]) -> None:
        super().__init__(1, newest_wins=True)
        self._take = take
        self._wake = wake

    @property
    def ended(self) -> bool:
        """Whether the connection is over."""
        return self._ended

    @property
    def error(self) -> BaseException | None:
        """What it ended with."""
        return self._error

    def put(self, frame: Frame) -> int:
        """Hand a frame on; the supervisor counts what nobody takes."""
        if not self.closed:
            self._take(self, frame)
        return 0

    def end(self, error: BaseException | None = None) -> None:
        """Say that the connection is over, and why."""
        super().end(error)
        self._wake()
