"""A heading with tiles below it."""

from typing import Final

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from choreai_live.ui import theme
from choreai_live.ui.picker.tile import SourceTile

#: Tiles beside each other.
COLUMNS: Final = 4


class Section(QWidget):
    """Some sources of one kind; a sentence where there is none.

    Parameters
    ----------
    heading
        What they have in common.
    beside
        A button beside the heading, if any.
    """

    def __init__(
        self, heading: str, beside: QToolButton | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = QLabel(heading)
        theme.dress(title, theme.Role.SECTION)
        self.note = quiet("")
        self.tiles: list[SourceTile] = []
        self.setAccessibleName(heading)
        row = QHBoxLayout()
        row.addWidget(title)
        row.addStretch(1)
        if beside is not None:
            row.addWidget(beside)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addLayout(self._grid)

    def show_tiles(self, tiles: list[SourceTile], note: str = "") -> None:
        """Show these instead of those before, or a sentence if there is none."""
        for tile in self.tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = tiles
        for index, tile in enumerate(tiles):
            self._grid.addWidget(tile, index // COLUMNS, index % COLUMNS)
            tile.show()  # at once, so that it can take the keyboard
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def tile(self, spec: str) -> SourceTile | None:
        """Return the tile of a source."""
        return next((tile for tile in self.tiles if tile.spec == spec), None)


def tool() -> QToolButton:
    """Return a small button, for its section to say what it does."""
    button = QToolButton()
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def quiet(words: str) -> QLabel:
    """Return a label for what need not be read."""
    label = QLabel(words)
    label.setWordWrap(True)
    theme.dress(label, theme.Role.QUIET)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
