"""Augmentation keeps what is danced and changes what is not."""

import numpy as np
import pytest

from choreai_live.messages import Floats
from choreai_live.training.augmentation import (
    TORSO,
    AugmentationSettings,
    augment,
    detect,
    hide_legs,
    mirrored,
    place,
)
from choreai_live.training.datasets import PoseSequence
from choreai_live.training.idling import idle_sequence, still_sequence

QUIET = AugmentationSettings(
    tempo=0.0,
    bones=0.0,
    roll=0.0,
    bias=0.0,
    smoothing=0.0,
    jitter=(1e-6, 2e-6),
    bursts=0.0,
    half_body=0.0,
)


def dance(dimensions: int, seed: int = 0, frames: int = 90, rate: float = 30.0) -> PoseSequence:
    """Somebody who stands and waves: the idling figure, in 3D or as a picture of it."""
    rng = np.random.default_rng(seed)
    idle = idle_sequence(rng, "hiphop", frames / 30.0)
    points = idle.points
    if dimensions == 2:
        flat = points[..., :2] * 150 + 300
        points = np.concatenate([flat, np.full((frames, 17, 1), 0.8)], axis=-1).astype(np.float32)
    return PoseSequence(points, rate, "dance", "test", "test", "hiphop")


@pytest.mark.parametrize("dimensions", [2, 3])
@pytest.mark.parametrize("seed", range(8))
def test_shapes_and_ranges(dimensions: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    found = augment(dance(dimensions, seed), 15.0, rng, AugmentationSettings(), seconds=2.0)
    assert found.dtype == np.float32
    assert found.shape[1:] == (17, 3)
    assert 25 <= len(found) <= 31
    assert np.isfinite(found).all()
    assert (found[..., 2] >= 0).all()
    assert (found[..., 2] <= 1).all()


@pytest.mark.parametrize("tempo_rate", [12.0, 30.0, 60.0])
def test_any_source_rate_comes_out_at_the_models(tempo_rate: float) -> None:
    sequence = dance(2, frames=120, rate=tempo_rate)
    found = augment(sequence, 15.0, np.random.default_rng(0), QUIET)
    assert len(found) == pytest.approx(120 / tempo_rate * 15, abs=2)


def test_the_same_seed_gives_the_same_look() -> None:
    first, second, other = (
        augment(dance(3), 15.0, np.random.default_rng(seed), AugmentationSettings(), 2.0)
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, second)
    assert first.shape != other.shape or not np.allclose(first, other)


def test_unseen_keypoints_get_low_scores_and_seen_ones_do_not() -> None:
    points = place(dance(2).points)
    points[:, 15, 2] = 0.0
    found = detect(points, 30.0, np.random.default_rng(0), QUIET)
    assert found[:, 15, 2].max() < 0.45
    assert np.delete(found[..., 2], 15, axis=1).min() >= 0.3


def test_scores_do_not_tell_the_source() -> None:
    """The same seed draws the same scores whatever estimator wrote the sequence."""
    sure, unsure = place(dance(2).points), place(dance(2).points)
    sure[..., 2], unsure[..., 2] = 1.0, 0.4
    first, second = (
        detect(p, 30.0, np.random.default_rng(3), AugmentationSettings()) for p in (sure, unsure)
    )
    np.testing.assert_array_equal(first, second)


def test_a_mirror_twice_changes_nothing() -> None:
    points = dance(2).points
    np.testing.assert_array_equal(mirrored(mirrored(points)), points)
    np.testing.assert_array_equal(mirrored(points)[:, 5, 0], -points[:, 6, 0])


@pytest.mark.parametrize("factor", [0.05, 1.0, 40.0])
def test_placing_forgets_size_and_position(factor: float) -> None:
    points = dance(2).points
    moved = points.copy()
    moved[..., :2] = moved[..., :2] * factor + 77.0
    np.testing.assert_allclose(place(moved), place(points), atol=2e-2)
    torso = np.linalg.norm(
        place(points)[:, 5:7, :2].mean(1) - place(points)[:, 11:13, :2].mean(1), axis=-1
    )
    assert np.median(torso) == pytest.approx(TORSO, rel=0.05)


def test_hidden_legs_leave_the_upper_body() -> None:
    points = dance(2).points
    hidden = hide_legs(points)
    assert (hidden[:, 11:, 2] == 0).all()
    np.testing.assert_array_equal(hidden[:, :11], points[:, :11])


def test_idling_figures_keep_their_bones() -> None:
    for seed in range(5):
        points: Floats = idle_sequence(np.random.default_rng(seed), "other", 3.0).points
        assert np.isfinite(points).all()
        for elbow, wrist in ((7, 9), (8, 10)):
            forearm = np.linalg.norm(points[:, wrist, :3] - points[:, elbow, :3], axis=-1)
            np.testing.assert_allclose(forearm, 0.25, atol=1e-3)


def test_a_still_sequence_holds_one_frame() -> None:
    source = dance(3)
    held = still_sequence(source, np.random.default_rng(0), "other", 2.0)
    assert held.seconds == pytest.approx(2.0)
    assert (np.ptp(held.points, axis=0) == 0).all()
    assert any(np.array_equal(held.points[0], frame) for frame in source.points)
