"""The rolling buffer: from frame times to the model's own clock."""

from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreai_live.style.buffer import Chunk, RollingBuffer

RATE, CONTEXT, GAP = 15, 4, 0.5


def body_at(time: float) -> np.ndarray:
    """Return float32 (17, 3) that moves in straight lines, so interpolation is exact."""
    k = np.arange(17 * 3).reshape(17, 3)
    return (k + 10 * time * (k + 1)).astype(np.float32)


def feed(times: Iterable[float]) -> list[Chunk]:
    buffer = RollingBuffer(RATE, CONTEXT, GAP)
    return [buffer.add(body_at(t), t) for t in times]


def grid(chunks: list[Chunk]) -> dict[int, np.ndarray]:
    """Return grid number to frame for all steps that became due."""
    return {c.first + i: c.keypoints[CONTEXT + i] for c in chunks for i in range(c.steps)}


@pytest.mark.parametrize("fps", [9, 12, 15, 23.976, 24, 25, 30, 59.94, 60, 120])
def test_every_frame_rate_gives_the_same_grid(fps: float) -> None:
    frames = grid(feed(np.arange(0, 3, 1 / fps)))
    assert list(frames) == list(range(len(frames)))
    assert len(frames) >= 3 * RATE - 2
    for k, frame in frames.items():
        np.testing.assert_allclose(frame, body_at(k / RATE), rtol=1e-5, atol=1e-3)


@given(
    start=st.floats(0, 1e6),
    steps=st.lists(st.floats(0.001, 0.45), min_size=1, max_size=40),
)
@settings(deadline=None, max_examples=60)
def test_irregular_frames_make_each_instant_due_once(start: float, steps: list[float]) -> None:
    times = start + np.cumsum([0, *steps])
    chunks = feed(times)
    numbers = [c.first + i for c in chunks for i in range(c.steps)]
    assert numbers == list(range(numbers[0], numbers[-1] + 1)) if numbers else True
    assert [c.restarted for c in chunks] == [True] + [False] * len(steps)
    for chunk, time in zip(chunks, times, strict=True):
        assert len(chunk.keypoints) == (CONTEXT + chunk.steps if chunk.steps else 0)
        # Nothing is extrapolated.
        assert (chunk.first + chunk.steps - 1) / RATE <= time + 0.01 / RATE


def test_the_lead_in_is_the_first_frame_repeated_then_what_really_came() -> None:
    chunks = [c for c in feed(np.arange(12) / RATE) if c.steps]
    assert (chunks[0].keypoints == chunks[0].keypoints[0]).all()
    later = chunks[8]
    expected = np.stack([body_at(k / RATE) for k in range(later.first - CONTEXT, later.first + 1)])
    np.testing.assert_allclose(later.keypoints, expected, atol=1e-3)


def test_one_observation_may_make_several_steps_due() -> None:
    first, second = feed([0.0, 0.4])
    assert (first.steps, second.steps) == (1, 6)
    assert second.keypoints.shape == (CONTEXT + 6, 17, 3)


def test_a_gap_at_the_limit_is_bridged_and_one_beyond_starts_afresh() -> None:
    bridged = feed([1.0, 1.5])[-1]
    assert not bridged.restarted
    assert bridged.steps == 7

    afresh = feed([1.0, 1.6])[-1]
    assert afresh.restarted
    # Instants inside the gap are never due; 1.6 s itself is on the grid.
    assert (afresh.first, afresh.steps) == (24, 1)
    np.testing.assert_array_equal(afresh.keypoints, np.stack([body_at(1.6)] * (CONTEXT + 1)))


def test_time_that_runs_backwards_starts_afresh() -> None:
    chunk = feed([5.0, 5.1, 2.0])[-1]
    assert chunk.restarted
    assert chunk.first == 30


def test_the_same_time_twice_makes_nothing_due_twice() -> None:
    first, second = feed([1.0, 1.0])
    assert (first.steps, second.steps, second.restarted) == (1, 0, False)


def test_a_first_observation_off_the_grid_waits_for_the_next() -> None:
    first, second = feed([1.03, 1.08])
    assert first.steps == 0
    assert (second.first, second.steps) == (16, 1)
    np.testing.assert_allclose(second.keypoints[-1], body_at(16 / 15), atol=1e-3)


def test_timestamps_rounded_to_milliseconds_still_meet_the_grid() -> None:
    frames = grid(feed([round(k / 15, 3) for k in range(30)]))
    assert list(frames) == list(range(30))
