"""Looks: every sequence as many imaginary cameras and estimators saw it, kept for reuse.

Disturbing a stretch anew costs as much as learning from it, so each sequence
is looked at a limited number of times, and what was seen is drawn from again.
"""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np

from choreai_live.messages import Floats
from choreai_live.training.augmentation import AugmentationSettings, augment, steady
from choreai_live.training.datasets import DatasetError, PoseSequence

#: Longest piece of a sequence that is looked at at once, seconds.
LONGEST = 60.0
_FEWEST, _MOST = 4, 64


class Looks:
    """A growing store of looks, the same for the same seed whatever the order of asking.

    Parameters
    ----------
    rate
        Frames per second wanted.
    settings
        How far apart two looks may be.
    minutes
        How much is kept of each source, about; scarce sources are looked at
        more often.
    seed
        Another seed, other looks.
    """

    def __init__(
        self,
        rate: float,
        settings: AugmentationSettings,
        minutes: float = 150.0,
        seed: int = 0,
    ) -> None:
        self._rate = rate
        self._settings = settings
        self._minutes = minutes
        self._seed = seed
        self._copies: dict[str, int] = {}
        self._kept: dict[str, Floats] = {}
        self._steadied: dict[str, PoseSequence] = {}

    def plan(self, sequences: Iterable[PoseSequence]) -> None:
        """Decide how often each source is looked at, from how much there is of it."""
        seconds: dict[str, float] = {}
        for s in sequences:
            seconds[s.source] = seconds.get(s.source, 0.0) + s.seconds
        for source, length in seconds.items():
            wanted = int(np.ceil(60.0 * self._minutes / max(length, 1.0)))
            self._copies.setdefault(source, int(np.clip(wanted, _FEWEST, _MOST)))

    def draw(self, sequence: PoseSequence, rng: np.random.Generator) -> Floats:
        """Return some look at a sequence, float32 (frames, keypoints=17, 3); not to be changed."""
        number = int(rng.integers(self._copies.get(sequence.source, _FEWEST)))
        return self._look(sequence, number)

    def fill(self, sequence: PoseSequence) -> None:
        """Take every look at a sequence now."""
        for number in range(self._copies.get(sequence.source, _FEWEST)):
            self._look(sequence, number)

    def save(self, path: Path) -> None:
        """Write what is kept: ``path`` for the numbers, its ``.keys`` for whose they are."""
        keys = sorted(self._kept)
        offsets = np.cumsum([0, *(len(self._kept[key]) for key in keys)])
        points = np.lib.format.open_memmap(
            path, mode="w+", dtype=np.float32, shape=(int(offsets[-1]), 17, 3)
        )
        for key, (start, stop) in zip(keys, pairwise(offsets), strict=True):
            points[start:stop] = self._kept[key]
        points.flush()
        np.savez(path.with_suffix(".keys"), keys=np.array(keys), offsets=offsets)

    def load(self, path: Path) -> None:
        """Take in what was saved; it stays on disk until it is needed.

        Raises
        ------
        DatasetError
            If the two files do not belong together.
        """
        points = np.load(path, mmap_mode="r")
        with np.load(path.with_suffix(".keys.npz")) as file:
            keys, offsets = file["keys"], file["offsets"]
        if len(points) != offsets[-1]:
            raise DatasetError(f"{path} is broken: delete it, and it is made again.")
        for key, (start, stop) in zip(keys, pairwise(offsets), strict=True):
            self._kept[str(key)] = points[start:stop]

    def _look(self, sequence: PoseSequence, number: int) -> Floats:
        name = f"{sequence.source}/{sequence.name}"
        key = f"{name}/{number}"
        if key not in self._kept:
            if name not in self._steadied:
                self._steadied[name] = steady(sequence)
            rng = np.random.default_rng([self._seed, *key.encode()])
            self._kept[key] = augment(
                self._steadied[name], self._rate, rng, self._settings, LONGEST
            )
        return self._kept[key]
