"""The style sheet of the whole application, for a palette and a size of text.

A label says by :func:`dress` what it is; how that looks stands here, so that a
change of theme or of size reaches every label that stands already.
"""

from enum import Enum

from PyQt6.QtWidgets import QWidget

from choreai_live.ui.control_sheet import control_sheet
from choreai_live.ui.palette import Palette, blend

#: The property of a widget that holds the value of its role.
_PROPERTY = "role"


class Role(Enum):
    """What a label or a frame is."""

    HEADING = "heading"
    TITLE = "title"
    SECTION = "section"
    SENTENCE = "sentence"
    QUIET = "quiet"
    FIELD = "field"
    KEY = "key"
    CARD = "card"
    NOTICE = "notice"
    PANEL = "panel"
    STATE = "state"
    FIGURE = "figure"
    ALARM = "alarm"


def dress(widget: QWidget, role: Role) -> None:
    """Let a widget look as its role does, now and after every change."""
    widget.setProperty(_PROPERTY, role.value)


def style_sheet(colours: Palette, scale: float) -> str:
    """Return the style sheet.

    Parameters
    ----------
    colours
        Of the theme.
    scale
        How much larger than drawn the text is.
    """
    background, surface = colours.background.name(), colours.surface.name()
    raised, hairline = colours.raised.name(), colours.hairline.name()
    text, secondary, faint = colours.text.name(), colours.secondary.name(), colours.faint.name()
    off = blend(colours.faint, colours.background, 0.4).name()

    def size(pixels: float) -> str:
        return f"font-size: {max(1, round(pixels * scale))}px;"

    display = 'font-family: "Inter Display", "Inter", "Noto Sans", sans-serif; font-weight: 600;'
    return f"""
QMenuBar {{ background: {background}; color: {secondary}; padding: 3px 8px; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 6px; background: transparent; }}
QMenuBar::item:selected {{ background: {raised}; color: {text}; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {hairline}; padding: 6px; }}
QMenu::item {{ padding: 7px 28px 7px 14px; border-radius: 6px; }}
QMenu::item:selected {{ background: {hairline}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {hairline}; margin: 6px 10px; }}
QToolBar {{
    background: {background}; border: none; padding: 2px 12px 8px 12px; spacing: 6px;
}}
QToolButton {{
    color: {secondary}; background: transparent; border: 1px solid transparent;
    border-radius: 8px; padding: 6px 4px 6px 8px;
}}
QToolButton#qt_toolbar_ext_button {{ padding: 0px; }}
QToolButton:hover {{ background: {raised}; color: {text}; }}
QToolButton:pressed {{ background: {hairline}; }}
QToolButton:checked {{ background: {raised}; color: {text}; border-color: {hairline}; }}
QToolButton:focus {{ border-color: {colours.focus.name()}; color: {text}; }}
QToolButton:disabled {{ color: {off}; }}
QPushButton {{
    background: {raised}; color: {text}; border: 1px solid {hairline};
    border-radius: 9px; padding: 9px 18px; min-height: {round(18 * scale)}px;
}}
QPushButton:hover {{ background: {hairline}; }}
QPushButton:focus {{ border-color: {colours.focus.name()}; }}
QPushButton:disabled {{ color: {off}; background: {surface}; }}
QPushButton[primary="true"] {{
    background: {text}; color: {background}; border-color: {text};
    font-weight: 600;
}}
QPushButton[primary="true"]:hover {{ background: {colours.strongest.name()}; }}
QPushButton[primary="true"]:focus {{
    border: 2px solid {colours.focus.name()}; padding: 8px 17px;
}}
QPushButton[primary="true"]:disabled {{
    background: {raised}; color: {off}; border-color: {hairline};
}}
QLineEdit {{
    background: {background}; color: {text}; border: 1px solid {hairline}; border-radius: 9px;
    padding: 9px 12px; selection-background-color: {colours.selection.name()};
    selection-color: {text}; placeholder-text-color: {faint};
}}
QLineEdit:focus {{ border-color: {colours.focus.name()}; }}
QListWidget, QTreeView, QTextBrowser, QPlainTextEdit {{
    background: {background}; color: {text}; border: 1px solid {hairline}; border-radius: 9px;
    padding: 6px; outline: none; selection-background-color: {colours.selection.name()};
    selection-color: {text};
}}
QListWidget:focus, QTreeView:focus, QTextBrowser:focus, QPlainTextEdit:focus {{
    border-color: {colours.focus.name()};
}}
QComboBox {{
    background: {background}; color: {text}; border: 1px solid {hairline}; border-radius: 9px;
    padding: 9px 12px; min-height: {round(18 * scale)}px;
}}
QComboBox:focus {{ border-color: {colours.focus.name()}; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox QAbstractItemView {{
    background: {raised}; color: {text}; border: 1px solid {hairline}; padding: 4px;
    outline: none; selection-background-color: {hairline}; selection-color: {text};
}}
QListWidget::item {{ padding: 10px 12px; border-radius: 7px; }}
QListWidget::item:selected {{ background: {hairline}; color: {text}; }}
QTabWidget::pane {{ border: none; }}
QTabBar::tab {{
    background: transparent; color: {secondary}; padding: 8px 14px; border: none;
    border-bottom: 2px solid transparent; margin-right: 6px;
}}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {text}; }}
QTabBar::tab:hover {{ color: {text}; }}
QTabBar::tab:focus {{ border-bottom-color: {colours.focus.name()}; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {faint}; border-radius: 4px; min-height: 28px;
    min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QDialog {{ background: {surface}; border: 1px solid {hairline}; }}
QToolTip {{
    background: {raised}; color: {text}; border: 1px solid {hairline};
    padding: 5px 8px;
}}
*[role="heading"] {{ {display} {size(28)} }}
*[role="title"] {{ {display} {size(24)} }}
*[role="section"] {{ {size(14)} font-weight: 600; }}
*[role="sentence"] {{ {size(16)} color: {secondary}; }}
*[role="quiet"] {{ {size(14)} color: {secondary}; }}
*[role="field"] {{ {size(16)} }}
*[role="key"] {{
    {size(13)} font-weight: 600; background: {raised}; color: {text};
    border: 1px solid {hairline}; border-radius: 6px; padding: 3px 8px;
}}
*[role="card"] {{
    background: {surface}; border: 1px solid {hairline}; border-radius: 18px;
}}
*[role="notice"] {{
    background: {raised}; border: 1px solid {hairline}; border-radius: 10px; margin: 12px;
}}
*[role="state"] {{ color: {text}; }}
*[role="figure"] {{ color: {secondary}; }}
*[role="alarm"] {{ color: {colours.warning.name()}; }}
*[role="panel"] {{ background: {surface}; border-radius: 12px; }}
""" + control_sheet(colours, scale)
