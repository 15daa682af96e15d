"""The filter against what can be worked out by hand."""

from collections.abc import Callable

import numpy as np
import pytest

from choreai_live.messages import Pose
from choreai_live.tracking.motion import Motion
from choreai_live.tracking.sightings import Sightings

Dancer = Callable[..., Pose]
SURE = np.ones(1)


def walked(dancer: Dancer, rate: float, seconds: float, speed: float = 120.0) -> Motion:
    motion = Motion()
    motion.add(Sightings.of([dancer(100)]), 0.0)
    for step in range(1, round(seconds * rate) + 1):
        time = step / rate
        motion.correct({0: 0}, Sightings.of([dancer(100 + speed * time)]), time, SURE)
    return motion


def test_somebody_just_seen_is_expected_where_they_were(dancer: Dancer) -> None:
    motion = Motion()
    pose = dancer(300)
    motion.add(Sightings.of([pose]), 2.0)
    there = motion.expect(2.0)
    np.testing.assert_allclose(there.keypoints[0], pose.keypoints, atol=1e-3)
    np.testing.assert_allclose(there.boxes[0], pose.box, atol=1e-2)


@pytest.mark.parametrize("rate", [12.0, 30.0, 60.0])
def test_the_same_walk_is_expected_alike_at_every_rate(dancer: Dancer, rate: float) -> None:
    motion = walked(dancer, rate, 2.0)
    reference = walked(dancer, 30.0, 2.0)
    for ahead in (0.0, 0.1, 0.5):
        here, there = motion.expect(2 + ahead), reference.expect(2 + ahead)
        np.testing.assert_allclose(here.centres, there.centres, atol=3.0)


def test_one_long_step_equals_many_short_ones(dancer: Dancer) -> None:
    """Looking ahead changes nothing, and a second on is a second on however often one looks."""
    often, once = walked(dancer, 30.0, 1.0), walked(dancer, 30.0, 1.0)
    for ahead in np.linspace(0, 1, 17):
        often.expect(1 + float(ahead))
    np.testing.assert_array_equal(often.expect(2.0).keypoints, once.expect(2.0).keypoints)
    np.testing.assert_array_equal(often.expect(2.0).spreads, once.expect(2.0).spreads)


def test_velocity_fades_and_doubt_grows_out_of_sight(dancer: Dancer) -> None:
    motion = walked(dancer, 30.0, 2.0, speed=150.0)
    centres = [motion.expect(2 + s).centres[0, 0] for s in (0.0, 0.5, 1.0, 20.0)]
    spreads = [motion.expect(2 + s).spreads[0] for s in (0.0, 0.5, 1.0, 20.0)]
    steps = np.diff(centres)
    assert 45 < steps[0] < 75
    assert 0 < steps[1] < steps[0]
    assert centres[3] - centres[0] < 200
    assert spreads == sorted(spreads)


def test_a_pose_after_a_gap_tells_how_fast_the_dancer_went(dancer: Dancer) -> None:
    motion = walked(dancer, 30.0, 1.0, speed=0.0)
    motion.correct({0: 0}, Sightings.of([dancer(200)]), 2.0, SURE)
    ahead = motion.expect(2.1).centres[0, 0] - motion.expect(2.0).centres[0, 0]
    assert 4 < ahead < 20


def test_a_doubtful_pose_moves_the_filter_less(dancer: Dancer) -> None:
    sure, unsure = walked(dancer, 30.0, 1.0, speed=0.0), walked(dancer, 30.0, 1.0, speed=0.0)
    stray = Sightings.of([dancer(130)])
    sure.correct({0: 0}, stray, 1.03, SURE)
    unsure.correct({0: 0}, stray, 1.03, 4 * SURE)
    assert unsure.expect(1.03).centres[0, 0] < sure.expect(1.03).centres[0, 0] < 130


def test_dancers_are_told_apart_by_row(dancer: Dancer) -> None:
    motion = Motion()
    motion.add(Sightings.of([dancer(100), dancer(300), dancer(500)]), 0.0)
    motion.correct({2: 0}, Sightings.of([dancer(505)]), 0.1, SURE)
    motion.keep([2, 0])
    motion.add(Sightings.of([dancer(200)]), 0.2)
    assert motion.expect(0.2).centres[:, 0] == pytest.approx([505, 100, 200], abs=4)
    assert motion.places[:, 0] == pytest.approx([505, 100, 200], abs=4)
