"""What a worker tells: what it is doing, what is loaded, and the newest picture."""

from dataclasses import dataclass, field
from enum import Enum
from threading import Lock
from typing import TYPE_CHECKING

from choreai_live.messages import Snapshot
from choreai_live.ui.source_opening import SourceInfo

if TYPE_CHECKING:
    from PyQt6.QtGui import QImage

    from choreai_live.capture import SourceStatus
    from choreai_live.pipeline import Pipeline
    from choreai_live.teaching import Library


class WorkerState(Enum):
    """What the worker is doing, as the window tells it."""

    LOADING = "loading"
    OPENING = "opening"
    LIVE = "live"
    PAUSED = "paused"
    STALLED = "stalled"
    RECONNECTING = "reconnecting"
    ENDED = "ended"
    LOST = "lost"
    FAILED = "failed"


@dataclass(frozen=True)
class Status:
    """A state together with what there is to say about it.

    Parameters
    ----------
    state
        What the worker is doing.
    source
        The source it is about, once that is known.
    sentence
        Why, for STALLED, RECONNECTING, LOST and FAILED: one sentence for the user.
    danced
        For ENDED: per track id, seconds of each style danced (None: not sure).
    retry_at
        For RECONNECTING: when the next attempt begins, ``time.monotonic()`` seconds;
        None while one is under way.
    """

    state: WorkerState
    source: SourceInfo | None = None
    sentence: str = ""
    danced: dict[int, dict[str | None, float]] = field(default_factory=dict)
    retry_at: float | None = None


@dataclass(frozen=True)
class EngineInfo:
    """What the window may know of the loaded models."""

    labels: tuple[str, ...]
    unsure_labels: tuple[str, ...]
    description: str
    provider: str
    notices: tuple[str, ...]
    #: What was taught, and learns more; None where the models are in another process.
    library: "Library | None" = None


@dataclass(frozen=True)
class Update:
    """The newest snapshot with the source's figures at that moment.

    Where converting the picture takes long, that is done already. For a tile there is a
    picture no larger than the tile shows it.
    """

    snapshot: Snapshot
    dropped: int
    fps: float | None
    reconnects: int = 0
    picture: "QImage | None" = None
    small: "QImage | None" = None


class UpdateSlot:
    """Holds the newest update only; safe between two threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._update: Update | None = None

    def put(self, update: Update) -> bool:
        """Replace what is held; return whether the slot had been empty."""
        with self._lock:
            was_empty = self._update is None
            self._update = update
            return was_empty

    def take(self) -> Update | None:
        """Return what is held, if anything, and leave the slot empty."""
        with self._lock:
            update, self._update = self._update, None
            return update


def status_of(heard: "SourceStatus | None", info: SourceInfo) -> Status | None:
    """Return what a live source said of itself as the window tells it, if it does."""
    told = (WorkerState.LIVE, WorkerState.STALLED, WorkerState.RECONNECTING)
    if heard is None or WorkerState(heard.state.value) not in told:
        return None
    state = WorkerState(heard.state.value)
    return Status(state, info, heard.sentence, retry_at=heard.retry_at)


def danced_in(pipeline: "Pipeline") -> dict[int, dict[str | None, float]]:
    """Return per track id how many seconds of each style were danced (None: not sure)."""
    danced: dict[int, dict[str | None, float]] = {}
    for dancer in pipeline.timeline.dancers:
        seconds = danced.setdefault(dancer, {})
        for segment in pipeline.timeline.segments(dancer):
            seconds[segment.label] = seconds.get(segment.label, 0.0) + segment.end - segment.start
    return danced
