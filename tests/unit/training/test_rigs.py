"""Whatever a rig's bones were, afterwards they are those of an average body, and dance the same."""

from dataclasses import replace

import numpy as np
import pytest

from choreai_live.training.etudes import etude
from choreai_live.training.rigs import on_average_bones

SHOULDER, ELBOW, WRIST, HIP, KNEE, ANKLE = 5, 7, 9, 11, 13, 15


@pytest.fixture
def dance():
    return etude("ballet_variation", np.random.default_rng(3), 4.0)


def length(points, first: int, second: int) -> float:
    return float(np.median(np.linalg.norm(points[:, first, :3] - points[:, second, :3], axis=-1)))


def with_short_forearms(dance):
    points = dance.points.copy()
    for elbow, wrist in ((7, 9), (8, 10)):
        points[:, wrist, :3] = (points[:, wrist, :3] + points[:, elbow, :3]) / 2
    return replace(dance, points=points)


def test_two_rigs_become_one(dance) -> None:
    one, other = on_average_bones(dance), on_average_bones(with_short_forearms(dance))
    np.testing.assert_allclose(one.points, other.points, atol=1e-4)
    assert np.abs(dance.points - with_short_forearms(dance).points).max() > 0.05


def test_bones_are_as_long_as_the_textbook_says(dance) -> None:
    points = on_average_bones(dance).points
    torso = np.median(
        np.linalg.norm(points[:, 5:7, :3].mean(1) - points[:, 11:13, :3].mean(1), axis=-1)
    )
    for first, second, share in (
        (SHOULDER, ELBOW, 0.60), (ELBOW, WRIST, 0.50), (HIP, KNEE, 0.82), (KNEE, ANKLE, 0.82),
        (SHOULDER, SHOULDER + 1, 0.68), (HIP, HIP + 1, 0.38),
    ):  # fmt: skip
        assert length(points, first, second) == pytest.approx(share * torso, rel=0.02)


def test_directions_and_scores_stay(dance) -> None:
    points = on_average_bones(dance).points
    for first, second in ((SHOULDER, ELBOW), (ELBOW, WRIST), (HIP, KNEE), (KNEE, ANKLE)):
        before = dance.points[:, second, :3] - dance.points[:, first, :3]
        after = points[:, second, :3] - points[:, first, :3]
        cosine = (before * after).sum(-1) / np.linalg.norm(before, axis=-1)
        np.testing.assert_allclose(cosine / np.linalg.norm(after, axis=-1), 1.0, atol=1e-4)
    np.testing.assert_array_equal(points[..., 3], dance.points[..., 3])


def test_what_was_read_from_pictures_stays_as_it_was(dance) -> None:
    flat = replace(dance, points=dance.points[..., [0, 1, 3]])
    assert on_average_bones(flat) is flat
