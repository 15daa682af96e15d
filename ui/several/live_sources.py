"""All sources of a window: adding, choosing and removing them."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QWidget

from choreai_live.ui.several.engine_shelf import EngineShelf
from choreai_live.ui.several.feed import Feed
from choreai_live.ui.several.standing_in import StandIn
from choreai_live.ui.several.tile import Tile
from choreai_live.ui.several.wall import MOST, Wall
from choreai_live.ui.source_opening import SourceInfo
from choreai_live.ui.window_actions import WindowActions
from choreai_live.ui.worker import Status, Update, WorkerState

if TYPE_CHECKING:
    from choreai_live.configuration.sections import RecordingSection
    from choreai_live.settings import EngineSettings


class LiveSources(QObject):
    """Keeps the feeds and the wall of their pictures together; one feed is the chosen one.

    There is always one at least. All share one set of models.

    Parameters
    ----------
    window
        Owner.
    settings, transport, recording
        As :class:`~choreai_live.ui.several.feed.Feed` takes them.
    commands
        Of the window; what stands there for one source is about the chosen one.
    mirrors
        Says whether the picture of a source that has just been opened is mirrored.
    """

    #: Feed: it was added, and watches nothing yet.
    added = pyqtSignal(object)
    #: Feed that is the chosen one from now on, and the one before.
    chosen_changed = pyqtSignal(object, object)
    #: Feed that is taken off the wall; it ends by itself.
    removed = pyqtSignal(object)
    #: Feed, Status, and the WorkerState before it.
    told = pyqtSignal(object, object, object)
    #: Feed, Update.
    updated = pyqtSignal(object, object)
    #: Feed, EngineInfo.
    engine_ready = pyqtSignal(object, object)

    def __init__(
        self,
        window: QWidget,
        settings: "EngineSettings",
        commands: WindowActions,
        *,
        transport: str = "tcp",
        recording: "RecordingSection | None" = None,
        mirrors: Callable[[SourceInfo], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._commands = commands
        self._transport = transport
        self._recording = recording
        self._mirrors = mirrors
        self._shelf = EngineShelf()
        self._feeds: list[Feed] = []
        self._tiles: dict[Feed, Tile] = {}
        self._leaving: list[Feed] = []
        self._place = 0
        self._private = self._trails = False
        self.wall = Wall()
        self._stand_ins = {
            name: StandIn(getattr(commands, name))
            for name in ("reopen", "record", "pause", "mirror")
        }
        self.wall.picked.connect(self.choose)
        self.wall.remove_asked.connect(lambda place: self.remove(self._feeds[place]))
        self.wall.large_changed.connect(self._show_large)
        several = commands.several
        several.remove.triggered.connect(lambda: self.remove(self.chosen))
        several.large.triggered.connect(self._set_large)
        several.next.triggered.connect(lambda: self._step(1))
        several.previous.triggered.connect(lambda: self._step(-1))
        several.picked.connect(self._pick)
        self.add()

    @property
    def feeds(self) -> Sequence[Feed]:
        """All of them, in the order of their tiles."""
        return tuple(self._feeds)

    @property
    def chosen(self) -> Feed:
        """The one that readout, timeline and keys are about."""
        return self._feeds[self._place]

    @property
    def full(self) -> bool:
        """Whether there is no room for another."""
        return len(self._feeds) >= MOST

    @property
    def running(self) -> bool:
        """Whether a worker's thread is still there."""
        return any(feed.running for feed in (*self._feeds, *self._leaving))

    def tile(self, feed: Feed) -> Tile:
        """Return a feed's place in the wall."""
        return self._tiles[feed]

    def add(self) -> Feed:
        """Put another one after the others and return it; it watches nothing yet."""
        feed = Feed(
            self._settings,
            self._transport,
            self._shelf,
            self._commands,
            self.wall.notice,
            self._recording,
            self._mirrors,
            self._window,
        )
        self._feeds.append(feed)
        feed.stage.video.trails = self._trails
        feed.set_private(self._private)
        feed.told.connect(lambda status, before: self._hear(feed, status, before))
        feed.updated.connect(lambda update: self._show_figures(feed, update))
        feed.engine_ready.connect(lambda engine: self.engine_ready.emit(feed, engine))
        tile = self._tiles[feed] = self.wall.add(feed.stage)
        tile.show()
        feed.stage.show()
        self.added.emit(feed)
        if len(self._feeds) == 1:
            self._mean(feed)
        else:
            for other in self._feeds[:-1]:
                other.show_again()
        self._show_sources()
        return feed

    def choose(self, place: int) -> None:
        """Let readout, timeline and keys be about another one, by its place from 0."""
        if not 0 <= place < len(self._feeds) or place == self._place:
            return
        before = self.chosen
        self._place = place
        self.wall.choose(place)
        self._mean(self.chosen)
        if self.wall.large:
            self.chosen.show_again()
        self.chosen_changed.emit(self.chosen, before)
        self._show_sources()

    def remove(self, feed: Feed) -> None:
        """Take one off the wall and let go of its source; the last one stays.

        What is being recorded of it is finished, in the background.
        """
        if len(self._feeds) < 2 or feed not in self._feeds:
            return
        place, chosen = self._feeds.index(feed), self.chosen
        if feed is chosen:
            self.choose(place - 1 if place else 1)
            chosen = self.chosen
        self._feeds.remove(feed)
        tile = self._tiles.pop(feed)
        at_tile = tile.hasFocus()
        self.wall.remove(tile)
        self._place = self._feeds.index(chosen)
        self.wall.choose(self._place)
        if at_tile:
            self.wall.lead_here()
        self._leaving.append(feed)
        feed.ended.connect(lambda: self._forget(feed, tile))
        feed.leave()
        self.removed.emit(feed)
        for other in self._feeds:
            other.show_again()
        self._show_sources()

    def set_trails(self, trails: bool) -> None:
        """Let hands and feet leave trails, in all pictures."""
        self._trails = trails
        for feed in self._feeds:
            feed.stage.video.trails = trails

    def set_private(self, private: bool) -> None:
        """Show figures instead of all pictures, and keep none."""
        self._private = private
        for feed in self._feeds:
            feed.set_private(private)

    def use(self, settings: "EngineSettings") -> None:
        """Load these models before the next source is opened, anywhere."""
        self._settings = settings
        for feed in self._feeds:
            feed.worker.use(settings)

    def record_as(self, recording: "RecordingSection") -> None:
        """Record like this from the next recording on, anywhere."""
        self._recording = recording
        for feed in self._feeds:
            feed.recording.section = recording

    def close(self) -> None:
        """Let go of every source and wait for every thread, and for what is recorded."""
        feeds = (*self._feeds, *self._leaving)
        for feed in feeds:
            feed.stop()
        for feed in feeds:
            feed.close()

    def _mean(self, feed: Feed) -> None:
        for name, stand_in in self._stand_ins.items():
            stand_in.mean(getattr(feed.actions, name))

    def _hear(self, feed: Feed, status: Status, before: WorkerState) -> None:
        self._tiles[feed].foot.show_status(status)
        self.wall.call()
        self._show_sources()
        self.told.emit(feed, status, before)

    def _show_figures(self, feed: Feed, update: Update) -> None:
        if len(self._feeds) > 1:
            self._tiles[feed].foot.show_figures(feed.figures)
        self.updated.emit(feed, update)

    def _pick(self, place: int) -> None:
        self.choose(place)
        self._show_sources()  # a key of the chosen one must not untick it
        self.wall.lead_here()

    def _step(self, way: int) -> None:
        self._pick((self._place + way) % len(self._feeds))

    def _set_large(self, large: bool) -> None:
        self.wall.large = large

    def _show_large(self, large: bool) -> None:
        self._commands.several.large.setChecked(large)
        for feed in self._feeds:
            feed.show_again()

    def _show_sources(self) -> None:
        names = [feed.title for feed in self._feeds]
        self._commands.several.show_sources(names, self._place, MOST)

    def _forget(self, feed: Feed, tile: Tile) -> None:
        if feed in self._leaving:
            self._leaving.remove(feed)
        for widget in (tile, *feed.widgets, feed.reading.card):
            widget.deleteLater()
        feed.deleteLater()
