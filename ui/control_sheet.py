"""The part of the style sheet that is about boxes of numbers, buttons of a choice, and progress."""

from choreai_live.ui.palette import Palette, blend


def control_sheet(colours: Palette, scale: float) -> str:
    """Return it.

    Parameters
    ----------
    colours
        Of the theme.
    scale
        How much larger than drawn the text is.
    """
    background, surface = colours.background.name(), colours.surface.name()
    secondary = colours.secondary.name()
    hairline, text, faint = colours.hairline.name(), colours.text.name(), colours.faint.name()
    off = blend(colours.faint, colours.background, 0.4).name()
    dot = round(16 * scale)
    ring = max(2, round(5 * scale))
    return f"""
QAbstractSpinBox {{
    background: {background}; color: {text}; border: 1px solid {hairline}; border-radius: 9px;
    padding: 9px 34px 9px 12px; min-height: {round(18 * scale)}px;
    selection-background-color: {colours.selection.name()}; selection-color: {text};
}}
QAbstractSpinBox:focus {{ border-color: {colours.focus.name()}; }}
QAbstractSpinBox:disabled, QComboBox:disabled, QLineEdit:disabled {{ color: {off}; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
    subcontrol-origin: border; width: 34px; border: none; background: transparent;
}}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
QAbstractSpinBox::up-arrow, QAbstractSpinBox::down-arrow {{ width: 0; height: 0; }}
QRadioButton {{ spacing: 10px; color: {text}; padding: 2px 0; }}
QRadioButton:disabled {{ color: {faint}; }}
QRadioButton::indicator {{
    width: {dot - 4}px; height: {dot - 4}px; border: 2px solid {faint};
    border-radius: {dot // 2}px; background: {surface};
}}
QRadioButton::indicator:checked {{
    width: {dot - 2 * ring}px; height: {dot - 2 * ring}px; border: {ring}px solid {text};
}}
QRadioButton::indicator:focus, QRadioButton:focus::indicator {{
    border-color: {colours.focus.name()};
}}
QRadioButton::indicator:disabled {{ border-color: {off}; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{
    background: {background}; color: {secondary}; border: none; padding: 4px 8px 6px 4px;
}}
StylesTree::item {{ padding: {round(4 * scale)}px 4px; }}
StylesTree::item:selected {{ background: {colours.selection.name()}; color: {text}; }}
StylesTree::indicator {{
    width: {dot - 4}px; height: {dot - 4}px; border: 2px solid {faint}; border-radius: 4px;
    background: {surface};
}}
StylesTree::indicator:checked {{
    width: {dot - 8}px; height: {dot - 8}px; padding: 2px; border-color: {text};
    background: {text}; background-clip: content;
}}
QProgressBar {{
    background: {hairline}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
}}
QProgressBar::chunk {{ background: {text}; border-radius: 3px; }}
"""
