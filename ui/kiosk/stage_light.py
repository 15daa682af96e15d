"""The dark stage behind skeletons: a disc of light on the wall, a pool of light on the floor."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats, Image

#: Linear light, red green blue: far from every lamp, the upper and lower rim of the disc.
_DARK: Final = np.array((0.0030, 0.0034, 0.0062), np.float32)
_TOP: Final = np.array((0.80, 0.23, 0.16), np.float32)
_BOTTOM: Final = np.array((0.40, 0.055, 0.36), np.float32)
_FLOOR: Final = np.array((0.105, 0.085, 0.135), np.float32)

#: Rows painted at once; a whole screen of floats would take hundreds of megabytes.
_ROWS: Final = 64


@dataclass(frozen=True, slots=True)
class StageLight:
    """Where the lamps point, in pixels of the screen.

    Parameters
    ----------
    x, y
        Middle of the disc.
    radius
        Of the disc; 0 for none.
    floor
        Where the floor meets the wall.
    strength
        Of all light, 0 to 1.
    """

    x: float
    y: float
    radius: float
    floor: float
    strength: float = 1.0


def stage(width: int, height: int, light: StageLight) -> Image:
    """Return the empty stage, uint8 (height, width, 4), BGRX.

    The same light always gives the same picture.

    Parameters
    ----------
    width, height
        Pixels.
    light
        What is lit.
    """
    picture = np.empty((height, width, 4), np.uint8)
    picture[..., 3] = 255
    rng = np.random.default_rng(1)
    for top in range(0, height, _ROWS):
        bottom = min(top + _ROWS, height)
        shade = _lit(np.arange(top, bottom), width, height, light)
        # Half a step of noise keeps the gradients from falling into bands.
        noise = rng.random((*shade.shape[:2], 1), np.float32)
        shade = np.clip(shade, 0.0, 1.0) ** np.float32(1 / 2.2) * np.float32(255.0) + noise
        picture[top:bottom, :, :3] = np.clip(shade[..., ::-1], 0.0, 255.0)
    return picture


def _lit(rows: np.ndarray, width: int, height: int, light: StageLight) -> Floats:
    """Return linear light, float32 (rows, width, colours=3)."""
    x = np.arange(width, dtype=np.float32)[None, :] - np.float32(light.x)
    y = rows.astype(np.float32)[:, None]
    size = max(light.radius, 0.3 * min(width, height))
    edge = 0.012 * size
    lit = np.broadcast_to(_DARK, (len(rows), width, 3)).copy()
    wall = _ease((light.floor - y) / (0.10 * size) + 0.5)[..., None]
    if light.radius > 0:
        lit += wall * _disc(x, y - light.y, light.radius, edge)
        # The floor is polished a little: it mirrors the wall, softly.
        mirrored = 2 * light.floor - y
        near = 0.16 * np.exp(-np.maximum(y - light.floor, 0.0) / (0.7 * size))[..., None]
        lit += (1 - wall) * near * _disc(x, mirrored - light.y, light.radius, 0.5 * size)
    ahead = (y - light.floor - 0.34 * size) / (0.42 * size)
    pool = np.exp(-((x / (1.5 * size)) ** 2) - ahead**2)
    lit += (1 - wall) * pool[..., None] * _FLOOR
    return np.asarray(lit * np.float32(light.strength), np.float32)


def _disc(x: Floats, y: Floats, radius: float, edge: float) -> Floats:
    """Return the light of the disc and its halo at x, y from its middle."""
    away = np.hypot(x, y)
    inside = _ease((radius - away) / edge + 0.5)[..., None]
    blend = _ease(0.5 + 0.55 * y / radius)[..., None]
    colour = _TOP * (1 - blend) + _BOTTOM * blend
    halo = 0.085 * np.exp(-np.maximum(away - radius, 0.0) / (0.42 * radius))[..., None]
    return np.asarray(colour * (halo + (0.62 - halo) * inside), np.float32)


def _ease(value: npt.NDArray[np.floating]) -> Floats:
    value = np.clip(value, 0.0, 1.0)
    return np.asarray(value * value * (3.0 - 2.0 * value), np.float32)
