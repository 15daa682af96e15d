"""Draws round cones: the shape a ball leaves when it travels and changes size.

Every part of a dancer is one, possibly flattened (an ellipsoid that travels).
Each is intersected with the rays of its own small piece of the picture in
closed form, shaded by its normal and blended by coverage (which smooths its
edges) and by depth (which melts parts that meet into each other).

The intersection is that of Inigo Quilez, "Rounded cone - intersection"
(https://iquilezles.org/articles/intersectors), for parallel rays, where it
becomes two quadratic polynomials in x and y. Perspective enters through the
ends: each is projected with its own distance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from choreai_live.demo.geometry import Array
from choreai_live.demo.shading import LOOKUP_SIZE
from choreai_live.messages import Image

Plane = npt.NDArray[np.float32]

_FAR = 100.0
_LOOKUP_MIDDLE = (LOOKUP_SIZE - 1) / 2
#: Keeps the look-up inside the table at the very edge.
_LOOKUP_RADIUS = _LOOKUP_MIDDLE - 1.0


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


class Canvas:
    """A picture with a distance for each pixel.

    Parameters
    ----------
    image
        uint8 (height, width, 3), drawn into.
    """

    def __init__(self, image: Image) -> None:
        self.image = image
        height, width = image.shape[:2]
        self.depth: Plane = np.full((height, width), _FAR, np.float32)
        self._columns: Plane = np.arange(width, dtype=np.float32)
        self._rows: Plane = np.arange(height, dtype=np.float32)[:, None]

    def draw(self, seen: Projection, tables: Sequence[Image]) -> None:
        """Draw every cone, the farthest first.

        Parameters
        ----------
        seen
            What to draw.
        tables
            uint8 (size, size, 3) each: the colour of a material by the x and y
            of its normal.
        """
        cones = seen.cones
        height, width = self.depth.shape
        boxes = np.clip(seen.boxes, 0, (width, height, width, height)).astype(np.int64).tolist()
        numbers = np.stack(
            (
                seen.a[:, 0], seen.a[:, 1], seen.bax, seen.bay, seen.baz,
                seen.radius_a, seen.shrink, seen.d2, seen.k2,
                seen.t[:, 0, 0], seen.t[:, 1, 0], seen.t[:, 1, 1], seen.thin,
                seen.start_depth, seen.depth_step,
                cones.start_radii, cones.start_radii - cones.end_radii, 1.0 / cones.melts,
            ),
            axis=1,
        ).tolist()  # fmt: skip
        depth_rows = cones.shapes[:, 2, :].tolist()
        # The normal of L applied to a ball is the ball's own under L transposed, inverted.
        normals = seen.t.transpose(0, 2, 1).tolist()
        farthest_first = np.argsort(-(seen.start_depth + 0.5 * seen.depth_step), kind="stable")
        for index in farthest_first.tolist():
            x1, y1, x2, y2 = boxes[index]
            if x1 >= x2 or y1 >= y2:
                continue
            self._draw_one(
                (x1, y1, x2, y2),
                numbers[index],
                depth_rows[index],
                None if cones.round[index] else normals[index],
                int(cones.cuts[index]),
                tables[int(cones.materials[index])],
            )

    def shade_hollows(self, radius: int, strength: float) -> None:
        """Darken what lies behind its surroundings: creases, and bodies behind a limb.

        The depth buffer against its own blur, after Luft, Colditz and Deussen,
        "Image Enhancement by Unsharp Masking the Depth Buffer" (SIGGRAPH 2006);
        the blur takes in drawn pixels only, so the background casts no halo.

        Parameters
        ----------
        radius
            Pixels of the surroundings.
        strength
            Share of the light that is lost per metre behind.
        """
        drawn = self.depth < _FAR
        rows = np.flatnonzero(drawn.any(axis=1))
        if rows.size == 0:
            return
        columns = np.flatnonzero(drawn.any(axis=0))
        piece = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        mask = drawn[piece].astype(np.float32)
        depth = self.depth[piece] * mask
        window = (2 * radius + 1, 2 * radius + 1)
        around = cv2.boxFilter(depth, -1, window, normalize=False)
        depth -= around / (cv2.boxFilter(mask, -1, window, normalize=False) + 1e-3)
        depth *= mask
        depth *= strength
        np.maximum(depth, 0.0, out=depth)
        np.minimum(depth, 0.5, out=depth)
        image = self.image[piece]
        image[...] = cv2.blendLinear(image, np.zeros_like(image), 1.0 - depth, depth)

    def _draw_one(
        self,
        box: tuple[int, int, int, int],
        numbers: list[float],
        depth_row: list[float],
        normal: list[list[float]] | None,
        cuts: int,
        table: Image,
    ) -> None:
        (ax, ay, bax, bay, baz, ra, shrink, d2, k2, t00, t10, t11, thin,
         depth, depth_step, radius, radius_step, sharpness) = numbers  # fmt: skip
        x1, y1, x2, y2 = box
        x = self._columns[x1:x2] - ax
        y = self._rows[y1:y2] - ay
        if normal is not None:
            y = y * t11 + x * t10
            x = x * t00
            g = y * (bay / k2)
            g += x * (bax / k2) - shrink * ra / k2
            inside = g * g
            inside -= y * y * (1.0 / k2)
            inside -= x * x * (1.0 / k2) - ra * ra / k2
        else:
            g = x * (bax / k2) - shrink * ra / k2 + y * (bay / k2)
            inside = g * g
            inside -= (x * x * (1.0 / k2) - ra * ra / k2) + y * y * (1.0 / k2)
        np.maximum(inside, 0.0, out=inside)
        np.sqrt(inside, out=inside)
        inside *= baz / d2**0.5
        g -= inside
        s = g
        unclipped = s.copy() if cuts else None
        np.maximum(s, 0.0, out=s)
        np.minimum(s, 1.0, out=s)
        # The ball that touches the ray, and where on it.
        inverse = s * -shrink
        inverse += ra
        np.divide(_LOOKUP_RADIUS, inverse, out=inverse)
        nx = s * -bax
        nx += x
        nx *= inverse
        ny = s * -bay
        ny += y
        ny *= inverse
        inside = nx * nx
        inside += ny * ny
        inside *= -1.0 / _LOOKUP_RADIUS**2
        inside += 1.0
        cover = inside * (0.5 * thin * (ra - 0.5 * shrink))
        cover += 0.5
        np.maximum(inside, 0.0, out=inside)
        front = np.sqrt(inside, out=inside)
        z = s * -radius_step
        z += radius
        if normal is None:
            z *= front
        else:
            lx, ly, lz = depth_row
            z *= front * lz - nx * (lx / _LOOKUP_RADIUS) - ny * (ly / _LOOKUP_RADIUS)
        s *= depth_step
        s += depth
        np.subtract(s, z, out=z)
        if unclipped is not None:
            if cuts == 2:
                unclipped -= 0.5
                np.abs(unclipped, out=unclipped)
                unclipped += 0.5
            unclipped -= 1.0
            unclipped *= -(d2**0.5) * thin
            unclipped += 0.5
            np.minimum(cover, unclipped, out=cover)
        np.maximum(cover, 0.0, out=cover)
        np.minimum(cover, 1.0, out=cover)
        behind = self.depth[y1:y2, x1:x2]
        weight = behind - z
        weight *= sharpness
        weight += 0.5
        np.maximum(weight, 0.0, out=weight)
        np.minimum(weight, 1.0, out=weight)
        weight *= cover
        cv2.copyTo(z, (weight > 0.5).view(np.uint8), behind)
        if normal is not None:
            front *= _LOOKUP_RADIUS
            nx, ny = _turned(nx, ny, front, normal)
        nx += _LOOKUP_MIDDLE
        ny += _LOOKUP_MIDDLE
        colour = cv2.remap(table, nx, ny, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE)
        piece = self.image[y1:y2, x1:x2]
        piece[...] = cv2.blendLinear(colour, piece, weight, 1.0 - weight)


def _turned(x: Plane, y: Plane, front: Plane, matrix: list[list[float]]) -> tuple[Plane, Plane]:
    """Return the x and y of normals after a matrix, at the length of the look-up again."""
    (m00, m01, m02), (m10, m11, m12), (m20, m21, m22) = matrix
    # Towards the camera is -z.
    tx = x * m00 + y * m01 - front * m02
    ty = x * m10 + y * m11 - front * m12
    tz = x * m20 + y * m21 - front * m22
    length = tx * tx
    length += ty * ty
    tz *= tz
    length += tz
    np.sqrt(length, out=length)
    np.divide(_LOOKUP_RADIUS, length, out=length)
    tx *= length
    ty *= length
    return tx, ty
