"""Drawing one dancer's skeleton over the picture."""

from collections.abc import Callable
from typing import Final

import numpy as np
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPen, QPolygonF

from choreai_live import skeleton
from choreai_live.messages import Floats, Pose, Track
from choreai_live.ui import theme

Place = Callable[[float, float], QPointF]

#: Scores between which a keypoint goes from invisible to fully drawn.
_DOUBTFUL: Final = 0.15
_CERTAIN: Final = 0.55
#: Frames over which the skeleton of a dancer out of sight fades away.
_FADE_FRAMES: Final = 12
#: What is shown less than this is not drawn.
_FAINT: Final = 0.02
#: A limb ends no more than so many times as strong as its other end: a joint that nobody
#: saw must not be pointed at.
_SUPPORT: Final = 3.0

_BLACK: Final = QColor(0, 0, 0)
_WHITE: Final = QColor(255, 255, 255)
#: How strong the dark edge, the sheen in the trunk.
_EDGE: Final = 0.42
_SHEEN: Final = 0.16
#: Shares of white in a limb from the trunk outwards: at its root, at its end.
_TRUNK: Final = (0.0, 0.0)
_UPPER: Final = (0.0, 0.0)
_LOWER: Final = (0.0, 0.35)

_OUTER: Final = (*skeleton.LEGS[-4:], 7, 8, 9, 10)
_BODY: Final = tuple(k for k in range(skeleton.KEYPOINT_COUNT) if k not in skeleton.FACE)


def _tints(a: int, b: int) -> tuple[float, float]:
    if b in (skeleton.LEFT_WRIST, skeleton.RIGHT_WRIST, skeleton.LEFT_ANKLE, skeleton.RIGHT_ANKLE):
        return _LOWER
    return _UPPER if b in _OUTER else _TRUNK


#: Joint nearer to the trunk, joint farther, tints.
_LIMBS: Final = tuple(
    (a, b, _tints(a, b))
    for a, b in skeleton.LIMBS
    if a not in skeleton.FACE and b not in skeleton.FACE
)


def presence(track: Track) -> float:
    """Return how much of a dancer to show: 1 when seen, less the longer out of sight."""
    return max(0.0, 1.0 - track.missed / _FADE_FRAMES)


def visibility(track: Track) -> Floats:
    """Return how much of each joint to show, float32 (keypoints=17,), 0 to 1."""
    certain = np.clip((track.pose.scores - _DOUBTFUL) / (_CERTAIN - _DOUBTFUL), 0.0, 1.0)
    return np.asarray(presence(track) * certain, np.float32)


def limb_width(track: Track, scale: float) -> float:
    """Return how thick a limb is drawn, pixels; `scale` is widget pixels per frame pixel."""
    box = track.pose.box
    return min(max(float(box[3] - box[1]) * scale * 0.0135, 2.0), 11.0)


def paint_skeleton(
    painter: QPainter, track: Track, place: Place, scale: float, colour: QColor
) -> None:
    """Draw limbs, joints and head of one dancer.

    Parameters
    ----------
    painter
        Where to draw.
    track
        The dancer; a doubtful keypoint is drawn faint, a limb fades towards it, and
        everything fades while the dancer is out of sight.
    place
        From pixels of the frame to the widget.
    scale
        Widget pixels per frame pixel.
    colour
        Of the dancer's style.
    """
    pose = track.pose
    shown = visibility(track)
    points = [place(float(x), float(y)) for x, y in pose.keypoints]
    width = limb_width(track, scale)
    head = _head(pose, shown, place, scale)
    limbs = [
        (points[a], points[b], _strengths(float(shown[a]), float(shown[b])), tints)
        for a, b, tints in _LIMBS
    ]
    limbs = [limb for limb in limbs if max(limb[2]) > _FAINT]

    _paint_sheen(painter, points, shown, colour)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # A dark edge first keeps the skeleton legible on any picture.
    for start, end, strengths, _ in limbs:
        inks = (theme.faded(_BLACK, _EDGE * strength) for strength in strengths)
        painter.setPen(_pen(_along(start, end, *inks), width * 1.8))
        painter.drawLine(start, end)
    if head is not None:
        _paint_head(painter, head, theme.faded(_BLACK, _EDGE * head[3]), width * 1.6)
    for start, end, strengths, tints in limbs:
        colours = [
            theme.faded(theme.blend(colour, _WHITE, tint), strength)
            for tint, strength in zip(tints, strengths, strict=True)
        ]
        painter.setPen(_pen(_along(start, end, *colours), width))
        painter.drawLine(start, end)
    if head is not None:
        _paint_head(painter, head, theme.faded(colour, head[3]), width * 0.95)

    painter.setPen(Qt.PenStyle.NoPen)
    for keypoint in _BODY:
        opacity = float(shown[keypoint])
        if opacity > _FAINT:
            radius = width * (0.45 + 0.25 * opacity)
            painter.setBrush(theme.faded(_BLACK, 0.5 * opacity))
            painter.drawEllipse(points[keypoint], radius + 0.3 * width, radius + 0.3 * width)
            painter.setBrush(theme.faded(_WHITE, opacity))
            painter.drawEllipse(points[keypoint], radius, radius)


def _strengths(a: float, b: float) -> tuple[float, float]:
    """Return how strong a limb is drawn at either end."""
    return min(a, _SUPPORT * b), min(b, _SUPPORT * a)


def _paint_sheen(painter: QPainter, points: list[QPointF], shown: Floats, colour: QColor) -> None:
    """Lay the colour of the style thinly over the trunk."""
    strength = float(shown[list(skeleton.TORSO)].min())
    if strength > _FAINT:
        left_shoulder, right_shoulder, left_hip, right_hip = (points[k] for k in skeleton.TORSO)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.faded(colour, _SHEEN * strength))
        painter.drawPolygon(QPolygonF([left_shoulder, right_shoulder, right_hip, left_hip]))


def _along(start: QPointF, end: QPointF, first: QColor, last: QColor) -> QBrush:
    if first == last:
        return QBrush(first)
    gradient = QLinearGradient(start, end)
    gradient.setColorAt(0.0, first)
    gradient.setColorAt(1.0, last)
    return QBrush(gradient)


def _pen(brush: QBrush, width: float) -> QPen:
    return QPen(
        brush, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


_Head = tuple[QPointF, float, tuple[QPointF, QPointF] | None, float]


def _paint_head(painter: QPainter, head: _Head, ink: QColor, width: float) -> None:
    centre, radius, collar, _ = head
    painter.setPen(_pen(QBrush(ink), width))
    painter.drawEllipse(centre, radius, radius)
    if collar is not None:
        painter.drawLine(*collar)


def _head(pose: Pose, shown: Floats, place: Place, scale: float) -> _Head | None:
    """Return centre, radius, neck line and opacity of the head, None if it is not seen."""
    face = list(skeleton.FACE)
    weights = shown[face]
    if weights.max() <= _FAINT:
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
    # Fades with the face as joints do, without the hop of a threshold.
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
