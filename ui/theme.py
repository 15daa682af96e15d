"""Palette, type and style sheet: how everything in the window looks.

Colours are named for what they do. Text pairs reach WCAG AA (4.5:1) on the
surfaces they stand on; the palette is dark because dance floors are.
"""

from pathlib import Path
from typing import Final

from PyQt6.QtCore import QByteArray
from PyQt6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PyQt6.QtWidgets import QApplication, QWidget

BACKGROUND: Final = QColor("#0C0E12")
SURFACE: Final = QColor("#14171E")
RAISED: Final = QColor("#1D222C")
HAIRLINE: Final = QColor("#2A303C")
TEXT: Final = QColor("#F3F5F9")
SECONDARY: Final = QColor("#A3ACBB")
FAINT: Final = QColor("#7F8999")
WARNING: Final = QColor("#FFC53D")
GOOD: Final = QColor("#4ADE9C")

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
    """Return how much larger than the reference window the window of `widget` is.

    Painted widgets multiply their measures by it, so that a full screen in a
    hall is as legible from the back as the window is on a desk.
    """
    window = widget.window() or widget
    width, height = REFERENCE_SIZE
    return min(max(min(window.width() / width, window.height() / height), 0.75), 4.0)


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


def apply_theme(application: QApplication) -> None:
    """Dress the whole application: style, palette, fonts, style sheet."""
    application.setStyle("Fusion")
    load_fonts()
    application.setFont(text_font(14))
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, BACKGROUND),
        (QPalette.ColorRole.WindowText, TEXT),
        (QPalette.ColorRole.Base, SURFACE),
        (QPalette.ColorRole.AlternateBase, RAISED),
        (QPalette.ColorRole.Text, TEXT),
        (QPalette.ColorRole.Button, RAISED),
        (QPalette.ColorRole.ButtonText, TEXT),
        (QPalette.ColorRole.PlaceholderText, FAINT),
        (QPalette.ColorRole.Highlight, blend(HAIRLINE, TEXT, 0.2)),
        (QPalette.ColorRole.HighlightedText, TEXT),
        (QPalette.ColorRole.ToolTipBase, RAISED),
        (QPalette.ColorRole.ToolTipText, TEXT),
        (QPalette.ColorRole.Link, TEXT),
    ):
        palette.setColor(role, colour)
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(QPalette.ColorGroup.Disabled, role, blend(FAINT, SURFACE, 0.4))
    application.setPalette(palette)
    application.setStyleSheet(_STYLE_SHEET)


_STYLE_SHEET: Final = f"""
QMenuBar {{ background: {BACKGROUND.name()}; color: {SECONDARY.name()}; padding: 3px 8px; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 6px; background: transparent; }}
QMenuBar::item:selected {{ background: {RAISED.name()}; color: {TEXT.name()}; }}
QMenu {{ background: {RAISED.name()}; border: 1px solid {HAIRLINE.name()}; padding: 6px; }}
QMenu::item {{ padding: 7px 28px 7px 14px; border-radius: 6px; }}
QMenu::item:selected {{ background: {HAIRLINE.name()}; }}
QMenu::item:disabled {{ color: {FAINT.name()}; }}
QMenu::separator {{ height: 1px; background: {HAIRLINE.name()}; margin: 6px 10px; }}
QToolBar {{
    background: {BACKGROUND.name()}; border: none; padding: 2px 12px 8px 12px; spacing: 6px;
}}
QToolButton {{
    color: {SECONDARY.name()}; background: transparent; border: 1px solid transparent;
    border-radius: 8px; padding: 6px 4px 6px 8px;
}}
QToolButton:hover {{ background: {RAISED.name()}; color: {TEXT.name()}; }}
QToolButton:pressed {{ background: {HAIRLINE.name()}; }}
QToolButton:checked {{ background: {RAISED.name()}; color: {TEXT.name()};
    border-color: {HAIRLINE.name()}; }}
QToolButton:focus {{ border-color: {FAINT.name()}; }}
QToolButton:disabled {{ color: {blend(FAINT, BACKGROUND, 0.4).name()}; }}
QPushButton {{
    background: {RAISED.name()}; color: {TEXT.name()}; border: 1px solid {HAIRLINE.name()};
    border-radius: 9px; padding: 9px 18px; min-height: 18px;
}}
QPushButton:hover {{ background: {HAIRLINE.name()}; }}
QPushButton:focus {{ border-color: {SECONDARY.name()}; }}
QPushButton:disabled {{ color: {FAINT.name()}; background: {SURFACE.name()}; }}
QPushButton[primary="true"] {{
    background: {TEXT.name()}; color: {BACKGROUND.name()}; border-color: {TEXT.name()};
    font-weight: 600;
}}
QPushButton[primary="true"]:hover {{ background: #FFFFFF; }}
QPushButton[primary="true"]:focus {{ border: 2px solid #6FB2FF; padding: 8px 17px; }}
QPushButton[primary="true"]:disabled {{
    background: {RAISED.name()}; color: {FAINT.name()}; border-color: {HAIRLINE.name()};
}}
QLineEdit {{
    background: {BACKGROUND.name()}; border: 1px solid {HAIRLINE.name()}; border-radius: 9px;
    padding: 9px 12px; selection-background-color: #2F5D92;
}}
QLineEdit:focus {{ border-color: {SECONDARY.name()}; }}
QListWidget {{
    background: {BACKGROUND.name()}; border: 1px solid {HAIRLINE.name()}; border-radius: 9px;
    padding: 6px; outline: none;
}}
QListWidget::item {{ padding: 10px 12px; border-radius: 7px; }}
QListWidget::item:selected {{ background: {HAIRLINE.name()}; color: {TEXT.name()}; }}
QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QDialog {{ background: {SURFACE.name()}; border: 1px solid {HAIRLINE.name()}; }}
QToolTip {{
    background: {RAISED.name()}; color: {TEXT.name()}; border: 1px solid {HAIRLINE.name()};
    padding: 5px 8px;
}}
"""
