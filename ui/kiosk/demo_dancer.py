"""The demo dancer on the attract screen: rendered into the light that stands there."""

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage

from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.messages import Image
from choreai_live.ui.kiosk.pixels import image_of, pixels_of
from choreai_live.ui.style_look import StyleLook, StyleLooks

#: The picture's width as a share of its height: room for both arms.
SHAPE: Final = 0.84
#: Where the feet stand, as a share of the height.
FEET: Final = 0.862
#: Higher pictures are drawn from this one: the machine has other things to do.
_MOST_ROWS: Final = 840


class DemoDancer:
    """Draws the dancer, at any moment asked for."""

    def __init__(self) -> None:
        self._scene = DemoScene(SceneSettings())
        self._behind: Image | None = None
        self._looks = StyleLooks(("afrobeat", "classical", "hiphop"))

    def stand_before(self, behind: QImage) -> None:
        """Dance before this picture from now on; its shape is to be about ``SHAPE``."""
        if behind.height() > _MOST_ROWS:
            behind = behind.scaledToHeight(_MOST_ROWS, Qt.TransformationMode.SmoothTransformation)
        self._behind = np.ascontiguousarray(pixels_of(behind)[..., :3])
        height, width, _ = self._behind.shape
        scene = self._scene.settings
        if (scene.width, scene.height) != (width, height):
            self._scene = DemoScene(replace(scene, width=width, height=height))

    def change(self, seed: int) -> None:
        """Send in another dancer."""
        self._scene = DemoScene(replace(self._scene.settings, seed=seed))

    def look(self, time: float) -> StyleLook:
        """Return the look of the style that is danced at `time` seconds."""
        return self._looks.of(self._scene.dance(time))

    def picture(self, time: float) -> QImage | None:
        """Return the dancer at `time` seconds before the picture; None without one."""
        if self._behind is None:
            return None
        drawn = self._scene.render(time, self._behind.copy())
        return image_of(np.asarray(cv2.cvtColor(drawn, cv2.COLOR_BGR2BGRA), np.uint8)).copy()
