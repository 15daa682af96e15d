"""A report of every shape a report can have."""

import pytest

from choreai_live.classification import ClassificationReport, DancerReport, SourceReport
from choreai_live.style import Segment


@pytest.fixture
def report() -> ClassificationReport:
    """Return a report of a duo, an empty room and a broken file."""
    first = DancerReport(
        id=1,
        first_seen=0.0,
        last_seen=10.0,
        segments=(
            Segment(0.0, 1.00049, None, 0.51239),
            Segment(1.00049, 6.0, "hiphop", 0.87654321),
            Segment(8.0, 10.0, "hiphop", 0.7),
        ),
        mean_probabilities={"hiphop": 0.7000049, "other": 0.2999951},
    )
    second = DancerReport(
        id=3,
        first_seen=2.0,
        last_seen=9.0,
        segments=(Segment(2.0, 9.0, None, 0.4),),
        mean_probabilities={"hiphop": 0.4, "other": 0.6},
    )
    return ClassificationReport(
        pose="blazepose",
        style_version="1",
        labels=("hiphop", "other"),
        unsure_labels=("other",),
        sources=(
            SourceReport("a/duo, take 1.mp4", 10.0, 300, 29.97002997, (640, 480), (first, second)),
            SourceReport("empty.mp4", 2.0, 60, 30.0, (640, 480)),
            SourceReport("broken.mp4", error="broken.mp4 is no video."),
        ),
    )


@pytest.fixture
def finer() -> ClassificationReport:
    """Return a report of one dancer who danced a taught move, then a taught style."""
    segments = (
        Segment(0.0, 2.0, "afrobeat", 0.8, "gwara, fast"),
        Segment(2.0, 3.0, "my own", 0.7),
    )
    dancer = DancerReport(1, 0.0, 3.0, segments, {"hiphop": 0.7, "other": 0.3})
    source = SourceReport("clip.mp4", 3.0, 90, 30.0, (640, 480), (dancer,))
    return ClassificationReport("blazepose", "1", ("hiphop", "other"), ("other",), (source,))
