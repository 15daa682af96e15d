"""Streams are stitched, labelled and cut as they promise."""

import numpy as np
import pytest

from choreai_live.training.augmentation import AugmentationSettings
from choreai_live.training.datasets import DatasetError, PoseSequence
from choreai_live.training.idling import idle_sequence
from choreai_live.training.streams import StreamSampler, StreamSettings

CONTEXT = 15
LABELS = ("afrobeat", "other")


def sequences() -> list[PoseSequence]:
    rng = np.random.default_rng(0)
    figures = [idle_sequence(rng, "x", 6.0) for _ in range(4)]
    return [
        PoseSequence(f.points, f.rate, str(i), f"source {i}", f"group {i}", LABELS[i % 2])
        for i, f in enumerate(figures)
    ]


def sampler(settings: StreamSettings, seed: int = 0) -> StreamSampler:
    return StreamSampler(
        sequences(), LABELS, 15.0, CONTEXT, settings, AugmentationSettings(), seed=seed
    )


def test_shapes() -> None:
    chunk = sampler(StreamSettings(dancers=3, steps=20, idle_style="other")).chunk()
    assert chunk.keypoints.shape == (3, CONTEXT + 20, 17, 3)
    assert chunk.keypoints.dtype == np.float32
    assert chunk.labels.shape == chunk.weights.shape == (3, 20)
    assert chunk.fresh.all()
    assert np.isfinite(chunk.keypoints).all()


def test_a_fresh_dancer_is_led_in_by_its_first_frame() -> None:
    chunk = sampler(StreamSettings(dancers=2, steps=10)).chunk()
    lead_in = chunk.keypoints[:, : CONTEXT + 1]
    assert (lead_in == lead_in[:, :1]).all()


def test_a_stream_goes_on_where_it_stopped() -> None:
    drawn = sampler(StreamSettings(dancers=2, steps=20, lost=0.0))
    first, second = drawn.chunk(), drawn.chunk()
    assert not second.fresh.any()
    np.testing.assert_array_equal(second.keypoints[:, :CONTEXT], first.keypoints[:, -CONTEXT:])


def test_a_change_of_style_does_not_count_at_once() -> None:
    drawn = sampler(StreamSettings(dancers=4, steps=150, lost=0.0, same_style=(3.0, 4.0)))
    drawn.chunk()
    chunk = drawn.chunk()
    changes = [(d, t) for d, t in zip(*np.nonzero(np.diff(chunk.labels, axis=1)), strict=True)]
    assert changes
    assert all(chunk.weights[d, t + 1] == 0 for d, t in changes)
    assert chunk.weights.max() == 1


def test_hips_do_not_jump_where_stretches_meet() -> None:
    settings = StreamSettings(dancers=2, steps=300, lost=0.0, segment=(3.0, 4.0))
    hips = sampler(settings).chunk().keypoints[:, :, 11:13, :2].mean(axis=2)
    # Torso lengths are 100 px; a person who only sways has no reason to leave the spot.
    assert np.linalg.norm(np.diff(hips, axis=1), axis=-1).max() < 120


def test_styles_come_as_often_as_they_are_asked_for() -> None:
    drawn = sampler(StreamSettings(dancers=16, steps=60, style_weights={"afrobeat": 3.0}, lost=0.5))
    labels = np.concatenate([drawn.chunk().labels.ravel() for _ in range(8)])
    assert 0.6 < (labels == 0).mean() < 0.9


def test_the_same_seed_gives_the_same_streams() -> None:
    settings = StreamSettings(dancers=2, steps=10, idle_style="other")
    first, again, other = (sampler(settings, seed).chunk().keypoints for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_label_nobody_dances_is_named() -> None:
    with pytest.raises(DatasetError, match="tap"):
        StreamSampler(
            sequences(), ("other", "tap"), 15.0, CONTEXT, StreamSettings(), AugmentationSettings()
        )
