"""Virtual cameras put known points where they belong."""

import numpy as np
import pytest

from choreai_live.training.cameras import Camera, film, random_camera

STRAIGHT = Camera(distance=4.0, focal=600.0, centre=(320.0, 240.0))


@pytest.mark.parametrize(
    ("camera", "point", "pixel"),
    [
        (STRAIGHT, (0.0, 0.0, 0.0), (320.0, 240.0)),
        (STRAIGHT, (1.0, 0.0, 0.0), (470.0, 240.0)),
        (STRAIGHT, (0.0, 1.0, 0.0), (320.0, 390.0)),
        (STRAIGHT, (1.0, 0.0, -2.0), (620.0, 240.0)),  # nearer is larger
        (Camera(yaw=180.0, distance=4.0), (1.0, 0.0, 0.0), (170.0, 240.0)),
        (Camera(yaw=90.0, distance=4.0), (0.0, 0.0, 1.0), (470.0, 240.0)),
        # Seen from straight above, what is in front of the dancer is below in the picture.
        (Camera(pitch=90.0, distance=4.0), (0.0, 0.0, -1.0), (320.0, 390.0)),
    ],
)
def test_known_points(
    camera: Camera, point: tuple[float, float, float], pixel: tuple[float, float]
) -> None:
    np.testing.assert_allclose(camera.project(np.array(point, np.float32)), pixel, atol=1e-2)


def test_filming_follows_the_dancer_and_keeps_the_scores() -> None:
    rng = np.random.default_rng(1)
    points = rng.normal(size=(10, 17, 4)).astype(np.float32) * 0.3
    walking = points.copy()
    walking[..., :3] += np.linspace(0, 3, 10, dtype=np.float32)[:, None, None]
    camera = random_camera(rng)
    here, there = film(points, camera), film(walking, camera)
    np.testing.assert_allclose(here, there, atol=1e-1)
    np.testing.assert_array_equal(here[..., 2], points[..., 3])


def test_random_cameras_stay_in_the_room() -> None:
    rng = np.random.default_rng(2)
    cameras = [random_camera(rng) for _ in range(200)]
    assert all(-15 <= c.pitch <= 35 and 2.5 <= c.distance <= 7 for c in cameras)
    assert np.std([c.yaw for c in cameras]) > 20
