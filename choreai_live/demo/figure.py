"""A figure: the round cones that hang on the frames of a body, and its keypoints."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.demo.body import (
    HEAD_FRAME,
    LEFT_FOOT_FRAME,
    LEFT_FOREARM,
    LEFT_HAND,
    LEFT_SHIN,
    LEFT_THIGH,
    LEFT_UPPER_ARM,
    RIGHT_FOOT_FRAME,
    RIGHT_FOREARM,
    RIGHT_HAND,
    RIGHT_SHIN,
    RIGHT_THIGH,
    RIGHT_UPPER_ARM,
    Body,
)
from choreai_live.demo.geometry import Array
from choreai_live.demo.projection import Cones

Point = Sequence[float]
ROUND: Final = (1.0, 1.0, 1.0)

#: Nose, left eye, right eye, left ear, right ear in the head's frame, metres.
FACE_POINTS: Final = np.array(
    (
        (0.0, 0.078, 0.120),
        (0.032, 0.104, 0.096),
        (-0.032, 0.104, 0.096),
        (0.079, 0.092, 0.002),
        (-0.079, 0.092, 0.002),
    )
)
_JOINT_FRAMES = [
    LEFT_UPPER_ARM, RIGHT_UPPER_ARM, LEFT_FOREARM, RIGHT_FOREARM, LEFT_HAND, RIGHT_HAND,
    LEFT_THIGH, RIGHT_THIGH, LEFT_SHIN, RIGHT_SHIN, LEFT_FOOT_FRAME, RIGHT_FOOT_FRAME,
]  # fmt: skip


def keypoints(body: Body, size: float) -> Array:
    """Return the COCO-17 keypoints (17, 3) of a body in its space, metres."""
    head = body.origins[HEAD_FRAME] + (FACE_POINTS * size) @ body.axes[HEAD_FRAME].T
    return np.concatenate((head, body.origins[_JOINT_FRAMES]))


@dataclass(frozen=True, eq=False, slots=True)
class Figure:
    """The parts of one dancer, ready to follow a body.

    Parameters
    ----------
    frames
        (parts, ends=2): the frame that either end of a part is fixed to.
    points
        (parts, ends=2, space=3): where in that frame, metres.
    radii
        (parts, ends=2): metres.
    scales
        (parts, space=3): stretch of the ball along the axes of the first frame.
    round, cuts, melts, materials
        (parts,): see :class:`choreai_live.demo.projection.Cones`.
    """

    frames: npt.NDArray[np.int64]
    points: Array
    radii: Array
    scales: Array
    round: npt.NDArray[np.bool_]
    cuts: npt.NDArray[np.int64]
    melts: Array
    materials: npt.NDArray[np.int64]

    def cones(self, body: Body, rotation: Array, position: Array) -> Cones:
        """Return the parts in the camera's frame.

        Parameters
        ----------
        body
            The body they hang on, in the world.
        rotation, position
            (3, 3) and (3,): a point p of the world is ``rotation @ (p - position)``
            for the camera.
        """
        axes = (rotation @ body.axes)[self.frames]
        origins = ((body.origins - position) @ rotation.T)[self.frames]
        ends = origins + np.einsum("peij,pej->pei", axes, self.points)
        stretched = axes[:, 0] * self.scales[:, None, :]
        return Cones(
            starts=ends[:, 0],
            ends=ends[:, 1],
            start_radii=self.radii[:, 0],
            end_radii=self.radii[:, 1],
            shapes=np.asarray(np.linalg.cholesky(stretched @ stretched.transpose(0, 2, 1))),
            round=self.round,
            cuts=self.cuts,
            melts=self.melts,
            materials=self.materials,
        )


class Pattern:
    """What a figure is sewn from: parts are added one by one, on a dancer 1.73 m tall."""

    def __init__(self) -> None:
        self._frames: list[tuple[int, int]] = []
        self._points: list[tuple[Point, Point]] = []
        self._radii: list[tuple[float, float]] = []
        self._scales: list[Point] = []
        self._rest: list[tuple[int, float, int]] = []

    def add(
        self,
        material: int,
        frame: int,
        start: Point,
        end: Point,
        start_radius: float,
        end_radius: float,
        *,
        to: int | None = None,
        scale: Point = ROUND,
        cuts: int = 0,
        melt: float = 0.012,
    ) -> None:
        """Add one part.

        Parameters
        ----------
        material
            Which look-up table colours it.
        frame
            The frame that ``start`` is fixed to, and that flattens the part.
        start, end
            Centres of the ball at either end, metres in their frame.
        start_radius, end_radius
            Metres.
        to
            The frame that ``end`` is fixed to; ``frame`` when None.
        scale
            How much the ball is stretched along the x, y and z of ``frame``.
        cuts
            How many ends are cut straight: 1 for the end, 2 for the start as well.
        melt
            Metres of depth over which it melts into what it meets.
        """
        self._frames.append((frame, frame if to is None else to))
        self._points.append((start, end))
        self._radii.append((start_radius, end_radius))
        self._scales.append(scale)
        self._rest.append((cuts, melt, material))

    def figure(self, size: float) -> Figure:
        """Return the figure, every length times ``size``."""
        cuts, melts, materials = zip(*self._rest, strict=True)
        scales = np.array(self._scales, np.float64)
        return Figure(
            frames=np.array(self._frames, np.int64),
            points=np.array(self._points, np.float64) * size,
            radii=np.array(self._radii, np.float64) * size,
            scales=scales,
            round=(scales == 1.0).all(axis=1),
            cuts=np.array(cuts, np.int64),
            melts=np.array(melts, np.float64) * size,
            materials=np.array(materials, np.int64),
        )
