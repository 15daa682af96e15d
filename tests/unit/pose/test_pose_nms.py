"""Parametric pose NMS: by hand, and what must hold for any readings."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import STANDING, person

from choreai_live.messages import Pose
from choreai_live.pose.pose_nms import RADIUS, distinct_poses, redundant, similarity

seeds = st.integers(0, 2**32 - 1)


def _stacked(*poses: Pose) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return (
        np.stack([pose.keypoints for pose in poses]),
        np.stack([pose.scores for pose in poses]),
        np.stack([pose.box for pose in poses]),
    )


def _crowd(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return readings of up to three people, of some of them several."""
    rng = np.random.default_rng(seed)
    places = rng.uniform([100, 150], [540, 330], (rng.integers(1, 4), 2))
    people = [place + STANDING for place in places for _ in range(rng.integers(1, 4))]
    keypoints = np.stack(people) + rng.normal(0, rng.uniform(0, 12), (len(people), 17, 2))
    scores = rng.uniform(0, 1, (len(people), 17))
    boxes = np.concatenate([keypoints.min(axis=1), keypoints.max(axis=1)], axis=1)
    return keypoints.astype(np.float32), scores.astype(np.float32), boxes.astype(np.float32)


def test_similarity_by_hand() -> None:
    """Two keypoints: one in the same place, one two radii away."""
    distances = np.float32([[0, 2]])
    alike = similarity(distances, np.float32([1, 0.5]), np.float32([[0.5, 1]]))
    # tanh(1) tanh(0.5) = 0.761594 x 0.462117; 1.7 x (1 + exp(-2 / 2.65)) = 1.7 x 1.470144
    assert alike == pytest.approx([0.351946 + 2.499244], abs=1e-5)


def test_five_keypoints_within_the_radius_are_one_person_and_four_are_not() -> None:
    distances = np.full((2, 17), 50, np.float32)
    distances[0, :5], distances[1, :4] = 1, 1
    assert redundant(distances, np.ones(17, np.float32), np.ones((2, 17), np.float32)).tolist() == [
        True,
        False,
    ]


@pytest.mark.parametrize(("others", "same"), [(1.01, True), (2.0, False)])
def test_four_within_the_radius_are_enough_if_the_others_are_just_beyond(
    others: float, same: bool
) -> None:
    # Four in the same place give 4 x (tanh(1)^2 + 1.7) = 9.12, the 13 others
    # 1.7 x 13 x exp(-d / 2.65): 15.1 or 10.4; 22.48 are needed.
    distances = np.full((1, 17), others, np.float32)
    distances[0, :4] = 0
    assert redundant(distances, np.ones(17, np.float32), np.ones((1, 17), np.float32)) == same


def test_what_is_merged_is_the_mean_weighted_by_score() -> None:
    first = person(300, scores=np.full(17, 0.9, np.float32))
    second = person(306, scores=np.full(17, 0.3, np.float32))
    distinct = distinct_poses(*_stacked(second, first))
    assert distinct.references.tolist() == [1]
    assert distinct.keypoints[0] == pytest.approx(first.keypoints + np.float32([1.5, 0]), abs=1e-3)
    assert distinct.scores[0] == pytest.approx((0.9**2 + 0.3**2) / 1.2)


def test_keypoints_beyond_the_radius_are_left_out_of_the_mean() -> None:
    first, second = person(), person()
    second.keypoints[9] += 100  # one wrist is somewhere else
    distinct = distinct_poses(*_stacked(first, second))
    assert distinct.keypoints[0] == pytest.approx(first.keypoints, abs=1e-3)


def test_a_keypoint_that_nobody_sees_stays_a_number() -> None:
    unseen = person(scores=np.zeros(17, np.float32))
    distinct = distinct_poses(*_stacked(unseen, unseen))
    assert distinct.keypoints[0] == pytest.approx(unseen.keypoints, abs=1e-3)
    assert not distinct.scores.any()


