"""What was watched before, each with a picture where that costs nothing."""

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QWidget

from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.picker.figures import figures_of
from choreai_live.ui.picker.glance import Glance
from choreai_live.ui.picker.recent import RecentSource, RecentSources
from choreai_live.ui.picker.section import Section, tool
from choreai_live.ui.picker.tile import SourceTile
from choreai_live.ui.source_opening import SourceInfo


class RecentSection(Section):
    """Files and streams, newest first; not there while there is none.

    Parameters
    ----------
    recent
        The list.
    """

    #: As :func:`choreai_live.capture.open_source` takes it.
    chosen = pyqtSignal(str)
    #: A :class:`RecentSource` whose user has to complete it first.
    incomplete = pyqtSignal(object)
    emptied = pyqtSignal()

    def __init__(self, recent: RecentSources, parent: QWidget | None = None) -> None:
        clear = tool()
        super().__init__(self.tr("Watched before"), clear, parent)
        clear.setText(self.tr("Clear list"))
        clear.clicked.connect(self._clear)
        self._recent = recent

    def fill(self) -> None:
        """Show the list as it is now."""
        sources = self._recent.sources
        self.show_tiles([self._tile_of(source) for source in sources])
        self.setVisible(bool(sources))

    def show_glance(self, spec: str, glance: Glance) -> None:
        """Show a picture out of one of them."""
        tile = self.tile(spec)
        if tile is not None:
            tile.show_picture(glance.picture)
            tile.say(figures_of(glance))

    def show_failure(self, spec: str, sentence: str, missing: bool) -> None:
        """Say that one of them is gone, or cannot be read."""
        tile = self.tile(spec)
        if tile is not None:
            words = self.tr("Not there any more") if missing else self.tr("Cannot be read")
            tile.say(words, warning=True)
            if sentence:
                tile.setToolTip(spoken(sentence))

    def _tile_of(self, source: RecentSource) -> SourceTile:
        title = SourceInfo(source.spec, source.name).title
        words = ""
        if source.stream:
            scheme, _, title = source.spec.partition("://")
            words = scheme.upper()
            if source.incomplete:
                words = self.tr("Its secret part is not kept")
            elif source.login:
                words = self.tr("Password: from the keyring")
        tile = SourceTile(source.spec, title, "stream" if source.stream else "file", words)
        tile.setToolTip(f"{source.name}\n{self.tr('Delete takes it off the list')}")
        tile.removable = True
        tile.clicked.connect(lambda: self._choose(source))
        tile.unwanted.connect(lambda: self._forget(source))
        return tile

    def _choose(self, source: RecentSource) -> None:
        spec = self._recent.opening(source)
        if spec is None:
            self.incomplete.emit(source)
        else:
            self.chosen.emit(spec)

    def _forget(self, source: RecentSource) -> None:
        before = {tile.spec: tile for tile in self.tiles}
        place = list(before).index(source.spec)
        self._recent.forget(source)
        self.fill()
        for tile in self.tiles:
            tile.take_looks(before[tile.spec])
        if self.tiles:
            self.tiles[min(place, len(self.tiles) - 1)].setFocus()
        else:
            self.emptied.emit()

    def _clear(self) -> None:
        self._recent.clear()
        self.fill()
        self.emptied.emit()
