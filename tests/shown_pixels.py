"""What widgets show, as arrays."""

import numpy as np
from PyQt6.QtGui import QColor, QImage
from PyQt6.QtWidgets import QWidget


def pixels(widget: QWidget) -> np.ndarray:
    """Return int (height, width, 3), RGB: what the widget shows, in device pixels."""
    return rgb(widget.grab().toImage())


def rgb(image: QImage) -> np.ndarray:
    """Return int (height, width, 3), RGB: the pixels of an image."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    bits = image.constBits()
    assert bits is not None
    rows = np.frombuffer(bits.asarray(image.sizeInBytes()), np.uint8)
    rows = rows.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()]
    return rows.reshape(image.height(), image.width(), 3).astype(int)


def share_of(colour: QColor, picture: np.ndarray, tolerance: int = 10) -> float:
    """Return the share of the pixels of a picture, (height, width, 3) RGB, of about this colour."""
    wanted = [colour.red(), colour.green(), colour.blue()]
    return float((np.abs(picture - wanted).max(axis=2) <= tolerance).mean())
