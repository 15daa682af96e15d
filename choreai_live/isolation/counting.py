"""What there is to tell of a source and of what was danced in it."""

from choreai_live.capture import Source
from choreai_live.capture.supervised import SupervisedSource
from choreai_live.isolation.wire import SourceCounts
from choreai_live.pipeline import Pipeline


def counts_of(source: Source, overtaken: int) -> SourceCounts:
    """Return what a source has counted, with the snapshots nobody took among the dropped."""
    reconnects = source.reconnects if isinstance(source, SupervisedSource) else 0
    return SourceCounts(source.dropped + overtaken, source.skipped, reconnects)


def danced_in(pipeline: Pipeline) -> dict[int, dict[str | None, float]]:
    """Return, per track id, seconds of each style danced (None: not sure)."""
    danced: dict[int, dict[str | None, float]] = {}
    for dancer in pipeline.timeline.dancers:
        seconds = danced.setdefault(dancer, {})
        for segment in pipeline.timeline.segments(dancer):
            seconds[segment.label] = seconds.get(segment.label, 0.0) + segment.end - segment.start
    return danced
