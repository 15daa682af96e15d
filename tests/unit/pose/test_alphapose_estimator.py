"""AlphaPose as a pipeline: whose box is read when, and what is reported."""

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from made_networks import colour_finder, figure, paint, somebody_standing
from people import person

from choreai_live.demo import DemoScene
from choreai_live.inference import Session
from choreai_live.messages import Image, Pose
from choreai_live.pose.alphapose import AlphaPose
from choreai_live.pose.alphapose_estimator import AlphaPoseEstimator, joined
from choreai_live.pose.movenet import MoveNet
from choreai_live.pose.people import MoveNetDetector, PersonBoxes, PersonDetector
from choreai_live.pose.schedule import DETECT_EVERY

LEFT, RIGHT = (60.0, 60.0, 220.0, 300.0), (400.0, 60.0, 560.0, 300.0)


class ScriptedDetector(PersonDetector):
    """Finds whom it is told to, and counts how often it was asked."""

    def __init__(self) -> None:
        self.boxes: list[tuple[float, ...]] = []
        self.asked = 0
        self.resets = 0

    def find(self, image: Image, expected: Sequence[Pose]) -> PersonBoxes:
        self.asked += 1
        boxes = np.array(self.boxes, np.float32).reshape(-1, 4)
        return PersonBoxes(boxes, np.full(len(boxes), 0.9, np.float32))

    def reset(self) -> None:
        self.resets += 1


