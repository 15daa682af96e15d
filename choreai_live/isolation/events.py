"""What is told of a pipeline in a process of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from choreai_live.capture.status import SourceStatus
from choreai_live.messages import Snapshot
from choreai_live.monitoring.figures import Figures


@dataclass(frozen=True, slots=True)
class PipelineStarting:
    """A process for the pipeline was started.

    Parameters
    ----------
    restarts
        How often one had to be started again before; 0 for the first.
    """

    restarts: int


@dataclass(frozen=True, slots=True)
class EngineReady:
    """The models are loaded, or run elsewhere from now on, as a device was lost.

    The fields are those of the window's ``EngineInfo``.
    """

    labels: tuple[str, ...]
    unsure_labels: tuple[str, ...]
    description: str
    provider: str
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceOpening:
    """A source is being opened.

    Parameters
    ----------
    name
        Safe to show anywhere.
    camera
        Whether it is a camera, whose picture people expect mirrored.
    substitute
        Whether this is the demo in place of a camera, as there is none.
    """

    name: str
    camera: bool = False
    substitute: bool = False


@dataclass(frozen=True, slots=True)
class SourceOpened:
    """A source is open, or is being kept open from now on; the fields say more of it.

    Parameters
    ----------
    name
        Safe to show anywhere.
    duration
        Seconds; None when unknown or endless.
    """

    name: str
    duration: float | None = None


@dataclass(frozen=True, slots=True)
class SourceChanged:
    """A source changed its state; one that was recorded is live from its opening on."""

    status: SourceStatus


@dataclass(frozen=True, slots=True)
class SourceHeld:
    """The picture is held, or goes on."""

    paused: bool


@dataclass(frozen=True, slots=True)
class SourceEnded:
    """A source came to its end.

    Parameters
    ----------
    danced
        Per track id, seconds of each style danced (None: not sure).
    """

    danced: Mapping[int, Mapping[str | None, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceFailed:
    """The models cannot be loaded, or the source not be opened or read any further.

    Parameters
    ----------
    sentence
        Why: one sentence for the user.
    lost
        Whether it is a live source that had been delivering.
    retry_at
        When it is tried again by itself, ``time.monotonic()`` seconds; None if it is not.
    """

    sentence: str
    lost: bool = False
    retry_at: float | None = None


@dataclass(frozen=True, slots=True)
class SnapshotReady:
    """The newest snapshot, its picture this process's own.

    Parameters
    ----------
    snapshot
        As the pipeline made it.
    dropped
        Frames of this source that a newer one replaced.
    fps
        Snapshots a second, once that can be known.
    reconnects
        Times this source came back.
    """

    snapshot: Snapshot
    dropped: int
    fps: float | None
    reconnects: int = 0


@dataclass(frozen=True, slots=True)
class FiguresChanged:
    """What there is to tell in numbers; once a second."""

    figures: Figures


@dataclass(frozen=True, slots=True)
class PipelineDied:
    """The pipeline's process ended or froze, and another will be started.

    Parameters
    ----------
    sentence
        The cause: one sentence for the user and the log.
    attempt
        Deaths in a row without a snapshot in between, this one included.
    restart_at
        When the next process is started, ``time.monotonic()`` seconds.
    """

    sentence: str
    attempt: int
    restart_at: float


@dataclass(frozen=True, slots=True)
class RecordingChanged:
    """A recording began, goes on, ended or had to stop.

    Parameters
    ----------
    path
        Where it goes; None when nothing is being recorded.
    seconds
        How long it is by now.
    failure
        Why it had to stop: one sentence; None if it did not.
    part
        Which of its files is being written, 1 for the first.
    """

    path: Path | None
    seconds: float = 0.0
    failure: str | None = None
    part: int = 1


Event = (
    PipelineStarting
    | EngineReady
    | SourceOpening
    | SourceOpened
    | SourceChanged
    | SourceHeld
    | SourceEnded
    | SourceFailed
    | SnapshotReady
    | FiguresChanged
    | PipelineDied
    | RecordingChanged
)

#: Called from a thread of the pipeline's supervisor; must return at once.
EventListener = Callable[[Event], None]
