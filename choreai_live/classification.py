"""Classifying a whole source, and the report of it."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Protocol

from choreai_live.capture import Source, Supervision, mask_credentials, open_source
from choreai_live.errors import SourceError
from choreai_live.messages import Snapshot
from choreai_live.pipeline import Engine
from choreai_live.recorded import read_results
from choreai_live.replay import Replay
from choreai_live.style import Segment, StyleClassifier, StyleModel, StyleTimeline
from choreai_live.style.second_reader import TaughtStyles

logger = logging.getLogger(__name__)

#: What stands for the name of the pose pipeline where none ran.
RECORDED: Final = "recorded"


@dataclass(frozen=True, slots=True)
class DancerReport:
    """What one dancer danced.

    Parameters
    ----------
    id
        The dancer's number in this source.
    first_seen, last_seen
        Seconds on the source's own clock.
    segments
        In order of time, without overlap; gaps are absences.
    mean_probabilities
        Class to mean probability over all the time the dancer was read.
    """

    id: int
    first_seen: float
    last_seen: float
    segments: tuple[Segment, ...]
    mean_probabilities: Mapping[str, float]

    def shares(self) -> dict[str | None, float]:
        """Return label (None: not sure) to its part of the segments' time, largest first."""
        seconds: dict[str | None, float] = {}
        for segment in self.segments:
            length = segment.end - segment.start
            seconds[segment.label] = seconds.get(segment.label, 0.0) + length
        total = sum(seconds.values())
        return {
            label: part / total
            for label, part in sorted(seconds.items(), key=lambda item: -item[1])
            if total
        }


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What was danced in one source.

    Parameters
    ----------
    source
        As the user named it, credentials masked.
    duration
        Seconds: as announced by the source, else the time of the last frame;
        None if it was never opened.
    frames
        Frames that were read.
    rate
        Nominal frames per second, if known.
    size
        Width and height in pixels, if known.
    dancers
        In order of appearance.
    error
        Why the source was not, or not wholly, read; None if it was.
    notices
        What the user should know of it, one sentence each.
    """

    source: str
    duration: float | None = None
    frames: int = 0
    rate: float | None = None
    size: tuple[int, int] | None = None
    dancers: tuple[DancerReport, ...] = ()
    error: str | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassificationReport:
    """What was danced in every source, and what read it.

    Parameters
    ----------
    pose
        Name of the pose pipeline, or :data:`RECORDED`.
    style_version, labels, unsure_labels
        What the style model says of itself.
    sources
        In the order in which they were given.
    """

    pose: str
    style_version: str
    labels: tuple[str, ...]
    unsure_labels: tuple[str, ...]
    sources: tuple[SourceReport, ...]


def classify_source(
    engine: Engine,
    spec: str,
    watch: Callable[[Source, Snapshot], None] | None = None,
    supervision: Supervision | None = None,
) -> SourceReport:
    """Read one source to its end.

    A source that cannot be read gives a report with the reason in ``error``
    and whatever was read before. A source without an end, such as a camera, is
    ended by a keyboard interrupt, and its report is as good as any.

    Parameters
    ----------
    engine
        The loaded models.
    spec
        As :func:`choreai_live.capture.open_source` takes it.
    watch
        Called after every frame, to show progress.
    supervision
        How a camera or stream that is lost is reached again; None to end with its loss.
    """
    try:
        source = open_source(spec, supervision=supervision)
    except SourceError as error:
        return SourceReport(mask_credentials(spec), error=str(error))
    with engine.pipeline(source) as pipeline:
        seen = Seen()
        failure = None
        try:
            logger.info("Reading %s", source.name)
            for snapshot in pipeline:
                seen.note(snapshot)
                if watch is not None:
                    watch(source, snapshot)
        except SourceError as error:
            failure = str(error)
        except KeyboardInterrupt:
            if source.duration is not None:
                raise
        return source_report(mask_credentials(spec), source, pipeline.timeline, seen, failure)


def classify_poses(
    style_model: StyleModel,
    fps: float,
    spec: str,
    watch: Callable[[Replay, Snapshot], None] | None = None,
    styles: TaughtStyles | None = None,
) -> SourceReport:
    """Read one recording of poses to its end, without the video it was made of.

    One that cannot be read gives a report with the reason in ``error``.

    Parameters
    ----------
    style_model
        The loaded model; no other is needed.
    fps
        Pictures per second of the recording.
    spec
        As :func:`choreai_live.recorded.read_results` takes it.
    watch
        Called after every picture, to show progress.
    styles
        What was taught; None for the model's own labels only.
    """
    try:
        recording = read_results(Path(spec))
    except SourceError as error:
        return SourceReport(spec, error=str(error))
    replay = Replay(recording, fps, StyleClassifier(style_model, styles=styles))
    seen = Seen()
    for snapshot in replay:
        seen.note(snapshot)
        if watch is not None:
            watch(replay, snapshot)
    report = source_report(spec, replay, replay.timeline, seen)
    return replace(report, notices=(recording.notice,)) if recording.notice else report


def report_on(engine: Engine, sources: list[SourceReport]) -> ClassificationReport:
    """Put the reports of several sources under what read them."""
    return _report_on(engine.pose_models.name, engine.style_model, sources)


def report_on_poses(style_model: StyleModel, sources: list[SourceReport]) -> ClassificationReport:
    """Put the reports of several recordings of poses under what read them."""
    return _report_on(RECORDED, style_model, sources)


def _report_on(pose: str, model: StyleModel, sources: list[SourceReport]) -> ClassificationReport:
    return ClassificationReport(
        pose=pose,
        style_version=model.version,
        labels=model.labels,
        unsure_labels=tuple(label for label in model.labels if label in model.unsure_labels),
        sources=tuple(sources),
    )


@dataclass(slots=True)
class Seen:
    """When each dancer was really in view."""

    frames: int = 0
    last_time: float = 0.0
    first: dict[int, float] = field(default_factory=dict)
    last: dict[int, float] = field(default_factory=dict)

    def note(self, snapshot: Snapshot) -> None:
        """Take in one frame."""
        self.frames += 1
        self.last_time = snapshot.frame.time
        for track in snapshot.tracks:
            if not track.missed:
                self.first.setdefault(track.id, snapshot.frame.time)
                self.last[track.id] = snapshot.frame.time


class Told(Protocol):
    """What is to be known of a source: its length, rate and size; None where it is not."""

    @property
    def duration(self) -> float | None:
        """Seconds."""

    @property
    def rate(self) -> float | None:
        """Nominal frames per second."""

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height in pixels."""


def source_report(
    name: str, source: Told, timeline: StyleTimeline, seen: Seen, failure: str | None = None
) -> SourceReport:
    """Return the report of one source that was read, to its end or to where it failed."""
    dancers = [
        DancerReport(
            id=id_,
            first_seen=seen.first[id_],
            last_seen=seen.last[id_],
            segments=tuple(timeline.segments(id_)),
            mean_probabilities=dict(
                zip(timeline.labels, map(float, timeline.mean_probabilities(id_)), strict=True)
            ),
        )
        for id_ in timeline.dancers
        if timeline.segments(id_)
    ]
    return SourceReport(
        source=name,
        duration=seen.last_time if source.duration is None else source.duration,
        frames=seen.frames,
        rate=source.rate,
        size=source.size,
        dancers=tuple(dancers),
        error=failure,
    )