class CountingAlphaPose(AlphaPose):
    """The real thing, with a list of how many people it was to read at once."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.batches: list[int] = []

    def read(self, image: Image, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        self.batches.append(len(boxes))
        return super().read(image, boxes)


@pytest.fixture
def detector() -> ScriptedDetector:
    return ScriptedDetector()


@pytest.fixture
def alphapose(tmp_path: Path) -> CountingAlphaPose:
    return CountingAlphaPose(Session(colour_finder(tmp_path / "net.onnx"), "cpu"))


@pytest.fixture
def estimator(detector: ScriptedDetector, alphapose: AlphaPose) -> AlphaPoseEstimator:
    return AlphaPoseEstimator(detector, alphapose)


def _picture(*boxes: Sequence[float]) -> Image:
    image = np.zeros((360, 640, 3), np.uint8)
    for box in boxes:
        paint(image, figure(box))
    return image


def _hits(pose: Pose, box: Sequence[float]) -> bool:
    return bool(np.abs(pose.keypoints - figure(box)).max() < 6)


def test_a_known_dancer_needs_detection_only_every_few_frames(
    estimator: AlphaPoseEstimator, detector: ScriptedDetector
) -> None:
    detector.boxes = [LEFT]
    poses: list[Pose] = []
    for _ in range(2 * DETECT_EVERY + 1):
        poses = estimator.estimate(_picture(LEFT), poses)
        assert len(poses) == 1
        assert _hits(poses[0], LEFT)
    assert detector.asked == 3


def test_all_dancers_are_read_as_one_batch(
    estimator: AlphaPoseEstimator, detector: ScriptedDetector, alphapose: CountingAlphaPose
) -> None:
    detector.boxes = [LEFT, RIGHT]
    poses = estimator.estimate(_picture(LEFT, RIGHT), [])
    assert [any(_hits(pose, box) for pose in poses) for box in (LEFT, RIGHT)] == [True, True]
    estimator.estimate(_picture(LEFT, RIGHT), poses)
    assert alphapose.batches == [2, 2]


def test_with_nobody_known_it_looks_in_every_frame(
    estimator: AlphaPoseEstimator, detector: ScriptedDetector
) -> None:
    for _ in range(3):
        assert estimator.estimate(_picture(), []) == []
    assert detector.asked == 3


def test_who_walks_in_is_seen_at_the_next_detection(
    estimator: AlphaPoseEstimator, detector: ScriptedDetector
) -> None:
    detector.boxes = [LEFT]
    poses = estimator.estimate(_picture(LEFT), [])
    detector.boxes = [RIGHT, LEFT]
    counts = []
    for _ in range(DETECT_EVERY):
        poses = estimator.estimate(_picture(LEFT, RIGHT), poses)
        counts.append(len(poses))
    assert counts == [1] * (DETECT_EVERY - 1) + [2]


def test_a_dancer_who_is_not_where_expected_is_found_within_two_frames(
    estimator: AlphaPoseEstimator, detector: ScriptedDetector
) -> None:
    detector.boxes = [LEFT]
    known = estimator.estimate(_picture(LEFT), [])
    detector.boxes = [RIGHT]
    found = [pose for _ in range(2) for pose in estimator.estimate(_picture(RIGHT), known)]
    assert len(found) == 1
    assert _hits(found[0], RIGHT)
    assert detector.asked == 2


def test_whom_the_detector_does_not_see_is_kept_if_plain_to_see(
    estimator: AlphaPoseEstimator, detector: ScriptedDetector
) -> None:
    detector.boxes = [LEFT, RIGHT]
    poses = estimator.estimate(_picture(LEFT, RIGHT), [])
    detector.boxes = [RIGHT]
    for _ in range(DETECT_EVERY):
        poses = estimator.estimate(_picture(LEFT, RIGHT), poses)
        assert len(poses) == 2


def test_whom_the_detector_does_not_see_is_dropped_if_doubtful(
    estimator: AlphaPoseEstimator, detector: ScriptedDetector
) -> None:
    detector.boxes = [LEFT]
    poses = estimator.estimate(_picture(LEFT), [])
    dark = (_picture(LEFT) * 0.35).astype(np.uint8)  # maxima of about 0.35
    detector.boxes = []
    assert [len(estimator.estimate(dark, poses)) for _ in range(2)] == [1, 0]


def test_expected_twice_and_detected_is_reported_once(
    estimator: AlphaPoseEstimator, detector: ScriptedDetector
) -> None:
    detector.boxes = [LEFT]
    (pose,) = estimator.estimate(_picture(LEFT), [])
    poses = estimator.estimate(_picture(LEFT), [pose, pose])
    assert len(poses) == 1
    assert _hits(poses[0], LEFT)
    assert detector.asked == 2, "two who overlap are a reason to look"


def test_after_a_reset_it_detects_as_at_the_start(
    estimator: AlphaPoseEstimator, detector: ScriptedDetector
) -> None:
    detector.boxes = [LEFT]
    poses = estimator.estimate(_picture(LEFT), [])
    estimator.reset()
    estimator.estimate(_picture(LEFT), poses)
    assert (detector.asked, detector.resets) == (2, 1)


def test_keypoints_outside_the_picture_have_scores_near_0(tmp_path: Path) -> None:
    alphapose = AlphaPose(Session(somebody_standing(tmp_path / "net.onnx"), "cpu"))
    detector = ScriptedDetector()
    detector.boxes = [(250, 200, 350, 360)]
    (pose,) = AlphaPoseEstimator(detector, alphapose).estimate(_picture()[:300], [])
    outside = pose.keypoints[:, 1] > 300
    assert outside.any()
    assert pose.scores[outside].max() < 0.1
    assert pose.scores[~outside].min() > 0.8
    assert pose.score == pytest.approx(pose.scores.mean())


@pytest.mark.parametrize(
    ("case", "expected", "detected", "result"),
    [
        ("nobody", [], [], []),
        ("both say the same", [[0, 0, 10, 10]], [[1, 0, 11, 10]], [[1, 0, 11, 10]]),
        ("only expected", [[0, 0, 10, 10]], [], [[0, 0, 10, 10]]),
        ("somebody new", [], [[0, 0, 10, 10]], [[0, 0, 10, 10]]),
        (
            "one box for two",
            [[0, 0, 10, 10], [2, 0, 12, 10]],
            [[0, 0, 11, 10]],
            [[0, 0, 11, 10], [2, 0, 12, 10]],
        ),
    ],
)
def test_who_is_read(
    case: str, expected: list[list[float]], detected: list[list[float]], result: list[list[float]]
) -> None:
    boxes = (np.array(each, np.float32).reshape(-1, 4) for each in (expected, detected))
    assert joined(*boxes).tolist() == result, case


def test_with_movenet_the_demo_dancer_is_found(
    movenet: MoveNet, scene: DemoScene, tmp_path: Path
) -> None:
    alphapose = AlphaPose(Session(somebody_standing(tmp_path / "net.onnx"), "cpu"))
    estimator = AlphaPoseEstimator(MoveNetDetector(movenet), alphapose)
    poses: list[Pose] = []
    for index in range(5):
        poses = estimator.estimate(scene.render(index / 30), poses)
        (truth,) = scene.truth(index / 30)
        assert len(poses) == 1
        assert np.hypot(*(poses[0].keypoints - truth.keypoints).mean(axis=0)) < 30


@pytest.mark.parametrize("shape", [(1, 1), (7, 900), (33, 31), (481, 639)])
def test_odd_pictures_and_wild_expectations_are_survived(
    movenet: MoveNet, alphapose: AlphaPose, shape: tuple[int, int]
) -> None:
    estimator = AlphaPoseEstimator(MoveNetDetector(movenet), alphapose)
    picture = np.zeros((*shape, 3), np.uint8)
    wild = [
        person(-5000, 99999),
        person(size=1e-6),
        person(size=1e4),
        Pose(np.zeros((17, 2), np.float32), np.zeros(17, np.float32), np.zeros(4, np.float32), 0),
    ]
    for count in itertools.chain(range(len(wild) + 1), [len(wild)]):
        assert estimator.estimate(picture, wild[:count]) == []
