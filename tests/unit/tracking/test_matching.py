"""Costs and assignment on known numbers."""

from collections.abc import Callable

import numpy as np
import pytest

from choreai_live.messages import Pose
from choreai_live.tracking.matching import assign, continuation_costs, reentry_costs
from choreai_live.tracking.motion import Motion
from choreai_live.tracking.sightings import Sightings

Dancer = Callable[..., Pose]


@pytest.mark.parametrize(
    ("costs", "limit", "pairs"),
    [
        ([[0.1, 0.9], [0.8, 0.2]], 0.95, {0: 0, 1: 1}),
        ([[0.1, 0.2], [0.2, 0.9]], 1.0, {0: 1, 1: 0}),  # the cheapest sum, not the greedy one
        ([[0.1, 0.7], [0.2, 0.9]], 0.5, {0: 0}),  # no bad pair to save a good one a little
        ([[0.9]], 0.5, {}),
        ([[np.inf, 0.3]], 0.5, {0: 1}),
    ],
)
def test_assignment(costs: list[list[float]], limit: float, pairs: dict[int, int]) -> None:
    array = np.array(costs)
    assert assign(array, range(len(costs)), range(len(costs[0])), limit) == pairs


def test_assignment_among_some_only() -> None:
    costs = np.array([[0.1, 0.2, 0.3], [0.3, 0.1, 0.2], [0.2, 0.3, 0.1]])
    assert assign(costs, [2], [0, 1], 1.0) == {2: 0}
    assert assign(costs, [], [0], 1.0) == {}


def expected(poses: list[Pose]) -> tuple[Motion, np.ndarray]:
    motion = Motion()
    motion.add(Sightings.of(poses), 0.0)
    return motion, np.stack([p.scores for p in poses])


def test_costs_are_0_for_the_same_and_1_for_nothing_in_common(dancer: Dancer) -> None:
    motion, scores = expected([dancer(100)])
    seen = Sightings.of([dancer(100), dancer(110), dancer(600)])
    unknown = np.full((1, 3), np.nan, np.float32)
    (costs,) = continuation_costs(motion.expect(0.0), scores, seen, unknown)
    assert costs[0] == pytest.approx(0, abs=0.01)
    assert costs[0] < costs[1] < costs[2]
    assert costs[2] == pytest.approx(1, abs=0.01)


def test_who_looks_the_same_costs_less(dancer: Dancer) -> None:
    motion, scores = expected([dancer(100)])
    seen = Sightings.of([dancer(120)] * 3)
    unlike = np.array([[0.0, np.nan, 1.0]], np.float32)
    (costs,) = continuation_costs(motion.expect(0.0), scores, seen, unlike)
    assert costs[0] < costs[1] < costs[2]


def test_who_comes_back_is_within_reach_and_of_the_same_size(dancer: Dancer) -> None:
    motion, _ = expected([dancer(100)])
    size = Sightings.of([dancer(100)]).sizes
    seen = Sightings.of([dancer(110), dancer(200), dancer(5000), dancer(110, height=1500)])
    (costs,) = reentry_costs(
        motion.expect(1.0),
        motion.places,
        size,
        np.ones(1),
        seen,
        3.0,
        np.full((1, 4), np.nan, np.float32),
    )
    assert costs[0] < costs[1] < 1
    assert np.isinf(costs[2:]).all()
