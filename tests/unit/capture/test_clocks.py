"""Times increase, keep jitter out, and pass as fast as they should."""

import numpy as np
import pytest

from choreai_live.capture.clocks import Pace, PresentationClock, StreamClock


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ([5.0, 5.04, 5.2, 5.21], [0.0, 0.04, 0.2, 0.21]),
        ([None, None, None], [0.0, 0.04, 0.08]),
        ([5.0, None, 5.08], [0.0, 0.04, 0.08]),
        ([5.0, 5.0, 5.0, 5.2], [0.0, 0.04, 0.08, 0.2]),
        ([5.0, 5.4, 4.0, 5.5], [0.0, 0.4, 0.44, 0.5]),
        ([4.0, 5.0], [0.0, 0.04]),
    ],
)
def test_times_in_a_file_increase_whatever_it_says(
    stated: list[float | None], expected: list[float]
) -> None:
    clock = PresentationClock(begin=5.0, step=0.04)
    assert [clock.time_of(value) for value in stated] == pytest.approx(expected)


def jittery(rate: float, seconds: float, drift: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Return moments of arrival and the times the camera states, seconds."""
    stated = np.arange(0, seconds, 1 / rate)
    jitter = np.random.default_rng(3).uniform(0, 0.03, len(stated))
    return 1000 + stated * drift + jitter, 70 + stated


def test_network_jitter_stays_out_of_the_times() -> None:
    arrived, stated = jittery(30, 20)
    clock = StreamClock(step=1 / 30)
    steps = np.diff([clock.time_of(*pair) for pair in zip(arrived, stated, strict=True)])
    assert np.abs(np.diff(arrived) - 1 / 30).max() > 0.02
    assert np.abs(steps - 1 / 30).max() < 0.0005


def test_a_clock_that_runs_fast_is_steered() -> None:
    arrived, stated = jittery(30, 600, drift=1.001)  # 0.6 s apart by the end
    clock = StreamClock(step=1 / 30)
    times = [clock.time_of(*pair) for pair in zip(arrived, stated, strict=True)]
    assert abs(times[-1] - (arrived[-1] - arrived[0])) < 0.05


def test_a_clock_that_jumps_is_set_anew_and_time_goes_on() -> None:
    arrived, stated = jittery(30, 10)
    stated[150:] -= 4000
    clock = StreamClock(step=1 / 30)
    times = np.array([clock.time_of(*pair) for pair in zip(arrived, stated, strict=True)])
    assert np.all(np.diff(times) > 0)
    assert np.abs(times - (arrived - arrived[0])).max() < 0.1


def test_a_stream_without_times_is_timed_by_arrival() -> None:
    clock = StreamClock(step=1 / 30)
    times = [clock.time_of(arrived) for arrived in (10.0, 10.5, 10.5, 11.0)]
    assert times == pytest.approx([0.0, 0.5, 0.501, 1.0])


def test_pace_lets_time_pass_as_fast_as_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("choreai_live.capture.clocks.monotonic", lambda: now)
    pace = Pace()
    assert pace.until_due(3.0) == 0  # the first is due at once
    assert pace.until_due(3.5) == pytest.approx(0.5)
    now = 100.9
    assert pace.until_due(3.6) == 0  # late by 0.3: hurry
    assert pace.until_due(4.0) == pytest.approx(0.1)
    now = 110.0
    assert pace.until_due(4.1) == 0  # late by almost 9: go on from here
    assert pace.until_due(4.2) == pytest.approx(0.1)


def test_a_first_frame_without_time_is_a_step_before_the_second() -> None:
    clock = StreamClock(step=0.04)
    arrivals = [(10.0, None), (10.001, 0.0), (10.002, 0.04), (10.08, 0.08)]
    times = [clock.time_of(*arrival) for arrival in arrivals]
    assert times == pytest.approx([0.0, 0.04, 0.08, 0.12], abs=0.001)
