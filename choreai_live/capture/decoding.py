"""Pictures out of a video container, through FFmpeg (PyAV)."""

from collections.abc import Iterator
from math import inf
from time import monotonic
from typing import Final, cast

import numpy as np
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from choreai_live.capture.libav import av
from choreai_live.capture.opencv import cv2
from choreai_live.errors import SourceError
from choreai_live.messages import Image

_TURNS: Final = {
    90: cv2.ROTATE_90_COUNTERCLOCKWISE,
    180: cv2.ROTATE_180,
    -180: cv2.ROTATE_180,
    -90: cv2.ROTATE_90_CLOCKWISE,
}
"""FFmpeg's counterclockwise degrees; a meaningless matrix gives anything else."""

HIGHEST_RATE: Final = 240.0
"""Frames per second; some files state their clock's ticks instead."""

THINNEST_PIXEL: Final = 0.4
"""Width of a pixel over its height; what is stated beyond that is a mistake."""


class Decoder:
    """Decodes the first video stream of a container, leaving out what is damaged.

    Parameters
    ----------
    container
        An opened container; whoever opened it closes it.
    name
        What to call it in an error.
    patience
        Seconds after which FFmpeg gives up waiting for data, if it does.

    Attributes
    ----------
    rate : float or None
        Nominal frames per second.
    announced : int or None
        Number of frames, as far as the container says.
    skipped : int
        Pictures that could not be decoded, so far.

    Raises
    ------
    SourceError
        If there are no moving pictures in it that can be decoded.
    """

    def __init__(self, container: InputContainer, name: str, patience: float = inf) -> None:
        # The cover of a song is a video stream too, but not a moving one.
        moving = [
            stream
            for stream in container.streams.video
            if not stream.disposition & Disposition.attached_pic
        ]
        if not moving:
            raise SourceError(f"{name} has no moving pictures in it; choose a video.")
        self._stream: VideoStream = moving[0]
        if self._stream.codec_context is None:  # PyAV has no decoder for it
            raise SourceError(
                f"{name} is compressed in a way that cannot be read here; convert it to H.264."
            )
        # One thread: decoding is many times faster than estimating poses,
        # which needs the other cores; and FFmpeg's frame threads make damaged
        # pictures come out differently on every run, and live ones late.
        self._stream.codec_context.thread_count = 1
        rates = (self._stream.average_rate, self._stream.guessed_rate)
        self.rate = next((float(r) for r in rates if r and 0 < r <= HIGHEST_RATE), None)
        self.announced = self._stream.frames or None
        shape = float(self._stream.sample_aspect_ratio or 1)
        self._stretch = shape if THINNEST_PIXEL <= shape <= 1 / THINNEST_PIXEL else 1.0
        self.skipped = 0
        self._patience = patience
        self._container = container
        self._reformatter = VideoReformatter()

    def __iter__(self) -> Iterator[tuple[VideoFrame, float]]:
        """Yield decoded frames in order of presentation.

        Yields
        ------
        frame : av.video.frame.VideoFrame
            In the pixel format of the video.
        arrived : float
            ``time.monotonic()`` when the data that completed it had been read.

        Raises
        ------
        av.error.FFmpegError
            If the container cannot be read any further.
        TimeoutError
            If that is because no data came in time.
        """
        asked = monotonic()
        for packet in self._container.demux(self._stream):
            arrived = monotonic()
            if arrived - asked >= self._patience:
                # Having given up, it hands out what it had held back all the while.
                raise TimeoutError
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                self.skipped += 1
                frames = []
            for frame in frames:
                if frame.is_corrupt:
                    self.skipped += 1
                else:
                    yield frame, arrived
            asked = monotonic()

    def image(self, frame: VideoFrame) -> Image:
        """Convert a frame of any size and pixel format to upright square pixels.

        Returns
        -------
        ndarray
            uint8 (height, width, 3), BGR, full range, contiguous.
        """
        # DVDs and broadcasts have pixels that are not square; dancers would
        # come out too thin or too wide.
        width = max(round(frame.width * self._stretch), 1)
        converted = self._reformatter.reformat(frame, width=width, format="bgr24", threads=1)
        image = cast(Image, converted.to_ndarray())
        turn = _TURNS.get(round(frame.rotation / 90) * 90)
        if turn is not None:
            return cast(Image, cv2.rotate(image, turn))
        # FFmpeg pads rows of odd widths.
        return np.ascontiguousarray(image)
