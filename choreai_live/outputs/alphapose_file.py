"""What was seen, as results of AlphaPose; :mod:`choreai_live.recorded.forms` says what they are.

Where a form of AlphaPose has no place for the box, the score or the track of a
person (``cmu`` and ``open``), they stand beside the joints under the names
they have in the default form; who does not know them passes over them.
"""

import json
from array import array
from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final, NamedTuple

import numpy as np

from choreai_live.messages import Floats, Pose, Snapshot
from choreai_live.recorded.forms import PEOPLE, VERSION, VERSION_KEY, summed_score
from choreai_live.skeleton import (
    FROM_OPENPOSE,
    KEYPOINT_COUNT,
    LEFT_SHOULDER,
    OPENPOSE_COUNT,
    OPENPOSE_NECK,
    RIGHT_SHOULDER,
)

#: Numbers of one person: x, y and score of the keypoints, the box, the score.
_POINTS: Final = 3 * KEYPOINT_COUNT
_NUMBERS: Final = _POINTS + 4 + 1


class _Person(NamedTuple):
    picture: int
    id: int
    points: Floats
    box: Floats
    score: float


class SeenPoses:
    """Who was seen in which picture of one source.

    Plain numbers, 240 bytes a person and picture: hours of dancing fit into memory.
    """

    def __init__(self) -> None:
        self._whose = array("q")
        self._numbers = array("f")

    def __len__(self) -> int:
        """Return the number of poses."""
        return len(self._whose) // 2

    def note(self, snapshot: Snapshot) -> None:
        """Take in the dancers who are seen in this very frame."""
        for track in snapshot.tracks:
            if not track.missed:
                self._whose.extend((snapshot.frame.index, track.id))
                self._numbers.frombytes(_numbers(track.pose).tobytes())

    def people(self) -> Iterator[_Person]:
        """Yield everybody, picture by picture."""
        numbers = np.frombuffer(self._numbers, np.float32).reshape(-1, _NUMBERS)
        for i in range(len(self)):
            row = numbers[i]
            points = row[:_POINTS].reshape(KEYPOINT_COUNT, 3)
            picture, id_ = self._whose[2 * i : 2 * i + 2]
            yield _Person(picture, id_, points, row[_POINTS:-1], float(row[-1]))


def alphapose_json(seen: SeenPoses, form: str = "default") -> Iterator[str]:
    """Yield the JSON text of results of AlphaPose, in parts.

    Pictures are called by the index of their frame, ``0.jpg`` first, as
    AlphaPose calls those of a video; those without people are left out, as it
    does. Every number is the shortest that is read back as it was.

    Parameters
    ----------
    seen
        What is to be told.
    form
        One of :data:`choreai_live.recorded.forms.FORMS`.
    """
    entries = _in_default_form(seen) if form == "default" else _in_openpose_form(seen, form)
    opening, closing = ("[", "]") if form == "default" else ("{", "}")
    yield opening
    for i, entry in enumerate(entries):
        yield ",\n" if i else "\n"
        yield entry
    yield f"\n{closing}\n"


def _in_default_form(seen: SeenPoses) -> Iterator[str]:
    for person in seen.people():
        yield _text(
            {
                "image_id": f"{person.picture}.jpg",
                "category_id": 1,
                "keypoints": _decimals(person.points),
                **_who(person),
            }
        )


def _in_openpose_form(seen: SeenPoses, form: str) -> Iterator[str]:
    people_key, joints_key = PEOPLE[form]
    for picture, people in groupby(seen.people(), key=lambda person: person.picture):
        told = [
            {joints_key: _decimals(_with_neck(person.points)), **_who(person)} for person in people
        ]
        name = json.dumps(f"{picture}.jpg")
        yield f"{name}: {_text({VERSION_KEY: VERSION, people_key: told})}"


def _who(person: _Person) -> dict[str, Any]:
    # In double precision, lest x + width be another x2 for who reads it.
    width, height = np.subtract(person.box[2:], person.box[:2], dtype=np.float64)
    return {
        "score": summed_score(person.score, person.points[:, 2]),
        "box": [*_decimals(person.box[:2]), float(width), float(height)],
        "idx": person.id,
    }


def _with_neck(points: Floats) -> Floats:
    """Return (joints=18, 3) in the order of OpenPose, from (keypoints=17, 3)."""
    joints = np.empty((OPENPOSE_COUNT, 3), np.float32)
    joints[list(FROM_OPENPOSE)] = points
    joints[OPENPOSE_NECK] = points[[LEFT_SHOULDER, RIGHT_SHOULDER]].mean(axis=0)
    return joints


def _numbers(pose: Pose) -> Floats:
    points = np.column_stack([pose.keypoints, pose.scores]).ravel()
    return np.concatenate([points, pose.box, np.array([pose.score], np.float32)])


def _decimals(values: Floats) -> list[float]:
    """Return the shortest decimals that are these float32 numbers."""
    return [float(text) for text in values.ravel().astype(str)]


def _text(entry: dict[str, Any]) -> str:
    return json.dumps(entry, allow_nan=False)
