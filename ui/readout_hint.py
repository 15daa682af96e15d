"""What would help the style model, where the picture tells."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from PyQt6.QtCore import QCoreApplication

from choreai_live import skeleton
from choreai_live.messages import Image, Snapshot, Track
from choreai_live.ui.steadiness import Lasting

_SEEN: Final = 0.3
#: Luma, 0 to 255, which a twentieth of a picture reaches where there is light enough: a
#: dark stage with one lamp has bright places, a room with the lamp off has none.
_LIGHT: Final = 40.0
#: Share of a dancer's box that another's may cover before they are in each other's way.
_CROWDED: Final = 0.35
#: Share of the body's keypoints that may be doubtful before something hides the dancer.
_HIDDEN: Final = 0.4
#: Seconds after which a dancer has been watched for long enough to be sure.
_WARMING_UP: Final = 5.0
#: Seconds between two looks at how bright the picture is.
_LOOK: Final = 1.0

_BODY: Final = [k for k in range(skeleton.KEYPOINT_COUNT) if k not in skeleton.FACE]

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


class Hints:
    """Says why there is no readout, where that is known, and does not change its mind at once."""

    def __init__(self) -> None:
        self._lasting = Lasting()
        self._met: dict[int, float] = {}
        self._looked: float | None = None
        self._dark = False

    def forget(self) -> None:
        """Start anew, as with another source."""
        self._lasting.forget()
        self._met.clear()
        self._looked = None
        self._dark = False

    def of(self, snapshot: Snapshot, chosen: int | None) -> str:
        """Return one sentence for the dancer `chosen`, or where there is nobody; empty for none.

        Parameters
        ----------
        snapshot
            The newest.
        chosen
            The dancer read out; None while there is nobody.
        """
        time = snapshot.frame.time
        if self._looked is None or not 0 <= time - self._looked < _LOOK:
            self._looked = time
            self._dark = too_dark(snapshot.frame.image)
        self._met = {track.id: self._met.get(track.id, time) for track in snapshot.tracks}
        at_once = chosen is not None and self._met.get(chosen) == time
        return self._lasting.show(self._reason(snapshot, chosen), time, at_once=at_once)

    def _reason(self, snapshot: Snapshot, chosen: int | None) -> str:
        if self._dark:
            return translate("ReadoutHint", "It is too dark here. More light would help.")
        track = next((track for track in snapshot.tracks if track.id == chosen), None)
        if track is None:
            return ""
        height, width, _ = snapshot.frame.image.shape
        if in_the_way(track, snapshot.tracks):
            return translate("ReadoutHint", "Somebody is in the way. Leave each other some room.")
        of_the_body = readout_hint(track, width, height) if height else ""
        if of_the_body:
            return of_the_body
        if float(np.mean(track.pose.scores[_BODY] < _SEEN)) >= _HIDDEN:
            return translate("ReadoutHint", "Something is in the way, or you are half out of view.")
        if snapshot.frame.time - self._met[track.id] < _WARMING_UP:
            return translate("ReadoutHint", "Just started. Give it a few seconds.")
        return ""


def too_dark(image: Image) -> bool:
    """Return whether a picture is too dark for people to be told apart.

    Parameters
    ----------
    image
        uint8 (height, width, 3), BGR; looked at on a grid of about 32 by 24 pixels. A
        picture without pixels is not dark.
    """
    height, width, _ = image.shape
    if not height or not width:
        return False
    grid = image[:: max(1, height // 24), :: max(1, width // 32)]
    luma = grid @ np.array([0.114, 0.587, 0.299], np.float32)
    return float(np.percentile(luma, 95)) < _LIGHT


def in_the_way(track: Track, tracks: Sequence[Track]) -> bool:
    """Return whether another dancer, seen just now, covers much of `track`, or it of another."""
    x1, y1, x2, y2 = (float(edge) for edge in track.pose.box)
    area = max(x2 - x1, 0.0) * max(y2 - y1, 0.0)
    for other in tracks:
        if other.id == track.id or other.missed:
            continue
        a1, b1, a2, b2 = (float(edge) for edge in other.pose.box)
        wide, high = min(x2, a2) - max(x1, a1), min(y2, b2) - max(y1, b1)
        if area and wide > 0 and high > 0 and wide * high / area >= _CROWDED:
            return True
    return False
