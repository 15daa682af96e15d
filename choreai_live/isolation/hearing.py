"""What becomes of the reports of the pipeline's process."""

import logging
import math
from collections.abc import Callable
from time import monotonic
from typing import Final

import numpy as np

from choreai_live.capture.status import SourceState
from choreai_live.isolation.child_process import ChildProcess
from choreai_live.isolation.events import (
    EngineReady,
    Event,
    RecordingChanged,
    SnapshotReady,
    SourceChanged,
    SourceEnded,
    SourceFailed,
    SourceHeld,
    SourceOpened,
    SourceOpening,
)
from choreai_live.isolation.wire import Beat, SnapshotSent, SourceCounts, Turned
from choreai_live.monitoring.collector import FiguresCollector

logger = logging.getLogger(__name__)

_NO_PICTURE: Final = np.empty((0, 0, 3), np.uint8)


class Hearing:
    """Passes on what is about the source that was asked for last.

    Parameters
    ----------
    collector
        Takes in what is told in numbers.
    tell
        Tells an event.
    source_over
        Called with the number of the request once its source gives no more.

    Attributes
    ----------
    wanted : int
        Number of the request that counts.
    well_since : float
        ``time.monotonic()`` of the first snapshot of the present process that was passed
        on; infinite before.
    missed_since : float or None
        ``time.monotonic()`` since when a process is missed that gives snapshots.
    """

    def __init__(
        self,
        collector: FiguresCollector,
        tell: Callable[[Event], None],
        source_over: Callable[[int], None],
    ) -> None:
        self.wanted = 0
        self.well_since = math.inf
        self.missed_since: float | None = None
        self._turned = 0
        self._recording = False
        self._collector = collector
        self._tell = tell
        self._source_over = source_over

    def begin(self) -> None:
        """Take what follows to come from a new process."""
        self._turned = 0
        self.well_since = math.inf
        if self._recording:  # the process that did is no more
            self._hear_of_recording(RecordingChanged(None))

    def hear(self, child: ChildProcess, report: object) -> None:
        """Take one report in; called by the thread that hears the process.

        Raises
        ------
        MessageError
            If it cannot be true.
        """
        match report:
            case Beat(counts=counts):
                if self._current:
                    self._note(counts)
            case Turned(number):
                self._turned = number
            case SnapshotSent():
                self._hear_snapshot(child, report)
            case EngineReady(provider=provider, notices=notices):
                self._collector.note_engine(provider, notices)
                self._tell(report)
            case RecordingChanged():
                self._hear_of_recording(report)
            case _ if self._current:
                self._hear_of_source(report)

    def _hear_of_recording(self, report: RecordingChanged) -> None:
        self._recording = report.path is not None
        self._collector.note_recording(self._recording, report.seconds, report.failure)
        self._tell(report)

    @property
    def _current(self) -> bool:
        return self._turned == self.wanted

    def _hear_snapshot(self, child: ChildProcess, report: SnapshotSent) -> None:
        image = _NO_PICTURE if report.place is None else child.picture(report.place)
        if not self._current:
            return
        self.well_since = min(self.well_since, monotonic())
        if self.missed_since is not None:
            seconds = monotonic() - self.missed_since
            logger.info("The pipeline is back, %.1f seconds after it was lost", seconds)
            self.missed_since = None
        snapshot = report.snapshot(image)
        self._note(report.counts)
        fps = self._collector.note_snapshot(snapshot)
        counts = report.counts
        self._tell(SnapshotReady(snapshot, counts.dropped, fps, counts.reconnects))

    def _hear_of_source(self, report: object) -> None:
        match report:
            case SourceOpening(name):
                self._collector.begin_source(name)
            case SourceChanged(status):
                self._collector.note_state(status.state)
            case SourceEnded():
                self._collector.end_source(SourceState.ENDED)
                self._source_over(self._turned)
            case SourceFailed(retry_at=None):
                self._collector.end_source(SourceState.ENDED)
                self._source_over(self._turned)
            case SourceFailed():
                self._collector.end_source(SourceState.RECONNECTING)
            case SourceOpened() | SourceHeld():
                pass
            case _:
                return
        self._tell(report)

    def _note(self, counts: SourceCounts) -> None:
        self._collector.note_counts(counts.dropped, counts.skipped, counts.reconnects)
