"""Learning: from takes to what is kept of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from choreai_live.messages import Floats
from choreai_live.style.background import Background, Spread, spread_of
from choreai_live.style.description import SETTLING, describe, windows_of
from choreai_live.style.model import StyleModel
from choreai_live.teaching.errors import TeachingError
from choreai_live.teaching.takes import Take
from choreai_live.teaching.variations import VariationSettings, variations

#: Directions kept of the spread of one take: with twice as many the measures in
#: docs/teaching.md stay the same.
RANK: Final = 16
#: Steps that go through the model at once, so that no live step waits long for its turn.
_CHUNK: Final = 150


@dataclass(frozen=True, eq=False, slots=True)
class Lesson:
    """What is kept of one take.

    Parameters
    ----------
    spread
        Of its descriptions, standardised by the model's background.
    seconds
        How long the take was.
    taught
        When, as ISO 8601 with time zone.
    provenance
        Where it came from, in the words of who taught it.
    """

    spread: Spread
    seconds: float
    taught: str = ""
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class Learner:
    """Turns takes into lessons.

    Parameters
    ----------
    model
        One that can be taught.
    settings
        How a take is varied.

    Raises
    ------
    TeachingError
        If the model has no embedding.
    """

    model: StyleModel
    settings: VariationSettings = field(default_factory=VariationSettings)

    def __post_init__(self) -> None:
        """Refuse a model that cannot be taught."""
        if self.model.background is None:
            raise TeachingError(
                f"{self.model.path.name} cannot be taught, as it has no embedding; use the "
                "shipped style model, or export yours again with this version."
            )

    @property
    def background(self) -> Background:
        """Of the model."""
        assert self.model.background is not None  # noqa: S101 - __post_init__ made sure
        return self.model.background

    def lesson(self, take: Take, *, taught: str = "", provenance: str = "") -> Lesson:
        """Return what is to be kept of a take; the same take gives the same lesson.

        Raises
        ------
        TeachingError
            If it is too short.
        """
        found = [
            describe(windows)
            for embedding in self._embeddings(take)
            if len(windows := windows_of(embedding[SETTLING:]))
        ]
        if not found:
            raise TeachingError(
                f"A take of {take.seconds:.1f} s is too short to learn from: dance for half a "
                "minute or more."
            )
        standardised = self.background.standardised(np.concatenate(found))
        return Lesson(spread_of(standardised, RANK), take.seconds, taught, provenance)

    def lessons(self, takes: Iterable[Take], **about: str) -> tuple[Lesson, ...]:
        """Return the lesson of each take."""
        return tuple(self.lesson(take, **about) for take in takes)

    def _embeddings(self, take: Take) -> Iterator[Floats]:
        """Yield the embedding, float32 (steps, channels), of each variation."""
        rng = np.random.default_rng(len(take.keypoints))
        for keypoints in variations(take.keypoints, rng, self.settings):
            yield embedded(self.model, keypoints)


def embedded(model: StyleModel, keypoints: Floats) -> Floats:
    """Return what a model sees in every step of a sequence, from its beginning.

    Parameters
    ----------
    model
        With an embedding.
    keypoints
        float32 (steps, keypoints=17, 3), at the model's rate; at least one step.

    Returns
    -------
    float32 (steps, channels)
    """
    points = np.concatenate([np.repeat(keypoints[:1], model.context, axis=0), keypoints])
    hidden, cell = model.initial_state(1)
    parts = []
    for start in range(0, len(keypoints), _CHUNK):
        chunk = points[None, start : start + _CHUNK + model.context].astype(np.float32)
        _, hidden, cell, embedding = model.step_and_embed(chunk, hidden, cell)
        parts.append(embedding[0])
    return np.concatenate(parts)
