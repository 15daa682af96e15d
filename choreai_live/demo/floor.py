"""The shadows that dancers cast on the floor: what makes them stand on it."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from choreai_live.demo.body import (
    CHEST_FRAME,
    HEAD_FRAME,
    LEFT_FOOT_FRAME,
    LEFT_FOREARM,
    LEFT_HAND,
    LEFT_SHIN,
    LEFT_THIGH,
    LEFT_UPPER_ARM,
    PELVIS_FRAME,
    RIGHT_FOOT_FRAME,
    RIGHT_FOREARM,
    RIGHT_HAND,
    RIGHT_SHIN,
    RIGHT_THIGH,
    RIGHT_UPPER_ARM,
    Body,
)
from choreai_live.demo.camera import Camera
from choreai_live.demo.geometry import Array
from choreai_live.messages import Image

#: Metres of floor that are looked after, x and z, and the side of one cell.
_LEFT, _RIGHT, _BACK, _FRONT = -4.0, 4.0, -3.0, 2.2
_CELL: Final = 0.025
#: Metres the shadow moves right and back for each metre above the floor.
_CAST: Final = np.array((0.34, -0.42))
#: Bones that cast: frame at either end, metres of radius.
_BONES: Final = (
    (PELVIS_FRAME, CHEST_FRAME, 0.15), (CHEST_FRAME, HEAD_FRAME, 0.12),
    (HEAD_FRAME, HEAD_FRAME, 0.10),
    (LEFT_UPPER_ARM, RIGHT_UPPER_ARM, 0.09),
    (LEFT_UPPER_ARM, LEFT_FOREARM, 0.05), (LEFT_FOREARM, LEFT_HAND, 0.045),
    (RIGHT_UPPER_ARM, RIGHT_FOREARM, 0.05), (RIGHT_FOREARM, RIGHT_HAND, 0.045),
    (LEFT_THIGH, LEFT_SHIN, 0.085), (RIGHT_THIGH, RIGHT_SHIN, 0.085),
    (LEFT_SHIN, LEFT_FOOT_FRAME, 0.06), (RIGHT_SHIN, RIGHT_FOOT_FRAME, 0.06),
)  # fmt: skip
_SHIFT: Final = 4


class Floor:
    """The floor as seen by a camera, ready to be shaded.

    Parameters
    ----------
    camera
        The camera that films it.
    size
        Width and height of the picture, pixels.
    """

    def __init__(self, camera: Camera, size: tuple[int, int]) -> None:
        self._cells = (round((_FRONT - _BACK) / _CELL), round((_RIGHT - _LEFT) / _CELL))
        corners = np.array(
            ((_LEFT, 0.0, _BACK), (_RIGHT, 0.0, _BACK), (_RIGHT, 0.0, _FRONT), (_LEFT, 0.0, _FRONT))
        )
        front = min(_FRONT, float(camera.position[2]) - 0.4)
        corners[2:, 2] = front
        pixels, _ = camera.projected(corners)
        width, height = size
        self._top = int(np.clip(np.floor(pixels[:, 1].min()), 0, height))
        pixels[:, 1] -= self._top
        self._visible = (width, height - self._top)
        mapped = (corners[:, [0, 2]] - (_LEFT, _BACK)) / _CELL
        self._to_picture = cv2.getPerspectiveTransform(
            mapped.astype(np.float32), pixels.astype(np.float32)
        )

    def shade(self, image: Image, bodies: Sequence[Body]) -> None:
        """Darken the floor in ``image``, uint8 (height, width, 3), below and behind the bodies."""
        if self._visible[1] <= 0:
            return
        soft = np.zeros(self._cells, np.uint8)
        close = np.zeros(self._cells, np.uint8)
        for body in bodies:
            for start, end, radius in _BONES:
                _cast(soft, body.origins[start], body.origins[end], radius)
            for foot in (LEFT_FOOT_FRAME, RIGHT_FOOT_FRAME):
                _press(close, body.origins[foot], body.axes[foot])
        shadow = cv2.addWeighted(
            cv2.GaussianBlur(soft, (0, 0), 4.0), 0.50, cv2.GaussianBlur(close, (0, 0), 1.6), 0.62, 0
        )
        seen = cv2.warpPerspective(shadow, self._to_picture, self._visible).astype(np.float32)
        seen *= 1.0 / 255.0
        piece = image[self._top :]
        piece[...] = cv2.blendLinear(piece, np.zeros_like(piece), 1.0 - seen, seen)


def _cast(cells: Image, start: Array, end: Array, radius: float) -> None:
    a = (start[[0, 2]] + _CAST * start[1] - (_LEFT, _BACK)) / _CELL * 2**_SHIFT
    b = (end[[0, 2]] + _CAST * end[1] - (_LEFT, _BACK)) / _CELL * 2**_SHIFT
    thickness = max(round(2 * radius / _CELL), 1)
    cv2.line(cells, (int(a[0]), int(a[1])), (int(b[0]), int(b[1])), 255, thickness, 16, _SHIFT)


def _press(cells: Image, ankle: Array, axes: Array) -> None:
    """Draw where a shoe nearly touches the floor."""
    for along in (-0.03, 0.06, 0.14):
        point = ankle + axes @ (0.0, -0.07, along)
        height = max(float(point[1]), 0.0)
        darkness = int(255 * max(1.0 - height / 0.16, 0.0) ** 2)
        if darkness:
            centre = (point[[0, 2]] - (_LEFT, _BACK)) / _CELL * 2**_SHIFT
            radius = int((0.055 + 0.3 * height) / _CELL * 2**_SHIFT)
            blob = np.zeros_like(cells)
            cv2.circle(blob, (int(centre[0]), int(centre[1])), radius, darkness, -1, 16, _SHIFT)
            np.maximum(cells, blob, out=cells)
