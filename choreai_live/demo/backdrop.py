"""The studio behind the dancers: a cove, a disc of light on the wall, light on the floor."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from choreai_live.demo.camera import Camera
from choreai_live.demo.geometry import Array
from choreai_live.messages import Image

#: Metres: where the wall stands, and how far before it the floor begins to rise.
_WALL, _COVE = -3.2, 1.8
#: Metres: the middle of the disc of light and its radius.
_DISC_HEIGHT, _DISC_RADIUS = 1.42, 1.42


@dataclass(frozen=True, slots=True)
class Mood:
    """The colours of a studio, linear light, red green blue.

    Parameters
    ----------
    wall, floor
        Far from all light.
    top, bottom
        Of the disc.
    """

    wall: tuple[float, float, float]
    floor: tuple[float, float, float]
    top: tuple[float, float, float]
    bottom: tuple[float, float, float]


_MOODS: Final = (
    Mood((0.030, 0.026, 0.075), (0.060, 0.050, 0.115), (0.80, 0.25, 0.24), (0.52, 0.10, 0.34)),
    Mood((0.016, 0.040, 0.062), (0.034, 0.075, 0.100), (0.90, 0.52, 0.16), (0.66, 0.18, 0.14)),
    Mood((0.045, 0.020, 0.060), (0.085, 0.044, 0.100), (0.22, 0.48, 0.72), (0.22, 0.18, 0.58)),
    Mood((0.022, 0.036, 0.036), (0.050, 0.075, 0.070), (0.16, 0.56, 0.46), (0.10, 0.28, 0.42)),
)


def studio(camera: Camera, size: tuple[int, int], seed: int) -> Image:
    """Return the empty studio, uint8 (height, width, 3), BGR.

    The seed draws the colours.
    """
    width, height = size
    mood = _MOODS[seed % len(_MOODS)]
    rays = _rays(camera, width, height)
    floor, wall = _reached(camera, rays)
    light = _wall_light(wall, mood, 0.05)
    # The wall meets the floor in a cove, so no line shows where.
    on_floor = _ease((floor[..., 2] - _WALL) / _COVE) * (rays[..., 1] < -1e-5)
    light += (_floor_light(floor, rays, mood) - light) * on_floor[..., None]
    middle = np.hypot(rays @ camera.rotation[0], rays @ camera.rotation[1])
    light *= (1.0 - 0.35 * _ease(middle / 0.75))[..., None]
    picture = np.clip(light, 0.0, 1.0) ** (1 / 2.2) * 255.0
    # Half a step of noise keeps the gradients from falling into bands.
    noise = np.random.default_rng(seed).uniform(-0.5, 0.5, (height, width, 1))
    picture = np.clip(picture[..., ::-1] + noise + 0.5, 0.0, 255.0)
    return np.ascontiguousarray(picture.astype(np.uint8))


def _rays(camera: Camera, width: int, height: int) -> Array:
    x = (np.arange(width) - camera.centre[0]) / camera.focal
    y = (np.arange(height) - camera.centre[1]) / camera.focal
    seen = np.stack((*np.meshgrid(x, y), np.ones((height, width))), axis=-1)
    rays: Array = seen @ camera.rotation
    return rays


def _reached(camera: Camera, rays: Array) -> tuple[Array, Array]:
    """Return where rays (..., 3) reach the floor and the wall, each (..., 3)."""
    to_floor = camera.position[1] / np.maximum(-rays[..., 1], 1e-6)
    to_wall = (_WALL - camera.position[2]) / np.minimum(rays[..., 2], -1e-6)
    return (
        camera.position + rays * to_floor[..., None],
        camera.position + rays * to_wall[..., None],
    )


def _wall_light(wall: Array, mood: Mood, blur: float) -> Array:
    """Return the light of the wall at points (..., 3); ``blur`` is how soft the disc is, metres."""
    x, y = wall[..., 0], wall[..., 1] - _DISC_HEIGHT
    away = np.hypot(x, y)
    disc = _ease((_DISC_RADIUS - away) / blur + 0.5)[..., None]
    blend = _ease(0.5 - 0.5 * y / _DISC_RADIUS)[..., None]
    colour = np.array(mood.top) * (1.0 - blend) + np.array(mood.bottom) * blend
    halo = np.exp(-np.maximum(away - _DISC_RADIUS, 0.0) / 0.9)[..., None]
    light = np.array(mood.wall) + 0.16 * colour * halo
    return np.asarray(light + (0.56 * colour - light) * disc)


def _floor_light(floor: Array, rays: Array, mood: Mood) -> Array:
    x, z = floor[..., 0], floor[..., 2]
    pool = np.exp(-(x * x + z * z) / 3.2)[..., None]
    # The floor is polished a little: it mirrors the wall, softly.
    mirrored = rays * (1.0, -1.0, 1.0)
    to_wall = (_WALL - z) / np.minimum(rays[..., 2], -1e-6)
    wall = floor + mirrored * to_wall[..., None]
    # The flatter the view, the better it mirrors (Schlick's approximation).
    flat = 1.0 + rays[..., 1] / np.linalg.norm(rays, axis=-1)
    mirror = (0.05 + 0.75 * flat**5)[..., None]
    light = np.array(mood.floor) + pool * np.array((0.17, 0.15, 0.17))
    return np.asarray(light + mirror * _wall_light(wall, mood, 1.8))


def _ease(value: Array) -> Array:
    value = np.clip(value, 0.0, 1.0)
    return np.asarray(value * value * (3.0 - 2.0 * value))
