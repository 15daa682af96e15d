"""Rotations, easing and the two-bone reach of a limb.

Right-handed throughout. A dancer's own axes are x to the dancer's left, y up,
z to where they face; the world's are the same for a dancer facing the camera:
x to the right of the picture, y up, z towards the camera. Metres and radians.
"""

from math import cos, sin, sqrt

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def rotation_x(angle: float) -> Array:
    """Return the (3, 3) rotation about x: positive pitches forward (up goes to front)."""
    c, s = cos(angle), sin(angle)
    return np.array(((1.0, 0.0, 0.0), (0.0, c, -s), (0.0, s, c)))


def rotation_y(angle: float) -> Array:
    """Return the (3, 3) rotation about y: positive turns to the dancer's left."""
    c, s = cos(angle), sin(angle)
    return np.array(((c, 0.0, s), (0.0, 1.0, 0.0), (-s, 0.0, c)))


def rotation_z(angle: float) -> Array:
    """Return the (3, 3) rotation about z: positive leans to the dancer's right."""
    c, s = cos(angle), sin(angle)
    return np.array(((c, -s, 0.0), (s, c, 0.0), (0.0, 0.0, 1.0)))


def euler(yaw: float, pitch: float, roll: float) -> Array:
    """Return the (3, 3) rotation that rolls, then pitches, then turns."""
    return rotation_y(yaw) @ rotation_x(pitch) @ rotation_z(roll)


def unit(vector: Array) -> Array:
    """Return ``vector`` (3,) at length one; a vector of no length stays as it is."""
    length = sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2])
    return vector / length if length > 1e-9 else vector


def cross(a: Array, b: Array) -> Array:
    """Return the cross product of two (3,) vectors; ``np.cross`` is ten times slower on these."""
    return np.array(
        (
            a[1] * b[2] - a[2] * b[1],
            a[2] * b[0] - a[0] * b[2],
            a[0] * b[1] - a[1] * b[0],
        )
    )


def along(direction: Array, front: Array) -> Array:
    """Return the (3, 3) frame whose y column is ``direction`` and whose z column faces ``front``.

    Both are (3,); ``direction`` is of length one.
    """
    x = unit(cross(direction, front))
    return np.stack((x, direction, cross(x, direction)), axis=1)


def smoothstep(value: float) -> float:
    """Ease 0 to 1 with no velocity at either end; clamped outside."""
    value = min(max(value, 0.0), 1.0)
    return value * value * (3.0 - 2.0 * value)


def glide(value: float) -> float:
    """Ease 0 to 1 with a quarter of speeding up, a half of even speed, a quarter of slowing down.

    The highest speed is 4/3 of the mean; clamped outside.
    """
    value = min(max(value, 0.0), 1.0)
    if value > 0.5:
        return 1.0 - glide(1.0 - value)
    return value * value * (8.0 / 3.0) if value < 0.25 else (4.0 * value - 0.5) / 3.0


def bend(root: Array, target: Array, pole: Array, upper: float, lower: float) -> Array:
    """Return where the middle joint (3,) of a two-bone limb goes.

    Parameters
    ----------
    root, target
        (3,) where the limb begins and where its end should be. A target out of
        reach gives a limb stretched towards it.
    pole
        (3,) direction in which the middle joint bends out.
    upper, lower
        Lengths of the two bones, metres.
    """
    towards = target - root
    distance = sqrt(float(towards @ towards))
    reach = min(max(distance, abs(upper - lower) + 1e-4), (upper + lower) * 0.9995)
    axis = towards / max(distance, 1e-9)
    # Law of cosines: how far along the axis the joint lies, and how far beside it.
    beside_axis = (upper * upper - lower * lower + reach * reach) / (2.0 * reach)
    out = sqrt(max(upper * upper - beside_axis * beside_axis, 0.0))
    side = unit(pole - axis * float(pole @ axis))
    return root + axis * beside_axis + side * out
