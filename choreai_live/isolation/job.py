"""What a pipeline in a process of its own is asked to do."""

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from choreai_live.settings import EngineSettings


@dataclass(frozen=True, slots=True)
class RecordingOrder:
    """What to record, and where; the fields are those of the session's ``RecordingSettings``.

    Parameters
    ----------
    folder
        Where sessions go.
    video, overlay, privacy
        Whether to keep the picture, whether with what was seen drawn into it, and whether
        skeletons are all that is to be seen of people.
    split_seconds, split_bytes
        When to begin another part; None for never.
    floor_bytes
        Free space to leave on the disk; None for the usual.
    """

    folder: Path
    video: bool = True
    overlay: bool = False
    privacy: bool = False
    split_seconds: float | None = None
    split_bytes: int | None = None
    floor_bytes: int | None = None

    def settings(self) -> dict[str, Any]:
        """Return what was chosen, by the names of ``RecordingSettings``."""
        chosen = {field.name: getattr(self, field.name) for field in fields(self)}
        del chosen["folder"]
        if self.floor_bytes is None:
            del chosen["floor_bytes"]
        return chosen


@dataclass(frozen=True, slots=True)
class PipelineJob:
    """What stays the same for all sources that are watched.

    Parameters
    ----------
    engine
        What models to load and where to run them.
    transport
        How to ask for RTSP: ``"tcp"`` or ``"udp"``.
    persistent
        Whether a source that cannot be opened is tried for ever.
    recording
        What to record from the start; None for nothing.
    spare
        Whether a second process stands by with the models loaded.
    """

    engine: EngineSettings = field(default_factory=EngineSettings)
    transport: str = "tcp"
    persistent: bool = True
    recording: RecordingOrder | None = None
    spare: bool = True
