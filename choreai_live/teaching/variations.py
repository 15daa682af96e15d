"""The same take as other cameras and other days would have seen it.

A minute of one dancer in front of one camera says little about all others. Danced a
little faster, seen a little from the side, mirrored, with joints read a little elsewhere,
it says more.
"""

from dataclasses import dataclass

import numpy as np

from choreai_live.messages import Floats
from choreai_live.skeleton import LEFT_HIP, LEFT_SHOULDER, RIGHT_HIP, RIGHT_SHOULDER, mirrored


@dataclass(frozen=True, slots=True)
class VariationSettings:
    """How far from what was seen variations may be.

    Parameters
    ----------
    copies
        Variations beside the take itself and its mirror image.
    tempo
        Standard half-width of the logarithm of how much faster it is danced.
    narrowing
        Least and most width of the dancer: a narrower one stands in for one seen
        from the side.
    height
        Largest change of height, as a share: a camera placed higher or lower.
    roll
        Standard deviation of the camera's roll, degrees.
    bias, jitter
        Where joints are read, for a whole take and from step to step, torso lengths.
    """

    copies: int = 8
    tempo: float = 0.18
    narrowing: tuple[float, float] = (0.6, 1.1)
    height: float = 0.1
    roll: float = 4.0
    bias: float = 0.03
    jitter: float = 0.015


def variations(
    keypoints: Floats, rng: np.random.Generator, settings: VariationSettings | None = None
) -> list[Floats]:
    """Return a take, its mirror image, and variations of it.

    Parameters
    ----------
    keypoints
        float32 (steps, keypoints=17, 3): x px, y px, score.
    rng
        Where variations are drawn from.
    settings
        How far they go.

    Returns
    -------
    list of float32 (steps, keypoints=17, 3)
        Of about as many steps.
    """
    settings = settings or VariationSettings()
    varied = [_varied(keypoints, rng, settings) for _ in range(settings.copies)]
    return [keypoints, mirrored(keypoints), *varied]


def _varied(keypoints: Floats, rng: np.random.Generator, settings: VariationSettings) -> Floats:
    varied = _at_another_tempo(keypoints, float(rng.uniform(-1, 1)) * settings.tempo)
    hips = varied[:, (LEFT_HIP, RIGHT_HIP), :2].mean(axis=1)
    shoulders = varied[:, (LEFT_SHOULDER, RIGHT_SHOULDER), :2].mean(axis=1)
    torso = float(np.linalg.norm(shoulders - hips, axis=1).mean())
    points = varied[..., :2] - hips.mean(axis=0)
    points[..., 0] *= rng.uniform(*settings.narrowing)
    angle = np.radians(rng.normal(0.0, settings.roll))
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    points = points @ turn
    points[..., 1] *= rng.uniform(1 - settings.height, 1 + settings.height)
    points += rng.normal(0.0, settings.bias * torso, (1, *points.shape[1:]))
    points += rng.normal(0.0, settings.jitter * torso, points.shape)
    varied[..., :2] = points
    return mirrored(varied) if rng.random() < 0.5 else varied


def _at_another_tempo(keypoints: Floats, logarithm: float) -> Floats:
    """Return a copy, faster for a positive logarithm, linearly interpolated."""
    last = len(keypoints) - 1
    instants = np.arange(0, last, np.exp(logarithm)) if last else np.zeros(1)
    before = instants.astype(int)
    after = np.minimum(before + 1, last)
    share = (instants - before).astype(np.float32)[:, None, None]
    result: Floats = keypoints[before] * (1 - share) + keypoints[after] * share
    return result
