"""Drawing one dancer's skeleton over the picture."""

from collections.abc import Callable
from typing import Final

import numpy as np
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen

from choreai_live import skeleton
from choreai_live.messages import Pose, Track
from choreai_live.ui import theme

Place = Callable[[float, float], QPointF]

#: Scores between which a keypoint goes from invisible to fully drawn.
_DOUBTFUL: Final = 0.15
_CERTAIN: Final = 0.55
#: Frames over which the skeleton of a dancer out of sight fades away.
_FADE_FRAMES: Final = 12

_LIMBS: Final = tuple(
    (a, b) for a, b in skeleton.LIMBS if a not in skeleton.FACE and b not in skeleton.FACE
)
_BODY: Final = tuple(k for k in range(skeleton.KEYPOINT_COUNT) if k not in skeleton.FACE)


def presence(track: Track) -> float:
    """Return how much of a dancer to show: 1 when seen, less the longer out of sight."""
    return max(0.0, 1.0 - track.missed / _FADE_FRAMES)


def paint_skeleton(
    painter: QPainter, track: Track, place: Place, scale: float, colour: QColor
) -> None:
    """Draw limbs, joints and head of one dancer.

    Parameters
    ----------
    painter
        Where to draw.
    track
        The dancer; a doubtful keypoint is drawn faint, and everything while
        the dancer is out of sight.
    place
        From pixels of the frame to the widget.
    scale
        Widget pixels per frame pixel.
    colour
        Of the dancer's style.
    """
    pose = track.pose
    shown = presence(track) * np.clip((pose.scores - _DOUBTFUL) / (_CERTAIN - _DOUBTFUL), 0.0, 1.0)
    points = [place(float(x), float(y)) for x, y in pose.keypoints]
    width = min(max(float(pose.box[3] - pose.box[1]) * scale * 0.013, 2.0), 11.0)

    painter.setBrush(Qt.BrushStyle.NoBrush)
    limbs = [(points[a], points[b], float(min(shown[a], shown[b]))) for a, b in _LIMBS]
    head = _head(pose, shown, place, scale)
    # A dark edge first keeps the skeleton legible on any picture.
    for ink, thickness, strength in (
        (QColor(0, 0, 0), width * 1.9, 0.45),
        (colour, width, 1.0),
    ):
        for start, end, opacity in limbs:
            if opacity > 0.02:
                painter.setPen(_pen(ink, thickness, opacity * strength))
                painter.drawLine(start, end)
        if head is not None:
            centre, radius, collar, opacity = head
            painter.setPen(_pen(ink, thickness, opacity * strength))
            painter.drawEllipse(centre, radius, radius)
            if collar is not None:
                painter.drawLine(*collar)

    painter.setPen(Qt.PenStyle.NoPen)
    for keypoint in _BODY:
        opacity = float(shown[keypoint])
        if opacity > 0.02:
            painter.setBrush(theme.faded(QColor(0, 0, 0), 0.5 * opacity))
            painter.drawEllipse(points[keypoint], width * 1.15, width * 1.15)
            painter.setBrush(theme.faded(QColor(255, 255, 255), opacity))
            painter.drawEllipse(points[keypoint], width * 0.8, width * 0.8)


def _pen(colour: QColor, width: float, opacity: float) -> QPen:
    pen = QPen(theme.faded(colour, opacity), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen


def _head(
    pose: Pose, shown: np.ndarray, place: Place, scale: float
) -> tuple[QPointF, float, tuple[QPointF, QPointF] | None, float] | None:
    """Return centre, radius, neck line and opacity of the head, None if it is not seen."""
    face = list(skeleton.FACE)
    weights = shown[face]
    if weights.max() < 0.3:
        return None
    middle = np.average(pose.keypoints[face], axis=0, weights=weights + 1e-6)
    shoulders = pose.keypoints[[skeleton.LEFT_SHOULDER, skeleton.RIGHT_SHOULDER]].mean(axis=0)
    hips = pose.keypoints[[skeleton.LEFT_HIP, skeleton.RIGHT_HIP]].mean(axis=0)
    ears = pose.keypoints[[skeleton.LEFT_EAR, skeleton.RIGHT_EAR]]
    # A head is about a quarter as high as the torso is long; seen from the
    # side the ears coincide, and a dancer bending forward has a short torso.
    radius = max(
        0.21 * float(np.linalg.norm(shoulders - hips)),
        0.6 * float(np.linalg.norm(ears[0] - ears[1])),
    )
    opacity = float(weights.max())
    centre = place(float(middle[0]), float(middle[1]))
    neck = min(float(shown[skeleton.LEFT_SHOULDER]), float(shown[skeleton.RIGHT_SHOULDER]))
    collar = None
    away = shoulders - middle
    distance = float(np.linalg.norm(away))
    if neck > 0.1 and distance > radius:
        edge = middle + away / distance * radius
        collar = (
            place(float(edge[0]), float(edge[1])),
            place(float(shoulders[0]), float(shoulders[1])),
        )
    return centre, radius * scale, collar, opacity
