"""Taught styles: which of the few that somebody showed is danced, or none of them.

A linear head over descriptions (:mod:`choreai_live.style.description`), fitted in
closed form to the spreads of what was taught and of dancing in general, so that adding,
changing or dropping a style takes milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from choreai_live.messages import Floats
from choreai_live.style.background import Background, Spread

#: Of the ridge, beside moments of numbers whose variances are about 1.
_RIDGE: Final = 0.01
#: A style is as likely as none of them where its score stands this many standard
#: deviations above what the kind of dancing that comes nearest to it scores.
STRICTNESS: Final = 3.0
#: Steepness, in scores from that point to the mean score of what was taught.
_STEEPNESS: Final = 6.0


@dataclass(frozen=True, eq=False, slots=True)
class TaughtClass:
    """One taught style as the head sees it.

    Parameters
    ----------
    name
        What it is called.
    family
        Label of the model that it is a move or sub-style of, itself if the two names are
        the same; None for a style of its own.
    spreads
        Of its takes, standardised.
    weights
        How much each take counts, summing to 1.
    strictness
        How far it has to stand out; see :data:`STRICTNESS`.
    refines
        Whether it only gives a finer name to what the model itself reads as its family,
        and never says that something else is danced.
    """

    name: str
    family: str | None
    spreads: tuple[Spread, ...]
    weights: tuple[float, ...]
    strictness: float = STRICTNESS
    refines: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Head:
    """All taught styles, ready to be asked.

    Ridge regression onto one number for each style (Hoerl & Kennard, Technometrics 1970),
    every style, and every label of the model as one more class that is not asked for,
    weighing alike; linear in the second moments, which are all that is known of them.

    Parameters
    ----------
    background
        Of the model.
    classes
        What was taught; at least one.
    """

    background: Background
    classes: tuple[TaughtClass, ...]
    names: tuple[str, ...] = field(init=False)
    families: tuple[str | None, ...] = field(init=False)
    _weights: Floats = field(init=False)
    _even: Floats = field(init=False)
    _steepness: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Fit it."""
        weights = _fitted(self.background, self.classes)
        even, steepness = _calibrated(weights, self.background, self.classes)
        for name, value in (
            ("names", tuple(c.name for c in self.classes)),
            ("families", tuple(c.family for c in self.classes)),
            ("_weights", weights),
            ("_even", even),
            ("_steepness", steepness),
        ):
            object.__setattr__(self, name, value)

    def scores(self, descriptions: Floats) -> Floats:
        """Return how much each description looks like each style.

        Parameters
        ----------
        descriptions
            float32 (windows, numbers), as :func:`describe` gives them.

        Returns
        -------
        float32 (windows, styles), about 1 for what was taught, 0 for anything else
        """
        standardised = self.background.standardised(descriptions)
        result: Floats = standardised @ self._weights[:-1] + self._weights[-1]
        return result

    def probabilities(self, descriptions: Floats) -> Floats:
        """Return how probable each style is, and behind them that it is none.

        Returns
        -------
        float32 (windows, styles + 1), summing to 1
        """
        logits = (self.scores(descriptions) - self._even) * self._steepness
        logits = np.concatenate([logits, np.zeros((len(logits), 1), logits.dtype)], axis=1)
        shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
        result: Floats = (shifted / shifted.sum(axis=1, keepdims=True)).astype(np.float32)
        return result


def _fitted(background: Background, classes: Sequence[TaughtClass]) -> Floats:
    """Return float32 (numbers + 1, styles): ridge regression from second moments."""
    size = background.numbers + 1
    targets = np.zeros((size, len(classes)))
    rows = [np.pad(background.root, ((0, 0), (0, 1)))]
    rows += [np.append(mean, np.float32(1))[None] for mean in background.means]
    rest = np.zeros(size - 1)
    for column, taught in enumerate(classes):
        for spread, weight in zip(taught.spreads, taught.weights, strict=True):
            rows.append(np.sqrt(np.float32(weight)) * spread.roots())
            rest += weight * spread.rest
            targets[:, column] += weight * np.append(spread.mean, 1)
    roots = np.concatenate(rows)
    moments = (roots.T @ roots).astype(np.float64)
    moments[np.diag_indices(size - 1)] += rest + _RIDGE
    result: Floats = np.linalg.solve(moments, targets).astype(np.float32)
    return result


def _calibrated(
    weights: Floats, background: Background, classes: Sequence[TaughtClass]
) -> tuple[Floats, Floats]:
    """Return the scores at which each style is as likely as none, and the steepness there.

    Scores of a kind of dancing are spread about normally; where, follows from its own
    mean and spread.
    """
    even, steepness = [], []
    for column, taught in enumerate(classes):
        slope, offset = weights[:-1, column], weights[-1, column]
        own = sum(
            float(w * (s.mean @ slope + offset))
            for s, w in zip(taught.spreads, taught.weights, strict=True)
        )
        nearest = float((background.means @ slope).max()) + offset
        spread = float(np.linalg.norm(background.root @ slope)) / np.sqrt(len(background.means))
        bar = nearest + taught.strictness * spread
        bar = min(bar, 0.9 * own)
        even.append(bar)
        steepness.append(_STEEPNESS / max(own - bar, 0.05))
    return np.array(even, np.float32), np.array(steepness, np.float32)
