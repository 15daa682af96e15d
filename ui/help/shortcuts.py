"""All keys of a window, read from its actions, so that what is shown is what holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from PyQt6.QtCore import QCoreApplication, Qt
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from choreai_live.ui import theme


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that can be done by a key.

    Parameters
    ----------
    group
        The menu it is in.
    words
        What it does.
    keys
        Each alone does it, as the system writes them.
    """

    group: str
    words: str
    keys: tuple[str, ...]


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
        groups: dict[str, list[Key]] = {}
        for key in self.keys:
            groups.setdefault(key.group, []).append(key)
        left, right = QVBoxLayout(), QVBoxLayout()
        # Each group goes where there is more room, so that the two end at about the same height.
        rows = {left: 0, right: 0}
        for group, keys in groups.items():
            column = min(rows, key=lambda column: rows[column])
            column.addWidget(_table(group, keys))
            rows[column] += len(keys) + 2
        for column in (left, right):
            column.setSpacing(18)
            column.addStretch(1)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(44)
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        area = QScrollArea()
        area.setWidget(both)
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("Keys"))
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(both.sizeHint().width() + 24)
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        close.setProperty("primary", True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(16)
        column.addWidget(title)
        column.addWidget(area, 1)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        room = window.height() - 20
        self.resize(self.sizeHint().width(), min(both.sizeHint().height() + 180, room))
        close.setFocus()


def _table(group: str, keys: list[Key]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(5)
    grid.setColumnStretch(0, 1)
    heading = QLabel(group)
    theme.dress(heading, theme.Role.SECTION)
    grid.addWidget(heading, 0, 0, 1, 2)
    for place, key in enumerate(keys, start=1):
        words = QLabel(key.words)
        theme.dress(words, theme.Role.QUIET)
        grid.addWidget(words, place, 0)
        chips = QHBoxLayout()
        chips.setSpacing(6)
        chips.addStretch(1)
        for name in key.keys:
            chip = QLabel(name)
            theme.dress(chip, theme.Role.KEY)
            chips.addWidget(chip)
        grid.addLayout(chips, place, 1)
    return table
