"""Mending a video whose process was killed: cutting off what was not written to its end.

An MP4 is a row of boxes, each beginning with its length and its kind (ISO/IEC 14496-12).
A growing one begins with ``ftyp``, an empty box that will become the head of one large
``mdat``, ``moov`` and ``mdat``; fragments of ``moof`` and ``mdat`` follow. At its end an
index, again a ``moov``, is written after them, and the empty box becomes that ``mdat``,
which hides everything up to the index.
"""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, NamedTuple

_HEAD: Final = struct.Struct(">I4s")
_LONG: Final = struct.Struct(">Q")
#: How FFmpeg begins; the second empty box is what becomes the head.
_OPENING: Final = (b"ftyp", b"free")


class _Box(NamedTuple):
    kind: bytes
    start: int
    end: int


def mend_video(path: Path) -> bool:
    """Cut off what cannot be played; do nothing to a video that is whole.

    Can be interrupted at any moment and done again.

    Returns
    -------
    bool
        Whether there is anything to be played.

    Raises
    ------
    OSError
        If the file cannot be read or written.
    """
    with path.open("r+b") as file:
        length = file.seek(0, os.SEEK_END)
        boxes = list(_boxes(file, length))
        kinds = [box.kind for box in boxes]
        if kinds[:3] == [*_OPENING, b"mdat"]:
            if b"moov" in [box.kind for box in boxes if box.end <= length][3:]:
                return True  # finished
            _uncover(file, boxes[2].start)
            boxes = list(_boxes(file, length))
        end = _playable([box for box in boxes if box.end <= length])
        if 0 < end < length:
            file.truncate(end)
            file.flush()
            os.fsync(file.fileno())
        return end > 0


def _boxes(file: IO[bytes], length: int) -> Iterator[_Box]:
    """Yield the boxes of a file; the last one may end after the file does."""
    start = 0
    while start + _HEAD.size <= length:
        file.seek(start)
        size, kind = _HEAD.unpack(file.read(_HEAD.size))
        if size == 1:
            more = file.read(_LONG.size)
            size = _LONG.unpack(more)[0] if len(more) == _LONG.size else 0
        if size < _HEAD.size:
            return
        yield _Box(kind, start, start + size)
        start += size


def _uncover(file: IO[bytes], start: int) -> None:
    """Make the head of a large ``mdat``, whose index is missing, an empty box again.

    It is as long as it was: up to the ``moov`` that it hides.
    """
    file.seek(start)
    hidden = file.read(256)
    place = hidden.find(b"moov", _HEAD.size)
    if place < 0:
        return
    file.seek(start)
    file.write(_HEAD.pack(place - 4, b"free"))
    file.flush()
    os.fsync(file.fileno())


def _playable(boxes: list[_Box]) -> int:
    """Return where the last box ends that can be played, 0 if there is none."""
    end, described = 0, False
    for before, box in zip([None, *boxes], boxes, strict=False):
        described = described or box.kind == b"moov"
        if box.kind == b"mdat" and described and before and before.kind in (b"moov", b"moof"):
            end = box.end
    return end
