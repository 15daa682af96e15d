"""From Qt's pictures to arrays and back, 32 bits per pixel: what Qt draws fastest."""

import numpy as np
from PyQt6.QtGui import QImage

from choreai_live.messages import Image


def image_of(pixels: Image) -> QImage:
    """Return a picture that shares its memory with `pixels`, uint8 (height, width, 4), BGRX."""
    height, width, _ = pixels.shape
    # PyQt takes any buffer; its annotations know bytes only.
    return QImage(  # type: ignore[call-overload, no-any-return]
        pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32
    )


def pixels_of(picture: QImage) -> Image:
    """Return a copy of a picture, uint8 (height, width, 4), BGRX."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    # The annotations of what PyQt gives here know no buffer either.
    flat = np.asarray(plain.constBits().asarray(plain.sizeInBytes()), np.uint8)
    return flat.reshape(plain.height(), plain.width(), 4).copy()
