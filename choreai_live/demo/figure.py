"""A figure: the round cones that hang on the frames of a body, and its keypoints."""

from collections.abc import Sequence
from dataclasses import dataclass, field
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


@dataclass(slots=True)
class Figure:
    """A list of parts, each fixed to a frame at either end.

    Built once per dancer; :meth:`cones` then follows the body.

    Parameters
    ----------
    size
        Scale of every length given to :meth:`add`.
    """

    size: float = 1.0
    _frames: list[tuple[int, int]] = field(default_factory=list)
    _points: list[tuple[Point, Point]] = field(default_factory=list)
    _radii: list[tuple[float, float]] = field(default_factory=list)
    _scales: list[Point] = field(default_factory=list)
    _cuts: list[int] = field(default_factory=list)
    _melts: list[float] = field(default_factory=list)
    _materials: list[int] = field(default_factory=list)

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
        self._cuts.append(cuts)
        self._melts.append(melt)
        self._materials.append(material)

    @property
    def frames(self) -> npt.NDArray[np.int64]:
        """The frames (parts, ends=2) that either end of each part is fixed to."""
        return np.array(self._frames, np.int64)

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
        frames = self.frames
        points = np.array(self._points) * self.size
        radii = np.array(self._radii) * self.size
        scales = np.array(self._scales)
        axes = rotation @ body.axes
        origins = (body.origins - position) @ rotation.T
        starts = origins[frames[:, 0]] + np.einsum("nij,nj->ni", axes[frames[:, 0]], points[:, 0])
        ends = origins[frames[:, 1]] + np.einsum("nij,nj->ni", axes[frames[:, 1]], points[:, 1])
        stretched = axes[frames[:, 0]] * scales[:, None, :]
        return Cones(
            starts=starts,
            ends=ends,
            start_radii=radii[:, 0],
            end_radii=radii[:, 1],
            shapes=np.linalg.cholesky(stretched @ stretched.transpose(0, 2, 1)),
            round=(scales == 1.0).all(axis=1),
            cuts=np.array(self._cuts),
            melts=np.array(self._melts) * self.size,
            materials=np.array(self._materials),
        )
