"""Tab's way through the window, and what a screen reader calls its parts."""

from PyQt6.QtCore import QCoreApplication, Qt
from PyQt6.QtWidgets import QMainWindow, QToolBar, QToolButton

from choreai_live.ui.icons import icon

#: Qt's own name for the button that shows what a narrow toolbar has no room for.
_EXTENSION = "qt_toolbar_ext_button"


def arrange_focus(window: QMainWindow, bar: QToolBar) -> None:
    """Let Tab reach every button of the toolbar, and give the bar a name.

    Parameters
    ----------
    window, bar
        With all their parts.
    """
    bar.setAccessibleName(bar.windowTitle())
    for button in bar.findChildren(QToolButton):
        if button.objectName() == _EXTENSION:
            button.setAccessibleName(QCoreApplication.translate("Focus", "More"))
            button.setIcon(icon("more"))  # Qt's own is all but invisible on dark ground
            continue
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # its name is what stands on it
