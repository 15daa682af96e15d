"""From postures to keypoints, for thousands of frames at once.

The same bodies as :func:`choreai_live.demo.body.assembled` builds one at a
time, without the frames that only clothes need, and with jumps and floor work.
"""

import numpy as np

from choreai_live.demo.body import POSTURE_LEG, Proportions
from choreai_live.demo.figure import FACE_POINTS
from choreai_live.demo.geometry import Array
from choreai_live.training.etudes.postures import (
    GROUND,
    HEAD,
    HIPS,
    KNEES,
    LEFT_ARM,
    LEFT_FOOT,
    LIFT,
    PELVIS,
    RIGHT_ARM,
    RIGHT_FOOT,
    SPINE,
    STRETCH,
    TUMBLE,
    TURN,
)

#: How far above the floor the lowest keypoint of a grounded body lies, metres.
_FLESH = 0.05
#: Metres over which one keypoint takes over from another as the lowest.
_SOFT = 0.02


def keypoints(postures: Array, proportions: Proportions, size: float) -> Array:
    """Return the COCO-17 keypoints (frames, 17, 3) of postures (frames, 45).

    Parameters
    ----------
    postures
        See :mod:`choreai_live.training.etudes.postures`.
    proportions
        Of the dancer.
    size
        Of the head: 1 for a dancer 1.73 m tall.

    Returns
    -------
    Array
        Metres: x to the left of a dancer with no turn, y up from the floor, z to the front.
    """
    scale = proportions.leg / POSTURE_LEG
    pelvis = rotations(postures[:, PELVIS])
    hips = postures[:, HIPS] * scale
    hips[:, 1] += proportions.leg + proportions.ankle
    sides = [pelvis[:, :, 0] * sign * proportions.hip for sign in (1.0, -1.0)]
    ankles = [_ankle(postures[:, part], proportions, scale) for part in (LEFT_FOOT, RIGHT_FOOT)]
    # Feet in the air hold nobody back.
    standing = 1.0 - smoothstep(postures[:, LIFT] / 0.08)
    hips[:, 1] -= standing * np.maximum(
        *(
            _out_of_reach(hips + side, ankle, postures[:, part.start + 1], proportions)
            for side, ankle, part in zip(sides, ankles, (LEFT_FOOT, RIGHT_FOOT), strict=True)
        )
    )
    points = np.empty((len(postures), 17, 3))
    _set_trunk_and_arms(points, postures, proportions, size, hips, pelvis)
    for index, part in enumerate((LEFT_FOOT, RIGHT_FOOT)):
        out = postures[:, part.start + 5]
        pole = np.stack([np.sin(out), postures[:, KNEES.start + index], np.cos(out)], axis=1)
        hip = hips + sides[index]
        ball = np.maximum(postures[:, part.start + 1] * scale, 0.0)
        stretch = np.clip(postures[:, STRETCH.start + index], 0.0, 1.0)
        ankles[index] = _stretched(hip, ankles[index], ball, stretch, proportions)
        knee = _bent(hip, ankles[index], pole, proportions.thigh, proportions.shin)
        points[:, 11 + index] = hip
        points[:, 13 + index] = knee
        points[:, 15 + index] = knee + _unit(ankles[index] - knee) * proportions.shin
    return _on_the_floor(_tumbled(points, postures, hips), postures, scale)


def rotations(angles: Array) -> Array:
    """Return the (frames, 3, 3) rotations of yaw, pitch, roll (frames, 3), as ``euler`` does."""
    (cy, cp, cr), (sy, sp, sr) = np.cos(angles.T), np.sin(angles.T)
    result = np.empty((len(angles), 3, 3))
    result[:, 0, 0] = cy * cr + sy * sp * sr
    result[:, 0, 1] = sy * sp * cr - cy * sr
    result[:, 0, 2] = sy * cp
    result[:, 1, 0] = cp * sr
    result[:, 1, 1] = cp * cr
    result[:, 1, 2] = -sp
    result[:, 2, 0] = cy * sp * sr - sy * cr
    result[:, 2, 1] = cy * sp * cr + sy * sr
    result[:, 2, 2] = cy * cp
    return result


def smoothstep(value: Array) -> Array:
    """Ease 0 to 1 with no velocity at either end; clamped outside."""
    value = np.clip(value, 0.0, 1.0)
    result: Array = value * value * (3.0 - 2.0 * value)
    return result


def turned(points: Array, yaw: Array) -> Array:
    """Return points (frames, ..., 3) turned about the vertical by ``yaw`` (frames,)."""
    yaw = yaw.reshape(-1, *[1] * (points.ndim - 2))
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    c, s = np.cos(yaw), np.sin(yaw)
    return np.stack([c * x + s * z, y, c * z - s * x], axis=-1)


def _times(matrix: Array, vector: Array) -> Array:
    result: Array = np.einsum("nij,nj->ni", matrix, np.broadcast_to(vector, (len(matrix), 3)))
    return result


def _unit(vector: Array) -> Array:
    result: Array = vector / np.maximum(np.linalg.norm(vector, axis=-1, keepdims=True), 1e-9)
    return result


