"""The shipped pose models find the demo dancers, and where they say the joints are."""

from typing import Any

import numpy as np
import pytest

from choreai_live.demo import DemoScene, SceneSettings, Truth
from choreai_live.messages import Pose
from choreai_live.pose import PoseModels
from choreai_live.skeleton import LEFT_HIP, LEFT_SHOULDER, RIGHT_HIP, RIGHT_SHOULDER
from choreai_live.tracking import Tracker

#: Fraction of the torso a keypoint may be off: PCK@0.2.
TOLERANCE = 0.2

SCENES: dict[str, dict[str, Any]] = {
    "afrobeat": {"dance": "afrobeat", "outfit": "festival", "seed": 0},
    "classical": {"dance": "classical", "outfit": "ballet", "seed": 1},
    "hiphop": {"dance": "hiphop", "outfit": "street", "seed": 2},
    "two": {"dancers": 2, "seed": 3},
    "four": {"dancers": 4, "seed": 4},
    "wide and dark-skinned": {"width": 960, "height": 540, "skin": 10, "seed": 5},
}


@pytest.fixture(scope="module")
def models() -> PoseModels:
    """Return the models of the default pose pipeline, on the CPU."""
    return PoseModels(provider="cpu")


def torso(truth: Truth) -> float:
    """Return the distance from mid-shoulders to mid-hips, pixels."""
    points = truth.keypoints
    shoulders = points[[LEFT_SHOULDER, RIGHT_SHOULDER]].mean(axis=0)
    hips = points[[LEFT_HIP, RIGHT_HIP]].mean(axis=0)
    return float(np.linalg.norm(shoulders - hips))


def nearest(truth: Truth, poses: list[Pose]) -> np.ndarray | None:
    """Return the errors (17,) of the pose nearest to the truth, in torsos; None if nobody is near.

    Somebody is near whose keypoints are less than half a torso off on average.
    """
    errors = [
        np.linalg.norm(pose.keypoints - truth.keypoints, axis=1) / torso(truth) for pose in poses
    ]
    best = min(errors, key=lambda error: error[truth.visible].mean(), default=None)
    return best if best is not None and best[truth.visible].mean() < 0.5 else None


@pytest.mark.parametrize("name", SCENES)
def test_the_models_find_the_dancers_and_their_joints(models: PoseModels, name: str) -> None:
    scene = DemoScene(SceneSettings(**SCENES[name]))
    found, right = [], []
    # Nearly a second from three places of the performance.
    for start in (0.7, 9.3, 17.9):
        estimator, tracker = models.estimator(), Tracker()
        for step in range(14):
            time = start + step / 15
            expected = [track.pose for track in tracker.predict(time)]
            poses = estimator.estimate(scene.render(time), expected)
            tracker.update(poses, time)
            if step < 3:
                continue  # the detector looks near and far in turns until it has found people
            for truth in scene.truth(time):
                if truth.visible.sum() < 8:
                    continue  # behind somebody
                errors = nearest(truth, poses)
                found.append(errors is not None)
                if errors is not None:
                    right.extend(errors[truth.visible] < TOLERANCE)
    assert len(found) > 30
    assert np.mean(found) >= 0.95
    assert np.mean(right) >= 0.90
