"""Draws round cones into a picture.

Each cone is met with the rays of its own small piece of the picture, shaded by
its normal, and blended by coverage (which smooths its edges) and by depth
(which melts parts that meet into each other). Cones of about the same size are
worked out together, since for small arrays numpy's calls cost more than its
arithmetic.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from choreai_live.demo.projection import Cones, Projection
from choreai_live.demo.shading import LOOKUP_SIZE
from choreai_live.messages import Image

Plane = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]

_FAR: Final = 100.0
#: An end so far out that nothing is ever cut there.
_OPEN: Final = 1e6
_MIDDLE: Final = (LOOKUP_SIZE - 1) / 2
#: Keeps the look-up inside its table at the very edge.
_RADIUS: Final = _MIDDLE - 1.0
#: OpenCV looks up no longer rows; a thigh in a large picture has more pixels.
_LONGEST_ROW: Final = 32_000
#: Pixels that may be wasted on padding before a new batch is cheaper.
_WASTE: Final = 5000


@dataclass(frozen=True, eq=False, slots=True)
class _Fragment:
    """What one cone adds to the picture, each plane (height, width)."""

    box: tuple[int, int, int, int]
    sharpness: np.float32
    depth: Plane
    scaled_depth: Plane
    cover: Plane
    colour: Image


class Canvas:
    """A picture with a distance for each pixel.

    Parameters
    ----------
    image
        uint8 (height, width, 3), drawn into.
    """

    def __init__(self, image: Image) -> None:
        self.image = image
        self.depth: Plane = np.full(image.shape[:2], _FAR, np.float32)

    def draw(self, seen: Projection, atlas: Image) -> None:
        """Draw every cone, the farthest first.

        Parameters
        ----------
        seen
            What to draw.
        atlas
            uint8 (materials x size, size, 3): the look-up tables of all
            materials, one below the other.
        """
        height, width = self.depth.shape
        corners = np.clip(seen.boxes, 0, (width, height, width, height)).astype(np.int64)
        spans = corners[:, 2:] - corners[:, :2]
        areas = spans[:, 0] * spans[:, 1]
        coefficients = _coefficients(seen, corners)
        fragments: dict[int, _Fragment] = {}
        for batch in _batches(seen.cones, np.where((spans > 0).all(axis=1), areas, 0)):
            fragments.update(_fragments(seen, coefficients, corners, batch, atlas))
        farthest_first = np.argsort(-(seen.start_depth + 0.5 * seen.depth_step), kind="stable")
        for index in farthest_first.tolist():
            if index in fragments:
                self._blend(fragments[index])

    def _blend(self, fragment: _Fragment) -> None:
        x1, y1, x2, y2 = fragment.box
        behind = self.depth[y1:y2, x1:x2]
        weight = behind * fragment.sharpness
        weight -= fragment.scaled_depth
        np.minimum(weight, fragment.cover, out=weight)
        np.maximum(weight, 0.0, out=weight)
        cv2.copyTo(fragment.depth, (weight > 0.5).view(np.uint8), behind)
        piece = self.image[y1:y2, x1:x2]
        cv2.blendLinear(fragment.colour, piece, weight, 1.0 - weight, dst=piece)

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
        cv2.blendLinear(image, np.zeros_like(image), 1.0 - depth, depth, dst=image)


def _batches(cones: Cones, areas: Indices) -> Iterator[Indices]:
    """Yield the indices of cones that are worked out alike and are about as large."""
    for is_round in (True, False):
        alike = np.flatnonzero((areas > 0) & (cones.round == is_round))
        alike = alike[np.argsort(-areas[alike], kind="stable")]
        start, wasted = 0, 0
        for end in range(1, len(alike) + 1):
            if end < len(alike):
                wasted += int(areas[alike[start]] - areas[alike[end]])
                if wasted < _WASTE:
                    continue
            yield alike[start:end]
            start, wasted = end, 0


def _coefficients(seen: Projection, corners: Indices) -> Plane:
    """Return the numbers the planes of a batch are made from, (numbers, cones, 1)."""
    cones, t = seen.cones, seen.t
    low = cones.shapes[:, 2, :]
    spans = (corners[:, 2] - corners[:, 0]).astype(np.float64)
    numbers = (
        1.0 / np.maximum(spans, 1.0), spans,
        corners[:, 0] - seen.a[:, 0], corners[:, 1] - seen.a[:, 1],
        t[:, 0, 0], t[:, 1, 0], t[:, 1, 1],
        seen.bax / seen.k2, seen.bay / seen.k2, -seen.shrink * seen.radius_a / seen.k2,
        -seen.radius_a**2, -1.0 / seen.k2, seen.baz / np.sqrt(seen.d2),
        np.where(cones.cuts > 0, 1.0, _OPEN), np.where(cones.cuts > 1, 0.0, _OPEN),
        np.sqrt(seen.k2) * seen.thin,
        -seen.shrink, seen.radius_a, seen.bax, seen.bay,
        0.5 * seen.thin * (seen.radius_a - 0.5 * seen.shrink),
        cones.start_radii - cones.end_radii, -cones.start_radii,
        low[:, 2], -low[:, 0] / _RADIUS, -low[:, 1] / _RADIUS,
        seen.depth_step, seen.start_depth, 1.0 / cones.melts,
        _MIDDLE + LOOKUP_SIZE * cones.materials,
    )  # fmt: skip
    return np.stack(numbers).astype(np.float32)[:, :, None]


def _fragments(
    seen: Projection, coefficients: Plane, corners: Indices, batch: Indices, atlas: Image
) -> Iterator[tuple[int, _Fragment]]:
    """Work out what the cones of a batch add to the picture.

    All planes are (cones, pixels): the pixels of each cone's box row by row,
    padded to the largest box.
    """
    (per_width, width, from_x, from_y, t00, t10, t11,
     along_x, along_y, along, radius2, per_k2, slant, last, first, length,
     shrink, radius, bax, bay, edge, thinner, thickness, low_z, low_x, low_y,
     depth_step, depth, sharpness, middle) = coefficients[:, batch]  # fmt: skip
    boxes = corners[batch].tolist()
    left, top, right, bottom = boxes[0]
    count = np.arange((right - left) * (bottom - top), dtype=np.float32)
    y = np.floor((count + 0.5) * per_width)
    x = count - y * width
    x += from_x
    y += from_y
    is_round = bool(seen.cones.round[batch[0]])
    if not is_round:
        y *= t11
        y += x * t10
        x *= t00
    s = x * along_x
    s += y * along_y
    s += along
    front = x * x
    front += y * y
    front += radius2
    front *= per_k2
    front += s * s
    np.maximum(front, 0.0, out=front)
    np.sqrt(front, out=front)
    front *= slant
    s -= front
    # How far inside the ends, where they are cut, in pixels.
    inside = np.minimum(last - s, s + first)
    inside *= length
    inside += 0.5
    np.maximum(s, 0.0, out=s)
    np.minimum(s, 1.0, out=s)
    # The ball that touches the ray, and where on it.
    scale = s * shrink
    scale += radius
    np.divide(_RADIUS, scale, out=scale)
    x -= s * bax
    x *= scale
    y -= s * bay
    y *= scale
    np.multiply(x, x, out=front)
    front += y * y
    front *= -1.0 / _RADIUS**2
    front += 1.0
    cover = front * edge
    cover += 0.5
    np.minimum(cover, inside, out=cover)
    np.minimum(cover, 1.0, out=cover)
    np.maximum(front, 0.0, out=front)
    np.sqrt(front, out=front)
    bulge = s * thinner
    bulge += thickness
    if is_round:
        bulge *= front
    else:
        reach = front * low_z
        reach += x * low_x
        reach += y * low_y
        bulge *= reach
        front *= _RADIUS
        x, y = _turned(x, y, front, seen.t[batch].astype(np.float32))
    s *= depth_step
    s += depth
    s += bulge
    scaled = s * sharpness
    scaled -= 0.5
    x += _MIDDLE
    y += middle
    colour = _looked_up(atlas, x, y)
    for row, index in enumerate(batch.tolist()):
        left, top, right, bottom = boxes[row]
        shape = (bottom - top, right - left)
        size = shape[0] * shape[1]
        yield (
            index,
            _Fragment(
                (left, top, right, bottom),
                sharpness[row, 0],
                s[row, :size].reshape(shape),
                scaled[row, :size].reshape(shape),
                cover[row, :size].reshape(shape),
                np.asarray(colour[row, :size].reshape(*shape, 3), np.uint8),
            ),
        )


def _looked_up(atlas: Image, x: Plane, y: Plane) -> Image:
    """Return the atlas's colours (cones, pixels, 3) at x and y, each (cones, pixels)."""
    pieces = [
        cv2.remap(
            atlas,
            np.ascontiguousarray(x[:, first : first + _LONGEST_ROW]),
            np.ascontiguousarray(y[:, first : first + _LONGEST_ROW]),
            cv2.INTER_NEAREST,
            borderMode=cv2.BORDER_REPLICATE,
        )
        for first in range(0, x.shape[1], _LONGEST_ROW)
    ]
    colours = pieces[0] if len(pieces) == 1 else np.concatenate(pieces, axis=1)
    return np.asarray(colours, np.uint8)


def _turned(x: Plane, y: Plane, front: Plane, whitening: Plane) -> tuple[Plane, Plane]:
    """Return the x and y of the shape's normals, given those of the ball it was made from.

    The normal of L applied to a ball is the ball's own under the inverse of L,
    transposed; ``whitening`` (cones, 3, 3) is that inverse, lower triangular.
    """
    t = whitening[:, :, :, None]
    # Towards the camera is -z.
    tx = x * t[:, 0, 0]
    tx += y * t[:, 1, 0]
    tx -= front * t[:, 2, 0]
    ty = y * t[:, 1, 1]
    ty -= front * t[:, 2, 1]
    length = front * t[:, 2, 2]
    length *= length
    length += tx * tx
    length += ty * ty
    np.sqrt(length, out=length)
    np.divide(_RADIUS, length, out=length)
    tx *= length
    ty *= length
    return tx, ty


def atlas_of(tables: Sequence[Image]) -> Image:
    """Return look-up tables, each uint8 (size, size, 3), one below the other."""
    return np.ascontiguousarray(np.concatenate(tables))
