"""The shadows that dancers cast on the floor: what makes them stand on it."""

from collections.abc import Iterator, Sequence
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
_CELL: Final = 0.04
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
#: Points under a shoe, in the foot's frame.
_SOLE: Final = np.array(((0.0, -0.07, -0.03), (0.0, -0.07, 0.06), (0.0, -0.07, 0.14)))
#: Bits after the point that OpenCV draws with.
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
        self._size = size
        mapped = (corners[:, [0, 2]] - (_LEFT, _BACK)) / _CELL
        self._to_picture = cv2.getPerspectiveTransform(
            mapped.astype(np.float32), pixels.astype(np.float32)
        )

    def shade(self, image: Image, bodies: Sequence[Body]) -> None:
        """Darken the floor in ``image``, uint8 (height, width, 3), below and behind the bodies."""
        soft = np.zeros(self._cells, np.uint8)
        close = np.zeros(self._cells, np.uint8)
        for body in bodies:
            for start, end, radius in _BONES:
                _cast(soft, body.origins[start], body.origins[end], radius)
        # The darkest last, so that it covers the fainter ones around it.
        for darkness, radius, point in sorted(_presses(bodies)):
            cv2.circle(close, point, radius, darkness, -1, cv2.LINE_AA, _SHIFT)
        shadow = cv2.addWeighted(
            cv2.GaussianBlur(soft, (0, 0), 0.1 / _CELL),
            0.50,
            cv2.GaussianBlur(close, (0, 0), 0.04 / _CELL),
            0.62,
            0,
        )
        left, top, width, height = cv2.boundingRect(shadow)
        corners = np.array(
            ((left, top), (left + width, top), (left, top + height), (left + width, top + height)),
            np.float32,
        )
        pixels = cv2.perspectiveTransform(corners[None], self._to_picture)[0]
        low = np.clip(np.floor(pixels.min(axis=0)), 0, self._size).astype(int)
        high = np.clip(np.ceil(pixels.max(axis=0)) + 1, 0, self._size).astype(int)
        if (low >= high).any():
            return
        shift = np.array(((1.0, 0.0, -low[0]), (0.0, 1.0, -low[1]), (0.0, 0.0, 1.0)))
        size = (int(high[0] - low[0]), int(high[1] - low[1]))
        seen = cv2.warpPerspective(shadow, shift @ self._to_picture, size).astype(np.float32)
        seen *= 1.0 / 255.0
        piece = image[low[1] : high[1], low[0] : high[0]]
        cv2.blendLinear(piece, np.zeros_like(piece), 1.0 - seen, seen, dst=piece)


def _cast(cells: Image, start: Array, end: Array, radius: float) -> None:
    """Draw the shadow of one bone; ``start`` and ``end`` are (3,) in the world."""
    a, b = (_cell(*(point[[0, 2]] + _CAST * point[1]).tolist()) for point in (start, end))
    thickness = max(round(2 * radius / _CELL), 1)
    cv2.line(cells, a, b, 255, thickness, cv2.LINE_AA, _SHIFT)


def _presses(bodies: Sequence[Body]) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Yield darkness, radius and middle of a spot wherever a shoe nearly touches the floor."""
    for body in bodies:
        for foot in (LEFT_FOOT_FRAME, RIGHT_FOOT_FRAME):
            soles = body.origins[foot] + _SOLE @ body.axes[foot].T
            for x, y, z in soles.tolist():
                height = max(y, 0.0)
                darkness = int(255 * max(1.0 - height / 0.16, 0.0) ** 2)
                if darkness:
                    radius = (0.055 + 0.3 * height) / _CELL * 2**_SHIFT
                    yield darkness, int(radius), _cell(x, z)


def _cell(x: float, z: float) -> tuple[int, int]:
    scale = 2**_SHIFT / _CELL
    return int((x - _LEFT) * scale), int((z - _BACK) * scale)
