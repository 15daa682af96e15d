"""Keys in columns, as many as there is room for, so that nobody need scroll."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from choreai_live.ui import theme

#: Logical pixels between so many columns.
_APART: Final = {2: 38, 3: 26}
#: Logical pixels between groups and rows, and between words and their keys.
_GROUPS: Final = 18
_ROWS: Final = 5
_WORDS: Final = 20


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


@dataclass(slots=True)
class _Piece:
    """A group, or as much of it as a column takes."""

    heading: str
    head: int
    rows: list[QHBoxLayout]

    @property
    def height(self) -> int:
        return self.head + sum(_ROWS + row.sizeHint().height() for row in self.rows)

    @property
    def width(self) -> int:
        return max(row.sizeHint().width() for row in self.rows)


def fill_table(table: QWidget, keys: Sequence[Key], room: QSize) -> None:
    """Put all keys in two columns, or in three where two are too high for the room.

    Parameters
    ----------
    table
        Empty.
    keys
        Menu by menu.
    room
        Logical pixels; where three columns do not fit either, two are higher than it.
    """
    groups: dict[str, list[QHBoxLayout]] = {}
    for key in keys:
        groups.setdefault(key.group, []).append(_row(key, table))
    head = _heading("").sizeHint().height()
    whole = [_Piece(group, head, rows) for group, rows in groups.items()]
    columns = _placed(whole, 2)
    if _height(columns) > room.height():
        three = _placed([part for piece in whole for part in _broken(piece, room.height())], 3)
        if _height(three) <= room.height() and _width(three) <= room.width():
            columns = three
    row = QHBoxLayout(table)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_APART[len(columns)])
    for pieces in columns:
        row.addLayout(_column(pieces), 1)


def _placed(pieces: Sequence[_Piece], count: int) -> list[list[_Piece]]:
    """Return each piece in the column that is lowest so far."""
    columns: list[list[_Piece]] = [[] for _ in range(count)]
    for piece in pieces:
        min(columns, key=lambda column: _height([column])).append(piece)
    return columns


def _broken(whole: _Piece, height: int) -> list[_Piece]:
    """Return a group in pieces, of which none is higher than `height`."""
    pieces = [_Piece(whole.heading, whole.head, [])]
    for row in whole.rows:
        newest = pieces[-1]
        if newest.rows and newest.height + _ROWS + row.sizeHint().height() > height:
            newest = _Piece(whole.heading, whole.head, [])
            pieces.append(newest)
        newest.rows.append(row)
    return pieces


def _height(columns: Sequence[Sequence[_Piece]]) -> int:
    return max(
        sum(piece.height for piece in column) + _GROUPS * max(len(column) - 1, 0)
        for column in columns
    )


def _width(columns: Sequence[Sequence[_Piece]]) -> int:
    widths = [max((piece.width for piece in column), default=0) for column in columns]
    return sum(widths) + _APART[len(widths)] * (len(widths) - 1)


def _column(pieces: Sequence[_Piece]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(_ROWS)
    for place, piece in enumerate(pieces):
        if place:
            column.addSpacing(_GROUPS - _ROWS)
        column.addWidget(_heading(piece.heading))
        for row in piece.rows:
            column.addLayout(row)
    column.addStretch(1)
    return column


def _heading(group: str) -> QLabel:
    heading = QLabel(group)
    theme.dress(heading, theme.Role.SECTION)
    return heading


def _row(key: Key, table: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    words = QLabel(key.words, table)
    theme.dress(words, theme.Role.QUIET)
    row.addWidget(words)
    row.addSpacing(_WORDS - 12)  # between two spacings of the row
    row.addStretch(1)
    for name in key.keys:
        chip = QLabel(name, table)
        theme.dress(chip, theme.Role.KEY)
        row.addWidget(chip)
    return row
