"""Trails behind hands and feet: the last half second of a movement, as light."""

from collections import deque
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPolygonF

from choreai_live import skeleton
from choreai_live.messages import Track
from choreai_live.ui import theme
from choreai_live.ui.skeleton_painter import Place, limb_width, presence, visibility

#: Seconds of movement a trail shows.
SECONDS: Final = 0.55
#: After a longer pause, seconds, a trail begins anew; and where a joint is less shown than this.
_LONGEST: Final = 0.25
_FAINT: Final = 0.3
#: A joint that moved less than this share of the dancer's height leaves no trail.
_STILL: Final = 0.05
#: Points drawn for each that was seen.
_FINER: Final = 2
#: Share of a trail, newest part; its width, in limbs; its opacity. Laid over one another the
#: light grows towards the joint without a seam.
_LAYERS: Final = ((1.0, 3.4, 0.14), (1.0, 1.8, 0.24), (0.55, 1.6, 0.34))
#: Weights of a point and its neighbours: joints tremble, trails must not.
_SMOOTH: Final = (1.0, 4.0, 6.0, 4.0, 1.0)

_TIPS: Final = (
    skeleton.LEFT_WRIST,
    skeleton.RIGHT_WRIST,
    skeleton.LEFT_ANKLE,
    skeleton.RIGHT_ANKLE,
)

Line = npt.NDArray[np.float64]


class Trails:
    """Remembers where hands and feet were, and draws it."""

    def __init__(self) -> None:
        # Per dancer and joint: time, x, y in pixels of the frame.
        self._seen: dict[tuple[int, int], deque[tuple[float, float, float]]] = {}
        self._time: float | None = None

    def forget(self) -> None:
        """Start anew, as with another source."""
        self._seen.clear()
        self._time = None

    def record(self, tracks: Sequence[Track], time: float) -> None:
        """Add the dancers of one snapshot, whose frame is of `time` seconds."""
        if self._time is not None and not 0.0 <= time - self._time <= _LONGEST:
            self._seen.clear()
        self._time = time
        present = {track.id for track in tracks}
        for dancer, joint in list(self._seen):
            if dancer not in present:
                del self._seen[dancer, joint]
        for track in tracks:
            if track.missed:
                continue
            shown = visibility(track)
            for joint in _TIPS:
                if shown[joint] < _FAINT:
                    self._seen.pop((track.id, joint), None)
                    continue
                points = self._seen.setdefault((track.id, joint), deque())
                if points and time - points[-1][0] > _LONGEST:
                    points.clear()
                x, y = track.pose.keypoints[joint]
                points.append((time, float(x), float(y)))
        for points in self._seen.values():
            while points and time - points[0][0] > SECONDS:
                points.popleft()

    def paint(
        self, painter: QPainter, track: Track, place: Place, scale: float, colour: QColor
    ) -> None:
        """Draw the trails of one dancer, up to where the joints are drawn now.

        Parameters
        ----------
        painter
            Where to draw.
        track
            The dancer as drawn, which may be on the way to the last snapshot.
        place
            From pixels of the frame to the widget.
        scale
            Widget pixels per frame pixel.
        colour
            Of the dancer's style.
        """
        painter.setPen(Qt.PenStyle.NoPen)
        width = limb_width(track, scale)
        still = _STILL * float(track.pose.box[3] - track.pose.box[1]) * scale
        for joint in _TIPS:
            line = self._line(track, joint, place)
            if len(line) < 3 or np.abs(line - line[-1]).max() < still:
                continue
            curve = _curve_of(len(line)) @ line
            across = _across(curve)
            for share, wide, opacity in _LAYERS:
                painter.setBrush(theme.faded(colour, opacity * presence(track)))
                first = int(len(curve) * (1.0 - share))
                ribbon = _ribbon(curve[first:], across[first:], wide * width)
                painter.drawPolygon(ribbon, Qt.FillRule.WindingFill)

    def area(self, place: Place) -> QRectF:
        """Return what all trails lie in, in widget pixels."""
        polygon = QPolygonF([place(x, y) for points in self._seen.values() for _, x, y in points])
        return polygon.boundingRect()

    def _line(self, track: Track, joint: int, place: Place) -> Line:
        """Return where a joint was, (points, space=2), widget pixels, the oldest first."""
        points = [(x, y) for _, x, y in self._seen.get((track.id, joint), ())]
        if points and not track.missed:
            x, y = track.pose.keypoints[joint]
            points[-1] = (float(x), float(y))
        placed = (place(x, y) for x, y in points)
        return np.array([(point.x(), point.y()) for point in placed]).reshape(-1, 2)


@lru_cache(maxsize=64)
def _curve_of(count: int) -> Line:
    """Return what makes a smooth, finer curve of so many points, (finer, points)."""
    smooth = np.zeros((count, count))
    for row in range(count):
        # As many neighbours on either side, so that the ends stay where they are.
        near = min(row, count - 1 - row, 2)
        weights = np.array(_SMOOTH[2 - near : 3 + near])
        smooth[row, row - near : row + near + 1] = weights / weights.sum()
    places = np.linspace(0.0, count - 1.0, _FINER * (count - 1) + 1)
    curve = np.zeros((len(places), count))
    for row, place in enumerate(places):
        start = min(int(place), count - 2)
        t = place - start
        # Catmull and Rom's curve through four points; beyond an end the end counts again.
        shares = (
            -0.5 * t + t * t - 0.5 * t**3,
            1.0 - 2.5 * t * t + 1.5 * t**3,
            0.5 * t + 2.0 * t * t - 1.5 * t**3,
            -0.5 * t * t + 0.5 * t**3,
        )
        for share, point in zip(shares, range(start - 1, start + 3), strict=True):
            curve[row, min(max(point, 0), count - 1)] += share
    return np.asarray(curve @ smooth @ smooth, np.float64)


def _across(curve: Line) -> Line:
    """Return the directions square to the curve, (points, space=2)."""
    along = np.gradient(curve, axis=0)
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-3)[:, None]
    return np.asarray(np.stack((-along[:, 1], along[:, 0]), axis=1) / length, np.float64)


def _ribbon(curve: Line, across: Line, width: float) -> QPolygonF:
    """Return a ribbon along the curve, from nothing to `width` pixels."""
    half = 0.5 * width * np.linspace(0.0, 1.0, len(curve))[:, None] ** 0.7 * across
    outline = np.concatenate((curve + half, (curve - half)[::-1]))
    return QPolygonF(map(QPointF, *outline.T.tolist()))
