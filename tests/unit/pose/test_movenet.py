"""MoveNet MultiPose: decoding, and the model on a rendered dancer."""

import numpy as np
import pytest
from people import person

from choreai_live.demo import DemoScene
from choreai_live.errors import ModelError
from choreai_live.inference import Session
from choreai_live.pose.letterbox import Letterbox
from choreai_live.pose.movenet import FAR, NEAR, MoveNet, MoveNetEstimator, decode, input_side

PICTURE = np.zeros((480, 640, 3), np.uint8)
FITTED = Letterbox(scale=0.4, width=256, height=192)


def _row(score: float, keypoint_score: float = 0.8) -> np.ndarray:
    row = np.zeros(56, np.float32)
    row[0:51:3] = np.linspace(0.1, 0.9, 17)  # y
    row[1:51:3] = 0.5  # x
    row[2:51:3] = keypoint_score
    row[55] = score
    return row


def test_rows_become_people_in_picture_pixels_surest_first() -> None:
    rows = np.stack([_row(0.4), _row(0.7), _row(0.05), _row(0), _row(0.9, 0.1), _row(0.1)])[None]
    poses = decode(rows, FITTED, 640, 480)
    assert [pose.score for pose in poses] == pytest.approx([0.7, 0.4])
    nose = poses[0].keypoints[0]
    assert nose == pytest.approx([0.5 * 256 / 0.4, 0.1 * 192 / 0.4])
    assert poses[0].keypoints[16] == pytest.approx([320, 0.9 * 480])
    assert (poses[0].scores == np.float32(0.8)).all()


def test_scores_stay_between_zero_and_one() -> None:
    (pose,) = decode(_row(1.2, 1.3)[None, None], FITTED, 640, 480)
    assert pose.score == 1
    assert pose.scores.max() == 1


@pytest.mark.parametrize(
    ("size", "side"), [(0.5, FAR), (1.0, FAR), (1.6, None), (2.8, NEAR), (None, None)]
)
def test_the_input_suits_how_large_people_are(size: float | None, side: int | None) -> None:
    people = [] if size is None else [person(size=0.3), person(size=size)]
    assert input_side(PICTURE, people) == side


def test_the_dancer_is_found(movenet: MoveNet, scene: DemoScene) -> None:
    (truth,) = scene.truth(1.0)
    (found,) = movenet.detect(scene.render(1.0))
    torso = np.hypot(
        *(truth.keypoints[[5, 6]].mean(axis=0) - truth.keypoints[[11, 12]].mean(axis=0))
    )
    off = np.hypot(*(found.keypoints - truth.keypoints).T)[truth.visible]
    assert (off < 0.2 * torso).mean() > 0.9
    assert found.scores[truth.visible].mean() > 0.5


def test_nobody_is_found_where_nobody_is(movenet: MoveNet) -> None:
    noise = np.random.default_rng(1).integers(0, 255, PICTURE.shape, np.uint8)
    for picture in (PICTURE, noise, PICTURE[:1, :1], PICTURE[:40]):
        assert movenet.detect(picture) == []


def test_somebody_small_is_found_by_taking_turns(movenet: MoveNet, scene: DemoScene) -> None:
    frame = scene.render(1.0)
    picture = np.full((1080, 1920, 3), 60, np.uint8)
    picture[600:840, 800:1120] = frame[::2, ::2]
    estimator = MoveNetEstimator(movenet)
    seen = [estimator.estimate(picture, []) for _ in range(6)]
    assert any(seen)
    assert seen[-1], "once found, the dancer stays found"
    estimator.reset()
    assert estimator.estimate(PICTURE, []) == []


def test_another_model_is_refused(blazepose_session: Session) -> None:
    with pytest.raises(ModelError, match="not MoveNet MultiPose"):
        MoveNet(blazepose_session)
