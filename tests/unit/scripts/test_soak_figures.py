"""What the soak calls flat."""

from collections import Counter
from dataclasses import replace

import pytest
from soak_figures import Holdings, Minute, Sampler, as_json, judge

FLAT = Minute(
    minute=1,
    frames=1500,
    p50=8.0,
    p95=20.0,
    dropped=3,
    skipped=0,
    reconnects=1,
    faults={"stall": 1},
    wrong=0,
    rss=250.0,
    anonymous=170.0,
    threads=14,
    handles=16,
    recorded=4.0,
)
HELD = Holdings(threads=7, handles=7)


def hour(**last: float) -> list[Minute]:
    """Return twenty minutes of which the first grow and the last is different."""
    minutes = [replace(FLAT, minute=n, rss=min(200.0 + 10 * n, 250.0)) for n in range(1, 21)]
    return [*minutes[:-1], replace(minutes[-1], **last)]


def test_growth_in_the_first_minutes_is_flat() -> None:
    verdict = judge(hour(), HELD, HELD, abandoned=0)
    assert verdict.flat, verdict.words
    assert "RSS: 250.0 MB in minute 6" in " ".join(verdict.words)


@pytest.mark.parametrize(
    ("last", "word"),
    [({"rss": 256.0}, "RSS"), ({"anonymous": 166.0}, "anonymous"), ({"wrong": 1}, "wrong labels")],
)
def test_what_is_not_flat_is_named(last: dict[str, float], word: str) -> None:
    verdict = judge(hour(**last), HELD, HELD, abandoned=0)
    assert [text for text in verdict.words if text.startswith("NOT FLAT")] == [
        text for text in verdict.words if word in text
    ]
    assert not verdict.flat


def test_latency_that_drifts_is_not_flat() -> None:
    minutes = [replace(FLAT, p50=8.0 + n * 0.3) for n in range(20)]
    assert not judge(minutes, HELD, HELD, abandoned=0).flat


@pytest.mark.parametrize("after", [Holdings(8, 7), Holdings(7, 8)])
def test_what_is_left_behind_is_not_flat(after: Holdings) -> None:
    assert not judge(hour(), HELD, after, abandoned=0).flat


def test_a_minute_is_what_was_noted_in_it() -> None:
    sampler = Sampler(every=0.01)
    sampler.wait_for_sample()
    sampler.note_frame(8.0, wrong=False)
    sampler.note_frame(10.0, wrong=True)
    sampler.note_fault("stall")
    first = sampler.end_minute(1, Counter(dropped=5, skipped=1, reconnects=2), 2 * 2**20)
    sampler.wait_for_sample()
    second = sampler.end_minute(2, Counter(dropped=6, skipped=1, reconnects=2), 0)
    sampler.close()
    assert (first.frames, first.p50, first.wrong, first.dropped) == (2, 9.0, 1, 5)
    assert (first.faults, first.recorded) == ({"stall": 1}, 2.0)
    assert first.rss >= first.anonymous > 1
    assert first.threads > 1
    assert (second.frames, second.dropped, second.reconnects, second.faults) == (0, 1, 0, {})
    assert "| stall 1 |" in first.as_row()
    told = as_json([first, second], judge([first, second], HELD, HELD, 0), {"seed": 1})
    assert [minute["minute"] for minute in told["minutes"]] == [1, 2]
