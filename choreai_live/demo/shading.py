"""The light of the studio, as a table from surface normal to colour."""

from functools import lru_cache
from typing import Final

import numpy as np

from choreai_live.demo.geometry import Array
from choreai_live.messages import Image

LOOKUP_SIZE: Final = 128

#: sRGB, 0 to 255.
Colour = tuple[int, int, int]

_KEY = np.array((-0.50, -0.62, -0.60))
_FILL = np.array((0.75, -0.15, -0.60))


@lru_cache(maxsize=256)
def lookup(colour: Colour, gloss: float = 0.0, softness: float = 0.25) -> Image:
    """Return the colours of a material by its normal as the camera sees it.

    A warm key light from the upper left, a cool fill from the right, light
    from the sky above the floor's bounce below, and a rim where the surface
    turns away: what makes a figure stand out from its background.

    Parameters
    ----------
    colour
        sRGB of the material under white light.
    gloss
        0 for cloth, 1 for polished leather.
    softness
        0 for a hard edge between light and shade; skin and cloth let light
        wrap around it.

    Returns
    -------
    uint8 (size, size, 3)
        BGR; rows follow the normal's y (down), columns its x (right).
    """
    axis = np.linspace(-1.0, 1.0, LOOKUP_SIZE) * (LOOKUP_SIZE / (LOOKUP_SIZE - 3.0))
    x, y = np.meshgrid(axis, axis)
    squared = np.minimum(x * x + y * y, 1.0)
    length = np.sqrt(np.maximum(x * x + y * y, 1.0))
    normal = np.stack((x / length, y / length, -np.sqrt(1.0 - squared)), axis=-1)
    key = _lambert(normal, _KEY, softness)
    fill = _lambert(normal, _FILL, softness)
    sky = 0.5 - 0.5 * normal[..., 1]
    rim = squared**4
    light = (
        key[..., None] * np.array((1.00, 0.93, 0.83)) * 1.05
        + fill[..., None] * np.array((0.45, 0.55, 0.85)) * 0.28
        + sky[..., None] * np.array((0.15, 0.16, 0.21))
        + (1.0 - sky)[..., None] * np.array((0.10, 0.08, 0.09))
    )
    albedo = (np.array(colour) / 255.0) ** 2.2
    shaded = light * albedo
    half = _KEY / np.linalg.norm(_KEY) + np.array((0.0, 0.0, -1.0))
    half /= np.linalg.norm(half)
    shaded += gloss * 0.5 * np.maximum(normal @ half, 0.0)[..., None] ** 40
    left = np.clip(0.5 - 0.8 * normal[..., 0], 0.0, 1.0)[..., None]
    tint = left * np.array((1.0, 0.45, 0.62)) + (1.0 - left) * np.array((0.35, 0.75, 1.0))
    shaded += rim[..., None] * tint * (0.05 + 0.30 * albedo.mean() ** 0.5) * (sky[..., None] + 0.3)
    encoded = np.clip(shaded, 0.0, 1.0) ** (1 / 2.2)
    return np.ascontiguousarray((encoded[..., ::-1] * 255.0 + 0.5).astype(np.uint8))


def _lambert(normal: Array, light: Array, softness: float) -> Array:
    facing: Array = normal @ (light / np.linalg.norm(light))
    return np.maximum((facing + softness) / (1.0 + softness), 0.0)
