"""What a style looks like: a word, a shape and a colour, always together.

The three taught styles have colours that stay apart in protanopia,
deuteranopia and tritanopia (CIE76 difference of 39 or more under the
simulation of Machado et al., "A Physiologically-based Model for Simulation of
Color Vision Deficiency", 2009), and shapes for those who see no colour at all.
Each has a bright colour for the dark theme and for what lies over the picture,
and a deep one of the same kind for the light theme.
Styles of other models draw on a further set in the order of their labels, and styles that
were taught in the window on one that follows from their names, so that a style looks the
same today and tomorrow, whatever else was taught.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import cos, pi, sin
from typing import Final
from zlib import crc32

from PyQt6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from choreai_live.ui import theme


class Shape(Enum):
    """Solid marks for styles; the ring is kept for *not sure*."""

    TRIANGLE = "triangle"
    CIRCLE = "circle"
    SQUARE = "square"
    DIAMOND = "diamond"
    HEXAGON = "hexagon"
    CROSS = "cross"
    STAR = "star"
    BARS = "bars"
    RING = "ring"


@dataclass(frozen=True)
class StyleLook:
    """How one style appears everywhere.

    Parameters
    ----------
    word
        Its name as people write it, translated.
    bright, deep
        Its colour on dark ground, and on light ground.
    shape
        Its mark.
    """

    word: str
    bright: QColor
    deep: QColor
    shape: Shape

    @property
    def colour(self) -> QColor:
        """Its colour in the theme in use; over the picture it is `bright` in both."""
        return self.deep if theme.LOOK.colours is theme.LIGHT else self.bright


translate = QCoreApplication.translate

_NOT_SURE: Final = (QColor("#98A2B3"), QColor("#515B6B"), Shape.RING)
_TAUGHT: Final = {
    "afrobeat": (QColor("#FFC53D"), QColor("#736000"), Shape.TRIANGLE),
    "classical": (QColor("#4FA3FF"), QColor("#1B4FB2"), Shape.CIRCLE),
    "hiphop": (QColor("#FF5E6E"), QColor("#A6295D"), Shape.SQUARE),
}
_FURTHER: Final = (
    (QColor("#2ED3B7"), QColor("#0A6E68"), Shape.DIAMOND),
    (QColor("#B79CFF"), QColor("#6A3FC4"), Shape.HEXAGON),
    (QColor("#D9D2C3"), QColor("#5E5440"), Shape.CROSS),
)
#: Every one of these colours with every one of these shapes is a look for a taught style:
#: the shapes are no shipped style's, and the colours differ by 23 or more as above.
_OWN_COLOURS: Final = (
    (QColor("#8AFFF7"), QColor("#133032")),
    (QColor("#CA7829"), QColor("#934F39")),
    (QColor("#F1F7AC"), QColor("#2B2501")),
    (QColor("#8C81B0"), QColor("#8F05FA")),
)
_OWN_SHAPES: Final = (Shape.DIAMOND, Shape.HEXAGON, Shape.CROSS, Shape.STAR, Shape.BARS)


class StyleLooks:
    """The looks of all classes of a style model.

    Parameters
    ----------
    labels
        The model's classes, in the order of the probabilities.
    unsure_labels
        Those of them that are shown as *not sure*.
    """

    def __init__(self, labels: Sequence[str] = (), unsure_labels: Sequence[str] = ()) -> None:
        self.labels = tuple(labels)
        self.not_sure = StyleLook(translate("StyleLook", "Not sure"), *_NOT_SURE)
        self._looks: dict[str, StyleLook] = {}
        further = 0
        for label in labels:
            if label in unsure_labels:
                look = StyleLook(translate("StyleLook", "Another style"), *_NOT_SURE)
            elif label in _TAUGHT:
                look = StyleLook(style_word(label), *_TAUGHT[label])
            else:
                look = StyleLook(style_word(label), *_FURTHER[further % len(_FURTHER)])
                further += 1
            self._looks[label] = look

    def of(self, label: str | None) -> StyleLook:
        """Return the look of a label, of the model or taught; None is *not sure*."""
        if label is None:
            return self.not_sure
        look = self._looks.get(label)
        if look is None:
            look = self._looks[label] = taught_look(label)
        return look


def taught_look(name: str) -> StyleLook:
    """Return the look of a style that was taught, or of a shipped one, by its name."""
    if name in _TAUGHT:
        return StyleLook(style_word(name), *_TAUGHT[name])
    number = crc32(name.strip().casefold().encode())
    shape = _OWN_SHAPES[number % len(_OWN_SHAPES)]
    bright, deep = _OWN_COLOURS[number // len(_OWN_SHAPES) % len(_OWN_COLOURS)]
    return StyleLook(name[:1].upper() + name[1:], bright, deep, shape)


def full_word(look: StyleLook, finer: str | None) -> str:
    """Return the word of a style with the finer name within it, where there is one."""
    return f"{look.word} · {finer}" if finer else look.word


def style_word(label: str) -> str:
    """Return a label of the style model as people write it."""
    known = {
        "afrobeat": translate("StyleLook", "Afrobeat"),
        "classical": translate("StyleLook", "Classical"),
        "hiphop": translate("StyleLook", "Hip-hop"),
    }
    return known.get(label) or label.replace("_", " ").strip().capitalize()


def paint_shape(
    painter: QPainter, shape: Shape, centre: QPointF, size: float, colour: QColor
) -> None:
    """Draw a mark of equal visual weight whatever its shape.

    Parameters
    ----------
    painter
        Where to draw.
    shape, colour
        What to draw.
    centre
        Middle of the mark.
    size
        Height of a square mark; the others are scaled to look as large.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if shape is Shape.RING:
        radius = size * 0.46
        pen = QPen(colour, max(1.5, size * 0.13))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius, radius)
    else:
        painter.setPen(QPen(colour, size * 0.12, join=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(colour)
        painter.drawPath(_outline(shape, centre, size * 0.88))
    painter.restore()


def _outline(shape: Shape, centre: QPointF, size: float) -> QPainterPath:
    path = QPainterPath()
    half = size / 2
    if shape is Shape.CIRCLE:
        path.addEllipse(centre, half * 1.05, half * 1.05)
    elif shape is Shape.SQUARE:
        half *= 0.92
        path.addRect(QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half))
    elif shape is Shape.CROSS:
        arm = half * 0.36
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRect(QRectF(centre.x() - half, centre.y() - arm, 2 * half, 2 * arm))
        path.addRect(QRectF(centre.x() - arm, centre.y() - half, 2 * arm, 2 * half))
    elif shape is Shape.BARS:
        broad = half * 0.62
        for left in (centre.x() - half * 0.92, centre.x() + half * 0.92 - broad):
            path.addRect(QRectF(left, centre.y() - half * 0.92, broad, 1.84 * half))
    elif shape is Shape.STAR:
        path.addPolygon(QPolygonF(_star(centre, half * 1.25)))
        path.closeSubpath()
    else:
        corners = {Shape.TRIANGLE: 3, Shape.DIAMOND: 4, Shape.HEXAGON: 6}[shape]
        radius = half * {3: 1.2, 4: 1.15, 6: 1.05}[corners]
        # A triangle balances on its centre of mass; lower it so that it looks centred.
        lift = half * 0.18 if corners == 3 else 0.0
        points = [
            QPointF(
                centre.x() + radius * sin(2 * pi * corner / corners),
                centre.y() + lift - radius * cos(2 * pi * corner / corners),
            )
            for corner in range(corners)
        ]
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()
    return path


def _star(centre: QPointF, radius: float) -> list[QPointF]:
    """Return the corners of a star of five points."""
    return [
        QPointF(
            centre.x() + radius * (0.46 if corner % 2 else 1.0) * sin(pi * corner / 5),
            centre.y() + radius * (0.04 - (0.46 if corner % 2 else 1.0) * cos(pi * corner / 5)),
        )
        for corner in range(10)
    ]
