"""Choosing the theme and the size of text: actions, and what they do."""

from typing import Final

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QAction, QActionGroup, QKeySequence
from PyQt6.QtWidgets import QMenu

from choreai_live.ui import theme

#: Sizes of text that the keys step through.
STEPS: Final = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class LookActions(QObject):
    """The part of the menu *View* that is about how the window looks.

    Attributes
    ----------
    chosen
        Emitted after somebody has chosen a theme or a size of text.
    """

    chosen = pyqtSignal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._themes = QActionGroup(self)
        self.themes: dict[theme.Choice, QAction] = {
            "system": self._theme("system", self.tr("As the &system")),
            "light": self._theme("light", self.tr("&Light")),
            "dark": self._theme("dark", self.tr("&Dark")),
        }
        self.larger = self._size(self.tr("Larger text"), "Ctrl++", "Ctrl+=")
        self.smaller = self._size(self.tr("Smaller text"), "Ctrl+-")
        self.ordinary = self._size(self.tr("Ordinary text"), "Ctrl+0")
        self.larger.triggered.connect(lambda: self._step(1))
        self.smaller.triggered.connect(lambda: self._step(-1))
        self.ordinary.triggered.connect(lambda: self._choose(text_scale=1.0))
        theme.LOOK.changed.connect(self._show)
        self._show()

    def fill_menu(self, view: QMenu) -> None:
        """Add theme and size of text."""
        menu = view.addMenu(self.tr("T&heme"))
        if menu is not None:
            menu.addActions(list(self.themes.values()))
        view.addActions([self.larger, self.smaller, self.ordinary])

    def _theme(self, choice: theme.Choice, words: str) -> QAction:
        action = QAction(words, self)
        action.setCheckable(True)
        action.triggered.connect(lambda: self._choose(choice))
        self._themes.addAction(action)
        return action

    def _size(self, words: str, *keys: str) -> QAction:
        action = QAction(words, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        return action

    def _step(self, way: int) -> None:
        now = theme.LOOK.text_scale
        if way > 0:
            scale = next((step for step in STEPS if step > now + 1e-6), STEPS[-1])
        else:
            scale = next((step for step in reversed(STEPS) if step < now - 1e-6), STEPS[0])
        self._choose(text_scale=scale)

    def _choose(
        self, choice: theme.Choice | None = None, *, text_scale: float | None = None
    ) -> None:
        theme.choose(choice, text_scale)
        self._show()
        self.chosen.emit()

    def _show(self) -> None:
        """Tick what holds; a size at its end goes no further."""
        self.themes[theme.LOOK.choice].setChecked(True)
        self.larger.setEnabled(theme.LOOK.text_scale < STEPS[-1])
        self.smaller.setEnabled(theme.LOOK.text_scale > STEPS[0])
