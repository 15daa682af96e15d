"""One person in a file of AlphaPose: from its numbers to a pose."""

import math
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final, TypeGuard

import numpy as np
import numpy.typing as npt

from choreai_live.errors import SourceError
from choreai_live.messages import Floats, Pose
from choreai_live.recorded.forms import score_within
from choreai_live.skeleton import FROM_OPENPOSE, KEYPOINT_COUNT

#: Layouts whose first 17 keypoints are COCO's: COCO, Halpe-26, Halpe without a
#: face, COCO-WholeBody, Halpe-136.
COCO_FIRST: Final = (17, 26, 68, 133, 136)

OPENPOSE: Final = (18,)

#: No picture is that large, pixels.
_FARTHEST: Final = 1e6
#: No picture has a number of more digits, nor a person.
_MOST_DIGITS: Final = 15


def read_pose(where: str, entry: Mapping[str, Any], key: str, counts: tuple[int, ...]) -> Pose:
    """Return the pose of one person.

    Parameters
    ----------
    where
        File and place in it, for errors.
    entry
        What the file says of the person.
    key
        Under which it has x, y and score of each keypoint, one after the other.
    counts
        How many keypoints there may be: :data:`COCO_FIRST` or :data:`OPENPOSE`.

    Raises
    ------
    SourceError
        If that is no body, or none that can be read as COCO-17.
    """
    points = _points(where, entry[key], counts)
    layout = list(FROM_OPENPOSE) if counts is OPENPOSE else slice(KEYPOINT_COUNT)
    body = points[layout].astype(np.float32)
    scores = np.clip(body[:, 2], 0.0, 1.0)
    keypoints = np.ascontiguousarray(body[:, :2])
    # In the forms of 18 joints only this program puts a score, of the 17 it had.
    summands = body[:, 2] if counts is OPENPOSE else points[:, 2]
    return Pose(keypoints, scores, _box(keypoints, entry.get("box")), _score(entry, summands))


def picture_number(where: str, image_id: Any) -> int:
    """Return the number of a picture: 12 of ``12``, ``"12.jpg"`` or ``"clip_000012.png"``.

    Raises
    ------
    SourceError
        If it has none.
    """
    named = isinstance(image_id, str | int) and not isinstance(image_id, bool)
    digits = re.findall(r"\d+", PurePath(str(image_id)).stem) if named else []
    if not digits or len(digits[-1].lstrip("0")) > _MOST_DIGITS:
        raise SourceError(
            f"{where}: image_id {_shortened(image_id)} has no number to tell its time by; "
            "run AlphaPose on a video, or number the pictures."
        )
    return int(digits[-1])


def track_id(where: str, idx: Any) -> int | None:
    """Return who a person is: 3 of ``3``, ``[3.0]`` or ``[[3.0], [7.0]]``; None if not known.

    Where AlphaPose merged several people into one, it lists them all and goes
    by the smallest number itself.

    Raises
    ------
    SourceError
        If that is no whole number.
    """
    numbers = [] if idx is None else [idx]
    while any(isinstance(number, list) for number in numbers):
        numbers = [n for part in numbers for n in (part if isinstance(part, list) else [part])]
    for number in numbers:
        if not _is_finite(number) or number != int(number):
            raise SourceError(
                f"{where}: idx {_shortened(idx)} is not the number of a person; track again."
            )
    return min(map(int, numbers), default=None)


def _points(where: str, numbers: Any, counts: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """Return (keypoints, 3): x, y, score."""
    try:
        points = np.array(numbers, dtype=np.float64)
    except (ValueError, TypeError, OverflowError):
        points = np.empty(0)
    count, rest = divmod(points.size, 3)
    # Written so that NaN fails too.
    if points.ndim != 1 or rest or not count or not (np.abs(points) <= _FARTHEST).all():
        raise SourceError(
            f"{where}: keypoints must be finite numbers x, y, score, x, y, score and so on, in "
            "pixels; run AlphaPose again."
        )
    if count not in counts:
        raise SourceError(
            f"{where}: a body of {count} keypoints cannot be read as COCO's 17; use a model of "
            f"AlphaPose with {' or '.join(map(str, counts))}."
        )
    return points.reshape(count, 3)


def _score(entry: Mapping[str, Any], scores: npt.NDArray[Any]) -> float:
    """Return how likely this is a person at all; AlphaPose's own score is a sum of several."""
    total = entry.get("score")
    score = score_within(total, scores) if _is_finite(total) else None
    return float(np.clip(scores.mean(), 0.0, 1.0)) if score is None else score


def _box(keypoints: Floats, box: Any) -> Floats:
    """Return x1, y1, x2, y2: AlphaPose's own, or else around the keypoints."""
    sides = box if isinstance(box, list) and len(box) == 4 else [None]
    if all(_is_finite(side) and abs(side) <= _FARTHEST for side in sides):
        corner = np.array(sides[:2], np.float32)
        opposite = corner + np.array(sides[2:], np.float64)
        return np.concatenate([corner, opposite], dtype=np.float32)
    return np.concatenate([keypoints.min(axis=0), keypoints.max(axis=0)])


def _is_finite(value: Any) -> TypeGuard[int | float]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    # Python's whole numbers have no end, but AlphaPose's have.
    return math.isfinite(value) if isinstance(value, float) else abs(value) < 10**_MOST_DIGITS


def _shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}..."
