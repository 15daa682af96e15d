"""The shipped pipeline: when it detects, and what it reports."""

import itertools

import numpy as np
import pytest
from people import person

from choreai_live.demo import DemoScene
from choreai_live.inference import Session
from choreai_live.messages import Image, Pose
from choreai_live.pose.blazepose import BlazePose
from choreai_live.pose.movenet import FAR, MoveNet
from choreai_live.pose.schedule import DETECT_EVERY
from choreai_live.pose.topdown import TopDownEstimator

EMPTY = np.full((480, 640, 3), 90, np.uint8)


class CountingMoveNet(MoveNet):
    """The real detector, with a list of the input sizes it was asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.asked: list[int] = []

    def detect(self, image: Image, long_side: int = 256) -> list[Pose]:
        self.asked.append(long_side)
        return super().detect(image, long_side)


@pytest.fixture
def detector(movenet_session: Session) -> CountingMoveNet:
    return CountingMoveNet(movenet_session)


@pytest.fixture
def estimator(detector: CountingMoveNet, blazepose: BlazePose) -> TopDownEstimator:
    return TopDownEstimator(detector, blazepose)


def test_a_known_dancer_needs_detection_only_every_few_frames(
    estimator: TopDownEstimator, detector: CountingMoveNet, scene: DemoScene
) -> None:
    poses: list[Pose] = []
    for index in range(2 * DETECT_EVERY + 1):
        poses = estimator.estimate(scene.render(index / 30), poses)
        assert len(poses) == 1
    assert len(detector.asked) == 3


def test_with_nobody_known_it_looks_in_every_frame_near_and_far(
    estimator: TopDownEstimator, detector: CountingMoveNet
) -> None:
    for _ in range(4):
        assert estimator.estimate(EMPTY, []) == []
    assert len(detector.asked) == 4
    assert FAR in detector.asked


def test_a_dancer_who_is_not_where_expected_is_found_all_the_same(
    estimator: TopDownEstimator, scene: DemoScene
) -> None:
    frame, (truth,) = scene.render(0.5), scene.truth(0.5)
    (pose,) = estimator.estimate(frame, [])
    assert len(estimator.estimate(frame, [pose])) == 1  # all is well: no detection soon
    away = _moved(pose, -260 if pose.keypoints[:, 0].mean() > 320 else 260)
    found = [pose for _ in range(2) for pose in estimator.estimate(frame, [away])]
    assert len(found) == 1, "within two frames, and nothing on the empty crop"
    assert _hits(found[0], truth.keypoints)


def _moved(pose: Pose, pixels: float) -> Pose:
    aside = np.float32([pixels, 0])
    return Pose(pose.keypoints + aside, pose.scores, pose.box + np.tile(aside, 2), pose.score)


def _hits(pose: Pose, keypoints: np.ndarray) -> bool:
    return bool(np.median(np.hypot(*(pose.keypoints - keypoints).T)) < 20)


def test_people_expected_to_overlap_are_left_to_the_detector(
    estimator: TopDownEstimator, detector: CountingMoveNet, scene: DemoScene
) -> None:
    frame = scene.render(0.5)
    (pose,) = estimator.estimate(frame, [])
    beside = _moved(pose, 12)
    before = len(detector.asked)
    for _ in range(3):
        assert len(estimator.estimate(frame, [pose, beside])) == 1
    assert len(detector.asked) == before + 3


def test_after_a_reset_it_detects_as_at_the_start(
    estimator: TopDownEstimator, detector: CountingMoveNet, scene: DemoScene
) -> None:
    frame = scene.render(0.5)
    poses = estimator.estimate(frame, [])
    estimator.estimate(frame, poses)
    assert len(detector.asked) == 1
    estimator.reset()
    estimator.estimate(frame, poses)
    assert len(detector.asked) == 2


@pytest.mark.parametrize("shape", [(1, 1), (7, 900), (33, 31), (481, 639)])
def test_odd_pictures_and_wild_expectations_are_survived(
    estimator: TopDownEstimator, shape: tuple[int, int]
) -> None:
    picture = np.zeros((*shape, 3), np.uint8)
    wild = [
        person(-5000, 99999),
        person(size=1e-6),
        person(size=1e4),
        Pose(np.zeros((17, 2), np.float32), np.zeros(17, np.float32), np.zeros(4, np.float32), 0),
    ]
    for count in itertools.chain(range(len(wild) + 1), [len(wild)]):
        assert estimator.estimate(picture, wild[:count]) == []
