"""Round shapes that bodies are made of, as outlines."""

from collections.abc import Sequence
from math import acos, atan2, cos, hypot, pi, sin
from typing import Final

from PyQt6.QtCore import QPointF
from PyQt6.QtGui import QPolygonF

#: x, y and radius, pixels.
Ball = tuple[float, float, float]

_CORNERS: Final = 18
_CIRCLE: Final = tuple(
    (cos(2 * pi * corner / _CORNERS), sin(2 * pi * corner / _CORNERS)) for corner in range(_CORNERS)
)
#: Corners of either rounded end of a limb.
_ROUND: Final = 9


def limb(start: Ball, end: Ball) -> QPolygonF:
    """Return what two balls of different sizes look like with a skin drawn over them."""
    (x1, y1, r1), (x2, y2, r2) = start, end
    away = hypot(x2 - x1, y2 - y1)
    if away <= abs(r1 - r2) + 1e-6:  # one hides in the other
        return ball(start if r1 >= r2 else end)
    along = atan2(y2 - y1, x2 - x1)
    lean = acos((r1 - r2) / away)
    points = [
        QPointF(x + radius * cos(angle), y + radius * sin(angle))
        for x, y, radius, first, sweep in (
            (x2, y2, r2, along - lean, 2 * lean),
            (x1, y1, r1, along + lean, 2 * (pi - lean)),
        )
        for angle in (first + sweep * step / _ROUND for step in range(_ROUND + 1))
    ]
    return QPolygonF(points)


def ball(one: Ball) -> QPolygonF:
    """Return the outline of one ball."""
    x, y, radius = one
    return QPolygonF([QPointF(x + radius * c, y + radius * s) for c, s in _CIRCLE])


def skin(balls: Sequence[Ball]) -> QPolygonF:
    """Return the tightest skin around several balls: the convex hull of their outlines."""
    points = sorted((x + radius * c, y + radius * s) for x, y, radius in balls for c, s in _CIRCLE)
    # Andrew's monotone chain, once from either side; clockwise on a screen like the others.
    outline: list[tuple[float, float]] = []
    for ordered in (points, points[::-1]):
        chain: list[tuple[float, float]] = []
        for point in ordered:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        outline += chain[:-1]
    return QPolygonF([QPointF(x, y) for x, y in outline])


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
