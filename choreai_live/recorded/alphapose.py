"""Reading the results of AlphaPose: the JSON that its ``demo_inference.py`` writes.

:mod:`choreai_live.recorded.forms` says what its forms are.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from choreai_live.errors import SourceError
from choreai_live.messages import Pose
from choreai_live.recorded.forms import PEOPLE, RESULTS_NAME, VERSION_KEY
from choreai_live.recorded.json_stream import stream_members
from choreai_live.recorded.person import (
    COCO_FIRST,
    OPENPOSE,
    picture_number,
    read_pose,
    track_id,
)
from choreai_live.recorded.poses import PosedFrame, RecordedPoses

#: Number of the picture, pose, and track id if there is one.
_Entry = tuple[int, Pose, int | None]
_People = dict[int, list[tuple[Pose, int | None]]]


def read_results(path: Path) -> RecordedPoses:
    """Read the results of one video.

    Parameters
    ----------
    path
        Their file; or their folder, or the folder ``sep-json`` in it, which
        has a file for each picture.

    Raises
    ------
    SourceError
        If the file cannot be read, is not AlphaPose's, or its keypoints are
        of a body that cannot be read as COCO-17.
    """
    people: _People = {}
    for number, pose, dancer in _entries_at(path):
        people.setdefault(number, []).append((pose, dancer))
    if not people:
        raise SourceError(f"{path} holds no person: leave it out, or run AlphaPose again.")
    tracked, notice = _tracking(path, people)
    frames = (_frame(number, people[number], tracked=tracked) for number in sorted(people))
    return RecordedPoses(str(path), tuple(frames), notice)


def _tracking(path: Path, people: _People) -> tuple[bool, str | None]:
    """Return whether it is known who is who, and what to say if that is so of some only."""
    dancers = [dancer for frame in people.values() for _, dancer in frame]
    unknown = dancers.count(None)
    if unknown == len(dancers):
        return False, None
    if unknown:
        # Who is who must be known of everybody, or it is not known who the others are.
        return False, (
            f"{path} lacks the idx of {unknown} of its {len(dancers)} poses: dancers are "
            "tracked anew."
        )
    # Without --pose_track or --pose_flow AlphaPose calls everybody 0.
    return any(dancers), None


def _frame(number: int, people: list[tuple[Pose, int | None]], *, tracked: bool) -> PosedFrame:
    if not tracked:
        return PosedFrame(number, tuple(pose for pose, _ in people), None)
    # Nobody is in a picture twice: the surer of two poses is theirs.
    surest: dict[int, Pose] = {}
    for pose, dancer in people:
        if dancer is not None and (
            dancer not in surest or pose.scores.mean() > surest[dancer].scores.mean()
        ):
            surest[dancer] = pose
    return PosedFrame(number, tuple(surest.values()), tuple(surest))


def _entries_at(path: Path) -> Iterator[_Entry]:
    try:
        if not path.is_dir():
            return _entries(path)
        if (path / RESULTS_NAME).is_file():
            return _entries(path / RESULTS_NAME)
        files = [file for file in path.iterdir() if file.suffix.lower() == ".json"]
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.") from error
    if not files:
        raise SourceError(f"{path} holds no results of AlphaPose: name its {RESULTS_NAME}.")
    return _single_pictures(sorted(files))


def _single_pictures(files: list[Path]) -> Iterator[_Entry]:
    """Yield what a folder has that holds a file for each picture."""
    for file in files:
        yield from _openpose(file, file.name, dict(_members(file)))


def _entries(path: Path) -> Iterator[_Entry]:
    """Yield number of the picture, pose and person for each entry of any form."""
    for key, value in _members(path):
        if isinstance(key, str) and not isinstance(value, dict):
            raise _single(path) if key in _KEYS_OF_A_PICTURE else _foreign(path)
        if not isinstance(value, dict):
            raise _foreign(path)
        if isinstance(key, str):
            yield from _openpose(path, key, value)
        elif "image_id" not in value or "keypoints" not in value:
            raise _foreign(path)
        else:
            where = f"{path}, entry {key}"
            pose = read_pose(where, value, "keypoints", COCO_FIRST)
            number = picture_number(where, value["image_id"])
            yield number, pose, track_id(where, value.get("idx"))


def _openpose(path: Path, image_id: str, picture: Mapping[Any, Any]) -> Iterator[_Entry]:
    found = (keys for keys in PEOPLE.values() if isinstance(picture.get(keys[0]), list))
    people, joints = next(found, (None, ""))
    if people is None:
        raise _foreign(path)
    where = f"{path}, picture {image_id[:60]!r}"
    for person in picture[people]:
        if not isinstance(person, dict) or joints not in person:
            raise _foreign(path)
        pose = read_pose(where, person, joints, OPENPOSE)
        yield picture_number(where, image_id), pose, track_id(where, person.get("idx"))


def _members(path: Path) -> Iterator[tuple[int | str, Any]]:
    try:
        yield from stream_members(path)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"{path} is not JSON that can be read ({error}): copy it or run AlphaPose again."
        ) from error


_KEYS_OF_A_PICTURE = {VERSION_KEY, *(people for people, _ in PEOPLE.values())}


def _single(path: Path) -> SourceError:
    return SourceError(
        f"{path} holds a single picture: name the {RESULTS_NAME} beside its folder, "
        "which holds them all."
    )


def _foreign(path: Path) -> SourceError:
    return SourceError(
        f"{path} does not hold results of AlphaPose (image_id and keypoints of each person): "
        "leave it out, or name another file."
    )
