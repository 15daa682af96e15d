"""How large things are on a kiosk's screen, and how they wander over it."""

from dataclasses import dataclass
from math import pi, sin
from typing import Final

from PyQt6.QtCore import QPoint, QPointF
from PyQt6.QtGui import QFont, QFontMetricsF, QPainter
from PyQt6.QtWidgets import QWidget

from choreai_live.ui import theme

#: Pixels of the reference screen that standing things wander to either side.
WANDER: Final = 14
#: Seconds for one round, sideways and up and down: never twice the same way for hours.
_ROUNDS: Final = (420.0, 667.0)


def unit(widget: QWidget) -> float:
    """Return how much larger than the reference screen the screen of `widget` is.

    Upright screens count like lying ones: what matters is from how far they are read.
    """
    window = widget.window() or widget
    long, short = max(window.width(), window.height()), min(window.width(), window.height())
    width, height = theme.REFERENCE_SIZE
    return min(max(min(long / width, short / height), 0.4), 8.0)


def wander(time: float, reach: float) -> QPoint:
    """Return how far from their places standing things are at `time` seconds.

    A screen that shows the same for weeks must not keep an image of it.

    Parameters
    ----------
    time
        Seconds on any clock.
    reach
        The farthest to either side, pixels.
    """
    across, down = (round(reach * sin(2 * pi * time / each)) for each in _ROUNDS)
    return QPoint(across, down)


@dataclass(frozen=True)
class Headline:
    """Large words on as few lines as they need, none of them much shorter than the others.

    Parameters
    ----------
    font
        The display face at the size that fits.
    lines
        The words.
    pitch
        Pixels from one line to the next.
    """

    font: QFont
    lines: tuple[str, ...]
    pitch: float

    @property
    def height(self) -> float:
        """Pixels from the top of the first capital to the foot of the last line."""
        return self.pitch * (len(self.lines) - 1) + QFontMetricsF(self.font).capHeight()

    def paint(self, painter: QPainter, x: float, y: float, *, centred: bool = False) -> None:
        """Draw it with the painter's pen, its top at `y`, its left edge or its middle at `x`."""
        metrics = QFontMetricsF(self.font)
        painter.setFont(self.font)
        baseline = y + metrics.capHeight()
        for line in self.lines:
            if centred:
                left = x - metrics.horizontalAdvance(line) / 2
            else:
                left = x - metrics.leftBearing(line[0])
            painter.drawText(QPointF(left, baseline), line)
            baseline += self.pitch


def headline(words: str, width: float, height: float, largest: float) -> Headline:
    """Return the words as large as they fit into width and height, `largest` pixels at most."""
    size = largest
    while True:
        font = theme.display_font(size)
        lines = balanced(words, font, width)
        made = Headline(font, lines, 1.10 * size)
        longest = max(map(QFontMetricsF(font).horizontalAdvance, lines), default=0.0)
        if size <= 0.25 * largest or (made.height <= height and longest <= width):
            return made
        size *= 0.96


def balanced(words: str, font: QFont, width: float) -> tuple[str, ...]:
    """Return the words on as few lines as `width` pixels allow, the lines of about one length."""
    lines = _broken(words, font, width)
    narrower = width
    while narrower > 0.4 * width:
        narrower *= 0.96
        tried = _broken(words, font, narrower)
        if len(tried) > len(lines):
            break
        longest = max(map(QFontMetricsF(font).horizontalAdvance, tried), default=0.0)
        if longest > narrower:
            break
        lines = tried
    return lines


def _broken(words: str, font: QFont, width: float) -> tuple[str, ...]:
    metrics = QFontMetricsF(font)
    lines: list[str] = []
    for word in words.split(" "):  # blanks that hold words together stay
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
