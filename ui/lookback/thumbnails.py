"""Small pictures of the last minutes, with the skeletons that were seen.

Scaled, drawn and encoded on a thread of their own; the interface hands over a
snapshot and goes on. A snapshot that comes while one is still being encoded is
left out: pictures are kept where there is time for them.
"""

import logging
from bisect import bisect_right
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np
from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, Qt
from PyQt6.QtGui import QColor, QImage, QPainter

from choreai_live.messages import Snapshot
from choreai_live.ui.skeleton_painter import paint_skeleton

logger = logging.getLogger(__name__)

#: Seconds between two pictures, and how many seconds of them are kept.
STEP: Final = 0.5
KEEP: Final = 600.0
#: Pixels of the longer side.
SIDE: Final = 192
#: Whatever the pictures show, they never take more than this many bytes.
MOST_BYTES: Final = 16 * 1024 * 1024
_QUALITY: Final = 80


@dataclass(frozen=True, slots=True)
class _Thumbnail:
    time: float
    data: bytes


class Thumbnails:
    """One small JPEG for every half second, of the last ten minutes.

    Parameters
    ----------
    keep
        Seconds to remember.
    most_bytes
        The most the pictures may take together.
    """

    def __init__(self, keep: float = KEEP, most_bytes: int = MOST_BYTES) -> None:
        self._most = int(keep / STEP)
        self._most_bytes = most_bytes
        self._lock = Lock()
        self._kept: deque[_Thumbnail] = deque()
        self._bytes = 0
        # Pictures asked for before this was counted up belong to the last source.
        self._source = 0
        self._last: float | None = None
        self._encoding: Future[None] | None = None
        self._pool: ThreadPoolExecutor | None = None
        self._enabled = True

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def size(self) -> int:
        """Bytes all pictures take together."""
        return self._bytes

    @property
    def enabled(self) -> bool:
        """Whether pictures are kept; what is there goes when they no longer are."""
        return self._enabled

    @enabled.setter
    def enabled(self, enabled: bool) -> None:
        self._enabled = enabled
        if not enabled:
            self.clear()

    def offer(self, snapshot: Snapshot, colours: dict[int, QColor]) -> None:
        """Keep a small picture of a snapshot if it is time for one.

        Parameters
        ----------
        snapshot
            What is shown.
        colours
            Track id to the colour of the skeleton.
        """
        time = snapshot.frame.time
        due = self._last is None or not 0 <= time - self._last < STEP
        busy = self._encoding is not None and not self._encoding.done()
        if not self._enabled or not due or busy or not snapshot.frame.image.size:
            return
        self._last = time
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="thumbnails")
        self._encoding = self._pool.submit(self._encode, snapshot, colours, self._source)

    def at(self, time: float, within: float = 3.0) -> QImage | None:
        """Return the picture nearest before `time`, None without one `within` so many seconds."""
        with self._lock:
            index = bisect_right(self._kept, time, key=lambda kept: kept.time) - 1
            # The first picture may be a little younger than the first moment.
            kept = self._kept[max(index, 0)] if self._kept else None
        if kept is None or abs(time - kept.time) > within:
            return None
        picture = QImage()
        picture.loadFromData(kept.data, "JPG")
        return picture

    def clear(self) -> None:
        """Forget all pictures."""
        with self._lock:
            self._source += 1
            self._kept.clear()
            self._bytes = 0
        self._last = None

    def wait(self) -> None:
        """Wait for the picture that is being encoded."""
        if self._encoding is not None:
            self._encoding.result()

    def close(self) -> None:
        """End the thread; nothing is kept from now on."""
        self.enabled = False
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _encode(self, snapshot: Snapshot, colours: dict[int, QColor], source: int) -> None:
        try:
            data = _jpeg(_small(snapshot, colours))
        except Exception:
            logger.exception("A small picture for the timeline could not be made")
            return
        with self._lock:
            if source != self._source:
                return
            while self._kept and self._kept[-1].time >= snapshot.frame.time:
                self._bytes -= len(self._kept.pop().data)  # the source's clock was set back
            self._kept.append(_Thumbnail(snapshot.frame.time, data))
            self._bytes += len(data)
            while len(self._kept) > self._most or self._bytes > self._most_bytes:
                self._bytes -= len(self._kept.popleft().data)


def _small(snapshot: Snapshot, colours: dict[int, QColor]) -> QImage:
    image = snapshot.frame.image
    height, width, _ = image.shape
    # Rough steps first: smooth scaling of a whole 4K picture takes too long.
    step = max(1, max(height, width) // (2 * SIDE))
    pixels = np.ascontiguousarray(image[::step, ::step])
    rows, columns, _ = pixels.shape
    wrapped: QImage = QImage(  # type: ignore[call-overload]
        pixels.data, columns, rows, 3 * columns, QImage.Format.Format_BGR888
    )
    small = wrapped.scaled(
        SIDE,
        SIDE,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_RGB32)
    scale = small.width() / width
    painter = QPainter(small)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for track in snapshot.tracks:
        if track.id in colours:
            paint_skeleton(
                painter,
                track,
                lambda x, y: QPointF(x * scale, y * scale),
                scale,
                colours[track.id],
            )
    painter.end()
    return small


def _jpeg(picture: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "JPG", _QUALITY)
    buffer.close()
    return data.data()
