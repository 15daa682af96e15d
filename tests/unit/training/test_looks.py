"""Looks are the same for the same seed, limited in number, and survive being saved."""

from pathlib import Path

import numpy as np
import pytest

from choreai_live.training.augmentation import AugmentationSettings
from choreai_live.training.datasets import DatasetError
from choreai_live.training.looks import Looks
from tests.made_dances import made_dances


def looks(minutes: float = 1.0) -> Looks:
    return Looks(15.0, AugmentationSettings(), minutes)


def test_the_order_of_asking_does_not_matter() -> None:
    first, second = made_dances(1)
    one, other = looks(), looks()
    one.fill(first)
    one.fill(second)
    other.fill(second)
    for _ in range(3):
        rng, same = np.random.default_rng(3), np.random.default_rng(3)
        np.testing.assert_array_equal(one.draw(second, rng), other.draw(second, same))


def test_scarce_sources_are_looked_at_more_often() -> None:
    sequence, *_ = sequences = made_dances(1)
    few, many = looks(0.01), looks(1.0)
    counts = []
    for store in (few, many):
        store.plan(sequences)
        rng = np.random.default_rng(0)
        counts.append(len({store.draw(sequence, rng)[:, 9].tobytes() for _ in range(60)}))
    assert counts[0] <= 4
    # 8 s in all; 60 s wanted.
    assert counts[0] < counts[1] <= 8


def test_what_was_saved_is_drawn_again(tmp_path: Path) -> None:
    sequence, *_ = made_dances(1)
    store, again = looks(), looks()
    store.fill(sequence)
    store.save(tmp_path / "looks.npy")
    again.load(tmp_path / "looks.npy")
    expected = store.draw(sequence, np.random.default_rng(1))
    np.testing.assert_array_equal(again.draw(sequence, np.random.default_rng(1)), expected)
    assert not again.draw(sequence, np.random.default_rng(1)).flags.owndata


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    store = looks()
    for sequence in made_dances(1):
        store.fill(sequence)
        store.save(tmp_path / f"{sequence.style}.npy")
    (tmp_path / "waving.npy").replace(tmp_path / "bouncing.npy")
    with pytest.raises(DatasetError, match="delete it"):
        looks().load(tmp_path / "bouncing.npy")
