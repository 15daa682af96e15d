"""Results as JSON. The format is described in ``docs/command-line.md``."""

import json
from typing import Any, Final

from choreai_live import __version__
from choreai_live.classification import ClassificationReport, DancerReport, SourceReport
from choreai_live.style import Segment

SCHEMA: Final = "choreai.classification/1"

_SECONDS: Final = 3
_PROBABILITY: Final = 4


def classification_json(report: ClassificationReport) -> str:
    """Return the report as JSON text; equal reports give equal bytes."""
    document = {
        "schema": SCHEMA,
        "generator": f"choreai-live {__version__}",
        "model": {
            "style": report.style_version,
            "labels": list(report.labels),
            "unsure_labels": list(report.unsure_labels),
            "pose": report.pose,
        },
        "sources": [_source(source) for source in report.sources],
    }
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _source(report: SourceReport) -> dict[str, Any]:
    entry = {
        "source": report.source,
        "duration": None if report.duration is None else round(report.duration, _SECONDS),
        "frames": report.frames,
        "rate": None if report.rate is None else round(report.rate, _SECONDS),
        "size": None if report.size is None else list(report.size),
        "dancers": [_dancer(dancer) for dancer in report.dancers],
    }
    return entry if report.error is None else {**entry, "error": report.error}


def _dancer(report: DancerReport) -> dict[str, Any]:
    return {
        "id": report.id,
        "first_seen": round(report.first_seen, _SECONDS),
        "last_seen": round(report.last_seen, _SECONDS),
        "segments": [_segment(segment) for segment in report.segments],
        "mean_probabilities": {
            label: round(p, _PROBABILITY) for label, p in report.mean_probabilities.items()
        },
    }


def _segment(segment: Segment) -> dict[str, Any]:
    entry = {
        "start": round(segment.start, _SECONDS),
        "end": round(segment.end, _SECONDS),
        "label": segment.label,
        "confidence": round(segment.confidence, _PROBABILITY),
    }
    return entry if segment.finer is None else {**entry, "finer": segment.finer}
