"""What is drawn into a recorded picture: skeletons, and what was read of each dancer."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from choreai_live import skeleton
from choreai_live.capture.opencv import cv2
from choreai_live.messages import Floats, Image, Readout, Track

Colour = tuple[int, int, int]

#: BGR; those of the window.
_TAUGHT: Final[dict[str, Colour]] = {
    "afrobeat": (61, 197, 255),
    "classical": (255, 163, 79),
    "hiphop": (110, 94, 255),
}
_OTHERS: Final[tuple[Colour, ...]] = ((183, 211, 46), (255, 156, 183), (195, 210, 217))
#: Of styles that somebody taught: one that follows from the name, as in the window.
_OWN: Final[tuple[Colour, ...]] = (*_OTHERS, (216, 158, 255))
_OWN_SHAPES: Final = 5
_NOT_SURE: Final[Colour] = (179, 162, 152)
_EDGE: Final[Colour] = (0, 0, 0)
_PAPER: Final[Colour] = (16, 12, 10)
_INK: Final[Colour] = (249, 245, 243)

#: What stands for a picture that was not kept.
DARK: Final[Colour] = (18, 14, 12)

#: Scores below which a keypoint is not drawn.
_DOUBTFUL: Final = 0.3
#: Frames after which a dancer out of sight is not drawn any more.
_LONGEST_MISSED: Final = 12
#: Pixels outside the picture beyond which nothing is drawn where it is.
_FAR: Final = 10_000
#: Of the fraction in OpenCV's coordinates.
_BITS: Final = 4
_LIMBS: Final = tuple(
    (a, b) for a, b in skeleton.LIMBS if a not in skeleton.FACE and b not in skeleton.FACE
)
_FONT: Final = cv2.FONT_HERSHEY_DUPLEX


def dark_picture(width: int, height: int) -> Image:
    """Return uint8 (height, width, 3), BGR: nothing but dark."""
    return np.full((height, width, 3), DARK, np.uint8)


def drawn_over(
    image: Image,
    tracks: Sequence[Track],
    readouts: Mapping[int, Readout],
    labels: tuple[str, ...],
) -> Image:
    """Return a copy of a picture with dancers drawn into it.

    Parameters
    ----------
    image
        uint8 (height, width, 3), BGR.
    tracks
        Who was seen.
    readouts
        Track id to what was read.
    labels
        Of the style model, which decide the colours of its styles not known here.
    """
    drawn = image.copy()
    dancers = [track for track in tracks if track.missed <= _LONGEST_MISSED]
    looks = [_look(readouts.get(track.id), labels) for track in dancers]
    for track, (_, colour) in zip(dancers, looks, strict=True):
        _draw_skeleton(drawn, track, colour)
    for track, (words, colour) in zip(dancers, looks, strict=True):
        _draw_tag(drawn, track, words if len(dancers) == 1 else f"{track.id}  {words}", colour)
    return drawn


def _look(readout: Readout | None, labels: tuple[str, ...]) -> tuple[str, Colour]:
    if readout is None:
        return "watching", _NOT_SURE
    if readout.label is None:
        return "not sure", _NOT_SURE
    words = f"{readout.words}  {readout.confidence:.0%}"
    if readout.label in _TAUGHT:
        return words, _TAUGHT[readout.label]
    others = [label for label in labels if label not in _TAUGHT]
    if readout.label in others:
        return words, _OTHERS[others.index(readout.label) % len(_OTHERS)]
    number = crc32(readout.label.casefold().encode()) // _OWN_SHAPES
    return words, _OWN[number % len(_OWN)]


def _draw_skeleton(image: Image, track: Track, colour: Colour) -> None:
    pose = track.pose
    seen = (pose.scores >= _DOUBTFUL) & np.isfinite(pose.keypoints).all(axis=1)
    # Far beyond the picture, OpenCV's fixed-point numbers would overflow.
    points = np.clip(np.where(seen[:, None], pose.keypoints, 0), -_FAR, _FAR)
    _, top, _, bottom = _box(track)
    width = int(np.clip((bottom - top) * 0.013, 2, 11))
    lines = [(points[a], points[b]) for a, b in _LIMBS if seen[a] and seen[b]]
    head = _head(points, seen)
    if head is not None and head.collar is not None:
        lines.append(head.collar)
    # A dark edge first keeps the skeleton legible on any picture.
    for ink, thickness in ((_EDGE, width * 2), (colour, width)):
        for start, end in lines:
            cv2.line(image, _fixed(start), _fixed(end), ink, thickness, cv2.LINE_AA, _BITS)
        if head is not None:
            radius = round(head.radius * 2**_BITS)
            cv2.circle(image, _fixed(head.centre), radius, ink, thickness, cv2.LINE_AA, _BITS)
    for keypoint in np.flatnonzero(seen):
        if keypoint not in skeleton.FACE:
            centre, radius = _fixed(points[keypoint]), width * 2**_BITS
            cv2.circle(image, centre, radius, _INK, cv2.FILLED, cv2.LINE_AA, _BITS)


class _Head(NamedTuple):
    centre: Floats
    radius: float
    collar: tuple[Floats, Floats] | None


def _head(points: Floats, seen: npt.NDArray[np.bool_]) -> _Head | None:
    """Return the head as the window draws it, None where there is not enough to tell."""
    face = [keypoint for keypoint in skeleton.FACE if seen[keypoint]]
    if not face or not seen[list(skeleton.TORSO)].all():
        return None
    centre = points[face].mean(axis=0)
    shoulders = points[[skeleton.LEFT_SHOULDER, skeleton.RIGHT_SHOULDER]].mean(axis=0)
    hips = points[[skeleton.LEFT_HIP, skeleton.RIGHT_HIP]].mean(axis=0)
    # A head is about a quarter as high as the torso is long; one bending forward has a short torso.
    radius = 0.21 * float(np.linalg.norm(shoulders - hips))
    if seen[skeleton.LEFT_EAR] and seen[skeleton.RIGHT_EAR]:
        ears = points[skeleton.LEFT_EAR] - points[skeleton.RIGHT_EAR]
        radius = max(radius, 0.6 * float(np.linalg.norm(ears)))
    away = shoulders - centre
    distance = float(np.linalg.norm(away))
    collar = (centre + away / distance * radius, shoulders) if distance > radius else None
    return _Head(centre, radius, collar)


def _fixed(point: Floats) -> tuple[int, int]:
    """Return a point as OpenCV wants it, with :data:`_BITS` of fraction."""
    x, y = (point * 2**_BITS).round().astype(int).tolist()
    return x, y


def _box(track: Track) -> tuple[float, float, float, float]:
    """Return the box of a dancer, whatever it is, as four numbers one can draw with."""
    x1, y1, x2, y2 = np.clip(np.nan_to_num(track.pose.box), -_FAR, _FAR).tolist()
    return x1, y1, x2, y2


def _draw_tag(image: Image, track: Track, words: str, colour: Colour) -> None:
    height, width = image.shape[:2]
    x1, y1, x2, _ = _box(track)
    scale = max(min(height, width) / 900, 0.35)
    (long, high), _ = cv2.getTextSize(words, _FONT, scale, 1)
    pad = round(high * 0.7)
    left = round(np.clip((x1 + x2) / 2 - long / 2, pad, max(width - long - pad, pad)))
    base = round(np.clip(y1 - 2 * pad, high + 2 * pad, max(height - 2 * pad, high + 2 * pad)))
    corners = (left - pad, base - high - pad), (left + long + pad, base + pad)
    cv2.rectangle(image, *corners, _PAPER, cv2.FILLED)
    cv2.rectangle(image, *corners, colour, max(round(scale * 2), 1), cv2.LINE_AA)
    cv2.putText(image, words, (left, base), _FONT, scale, _INK, 1, cv2.LINE_AA)
