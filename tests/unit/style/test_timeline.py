"""What was danced when."""

from itertools import pairwise
from threading import Thread

import numpy as np
import pytest

from choreai_live.messages import Readout
from choreai_live.style import Segment, StyleTimeline

LABELS = ("afrobeat", "classical", "other")


def readout(label: str | None, confidence: float = 0.8) -> Readout:
    probabilities = np.full(3, (1 - confidence) / 2, np.float32)
    probabilities[LABELS.index(label) if label else 2] = confidence
    return Readout(probabilities, label, confidence, since=0.0)


def spans(timeline: StyleTimeline, id_: int) -> list[tuple[float, float, str | None]]:
    return [(round(s.start, 6), round(s.end, 6), s.label) for s in timeline.segments(id_)]


def test_equal_labels_merge_and_a_readout_holds_until_the_next() -> None:
    timeline = StyleTimeline(LABELS)
    for i in range(91):
        label = None if i < 30 else "afrobeat" if i < 60 else "classical"
        timeline.record({1: readout(label)}, i / 30)
    assert spans(timeline, 1) == [(0, 1, None), (1, 2, "afrobeat"), (2, 3, "classical")]


def test_confidence_and_probabilities_are_means_over_time() -> None:
    timeline = StyleTimeline(LABELS)
    for time, confidence in [(0.0, 0.6), (0.3, 0.9), (0.4, 0.9)]:
        timeline.record({1: readout("afrobeat", confidence)}, time)
    assert timeline.segments(1) == [
        Segment(0.0, 0.4, "afrobeat", pytest.approx((0.6 * 0.3 + 0.9 * 0.1) / 0.4))
    ]
    mean = timeline.mean_probabilities(1)
    assert mean.dtype == np.float32
    np.testing.assert_allclose(mean, [0.675, 0.1625, 0.1625], rtol=1e-5)


def test_absence_is_not_covered_and_not_merged_over() -> None:
    timeline = StyleTimeline(LABELS)
    for i in range(10):
        timeline.record({1: readout("afrobeat")} if i not in (4, 5) else {}, i / 10)
    assert spans(timeline, 1) == [(0, 0.3, "afrobeat"), (0.6, 0.9, "afrobeat")]


def test_a_source_that_pauses_leaves_a_gap() -> None:
    timeline = StyleTimeline(LABELS, longest_step=1.0)
    for time in (0.0, 0.5, 9.0, 9.5):
        timeline.record({1: readout("afrobeat")}, time)
    assert spans(timeline, 1) == [(0, 0.5, "afrobeat"), (9, 9.5, "afrobeat")]


def test_each_dancer_has_a_timeline_of_their_own() -> None:
    timeline = StyleTimeline(LABELS)
    timeline.record({1: readout("afrobeat")}, 0.0)
    timeline.record({1: readout("afrobeat"), 2: readout("classical")}, 0.5)
    timeline.record({2: readout("classical")}, 1.0)
    assert timeline.dancers == (1, 2)
    assert spans(timeline, 1) == [(0, 0.5, "afrobeat")]
    assert spans(timeline, 2) == [(0.5, 1, "classical")]
    assert timeline.segments(3) == []


def test_a_dancer_seen_once_has_probabilities_but_no_segment() -> None:
    timeline = StyleTimeline(LABELS)
    timeline.record({1: readout("afrobeat")}, 2.0)
    assert timeline.segments(1) == []
    np.testing.assert_allclose(timeline.mean_probabilities(1), [0.8, 0.1, 0.1], rtol=1e-5)


def test_old_history_is_forgotten_where_it_is_bounded() -> None:
    timeline = StyleTimeline(LABELS, keep=60)
    timeline.record({9: readout("classical")}, 0.0)
    for second in range(600):
        label = "afrobeat" if second // 10 % 2 else None
        timeline.record({1: readout(label)}, float(second))
    assert timeline.dancers == (1,)
    kept = spans(timeline, 1)
    assert kept[0][0] == 539
    assert kept[-1][1] == 599
    assert len(kept) == 7


def test_hours_at_thirty_frames_a_second_stay_small() -> None:
    timeline = StyleTimeline(LABELS)
    afrobeat, unsure = readout("afrobeat"), readout(None)
    for i in range(2 * 3600 * 30 // 10):  # two hours, every tenth frame
        timeline.record({1: afrobeat if i // 300 % 2 else unsure}, i / 3)
    assert len(timeline.segments(1)) == 72


def test_one_thread_may_read_while_another_records() -> None:
    timeline = StyleTimeline(LABELS)
    timeline.record({1: readout("afrobeat")}, 0.0)

    def record() -> None:
        for i in range(1, 3000):
            timeline.record({1: readout("afrobeat" if i % 2 == 0 else None)}, i / 30)

    recorder = Thread(target=record)
    recorder.start()
    while recorder.is_alive():
        segments = timeline.segments(1)
        for earlier, later in pairwise(segments):
            assert earlier.end == later.start
            assert earlier.label != later.label
    recorder.join()
    assert len(timeline.segments(1)) == 2999
