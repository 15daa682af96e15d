"""Nobody twice, nobody lost."""

import numpy as np
import pytest
from people import person

from choreai_live.messages import Pose
from choreai_live.pose.suppression import in_a_crowd, without_duplicates

UPPER_HALF = np.array([0.7] * 11 + [0.0] * 6, np.float32)


def _jittered(pose: Pose, pixels: float) -> Pose:
    noise = np.random.default_rng(5).normal(0, pixels, (17, 2))
    return Pose((pose.keypoints + noise).astype(np.float32), pose.scores, pose.box, pose.score)


@pytest.mark.parametrize(
    ("case", "first", "second", "people"),
    [
        ("the same pose", person(), person(), 1),
        ("two readings of one person", person(), _jittered(person(), 4), 1),
        ("half a body inside the whole", person(), person(scores=UPPER_HALF), 1),
        ("the whole around half a body", person(scores=UPPER_HALF), person(), 1),
        ("side by side", person(250), person(330), 2),
        ("behind each other, a shoulder's width apart", person(320), person(350), 2),
        ("one behind the other, smaller", person(320), person(335, 220, size=0.7), 2),
        ("a lift: one above the other", person(320, 300), person(320, 210), 2),
        ("upright and on the head in the same place", person(), person(lean=np.pi), 2),
        ("a child in front", person(320, 240, size=1.4), person(320, 290, size=0.6), 2),
    ],
)
def test_who_is_kept(case: str, first: Pose, second: Pose, people: int) -> None:
    assert without_duplicates([first, second]) == list(range(people)), case
    assert without_duplicates([second, first]) == list(range(people)), case


def test_the_first_of_two_stays_whatever_comes_between() -> None:
    assert without_duplicates([person(100), person(400), person(101), person(401)]) == [0, 1]
    assert without_duplicates([]) == []


@pytest.mark.parametrize(
    ("distance", "expected"), [(150, False), (75, False), (40, True), (10, True)]
)
def test_who_is_in_a_crowd(distance: float, expected: bool) -> None:
    """The standing person is some 80 pixels wide."""
    far_off = person(80, 240)
    pair = [person(320), person(320 + distance), far_off]
    assert in_a_crowd(pair) == [expected, expected, False]
    assert in_a_crowd([]) == []
