"""What a dance was made of."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreai_live.messages import Readout
from choreai_live.style import Segment, StyleTimeline
from choreai_live.style.choreography import Choreography, choreography, choreography_of

LABELS = ("afrobeat", "classical", "hiphop")


@st.composite
def danced(draw: st.DrawFn) -> list[Segment]:
    """Draw what one dancer danced: stretches in order, some touching, some apart."""
    time = draw(st.floats(0, 100))
    segments = []
    for _ in range(draw(st.integers(0, 12))):
        time += draw(st.sampled_from([0.0, 0.0, 0.5, 7.0]))
        length = draw(st.floats(0.05, 40))
        label = draw(st.sampled_from([None, *LABELS]))
        segments.append(Segment(time, time + length, label, 0.8))
        time += length
    return segments


dancers = st.dictionaries(st.integers(1, 9), danced(), max_size=4)


@given(dancers)
def test_every_second_is_counted_once(segments: dict[int, list[Segment]]) -> None:
    whole = choreography_of(segments)
    assert {dance.id for dance in whole.dances} == {id_ for id_, own in segments.items() if own}
    totals = [dance.total for dance in whole.dances]
    assert totals == sorted(totals, reverse=True)
    for dance in whole.dances:
        own = segments[dance.id]
        assert dance.total == pytest.approx(sum(s.end - s.start for s in own))
        assert sum(dance.shares.values()) == pytest.approx(1.0)
        assert list(dance.seconds.values()) == sorted(dance.seconds.values(), reverse=True)
        assert whole.start <= own[0].start
        assert whole.end >= own[-1].end


@given(dancers)
def test_longest_streak_is_unbroken_and_no_shorter_than_any_segment(
    segments: dict[int, list[Segment]],
) -> None:
    for dance in choreography_of(segments).dances:
        sure = [s for s in dance.segments if s.label is not None]
        if not sure:
            assert dance.longest is None
            assert dance.mostly is None
            continue
        longest = dance.longest
        assert longest is not None
        assert longest.seconds >= max(s.end - s.start for s in sure) - 1e-9
        assert longest.seconds <= dance.seconds[longest.label] + 1e-9
        inside = [s for s in dance.segments if longest.start <= s.start < longest.end - 1e-9]
        assert {s.label for s in inside} == {longest.label}
        assert all(b.start - a.end <= 1e-6 for a, b in pairwise(inside)), "nothing in between"


@given(danced())
def test_changes_do_not_depend_on_how_a_stretch_is_cut(segments: list[Segment]) -> None:
    cut = []
    for s in segments:
        middle = (s.start + s.end) / 2
        cut += [Segment(s.start, middle, s.label, 0.8), Segment(middle, s.end, s.label, 0.8)]
    for dance, halves in zip(
        choreography_of({1: segments}).dances, choreography_of({1: cut}).dances, strict=True
    ):
        assert dance.changes == halves.changes
        assert dance.seconds == pytest.approx(halves.seconds)
        assert (dance.longest is None) == (halves.longest is None)
        if dance.longest and halves.longest:
            assert dance.longest.seconds == pytest.approx(halves.longest.seconds)
        assert 0 <= dance.changes <= max(0, len(segments) - 1)


@given(dancers, st.floats(0, 300))
def test_what_came_before_is_left_out(segments: dict[int, list[Segment]], since: float) -> None:
    left = choreography_of(segments, since)
    for dance in left.dances:
        assert dance.segments[0].start >= since
    kept = sum(dance.total for dance in left.dances)
    expected = sum(max(0.0, s.end - max(s.start, since)) for own in segments.values() for s in own)
    assert kept == pytest.approx(expected)


def test_not_sure_between_two_stretches_of_one_style_is_no_change() -> None:
    def dance(*labels: str | None) -> int:
        segments = [Segment(i, i + 1, label, 0.8) for i, label in enumerate(labels)]
        return choreography_of({1: segments}).dances[0].changes

    assert dance("hiphop", None, "hiphop") == 0
    assert dance("hiphop", None, "classical") == 1
    assert dance(None, "hiphop", "classical", None, "hiphop") == 2
    assert dance(None, None) == 0


def test_a_timeline_tells_its_choreography() -> None:
    timeline = StyleTimeline(LABELS)
    for step in range(101):
        label = "hiphop" if step < 60 else "classical"
        shares = np.full(3, 0.1, np.float32)
        shares[LABELS.index(label)] = 0.8
        timeline.record({4: Readout(shares, label, 0.8, 0.0)}, step / 10)
    whole = choreography(timeline)
    dance = whole.dances[0]
    assert (dance.id, dance.mostly, dance.changes) == (4, "hiphop", 1)
    assert dance.seconds == pytest.approx({"hiphop": 6.0, "classical": 4.0})
    assert whole.duration == pytest.approx(10.0)
    assert choreography(timeline, since=8.0).dances[0].seconds == pytest.approx({"classical": 2.0})
    assert choreography(StyleTimeline(LABELS)) == Choreography()
