"""What every source of frames has in common."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

from choreai_live.messages import Frame


class Source(ABC):
    """An opened source of frames; also a context manager that closes it.

    Attributes
    ----------
    name : str
        What to call it in titles, logs and errors: credentials are masked.
    live : bool
        Whether the newest frame wins: a reader that comes late misses frames,
        which are counted. False means that every frame is handed out.
    size : tuple of int
        Width and height in pixels, as announced by the first picture; each
        frame carries its own size, should it change on the way.
    rate : float or None
        Nominal frames per second. The times of the frames are what counts.
    duration : float or None
        Seconds; None when unknown or endless.
    frame_count : int or None
        Frames announced, which a damaged file may not keep; None when unknown.
    dropped : int
        Frames captured or due, but never handed out because a newer one won.
    skipped : int
        Pictures that were damaged beyond decoding and left out.
    paused : bool
        Set it to hold what is played at its own rate, and clear it to go on
        from there; cameras and streams cannot be held and take no notice.
    """

    name: str
    live: bool = False
    size: tuple[int, int]
    rate: float | None = None
    duration: float | None = None
    frame_count: int | None = None
    dropped: int = 0
    skipped: int = 0
    paused: bool = False

    @abstractmethod
    def read(self) -> Frame | None:
        """Wait for the next frame.

        Times of frames strictly increase.

        Returns
        -------
        Frame or None
            None when the source has ended or was closed, then and ever after.

        Raises
        ------
        SourceError
            If the source cannot be read any further.
        SourceLostError
            If a live source stopped delivering; opening it again may help.
        """

    @abstractmethod
    def close(self) -> None:
        """Stop and let go of the device or file.

        May be called from any thread and any number of times. A ``read``
        under way in another thread returns None at once.
        """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
