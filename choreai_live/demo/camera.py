"""The camera that films the scene."""

from dataclasses import dataclass
from math import atan2, radians, tan

import numpy as np

from choreai_live.demo.geometry import Array, rotation_x, rotation_z


@dataclass(frozen=True, eq=False, slots=True)
class Camera:
    """A pinhole camera.

    Parameters
    ----------
    rotation, position
        (3, 3) and (3,): a point p of the world is ``rotation @ (p - position)``
        in the camera's frame: x right, y down, z away.
    focal
        Focal length, pixels.
    centre
        x, y of the optical axis, pixels.
    """

    rotation: Array
    position: Array
    focal: float
    centre: tuple[float, float]

    def projected(self, points: Array) -> tuple[Array, Array]:
        """Return the pixels (..., 2) and distances (...,) of points (..., 3) of the world."""
        seen = (points - self.position) @ self.rotation.T
        depth = np.maximum(seen[..., 2], 0.05)
        return seen[..., :2] * (self.focal / depth)[..., None] + np.array(self.centre), depth


def looking_at(
    target_height: float,
    *,
    distance: float,
    height: float,
    fov: float,
    roll: float,
    size: tuple[int, int],
) -> Camera:
    """Return a camera in front of the stage that looks at a height above its middle.

    ``fov`` (vertical) and ``roll`` in degrees, ``size`` (width, height) in
    pixels, everything else in metres.
    """
    width, picture_height = size
    down = atan2(height - target_height, distance)
    # The world has y up and z towards the camera, pictures y down and z away.
    flip = np.diag((1.0, -1.0, -1.0))
    rotation = rotation_z(radians(roll)) @ rotation_x(down) @ flip
    focal = 0.5 * picture_height / tan(radians(fov) / 2)
    return Camera(
        rotation,
        np.array((0.0, height, distance)),
        focal,
        ((width - 1) / 2, (picture_height - 1) / 2),
    )
