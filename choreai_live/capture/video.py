"""Video files."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from time import monotonic

import av
from av.container import InputContainer
from av.video.frame import VideoFrame

from choreai_live.capture.decoding import Decoder, upright_bgr, video_stream
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.errors import SourceError
from choreai_live.messages import Frame


class VideoFileSource(ThreadedSource):
    """Every frame of a video file, decoded ahead on its own thread.

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
        self._container = _open(path)
        try:
            stream = video_stream(self._container, self.name)
            # One thread: at the sizes people dance in it decodes many times
            # faster than poses are estimated, which need the other cores.
            stream.codec_context.thread_count = 1
            self._decoder = Decoder(self._container, stream)
            self._decoded = iter(self._decoder)
            first = self._first_picture()
        except SourceError:
            self._container.close()
            raise
        rate = stream.average_rate or stream.guessed_rate
        self.rate = float(rate) if rate else None
        self.frame_count = stream.frames or None
        self._begin = (self._container.start_time or 0) / av.time_base
        duration = self._container.duration
        self.duration = duration / av.time_base if duration else None
        self._first = first
        sideways = first.rotation % 180 != 0
        self.size = (first.height, first.width) if sideways else (first.width, first.height)
        self._start()

    def _capture(self) -> Iterator[Frame]:
        step = 1 / (self.rate or 25.0)
        last = -step
        try:
            for index, decoded in enumerate(chain((self._first,), self._decoded)):
                self.skipped = self._decoder.skipped
                time = self._presentation(decoded)
                if time is None or time <= last:
                    time = last + step
                last = time
                yield Frame(upright_bgr(decoded), time, index, monotonic())
        finally:
            self.skipped = self._decoder.skipped
            self._container.close()

    def _first_picture(self) -> VideoFrame:
        try:
            return next(self._decoded)
        except StopIteration:
            cause = None
        except av.error.FFmpegError as error:
            cause = error
        raise SourceError(
            f"{self.name} holds no picture that can be decoded; copy or record it again."
        ) from cause

    def _presentation(self, decoded: VideoFrame) -> float | None:
        if decoded.pts is None or decoded.time_base is None:
            return None
        return float(decoded.pts * decoded.time_base) - self._begin


def _open(path: Path) -> InputContainer:
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except FileNotFoundError:
        raise SourceError(f"There is no file {path}; check the path.") from None
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}.") from error
    if not head:
        raise SourceError(f"{path} is empty (0 bytes); copy or record it again.")
    try:
        container = av.open(str(path), mode="r")
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
