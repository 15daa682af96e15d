"""The flesh and the clothes: which round cones hang on which frame of a body."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from choreai_live.demo.body import (
    CHEST_FRAME,
    HEAD_FRAME,
    LEFT_FOOT_FRAME,
    LEFT_FOREARM,
    LEFT_HAND,
    LEFT_SHIN,
    LEFT_THIGH,
    LEFT_UPPER_ARM,
    NECK_FRAME,
    PELVIS_FRAME,
    RIGHT_FOOT_FRAME,
    RIGHT_FOREARM,
    RIGHT_HAND,
    RIGHT_SHIN,
    RIGHT_THIGH,
    RIGHT_UPPER_ARM,
    WAIST_FRAME,
    Body,
)
from choreai_live.demo.geometry import Array
from choreai_live.demo.raster import Cones

Point = Sequence[float]
ROUND: Final = (1.0, 1.0, 1.0)

#: Nose, left eye, right eye, left ear, right ear in the head's frame, metres.
FACE_POINTS: Final = np.array(
    (
        (0.0, 0.080, 0.118),
        (0.033, 0.108, 0.092),
        (-0.033, 0.108, 0.092),
        (0.079, 0.092, 0.002),
        (-0.079, 0.092, 0.002),
    )
)
_FACE_FRAMES = [HEAD_FRAME] * 5
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
    _frames: list[tuple[int, int, int]] = field(default_factory=list)
    _points: list[tuple[Point, Point]] = field(default_factory=list)
    _radii: list[tuple[float, float]] = field(default_factory=list)
    _scales: list[Point] = field(default_factory=list)
    _flat: list[bool] = field(default_factory=list)
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
        flat: bool = False,
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
        flat
            Cut the end straight.
        """
        self._frames.append((frame, frame if to is None else to, frame))
        self._points.append((start, end))
        self._radii.append((start_radius, end_radius))
        self._scales.append(scale)
        self._flat.append(flat)
        self._materials.append(material)

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
        frames = np.array(self._frames)
        points = np.array(self._points) * self.size
        radii = np.array(self._radii) * self.size
        scales = np.array(self._scales)
        axes = rotation @ body.axes
        origins = (body.origins - position) @ rotation.T
        starts = origins[frames[:, 0]] + np.einsum("nij,nj->ni", axes[frames[:, 0]], points[:, 0])
        ends = origins[frames[:, 1]] + np.einsum("nij,nj->ni", axes[frames[:, 1]], points[:, 1])
        stretched = axes[frames[:, 2]] * scales[:, None, :]
        return Cones(
            starts=starts,
            ends=ends,
            start_radii=radii[:, 0],
            end_radii=radii[:, 1],
            shapes=np.linalg.cholesky(stretched @ stretched.transpose(0, 2, 1)),
            round=(scales == 1.0).all(axis=1),
            flat=np.array(self._flat),
            materials=np.array(self._materials),
        )


# Materials, in the order of a dancer's look-up tables.
SKIN, HAIR, TOP, BOTTOM, SHOE, SOLE, EYE, PUPIL, LIP, TRIM = range(10)


def dressed(size: float) -> Figure:
    """Return a figure."""
    figure = Figure(size)
    _add_head(figure)
    _add_trunk(figure)
    for left in (True, False):
        _add_arm(figure, left)
        _add_leg(figure, left)
    return figure


def _add_head(figure: Figure) -> None:
    add = figure.add
    h = HEAD_FRAME
    add(SKIN, h, (0, 0.118, 0.006), (0, 0.075, 0.022), 0.098, 0.082, scale=(0.80, 1, 1))
    add(SKIN, h, (0, 0.05, 0.03), (0, 0.012, 0.052), 0.066, 0.034, scale=(0.9, 1, 1))
    for side in (1, -1):
        add(SKIN, h, (side * 0.078, 0.105, 0.0), (side * 0.076, 0.082, 0.004), 0.021, 0.015,
            scale=(0.5, 1, 0.8))  # fmt: skip
        add(EYE, h, (side * 0.033, 0.106, 0.086), (side * 0.033, 0.106, 0.086), 0.0155, 0.0155,
            scale=(1.15, 0.75, 0.8))  # fmt: skip
        add(PUPIL, h, (side * 0.032, 0.106, 0.094), (side * 0.032, 0.106, 0.094), 0.009, 0.009)
        add(HAIR, h, (side * 0.018, 0.130, 0.100), (side * 0.050, 0.132, 0.082), 0.0055, 0.005)
    add(SKIN, h, (0, 0.108, 0.094), (0, 0.080, 0.110), 0.010, 0.0155)
    add(LIP, h, (0.016, 0.044, 0.086), (-0.016, 0.044, 0.086), 0.0085, 0.0085, scale=(1, 0.8, 1))
    add(HAIR, h, (0, 0.135, -0.022), (0, 0.10, -0.028), 0.108, 0.10, scale=(0.84, 1, 1))
    add(HAIR, h, (0, 0.165, 0.03), (0, 0.17, -0.02), 0.072, 0.08, scale=(1, 0.75, 1))
    add(SKIN, NECK_FRAME, (0, -0.03, 0), (0, 0.02, 0.015), 0.054, 0.050, to=HEAD_FRAME)


