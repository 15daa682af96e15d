"""Video files."""

from collections.abc import Generator
from pathlib import Path
from time import monotonic

from av.container import InputContainer

from choreai_live.capture.clocks import PresentationClock
from choreai_live.capture.decoding import Decoder
from choreai_live.capture.libav import LENIENT, av
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.errors import SourceError
from choreai_live.messages import Frame


class VideoFileSource(ThreadedSource):
    """Every frame of a video file, decoded ahead on its own thread.

    Times are those at which a player would show the frames, 0 being where the
    file begins. A file that was cut off gives the frames up to the cut.

    Parameters
    ----------
    path
        Any file FFmpeg reads.

    Raises
    ------
    SourceError
        If it is missing, empty, not a video, or damaged before its first picture.
    """

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path
        self._start()

    def _capture(self) -> Generator[Frame, None, None]:
        with _open(self._path) as container:
            decoder = Decoder(container, self.name)
            self.rate = decoder.rate
            self.frame_count = decoder.announced
            self.duration = container.duration / av.time_base if container.duration else None
            clock = PresentationClock(
                begin=(container.start_time or 0) / av.time_base, step=1 / (self.rate or 25.0)
            )
            index = 0
            try:
                for decoded, _ in decoder:
                    self.skipped = decoder.skipped
                    image = decoder.image(decoded)
                    yield Frame(image, clock.time_of(decoded.time), index, monotonic())
                    index += 1
            except av.error.InvalidDataError:
                pass  # cut off or overwritten from here on: what came before is good
            except av.error.FFmpegError as error:
                raise SourceError(
                    f"{self.name} could not be read any further ({error.strerror}); "
                    "check the disk it is on."
                ) from error
            self.skipped = decoder.skipped
            if index == 0:
                raise SourceError(
                    f"{self.name} holds no picture that can be decoded; copy or record it again."
                )


def _open(path: Path) -> InputContainer:
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}.") from error
    if not head:
        raise SourceError(f"{path} is empty (0 bytes); copy or record it again.")
    try:
        # A name that begins like a URL, or with "-", is still a file.
        container: InputContainer = av.open(str(path.absolute()), mode="r", **LENIENT)
    except av.error.FFmpegError as error:
        if b"ftyp" in head[:16]:
            raise SourceError(
                f"{path} was cut off before its end, where its index is; copy or record it again."
            ) from error
        raise SourceError(
            f"{path} is not a video that can be read; choose another file or convert it."
        ) from error
    if container.format.name == "tty":  # FFmpeg would play any text as ANSI art
        container.close()
        raise SourceError(f"{path} is a text, not a video; choose another file.")
    return container
