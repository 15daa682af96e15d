"""Who dances an étude: a body, habits, and how loosely they follow the music.

No two dancers hold the same posture alike. Everything that is not the dance
itself is drawn here, widely, for all kinds alike.
"""

from dataclasses import dataclass, fields

import numpy as np
from scipy.ndimage import gaussian_filter1d

from choreai_live.demo.body import Proportions
from choreai_live.demo.geometry import Array
from choreai_live.messages import Floats
from choreai_live.training.etudes.kinematics import keypoints
from choreai_live.training.etudes.phrasing import Rng, Score
from choreai_live.training.etudes.postures import (
    HEAD,
    HIPS,
    LEFT_ARM,
    LEFT_FOOT,
    LIFT,
    PELVIS,
    RIGHT_ARM,
    RIGHT_FOOT,
    SIZE,
    SPINE,
)

#: Frames per second of all études.
RATE = 30.0

_TRUNK = slice(HIPS.start, HEAD.stop)
_ARMS = slice(LEFT_ARM.start, RIGHT_ARM.stop)


@dataclass(frozen=True, eq=False, slots=True)
class Dancer:
    """One imaginary dancer.

    Parameters
    ----------
    proportions, size
        Of the body; ``size`` is 1 at 1.73 m.
    offset, factor
        (45,) what the dancer adds to, and how far they exaggerate, every
        channel of a posture.
    looseness
        Factor on how far hips, trunk and head move about where they usually are.
    late
        Seconds arms and head run behind the music.
    unrest
        (45,) standard deviation of the body's slow wandering.
    rubato
        Standard deviation of the tempo's drift, as a share.
    softness
        Standard deviation, seconds, of the Gaussian that rounds all movement.
    """

    proportions: Proportions
    size: float
    offset: Array
    factor: Array
    looseness: float
    late: tuple[float, float]
    unrest: Array
    rubato: float
    softness: float


def random_dancer(rng: Rng, looseness: float = 1.0) -> Dancer:
    """Draw a dancer."""
    size = float(rng.uniform(0.88, 1.1))
    body = Proportions().scaled(size, float(rng.uniform(0.85, 1.15)))
    lengths = {f.name: getattr(body, f.name) * rng.normal(1.0, 0.05) for f in fields(body)}
    spread = np.zeros(SIZE)
    spread[HIPS] = (0.012, 0.012, 0.012)
    spread[PELVIS] = (0.05, 0.05, 0.02)
    spread[SPINE] = (0.05, 0.06, 0.03)
    spread[HEAD] = (0.08, 0.10, 0.04)
    spread[_ARMS] = 0.09
    for part in (LEFT_FOOT, RIGHT_FOOT):
        spread[part] = (0.015, 0.0, 0.015, 0.12, 0.0, 0.12)
    offset = rng.normal(0.0, 1.0, SIZE) * spread
    factor = np.ones(SIZE)
    factor[HIPS] = rng.uniform(0.75, 1.25, 3)
    factor[PELVIS] = factor[SPINE] = rng.uniform(0.7, 1.3, 3)
    factor[HEAD] = rng.uniform(0.6, 1.3)
    # How wide the dancer stands, and how high the legs go.
    wide, high = rng.uniform(0.85, 1.2), rng.uniform(0.7, 1.08)
    for part in (LEFT_FOOT, RIGHT_FOOT):
        factor[part] = (wide, high, wide, 1.0, 1.0, 1.0)
    factor[LIFT] = rng.uniform(0.6, 1.1)
    unrest = spread * rng.uniform(0.1, 0.6)
    # Nobody's trunk is a plank: it leans into steps and gives way to arms.
    unrest[_TRUNK] *= rng.uniform(0.5, 3.5)
    return Dancer(
        Proportions(**lengths),
        size,
        offset,
        factor,
        looseness,
        (float(rng.normal(0.0, 0.04)), float(rng.normal(0.03, 0.05))),
        unrest,
        float(rng.uniform(0.0, 0.05)),
        float(rng.uniform(0.015, 0.06)),
    )


def danced(score: Score, dancer: Dancer, seconds: float, rng: Rng) -> Floats:
    """Return what a camera's room sees of a dancer who dances a score.

    Returns
    -------
    float32 (frames, keypoints=17, 4)
        At :data:`RATE`: metres, x right, y down, z away, for a dancer who faces
        the camera at the beginning; score 1.
    """
    frames = round(seconds * RATE)
    pace = 1.0 + dancer.rubato * _wandering(frames, 1, 2.0, rng)[:, 0]
    beats = score.beats(1.0 / RATE) * (np.cumsum(np.clip(pace, 0.7, 1.3)) - 1.0)
    beats = np.minimum(beats, score.beat)
    delays = {_ARMS.start: dancer.late[0], HEAD.start: dancer.late[1]}
    postures, places = score.read(beats, lambda part: score.beats(delays.get(part.start, 0.0)))
    postures = postures * dancer.factor + dancer.offset
    trunk = postures[:, _TRUNK]
    usual = trunk.mean(axis=0)
    postures[:, _TRUNK] = usual + dancer.looseness * (trunk - usual)
    postures += _wandering(frames, SIZE, 0.5, rng) * dancer.unrest
    whole = np.concatenate([postures, places], axis=1)
    whole = gaussian_filter1d(whole, dancer.softness * RATE, axis=0, mode="nearest")
    points = keypoints(whole[:, :SIZE], dancer.proportions, dancer.size)
    points[..., 0] += whole[:, SIZE, None]
    points[..., 2] += whole[:, SIZE + 1, None]
    result = np.ones((frames, 17, 4), dtype=np.float32)
    result[..., :3] = points * (1.0, -1.0, -1.0)
    return result


def _wandering(frames: int, channels: int, seconds: float, rng: Rng) -> Array:
    """Return smooth noise (frames, channels) of unit variance."""
    width = seconds * RATE
    pad = int(4 * width)
    noise = rng.standard_normal((frames + 2 * pad, channels))
    smooth = gaussian_filter1d(noise, width, axis=0)[pad : pad + frames]
    # A Gaussian of width s leaves a share 1 / (2 s sqrt(pi)) of white noise's variance.
    result: Array = smooth * np.sqrt(2.0 * width * np.sqrt(np.pi))
    return result
