"""Colours of clothes: read where the body is, and compared."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Pose
from choreai_live.tracking.appearance import PART_COUNT, blended, colours, unlikeness

Dancer = Callable[..., Pose]
Painter = Callable[[Mapping[Pose, tuple[int, int, int]]], npt.NDArray[np.uint8]]


def look(image: npt.NDArray[np.uint8], *poses: Pose) -> npt.NDArray[np.float32]:
    return colours(
        image, np.stack([p.keypoints for p in poses]), np.stack([p.scores for p in poses])
    )


def test_red_is_red_and_blue_is_blue(dancer: Dancer, painted: Painter) -> None:
    red, blue = dancer(200), dancer(400)
    found = look(painted({red: (0, 0, 255), blue: (255, 0, 0)}), red, blue)
    assert found.shape == (2, PART_COUNT, 3)
    np.testing.assert_allclose(found[0, :2], [[53.2, 80.1, 67.2]] * 2, atol=0.5)
    np.testing.assert_allclose(found[1, :2], [[32.3, 79.2, -107.9]] * 2, atol=0.5)


def test_a_hand_before_the_shirt_does_not_change_its_colour(
    dancer: Dancer, painted: Painter
) -> None:
    pose = dancer(300)
    image = painted({pose: (0, 160, 0)})
    before = look(image, pose)
    x, y = pose.keypoints[5].astype(int)
    image[y : y + 25, x - 12 : x + 12] = (120, 160, 220)
    np.testing.assert_allclose(look(image, pose)[0, :2], before[0, :2], atol=0.5)


def test_what_is_out_of_the_picture_or_unsure_is_not_known(
    dancer: Dancer, painted: Painter
) -> None:
    low, unsure = dancer(300, y=430), dancer(100, score=0.1)
    found = look(painted({low: (0, 0, 255)}), low, unsure)
    assert np.isfinite(found[0, 0]).all()
    assert np.isnan(found[0, 3]).all()
    assert np.isnan(found[1]).all()


def test_unlikeness(dancer: Dancer, painted: Painter) -> None:
    red, blue = dancer(200), dancer(400)
    image = painted({red: (40, 40, 200), blue: (200, 60, 30)})
    first = look(image, red, blue)
    darker = look((image * 0.85).astype(np.uint8), red, blue)
    unlike = unlikeness(first, darker)
    assert (np.diag(unlike) < 0.25).all()
    assert unlike[0, 1] > 0.9
    assert unlike[1, 0] > 0.9
    assert np.isnan(unlikeness(first, np.full_like(first, np.nan))).all()


def test_a_look_follows_and_keeps_what_is_hidden() -> None:
    known = np.zeros((PART_COUNT, 3), np.float32)
    seen = np.full_like(known, 10.0)
    seen[2] = np.nan
    known[3] = np.nan
    mixed = blended(known, seen, 0.25)
    np.testing.assert_allclose(mixed[:2], 2.5)
    np.testing.assert_allclose(mixed[2], 0.0)
    np.testing.assert_allclose(mixed[3], 10.0)
