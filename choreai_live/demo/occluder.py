"""The loudspeaker in the foreground, behind which a dancer can disappear."""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from choreai_live.demo.camera import Camera
from choreai_live.demo.geometry import Array
from choreai_live.messages import Image

#: How far from the camera to the middle of the stage it stands.
_WHERE: Final = 0.66
_HEIGHT: Final = 1.92
#: Pixels of the picture of its front.
_SIZE: Final = (256, 720)


class Loudspeaker:
    """A loudspeaker between the camera and the stage.

    Parameters
    ----------
    camera
        The camera that films it.
    size
        Width and height of the picture, pixels.
    behind
        x of the middle of what it hides on the line through the middle of the
        stage, and half the width of that; metres.
    """

    def __init__(self, camera: Camera, size: tuple[int, int], behind: tuple[float, float]) -> None:
        distance = float(camera.position[2])
        z = distance * (1.0 - _WHERE)
        middle, half = behind[0] * _WHERE, behind[1] * _WHERE
        corners = np.array(
            (
                (middle - half, _HEIGHT, z),
                (middle + half, _HEIGHT, z),
                (middle + half, 0.0, z),
                (middle - half, 0.0, z),
            )
        )
        pixels, _ = camera.projected(corners)
        width, height = _SIZE
        front = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32) - 0.5
        transform = cv2.getPerspectiveTransform(front, pixels.astype(np.float32))
        low = np.clip(np.floor(pixels.min(axis=0)) - 1, 0, size).astype(int)
        high = np.clip(np.ceil(pixels.max(axis=0)) + 2, 0, size).astype(int)
        self._box = (int(low[0]), int(low[1]), int(high[0]), int(high[1]))
        face = cv2.warpPerspective(_front(), transform, size, flags=cv2.INTER_AREA)
        cover = cv2.warpPerspective(
            np.full((height, width), 1.0, np.float32), transform, size, flags=cv2.INTER_LINEAR
        )
        piece = np.s_[self._box[1] : self._box[3], self._box[0] : self._box[2]]
        self._face = np.asarray(face[piece], np.uint8)
        self._cover = np.asarray(cover[piece], np.float32)

    def draw(self, image: Image) -> None:
        """Draw it into ``image``, uint8 (height, width, 3), in front of everything."""
        x1, y1, x2, y2 = self._box
        piece = image[y1:y2, x1:x2]
        cv2.blendLinear(self._face, piece, self._cover, 1.0 - self._cover, dst=piece)

    def hides(self, points: Array) -> npt.NDArray[np.bool_]:
        """Return which of the points (points, 2) of the picture, pixels, lie behind it."""
        x1, y1, x2, y2 = self._box
        columns = np.rint(points[:, 0]).astype(int) - x1
        rows = np.rint(points[:, 1]).astype(int) - y1
        inside = (columns >= 0) & (rows >= 0) & (columns < x2 - x1) & (rows < y2 - y1)
        hidden = np.zeros(len(points), np.bool_)
        hidden[inside] = self._cover[rows[inside], columns[inside]] > 0.5
        return hidden


def _front() -> Image:
    """Return the picture of its front: a cabinet with two cones and a horn."""
    width, height = _SIZE
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    across, down = x / width - 0.5, y / height
    light = 0.20 - 0.10 * down - 0.10 * across
    edge = np.minimum(np.minimum(x, width - 1 - x), np.minimum(y, height - 1 - y))
    light += 0.10 * np.exp(-(((edge - 4.0) / 2.5) ** 2))
    for middle, radius in ((0.17, 0.20), (0.45, 0.40), (0.78, 0.40)):
        away = np.hypot(x - width / 2, y - middle * height) / (radius * width)
        slope = (y - middle * height) / (radius * width)
        light = np.where(away < 1.08, 0.12 - 0.10 * slope, light)
        light = np.where(away < 1.0, 0.055 + 0.06 * slope + 0.03 * away, light)
        light = np.where(away < 0.36, 0.10 - 0.16 * slope, light)
    colour = np.clip(light, 0.0, 1.0)[..., None] * np.array((1.0, 0.92, 0.90)) * 255.0
    # A thin line of light, so that the eye knows it for a thing of the stage.
    lit = (np.abs(down - 0.305) < 0.003) & (np.abs(across) < 0.40)
    colour[lit] = (120.0, 150.0, 250.0)
    return np.asarray(cv2.GaussianBlur(colour, (0, 0), 0.8), np.uint8)
