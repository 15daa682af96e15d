"""Cutting sightings into stretches of even rate."""

import numpy as np
import pytest

from choreai_live.extraction.dancing import CuttingSettings, Sightings
from choreai_live.messages import Pose

CUTTING = CuttingSettings(longest_gap=0.5, shortest=1.0)


def pose_at(x: float, score: float = 0.9) -> Pose:
    """Return somebody whose every keypoint is at ``x``, 2 ``x``."""
    keypoints = np.tile(np.array([x, 2 * x], np.float32), (17, 1))
    return Pose(keypoints, np.full(17, score, np.float32), np.zeros(4, np.float32), score)


def seen(times: np.ndarray, missing: set[int] = frozenset()) -> Sightings:
    """Return somebody who moves 100 px a second, and is out of sight in some frames."""
    sightings = Sightings()
    for frame, time in enumerate(times):
        sightings.add(time, [] if frame in missing else [(1, pose_at(100 * time))])
    return sightings


def test_at_its_own_even_rate_a_stretch_is_what_was_seen() -> None:
    times = np.arange(60) / 29.97
    (stretch,), dropped = seen(times).stretches(29.97, CUTTING)
    assert (stretch.dancer, stretch.start, stretch.rate, dropped) == (1, 0.0, 29.97, 0)
    assert stretch.points.shape == (60, 17, 3)
    np.testing.assert_allclose(stretch.points[:, 5, 0], 100 * times, atol=1e-3)
    np.testing.assert_allclose(stretch.points[:, 5, 1], 200 * times, atol=1e-3)
    assert (stretch.points[..., 2] == np.float32(0.9)).all()


def test_a_short_gap_stays_and_scores_0() -> None:
    (stretch,), _ = seen(np.arange(60) / 30, missing={10, 11, 12}).stretches(30.0, CUTTING)
    assert len(stretch.points) == 60
    assert (stretch.points[10:13] == 0).all()
    np.testing.assert_allclose(stretch.points[13, 0, 0], 100 * 13 / 30, rtol=1e-5)


def test_a_long_gap_cuts_and_what_is_short_is_dropped_and_counted() -> None:
    times = np.arange(120) / 30
    missing = set(range(50, 70)) | set(range(80, 100))
    (first,), dropped = seen(times, missing).stretches(30.0, CUTTING)
    assert (len(first.points), dropped) == (50, 2)
    kept, dropped = seen(times, missing).stretches(30.0, CuttingSettings(0.5, 0.25))
    assert [len(s.points) for s in kept] == [50, 10, 20]
    assert [s.start for s in kept] == pytest.approx([0, 70 / 30, 100 / 30])
    assert dropped == 0


def test_glimpses_are_dropped_and_counted() -> None:
    times = np.arange(60) / 30
    assert seen(times, set(range(1, 59, 2))).stretches(30.0, CUTTING) == ([], 1)
    ((stretch,), dropped) = seen(times, set(range(1, 59, 3))).stretches(30.0, CUTTING)
    assert (len(stretch.points), dropped) == (60, 0)


@pytest.mark.parametrize("nominal", [30.0, 90000.0, None])
def test_uneven_times_come_out_even(nominal: float | None) -> None:
    rng = np.random.default_rng(1)
    times = np.cumsum(rng.choice([1 / 30, 1 / 30, 2 / 30, 3 / 30], size=80))
    (stretch,), _ = seen(times).stretches(nominal, CUTTING)
    assert stretch.rate == pytest.approx(30.0)
    here = stretch.start + np.arange(len(stretch.points)) / stretch.rate
    # Half a step after the last frame, that frame is the nearest.
    expected = np.minimum(here, times[-1])
    np.testing.assert_allclose(stretch.points[:, 0, 0], 100 * expected, atol=0.02)
    assert here[-1] == pytest.approx(times[-1], abs=0.5 / 30 + 1e-6)


def test_times_rounded_to_milliseconds_keep_the_nominal_rate() -> None:
    (stretch,), _ = seen(np.round(np.arange(90) / 29.97, 3)).stretches(29.97, CUTTING)
    assert stretch.rate == 29.97
    assert len(stretch.points) == 90


def test_two_dancers_are_two_stretches() -> None:
    sightings = Sightings()
    for frame in range(60):
        sightings.add(frame / 30, [(2, pose_at(5)), (1, pose_at(frame))])
    one, two = sightings.stretches(30.0, CUTTING)[0]
    assert (one.dancer, two.dancer) == (1, 2)
    assert one.points[30, 0, 0] == 30
    assert two.points[30, 0, 0] == 5


def test_nobody_seen_is_no_stretch() -> None:
    assert seen(np.arange(30) / 30, missing=set(range(30))).stretches(30.0, CUTTING) == ([], 0)
    assert Sightings().stretches(None, CUTTING) == ([], 0)
