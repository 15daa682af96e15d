"""The pipeline in a process of its own, replaced whenever it dies or freezes."""

from choreai_live.isolation.events import (
    EngineReady,
    Event,
    EventListener,
    FiguresChanged,
    PipelineDied,
    PipelineStarting,
    RecordingChanged,
    SnapshotReady,
    SourceChanged,
    SourceEnded,
    SourceFailed,
    SourceHeld,
    SourceOpened,
    SourceOpening,
)
from choreai_live.isolation.job import PipelineJob, RecordingOrder
from choreai_live.isolation.pipeline_process import PipelineProcess

__all__ = [
    "EngineReady",
    "Event",
    "EventListener",
    "FiguresChanged",
    "PipelineDied",
    "PipelineJob",
    "PipelineProcess",
    "PipelineStarting",
    "RecordingChanged",
    "RecordingOrder",
    "SnapshotReady",
    "SourceChanged",
    "SourceEnded",
    "SourceFailed",
    "SourceHeld",
    "SourceOpened",
    "SourceOpening",
]
