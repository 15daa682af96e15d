"""The messages between the pipeline's process and the one that watches over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from choreai_live.isolation.events import (
    EngineReady,
    RecordingChanged,
    SourceChanged,
    SourceEnded,
    SourceFailed,
    SourceHeld,
    SourceOpened,
    SourceOpening,
)
from choreai_live.isolation.job import PipelineJob, RecordingOrder
from choreai_live.messages import Frame, Image, Readout, Snapshot, Track


@dataclass(frozen=True, slots=True)
class Begin:
    """The first message: what stays the same.

    Parameters
    ----------
    job
        What to do.
    memory
        Descriptor of the memory for pictures, as inherited.
    log_level
        From which level on to log, as of :mod:`logging`.
    """

    job: PipelineJob
    memory: int
    log_level: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Leave the present source and open another.

    Parameters
    ----------
    number
        Of this request; each has the next.
    spec
        As :func:`choreai_live.capture.open_source` takes it; None for the first camera.
    """

    number: int
    spec: str | None


@dataclass(frozen=True, slots=True)
class Stop:
    """Leave the present source; ``number`` as of :class:`Watch`."""

    number: int


@dataclass(frozen=True, slots=True)
class Hold:
    """Hold the picture, or go on."""

    paused: bool


@dataclass(frozen=True, slots=True)
class TryNow:
    """Make the next attempt to reach a source that is lost at once."""


@dataclass(frozen=True, slots=True)
class Record:
    """Begin to record as ordered, or with None end the recording."""

    order: RecordingOrder | None


@dataclass(frozen=True, slots=True)
class SlotFree:
    """The picture in a slot was taken out."""

    slot: int


@dataclass(frozen=True, slots=True)
class Leave:
    """End the process."""


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """What a source has counted so far; see :class:`~choreai_live.capture.Source`."""

    dropped: int = 0
    skipped: int = 0
    reconnects: int = 0


class Activity(Enum):
    """What the pipeline's loop is doing."""

    IDLE = "idle"
    LOADING = "loading models"
    WAITING = "waiting for the source"
    BUSY = "busy with one frame"
    RECORDING = "writing the recording"


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life, several a second.

    Parameters
    ----------
    activity
        What the loop is doing.
    seconds
        Since when.
    patience
        How long that may take, seconds; None for as long as it likes.
    counts
        Of the present source.
    """

    activity: Activity
    seconds: float
    patience: float | None
    counts: SourceCounts


@dataclass(frozen=True, slots=True)
class Turned:
    """All that follows is about the source of this request."""

    number: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture lies in the shared memory.

    Parameters
    ----------
    slot
        To be handed back once the picture was taken out.
    offset
        Bytes from the start of the memory.
    height, width
        Pixels.
    """

    slot: int
    offset: int
    height: int
    width: int


@dataclass(frozen=True, slots=True)
class SnapshotSent:
    """A snapshot but for its picture.

    Parameters
    ----------
    place
        Where its picture lies; None for one of 0 by 0 pixels.
    time, index, captured, connection, recorded, memory
        The fields of its :class:`~choreai_live.messages.Frame`; ``recorded`` is its ``tracks``.
    tracks, readouts, timings
        As of :class:`~choreai_live.messages.Snapshot`.
    counts
        Of the source, at that moment.
    """

    place: Place | None
    time: float
    index: int
    captured: float
    connection: int
    recorded: tuple[Track, ...] | None
    memory: bytes | None
    tracks: tuple[Track, ...]
    readouts: Mapping[int, Readout]
    timings: Mapping[str, float]
    counts: SourceCounts

    @classmethod
    def of(cls, snapshot: Snapshot, place: Place | None, counts: SourceCounts) -> "SnapshotSent":
        """Return the message of a snapshot whose picture lies at ``place``."""
        frame = snapshot.frame
        return cls(
            place,
            frame.time,
            frame.index,
            frame.captured,
            frame.connection,
            frame.tracks,
            frame.memory,
            snapshot.tracks,
            snapshot.readouts,
            snapshot.timings,
            counts,
        )

    def snapshot(self, image: Image) -> Snapshot:
        """Return the snapshot, over its picture."""
        frame = Frame(
            image, self.time, self.index, self.captured, self.connection, self.recorded, self.memory
        )
        return Snapshot(frame, self.tracks, self.readouts, self.timings)


#: What the pipeline's process hears; the order is part of the agreement.
ORDERS: Final = (Begin, Watch, Stop, Hold, TryNow, Record, SlotFree, Leave)

#: What the pipeline's process says; the order is part of the agreement.
REPORTS: Final = (
    Beat,
    Turned,
    EngineReady,
    SourceOpening,
    SourceOpened,
    SourceChanged,
    SourceEnded,
    SourceFailed,
    SourceHeld,
    SnapshotSent,
    RecordingChanged,
)
