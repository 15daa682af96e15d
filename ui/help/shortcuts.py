"""All keys of a window, read from its actions, so that what is shown is what holds."""

from collections.abc import Iterator
from typing import Final

from PyQt6.QtCore import QCoreApplication, QSize, Qt
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import (
    QDialog,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from choreai_live.ui import theme
from choreai_live.ui.help.key_table import Key, fill_table

#: Logical pixels around the page, between its parts, and of the bar it is scrolled with.
_MARGIN: Final = 24
_SPACING: Final = 14
_BAR: Final = 14


def keys_of(window: QMainWindow) -> list[Key]:
    """Return every key of a window, menu by menu; those in no menu come last."""
    grouped: list[tuple[str, QAction]] = []
    bar = window.menuBar()
    for top in bar.actions() if bar is not None else ():
        grouped += [(plain(top.text()), action) for action in _inside(top)]
    others = QCoreApplication.translate("Shortcuts", "Also")
    known = {action for _, action in grouped}
    grouped += [(others, action) for action in window.findChildren(QAction) if action not in known]
    native = QKeySequence.SequenceFormat.NativeText
    return [
        Key(
            group,
            plain(action.text()),
            tuple(dict.fromkeys(key.toString(native) for key in action.shortcuts())),
        )
        for group, action in grouped
        if action.shortcuts() and action.text()
    ]


def plain(words: str) -> str:
    """Return the words of an action as they are read: no mark for a key, no dots."""
    return words.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("….")


def _inside(action: QAction) -> Iterator[QAction]:
    """Yield what is in the menu of an action, and in the menus in it."""
    menu = action.menu()
    for inner in menu.actions() if menu is not None else ():
        if inner.menu() is not None:
            yield from _inside(inner)
        elif not inner.isSeparator():
            yield inner


class ShortcutsDialog(QDialog):
    """Shows them.

    Parameters
    ----------
    window
        Whose keys they are.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setWindowTitle(self.tr("Keys"))
        title = QLabel(self.tr("Keys"))
        theme.dress(title, theme.Role.TITLE)
        self.keys = keys_of(window)
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.setProperty("primary", True)
        close.clicked.connect(self.accept)
        around = title.sizeHint().height() + close.sizeHint().height() + 2 * (_MARGIN + _SPACING)
        room = window.size() - QSize(20, 20)
        area = QScrollArea(self)
        # In its place from the beginning: whatever moves is dressed once more.
        table = QWidget(area.viewport())
        fill_table(table, self.keys, room - QSize(2 * _MARGIN + _BAR, around))
        area.setWidget(table)
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("Keys"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(table.sizeHint().width() + _BAR)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_SPACING)
        column.addWidget(title)
        column.addWidget(area, 1)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        height = table.sizeHint().height() + around
        self.resize(self.sizeHint().width(), min(height, room.height()))
        close.setFocus()
