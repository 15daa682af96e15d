"""Following one dancer of a source for the length of a take."""

from enum import Enum, auto
from time import monotonic
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from choreai_live.ui.prominence import by_prominence
from choreai_live.ui.worker import Status, Update, WorkerState

if TYPE_CHECKING:
    from choreai_live.style.model import StyleModel
    from choreai_live.teaching import Problem, Take
    from choreai_live.ui.several.feed import Feed

#: Seconds of dancing: at least, asked for, at most.
LEAST: Final = 10.0
ENOUGH: Final = 30.0
MOST: Final = 60.0
#: Seconds out of sight after which the take is over.
LOST_AFTER: Final = 2.0
#: Seconds between two looks at what is wrong: a line that changes all the time is not read.
_LOOK_EVERY: Final = 1.0
#: Somebody lost before this many seconds was not the one who teaches.
_WORTH_KEEPING: Final = 5.0
#: Seconds that are looked at, the last ones: what was mended must not be complained about.
_JUDGED: Final = 12.0
#: Before this many seconds were danced nothing can be said about them.
_EARLY: Final = 4.0
_TICK_MS: Final = 200

#: The source is not there any more.
_OVER: Final = (
    WorkerState.LOADING,
    WorkerState.OPENING,
    WorkerState.ENDED,
    WorkerState.LOST,
    WorkerState.FAILED,
)


class Ending(Enum):
    """Why a take is over."""

    FULL = auto()
    STOPPED = auto()
    LOST = auto()
    SOURCE_GONE = auto()


class TakeFollowing(QObject):
    """Collects what the dancer who comes first when it begins does from then on.

    Parameters
    ----------
    feed
        The source.
    model
        For its rate, and the longest gap that it bridges: a take has no longer one.
    parent
        Owner.

    Attributes
    ----------
    changed
        Emitted when there is more, or something else is wrong.
    ended
        Emitted once, with the Ending and a list of Take: one, unless the dancer was out of
        sight for longer than the style model bridges; none where nobody was seen.
    """

    changed = pyqtSignal()
    ended = pyqtSignal(object, object)

    def __init__(self, feed: "Feed", model: "StyleModel", parent: QObject | None = None) -> None:
        from choreai_live.teaching import Recorder

        super().__init__(parent)
        self._feed = feed
        self._recorder = Recorder(model, MOST)
        self._longest_gap = model.max_gap
        self._last: float | None = None
        self._kept: list[Take] = []
        self._dancer: int | None = None
        self._seen = monotonic()
        self._looked = 0.0
        self._over = False
        self.problem: Problem | None = None
        self._watch = QTimer(self)
        self._watch.setInterval(_TICK_MS)
        self._watch.timeout.connect(self._look_after)
        self._watch.start()
        feed.updated.connect(self._take_in)
        feed.told.connect(self._hear)

    @property
    def dancer(self) -> int | None:
        """Track id of the dancer; None until somebody is seen."""
        return self._dancer

    @property
    def seconds(self) -> float:
        """How much was danced so far."""
        kept = sum(take.seconds for take in self._kept)
        return min(kept + self._recorder.seconds, MOST)

    @property
    def can_stop(self) -> bool:
        """Whether there is enough of it to be kept."""
        return self.seconds >= LEAST

    def stop(self) -> None:
        """End the take, if there is enough of it."""
        if self.can_stop:
            self._end(Ending.STOPPED)

    def drop(self) -> None:
        """End it, and keep nothing."""
        if not self._over:
            self._leave()

    def _take_in(self, update: Update) -> None:
        snapshot = update.snapshot
        tracks = {track.id: track for track in snapshot.tracks if track.missed == 0}
        if self._dancer is None and tracks:
            height, width, _ = snapshot.frame.image.shape
            self._dancer = by_prominence(tuple(tracks.values()), width, height)[0]
        track = None if self._dancer is None else tracks.get(self._dancer)
        if track is None:
            return
        time, last = snapshot.frame.time, self._last
        if last is not None and not 0 <= time - last <= self._longest_gap:
            self._keep()
        self._seen, self._last = monotonic(), time
        self._recorder.add(track, time)
        seconds = self.seconds
        if seconds >= MOST:
            self._end(Ending.FULL)
            return
        if seconds - self._looked >= _LOOK_EVERY and seconds >= _EARLY:
            self._looked = seconds
            take = self._recorder.take(_JUDGED)
            problem = None if take is None else take.quality.problem
            # Of a stretch that has just begun nothing else can be said yet.
            self.problem = problem if problem is None or problem.name != "SHORT" else None
        self.changed.emit()

    def _hear(self, status: Status, _before: WorkerState) -> None:
        if status.state in _OVER:
            self._end(Ending.SOURCE_GONE)
        elif status.state is WorkerState.LIVE:
            self._seen = monotonic()  # held for a while, the source went on where it was

    def _look_after(self) -> None:
        if self._feed.state is WorkerState.PAUSED or self._dancer is None:
            return
        if monotonic() - self._seen <= LOST_AFTER:
            return
        if self.seconds >= _WORTH_KEEPING:
            self._end(Ending.LOST)
        else:  # somebody who walked by: whoever comes first now is followed instead
            self._dancer = self._last = None
            self._recorder.clear()
            self.changed.emit()

    def _keep(self) -> None:
        """Keep the stretch that ends here, if it can be learned from."""
        take = self._recorder.take()
        if take is not None and take.quality.usable:
            self._kept.append(take)
        self._recorder.clear()

    def _end(self, why: Ending) -> None:
        if self._over:
            return
        self._leave()
        rest = self._recorder.take()
        self._keep()
        if not self._kept and rest is not None:
            self._kept.append(rest)  # to be seen, with what is wrong with it
        self.ended.emit(why, self._kept)

    def _leave(self) -> None:
        self._over = True
        self._watch.stop()
        self._feed.updated.disconnect(self._take_in)
        self._feed.told.disconnect(self._hear)
