"""The picture as Qt draws it: scaled once for the screen's own pixels, then only copied."""

from math import ceil, sqrt
from typing import Final

import numpy as np
from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QImage, QPainter

from choreai_live.messages import Image

#: Pictures so many times as wide as they are shown are averaged, not sampled.
_SHRUNK: Final = 1.5
#: Pixels of the largest screens there are: 3840 by 2160, and a bit.
_SCREEN: Final = 9_000_000


def is_vast(image: Image) -> bool:
    """Return whether a frame has more pixels than screens have: converting it takes long.

    Whoever can does it on another thread than the interface's.
    """
    height, width, _ = image.shape
    return bool(height * width > _SCREEN)


def image_of_frame(image: Image) -> QImage:
    """Return a picture of its own in the format that Qt scales fastest.

    The frame is read in place. Qt scales 32-bit pictures two to three times as
    fast as 24-bit ones, so the one conversion pays for itself. A vast picture
    comes out smaller, still with the pixels of a large screen.

    Parameters
    ----------
    image
        uint8 (height, width, 3), BGR.
    """
    if is_vast(image):
        image = _shrunk(image)
    height, width, _ = image.shape
    pixels = np.ascontiguousarray(image)
    # PyQt takes any buffer; its annotations know bytes only.
    wrapped: QImage = QImage(  # type: ignore[call-overload]
        pixels.data, width, height, 3 * width, QImage.Format.Format_BGR888
    )
    return wrapped.convertToFormat(QImage.Format.Format_RGB32)


def tile_picture(image: Image, width: int) -> QImage:
    """Return a picture no wider than a tile shows it; takes a while, so not for the interface.

    Parameters
    ----------
    image
        uint8 (height, width, 3), BGR.
    width
        Pixels of the screen.
    """
    import cv2  # here, as only who has several sources needs it

    height, wide, _ = image.shape
    if wide > width > 0:
        size = (width, max(round(height * width / wide), 1))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    return image_of_frame(image)


def _shrunk(image: Image) -> Image:
    """Return a picture with a whole part of the columns and rows, no more than a screen's."""
    import cv2  # here, as hardly anybody needs it and it takes a while

    height, width, _ = image.shape
    times = ceil(sqrt(height * width / _SCREEN))
    size = (max(width // times, 1), max(height // times, 1))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


class ScreenPicture:
    """Keeps the last picture drawn in the pixels of the screen.

    Skeletons are drawn more often than pictures come, and the screen may have other
    pixels than the picture: drawing it again is a copy, pixel for pixel.
    """

    def __init__(self) -> None:
        self._key: tuple[int, int, int, bool] | None = None
        self._scaled = QImage()

    def forget(self) -> None:
        """Keep nothing."""
        self._key, self._scaled = None, QImage()

    def paint(
        self, painter: QPainter, picture: QImage, area: QRectF, *, mirrored: bool, ratio: float
    ) -> None:
        """Draw a picture.

        Parameters
        ----------
        painter
            Where to draw.
        picture
            What to draw.
        area
            Where, in the painter's pixels; up to half a pixel of the screen off, so that
            the edges are sharp.
        mirrored
            Whether left and right are exchanged.
        ratio
            Pixels of the screen per pixel of the painter.
        """
        left, top = round(area.left() * ratio), round(area.top() * ratio)
        size = QSize(
            max(round(area.right() * ratio) - left, 1), max(round(area.bottom() * ratio) - top, 1)
        )
        key = (picture.cacheKey(), size.width(), size.height(), mirrored)
        if key != self._key:
            if self._scaled.size() != size:
                self._scaled = QImage(size, QImage.Format.Format_RGB32)
            _scale(picture, self._scaled, mirrored)
            self._key = key
        target = QRectF(left / ratio, top / ratio, size.width() / ratio, size.height() / ratio)
        painter.drawImage(target, self._scaled)


def _scale(picture: QImage, onto: QImage, mirrored: bool) -> None:
    """Draw all of a picture over all of another, left and right exchanged if `mirrored`."""
    size = onto.size()
    if picture.width() > _SHRUNK * size.width():
        # Qt's painter looks at four pixels only, which makes small edges crawl.
        picture = picture.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    painter = QPainter(onto)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, picture.size() != size)
    if mirrored:
        painter.translate(size.width(), 0.0)
        painter.scale(-1.0, 1.0)
    painter.drawImage(QRectF(0.0, 0.0, size.width(), size.height()), picture)
    painter.end()
