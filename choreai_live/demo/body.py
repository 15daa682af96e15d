"""From a posture to a body in space: proportions, forward kinematics, grounded feet."""

from dataclasses import dataclass
from math import cos, sin, sqrt
from typing import Final

import numpy as np

from choreai_live.demo.geometry import (
    Array,
    along,
    bend,
    cross,
    euler,
    rotation_x,
    rotation_y,
    smoothstep,
    unit,
)
from choreai_live.demo.posture import (
    HEAD,
    HIPS,
    LEFT_ARM,
    LEFT_FOOT,
    PELVIS,
    RIGHT_ARM,
    RIGHT_FOOT,
    SPINE,
    TURN,
)

# The frames a body is made of. Each has an origin and three axes; limbs have
# theirs at the upper joint, with y pointing along the bone to the lower one.
(
    PELVIS_FRAME,
    WAIST_FRAME,
    CHEST_FRAME,
    NECK_FRAME,
    HEAD_FRAME,
    LEFT_UPPER_ARM,
    RIGHT_UPPER_ARM,
    LEFT_FOREARM,
    RIGHT_FOREARM,
    LEFT_HAND,
    RIGHT_HAND,
    LEFT_THIGH,
    RIGHT_THIGH,
    LEFT_SHIN,
    RIGHT_SHIN,
    LEFT_FOOT_FRAME,
    RIGHT_FOOT_FRAME,
) = range(17)
FRAME_COUNT: Final = 17

#: Leg length, hip to ankle, of the body that postures are written for.
POSTURE_LEG: Final = 0.87


@dataclass(frozen=True, slots=True)
class Proportions:
    """Lengths of one body, metres; the defaults make a dancer 1.73 m tall.

    Averages after Winter, "Biomechanics and Motor Control of Human Movement",
    4th ed. (2009), figure 4.1, with the slightly long limbs of a stylised figure.
    """

    hip: float = 0.093
    thigh: float = 0.44
    shin: float = 0.43
    ankle: float = 0.075
    foot: float = 0.125
    waist: float = 0.10
    back: float = 0.125
    shoulder: float = 0.172
    shoulder_rise: float = 0.255
    neck_rise: float = 0.285
    neck: float = 0.085
    upper_arm: float = 0.285
    forearm: float = 0.25

    def scaled(self, size: float, width: float) -> "Proportions":
        """Return a body ``size`` times as tall and, besides, ``width`` times as broad."""
        lengths = {name: getattr(self, name) * size for name in self.__slots__}
        lengths["hip"] *= width
        lengths["shoulder"] *= width
        return Proportions(**lengths)

    @property
    def leg(self) -> float:
        """Hip to ankle of a stretched leg."""
        return self.thigh + self.shin


@dataclass(frozen=True, eq=False, slots=True)
class Body:
    """A body at one moment.

    Parameters
    ----------
    axes
        (frames=17, space=3, axis=3): the columns are each frame's x, y and z.
    origins
        (frames=17, space=3), metres.
    """

    axes: Array
    origins: Array

    def placed(self, x: float, z: float, yaw: float) -> "Body":
        """Return the body turned by ``yaw`` and set down at x, z on the floor."""
        rotation = rotation_y(yaw)
        return Body(rotation @ self.axes, self.origins @ rotation.T + np.array((x, 0.0, z)))


def assembled(posture: Array, proportions: Proportions) -> Body:
    """Return the body that holds a posture (37,), its feet on the floor where they should be."""
    scale = proportions.leg / POSTURE_LEG
    axes = np.empty((FRAME_COUNT, 3, 3))
    origins = np.empty((FRAME_COUNT, 3))
    turn = rotation_y(posture[TURN])
    feet = [_foot(posture[part], proportions, scale) for part in (LEFT_FOOT, RIGHT_FOOT)]
    pelvis = euler(*posture[PELVIS])
    hips = posture[HIPS] * scale
    hips[1] += proportions.leg + proportions.ankle
    sides = (
        np.array((proportions.hip, 0.0, 0.0)) @ pelvis.T,
        np.array((-proportions.hip, 0.0, 0.0)) @ pelvis.T,
    )
    hips[1] -= max(
        _out_of_reach(hips + side, foot[1], posture[part][1], proportions)
        for side, foot, part in zip(sides, feet, (LEFT_FOOT, RIGHT_FOOT), strict=True)
    )
    _set_legs(axes, origins, posture, proportions, hips, sides, feet)
    _set_trunk(axes, origins, posture, proportions, hips, pelvis)
    for side, part in ((1.0, LEFT_ARM), (-1.0, RIGHT_ARM)):
        _set_arm(axes, origins, posture[part], proportions, side)
    if posture[TURN] != 0.0:
        axes = turn @ axes
        origins = origins @ turn.T
    return Body(axes, origins)


