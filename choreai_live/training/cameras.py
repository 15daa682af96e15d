"""Virtual cameras: 3D sequences as a camera somewhere in the room would see them."""

from dataclasses import dataclass

import numpy as np

from choreai_live.messages import Floats


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera that looks at the dancer's hips.

    Parameters
    ----------
    yaw, pitch
        Degrees round the dancer, and above (positive) or below the horizon.
    distance
        Metres from the hips in the first frame.
    focal
        Focal length in pixels.
    centre
        Picture point of the optical axis, px.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    distance: float = 4.0
    focal: float = 600.0
    centre: tuple[float, float] = (320.0, 240.0)

    def project(self, xyz: Floats) -> Floats:
        """Return where points appear in the picture.

        Parameters
        ----------
        xyz
            float32 (..., 3): metres relative to the point looked at; x right,
            y down, z away from a camera with no yaw and no pitch.

        Returns
        -------
        float32 (..., 2)
            x, y in pixels.
        """
        yaw, pitch = np.radians((self.yaw, self.pitch))
        turn = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
        # A camera above the horizon sees what is near lower in the picture.
        tilt = np.array(
            [[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]]
        )
        seen = xyz @ (tilt @ turn).T.astype(np.float32)
        depth = np.maximum(seen[..., 2:] + self.distance, 0.3)
        result: Floats = (self.focal * seen[..., :2] / depth + self.centre).astype(np.float32)
        return result


def random_camera(rng: np.random.Generator) -> Camera:
    """Draw a camera as people place them: in front mostly, at chest height mostly."""
    facing = rng.random() < 0.75
    return Camera(
        yaw=float(rng.normal(0.0, 35.0) if facing else rng.uniform(-180.0, 180.0)),
        pitch=float(np.clip(rng.normal(5.0, 9.0), -15.0, 35.0)),
        distance=float(rng.uniform(2.5, 7.0)),
    )


def film(points: Floats, camera: Camera) -> Floats:
    """Turn a 3D sequence into a 2D one.

    Parameters
    ----------
    points
        float32 (frames, keypoints=17, 4): metres and score.

    Returns
    -------
    float32 (frames, keypoints=17, 3)
        x px, y px, score. The camera follows the dancer across the floor.
    """
    # A following camera leaves every source without travel, as the ones that
    # were recorded without any; perspective stays that of a centred dancer.
    hips = points[:, 11:13, :3].mean(axis=1, keepdims=True)
    keypoints = camera.project(points[..., :3] - hips)
    return np.concatenate([keypoints, points[..., 3:]], axis=-1)
