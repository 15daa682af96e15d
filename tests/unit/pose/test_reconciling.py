"""Which crops and which detections are believed."""

from collections.abc import Sequence

import numpy as np
import pytest
from people import person

from choreai_live.messages import Pose
from choreai_live.pose.reconciling import Reading, distinct, partners, reconciled


def _none(people: Sequence[Pose]) -> list[Reading]:
    assert not people, "nobody new was expected"
    return []


def _slightly_off(pose: Pose) -> Pose:
    return Pose(pose.keypoints + np.float32(2), pose.scores, pose.box, 0.95)


def _upside_down(pose: Pose) -> Pose:
    """Return what the detector makes of someone on their hands: the torso right, all else wrong."""
    keypoints = pose.keypoints.copy()
    keypoints[[0, 1, 2, 3, 4, 7, 8, 9, 10, 13, 14, 15, 16]] = keypoints[12]
    return Pose(keypoints, pose.scores, pose.box, 0.4)


def _centres(poses: Sequence[Pose]) -> list[float]:
    return sorted(float(pose.keypoints[[11, 12], 0].mean()) for pose in poses)


def test_a_reading_stands_where_the_detector_agrees() -> None:
    reading = Reading(_slightly_off(person()), 0.05)  # far from where it was expected
    assert reconciled([reading], [person(score=0.5)], _none) == [reading.pose]


def test_a_crop_that_slipped_onto_the_scenery_is_dropped() -> None:
    slipped = Reading(person(100, score=0.97), 0.1)
    there = Reading(person(500, score=0.97), 0.9)
    assert reconciled([slipped, there], [], _none) == [there.pose]
    assert distinct([slipped, there]) == [there.pose]


def test_a_sure_reading_stands_without_the_detector_an_unsure_one_does_not() -> None:
    sure, unsure = Reading(person(100, score=0.95), 0.7), Reading(person(500, score=0.6), 0.7)
    assert reconciled([sure, unsure], [], _none) == [sure.pose]
    assert distinct([sure, unsure]) == [sure.pose, unsure.pose]


def test_somebody_alone_is_read_better_than_detected() -> None:
    reading = Reading(person(score=0.97), 0.8)
    assert reconciled([reading], [_upside_down(person())], _none) == [reading.pose]


def test_newcomers_are_read_once() -> None:
    known, newcomer = person(150), person(450, score=0.5)
    asked: list[Pose] = []

    def read(people: Sequence[Pose]) -> list[Reading]:
        asked.extend(people)
        return [Reading(_slightly_off(pose), 0.9) for pose in people]

    poses = reconciled([Reading(known, 0.9)], [person(150, score=0.6), newcomer], read)
    assert asked == [newcomer]
    assert _centres(poses) == [150, 452]


@pytest.mark.parametrize(
    ("score", "likeness", "read_wins"), [(0.95, 0.9, True), (0.3, 0.9, False), (0.95, 0.1, False)]
)
def test_a_newcomer_is_detected_if_not_read(score: float, likeness: float, read_wins: bool) -> None:
    detection = person(score=0.5)
    reading = Reading(person(322, score=score), likeness)
    poses = reconciled([], [detection], lambda _: [reading])
    assert poses == [reading.pose if read_wins else detection]


def test_people_close_together_are_left_to_the_detector() -> None:
    left, right = person(300, score=0.5), person(340, score=0.5)
    between = Reading(person(320, score=0.99), 0.9)
    poses = reconciled([between], [left, right], _none)
    assert _centres(poses) in ([300, 340], [300, 320, 340])
    assert left in poses
    assert right in poses


def test_two_crops_on_one_person_report_one_the_more_trusted() -> None:
    at_home, strayed = Reading(person(score=0.9), 0.9), Reading(person(321, score=0.99), 0.3)
    assert distinct([strayed, at_home]) == [at_home.pose]
    poses = reconciled([strayed, at_home], [person(score=0.5)], _none)
    assert len(poses) == 1


def test_partners_are_found_by_the_torso_when_the_limbs_disagree() -> None:
    readings = [Reading(person(150), 1.0), Reading(person(450), 1.0)]
    detections = [_upside_down(person(450)), person(600), person(152)]
    assert partners(readings, detections) == [2, 0]
    assert partners(readings, []) == [None, None]
