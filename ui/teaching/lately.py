"""The last seconds of the dancer that the big readout is about."""

from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QObject

from choreai_live.ui.worker import Status, Update, WorkerState

if TYPE_CHECKING:
    from choreai_live.teaching import Library, Recorder, Take
    from choreai_live.ui.several.feed import Feed

#: Seconds that a correction is about.
LATELY: Final = 8.0


class Lately(QObject):
    """Collects them of one source, as long as it is watched.

    Parameters
    ----------
    feed
        The source, and owner.
    """

    def __init__(self, feed: "Feed") -> None:
        super().__init__(feed)
        self._feed = feed
        self._library: Library | None = None
        self._recorder: Recorder | None = None
        self._dancer: int | None = None
        feed.updated.connect(self._take_in)
        feed.told.connect(self._hear)

    def take(self) -> "Take | None":
        """Return what was danced lately; None where nobody was seen."""
        return None if self._recorder is None else self._recorder.take(LATELY)

    def _take_in(self, update: Update) -> None:
        engine = self._feed.engine
        library = None if engine is None else engine.library
        if library is not self._library:
            self._library = library
            self._recorder = None if library is None else _recorder(library)
        if self._recorder is None:
            return
        chosen = self._feed.prominent
        if chosen is not None and chosen != self._dancer:
            self._dancer = chosen
            self._recorder.clear()
        for track in update.snapshot.tracks:
            if track.id == self._dancer and track.missed == 0:
                self._recorder.add(track, update.snapshot.frame.time)

    def _hear(self, status: Status, _before: WorkerState) -> None:
        if status.state is WorkerState.OPENING and self._recorder is not None:
            self._recorder.clear()
            self._dancer = None


def _recorder(library: "Library") -> "Recorder":
    # Here, because the room it stands in loads what the models need.
    from choreai_live.teaching import Recorder

    return Recorder(library.model, LATELY)
