"""Folders and globs of pictures, played as a film."""

import re
from collections.abc import Generator, Iterable, Sequence
from pathlib import Path
from time import monotonic
from typing import Final, cast

import numpy as np

from choreai_live.capture.opencv import cv2
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.errors import SourceError
from choreai_live.messages import Frame, Image

IMAGE_SUFFIXES: Final = frozenset(
    {".bmp", ".jpeg", ".jpg", ".png", ".pgm", ".ppm", ".tif", ".tiff", ".webp"}
)
NOMINAL_RATE: Final = 25.0
"""Frames per second pictures are taken to have been recorded at."""


def pictures_among(paths: Iterable[Path]) -> list[Path]:
    """Return the picture files, numbers in their names sorted as numbers."""
    pictures = (p for p in paths if p.suffix.lower() in IMAGE_SUFFIXES and p.is_file())
    return sorted(pictures, key=_natural)


def _natural(path: Path) -> tuple[list[tuple[int, str]], str]:
    parts = re.findall(r"(\d+)|(\D+)", str(path))
    key = [(int(digits), "") if digits else (-1, text.casefold()) for digits, text in parts]
    return key, str(path)  # the name itself decides between 1.png and 01.png


class ImagesSource(ThreadedSource):
    """Pictures in the order given, 25 a second.

    A picture that cannot be decoded is skipped; its place in time stays empty.

    Parameters
    ----------
    name
        What to call them together.
    pictures
        Their files.

    Raises
    ------
    SourceError
        If there is none that can be decoded.
    """

    def __init__(self, name: str, pictures: Sequence[Path]) -> None:
        self.name = name
        self.rate = NOMINAL_RATE
        self.frame_count = len(pictures)
        self.duration = len(pictures) / NOMINAL_RATE
        self._pictures = pictures
        self._start()

    def _capture(self) -> Generator[Frame, None, None]:
        for index, picture in enumerate(self._pictures):
            image = _decode(picture)
            if image is None:
                self.skipped += 1
            else:
                yield Frame(image, index / NOMINAL_RATE, index, monotonic())
        if self.skipped == len(self._pictures):
            raise SourceError(_why_none(self.name, self._pictures))


def _decode(picture: Path) -> Image | None:
    try:
        # Not imread: it cannot open every name on every system.
        data = np.fromfile(picture, np.uint8)
        # Eight bits, three channels, turned upright as its EXIF tag says.
        return cast(Image | None, cv2.imdecode(data, cv2.IMREAD_COLOR))
    except (OSError, cv2.error):
        return None


def _why_none(name: str, pictures: Sequence[Path]) -> str:
    if not pictures:
        return f"There are no pictures in {name}; choose a folder with PNG or JPEG files."
    if len(pictures) > 1:
        return f"None of the {len(pictures)} pictures in {name} can be decoded; copy them again."
    if pictures[0].stat().st_size == 0:
        return f"The picture {pictures[0]} is empty (0 bytes); copy it again."
    return f"The picture {pictures[0]} cannot be decoded; copy it again."