def _add_trunk(figure: Figure) -> None:
    add = figure.add
    c, p = CHEST_FRAME, PELVIS_FRAME
    add(TOP, c, (0, 0.04, 0.0), (0, 0.185, 0.0), 0.125, 0.142, scale=(1.05, 0.7, 0.70))
    add(TOP, c, (0.12, 0.235, -0.012), (-0.12, 0.235, -0.012), 0.064, 0.064)
    add(TOP, WAIST_FRAME, (0, 0.0, 0.0), (0, 0.03, 0.0), 0.122, 0.125, to=c, scale=(1, 0.8, 0.72))
    add(TOP, p, (0, 0.05, 0.0), (0, 0.10, 0.0), 0.128, 0.12, scale=(1.02, 0.6, 0.75))
    add(BOTTOM, p, (0, 0.06, 0.0), (0, -0.02, -0.005), 0.132, 0.145, scale=(1.02, 0.7, 0.76))
    for side, upper_arm in ((1, LEFT_UPPER_ARM), (-1, RIGHT_UPPER_ARM)):
        add(TOP, c, (0, 0.28, -0.015), (0, 0.0, 0), 0.052, 0.056, to=upper_arm)
        add(TOP, c, (side * 0.07, 0.12, -0.01), (0, 0.02, 0), 0.085, 0.056, to=upper_arm,
            scale=(1, 1, 0.9))  # fmt: skip
        add(BOTTOM, p, (side * 0.062, -0.02, -0.045), (side * 0.068, -0.05, -0.045), 0.086, 0.086)


def _add_arm(figure: Figure, left: bool) -> None:
    add = figure.add
    upper = LEFT_UPPER_ARM if left else RIGHT_UPPER_ARM
    fore = LEFT_FOREARM if left else RIGHT_FOREARM
    hand = LEFT_HAND if left else RIGHT_HAND
    add(SKIN, upper, (0, 0, 0), (0, 0, 0), 0.048, 0.038, to=fore)
    add(TOP, upper, (0, 0, 0), (0, 0.165, 0), 0.058, 0.056, flat=True)
    add(SKIN, fore, (0, 0, 0), (0, 0.09, 0), 0.038, 0.042)
    add(SKIN, fore, (0, 0.09, 0), (0, 0, 0), 0.042, 0.026, to=hand)
    add(SKIN, hand, (0, 0.01, 0), (0, 0.07, 0), 0.026, 0.036, scale=(0.55, 1, 1))
    add(SKIN, hand, (0, 0.08, 0.012), (0, 0.15, 0.02), 0.021, 0.012, scale=(0.7, 1, 1))
    add(SKIN, hand, (0, 0.08, -0.014), (0, 0.145, -0.012), 0.020, 0.012, scale=(0.7, 1, 1))
    add(SKIN, hand, (0, 0.03, 0.02), (0, 0.085, 0.05), 0.017, 0.011)


def _add_leg(figure: Figure, left: bool) -> None:
    add = figure.add
    thigh = LEFT_THIGH if left else RIGHT_THIGH
    shin = LEFT_SHIN if left else RIGHT_SHIN
    foot = LEFT_FOOT_FRAME if left else RIGHT_FOOT_FRAME
    add(BOTTOM, thigh, (0, 0.0, 0), (0, 0, 0), 0.088, 0.062, to=shin)
    add(BOTTOM, shin, (0, 0.0, 0), (0, 0.14, -0.008), 0.062, 0.062)
    add(BOTTOM, shin, (0, 0.14, -0.008), (0, -0.03, 0), 0.062, 0.052, to=foot, flat=True)
    add(SKIN, shin, (0, 0.3, 0), (0, 0.0, 0), 0.04, 0.038, to=foot)
    # The ankle is the origin; the floor lies 0.075 below, the ball 0.125 ahead.
    add(SHOE, foot, (0, -0.025, -0.035), (0, -0.032, 0.125), 0.042, 0.036, scale=(0.95, 1, 1))
    add(SHOE, foot, (0, -0.032, 0.125), (0, -0.040, 0.165), 0.040, 0.031, scale=(1, 0.8, 1))
    add(SOLE, foot, (0, -0.062, -0.04), (0, -0.062, 0.165), 0.040, 0.042, scale=(1, 0.30, 1))
