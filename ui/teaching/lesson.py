"""One lesson, from the name to what was learned; the sheet shows it."""

from enum import Enum, auto
from time import monotonic
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from choreai_live.ui.style_look import StyleLook, taught_look
from choreai_live.ui.teaching.following import Ending, TakeFollowing
from choreai_live.ui.teaching.words import seconds_words

if TYPE_CHECKING:
    from choreai_live.teaching import Library, Take, Taught
    from choreai_live.ui.several.feed import Feed
    from choreai_live.ui.teaching.calls import LibraryCalls


class Phase(Enum):
    """Where a lesson is."""

    NAMING = auto()
    COUNTDOWN = auto()
    DANCING = auto()
    TAKES = auto()
    LEARNING = auto()
    LEARNED = auto()


class Lesson(QObject):
    """What has been danced for one style, and what comes next.

    Parameters
    ----------
    library
        Learns.
    calls
        Asks it.
    parent
        Owner.

    Attributes
    ----------
    moved_on
        Emitted with the Phase it is in now; also where the takes have changed.
    learned
        Emitted with the Taught once it is in use.
    """

    moved_on = pyqtSignal(object)
    learned = pyqtSignal(object)

    def __init__(
        self, library: "Library", calls: "LibraryCalls", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.library = library
        self._calls = calls
        self._feed: Feed | None = None
        self.phase = Phase.NAMING
        self.name = ""
        self.family: str | None = None
        self.takes: list[Take] = []
        self.said = ""
        self.following: TakeFollowing | None = None
        self.took = 0.0

    @property
    def look(self) -> StyleLook:
        """The look of the style it is about."""
        return taught_look(self.name)

    def begin(self) -> None:
        """Start from the name."""
        self._drop()
        self.name, self.family, self.takes, self.said = "", None, [], ""
        self._move(Phase.NAMING)

    def start(self, name: str, family: str | None, feed: "Feed") -> None:
        """Count down to the first take of a style, danced before the source of `feed`."""
        self.name, self.family = name, family
        self.more(feed)

    def more(self, feed: "Feed") -> None:
        """Count down to another take."""
        self._feed, self.said = feed, ""
        self._move(Phase.COUNTDOWN)

    def dance(self) -> None:
        """Begin the take."""
        if self.phase is not Phase.COUNTDOWN or self._feed is None:
            return
        self.following = TakeFollowing(self._feed, self.library.model, self)
        self.following.ended.connect(self._keep)
        self._move(Phase.DANCING)

    def back(self) -> None:
        """Leave countdown or take; nothing of it is kept."""
        if self.phase in (Phase.COUNTDOWN, Phase.DANCING):
            self._drop()
            self._move(Phase.TAKES if self.takes else Phase.NAMING)

    def delete(self, place: int) -> None:
        """Leave out the take at a place, from 0."""
        del self.takes[place]
        self.said = ""
        self._move(Phase.TAKES)

    def done(self) -> None:
        """Learn from the takes that can be learned from."""
        takes = [take for take in self.takes if take.quality.usable]
        if not takes or self.phase is not Phase.TAKES:
            return
        began = monotonic()
        name, family, library = self.name, self.family, self.library
        self._move(Phase.LEARNING)
        self._calls.ask(
            lambda: library.teach(name, takes, family),
            lambda taught: self._conclude(taught, monotonic() - began),
            self._fail,
        )

    def _keep(self, why: Ending, takes: "list[Take]") -> None:
        self._drop()
        self.takes += takes
        seconds = sum(take.seconds for take in takes)
        if not takes:
            self.said = self.tr("Nobody was seen, so there is no take.")
        elif why is Ending.LOST:
            self.said = self.tr("You were out of sight: the take ends there, after {time}.").format(
                time=seconds_words(seconds)
            )
        elif why is Ending.SOURCE_GONE:
            self.said = self.tr("The source is gone: the take ends there, after {time}.").format(
                time=seconds_words(seconds)
            )
        else:
            self.said = ""
        self._move(Phase.TAKES)

    def _conclude(self, taught: "Taught", took: float) -> None:
        self.took, self.takes, self.said = took, [], ""
        self._move(Phase.LEARNED)
        self.learned.emit(taught)

    def _fail(self, words: str) -> None:
        """Say why nothing was learned; the takes are still there."""
        self.said = words
        self._move(Phase.TAKES)

    def _drop(self) -> None:
        following, self.following = self.following, None
        if following is not None:
            following.drop()
            following.deleteLater()

    def _move(self, phase: Phase) -> None:
        self.phase = phase
        self.moved_on.emit(phase)
