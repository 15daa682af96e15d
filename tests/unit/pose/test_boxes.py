"""The box around what is seen of a person."""

import numpy as np
from people import PICTURE, STANDING

from choreai_live.pose.boxes import box_around

ALL = np.full(17, 0.8, np.float32)


def test_the_box_reaches_a_little_beyond_the_keypoints() -> None:
    keypoints = STANDING + np.array([320, 240], np.float32)
    box = box_around(keypoints, ALL, *PICTURE)
    assert box is not None
    assert (box[:2] < keypoints.min(axis=0)).all()
    assert (box[2:] > keypoints.max(axis=0)).all()
    assert (box[2:] - box[:2] < 1.6 * np.ptp(keypoints, axis=0)).all()


def test_the_box_stays_inside_the_picture() -> None:
    box = box_around(STANDING, ALL, *PICTURE)  # half of it is left of and above the picture
    assert box is not None
    assert (box >= 0).all()
    assert (box[:2] == 0).all()


def test_legs_not_seen_are_not_in_the_box() -> None:
    scores = ALL.copy()
    scores[13:] = 0.05
    box = box_around(STANDING + np.array([320, 240], np.float32), scores, *PICTURE)
    assert box is not None
    assert box[3] < 240 + 20


def test_one_keypoint_has_no_box() -> None:
    scores = np.zeros(17, np.float32)
    assert box_around(STANDING, scores, *PICTURE) is None
    scores[3] = 1
    assert box_around(STANDING, scores, *PICTURE) is None
