"""What would help the style model, where the picture tells."""

from typing import Final

import numpy as np
from PyQt6.QtCore import QCoreApplication

from choreai_live import skeleton
from choreai_live.messages import Track

_SEEN: Final = 0.3

translate = QCoreApplication.translate


def readout_hint(track: Track, width: int, height: int) -> str:
    """Return one sentence for the dancer, empty if the body is well in view.

    Parameters
    ----------
    track
        The dancer.
    width, height
        Of the picture, pixels.
    """
    pose = track.pose
    ankles = [skeleton.LEFT_ANKLE, skeleton.RIGHT_ANKLE]
    if np.all(pose.scores[ankles] < _SEEN) or np.all(pose.keypoints[ankles, 1] > height):
        return translate("ReadoutHint", "Step back so that your legs are in view.")
    if float(pose.box[3] - pose.box[1]) < 0.2 * height:
        return translate("ReadoutHint", "Come a little closer.")
    return ""
