"""What dancing looks like in general: the ground that taught styles stand out from.

A style model that can be taught carries, in its metadata, the means of the descriptions
of everything it was trained on, one for each of its labels, and their covariance. No
recording can be got back from them.
"""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import safetensors
import safetensors.numpy

from choreai_live.messages import Floats

_NAMES: Final = ("mean", "scale", "means", "root")
#: Added to variances before a root is taken of them; small beside the ridge of the head.
_LEAST_VARIANCE: Final = 1e-3


@dataclass(frozen=True, eq=False, slots=True)
class Spread:
    """Mean and spread of some descriptions: all that learning asks of them.

    Parameters
    ----------
    mean
        float32 (numbers,), standardised.
    factor
        float32 (rank, numbers): its rows span the covariance where it is widest.
    rest
        float32 (numbers,): the variance of each number that ``factor.T @ factor`` leaves
        out, taken to be independent.
    """

    mean: Floats
    factor: Floats
    rest: Floats

    def roots(self) -> Floats:
        """Return float32 (rank + 1, numbers + 1), whose rows span the second moment.

        That of a description with a 1 after it: the sum of the rows' outer products,
        and ``rest`` on the diagonal.
        """
        rows = np.pad(self.factor, ((0, 1), (0, 1)))
        rows[-1] = np.append(self.mean, 1)
        return rows


def spread_of(descriptions: Floats, rank: int, weights: Floats | None = None) -> Spread:
    """Return mean and spread of standardised descriptions.

    The covariance is kept along its ``rank`` widest directions and of the rest the
    variances (principal factors; Harman, "Modern Factor Analysis", 1960).

    Parameters
    ----------
    descriptions
        float32 (windows, numbers), at least one.
    rank
        Directions kept, at most.
    weights
        float32 (windows,), summing to 1; None for all alike.
    """
    if weights is None:
        weights = np.full(len(descriptions), 1 / len(descriptions), np.float32)
    mean = weights @ descriptions
    around = (descriptions - mean) * np.sqrt(weights)[:, None]
    widest = slice(None, -rank - 1, -1)
    if len(around) <= around.shape[1]:
        # By the smaller of the two products, forty times as fast as a decomposition of all.
        _, directions = np.linalg.eigh(around @ around.T)
        factor = directions[:, widest].T @ around
    else:
        variances, directions = np.linalg.eigh(around.T @ around)
        sizes = np.sqrt(np.maximum(variances[widest], 0))
        factor = sizes[:, None] * directions[:, widest].T
    rest = np.maximum(np.square(around).sum(axis=0) - np.square(factor).sum(axis=0), 0)
    return Spread(*(part.astype(np.float32) for part in (mean, factor, rest)))


@dataclass(frozen=True, eq=False, slots=True)
class Background:
    """What a style model was trained on, as spreads, and how descriptions are standardised.

    Parameters
    ----------
    mean, scale
        float32 (numbers,): descriptions minus the one over the other have mean 0 and
        variance 1 over everything.
    means
        float32 (labels, numbers): of what the model was trained on, standardised, for
        each of its labels in its order.
    root
        float32 (numbers, numbers): ``root.T @ root`` is the sum of the labels'
        covariances, with nothing left out. Told apart from only a part of dancing in
        general, a taught style would be taken for all the rest of it.
    fingerprint
        What packs are tied to: packs of another embedding do not fit this one.
    """

    mean: Floats
    scale: Floats
    means: Floats
    root: Floats
    fingerprint: str = ""

    @property
    def numbers(self) -> int:
        """How many numbers a description has."""
        return len(self.mean)

    def standardised(self, descriptions: Floats) -> Floats:
        """Return descriptions, float32 (..., numbers), on the scale that learning wants."""
        result: Floats = (descriptions - self.mean) / self.scale
        return result


def packed_background(
    mean: Floats, scale: Floats, means: Floats, covariance: npt.NDArray[np.float64]
) -> str:
    """Return a background as text for the metadata of a model file.

    Parameters
    ----------
    mean, scale, means
        See :class:`Background`.
    covariance
        float64 (numbers, numbers): the sum of the covariances of all labels.
    """
    # A root of it stays one of a covariance however it is rounded.
    sturdy = covariance + _LEAST_VARIANCE * np.eye(len(covariance))
    root = np.linalg.cholesky(sturdy).T[np.triu_indices(len(covariance))]
    tensors: dict[str, npt.NDArray[Any]] = {
        "mean": mean.astype(np.float32),
        "scale": scale.astype(np.float32),
        "means": means.astype(np.float16),
        "root": root.astype(np.float16),
    }
    return base64.b64encode(safetensors.numpy.save(tensors)).decode()


def unpacked_background(text: str, labels: int, channels: int, per_channel: int) -> Background:
    """Return the background that the metadata of a model file holds.

    Parameters
    ----------
    text
        From :func:`packed_background`.
    labels, channels, per_channel
        How many labels the model has, how wide its embedding is, and how many numbers
        of a description stand for each channel.

    Raises
    ------
    ValueError
        If it is damaged or of another shape.
    """
    try:
        tensors = safetensors.numpy.load(base64.b64decode(text, validate=True))
        mean, scale, means, triangle = (tensors[name].astype(np.float32) for name in _NAMES)
    except (ValueError, KeyError, safetensors.SafetensorError) as error:
        raise ValueError("cannot be read") from error
    numbers = channels * per_channel
    if not (
        mean.shape == scale.shape == (numbers,)
        and means.shape == (labels, numbers)
        and triangle.shape == (numbers * (numbers + 1) // 2,)
    ):
        raise ValueError("has other shapes than the embedding")
    if not all(np.isfinite(part).all() for part in (mean, scale, means, triangle)):
        raise ValueError("holds numbers that are not finite")
    if not (scale > 0).all():
        raise ValueError("has a scale that is not positive")
    fingerprint = hashlib.sha256(text.encode()).hexdigest()[:16]
    root = np.zeros((numbers, numbers), np.float32)
    root[np.triu_indices(numbers)] = triangle
    return Background(mean, scale, means, root, fingerprint)
