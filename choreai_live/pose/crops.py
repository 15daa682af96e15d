"""The region of a picture that BlazePose reads: centred on the hips, upright, square.

Bazarevsky et al., "BlazePose: On-device Real-time Body Pose Tracking" (2020):
the centre is the middle of the hips, the circle reaches the farthest part of
the body, and the region is turned so that the torso stands upright.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from choreai_live.messages import Floats, Image, Pose
from choreai_live.skeleton import (
    FACE,
    LEFT_ANKLE,
    LEFT_HIP,
    LEFT_SHOULDER,
    LEFT_WRIST,
    RIGHT_ANKLE,
    RIGHT_HIP,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
)

#: Side of the square input in pixels.
CROP_SIDE: Final = 256

#: How much wider than the body's circle the region is.
MARGIN: Final = 1.25

#: The same for somebody alone whose whole body is seen: the larger it is in the
#: crop, the better wrists and elbows are found. What has to be looked for needs
#: more room, and so do several (measured: ids switch twice as often among four).
MARGIN_SOLO: Final = 1.15

#: Keypoints below this score do not shape the region.
_SEEN: Final = 0.15

#: An average body: torso (mid-hip to mid-shoulder) over shoulder width, torso
#: over the way from mid-shoulder to the face, and the body's circle over torso.
_TORSO_PER_SHOULDERS: Final = 1.4
_TORSO_PER_NECK: Final = 2.1
_RADIUS_PER_TORSO: Final = 1.75

#: Crown and toes reach this much farther than nose and ankles. (This and the
#: average body agree with the circle that BlazePose itself predicts as its
#: landmarks 33 and 34: within 3 % at the median over varied dance video.)
_BEYOND_KEYPOINTS: Final = 1.13

#: A torso seen from above or below looks short; it is taken to be at least
#: this share of what the shoulders and the neck say.
_LEAST_TORSO: Final = 0.8

_SHOULDERS: Final = [LEFT_SHOULDER, RIGHT_SHOULDER]
_HIPS: Final = [LEFT_HIP, RIGHT_HIP]
_HEAD: Final = list(FACE)
#: Seen, all of these, the whole body is.
_ENDS: Final = [*_SHOULDERS, *_HIPS, LEFT_WRIST, RIGHT_WRIST, LEFT_ANKLE, RIGHT_ANKLE]

_Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class Region:
    """A turned square of a picture.

    Parameters
    ----------
    centre
        float64 (space=2,), pixels of the picture.
    side
        Pixels of the picture.
    angle
        Radians, clockwise on the screen, by which a person in the region
        leans; 0 is upright.
    """

    centre: _Vector
    side: float
    angle: float

    def to_picture(self) -> _Vector:
        """Return the affine map, float64 (2, 3), from crop pixels to picture pixels."""
        scale = self.side / CROP_SIDE
        cos, sin = np.cos(self.angle) * scale, np.sin(self.angle) * scale
        turn = np.array([[cos, -sin], [sin, cos]])
        shift = self.centre - turn @ np.full(2, CROP_SIDE / 2)
        return np.column_stack([turn, shift])

    def points_to_picture(self, points: Floats) -> Floats:
        """Return ``points`` (n, space=2) of the crop as float32 picture pixels."""
        affine = self.to_picture()
        return (points @ affine[:, :2].T + affine[:, 2]).astype(np.float32)


def cut(image: Image, region: Region) -> Image:
    """Return the region as uint8 (256, 256, 3) in the channel order of ``image``.

    What lies outside the picture is black.
    """
    affine = region.to_picture()
    # Keypoints live where (0.5, 0.5) is the middle of the first pixel, OpenCV
    # calls that middle (0, 0).
    affine[:, 2] += affine[:, :2] @ [0.5, 0.5] - 0.5
    crop = np.empty((CROP_SIDE, CROP_SIDE, 3), np.uint8)
    cv2.warpAffine(
        image,
        affine,
        (CROP_SIDE, CROP_SIDE),
        dst=crop,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
    )
    return crop


def body_axis(pose: Pose) -> _Vector:
    """Return mid-shoulder and mid-hip, float64 (ends=2, space=2), pixels.

    The hidden one of a pair is guessed by the models well enough for a
    middle; leaving it out would shift the middle to one side.
    """
    keypoints = pose.keypoints.astype(np.float64)
    return np.stack([keypoints[_SHOULDERS].mean(axis=0), keypoints[_HIPS].mean(axis=0)])


def region_around(pose: Pose, *, solo: bool = False) -> Region:
    """Return where BlazePose should look for a person expected at ``pose``.

    Parameters
    ----------
    pose
        Where they are expected.
    solo
        Whether nobody else is known to be in the picture.

    Notes
    -----
    Hips that are not seen, as of someone close to a webcam, are taken to be
    where an average body has them below the shoulders; a person of whom
    hardly anything is known is looked for in their box.
    """
    keypoints = pose.keypoints.astype(np.float64)
    seen = pose.scores >= _SEEN
    shoulders, hips = body_axis(pose)
    if not seen[_SHOULDERS + _HIPS].any():
        return _region_of_box(pose)
    if seen[_SHOULDERS].any():
        below = _torso_below(keypoints, seen, shoulders)
        least = _LEAST_TORSO * float(np.hypot(*below))
        if not seen[_HIPS].any():
            hips = shoulders + below
    else:
        least = 0.0
    up = shoulders - hips
    torso = max(float(np.hypot(*up)), least)
    reach = float(np.hypot(*(keypoints[seen] - hips).T).max())
    radius = max(_BEYOND_KEYPOINTS * reach, _RADIUS_PER_TORSO * torso, 8.0)
    margin = MARGIN_SOLO if solo and seen[_ENDS].all() else MARGIN
    return Region(hips, 2 * margin * radius, float(np.arctan2(up[0], -up[1])))


def _torso_below(keypoints: _Vector, seen: npt.NDArray[np.bool_], shoulders: _Vector) -> _Vector:
    across = keypoints[RIGHT_SHOULDER] - keypoints[LEFT_SHOULDER]
    length = _TORSO_PER_SHOULDERS * float(np.hypot(*across))
    head = [index for index in _HEAD if seen[index]]
    if head:
        down = shoulders - keypoints[head].mean(axis=0)
        neck = float(np.hypot(*down))
        if neck > 1:
            return np.asarray(down / neck * max(length, _TORSO_PER_NECK * neck))
    return np.array([0.0, max(length, 8.0)])


def _region_of_box(pose: Pose) -> Region:
    box = pose.box.astype(np.float64)
    side = max(float((box[2:] - box[:2]).max()), 16.0)
    return Region((box[:2] + box[2:]) / 2, MARGIN * side, 0.0)
