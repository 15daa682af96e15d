"""Variations: the same take as other days and other cameras would have seen it."""

import numpy as np
import pytest
from taught_dances import steps_of

from choreai_live.skeleton import mirrored
from choreai_live.teaching.variations import VariationSettings, variations


def test_a_take_comes_first_as_it_is_then_its_mirror_image() -> None:
    steps = steps_of("hiphop")
    found = variations(steps, np.random.default_rng(0))
    assert len(found) == 2 + VariationSettings().copies
    np.testing.assert_array_equal(found[0], steps)
    np.testing.assert_array_equal(found[1], mirrored(steps))
    for varied in found[2:]:
        assert varied.shape[1:] == (17, 3)
        assert np.isfinite(varied).all()
        assert len(steps) * 0.8 < len(varied) < len(steps) * 1.25
    assert len({len(varied) for varied in found[2:]}) > 1, "at other tempi"


def test_the_same_chance_gives_the_same_variations_and_another_others() -> None:
    steps = steps_of("classical")
    one, same, other = (
        np.concatenate(variations(steps, np.random.default_rng(seed))[2:]) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, same)
    assert one.shape != other.shape or not np.array_equal(one, other)


def test_without_any_leeway_a_variation_is_the_take_or_its_mirror_image() -> None:
    steps = steps_of("hiphop")
    none = VariationSettings(4, 0.0, (1.0, 1.0), 0.0, 0.0, 0.0, 0.0)
    hips = steps[:, (11, 12), :2].mean(axis=(0, 1))
    for varied in variations(steps, np.random.default_rng(0), none)[2:]:
        # The last step has no next one to be interpolated to, and the hips lie at 0.
        moved = varied.copy()
        candidates = (steps[:-1].copy(), steps[:-1].copy())
        for candidate in candidates:
            candidate[..., :2] -= hips
        candidates = candidates[0], mirrored(candidates[1])
        differences = [np.abs(moved - candidate).max() for candidate in candidates]
        assert min(differences) < 1.5


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_shortest_takes_can_be_varied(count: int) -> None:
    for varied in variations(steps_of("hiphop")[:count], np.random.default_rng(0)):
        assert len(varied) >= 1
        assert np.isfinite(varied).all()
