"""How everything in the window looks: the palette in use, the type, the size of text.

The colours here, such as ``theme.TEXT``, are those of the theme in use: they are
looked up where they are painted, so a change needs no more than a repaint, which
:func:`choose` brings about. What lies over the picture is dark in both themes and
takes its colours from :data:`DARK`.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final, Literal, get_args

from PyQt6.QtCore import QByteArray, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PyQt6.QtWidgets import QApplication, QWidget

from choreai_live.ui.palette import DARK, LIGHT, Palette, blend, faded
from choreai_live.ui.style_sheet import Role, dress, style_sheet

__all__ = ["DARK", "LIGHT", "Role", "blend", "dress", "faded"]

#: What can be chosen: as the system is, or always the same.
Choice = Literal["system", "light", "dark"]
CHOICES: Final[tuple[Choice, ...]] = get_args(Choice)

#: Least and most that text can be scaled by.
SMALLEST_TEXT: Final = 0.8
LARGEST_TEXT: Final = 2.0

BACKGROUND: QColor
SURFACE: QColor
RAISED: QColor
HAIRLINE: QColor
TEXT: QColor
SECONDARY: QColor
FAINT: QColor
WARNING: QColor
GOOD: QColor


class Look(QObject):
    """What is chosen, and what follows from it.

    Attributes
    ----------
    changed
        Emitted after theme or size of text have changed and the application wears them.
    """

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.choice: Choice = "dark"
        self.colours = DARK
        self.text_scale = 1.0


#: The one that all windows of the program share.
LOOK: Final = Look()


def colour(name: str) -> QColor:
    """Return a colour of the theme in use by its name here, such as ``TEXT``."""
    found = getattr(LOOK.colours, name.lower(), None) if name.isupper() else None
    if isinstance(found, QColor):
        return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __getattr__(name: str) -> QColor:
    return colour(name)


#: The size of window that all measures in painted widgets are drawn for.
REFERENCE_SIZE: Final = (1280, 720)

#: Between the parts and the edge of the reference window.
MARGIN: Final = 20

_FAMILY: Final = "Inter"
_DISPLAY_FAMILY: Final = "Inter Display"
_FONTS: Final = Path(__file__).with_name("fonts")


def load_fonts() -> None:
    """Make the shipped typefaces known to Qt, so that a bare machine looks the same."""
    for path in sorted(_FONTS.glob("*.otf")):
        QFontDatabase.addApplicationFontFromData(QByteArray(path.read_bytes()))


def text_font(size: float, *, strong: bool = False) -> QFont:
    """Return the reading face.

    Parameters
    ----------
    size
        Height in logical pixels.
    strong
        Semi-bold, for names and numbers.
    """
    return _font(_FAMILY, size, strong)


def display_font(size: float) -> QFont:
    """Return the face for words read from across the room, `size` logical pixels high."""
    return _font(_DISPLAY_FAMILY, size, strong=True)


def _font(family: str, size: float, strong: bool) -> QFont:
    font = QFont([family, "Noto Sans", "DejaVu Sans", "sans-serif"])
    font.setPixelSize(max(1, round(size)))
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if hasattr(font, "setFeature"):  # Qt 6.7: digits of one width, so that numbers do not jitter
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def unit(widget: QWidget) -> float:
    """Return how much larger than on the reference window what `widget` paints is.

    Painted widgets multiply their measures by it, so that a full screen in a
    hall is as legible from the back as the window is on a desk; the size of
    text that was chosen comes on top.
    """
    window = widget.window() or widget
    width, height = REFERENCE_SIZE
    ratio = min(window.width() / width, window.height() / height)
    return min(max(ratio, 0.75), 4.0) * LOOK.text_scale


def choose(choice: Choice | None = None, text_scale: float | None = None) -> None:
    """Change theme or size of text; everything on screen follows.

    Parameters
    ----------
    choice
        One of :data:`CHOICES`; None to leave it.
    text_scale
        How much larger than drawn, 0.8 to 2.0; None to leave it.
    """
    before = LOOK.choice, LOOK.colours, LOOK.text_scale
    if choice is not None:
        LOOK.choice = choice
    if text_scale is not None:
        LOOK.text_scale = min(max(text_scale, SMALLEST_TEXT), LARGEST_TEXT)
    LOOK.colours = _colours_of(LOOK.choice)
    after = LOOK.choice, LOOK.colours, LOOK.text_scale
    if after == before:
        return
    application = QApplication.instance()
    if after[1:] != before[1:] and isinstance(application, QApplication):
        _wear(application)
    LOOK.changed.emit()


def _colours_of(choice: Choice) -> Palette:
    if choice == "system":
        hints = QGuiApplication.styleHints()
        # PyQt6 can be older than Qt's question; a system that does not say is taken as dark.
        scheme = hints.colorScheme() if hints is not None else Qt.ColorScheme.Unknown
        return LIGHT if scheme is Qt.ColorScheme.Light else DARK
    return LIGHT if choice == "light" else DARK


def apply_theme(application: QApplication) -> None:
    """Dress the whole application: style, palette, fonts, style sheet; dark until told else."""
    application.setStyle("Fusion")
    load_fonts()
    LOOK.choice, LOOK.colours, LOOK.text_scale = "dark", DARK, 1.0
    hints = QGuiApplication.styleHints()
    if hints is not None:
        with suppress(TypeError):  # an application can be dressed twice
            hints.colorSchemeChanged.disconnect(_follow_system)
        hints.colorSchemeChanged.connect(_follow_system)
    _wear(application)


def _follow_system() -> None:
    if LOOK.choice == "system":
        choose("system")


def _wear(application: QApplication) -> None:
    colours = LOOK.colours
    application.setFont(text_font(14 * LOOK.text_scale))
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, colours.background),
        (QPalette.ColorRole.WindowText, colours.text),
        (QPalette.ColorRole.Base, colours.surface),
        (QPalette.ColorRole.AlternateBase, colours.raised),
        (QPalette.ColorRole.Text, colours.text),
        (QPalette.ColorRole.Button, colours.raised),
        (QPalette.ColorRole.ButtonText, colours.text),
        (QPalette.ColorRole.PlaceholderText, colours.faint),
        (QPalette.ColorRole.Highlight, blend(colours.hairline, colours.text, 0.2)),
        (QPalette.ColorRole.HighlightedText, colours.text),
        (QPalette.ColorRole.ToolTipBase, colours.raised),
        (QPalette.ColorRole.ToolTipText, colours.text),
        (QPalette.ColorRole.Link, colours.text),
    ):
        palette.setColor(role, colour)
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        off = blend(colours.faint, colours.surface, 0.4)
        palette.setColor(QPalette.ColorGroup.Disabled, role, off)
    application.setPalette(palette)
    application.setStyleSheet(style_sheet(colours, LOOK.text_scale))
