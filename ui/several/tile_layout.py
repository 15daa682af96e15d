"""Where the tiles stand: as large as they can be, all of one size, or one alone."""

from typing import Final

from PyQt6.QtCore import QRect, QSize, Qt
from PyQt6.QtWidgets import QLayout, QLayoutItem, QWidget

#: Width over height of the picture in a tile; others are shown whole inside.
_ASPECT: Final = 16 / 9
#: Between two tiles, pixels.
GAP: Final = 12
#: The least room for a wall of tiles, pixels.
_LEAST: Final = (480, 300)


def arranged(count: int, room: QSize, extra: QSize) -> tuple[int, QSize]:
    """Return how many tiles stand side by side, and their size, so that pictures are largest.

    A tile is as wide as there is room for, so that the words below the picture have theirs,
    and no higher than its picture needs.

    Parameters
    ----------
    count
        Tiles, 1 or more.
    room
        Pixels there are.
    extra
        Pixels that a tile has around its picture, both sides together.
    """
    best, columns, size = 0.0, 1, QSize(room)
    for side_by_side in range(1, count + 1):
        rows = -(-count // side_by_side)
        wide = (room.width() - (side_by_side - 1) * GAP) // side_by_side
        high = (room.height() - (rows - 1) * GAP) // rows
        picture = min(wide - extra.width(), (high - extra.height()) * _ASPECT)
        if picture > best:
            needed = round((wide - extra.width()) / _ASPECT) + extra.height()
            best, columns, size = picture, side_by_side, QSize(wide, min(high, needed))
    return columns, size


class TileLayout(QLayout):
    """Lays out all tiles that are shown; one alone gets all the room.

    Parameters
    ----------
    parent
        The widget that is filled.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []
        #: Pixels a tile has around its picture, both sides together.
        self.extra = QSize(0, 0)
        #: How many tiles stand side by side now.
        self.columns = 1

    def addItem(self, item: QLayoutItem | None) -> None:
        """Put a tile after the others."""
        if item is not None:
            self._items.append(item)

    def count(self) -> int:
        """Return how many tiles there are, hidden ones included."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return a tile, None past the last one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take a tile away and return it."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Take what room there is."""
        return Qt.Orientation.Horizontal | Qt.Orientation.Vertical

    def hasHeightForWidth(self) -> bool:
        """Return whether the one tile that stands alone needs more height where it is narrow."""
        alone = self._alone()
        return alone is not None and alone.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """Return the height that the one tile would like."""
        alone = self._alone()
        return -1 if alone is None else alone.heightForWidth(width)

    def minimumHeightForWidth(self, width: int) -> int:
        """Return the height that the one tile needs."""
        alone = self._alone()
        return -1 if alone is None else alone.minimumHeightForWidth(width)

    def minimumSize(self) -> QSize:
        """Return what the one tile needs, or a wall."""
        alone = self._alone()
        return QSize(*_LEAST) if alone is None else alone.minimumSize()

    def sizeHint(self) -> QSize:
        """Return what the one tile would like, or the first of a wall."""
        shown = self._shown()
        return shown[0].sizeHint() if shown else QSize(*_LEAST)

    def setGeometry(self, rect: QRect) -> None:
        """Put every tile in its place."""
        super().setGeometry(rect)
        shown = self._shown()
        if len(shown) == 1:
            self.columns = 1
            shown[0].setGeometry(rect)
        elif shown:
            self._lay_out(shown, rect)

    def _lay_out(self, shown: list[QLayoutItem], rect: QRect) -> None:
        self.columns, size = arranged(len(shown), rect.size(), self.extra)
        width, height = size.width(), size.height()
        rows = -(-len(shown) // self.columns)
        left = rect.left() + (rect.width() - self.columns * (width + GAP) + GAP) // 2
        top = rect.top() + max((rect.height() - rows * (height + GAP) + GAP) // 2, 0)
        for place, item in enumerate(shown):
            row, column = divmod(place, self.columns)
            item.setGeometry(
                QRect(left + column * (width + GAP), top + row * (height + GAP), width, height)
            )

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _alone(self) -> QLayoutItem | None:
        shown = self._shown()
        return shown[0] if len(shown) == 1 else None
