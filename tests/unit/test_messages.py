"""The objects that cross the walls refuse what does not fit, where it is made."""

import numpy as np
import pytest

from choreai_live.messages import Frame, Pose, Readout

KEYPOINTS = np.zeros((17, 2), np.float32)
SCORES = np.zeros(17, np.float32)
BOX = np.zeros(4, np.float32)


def test_well_formed_messages_are_accepted():
    frame = Frame(np.zeros((7, 5, 3), np.uint8), time=0.5, index=3, captured=1.0)
    pose = Pose(KEYPOINTS, SCORES, BOX, 0.9)
    readout = Readout(np.array([0.2, 0.8], np.float32), "hiphop", 0.8, 0.5)
    assert (frame.index, pose.score, readout.label) == (3, 0.9, "hiphop")


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((7, 5), np.uint8),
        np.zeros((7, 5, 4), np.uint8),
        np.zeros((7, 5, 3), np.float32),
    ],
    ids=["grey", "with alpha", "float"],
)
def test_a_frame_refuses_other_pictures(image):
    with pytest.raises(ValueError, match=r"Frame\.image must be uint8 \(any, any, 3\)"):
        Frame(image, time=0, index=0, captured=0)


@pytest.mark.parametrize(
    ("keypoints", "scores", "box", "culprit"),
    [
        (np.zeros((18, 2), np.float32), SCORES, BOX, "keypoints"),
        (np.zeros((17, 3), np.float32), SCORES, BOX, "keypoints"),
        (KEYPOINTS.astype(np.float64), SCORES, BOX, "keypoints"),
        (KEYPOINTS, np.zeros((17, 1), np.float32), BOX, "scores"),
        (KEYPOINTS, SCORES, np.zeros(5, np.float32), "box"),
    ],
)
def test_a_pose_names_the_array_that_does_not_fit(keypoints, scores, box, culprit):
    with pytest.raises(ValueError, match=rf"Pose\.{culprit} must be float32"):
        Pose(keypoints, scores, box, 1.0)


def test_messages_cannot_be_changed():
    pose = Pose(KEYPOINTS, SCORES, BOX, 0.9)
    with pytest.raises(AttributeError):
        pose.score = 0.1  # type: ignore[misc]