def _ankle(part: Array, proportions: Proportions, scale: float) -> Array:
    x, y, z, yaw, lift, _ = part.T
    axes = rotations(np.stack([yaw, lift, np.zeros_like(yaw)], axis=1))
    ball = np.stack([x * scale, y * scale + 0.03, z * scale], axis=1)
    return ball + _times(axes, np.array((0.0, proportions.ankle - 0.03, -proportions.foot)))


def _out_of_reach(hip: Array, ankle: Array, height: Array, proportions: Proportions) -> Array:
    leg = proportions.leg * 0.998
    across = (hip[:, 0] - ankle[:, 0]) ** 2 + (hip[:, 2] - ankle[:, 2]) ** 2
    highest = ankle[:, 1] + np.sqrt(np.maximum(leg * leg - across, 0.01))
    result: Array = np.maximum(hip[:, 1] - highest, 0.0) * (1.0 - smoothstep(height / 0.12))
    return result


def _stretched(
    hip: Array, ankle: Array, ball: Array, stretch: Array, proportions: Proportions
) -> Array:
    """Return the ankle (frames, 3) moved away from the hip, so far that the leg is straight.

    A foot that swings in a straight line between two straight legs would bend
    the knee half-way. ``ball`` is how high the foot is: it does not go through
    the floor, but its heel may come down for the leg to be straight.
    """
    away = ankle - hip
    distance = np.maximum(np.linalg.norm(away, axis=1), 1e-6)
    factor = 1.0 + stretch * (np.maximum(proportions.leg * 0.998 / distance, 1.0) - 1.0)
    floor = ankle[:, 1] - ball
    floor -= stretch * np.maximum(floor - 0.9 * proportions.ankle, 0.0)
    # How much further down the line the floor is.
    fall = np.minimum(away[:, 1], -1e-6)
    factor = np.minimum(factor, np.maximum((floor - hip[:, 1]) / fall, 1.0))
    result: Array = hip + away * factor[:, None]
    return result


def _bent(root: Array, target: Array, pole: Array, upper: float, lower: float) -> Array:
    towards = target - root
    distance = np.linalg.norm(towards, axis=1, keepdims=True)
    reach = np.clip(distance, abs(upper - lower) + 1e-4, (upper + lower) * 0.9995)
    axis = towards / np.maximum(distance, 1e-9)
    beside = (upper * upper - lower * lower + reach * reach) / (2.0 * reach)
    out = np.sqrt(np.maximum(upper * upper - beside * beside, 0.0))
    side = _unit(pole - axis * (pole * axis).sum(axis=1, keepdims=True))
    result: Array = root + axis * beside + side * out
    return result


def _set_trunk_and_arms(
    points: Array,
    postures: Array,
    proportions: Proportions,
    size: float,
    hips: Array,
    pelvis: Array,
) -> None:
    spine = postures[:, SPINE]
    waist = pelvis @ rotations(spine * (0.4, 0.45, 0.45))
    chest = pelvis @ rotations(spine)
    head = postures[:, HEAD]
    neck = chest @ rotations(head * (0.4, 0.5, 0.5) + (0.0, 0.12, 0.0))
    skull = chest @ rotations(head)
    breast = hips + pelvis[:, :, 1] * proportions.waist + waist[:, :, 1] * proportions.back
    top = breast + _times(chest, np.array((0.0, proportions.neck_rise, -0.012)))
    top += neck[:, :, 1] * proportions.neck
    points[:, :5] = top[:, None] + np.einsum("nij,kj->nki", skull, FACE_POINTS * size)
    for index, (part, side) in enumerate(((LEFT_ARM, 1.0), (RIGHT_ARM, -1.0))):
        upper = _unit(postures[:, part.start : part.start + 3])
        fore = _unit(postures[:, part.start + 3 : part.stop])
        raised = smoothstep((upper[:, 1] + 0.5) / 1.5)
        shoulder = np.stack(
            [
                side * (proportions.shoulder - 0.022 * raised),
                proportions.shoulder_rise + 0.055 * raised,
                -0.012 + 0.03 * upper[:, 2],
            ],
            axis=1,
        )
        points[:, 5 + index] = breast + _times(chest, shoulder)
        points[:, 7 + index] = points[:, 5 + index] + _times(chest, upper) * proportions.upper_arm
        points[:, 9 + index] = points[:, 7 + index] + _times(chest, fore) * proportions.forearm


def _tumbled(points: Array, postures: Array, hips: Array) -> Array:
    pitch, roll = postures[:, TUMBLE].T
    if pitch.any() or roll.any():
        turn = rotations(np.stack([np.zeros_like(pitch), pitch, roll], axis=1))
        points = np.einsum("nij,nkj->nki", turn, points - hips[:, None]) + hips[:, None]
    return turned(points, postures[:, TURN])


def _on_the_floor(points: Array, postures: Array, scale: float) -> Array:
    # A soft minimum, or the body would jerk where its weight passes from hand to foot.
    height = points[:, :, 1]
    least = height.min(axis=1)
    lowest = least - _SOFT * np.log(np.exp((least[:, None] - height) / _SOFT).sum(axis=1)) - _FLESH
    points[:, :, 1] += (postures[:, LIFT] * scale - postures[:, GROUND] * lowest)[:, None]
    return points
