"""The shipped pose pipelines, tracker included, on rendered dancers with known joints."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest

from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.messages import Image, Pose
from choreai_live.pose import PoseEstimator, PoseModels
from choreai_live.skeleton import LEFT_ANKLE, LEFT_KNEE, RIGHT_ANKLE, RIGHT_KNEE
from choreai_live.tracking import Tracker

RATE = 30.0


@pytest.fixture(scope="module")
def pose_models() -> PoseModels:
    return PoseModels("blazepose", "cpu")


def _watched(
    estimator: PoseEstimator, images: Iterator[Image]
) -> Iterator[tuple[float, list[Pose]]]:
    """Yield time and poses of every frame, as a pipeline would get them."""
    tracker = Tracker()
    for index, image in enumerate(images):
        time = index / RATE
        expected = [track.pose for track in tracker.predict(time)]
        poses = estimator.estimate(image, expected)
        tracker.update(poses, time)
        yield time, poses


def _error(pose: Pose, keypoints: np.ndarray) -> float:
    """Return the median distance over the torso."""
    torso = np.hypot(*(keypoints[[5, 6]].mean(axis=0) - keypoints[[11, 12]].mean(axis=0)))
    return float(np.median(np.hypot(*(pose.keypoints - keypoints).T)) / torso)


@pytest.mark.parametrize("name", ["blazepose", "movenet"])
@pytest.mark.parametrize("dancers", [1, 3])
def test_everybody_is_reported_once(name: str, dancers: int) -> None:
    scene = DemoScene(SceneSettings(dancers=dancers, seed=2))
    estimator = PoseModels(name, "cpu").estimator()
    frames = 24
    found = 0
    for time, poses in _watched(estimator, (scene.render(i / RATE) for i in range(frames))):
        truths = scene.truth(time)
        assert len(poses) <= len(truths)
        nearest = [int(np.argmin([_error(p, t.keypoints) for t in truths])) for p in poses]
        assert len(set(nearest)) == len(poses), f"somebody twice at {time:.2f} s"
        found += sum(
            _error(pose, truths[index].keypoints) < 0.2
            for pose, index in zip(poses, nearest, strict=True)
        )
    assert found >= 0.95 * dancers * frames


def test_two_who_cross_are_both_kept_while_both_are_in_view(pose_models: PoseModels) -> None:
    scene = DemoScene(SceneSettings(dancers=2, seed=0, crossing=True))
    frames = 75
    counts = [
        (len(poses), sum(truth.visible.sum() >= 10 for truth in scene.truth(time)))
        for time, poses in _watched(
            pose_models.estimator(), (scene.render(i / RATE) for i in range(frames))
        )
    ]
    assert max(seen for seen, _ in counts) == 2
    assert np.mean([seen >= there for seen, there in counts]) > 0.9


def test_a_half_body_has_no_legs(pose_models: PoseModels) -> None:
    """Someone before a webcam: the picture ends above the knees."""
    scene = DemoScene(SceneSettings(seed=1))
    cut_at = int(min(truth.keypoints[[13, 14], 1].min() for truth in _truths(scene, 20))) - 12
    images = (scene.render(i / RATE)[:cut_at] for i in range(20))
    legs = [LEFT_KNEE, RIGHT_KNEE, LEFT_ANKLE, RIGHT_ANKLE]
    for time, poses in _watched(pose_models.estimator(), images):
        (pose,) = poses
        assert pose.scores[legs].max() < 0.3, f"legs at {time:.2f} s"
        assert pose.scores[:11].mean() > 0.4
        assert pose.box[3] <= cut_at


def _truths(scene: DemoScene, frames: int) -> list:
    return [scene.truth(i / RATE)[0] for i in range(frames)]


@pytest.mark.parametrize("turn", [cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE])
def test_a_dancer_who_goes_over_onto_the_hands_is_still_read(
    pose_models: PoseModels, turn: int
) -> None:
    """The picture is turned little by little, as a camera would be by a cartwheel."""
    scene = DemoScene(SceneSettings(seed=1, width=480, height=480))
    goal = 180 if turn == cv2.ROTATE_180 else 90
    turns = [
        cv2.getRotationMatrix2D((240, 240), -min(goal, 9 * i), 1.0) for i in range(goal // 9 + 8)
    ]
    images = (
        cv2.warpAffine(scene.render(i / RATE), matrix, (480, 480)) for i, matrix in enumerate(turns)
    )
    right = [
        any(
            _error(pose, scene.truth(time)[0].keypoints @ matrix[:, :2].T + matrix[:, 2]) < 0.25
            for pose in poses
        )
        for (time, poses), matrix in zip(
            _watched(pose_models.estimator(), images), turns, strict=True
        )
    ]
    assert np.mean(right) > 0.85


def test_someone_in_the_distance_is_found(pose_models: PoseModels) -> None:
    scene = DemoScene(SceneSettings(seed=1))
    hall = np.full((960, 1280, 3), 70, np.uint8)
    hall[400:580, 500:740] = cv2.resize(scene.render(0.5), (240, 180), interpolation=cv2.INTER_AREA)
    truth = scene.truth(0.5)[0].keypoints * (180 / 480) + [500, 400]
    *_, (_, (pose,)) = _watched(pose_models.estimator(), (hall for _ in range(6)))
    assert _error(pose, truth) < 0.2


def test_someone_who_fills_the_picture_is_found(pose_models: PoseModels) -> None:
    scene = DemoScene(SceneSettings(seed=1))
    truth = scene.truth(0.5)[0]
    x1, y1, x2, y2 = truth.box.astype(int)
    filling = cv2.resize(scene.render(0.5)[y1:y2, x1:x2], None, fx=2, fy=2)
    *_, (_, (pose,)) = _watched(pose_models.estimator(), (filling for _ in range(4)))
    assert _error(pose, (truth.keypoints - [x1, y1]) * 2) < 0.2


def test_pipelines_share_the_models_from_several_threads(pose_models: PoseModels) -> None:
    scenes = [DemoScene(SceneSettings(seed=seed)) for seed in range(3)]

    def read(scene: DemoScene) -> list[np.ndarray]:
        images = (scene.render(i / RATE) for i in range(8))
        return [
            pose.keypoints
            for _, poses in _watched(pose_models.estimator(), images)
            for pose in poses
        ]

    one_by_one = [read(scene) for scene in scenes]
    with ThreadPoolExecutor(len(scenes)) as pool:
        together = list(pool.map(read, scenes))
    for alone, shared in zip(one_by_one, together, strict=True):
        assert len(alone) == len(shared) == 8
        assert np.array_equal(alone, shared)


def test_red_and_blue_are_not_swapped(pose_models: PoseModels) -> None:
    """Swapped, the models are less sure of the same dancers."""
    sure, swapped = [], []
    for seed in range(4):
        image = DemoScene(SceneSettings(seed=seed)).render(1.0)
        for picture, scores in ((image, sure), (image[..., ::-1].copy(), swapped)):
            scores += [pose.scores.mean() for pose in pose_models.estimator().estimate(picture, [])]
    assert np.mean(sure) > np.mean(swapped)