def _foot(part: Array, proportions: Proportions, scale: float) -> tuple[Array, Array]:
    x, y, z, yaw, lift, _ = part
    axes = rotation_y(yaw) @ rotation_x(lift)
    ball = np.array((x * scale, y * scale + 0.03, z * scale))
    heel_to_ankle = np.array((0.0, proportions.ankle - 0.03, -proportions.foot))
    return axes, ball + axes @ heel_to_ankle


def _out_of_reach(hip: Array, ankle: Array, height: float, proportions: Proportions) -> float:
    """Return how far a hip (3,) must come down for its foot to stay where it is planted."""
    leg = proportions.leg * 0.998
    across = (hip[0] - ankle[0]) ** 2 + (hip[2] - ankle[2]) ** 2
    highest = ankle[1] + sqrt(max(leg * leg - across, 0.01))
    # A foot in the air has no say; it is let go gradually, or the hips would jump.
    planted = 1.0 - smoothstep(height / 0.12)
    return max(float(hip[1]) - float(highest), 0.0) * planted


def _set_legs(
    axes: Array,
    origins: Array,
    posture: Array,
    proportions: Proportions,
    hips: Array,
    sides: tuple[Array, Array],
    feet: list[tuple[Array, Array]],
) -> None:
    for index, part in enumerate((LEFT_FOOT, RIGHT_FOOT)):
        hip = hips + sides[index]
        foot_axes, ankle = feet[index]
        out = posture[part][5]
        pole = np.array((sin(out), 0.0, cos(out)))
        knee = bend(hip, ankle, pole, proportions.thigh, proportions.shin)
        shin = unit(ankle - knee)
        ankle = knee + shin * proportions.shin
        thigh = unit(knee - hip)
        front = cross(cross(thigh, pole), thigh)
        for frame, origin, direction in (
            (LEFT_THIGH + index, hip, thigh),
            (LEFT_SHIN + index, knee, shin),
        ):
            axes[frame] = along(direction, front)
            origins[frame] = origin
        axes[LEFT_FOOT_FRAME + index] = foot_axes
        origins[LEFT_FOOT_FRAME + index] = ankle


def _set_trunk(
    axes: Array,
    origins: Array,
    posture: Array,
    proportions: Proportions,
    hips: Array,
    pelvis: Array,
) -> None:
    twist, forward, sideways = posture[SPINE]
    waist = pelvis @ euler(0.4 * twist, 0.45 * forward, 0.45 * sideways)
    chest = pelvis @ euler(twist, forward, sideways)
    yaw, pitch, roll = posture[HEAD]
    neck = chest @ euler(0.4 * yaw, 0.5 * pitch + 0.12, 0.5 * roll)
    head = chest @ euler(yaw, pitch, roll)
    lumbar = hips + pelvis[:, 1] * proportions.waist
    origins[PELVIS_FRAME] = hips
    origins[WAIST_FRAME] = lumbar
    origins[CHEST_FRAME] = lumbar + waist[:, 1] * proportions.back
    origins[NECK_FRAME] = origins[CHEST_FRAME] + chest @ np.array(
        (0.0, proportions.neck_rise, -0.012)
    )
    origins[HEAD_FRAME] = origins[NECK_FRAME] + neck[:, 1] * proportions.neck
    axes[PELVIS_FRAME] = pelvis
    axes[WAIST_FRAME] = waist
    axes[CHEST_FRAME] = chest
    axes[NECK_FRAME] = neck
    axes[HEAD_FRAME] = head


def _set_arm(
    axes: Array, origins: Array, part: Array, proportions: Proportions, side: float
) -> None:
    index = 0 if side > 0 else 1
    chest = axes[CHEST_FRAME]
    upper = unit(part[0:3])
    fore = unit(part[3:6])
    # The collar bone follows a raised arm up and in.
    raised = smoothstep((float(upper[1]) + 0.5) / 1.5)
    shoulder = np.array(
        (
            side * (proportions.shoulder - 0.022 * raised),
            proportions.shoulder_rise + 0.055 * raised,
            -0.012 + 0.03 * float(upper[2]),
        )
    )
    upper, fore = chest @ upper, chest @ fore
    front = cross(cross(upper, fore + 0.05 * chest[:, 2]), upper)
    origin = origins[CHEST_FRAME] + chest @ shoulder
    elbow = origin + upper * proportions.upper_arm
    wrist = elbow + fore * proportions.forearm
    for frame, start, direction in (
        (LEFT_UPPER_ARM, origin, upper),
        (LEFT_FOREARM, elbow, fore),
        (LEFT_HAND, wrist, fore),
    ):
        axes[frame + index] = along(direction, front)
        origins[frame + index] = start