def test_nobody_is_nobody() -> None:
    distinct = distinct_poses(
        np.zeros((0, 17, 2), np.float32), np.zeros((0, 17), np.float32), np.zeros((0, 4), "f4")
    )
    assert distinct.keypoints.shape == (0, 17, 2)
    assert distinct.scores.shape == (0, 17)
    assert not len(distinct.references)


@given(seeds)
def test_people_far_apart_are_all_kept_as_they_are(seed: int) -> None:
    rng = np.random.default_rng(seed)
    poses = [
        person(100 + 200 * n, scores=rng.uniform(0.1, 1, 17).astype(np.float32)) for n in range(3)
    ]
    distinct = distinct_poses(*_stacked(*poses))
    assert sorted(distinct.references) == [0, 1, 2]
    for found, reference in zip(distinct.keypoints, distinct.references, strict=True):
        assert found == pytest.approx(poses[reference].keypoints, abs=1e-3)


@given(seeds, st.integers(1, 5))
def test_the_same_reading_any_number_of_times_is_one_person(seed: int, times: int) -> None:
    keypoints, scores, boxes = (each[:1] for each in _crowd(seed))
    distinct = distinct_poses(
        *(np.repeat(each, times, axis=0) for each in (keypoints, scores, boxes))
    )
    assert distinct.references.tolist() == [0]
    assert distinct.keypoints == pytest.approx(keypoints, abs=1e-3)
    assert distinct.scores == pytest.approx(scores, abs=1e-5)


@given(seeds)
def test_the_order_of_the_readings_does_not_matter(seed: int) -> None:
    readings = _crowd(seed)
    order = np.random.default_rng(seed).permutation(len(readings[0]))
    distinct = distinct_poses(*readings)
    shuffled = distinct_poses(*(each[order] for each in readings))
    assert order[shuffled.references].tolist() == distinct.references.tolist()
    assert shuffled.keypoints == pytest.approx(distinct.keypoints, abs=1e-2)
    assert shuffled.scores == pytest.approx(distinct.scores, abs=1e-5)


@given(seeds, st.floats(-500, 500), st.floats(-500, 500))
def test_where_in_the_picture_people_are_does_not_matter(seed: int, dx: float, dy: float) -> None:
    keypoints, scores, boxes = _crowd(seed)
    shift = np.float32([round(dx), round(dy)])
    distinct = distinct_poses(keypoints, scores, boxes)
    moved = distinct_poses(keypoints + shift, scores, boxes + np.tile(shift, 2))
    if moved.references.tolist() == distinct.references.tolist():
        assert moved.keypoints == pytest.approx(distinct.keypoints + shift, abs=1e-2)
    else:  # a distance equal to the radius but for rounding
        assert abs(len(moved.references) - len(distinct.references)) <= 1


@given(seeds)
def test_results_are_surest_first_distinct_and_between_their_readings(seed: int) -> None:
    keypoints, scores, boxes = _crowd(seed)
    distinct = distinct_poses(keypoints, scores, boxes)
    means = scores[distinct.references].mean(axis=1)
    assert (np.diff(means) <= 1e-6).all()
    assert scores.mean(axis=1).max() == pytest.approx(means[0])
    assert (distinct.scores >= 0).all()
    assert (distinct.scores <= 1 + 1e-6).all()
    radii = RADIUS * (boxes[:, 2:] - boxes[:, :2]).max(axis=1)
    for found, reference in zip(distinct.keypoints, distinct.references, strict=True):
        off = np.linalg.norm(found - keypoints[reference], axis=1)
        assert off.max() <= min(15, radii[reference]) + 1e-2
    for place, later in enumerate(distinct.references):
        for earlier in distinct.references[:place]:
            apart = np.linalg.norm(keypoints[later] - keypoints[earlier], axis=1)
            assert (apart <= radii[earlier] * 0.999).sum() < 5
