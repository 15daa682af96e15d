"""Labelled pose sequences, as they lie on disk and as training wants them.

A dataset is a folder, with subfolders or without, of ``.npz`` files, each as
:mod:`choreai_live.training.archive` describes it: one per source, or one per
video under a common ``source``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from choreai_live.errors import DatasetError
from choreai_live.messages import Floats
from choreai_live.skeleton import KEYPOINT_COUNT
from choreai_live.training.archive import Archive, read_archive, write_archive

__all__ = [
    "SEEN",
    "DatasetError",
    "PoseSequence",
    "check_trainable",
    "load_sequences",
    "relabel",
    "resample",
    "save_sequences",
    "split_groups",
]

#: Below this score a keypoint of a source counts as not seen.
SEEN: Final = 0.1

#: A style needs a sequence of at least this many seconds: the second that the
#: style model has for lead-in.
SHORTEST: Final = 1.0


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
    """Read every sequence of the ``.npz`` files in ``folder`` and its subfolders.

    Sequences of fewer than two frames are left out: nothing moves in them.

    Parameters
    ----------
    folder
        Where the files lie.
    sources
        Names of the sources wanted; None for all of them.

    Raises
    ------
    DatasetError
        If the folder has no such file or source, or a file does not hold what
        it should.
    """
    wanted = None if sources is None else list(sources)
    named = [] if wanted is None else [folder / f"{source}.npz" for source in wanted]
    # Where each source has its own file, the others need not be read.
    direct = bool(named) and all(path.is_file() for path in named)
    paths = named if direct else sorted(_visible(folder))
    if not paths:
        raise DatasetError(f"{folder} holds no .npz pose sequences: name the folder that does.")
    sequences = [s for path in paths for s in _sequences(read_archive(path))]
    if wanted is None or direct:
        return sequences
    there = {s.source for s in sequences}
    for source in wanted:
        if source not in there:
            raise DatasetError(
                f"{folder} has no source '{source}': choose among {', '.join(sorted(there))}."
            )
    return [s for s in sequences if s.source in wanted]


def save_sequences(path: Path, sequences: Sequence[PoseSequence], note: str = "") -> None:
    """Write sequences, all 2D or all 3D, to one ``.npz``; whole, or not at all.

    Parameters
    ----------
    path
        Where to; its folder is made.
    sequences
        May be none, where nobody was seen in a video.
    note
        A text on how they were made.

    Raises
    ------
    DatasetError
        If it cannot be written, or if 2D and 3D are mixed.
    """
    widths = {s.points.shape[-1] for s in sequences} or {3}
    if len(widths) > 1:
        raise DatasetError(f"{path} cannot hold 2D and 3D sequences: write them to two files.")
    empty = np.zeros((0, KEYPOINT_COUNT, *widths), np.float32)
    archive = Archive(
        points=np.concatenate([empty, *(s.points for s in sequences)], dtype=np.float32),
        offsets=np.cumsum([0, *(len(s.points) for s in sequences)], dtype=np.int64),
        fps=np.array([s.rate for s in sequences], dtype=np.float64),
        name=tuple(s.name for s in sequences),
        style=tuple(s.style for s in sequences),
        substyle=tuple(s.substyle for s in sequences),
        group=tuple(s.group for s in sequences),
        source=tuple(s.source for s in sequences),
        note=note,
    )
    write_archive(path, archive)


def check_trainable(sequences: Sequence[PoseSequence], labels: Iterable[str] | None = None) -> None:
    """Refuse what no style model can be trained on.

    Parameters
    ----------
    sequences
        Under the styles that the model is to learn.
    labels
        What the model is to tell apart; None for every style there is.

    Raises
    ------
    DatasetError
        One sentence if there is nothing, a sequence has no label or one that
        is not among ``labels``, fewer than two labels are there, a label has
        no sequence or only such as are over in less than a second, or a
        sequence has NaNs, another number of keypoints, or no frame rate.
    """
    if not sequences:
        raise DatasetError("There is no pose sequence to train on: name a folder that holds some.")
    for sequence in sequences:
        _check_sequence(sequence)
    unlabelled = [s for s in sequences if not s.style]
    if unlabelled:
        raise DatasetError(
            f"{len(unlabelled)} of {len(sequences)} sequences have no label, the first being "
            f"{_called(unlabelled[0])}: label them, or take them out of the data."
        )
    found = Counter(s.style for s in sequences)
    wanted = sorted(found) if labels is None else list(labels)
    strangers = sorted(set(found) - set(wanted))
    if strangers:
        raise DatasetError(
            f"{found[strangers[0]]} sequences are labelled '{strangers[0]}', which is not among "
            f"the labels {', '.join(wanted)}: add it there, or leave those sequences out."
        )
    if len(set(wanted)) < 2:
        raise DatasetError(
            f"There is only one label, '{wanted[0]}': add sequences of at least one other, "
            "for there is nothing to tell apart."
        )
    for label in wanted:
        if label not in found:
            raise DatasetError(f"No sequence is labelled '{label}': add some, or drop it.")
        longest = max(s.seconds for s in sequences if s.style == label)
        if longest < SHORTEST:
            raise DatasetError(
                f"No sequence of '{label}' lasts {SHORTEST:g} s or longer (the longest has "
                f"{longest:.2g} s): add longer ones."
            )


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


def _visible(folder: Path) -> Iterable[Path]:
    """Yield the .npz files under a folder but hidden ones, such as macOS leaves on other disks."""
    return (p for p in folder.rglob("*.npz") if p.is_file() and not p.name.startswith("."))


def _sequences(archive: Archive) -> Iterable[PoseSequence]:
    for i, (begin, end) in enumerate(zip(archive.offsets, archive.offsets[1:], strict=False)):
        if end - begin >= 2:
            yield PoseSequence(
                _fill_unseen(archive.points[begin:end]),
                float(archive.fps[i]),
                archive.name[i],
                archive.source[i],
                archive.group[i],
                archive.style[i],
                archive.substyle[i],
            )


def _check_sequence(sequence: PoseSequence) -> None:
    shape = sequence.points.shape
    if len(shape) != 3 or shape[1] != KEYPOINT_COUNT or shape[2] not in (3, 4):
        raise DatasetError(
            f"{_called(sequence)} must have {KEYPOINT_COUNT} keypoints of 3 or 4 numbers in each "
            f"frame, but has the shape {shape}: convert it to the keypoints of COCO."
        )
    if not np.isfinite(sequence.points).all():
        raise DatasetError(
            f"{_called(sequence)} has keypoints that are not numbers (NaN): "
            "give keypoints that were not seen the score 0."
        )
    if not sequence.rate > 0 or not np.isfinite(sequence.rate):
        raise DatasetError(
            f"{_called(sequence)} has {sequence.rate:g} frames per second: "
            "write its real frame rate."
        )


def _called(sequence: PoseSequence) -> str:
    return f"'{sequence.name}' of {sequence.source}"


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
