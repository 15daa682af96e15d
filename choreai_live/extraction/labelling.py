"""What is danced in each recording: by the name of its folder, or by a CSV file."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from choreai_live.errors import DatasetError
from choreai_live.extraction.recordings import Recording

_NEEDED: Final = ("file", "label")


@dataclass(frozen=True, slots=True)
class Label:
    """What is known of the dancing in one recording.

    Parameters
    ----------
    style
        What is danced; empty if that is not known.
    group
        What must not be on both sides of a split: the performer, or else the recording.
    source
        Where it comes from: recordings of one camera, one collection, one
        estimator. Training balances the sources of a style.
    """

    style: str
    group: str
    source: str


@dataclass(frozen=True, slots=True)
class Labelling:
    """The labels of all recordings.

    Parameters
    ----------
    labels
        For each recording that has one.
    complaints
        One sentence for each thing to mend.
    """

    labels: dict[Recording, Label]
    complaints: tuple[str, ...] = ()


def without_labels(recordings: Sequence[Recording], source: str) -> Labelling:
    """Label nothing: every recording has an empty style."""
    return Labelling({r: _default(r, "", source) for r in recordings})


def labels_from_folders(recordings: Sequence[Recording], source: str) -> Labelling:
    """Label each recording by the name of the folder it stands in."""
    labels = {r: _default(r, r.folder, source) for r in recordings if r.folder}
    complaints = tuple(
        f"{r.path} has no label, for it is in no folder: put it into one that is called "
        "what is danced."
        for r in recordings
        if r not in labels
    )
    return Labelling(labels, complaints)


def labels_from_csv(
    path: Path,
    recordings: Sequence[Recording],
    folders: Sequence[Path],
    source: str,
    *,
    unlabelled: bool = False,
) -> Labelling:
    """Label recordings by a CSV file with the columns ``file``, ``label``.

    There may also be ``group``; other columns are ignored. Rows that cannot be used become
    complaints, and so do recordings that would be left without a label.

    Parameters
    ----------
    path
        The CSV file.
    recordings
        What to label.
    folders
        Where files may lie that it names, beside its own folder.
    source
        Of all of them.
    unlabelled
        Whether recordings that it does not name get an empty style.

    Raises
    ------
    DatasetError
        If the file cannot be read or has not these columns.
    """
    by_file = {recording.path.resolve(): recording for recording in recordings}
    labels: dict[Recording, Label] = {}
    lines: dict[Recording, int] = {}
    contradicted: set[Recording] = set()
    complaints: list[str] = []
    for line, row in _rows(path):
        where = f"{path}, line {line}"
        file, style = row["file"], row["label"]
        if not file:
            complaints.append(f"{where} names no file: write one, or take the line out.")
            continue
        target = _target(Path(file), [path.parent, *folders])
        if target is None:
            complaints.append(f"{where} names {file}, which does not exist: mend or remove it.")
            continue
        recording = by_file.get(target)
        if recording is None:
            continue  # a file that exists, but is not to be extracted today
        label = _default(recording, style, source, row["group"])
        first = lines.setdefault(recording, line)
        if first != line:
            same = labels.get(recording) == label
            complaints.append(
                f"{where} names {file} again, after line {first}"
                f"{'' if same else ', and says something else'}: remove one of the two."
            )
            if not same:
                contradicted.add(recording)
        elif style or unlabelled:
            labels[recording] = label
        else:
            complaints.append(f"{where} gives {file} no label: write one.")
    for recording in recordings:
        if recording in contradicted:
            labels.pop(recording, None)
        elif recording not in lines:
            if unlabelled:
                labels[recording] = _default(recording, "", source)
            else:
                complaints.append(
                    f"{recording.path} has no label: give it a line in {path}, "
                    "or keep such recordings with --unlabelled."
                )
    return Labelling(labels, tuple(complaints))


def _default(recording: Recording, style: str, source: str, group: str = "") -> Label:
    return Label(style, group or str(recording.place), source)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return line number and fields of each row; those not given are empty."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, skipinitialspace=True, strict=True)
            header = [name.strip().lower() for name in reader.fieldnames or ()]
            missing = [name for name in _NEEDED if name not in header]
            if missing:
                raise DatasetError(
                    f"{path} has no column '{missing[0]}': its first line must be "
                    "file,label or file,label,group, with commas."
                )
            reader.fieldnames = header
            wanted = (*_NEEDED, "group")
            return [
                (reader.line_num, {key: (row.get(key) or "").strip() for key in wanted})
                for row in reader
            ]
    except OSError as error:
        raise DatasetError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path} is not text in UTF-8: save it as CSV UTF-8.") from error
    except csv.Error as error:
        raise DatasetError(f"{path} is not CSV that can be read ({error}): mend it.") from error


def _target(file: Path, folders: Sequence[Path]) -> Path | None:
    """Return the file that is meant, or None if there is none."""
    for folder in folders:
        target = folder / file
        if target.exists():
            return target.resolve()
    return None
