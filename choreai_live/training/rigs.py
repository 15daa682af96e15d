"""One set of bones for every 3D source.

Motion capture, Kinect and game characters each have bones of their own: in
two of our sources the wrist sits half way down the forearm, in one of them the
shins are two thirds as long as the thighs. A network that knows those knows the
source. So every 3D sequence is rebuilt on the bones of an average body; that
no two dancers are alike is drawn anew, for all sources alike, by
:mod:`choreai_live.training.augmentation`.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from choreai_live.messages import Floats
from choreai_live.skeleton import (
    LEFT_ANKLE,
    LEFT_ELBOW,
    LEFT_HIP,
    LEFT_KNEE,
    LEFT_SHOULDER,
    LEFT_WRIST,
    RIGHT_ANKLE,
    RIGHT_ELBOW,
    RIGHT_HIP,
    RIGHT_KNEE,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)
from choreai_live.training.datasets import PoseSequence

#: Lengths in torso lengths (mid-hip to mid-shoulder), from the anthropometry of
#: Drillis and Contini (1966) as tabulated in Winter, "Biomechanics and Motor
#: Control of Human Movement"; hips and shoulders between their joints.
_SHOULDERS: Final = 0.68
_HIPS: Final = 0.38
_UPPER_ARM: Final = 0.60
_FOREARM: Final = 0.50
_THIGH: Final = 0.82
_SHANK: Final = 0.82
_NECK: Final = 0.48

_LIMBS: Final = (
    (LEFT_SHOULDER, LEFT_ELBOW, LEFT_WRIST, _UPPER_ARM, _FOREARM),
    (RIGHT_SHOULDER, RIGHT_ELBOW, RIGHT_WRIST, _UPPER_ARM, _FOREARM),
    (LEFT_HIP, LEFT_KNEE, LEFT_ANKLE, _THIGH, _SHANK),
    (RIGHT_HIP, RIGHT_KNEE, RIGHT_ANKLE, _THIGH, _SHANK),
)
_FACE: Final = slice(0, 5)
_SHORTEST: Final = 1e-4


def on_average_bones(sequence: PoseSequence) -> PoseSequence:
    """Return a 3D sequence danced by an average body; a 2D one as it is.

    Every bone keeps its direction in every frame; the torso stays as it is, for
    it is the measure of all others.
    """
    if not sequence.is_3d:
        return sequence
    points = sequence.points.copy()
    old, new = sequence.points[..., :3], points[..., :3]
    hips, shoulders = old[:, 11:13].mean(axis=1), old[:, 5:7].mean(axis=1)
    torso = float(np.median(np.linalg.norm(shoulders - hips, axis=-1)))
    for left, right, middle, width in (
        (LEFT_SHOULDER, RIGHT_SHOULDER, shoulders, _SHOULDERS),
        (LEFT_HIP, RIGHT_HIP, hips, _HIPS),
    ):
        across = old[:, left] - old[:, right]
        factor = _factor(across, width * torso)
        for joint in (left, right):
            new[:, joint] = middle + (old[:, joint] - middle) * factor
    face = old[:, _FACE] - shoulders[:, None]
    new[:, _FACE] = shoulders[:, None] + face * _factor(face.mean(axis=1), _NECK * torso)
    for start, middle, end, upper, lower in _LIMBS:
        for joint, root, length in ((middle, start, upper), (end, middle, lower)):
            bone = old[:, joint] - old[:, root]
            new[:, joint] = new[:, root] + bone * _factor(bone, length * torso)
    return replace(sequence, points=points)


def _factor(bones: Floats, length: float) -> float:
    """Return what brings the usual length of ``bones`` (frames, 3) to ``length``.

    One factor for all frames: estimators that see a bone now longer, now
    shorter, keep doing so.
    """
    usual = float(np.median(np.linalg.norm(bones, axis=-1)))
    return length / max(usual, _SHORTEST)
