"""What was taught, on a page of its own: renamed, merged, removed, passed on."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PyQt6.QtCore import Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from choreai_live.ui import theme
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.picker.dropping import PACK_ENDING, is_pack, spec_in
from choreai_live.ui.teaching.styles_tree import StylesTree

if TYPE_CHECKING:
    from choreai_live.teaching import Library
    from choreai_live.ui.teaching.calls import LibraryCalls

Answer = TypeVar("Answer")


class StylesPage(QDialog):
    """Shows what the library has, and asks it for changes, never on this thread.

    Parameters
    ----------
    library
        What is shown.
    calls
        Asks it.
    parent
        The window.

    Attributes
    ----------
    changed
        Emitted after each change that came off.
    undone
        Emitted after the last change was undone.
    """

    changed = pyqtSignal()
    undone = pyqtSignal()

    def __init__(
        self, library: "Library", calls: "LibraryCalls", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("My styles"))
        self.setAcceptDrops(True)
        self._library, self._calls = library, calls
        self._folder = Path.home()
        title = QLabel(self.tr("My styles"))
        theme.dress(title, theme.Role.TITLE)
        self.tree = StylesTree()
        self.said = QLabel()
        theme.dress(self.said, theme.Role.QUIET)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.rename_button = self._button(self.tr("&Rename"), self.tree.edit_name)
        self.merge_button = self._button(self.tr("Mer&ge into"), None)
        self.merge_menu = QMenu(self)
        self.merge_button.setMenu(self.merge_menu)
        self.remove_button = self._button(self.tr("Re&move"), self._remove)
        self.undo_button = self._button(self.tr("&Undo"), self.undo)
        self.import_button = self._button(self.tr("&Import…"), self._ask_import)
        self.export_button = self._button(self.tr("&Export…"), self._ask_export)
        self.close_button = self._button(self.tr("Close"), self.accept)
        self.close_button.setProperty("primary", True)
        QShortcut(QKeySequence.StandardKey.Undo, self, self.undo)
        QShortcut(QKeySequence.StandardKey.Delete, self.tree, self._remove)
        self.tree.itemSelectionChanged.connect(self._fit_buttons)
        self.tree.renamed.connect(self._rename)
        self.tree.switched.connect(self._switch)
        self.tree.muted.connect(self._mute)
        calls.busy_changed.connect(self._fit_buttons)
        self._lay_out(title)
        self.tree.fill(library)
        self.say("\n".join(spoken(notice) for notice in library.notices))
        self._fit_buttons()
        self.tree.setFocus()

    def say(self, words: str) -> None:
        """Say one sentence below the list."""
        self.said.setText(words)
        self.said.setVisible(bool(words))

    def show_again(self) -> None:
        """Show what the library has now."""
        self.tree.fill(self._library)
        self._fit_buttons()

    def undo(self) -> None:
        """Undo the last change."""
        if self._library.undoable:
            self._ask(self._library.undo, lambda _: self.tr("Undone."), told=self.undone)

    def bring_in(self, path: Path) -> None:
        """Import a file."""
        library = self._library
        self._change(
            lambda: library.bring_in(path),
            lambda taught: self.tr("Imported: {names}.").format(
                names=", ".join(each.name for each in taught)
            ),
        )

    def export(self, names: list[str], path: Path) -> None:
        """Write these names into one file."""
        library = self._library
        self._ask(
            lambda: library.export(names, path),
            lambda _: self.tr("Saved as {path}.").format(path=path),
            told=None,
        )

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        """Take files that are style packs."""
        if event is not None and is_pack(spec_in(event.mimeData())):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Import what was dropped."""
        spec = None if event is None else spec_in(event.mimeData())
        if event is not None and spec is not None and is_pack(spec):
            event.acceptProposedAction()
            self.bring_in(Path(spec))

    def _button(self, words: str, press: Callable[[], object] | None) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        if press is not None:
            button.clicked.connect(lambda: press())
        return button

    def _lay_out(self, title: QLabel) -> None:
        grid = QGridLayout()
        grid.setSpacing(10)
        changes = (self.rename_button, self.merge_button, self.remove_button, self.undo_button)
        for row, button in enumerate((*changes, self.import_button, self.export_button)):
            grid.addWidget(button, row + (row > 3), 0)
        grid.setRowMinimumHeight(4, 12)
        grid.setRowStretch(7, 1)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.tree, 1)
        middle.addLayout(grid)
        foot = QHBoxLayout()
        foot.addWidget(self.said, 1)
        foot.addStretch()
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 22, 24, 22)
        column.setSpacing(12)
        column.addWidget(title)
        column.addLayout(middle, 1)
        column.addLayout(foot)
        scale = theme.LOOK.text_scale
        self.resize(min(round(760 * scale), 1200), min(round(500 * scale), 680))

    def _fit_buttons(self) -> None:
        own, names = self.tree.own_names, self.tree.names
        free = not self._calls.busy
        self.rename_button.setEnabled(free and self.tree.renamable)
        self.remove_button.setEnabled(free and bool(own))
        self.undo_button.setEnabled(free and self._library.undoable)
        self.import_button.setEnabled(free)
        self.export_button.setEnabled(free and bool(names))
        targets = [
            each.name
            for each in self._library.taught
            if not each.ready_made and each.name not in own
        ]
        self.merge_button.setEnabled(free and len(own) == 1 and bool(targets))
        self.merge_menu.clear()
        for target in targets:
            action = self.merge_menu.addAction(target.replace("&", "&&"))
            if action is not None:
                action.triggered.connect(self._merging(target))

    def _merging(self, target: str) -> Callable[[], None]:
        return lambda: self._merge(target)

    def _merge(self, target: str) -> None:
        (name,) = self.tree.own_names
        library = self._library
        self._change(
            lambda: library.merge(name, target),
            lambda _: self.tr("{name} is part of {target} now.").format(name=name, target=target),
        )

    def _remove(self) -> None:
        for name in self.tree.own_names:  # each can be brought back by itself
            self._forget(name)

    def _forget(self, name: str) -> None:
        library = self._library
        self._change(
            lambda: library.remove(name), lambda _: self.tr("Removed: {name}.").format(name=name)
        )

    def _rename(self, name: str, new: str) -> None:
        library = self._library
        self._change(
            lambda: library.rename(name, new),
            lambda _: self.tr("{name} is called {new} now.").format(name=name, new=new),
        )

    def _switch(self, pack: str, on: bool) -> None:
        library = self._library
        self._change(lambda: library.activate(pack, on), lambda _: "")

    def _mute(self, label: str, muted: bool) -> None:
        library = self._library
        self._change(lambda: library.mute(label, muted), lambda _: "")

    def _ask_import(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import styles"), str(self._folder), self.tr("Style packs (*.stylepack)")
        )
        if path:
            self._folder = Path(path).parent
            self.bring_in(Path(path))

    def _ask_export(self) -> None:
        names = self.tree.names
        offered = str(self._folder / f"{names[0]}{PACK_ENDING}")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export styles"), offered, self.tr("Style packs (*.stylepack)")
        )
        if chosen:
            path = Path(chosen)
            self._folder = path.parent
            self.export(names, path if path.suffix else path.with_suffix(PACK_ENDING))

    def _change(self, call: Callable[[], Answer], words: Callable[[Answer], str]) -> None:
        self._ask(call, words, told=self.changed)

    def _ask(
        self,
        call: Callable[[], Answer],
        words: Callable[[Answer], str],
        *,
        told: pyqtBoundSignal | None,
    ) -> None:
        """Have something done, say what came of it, and tell it by a signal if there is one."""

        def done(answer: Answer) -> None:
            self.say(words(answer))
            self.show_again()
            if told is not None:
                told.emit()

        self._calls.ask(call, done, self._fail)

    def _fail(self, words: str) -> None:
        self.say(spoken(words))
        self.show_again()  # a tick or a name that did not come off goes back
