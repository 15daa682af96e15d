"""People who do not dance: standing, swaying, gesturing, made up in 3D.

What a webcam sees most of the day is somebody who is not dancing, and no
source holds enough of that. These sequences teach the model to say so.
"""

from typing import Final

import numpy as np
from scipy.ndimage import gaussian_filter1d

from choreai_live.messages import Floats
from choreai_live.training.datasets import PoseSequence

_RATE: Final = 30.0

#: A standing body, metres: x right, y down, z away; the dancer faces the camera.
_STANDING: Final = np.array(
    [
        [0.0, -0.66, -0.10],
        [0.03, -0.70, -0.08],
        [-0.03, -0.70, -0.08],
        [0.07, -0.68, 0.0],
        [-0.07, -0.68, 0.0],
        [0.17, -0.48, 0.0],
        [-0.17, -0.48, 0.0],
        [0.22, -0.20, 0.0],
        [-0.22, -0.20, 0.0],
        [0.23, 0.05, -0.03],
        [-0.23, 0.05, -0.03],
        [0.09, 0.0, 0.0],
        [-0.09, 0.0, 0.0],
        [0.10, 0.42, 0.0],
        [-0.10, 0.42, 0.0],
        [0.11, 0.82, 0.03],
        [-0.11, 0.82, 0.03],
    ],
    dtype=np.float32,
)
_UPPER_ARM: Final = 0.28
_FOREARM: Final = 0.25


def idle_sequence(rng: np.random.Generator, style: str, seconds: float = 20.0) -> PoseSequence:
    """Make up somebody who stands, shifts their weight and now and then gestures.

    Parameters
    ----------
    rng
        Where chance comes from.
    style
        The label to give it.
    seconds
        How long.

    Returns
    -------
    PoseSequence
        In 3D, at 30 frames per second.
    """
    frames = int(seconds * _RATE)
    xyz = np.repeat(_STANDING[None], frames, axis=0)
    # Weight shifts: the body sways over feet that stay.
    sway = _wander(frames, 3, 1.5, rng) * rng.uniform(0.0, 0.06) * (1.0, 0.15, 0.7)
    height = np.clip((0.82 - _STANDING[:, 1]) / 0.82, 0.0, 1.5)
    xyz += sway[:, None] * height[:, None]
    stance = rng.uniform(0.7, 2.0)
    xyz[:, 13:, 0] *= 1 + (stance - 1) * np.array([0.5, 0.5, 1.0, 1.0], dtype=np.float32)
    xyz[:, :5] += (_wander(frames, 3, 0.6, rng) * rng.uniform(0.0, 0.05))[:, None]
    liveliness = rng.choice([0.0, 0.3, 1.0])
    for side, sign in ((0, 1.0), (1, -1.0)):
        _move_arm(xyz, side, sign, liveliness, rng)
    if rng.random() < 0.3:
        _sit(xyz)
    score = np.ones((frames, 17, 1), dtype=np.float32)
    points = np.concatenate([xyz, score], axis=-1).astype(np.float32)
    return PoseSequence(points, _RATE, "idle", "idle", "idle", style, "idle")


def still_sequence(
    sequence: PoseSequence, rng: np.random.Generator, style: str, seconds: float = 8.0
) -> PoseSequence:
    """Hold one frame of a sequence: a pose alone is not a dance."""
    frame = sequence.points[rng.integers(len(sequence.points))]
    count = int(seconds * _RATE)
    points = np.repeat(frame[None], count, axis=0)
    return PoseSequence(points, _RATE, "still", "still", sequence.group, style, "still")


def _move_arm(
    xyz: Floats, side: int, sign: float, liveliness: float, rng: np.random.Generator
) -> None:
    """Let an arm rest, and lift it to gestures now and then."""
    frames = len(xyz)
    rests = np.array(
        [
            [[0.1, 1.0, 0.0], [0.0, 1.0, -0.1]],  # hanging
            [[0.3, 1.0, 0.1], [-1.0, -0.2, -0.5]],  # folded, or hands in front
            [[0.6, 0.8, 0.2], [-0.8, 0.6, -0.2]],  # hand on the hip
        ]
    )
    rest = rests[rng.integers(len(rests))]
    raised = np.array([[0.4, 0.7, -0.4], [-0.2, -0.7, -0.7]])
    lift = np.clip(_wander(frames, 1, 0.8, rng) - rng.uniform(0.0, 1.5), 0.0, 1.0) * liveliness
    waving = _wander(frames, 6, 0.25, rng).reshape(frames, 2, 3) * (0.03 + 0.5 * lift[..., None])
    directions = rest + lift[..., None] * (raised - rest) + waving
    directions[..., 0] *= sign
    directions /= np.linalg.norm(directions, axis=-1, keepdims=True) + 1e-6
    shoulder, elbow, wrist = 5 + side, 7 + side, 9 + side
    xyz[:, elbow] = xyz[:, shoulder] + _UPPER_ARM * directions[:, 0]
    xyz[:, wrist] = xyz[:, elbow] + _FOREARM * directions[:, 1]


def _sit(xyz: Floats) -> None:
    """Fold the legs as on a chair that faces the camera."""
    xyz[:, 13:15, 1] = xyz[:, 11:13, 1]
    xyz[:, 13:15, 2] = -0.42
    xyz[:, 15:17, 1] = 0.42
    xyz[:, 15:17, 2] = -0.42


def _wander(frames: int, channels: int, seconds: float, rng: np.random.Generator) -> Floats:
    """Smooth random curves of unit variance, (frames, channels)."""
    width = seconds * _RATE
    curve = gaussian_filter1d(rng.normal(size=(frames, channels)), width, axis=0, mode="nearest")
    result: Floats = (curve * np.sqrt(2 * np.sqrt(np.pi) * width)).astype(np.float32)
    return result
