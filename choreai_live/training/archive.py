"""One file of pose sequences: what may stand in it, read and written whole or not at all.

A ``.npz`` holds its sequences end to end: ``keypoints`` (frames, 17, 3) in
x px, y px, score, or ``xyz`` (frames, 17, 4) in metres in camera axes (x
right, y down, z away from the camera) and score; ``offsets`` (sequences + 1,)
into the first axis; and ``name``, ``style``, ``group``, ``fps`` (sequences,).
It may hold ``substyle`` and ``source`` (sequences,), and ``note``, a text on
how it was made. An empty style is one not known yet.
"""

import os
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import numpy.typing as npt

from choreai_live.errors import DatasetError
from choreai_live.messages import Floats
from choreai_live.skeleton import KEYPOINT_COUNT

_TEXTS: Final = ("name", "style", "group")
_OPTIONAL_TEXTS: Final = ("substyle", "source")

Columns = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, eq=False, slots=True)
class Archive:
    """What one file holds.

    Parameters
    ----------
    points
        float32 (frames, keypoints=17, 3 or 4), see the module.
    offsets
        int64 (sequences + 1,): sequence ``i`` is rows ``offsets[i]`` to ``offsets[i + 1]``.
    fps
        float64 (sequences,), above 0.
    name, style, substyle, group, source
        One text per sequence.
    note
        How the file was made; empty if it does not say.
    """

    points: Floats
    offsets: npt.NDArray[np.int64]
    fps: npt.NDArray[np.float64]
    name: tuple[str, ...]
    style: tuple[str, ...]
    substyle: tuple[str, ...]
    group: tuple[str, ...]
    source: tuple[str, ...]
    note: str = ""

    def __len__(self) -> int:
        """Return the number of sequences."""
        return len(self.name)


def read_archive(path: Path) -> Archive:
    """Read one file.

    Where it has no ``source``, the source is the file's own name.

    Raises
    ------
    DatasetError
        If it cannot be read or does not hold what the module describes.
    """
    columns = _load(path)
    points = _points(path, columns)
    count, offsets = _offsets(path, columns, len(points))
    fps = _column(path, columns, "fps", count)
    if fps.dtype.kind not in "fiu" or not (np.isfinite(fps) & (fps > 0)).all():
        raise DatasetError(
            f"{path}: fps must be frames per second above 0, got {_first_bad_rate(fps)}."
        )
    texts = {key: _texts(path, columns, key, count) for key in _TEXTS}
    texts |= {key: _texts(path, columns, key, count) for key in _OPTIONAL_TEXTS if key in columns}
    return Archive(
        points=points,
        offsets=offsets,
        fps=fps.astype(np.float64),
        name=texts["name"],
        style=texts["style"],
        substyle=texts.get("substyle", texts["style"]),
        group=texts["group"],
        source=texts.get("source", (path.stem,) * count),
        note=str(columns["note"]) if "note" in columns else "",
    )


def write_archive(path: Path, archive: Archive) -> None:
    """Write one file; until it is whole, what was there before stays.

    Equal archives give equal bytes.

    Raises
    ------
    DatasetError
        If it cannot be written.
    """
    columns: dict[str, Any] = {
        "xyz" if archive.points.shape[-1] == 4 else "keypoints": archive.points,
        "offsets": archive.offsets,
        "fps": archive.fps,
        "note": np.array(archive.note),
    }
    for key in (*_TEXTS, *_OPTIONAL_TEXTS):
        columns[key] = np.array(getattr(archive, key), dtype=np.str_)
    # Beside its place, because only there can it be moved there in one step.
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as file:
            np.savez_compressed(file, allow_pickle=False, **columns)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise DatasetError(
            f"{path} cannot be written ({error.strerror or error}): "
            "choose another place or make room there."
        ) from error
    finally:
        with suppress(OSError):
            draft.unlink()


def _load(path: Path) -> Columns:
    try:
        # Opened here, because np.load leaves a damaged file open.
        with path.open("rb") as stream:
            return _unpacked(path, stream)
    except OSError as error:
        raise DatasetError(f"{path} cannot be read: {error.strerror or error}.") from error


def _unpacked(path: Path, stream: BinaryIO) -> Columns:
    try:
        file = np.load(stream, allow_pickle=False)
    except (ValueError, EOFError, zipfile.BadZipFile) as error:
        raise _not_an_archive(path) from error
    if not isinstance(file, np.lib.npyio.NpzFile):
        raise _not_an_archive(path)
    try:
        with file:
            return {key: file[key] for key in file.files}
    except (ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise DatasetError(
            f"{path} is damaged, or holds what would have to be unpickled ({error}): "
            "make or copy it again."
        ) from error


def _not_an_archive(path: Path) -> DatasetError:
    return DatasetError(
        f"{path} is not a file of pose sequences (an .npz archive of arrays): "
        "make it again, or take it away."
    )


def _points(path: Path, columns: Columns) -> Floats:
    given = [key for key in ("keypoints", "xyz") if key in columns]
    missing = sorted({"offsets", "fps", *_TEXTS} - set(columns))
    if len(given) != 1 or missing:
        raise DatasetError(
            f"{path} must hold keypoints or xyz, not both, and fps, group, name, offsets and "
            f"style; it holds {', '.join(sorted(columns)) or 'nothing'}."
        )
    points = columns[given[0]]
    width = 4 if given[0] == "xyz" else 3
    if points.ndim != 3 or points.shape[1:] != (KEYPOINT_COUNT, width):
        raise DatasetError(
            f"{path}: {given[0]} must be (frames, {KEYPOINT_COUNT}, {width}), the {KEYPOINT_COUNT} "
            f"keypoints of COCO with their scores, got {points.shape}."
        )
    if points.dtype.kind not in "fiu" or not np.isfinite(points).all():
        raise DatasetError(
            f"{path}: {given[0]} must be finite numbers, none of them NaN; "
            "give keypoints that were not seen the score 0."
        )
    return points.astype(np.float32)


def _offsets(path: Path, columns: Columns, frames: int) -> tuple[int, npt.NDArray[np.int64]]:
    offsets = columns["offsets"]
    sound = (
        offsets.ndim == 1
        and offsets.dtype.kind in "iu"
        and len(offsets) > 0
        and offsets[0] == 0
        and offsets[-1] == frames
        and bool((np.diff(offsets.astype(np.int64)) >= 0).all())
    )
    if not sound:
        raise DatasetError(
            f"{path}: offsets must be whole numbers that rise from 0 to the number of frames, "
            f"{frames}; write them anew."
        )
    return len(offsets) - 1, offsets.astype(np.int64)


def _column(path: Path, columns: Columns, key: str, count: int) -> npt.NDArray[Any]:
    column = columns[key]
    if column.shape != (count,):
        raise DatasetError(
            f"{path}: {key} must have one entry for each of the {count} sequences that offsets "
            f"tells of, but has the shape {column.shape}."
        )
    return column


def _texts(path: Path, columns: Columns, key: str, count: int) -> tuple[str, ...]:
    column = _column(path, columns, key, count)
    # An empty list has no type of its own.
    if column.dtype.kind != "U" and count:
        raise DatasetError(f"{path}: {key} must be texts, got {column.dtype}.")
    return tuple(map(str, column))


def _first_bad_rate(fps: npt.NDArray[Any]) -> str:
    if fps.dtype.kind not in "fiu":
        return str(fps.dtype)
    return f"{fps[~(np.isfinite(fps) & (fps > 0))][0]:g}"
