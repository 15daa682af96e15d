"""Where BlazePose looks, and what it is shown."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import PICTURE, STANDING, person

from choreai_live.messages import Pose
from choreai_live.pose.crops import (
    CROP_SIDE,
    MARGIN,
    MARGIN_SOLO,
    Region,
    cut,
    region_around,
)

WEBCAM = np.array([0.8] * 9 + [0.05] * 8, np.float32)


def test_an_upright_person_is_in_the_middle() -> None:
    region = region_around(person(300, 200))
    assert np.allclose(region.centre, [300, 200])
    assert region.angle == pytest.approx(0, abs=1e-6)
    farthest = np.hypot(*STANDING.T).max()
    assert region.side == pytest.approx(2 * MARGIN * 1.13 * farthest, rel=0.02)


def test_a_whole_body_alone_is_read_from_nearer() -> None:
    wide, near = region_around(person()), region_around(person(), solo=True)
    assert near.side == pytest.approx(wide.side * MARGIN_SOLO / MARGIN)


@pytest.mark.parametrize("joint", [9, 16])
def test_a_body_not_wholly_seen_is_looked_for_as_widely_as_ever(joint: int) -> None:
    scores = np.full(17, 0.7, np.float32)
    scores[joint] = 0.0
    hidden = person(scores=scores)
    assert region_around(hidden, solo=True).side == region_around(hidden).side


@pytest.mark.parametrize("lean", [0.4, -1.2, np.pi / 2, 3.0])
def test_whoever_leans_stands_upright_in_the_crop(lean: float) -> None:
    tilted = person(300, 200, size=1.5, lean=lean)
    region = region_around(tilted)
    assert region.angle == pytest.approx(lean, abs=1e-5)
    to_crop = cv2.invertAffineTransform(region.to_picture())
    in_crop = tilted.keypoints @ to_crop[:, :2].T + to_crop[:, 2]
    scale = CROP_SIDE / region.side * 1.5
    assert np.allclose(in_crop, STANDING * scale + CROP_SIDE / 2, atol=0.05)


def test_the_region_of_someone_near_a_webcam_leaves_room_for_the_hips_below() -> None:
    """Hips guessed far off, with low scores, must not lead the crop astray."""
    astray = person(size=3, scores=WEBCAM)
    keypoints = astray.keypoints.copy()
    keypoints[11:] = [5, 5]
    region = region_around(Pose(keypoints, WEBCAM, astray.box, 0.9))
    assert region.centre == pytest.approx([320, 240], abs=20)
    assert region.side == pytest.approx(region_around(person(size=3)).side, rel=0.25)


def test_missing_legs_do_not_shrink_the_region() -> None:
    """Otherwise the crop tightens from frame to frame and squeezes the person."""
    scores = np.full(17, 0.7, np.float32)
    scores[13:] = 0
    whole, half = region_around(person()), region_around(person(scores=scores))
    assert half.side == pytest.approx(whole.side, rel=0.1)


def test_someone_of_whom_only_the_box_is_known_is_looked_for_in_the_box() -> None:
    box = np.array([100, 50, 200, 350], np.float32)
    nothing = Pose(np.zeros((17, 2), np.float32), np.zeros(17, np.float32), box, 0.5)
    region = region_around(nothing)
    assert np.allclose(region.centre, [150, 200])
    assert region.side == pytest.approx(MARGIN * 300)


@given(st.integers(0, 2**32 - 1))
def test_every_pose_has_a_region(seed: int) -> None:
    generator = np.random.default_rng(seed)
    keypoints = generator.normal(200, 300, (17, 2)).astype(np.float32)
    if seed % 5 == 0:
        keypoints[:] = keypoints[0]  # all in one point
    scores = generator.choice([0, 0.1, 0.2, 0.9], 17).astype(np.float32)
    region = region_around(Pose(keypoints, scores, np.zeros(4, np.float32), 0.5))
    assert np.isfinite([*region.centre, region.side, region.angle]).all()
    assert region.side > 0


@given(st.floats(-500, 1500), st.floats(-500, 1500), st.floats(10, 3000), st.floats(-np.pi, np.pi))
def test_there_and_back(x: float, y: float, side: float, angle: float) -> None:
    region = Region(np.array([x, y]), side, angle)
    corners = np.array([[0, 0], [256, 0], [256, 256], [0, 256], [128, 128]], np.float32)
    there = region.points_to_picture(corners)
    assert np.allclose(there[4], [x, y], atol=1e-2)
    assert np.hypot(*(there[1] - there[0])) == pytest.approx(side, rel=1e-3)
    to_crop = cv2.invertAffineTransform(region.to_picture())
    assert np.allclose(there @ to_crop[:, :2].T + to_crop[:, 2], corners, atol=0.5)


def test_what_lies_at_a_point_is_cut_to_where_the_point_goes() -> None:
    picture = np.zeros((*PICTURE[::-1], 3), np.uint8)
    cv2.circle(picture, (400, 300), 6, (255, 0, 0), -1)
    region = Region(np.array([380.0, 290.0]), 200, 0.7)
    crop = cut(picture, region)
    assert crop.shape == (CROP_SIDE, CROP_SIDE, 3)
    rows, columns = np.nonzero(crop[..., 0] > 128)
    found = np.array([[columns.mean() + 0.5, rows.mean() + 0.5]], np.float32)
    assert np.allclose(region.points_to_picture(found), [[400.5, 300.5]], atol=0.3)
    assert not crop[..., 1:].any()


def test_what_lies_outside_the_picture_is_black() -> None:
    white = np.full((100, 100, 3), 255, np.uint8)
    crop = cut(white, Region(np.array([100.0, 50.0]), 100, 0.0))
    assert (crop[8:-8, :120] == 255).all()
    assert (crop[:, 136:] == 0).all()
