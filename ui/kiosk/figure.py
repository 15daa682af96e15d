"""A dancer as a figure of light: round limbs on the true joints, nothing of the person."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPolygonF

from choreai_live import skeleton
from choreai_live.ui import theme
from choreai_live.ui.kiosk.shapes import Ball, ball, limb, skin

Array = npt.NDArray[np.floating]

# Radii, as shares of the length of the torso.
_SHOULDER: Final = 0.1
_ELBOW: Final = 0.078
_WRIST: Final = 0.058
_WAIST: Final = 0.2
_HIP: Final = 0.15
_KNEE: Final = 0.105
_ANKLE: Final = 0.066
_NECK: Final = 0.075
_HEAD: Final = 0.205

#: Below this a joint is not drawn; below twice this, half.
_FAINT: Final = 0.05


@dataclass(frozen=True, eq=False, slots=True)
class Figure:
    """One body as it stands on the screen.

    Parameters
    ----------
    joints
        (keypoints=17, space=2): COCO-17 order, pixels of the screen.
    shown
        (keypoints=17,): how much of each joint to show, 0 to 1.
    head
        Middle of the head, pixels; None where it is not seen.
    torso
        Length of the torso seen from the front, pixels: the measure of all thickness.
    """

    joints: Array
    shown: Array
    head: tuple[float, float] | None
    torso: float


def paint_figure(
    painter: QPainter, figure: Figure, colour: QColor, *, grown: float = 0.0, opacity: float = 1.0
) -> None:
    """Draw a body of light: white hands and head, the colour in trunk and legs.

    Parameters
    ----------
    painter
        Where to draw.
    figure
        The body.
    colour
        Of its style.
    grown
        How much thicker every part is, as a share of the torso; with it the
        body is all colour, to be blurred into the shine around a body.
    opacity
        Of everything, 0 to 1.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for part in _parts(figure, grown):
        painter.setOpacity(part.shown * opacity)
        if grown:
            painter.setBrush(colour)
        else:
            gradient = QLinearGradient(part.root, part.end)
            for place, share in zip((0.0, 0.5, 1.0), part.tints, strict=True):
                gradient.setColorAt(place, theme.blend(QColor(255, 255, 255), colour, share))
            painter.setBrush(gradient)
        painter.drawPath(part.path)
    painter.restore()


@dataclass(slots=True)
class _Part:
    """What is drawn in one go: an arm, a leg, the trunk, the head.

    The light runs from `root` to `end`; `tints` are the shares of colour in it
    at the root, half-way and at the end.
    """

    path: QPainterPath
    shown: float
    root: QPointF
    end: QPointF
    tints: tuple[float, float, float]


_ARMS: Final = (
    (skeleton.LEFT_SHOULDER, skeleton.LEFT_ELBOW, skeleton.LEFT_WRIST),
    (skeleton.RIGHT_SHOULDER, skeleton.RIGHT_ELBOW, skeleton.RIGHT_WRIST),
)
_LEGS: Final = (
    (skeleton.LEFT_HIP, skeleton.LEFT_KNEE, skeleton.LEFT_ANKLE),
    (skeleton.RIGHT_HIP, skeleton.RIGHT_KNEE, skeleton.RIGHT_ANKLE),
)


def _parts(figure: Figure, grown: float) -> list[_Part]:
    """Return what is seen of the body, the parts behind first."""
    legs = [
        _limb(figure, chain, (_HIP + grown, _KNEE + grown, _ANKLE + grown), (0.40, 0.62, 0.92))
        for chain in _LEGS
    ]
    arms = [
        _limb(figure, chain, (_SHOULDER + grown, _ELBOW + grown, _WRIST + grown), (0.14, 0.06, 0))
        for chain in _ARMS
    ]
    parts = [*legs, _trunk(figure, grown), *_head(figure, grown), *arms]
    return [part for part in parts if part.shown > _FAINT]


def _limb(
    figure: Figure,
    chain: tuple[int, int, int],
    radii: tuple[float, float, float],
    tints: tuple[float, float, float],
) -> _Part:
    """Return a limb of two bones, as far as it is seen."""
    path = _empty()
    seen = [float(figure.shown[joint]) for joint in chain]
    balls = [_at(figure, joint, radius) for joint, radius in zip(chain, radii, strict=True)]
    for upper, lower in ((0, 1), (1, 2)):
        if min(seen[upper], seen[lower]) > _FAINT:
            _add(path, limb(balls[upper], balls[lower]))
    shown = 0.0 if path.isEmpty() else max(min(seen[:2]), min(seen[1:]))
    return _Part(path, shown, QPointF(*balls[0][:2]), QPointF(*balls[2][:2]), tints)


def _trunk(figure: Figure, grown: float) -> _Part:
    shoulders = [
        _at(figure, joint, _SHOULDER + grown)
        for joint in (skeleton.LEFT_SHOULDER, skeleton.RIGHT_SHOULDER)
    ]
    hips = [_at(figure, joint, _HIP + grown) for joint in (skeleton.LEFT_HIP, skeleton.RIGHT_HIP)]
    chest, pelvis = _between(shoulders[0], shoulders[1], 0.5), _between(hips[0], hips[1], 0.5)
    waist = (*_between(chest, pelvis, 0.55)[:2], (_WAIST + grown) * figure.torso)
    path = _empty()
    _add(path, skin([*shoulders, waist]))
    _add(path, skin([waist, *hips]))
    if figure.head is not None:  # shoulders slope down from the neck
        nape = _between(chest, (*figure.head, 0.0), 0.30)
        slopes = [(x, y, 0.6 * radius) for x, y, radius in shoulders]
        _add(path, skin([*slopes, (*nape[:2], (_NECK + grown) * figure.torso)]))
    shown = float(np.min(figure.shown[list(skeleton.TORSO)]))
    return _Part(path, shown, QPointF(*chest[:2]), QPointF(*pelvis[:2]), (0.12, 0.25, 0.42))


def _head(figure: Figure, grown: float) -> list[_Part]:
    if figure.head is None:
        return []
    shoulders = [
        _at(figure, joint, 0.0) for joint in (skeleton.LEFT_SHOULDER, skeleton.RIGHT_SHOULDER)
    ]
    x, y, _ = _between(shoulders[0], shoulders[1], 0.5)
    path = _empty()
    _add(path, ball((*figure.head, (_HEAD + grown) * figure.torso)))
    if float(np.min(figure.shown[list(skeleton.TORSO)])) > _FAINT:
        thick = (_NECK + grown) * figure.torso
        _add(path, limb((x, y, thick), (*figure.head, thick)))
    shown = float(np.max(figure.shown[list(skeleton.FACE)]))
    return [_Part(path, shown, QPointF(*figure.head), QPointF(x, y), (0.0, 0.05, 0.12))]


def _at(figure: Figure, joint: int, radius: float) -> Ball:
    x, y = figure.joints[joint]
    return float(x), float(y), radius * figure.torso


def _between(a: Ball, b: Ball, share: float) -> Ball:
    return (
        a[0] + (b[0] - a[0]) * share,
        a[1] + (b[1] - a[1]) * share,
        a[2] + (b[2] - a[2]) * share,
    )


def _empty() -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _add(path: QPainterPath, outline: QPolygonF) -> None:
    path.addPolygon(outline)
    path.closeSubpath()
