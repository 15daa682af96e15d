"""Pictures out of a video container, through FFmpeg (PyAV)."""

from collections.abc import Iterator
from typing import cast

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from choreai_live.errors import SourceError
from choreai_live.messages import Image

_TURNS = {
    90: cv2.ROTATE_90_COUNTERCLOCKWISE,
    180: cv2.ROTATE_180,
    270: cv2.ROTATE_90_CLOCKWISE,
}


def video_stream(container: InputContainer, name: str) -> VideoStream:
    """Return the first moving-picture stream; cover art of a song is none.

    Raises
    ------
    SourceError
        If there is none.
    """
    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            return stream
    raise SourceError(f"{name} has no moving pictures in it; choose a video.")


def upright_bgr(frame: VideoFrame) -> Image:
    """Convert a decoded frame of any pixel format and turn it upright.

    Returns
    -------
    ndarray
        uint8 (height, width, 3), BGR, full range.
    """
    image = cast(Image, frame.to_ndarray(format="bgr24", threads=1))
    turn = _TURNS.get(round(frame.rotation / 90) * 90 % 360)
    return image if turn is None else np.asarray(cv2.rotate(image, turn), np.uint8)


class Decoder:
    """Decodes one video stream of an opened container, leaving out what is damaged.

    Parameters
    ----------
    container, stream
        An opened container and the stream of it to decode.

    Attributes
    ----------
    skipped : int
        Packets that could not be decoded, so far.
    """

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self._container = container
        self._stream = stream
        self.skipped = 0

    def __iter__(self) -> Iterator[VideoFrame]:
        """Yield decoded frames in order of presentation."""
        for packet in self._container.demux(self._stream):
            try:
                frames = packet.decode()
            except av.error.InvalidDataError:
                self.skipped += 1
                continue
            for frame in frames:
                if frame.is_corrupt:
                    self.skipped += 1
                else:
                    yield frame
