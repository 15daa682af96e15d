"""What there is to extract: videos and results of AlphaPose, in files and folders."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from choreai_live.errors import SourceError
from choreai_live.recorded.forms import RESULTS_NAME

#: Files of a folder that are taken for videos; a file named by the user is
#: tried whatever it is called.
VIDEO_SUFFIXES: Final = frozenset(
    {".3gp", ".avi", ".flv", ".m2ts", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".mts"}
    | {".webm", ".wmv"}
)
_RESULTS_SUFFIX: Final = ".json"

#: AlphaPose's folder of single pictures, all of which are in the file beside it.
_SINGLE_PICTURES: Final = "sep-json"

#: So much of either end of a file tells it from others; reading every gigabyte
#: of a collection would take longer than needed.
_END_BYTES: Final = 65536


@dataclass(frozen=True, slots=True)
class Recording:
    """One video, or the results that AlphaPose has for one.

    Parameters
    ----------
    path
        Absolute.
    place
        Where it stands among the others, its folder included
        (``afrobeat/clip.mp4``): also where its sequences go in the dataset.
    """

    path: Path
    place: PurePosixPath

    @property
    def is_results(self) -> bool:
        """Whether it is AlphaPose's results, not a video."""
        return self.path.suffix.lower() == _RESULTS_SUFFIX

    @property
    def folder(self) -> str:
        """Name of the folder it stands in; empty if in none."""
        return self.place.parent.name

    def identity(self) -> dict[str, int | str]:
        """Return what tells this file's content from any other's, wherever it is moved.

        Raises
        ------
        SourceError
            If the file cannot be read.
        """
        try:
            size = self.path.stat().st_size
            with self.path.open("rb") as file:
                ends = file.read(_END_BYTES)
                file.seek(max(size - _END_BYTES, 0))
                ends += file.read(_END_BYTES)
        except OSError as error:
            raise SourceError(f"{self.path} cannot be read: {error.strerror}.") from error
        return {"bytes": size, "sha256_of_ends": hashlib.sha256(ends).hexdigest()}


def find_recordings(sources: Sequence[Path], *, results: bool) -> list[Recording]:
    """Return the recordings in files and folders, each once, in order of their places.

    Parameters
    ----------
    sources
        Files, and folders that are searched with all their subfolders.
    results
        Whether folders are searched for results of AlphaPose too.

    Raises
    ------
    SourceError
        If a source does not exist, a folder holds no recording, or two
        recordings would go to the same place.
    """
    found: dict[PurePosixPath, Recording] = {}
    for source in sources:
        for recording in _in_source(source, results=results):
            other = found.setdefault(recording.place, recording)
            if not _same_file(other.path, recording.path):
                raise SourceError(
                    f"{other.path} and {recording.path} would both be extracted to "
                    f"{recording.place}.npz: extract them into datasets of their own."
                )
    return [found[place] for place in sorted(found)]


def _in_source(source: Path, *, results: bool) -> list[Recording]:
    try:
        if source.is_dir():
            return _in_folder(source, results=results)
        if source.exists():
            root = source.parent.resolve()
            return [_recording(root / source.name, root)]
    except OSError as error:
        raise SourceError(f"{source} cannot be read: {error.strerror}.") from error
    raise SourceError(f"There is no file or folder '{source}'; check how it is written.")


def _in_folder(folder: Path, *, results: bool) -> list[Recording]:
    root = folder.resolve()
    files = list(_files(root))
    wanted = VIDEO_SUFFIXES | ({_RESULTS_SUFFIX} if results else set())
    found = [_recording(path, root) for path in files if path.suffix.lower() in wanted]
    if found:
        return found
    ignored = sum(path.suffix.lower() == _RESULTS_SUFFIX for path in files)
    if ignored and not results:
        raise SourceError(
            f"{folder} holds no video, but {ignored} .json files: if they are results of "
            "AlphaPose, say with --fps how many pictures a second they are of."
        )
    raise SourceError(f"{folder} holds no video: name the folder that does.")


def _files(root: Path) -> Iterator[Path]:
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = [n for n in subfolders if not n.startswith(".") and n != _SINGLE_PICTURES]
        for name in names:
            if not name.startswith("."):
                yield Path(folder, name)


def _recording(path: Path, root: Path) -> Recording:
    # The folder of such a file is what is named after the video.
    called = path
    if path.name == RESULTS_NAME and path.parent.name:
        called = path.parent.with_name(path.parent.name + path.suffix)
    inside = root in called.parents and called.parent != root
    base = root if inside else called.parent.parent
    return Recording(path, PurePosixPath(called.relative_to(base).as_posix()))


def _same_file(one: Path, other: Path) -> bool:
    return one == other or one.samefile(other)
