"""Results of AlphaPose: the JSON that its ``demo_inference.py`` writes.

Three forms of it (``--format``), described at
https://github.com/MVIG-SJTU/AlphaPose/blob/master/docs/output.md. The default
one is a list with an entry for each person in each picture::

    {"image_id": "12.jpg", "category_id": 1, "keypoints": [x, y, score] * n,
     "score": s, "box": [x, y, width, height], "idx": person}

in which ``box`` and ``idx`` may be missing. The ``cmu`` and ``open`` forms map
each ``image_id`` to its people, with the 18 joints of OpenPose.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from choreai_live.errors import SourceError
from choreai_live.messages import Floats, Pose
from choreai_live.skeleton import KEYPOINT_COUNT

#: What AlphaPose calls its results, each video's in a folder of its own.
RESULTS_NAME: Final = "alphapose-results.json"

#: Layouts whose first 17 keypoints are COCO's: COCO, Halpe-26, Halpe without a
#: face, COCO-WholeBody, Halpe-136.
_COCO_FIRST: Final = (17, 26, 68, 133, 136)

_OPENPOSE: Final = (18,)

#: Joint of OpenPose's 18 (its second is the neck) that is each keypoint of COCO.
_FROM_OPENPOSE: Final = [0, 15, 14, 17, 16, 5, 2, 6, 3, 7, 4, 11, 8, 12, 9, 13, 10]

#: Where each form keeps its people, and where each of them keeps the joints.
_PEOPLE: Final = {"bodies": "joints", "people": "pose_keypoints_2d"}


@dataclass(frozen=True, slots=True)
class PosedFrame:
    """The people in one picture.

    Parameters
    ----------
    number
        Of the picture in its video.
    poses
        As AlphaPose estimated them.
    dancers
        Who each of ``poses`` is, where AlphaPose tracked them, else None.
    """

    number: int
    poses: tuple[Pose, ...]
    dancers: tuple[int, ...] | None


def read_results(path: Path) -> list[PosedFrame]:
    """Read the results of one video, in order; pictures without people are not in them.

    Raises
    ------
    SourceError
        If the file cannot be read, is not AlphaPose's, or its keypoints are
        of a body that cannot be read as COCO-17.
    """
    people: dict[int, list[tuple[Pose, int | None]]] = {}
    for number, pose, dancer in _entries(path, _parsed(path)):
        people.setdefault(number, []).append((pose, dancer))
    if not people:
        raise SourceError(f"{path} holds no person: leave it out, or run AlphaPose again.")
    # Who is who must be known of everybody, or it is not known who the others are.
    tracked = all(dancer is not None for frame in people.values() for _, dancer in frame)
    return [_frame(number, people[number], tracked=tracked) for number in sorted(people)]


def _frame(number: int, people: list[tuple[Pose, int | None]], *, tracked: bool) -> PosedFrame:
    if not tracked:
        return PosedFrame(number, tuple(pose for pose, _ in people), None)
    # Nobody is in a picture twice: the surer of two poses is theirs.
    surest: dict[int, Pose] = {}
    for pose, dancer in people:
        if dancer is not None and (dancer not in surest or pose.score > surest[dancer].score):
            surest[dancer] = pose
    return PosedFrame(number, tuple(surest.values()), tuple(surest))


def _parsed(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"{path} is not JSON that can be read ({error}): copy it or run AlphaPose again."
        ) from error


def _entries(path: Path, document: Any) -> Iterator[tuple[int, Pose, int | None]]:
    """Yield number of the picture, pose and person for each entry of any form."""
    if isinstance(document, list) and all(isinstance(entry, dict) for entry in document):
        for place, entry in enumerate(document, start=1):
            where = f"{path}, entry {place}"
            if "image_id" not in entry or "keypoints" not in entry:
                raise _foreign(path)
            pose = _pose(where, entry["keypoints"], entry.get("box"), _COCO_FIRST)
            yield _number(where, entry["image_id"]), pose, _person(where, entry.get("idx"))
    elif isinstance(document, dict) and "version" in document:
        raise SourceError(
            f"{path} holds a single picture: name the {RESULTS_NAME} beside its folder, "
            "which holds them all."
        )
    elif isinstance(document, dict) and all(isinstance(v, dict) for v in document.values()):
        for image_id, picture in document.items():
            yield from _openpose(path, image_id, picture)
    else:
        raise _foreign(path)


def _openpose(
    path: Path, image_id: str, picture: Mapping[str, Any]
) -> Iterator[tuple[int, Pose, None]]:
    form = next((form for form in _PEOPLE if isinstance(picture.get(form), list)), None)
    if form is None:
        raise _foreign(path)
    where = f"{path}, picture {image_id}"
    for person in picture[form]:
        if not isinstance(person, dict) or _PEOPLE[form] not in person:
            raise _foreign(path)
        pose = _pose(where, person[_PEOPLE[form]], None, _OPENPOSE)
        yield _number(where, image_id), pose, None


def _pose(where: str, numbers: Any, box: Any, counts: tuple[int, ...]) -> Pose:
    try:
        points = np.array(numbers, dtype=np.float32)
    except (ValueError, TypeError):
        points = np.empty((0, 0), np.float32)
    count, rest = divmod(points.size, 3)
    if points.ndim != 1 or rest or not count or not np.isfinite(points).all():
        raise SourceError(
            f"{where}: keypoints must be finite numbers x, y, score, x, y, score and so on; "
            "run AlphaPose again."
        )
    if count not in counts:
        raise SourceError(
            f"{where}: a body of {count} keypoints cannot be read as COCO's 17; use a model of "
            f"AlphaPose with {' or '.join(map(str, counts))}."
        )
    points = points.reshape(count, 3)
    points = points[_FROM_OPENPOSE] if counts is _OPENPOSE else points[:KEYPOINT_COUNT]
    scores = np.clip(points[:, 2], 0.0, 1.0)
    keypoints = np.ascontiguousarray(points[:, :2])
    # AlphaPose's own score is a sum of several, up to 3; tracking wants 0 to 1.
    return Pose(keypoints, scores, _box(keypoints, box), float(scores.mean()))


def _box(keypoints: Floats, box: Any) -> Floats:
    """Return x1, y1, x2, y2: AlphaPose's own, or else around the keypoints."""
    if isinstance(box, list) and len(box) == 4 and all(_is_finite(side) for side in box):
        x, y, width, height = box
        return np.array([x, y, x + width, y + height], np.float32)
    return np.concatenate([keypoints.min(axis=0), keypoints.max(axis=0)])


def _number(where: str, image_id: Any) -> int:
    """Return the number of a picture: 12 of ``12``, ``"12.jpg"`` or ``"clip_000012.png"``."""
    digits = re.findall(r"\d+", Path(str(image_id)).stem)
    if isinstance(image_id, bool | float | None) or not digits:
        raise SourceError(
            f"{where}: image_id {image_id!r} has no number to tell its time by; "
            "run AlphaPose on a video, or number the pictures."
        )
    return int(digits[-1])


def _person(where: str, idx: Any) -> int | None:
    if isinstance(idx, list) and len(idx) == 1:
        (idx,) = idx
    if idx is None:
        return None
    if not _is_finite(idx) or idx != int(idx):
        raise SourceError(f"{where}: idx {idx!r} is not the number of a person; track again.")
    return int(idx)


def _is_finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _foreign(path: Path) -> SourceError:
    return SourceError(
        f"{path} does not hold results of AlphaPose (image_id and keypoints of each person): "
        "leave it out, or name another file."
    )
