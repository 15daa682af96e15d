"""Pictures to H.264 in an MP4, through FFmpeg (PyAV)."""

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, Self, cast

import av
import numpy as np

from choreai_live.capture.opencv import cv2
from choreai_live.messages import Image

#: Of the presentation times, seconds.
TICK: Final = Fraction(1, 1_000_000)

#: Pictures from one that stands for itself to the next; players jump to these.
_KEY_EVERY: Final = 60
#: FFmpeg's numbers for ITU-R BT.601, which OpenCV converts to, and for its limited range.
_BT601: Final = 6
_LIMITED: Final = 1


class VideoEncoder:
    """Writes pictures of one size at whatever times they have; also a context manager.

    Parameters
    ----------
    path
        The file to write, whatever its suffix.
    size
        Width and height of the pictures, pixels. Odd ones are filled up to even ones, as
        the codec wants them, by repeating the last row or column.
    container, codec
        Options of FFmpeg's MP4 and of libx264, as these call them.

    Raises
    ------
    av.error.FFmpegError
        If it cannot be written.
    """

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        container: Mapping[str, str],
        codec: Mapping[str, str],
    ) -> None:
        self._container = av.open(str(path.absolute()), "w", format="mp4", options=dict(container))
        width, height = size
        self._stream = self._container.add_stream("libx264", options=dict(codec))
        self._stream.width, self._stream.height = width + width % 2, height + height % 2
        self._stream.pix_fmt = "yuv420p"
        context = self._stream.codec_context
        context.gop_size = _KEY_EVERY
        context.time_base = self._stream.time_base = TICK
        context.colorspace, context.color_range = _BT601, _LIMITED
        # The other cores are the models'.
        context.thread_count = 1

    def add(self, image: Image, time: int) -> None:
        """Encode a picture.

        Parameters
        ----------
        image
            uint8 (height, width, 3), BGR.
        time
            When it is to be shown, microseconds; later than the one before.
        """
        height, width = image.shape[:2]
        if width % 2 or height % 2:
            image = cast(
                Image,
                cv2.copyMakeBorder(image, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE),
            )
        planes = cast(Image, cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_BGR2YUV_I420))
        frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
        frame.pts, frame.time_base = time, TICK
        self._write(frame)

    def finish(self) -> None:
        """Encode what waits, and write the index."""
        self._write(None)
        self._container.close()

    def _write(self, frame: av.VideoFrame | None) -> None:
        for packet in self._stream.encode(frame):
            self._container.mux(packet)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            self.finish()
        else:
            self._container.close()
