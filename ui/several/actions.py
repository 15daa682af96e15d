"""Adding, choosing and removing sources: actions, menus and keys."""

from collections.abc import Sequence
from typing import Final

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import QMenu, QWidget

from choreai_live.ui.icons import icon

_NATIVE: Final = QKeySequence.SequenceFormat.NativeText


class SeveralActions(QObject):
    """What can be done where there are, or are to be, several sources."""

    #: Place of the source to choose, from 0.
    picked = pyqtSignal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.add = self._action(self.tr("&Add a source…"), "Ctrl+Shift+N")
        self.add.setIcon(icon("add"))
        self.add.setIconText(self.tr("Add"))
        self.remove = self._action(self.tr("Re&move the chosen source"), "Ctrl+W")
        self.large = self._action(self.tr("Only the chos&en source"), "Ctrl+Return")
        self.large.setCheckable(True)
        self.next = self._action(self.tr("Ne&xt source"), "Ctrl+Tab")
        self.previous = self._action(self.tr("&Previous source"), "Ctrl+Shift+Tab")
        self.places: list[QAction] = []
        self._menu: QMenu | None = None
        self.show_sources((), 0, most=1)

    def fill_source_menu(self, menu: QMenu) -> None:
        """Add what changes which sources there are."""
        menu.addActions([self.add, self.remove])

    def fill_view_menu(self, menu: QMenu) -> None:
        """Add what changes which of them is seen."""
        menu.addActions([self.large, self.next, self.previous])
        self._menu = menu.addMenu(self.tr("Chosen &source"))
        if self._menu is not None:
            menu_action = self._menu.menuAction()
            if menu_action is not None:
                menu_action.setEnabled(False)

    def show_sources(self, names: Sequence[str], chosen: int, most: int) -> None:
        """Offer what there is.

        Parameters
        ----------
        names
            What the sources are called; no password is in them.
        chosen
            The place of the chosen one, from 0.
        most
            How many there can be.
        """
        several = len(names) > 1
        for action in (self.remove, self.large, self.next, self.previous):
            action.setEnabled(several)
        self.add.setEnabled(len(names) < most)
        wanted = len(names) if several else 0
        while len(self.places) > wanted:
            gone = self.places.pop()
            for widget in gone.associatedObjects():
                if isinstance(widget, QWidget):
                    widget.removeAction(gone)
            gone.deleteLater()
        while len(self.places) < wanted:
            self.places.append(self._place(len(self.places)))
        for place, (action, name) in enumerate(zip(self.places, names, strict=False)):
            action.setText(
                name.replace("&", "&&") or self.tr("Source {number}").format(number=place + 1)
            )
            action.setChecked(place == chosen)
        if self._menu is not None and (menu_action := self._menu.menuAction()) is not None:
            menu_action.setEnabled(several)

    def _place(self, place: int) -> QAction:
        action = self._action("", f"Ctrl+{place + 1}")
        action.setCheckable(True)
        action.triggered.connect(lambda: self.picked.emit(place))
        if self._menu is not None:
            self._menu.addAction(action)
        parent = self._window()
        if parent is not None:  # keys must work where the menus are hidden
            parent.addAction(action)
        return action

    def _window(self) -> QWidget | None:
        parent = self.parent()
        while parent is not None and not isinstance(parent, QWidget):
            parent = parent.parent()
        return parent

    def _action(self, words: str, key: str) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        shown = words.replace("&", "").rstrip("…")
        action.setToolTip(f"{shown} ({QKeySequence(key).toString(_NATIVE)})")
        return action
