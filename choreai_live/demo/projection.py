"""Round cones, and what a camera sees of them.

A round cone is what a ball sweeps that travels in a straight line and changes
its size on the way. Every part of a dancer is one, possibly flattened (an
ellipsoid that travels).

The intersection with a ray is that of Inigo Quilez, "Rounded cone -
intersection" (https://iquilezles.org/articles/intersectors), for parallel
rays, where it becomes two quadratic polynomials in x and y. Perspective enters
through the ends: each is projected with its own distance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from choreai_live.demo.geometry import Array


@dataclass(frozen=True, eq=False, slots=True)
class Cones:
    """Round cones in the camera's frame: x right, y down, z away from the camera, metres.

    Parameters
    ----------
    starts, ends
        (cones, space=3): centres of the ball at either end.
    start_radii, end_radii
        (cones,): its radius there.
    shapes
        (cones, 3, 3): lower triangular L; the ball of radius 1 is the image of
        the unit ball under L. The identity for round parts.
    round
        (cones,) bool: the shape is the identity.
    cuts
        (cones,) int: how many ends, the last one first, are cut straight
        instead of rounded.
    melts
        (cones,): metres of depth over which the part melts into what it meets.
    materials
        (cones,) int: row of the look-up tables.
    """

    starts: Array
    ends: Array
    start_radii: Array
    end_radii: Array
    shapes: Array
    round: npt.NDArray[np.bool_]
    cuts: npt.NDArray[np.int64]
    melts: Array
    materials: npt.NDArray[np.int64]


class Projection:
    """Cones as the camera sees them: the numbers both drawing and looking need.

    Parameters
    ----------
    cones
        What is seen.
    focal
        Focal length in pixels.
    centre
        x, y in pixels at which the camera looks.
    """

    def __init__(self, cones: Cones, focal: float, centre: tuple[float, float]) -> None:
        self.cones = cones
        self.start_depth, end_depth = cones.starts[:, 2], cones.ends[:, 2]
        self.depth_step = end_depth - self.start_depth
        scale = focal / np.maximum(0.5 * (self.start_depth + end_depth), 0.2)
        start_scale = focal / np.maximum(self.start_depth, 0.2)
        end_scale = focal / np.maximum(end_depth, 0.2)
        self.a = cones.starts[:, :2] * start_scale[:, None] + centre
        self.b = cones.ends[:, :2] * end_scale[:, None] + centre
        self.radius_a = cones.start_radii * start_scale
        self.radius_b = cones.end_radii * end_scale
        self.shrink = self.radius_a - self.radius_b
        # Whitening: x' = T x turns every flattened ball into a round one.
        self.t = t = np.linalg.inv(cones.shapes)
        across = self.b - self.a
        away = self.depth_step * scale
        self.bax = t[:, 0, 0] * across[:, 0]
        self.bay = t[:, 1, 0] * across[:, 0] + t[:, 1, 1] * across[:, 1]
        self.baz = t[:, 2, 0] * across[:, 0] + t[:, 2, 1] * across[:, 1] + t[:, 2, 2] * away
        flat2 = self.bax**2 + self.bay**2 - self.shrink**2
        self.d2 = np.maximum(flat2 + self.baz**2, 1e-3)
        # Seen end on, one ball hides the other; the bound keeps the division sane.
        self.k2 = np.maximum(flat2, 0.02 * self.d2 + 1e-3)
        extent = np.sqrt(np.square(cones.shapes[:, :2]).sum(axis=2))
        self.thin = extent.min(axis=1)
        low = np.minimum(
            self.a - self.radius_a[:, None] * extent, self.b - self.radius_b[:, None] * extent
        )
        high = np.maximum(
            self.a + self.radius_a[:, None] * extent, self.b + self.radius_b[:, None] * extent
        )
        #: x1, y1, x2, y2 (cones, 4), the last two exclusive.
        self.boxes = np.concatenate((np.floor(low - 1.0), np.ceil(high + 2.0)), axis=1)

    def depths(self, points: Array) -> Array:
        """Return the distance (points, cones) at which each cone is met; infinite where it is not.

        ``points`` is (points, 2), pixels.
        """
        x = points[:, 0, None] - self.a[:, 0]
        y = (points[:, 1, None] - self.a[:, 1]) * self.t[:, 1, 1] + x * self.t[:, 1, 0]
        x = x * self.t[:, 0, 0]
        g = (self.bax * x + self.bay * y - self.shrink * self.radius_a) / self.k2
        inside = g * g - (x * x + y * y - self.radius_a**2) / self.k2
        s = g - self.baz / np.sqrt(self.d2) * np.sqrt(np.maximum(inside, 0.0))
        cuts = self.cones.cuts
        beyond = ((cuts > 0) & (s > 1.0)) | ((cuts > 1) & (s < 0.0))
        s = np.clip(s, 0.0, 1.0)
        radius = self.radius_a - s * self.shrink
        nx, ny = (x - s * self.bax) / radius, (y - s * self.bay) / radius
        left = 1.0 - nx * nx - ny * ny
        lx, ly, lz = np.moveaxis(self.cones.shapes[:, 2, :], 1, 0)
        bulge = lx * nx + ly * ny - lz * np.sqrt(np.maximum(left, 0.0))
        metres = self.cones.start_radii + s * (self.cones.end_radii - self.cones.start_radii)
        depth = self.start_depth + s * self.depth_step + metres * bulge
        return np.where((left < 0.0) | beyond, np.inf, depth)


def joined(parts: Sequence[Cones], materials: int) -> Cones:
    """Return the cones of several figures as one, each with ``materials`` tables of its own."""

    def all_of(name: str) -> npt.NDArray[Any]:
        return np.concatenate([getattr(part, name) for part in parts])

    return Cones(
        starts=all_of("starts"),
        ends=all_of("ends"),
        start_radii=all_of("start_radii"),
        end_radii=all_of("end_radii"),
        shapes=all_of("shapes"),
        round=all_of("round"),
        cuts=all_of("cuts"),
        melts=all_of("melts"),
        materials=np.concatenate(
            [part.materials + number * materials for number, part in enumerate(parts)]
        ),
    )
