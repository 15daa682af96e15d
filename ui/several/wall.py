"""All pictures of the window: one alone as large as can be, or several as tiles."""

from collections.abc import Sequence
from typing import Final

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QWidget

from choreai_live.source_choice import MOST_SOURCES
from choreai_live.ui import theme
from choreai_live.ui.several.tile import Tile
from choreai_live.ui.several.tile_layout import TileLayout
from choreai_live.ui.stage import Notice, Stage

#: Sources at once.
MOST: Final = MOST_SOURCES


class Wall(QWidget):
    """Shows tiles, one of them chosen; what the program has to say lies over all of them.

    Attributes
    ----------
    notice : Notice
        A sentence over the pictures.
    """

    #: Another tile is the chosen one: its place, from 0.
    picked = pyqtSignal(int)
    #: A tile is to go away: its place.
    remove_asked = pyqtSignal(int)
    #: Whether the chosen one is shown alone, where there are several.
    large_changed = pyqtSignal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Notice()
        self._tiles: list[Tile] = []
        self._chosen = 0
        self._large = False
        mat = QWidget()
        self._layout = TileLayout(mat)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(mat, 0, 0)
        grid.addWidget(self.notice, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
        theme.LOOK.changed.connect(self._arrange)

    @property
    def tiles(self) -> Sequence[Tile]:
        """The tiles in their order."""
        return tuple(self._tiles)

    @property
    def chosen(self) -> int:
        """The place of the chosen tile, from 0."""
        return self._chosen

    @property
    def large(self) -> bool:
        """Whether the chosen tile is shown alone, where there are several."""
        return self._large and len(self._tiles) > 1

    @large.setter
    def large(self, large: bool) -> None:
        if large != self._large:
            self._large = large
            self._arrange()
            self.large_changed.emit(self.large)

    def add(self, stage: Stage) -> Tile:
        """Put a picture after the others and return its tile."""
        tile = Tile(stage)
        self._tiles.append(tile)
        self._layout.addWidget(tile)
        tile.picked.connect(lambda: self._pick(tile))
        tile.large_asked.connect(self._toggle_large)
        tile.remove_asked.connect(lambda: self.remove_asked.emit(self._tiles.index(tile)))
        tile.moved.connect(self._move)
        self._arrange()
        return tile

    def remove(self, tile: Tile) -> None:
        """Take a tile off the wall; it is hidden, and the caller's to delete."""
        place = self._tiles.index(tile)
        self._tiles.remove(tile)
        self._layout.removeWidget(tile)
        tile.hide()
        if self._chosen > place or self._chosen == len(self._tiles):
            self._chosen -= 1
        if len(self._tiles) == 1 and self._large:
            self._large = False
            self.large_changed.emit(False)
        self._arrange()

    def choose(self, place: int) -> None:
        """Frame another tile; where the keyboard is at a tile, it goes along."""
        at_tile = any(tile.hasFocus() for tile in self._tiles)
        self._chosen = place
        self._arrange()
        if at_tile:
            self.lead_here()

    def lead_here(self) -> None:
        """Lead the keyboard to the chosen tile, if there are several."""
        if len(self._tiles) > 1:
            self._tiles[self._chosen].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def call(self) -> None:
        """Tell screen readers what each tile is, now."""
        for place, tile in enumerate(self._tiles, start=1):
            tile.call(
                self.tr("Source {number} of {count}").format(number=place, count=len(self._tiles))
            )

    def _arrange(self) -> None:
        several = len(self._tiles) > 1
        for place, tile in enumerate(self._tiles):
            chosen = place == self._chosen
            tile.foot.number = place + 1
            tile.dress(several=several, chosen=chosen, large=self.large)
            tile.setVisible(chosen or not self.large)
        if self._tiles:
            self._layout.extra = self._tiles[0].extra()
        self._layout.invalidate()
        self.call()

    def _pick(self, tile: Tile) -> None:
        tile.setFocus(Qt.FocusReason.MouseFocusReason)
        place = self._tiles.index(tile)
        if place != self._chosen:
            self.picked.emit(place)

    def _toggle_large(self) -> None:
        self.large = not self.large

    def _move(self, columns: int, rows: int) -> None:
        count = len(self._tiles)
        if self.large:  # they stand in a row, unseen
            place = (self._chosen + columns + rows) % count
        else:
            wide = self._layout.columns
            place = self._chosen + columns + rows * wide
            if columns and place // wide != self._chosen // wide:
                return  # not around the corner
        if 0 <= place < count and place != self._chosen:
            self.picked.emit(place)
            self.lead_here()
