"""What is told of a running pipeline, in numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from choreai_live.capture.status import SourceState

#: What no style is called, where it needs a name.
NOT_SURE: Final = "not sure"


@dataclass(frozen=True, slots=True)
class Figures:
    """How a pipeline is doing at one moment.

    Parameters
    ----------
    source
        Its name, credentials masked; empty before one is asked for.
    state
        What the source is doing; None while there is none.
    fps
        Snapshots a second over the last seconds; None where there are too few.
    latency_p50, latency_p95
        Milliseconds from capture to snapshot over the last seconds; None without any.
    snapshots
        Since the program started.
    dropped, skipped, reconnects
        Frames that a newer one replaced, pictures damaged beyond decoding, and times
        the source came back: since the program started, over all sources.
    restarts
        Times the pipeline's process had to be started again.
    memory
        Resident bytes of this process.
    pipeline_memory
        Resident bytes of the pipeline's process; None where there is none.
    spare_memory
        Resident bytes of the process that stands by for it; None where there is none.
    dancers
        Those in view now.
    danced
        Style (None: not sure) to seconds danced, summed over dancers.
    uptime
        Seconds since the program started.
    recording
        Whether a recording is being made.
    recording_seconds
        How long this recording is by now.
    recording_failure
        Why the recording had to stop: one sentence; None if it did not.
    provider
        Execution provider the models really run on now; empty until they are loaded.
    notices
        A sentence for each thing that does not run, or no longer, where it was asked to.
    """

    source: str = ""
    state: SourceState | None = None
    fps: float | None = None
    latency_p50: float | None = None
    latency_p95: float | None = None
    snapshots: int = 0
    dropped: int = 0
    skipped: int = 0
    reconnects: int = 0
    restarts: int = 0
    memory: int = 0
    pipeline_memory: int | None = None
    spare_memory: int | None = None
    dancers: int = 0
    danced: Mapping[str | None, float] = field(default_factory=dict)
    uptime: float = 0.0
    recording: bool = False
    recording_seconds: float = 0.0
    recording_failure: str | None = None
    provider: str = ""
    notices: tuple[str, ...] = ()

    @property
    def ailment(self) -> str | None:
        """Why nothing is to be seen now, in a few words; None if all is well."""
        if self.pipeline_memory is None:
            return "the pipeline is being started"
        if self.state is None:
            return "nothing is being watched"
        if self.state is not SourceState.LIVE:
            return f"the source is {self.state.value}"
        if not self.fps:
            return "no pictures come"
        return None
