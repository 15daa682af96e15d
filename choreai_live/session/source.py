"""A session as a source of frames like any other."""

import contextlib
from collections.abc import Generator, Iterator
from pathlib import Path
from time import monotonic

import av
import numpy as np

from choreai_live.capture.decoding import Decoder
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.errors import SourceError
from choreai_live.messages import Frame, Image
from choreai_live.session.overlay import dark_picture
from choreai_live.session.reading import RecordedPart, RecordedSession
from choreai_live.session.table import FrameRow


class SessionSource(ThreadedSource):
    """Every frame of a session, with who was seen in it.

    Times and numbers are those of the recorded source, so that everything after
    tracking says again what it said. A frame whose picture was not kept has a dark one.

    Parameters
    ----------
    path
        The folder of the session.

    Attributes
    ----------
    session : RecordedSession
        What else there is to be known of it.

    Raises
    ------
    SourceError
        If it is no session, empty, damaged, or of a later version of this program.
    """

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self.session = RecordedSession(path)
        self.begin = self.session.begin
        self.frame_count = self.session.frames
        self.duration = self.session.duration
        self.rate = self.session.rate
        self._start()

    def _capture(self) -> Generator[Frame, None, None]:
        memory = self.session.memory
        for part in self.session.parts:
            with contextlib.closing(RecordedPictures(part)) as pictures:
                for row, tracks, _ in self.session.frames_of(part):
                    image = pictures.find(row)
                    yield Frame(
                        dark_picture(row.width, row.height) if image is None else image,
                        row.time,
                        row.source_index,
                        monotonic(),
                        row.connection,
                        tracks,
                        memory,
                    )
                    memory = None
                self.skipped += pictures.skipped


class RecordedPictures:
    """The pictures of one part, asked for in order of time.

    Parameters
    ----------
    part
        Its video need not exist, nor be whole.

    Attributes
    ----------
    skipped : int
        Pictures that could not be decoded, so far.
    """

    def __init__(self, part: RecordedPart) -> None:
        self.skipped = 0
        self._decoded = self._decode(part.video)
        self._next: tuple[int, Image] | None = None

    def find(self, row: FrameRow) -> Image | None:
        """Return the picture of a frame, None where there is none.

        Parameters
        ----------
        row
            One that comes after all those that were asked for before.

        Returns
        -------
        ndarray or None
            uint8 (height, width, 3), BGR, of the size that the frame had.
        """
        if row.picture is None:
            return None
        while self._next is None or self._next[0] < row.picture:
            self._next = next(self._decoded, None)
            if self._next is None:
                return None
        time, image = self._next
        more = image.shape[0] - row.height, image.shape[1] - row.width
        # It was filled up to even sides; one of another size is somebody else's.
        if time != row.picture or not all(0 <= side <= 1 for side in more):
            return None
        return np.ascontiguousarray(image[: row.height, : row.width])

    def all(self) -> Iterator[tuple[int, Image]]:
        """Yield every picture that is left, and when it is shown; sides are even ones."""
        return self._decoded

    def close(self) -> None:
        """Let go of the video."""
        self._decoded.close()

    def _decode(self, video: Path) -> Generator[tuple[int, Image], None, None]:
        if not video.exists():
            return
        # A video that was killed in its first moment, or is damaged, has no more to give.
        with contextlib.suppress(av.error.FFmpegError, SourceError), av.open(str(video)) as file:
            decoder = Decoder(file, video.name)
            try:
                for frame, _ in decoder:
                    if frame.pts is not None and frame.time_base is not None:
                        yield round(frame.pts * frame.time_base * 1_000_000), decoder.image(frame)
            finally:
                self.skipped = decoder.skipped
