"""Figures from snapshots."""

import os
from dataclasses import replace

import pytest
from made_snapshots import readout, snapshot, track

from choreai_live.capture import SourceState
from choreai_live.messages import Snapshot
from choreai_live.monitoring import Figures, FiguresCollector


def at(time: float, *labels: str | None, latency: float = 10.0) -> Snapshot:
    """Return a snapshot of one dancer for each label."""
    tracks = [track(number, 10, 10, 50) for number, _ in enumerate(labels, 1)]
    readouts = {number: readout(label) for number, label in enumerate(labels, 1)}
    return replace(snapshot(*tracks, readouts=readouts, time=time), timings={"latency": latency})


def test_nothing_is_known_at_first() -> None:
    figures = FiguresCollector().figures()
    assert figures.fps is None
    assert figures.latency_p50 is None
    assert figures.state is None
    assert figures.pipeline_memory is None
    assert figures.memory > 1e6
    assert figures.uptime >= 0


def test_seconds_danced_are_summed_over_dancers_and_never_invented() -> None:
    collector = FiguresCollector()
    collector.begin_source("demo")
    for step in range(11):
        collector.note_snapshot(at(step * 0.1, "hiphop", None))
    collector.note_snapshot(at(9.0, "hiphop", "afrobeat"))  # the source was away
    for step in range(1, 6):
        collector.note_snapshot(at(9.0 + step * 0.1, "afrobeat"))
    danced = collector.figures().danced
    assert danced == {
        "hiphop": pytest.approx(1.0),
        None: pytest.approx(1.0),
        "afrobeat": pytest.approx(0.5),
    }


def test_time_that_begins_anew_counts_for_nothing() -> None:
    collector = FiguresCollector()
    for time in (5.0, 5.1, 0.0, 0.1):
        collector.note_snapshot(at(time, "hiphop"))
    assert collector.figures().danced == {"hiphop": pytest.approx(0.2)}


def test_dancers_are_those_in_view() -> None:
    collector = FiguresCollector()
    collector.note_snapshot(snapshot(track(1, 0, 0, 50), track(2, 90, 0, 50, missed=3)))
    assert collector.figures().dancers == 1
    collector.note_state(SourceState.STALLED)
    assert collector.figures().dancers == 0


def test_latencies_are_told_by_rank() -> None:
    collector = FiguresCollector()
    for number in range(100):
        collector.note_snapshot(at(number / 30, latency=float(number)))
    figures = collector.figures()
    assert figures.latency_p50 == 50
    assert figures.latency_p95 == 95


def test_counts_go_on_over_sources_and_processes() -> None:
    collector = FiguresCollector()
    collector.begin_source("rtsp://camera/a")
    collector.note_counts(5, 1, 2)
    collector.note_counts(7, 1, 2)
    collector.end_source(SourceState.ENDED)
    collector.note_counts(7, 1, 2)
    collector.begin_source("rtsp://camera/b")
    collector.note_counts(1, 0, 0)
    collector.note_restart()
    collector.begin_source("rtsp://camera/b")
    collector.note_counts(2, 3, 0)
    figures = collector.figures()
    assert (figures.dropped, figures.skipped, figures.reconnects) == (10, 4, 2)
    assert figures.restarts == 1
    assert figures.source == "rtsp://camera/b"


def test_why_a_recording_stopped_is_told_until_another_goes_on() -> None:
    collector = FiguresCollector()
    collector.note_recording(True, 3.0, None)
    assert collector.figures().recording_seconds == 3.0
    collector.note_recording(False, 0.0, "The disk is full.")
    collector.note_recording(False, 0.0, None)
    assert not collector.figures().recording
    assert collector.figures().recording_failure == "The disk is full."
    collector.note_recording(True, 1.0, None)
    assert collector.figures().recording_failure is None


def test_memory_is_of_the_process_asked_for() -> None:
    collector = FiguresCollector()
    assert collector.figures(os.getpid()).pipeline_memory == pytest.approx(
        collector.figures().memory, rel=0.2
    )
    assert collector.figures(2**22 + 1).pipeline_memory is None


def test_memory_of_its_own_does_not_grow() -> None:
    collector = FiguresCollector()
    for number in range(5_000):
        collector.note_snapshot(at(number / 30, "hiphop"))
    held = (collector._latencies, collector._rate._times, collector._danced)
    sizes = [len(each) for each in held]
    for number in range(5_000, 10_000):
        collector.note_snapshot(at(number / 30, "hiphop"))
    assert sizes[0] == len(held[0])
    assert len(held[2]) == 1


@pytest.mark.parametrize(
    ("figures", "ailing"),
    [
        (Figures(pipeline_memory=1, state=SourceState.LIVE, fps=30.0), False),
        (Figures(pipeline_memory=1, state=SourceState.LIVE), True),
        (Figures(pipeline_memory=1, state=SourceState.STALLED, fps=30.0), True),
        (Figures(pipeline_memory=1), True),
        (Figures(state=SourceState.LIVE, fps=30.0), True),
    ],
)
def test_all_is_well_only_while_pictures_come(figures: Figures, ailing: bool) -> None:
    assert (figures.ailment is not None) is ailing
