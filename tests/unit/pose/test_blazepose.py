"""BlazePose: decoding, scores, and the model on a rendered dancer."""

from typing import Any

import numpy as np
import pytest

from choreai_live.demo import DemoScene
from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.pose.blazepose import BlazePose, comparable_scores, decode
from choreai_live.pose.crops import Region, region_around
from choreai_live.pose.movenet import MoveNet
from choreai_live.skeleton import FROM_BLAZEPOSE

SURE = 6.0


def _landmarks() -> np.ndarray:
    rows = np.zeros((39, 5), np.float32)
    rows[:, :2] = 128
    rows[:, 3:] = SURE
    rows[[0, 23, 28], :2] = [128, 40], [140, 128], [118, 230]  # nose, left hip, right ankle
    return rows.reshape(-1)


def test_landmarks_become_coco_keypoints_in_picture_pixels() -> None:
    region = Region(np.array([320.0, 240.0]), 512, 0.0)  # two picture pixels per crop pixel
    pose = decode(_landmarks(), 0.97, region, 640, 480)
    assert pose.keypoints.shape == (17, 2)
    assert pose.keypoints[0] == pytest.approx([320, 240 - 2 * 88])
    assert pose.keypoints[11] == pytest.approx([320 + 2 * 12, 240])
    assert pose.keypoints[16] == pytest.approx([320 - 2 * 10, 240 + 2 * 102])
    assert pose.score == pytest.approx(0.97)
    assert FROM_BLAZEPOSE[16] == 28


def test_keypoints_below_the_picture_have_low_scores() -> None:
    region = Region(np.array([320.0, 400.0]), 512, 0.0)
    pose = decode(_landmarks(), 0.97, region, 640, 480)
    assert pose.keypoints[16, 1] > 480
    assert pose.scores[16] < 0.1
    assert pose.scores[0] > 0.5
    assert pose.box[3] <= 480


def test_a_crop_quite_outside_the_picture_holds_nobody() -> None:
    pose = decode(_landmarks(), 0.97, Region(np.array([-900.0, 0.0]), 512, 0.0), 640, 480)
    assert pose.score == 0


@pytest.mark.parametrize(
    ("visible", "present", "low", "high"),
    [
        (0.0, 30.0, 0.25, 0.27),
        (30.0, 0.0, 0.25, 0.27),
        (3.0, 30.0, 0.45, 0.5),
        (6.0, 6.0, 0.6, 0.72),
        (30.0, 30.0, 1.0, 1.0),
        (-4.0, 30.0, 0.0, 0.0),
        (30.0, -30.0, 0.0, 0.0),
    ],
)
def test_scores_are_in_the_range_of_movenets(
    visible: float, present: float, low: float, high: float
) -> None:
    (score,) = comparable_scores(np.float32([visible]), np.float32([present]))
    assert low <= score <= high


def test_the_dancer_is_read(movenet: MoveNet, blazepose: BlazePose, scene: DemoScene) -> None:
    frame, (truth,) = scene.render(1.0), scene.truth(1.0)
    (found,) = movenet.detect(frame)
    (pose,) = blazepose.read(frame, [region_around(found)])
    torso = np.hypot(
        *(truth.keypoints[[5, 6]].mean(axis=0) - truth.keypoints[[11, 12]].mean(axis=0))
    )
    off = np.hypot(*(pose.keypoints - truth.keypoints).T)[truth.visible]
    assert (off < 0.2 * torso).mean() > 0.9
    assert pose.score > 0.9
    assert pose.scores[truth.visible].mean() > 0.5


def test_crops_of_one_frame_go_through_the_model_together_and_agree_with_each_alone(
    blazepose: BlazePose, blazepose_session: Any, scene: DemoScene
) -> None:
    frame, (truth,) = scene.render(1.0), scene.truth(1.0)
    hips = truth.keypoints[[11, 12]].mean(axis=0).astype(np.float64)
    regions = [Region(hips, 400, 0.0), Region(hips + 10, 500, 0.2)]
    before = len(blazepose_session.feeds)
    together = blazepose.read(frame, regions)
    assert len(blazepose_session.feeds) == before + 1
    assert blazepose_session.feeds[-1]["input_1"].shape == (2, 256, 256, 3)
    for region, pose in zip(regions, together, strict=True):
        (alone,) = blazepose.read(frame, [region])
        assert np.allclose(pose.keypoints, alone.keypoints, atol=0.05)
    assert blazepose.read(frame, []) == []


def test_the_model_is_fed_rgb_between_zero_and_one(
    blazepose: BlazePose, blazepose_session: Any
) -> None:
    orange = np.zeros((100, 100, 3), np.uint8)
    orange[:] = [0, 102, 255]  # BGR
    blazepose.read(orange, [Region(np.array([50.0, 50.0]), 60, 0.0)])
    fed = blazepose_session.feeds[-1]["input_1"]
    assert fed.dtype == np.float32
    assert np.allclose(fed, [1.0, 0.4, 0.0], atol=1e-6)


def test_another_model_is_refused(movenet_session: Session) -> None:
    with pytest.raises(ModelError, match="not BlazePose"):
        BlazePose(movenet_session)
