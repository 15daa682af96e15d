"""The studio behind the dancers."""

import cv2
import numpy as np

from choreai_live.demo.camera import Camera
from choreai_live.messages import Image


def studio(camera: Camera, size: tuple[int, int], seed: int) -> Image:
    """Return the empty studio, uint8 (height, width, 3)."""
    width, height = size
    x = (np.arange(width) - camera.centre[0]) / camera.focal
    y = (np.arange(height) - camera.centre[1]) / camera.focal
    rays = np.stack(np.broadcast_arrays(x[None, :], y[:, None], np.ones((height, width))), -1)
    rays = rays @ camera.rotation
    downwards = np.minimum(rays[..., 1], -1e-6)
    reach = -camera.position[1] / downwards
    floor = camera.position + rays * reach[..., None]
    back = -3.0
    to_wall = (back - camera.position[2]) / np.minimum(rays[..., 2], -1e-6)
    wall = camera.position + rays * to_wall[..., None]
    pool = np.exp(-(floor[..., 0] ** 2 / 5.0 + floor[..., 2] ** 2 / 4.0))
    floor_light = np.array((0.050, 0.048, 0.075)) + pool[..., None] * np.array((0.22, 0.19, 0.24))
    glow = np.exp(-(wall[..., 0] ** 2 / 5.0 + (wall[..., 1] - 1.6) ** 2 / 2.5))
    wall_light = np.array((0.030, 0.035, 0.070)) + glow[..., None] * np.array((0.26, 0.16, 0.28))
    # The wall meets the floor in a cove, so there is no line at which they meet.
    blend = np.clip((floor[..., 2] - back) / 1.2, 0.0, 1.0) * (rays[..., 1] < -1e-5)
    blend = (blend * blend * (3 - 2 * blend))[..., None]
    light = floor_light * blend + wall_light * (1.0 - blend)
    picture = np.clip(light, 0.0, 1.0) ** (1 / 2.2) * 255.0
    noise = np.random.default_rng(seed).uniform(-0.5, 0.5, (height, width, 1))
    picture = cv2.GaussianBlur(picture[..., ::-1], (0, 0), 2.0) + noise
    return np.ascontiguousarray(np.clip(picture + 0.5, 0, 255).astype(np.uint8))
