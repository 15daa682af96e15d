"""Labelled pose sequences, as they lie on disk and as training wants them.

A dataset is a folder of ``.npz`` files, one per source. Each holds its
sequences end to end: ``keypoints`` (frames, 17, 3) in x px, y px, score, or
``xyz`` (frames, 17, 4) in metres in camera axes (x right, y down, z away from
the camera) and score; ``offsets`` (sequences + 1,) into the first axis; and
``name``, ``style``, ``substyle``, ``group``, ``fps`` (sequences,).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from choreai_live.errors import ChoreaiError
from choreai_live.messages import Floats
from choreai_live.skeleton import KEYPOINT_COUNT

#: Below this score a keypoint of a source counts as not seen.
SEEN: Final = 0.1


class DatasetError(ChoreaiError):
    """Training data is missing or malformed."""


@dataclass(frozen=True, eq=False, slots=True)
class PoseSequence:
    """One dancer over time, with what is known about them.

    Parameters
    ----------
    points
        float32 (frames, keypoints=17, 3): x px, y px, score; or, seen from
        nowhere yet, (frames, keypoints=17, 4): x right, y down, z away in
        metres, score. Unseen keypoints are filled in time and keep score 0.
    rate
        Frames per second.
    name, source, group
        Which sequence, from which dataset; no two of the same ``group``
        (dancer or video) may be on both sides of a split.
    style, substyle
        What is danced; ``style`` is what the model learns, after
        :func:`relabel`.
    """

    points: Floats
    rate: float
    name: str
    source: str
    group: str
    style: str
    substyle: str = ""

    @property
    def is_3d(self) -> bool:
        """Whether a camera has yet to be chosen."""
        return bool(self.points.shape[-1] == 4)

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.points) / self.rate


def load_sequences(folder: Path, sources: Iterable[str] | None = None) -> list[PoseSequence]:
    """Read every sequence of the ``.npz`` files in ``folder``.

    Parameters
    ----------
    folder
        Where the files lie.
    sources
        File names without ``.npz``; None for all of them.

    Raises
    ------
    DatasetError
        If the folder has no such file, or a file does not hold what the
        module describes.
    """
    paths = (
        sorted(folder.glob("*.npz"))
        if sources is None
        else [folder / f"{source}.npz" for source in sources]
    )
    if not paths:
        raise DatasetError(f"{folder} holds no .npz pose sequences: name the folder that does.")
    return [sequence for path in paths for sequence in _read_source(path)]


def relabel(sequences: Iterable[PoseSequence], mapping: Mapping[str, str]) -> list[PoseSequence]:
    """Return the sequences whose style ``mapping`` names, under their new style."""
    return [
        PoseSequence(s.points, s.rate, s.name, s.source, s.group, mapping[s.style], s.substyle)
        for s in sequences
        if s.style in mapping
    ]


def resample(points: Floats, rate: float, to_rate: float) -> Floats:
    """Resample (frames, ...) in time by linear interpolation.

    As the program itself does with live keypoints, so that nothing about a
    source's frame rate is left but its blur.
    """
    count = len(points)
    times = np.arange(0.0, count - 1 + 1e-6, rate / to_rate)
    low = np.minimum(times.astype(np.int64), count - 1)
    high = np.minimum(low + 1, count - 1)
    part = (times - low).astype(np.float32).reshape(-1, *[1] * (points.ndim - 1))
    result: Floats = points[low] * (1 - part) + points[high] * part
    return result


def split_groups(
    sequences: Sequence[PoseSequence], folds: int, seed: int = 0
) -> list[npt.NDArray[np.int64]]:
    """Split into folds in which no group, of any source, appears twice.

    Within every style and source the groups are dealt out to the folds in
    turn, longest first, so that each fold sees each source where it has
    enough groups.

    Returns
    -------
    list of int64 arrays
        Indices into ``sequences``, one array per fold.
    """
    rng = np.random.default_rng(seed)
    order = rng.permutation(folds)
    fold_of: dict[str, int] = {}
    sources = sorted({(s.style, s.source) for s in sequences})
    load = np.zeros(folds)
    for style, source in sources:
        seconds: dict[str, float] = {}
        for s in sequences:
            if (s.style, s.source) == (style, source):
                seconds[s.group] = seconds.get(s.group, 0.0) + s.seconds
        here = np.zeros(folds)
        for group in seconds:
            if group in fold_of:
                here[fold_of[group]] += seconds[group]
        for group in sorted(seconds, key=lambda g: (-seconds[g], g)):
            if group in fold_of:
                continue
            # The emptiest fold for this source; among equals, the emptiest of all.
            fold = min(order, key=lambda f: (here[f], load[f]))
            fold_of[group] = int(fold)
            here[fold] += seconds[group]
        load += here
    return [
        np.array([i for i, s in enumerate(sequences) if fold_of[s.group] == fold], dtype=np.int64)
        for fold in range(folds)
    ]


def _read_source(path: Path) -> list[PoseSequence]:
    try:
        with np.load(path, allow_pickle=False) as file:
            columns: dict[str, npt.NDArray[Any]] = {key: file[key] for key in file.files}
    except (OSError, ValueError) as error:
        raise DatasetError(f"{path} cannot be read as pose sequences ({error}).") from error
    wanted = {"offsets", "name", "style", "group", "fps"}
    points = columns.get("xyz", columns.get("keypoints"))
    if points is None or not wanted <= set(columns):
        raise DatasetError(
            f"{path} must hold keypoints or xyz, and {', '.join(sorted(wanted))}; "
            f"it holds {', '.join(sorted(columns))}."
        )
    width = 4 if "xyz" in columns else 3
    if points.ndim != 3 or points.shape[1:] != (KEYPOINT_COUNT, width):
        raise DatasetError(
            f"{path}: expected (frames, {KEYPOINT_COUNT}, {width}) keypoints, got {points.shape}."
        )
    if not np.isfinite(points).all():
        raise DatasetError(f"{path}: keypoints must be finite; give unseen ones the score 0.")
    offsets = columns["offsets"]
    substyles = columns.get("substyle", columns["style"])
    return [
        PoseSequence(
            _fill_unseen(points[offsets[i] : offsets[i + 1]].astype(np.float32)),
            float(columns["fps"][i]),
            str(columns["name"][i]),
            path.stem,
            str(columns["group"][i]),
            str(columns["style"][i]),
            str(substyles[i]),
        )
        for i in range(len(offsets) - 1)
        if offsets[i + 1] - offsets[i] >= 2
    ]


def _fill_unseen(points: Floats) -> Floats:
    """Give unseen keypoints the position between their last and next sighting.

    Some estimators write (0, 0) for what they did not find; the score stays
    at 0, so nothing downstream takes it for seen.
    """
    points = points.copy()
    frames = np.arange(len(points))
    for keypoint in range(points.shape[1]):
        track = points[:, keypoint]
        unseen = (track[:, -1] < SEEN) & (np.abs(track[:, :-1]).max(axis=1) < 1e-6)
        if not unseen.any():
            continue
        seen = ~unseen
        for axis in range(points.shape[2] - 1):
            track[unseen, axis] = (
                np.interp(frames[unseen], frames[seen], track[seen, axis]) if seen.any() else 0.0
            )
        track[unseen, -1] = 0.0
    return points
