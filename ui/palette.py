"""The two palettes of the window, dark and light: colours named for what they do.

Text reaches WCAG AA (4.5:1) on the surfaces it stands on, and shapes 3:1, in both.
"""

from dataclasses import dataclass
from typing import Final

from PyQt6.QtGui import QColor


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme.

    Parameters
    ----------
    background, surface, raised
        From the window's ground up to what lies on top of everything.
    hairline
        Borders, rails, and what the pointer is over.
    text, secondary, faint
        From what is read first to what is read last.
    warning, good
        What needs somebody, and what is well.
    strongest
        The pointer over the button most people want, whose ground is `text`.
    focus
        Around what the keyboard is at.
    selection
        Behind selected letters, which keep the colour of `text`.
    """

    background: QColor
    surface: QColor
    raised: QColor
    hairline: QColor
    text: QColor
    secondary: QColor
    faint: QColor
    warning: QColor
    good: QColor
    strongest: QColor
    focus: QColor
    selection: QColor


#: Dance floors are dark; so is whatever lies over the picture, in both themes.
DARK: Final = Palette(
    background=QColor("#0C0E12"),
    surface=QColor("#14171E"),
    raised=QColor("#1D222C"),
    hairline=QColor("#2A303C"),
    text=QColor("#F3F5F9"),
    secondary=QColor("#A3ACBB"),
    faint=QColor("#7F8999"),
    warning=QColor("#FFC53D"),
    good=QColor("#4ADE9C"),
    strongest=QColor("#FFFFFF"),
    focus=QColor("#6FB2FF"),
    selection=QColor("#2F5D92"),
)
LIGHT: Final = Palette(
    background=QColor("#F2F4F8"),
    surface=QColor("#FFFFFF"),
    raised=QColor("#E7EBF1"),
    hairline=QColor("#D3D9E3"),
    text=QColor("#14171E"),
    secondary=QColor("#454E5D"),
    faint=QColor("#586273"),
    warning=QColor("#855300"),
    good=QColor("#0B7047"),
    strongest=QColor("#000000"),
    focus=QColor("#1A66C2"),
    selection=QColor("#BBD6F8"),
)


def blend(colour: QColor, other: QColor, share: float) -> QColor:
    """Return `colour` with `share` (0 to 1) of `other` mixed in, opaque."""
    keep = 1.0 - share
    return QColor.fromRgbF(
        colour.redF() * keep + other.redF() * share,
        colour.greenF() * keep + other.greenF() * share,
        colour.blueF() * keep + other.blueF() * share,
    )


def faded(colour: QColor, opacity: float) -> QColor:
    """Return `colour` with its opacity replaced (0 to 1)."""
    copy = QColor(colour)
    copy.setAlphaF(min(max(opacity, 0.0), 1.0))
    return copy
