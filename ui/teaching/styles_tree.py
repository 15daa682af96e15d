"""Everything that is told apart, as a list: taught here, ready-made, shipped."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from choreai_live.ui import theme
from choreai_live.ui.style_look import StyleLooks, style_word, taught_look
from choreai_live.ui.teaching.choosing_style import mark_icon
from choreai_live.ui.teaching.words import seconds_words

if TYPE_CHECKING:
    from choreai_live.teaching import Library, Taught

_NAME: Final = Qt.ItemDataRole.UserRole
_PACK: Final = Qt.ItemDataRole.UserRole + 1
_LABEL: Final = Qt.ItemDataRole.UserRole + 2
_OWN: Final = Qt.ItemDataRole.UserRole + 3
_EDIT: Final = Qt.ItemFlag.ItemIsEditable
_CHECK: Final = Qt.ItemFlag.ItemIsUserCheckable


class StylesTree(QTreeWidget):
    """The list. A tick switches a pack on, or shows a shipped style.

    Attributes
    ----------
    renamed
        Emitted with a name and what it is to be called.
    switched
        Emitted with the file stem of a pack, and whether it is on.
    muted
        Emitted with a shipped label, and whether it reads as *not sure*.
    """

    renamed = pyqtSignal(str, str)
    switched = pyqtSignal(str, bool)
    muted = pyqtSignal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(4)
        self.setHeaderLabels(
            [self.tr("Style"), self.tr("Kind"), self.tr("Takes"), self.tr("Length")]
        )
        self.setAccessibleName(self.tr("Styles"))
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.setRootIsDecorated(True)
        self.setEditTriggers(QTreeWidget.EditTrigger.EditKeyPressed)
        self.setIconSize(QSize(*(round(18 * theme.LOOK.text_scale),) * 2))
        header = self.header()
        if header is not None:
            header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            header.setStretchLastSection(False)
        self._filling = False
        self.itemChanged.connect(self._hear)

    @property
    def names(self) -> list[str]:
        """The taught names that are selected."""
        names = [item.data(0, _NAME) for item in self.selectedItems()]
        return [name for name in names if name]

    @property
    def own_names(self) -> list[str]:
        """Those of them that were taught or imported here, and so can be changed."""
        return [item.data(0, _NAME) for item in self.selectedItems() if item.data(0, _OWN)]

    @property
    def renamable(self) -> bool:
        """Whether one name is selected, and it can be another."""
        return self._renamed is not None

    @property
    def _renamed(self) -> QTreeWidgetItem | None:
        selected = self.selectedItems()
        alone = selected[0] if len(selected) == 1 else None
        return alone if alone is not None and alone.flags() & _EDIT else None

    def fill(self, library: "Library") -> None:
        """Show what there is now; what is selected stays so."""
        selected = self.names
        folded = {item.data(0, _PACK) for item in self._all() if not item.isExpanded()}
        self._filling = True
        self.clear()
        taught = library.taught
        self._fill_own([each for each in taught if not each.ready_made])
        self._fill_ready_made([each for each in taught if each.ready_made], folded)
        self._fill_shipped(library)
        for item in self._all():
            item.setSelected(item.data(0, _NAME) in selected)
        self._filling = False

    def select(self, name: str) -> None:
        """Select one name only, and bring it into view."""
        for item in self._all():
            if item.data(0, _NAME) == name:
                self.setCurrentItem(item)
                self.scrollToItem(item)

    def edit_name(self) -> None:
        """Let the selected name be written anew."""
        item = self._renamed
        if item is not None:
            self.editItem(item, 0)

    def _fill_own(self, own: "Sequence[Taught]") -> None:
        section = self._section(self.tr("Taught here"))
        if not own:
            self._say(section, self.tr("Nothing yet: press N in the window."))
        for each in own:
            item = self._named(section, each)
            # What a shipped style was corrected by bears its name.
            corrected = each.family == each.name
            item.setFlags(item.flags() | _CHECK | (Qt.ItemFlag(0) if corrected else _EDIT))
            item.setData(0, _OWN, True)
            item.setData(0, _PACK, each.pack)
            self._tick(item, each.active)

    def _fill_ready_made(self, ready: "Sequence[Taught]", folded: "set[str]") -> None:
        if not ready:
            return
        section = self._section(self.tr("Ready-made packs"))
        for pack in dict.fromkeys(each.pack for each in ready):
            names = [each for each in ready if each.pack == pack]
            item = QTreeWidgetItem(section, [style_word(pack.replace("-", " "))])
            item.setData(0, _PACK, pack)
            item.setFlags(item.flags() | _CHECK)
            self._tick(item, any(each.active for each in names))
            item.setText(2, f"{sum(each.takes for each in names)}")
            item.setText(3, seconds_words(sum(each.seconds for each in names)))
            _align(item)
            for each in names:
                self._named(item, each)
            item.setExpanded(pack not in folded and len(names) < 12)

    def _fill_shipped(self, library: "Library") -> None:
        section = self._section(self.tr("Shipped styles"))
        looks = StyleLooks(library.families)
        for label in library.families:
            item = QTreeWidgetItem(section, [looks.of(label).word, self.tr("shipped")])
            item.setIcon(0, mark_icon(looks.of(label)))
            item.setData(0, _LABEL, label)
            item.setFlags((item.flags() | _CHECK) & ~Qt.ItemFlag.ItemIsSelectable)
            self._tick(item, label not in library.muted)

    def _named(self, parent: QTreeWidgetItem, taught: "Taught") -> QTreeWidgetItem:
        family = taught.family
        kind, shown = self.tr("its own"), taught.name
        if family == taught.name:
            kind, shown = self.tr("corrections"), style_word(family)
        elif family is not None:
            kind = self.tr("a move of {style}").format(style=style_word(family))
        texts = [shown, kind, f"{taught.takes}", seconds_words(taught.seconds)]
        item = QTreeWidgetItem(parent, texts)
        item.setData(0, _NAME, taught.name)
        item.setIcon(0, mark_icon(taught_look(taught.name)))
        _align(item)
        return item

    def _section(self, words: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [words])
        item.setFirstColumnSpanned(True)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = item.font(0)
        font.setWeight(font.Weight.DemiBold)
        item.setFont(0, font)
        item.setExpanded(True)
        return item

    def _say(self, section: QTreeWidgetItem, words: str) -> None:
        item = QTreeWidgetItem(section, [words])
        item.setFirstColumnSpanned(True)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setForeground(0, theme.SECONDARY)

    def _tick(self, item: QTreeWidgetItem, on: bool) -> None:
        item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _hear(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column != 0:
            return
        on = item.checkState(0) == Qt.CheckState.Checked
        name, label, pack = (item.data(0, role) for role in (_NAME, _LABEL, _PACK))
        if label:
            self.muted.emit(label, not on)
        elif item.flags() & _EDIT and item.text(0).strip() not in ("", name):
            self.renamed.emit(name, item.text(0).strip())
        elif pack:
            self.switched.emit(pack, on)

    def _all(self) -> "list[QTreeWidgetItem]":
        found, waiting = [], [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop()
            if item is not None:
                found.append(item)
                waiting += [item.child(i) for i in range(item.childCount())]
        return found


def _align(item: QTreeWidgetItem) -> None:
    """Put the numbers of a row at the right."""
    for column in (2, 3):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
