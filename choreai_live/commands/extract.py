"""``choreai-live extract``: pose sequences to train on, from any number of videos."""

import logging
import os
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from choreai_live.commands.console import out, paused, progress_bar, say
from choreai_live.errors import ChoreaiError, SourceError
from choreai_live.extraction.extractor import Extracted, ExtractionSettings, Failed
from choreai_live.extraction.labelling import (
    Label,
    Labelling,
    labels_from_csv,
    labels_from_folders,
    without_labels,
)
from choreai_live.extraction.ray_cluster import extract_on_ray
from choreai_live.extraction.recordings import Recording, find_recordings
from choreai_live.extraction.shelf import Shelf
from choreai_live.extraction.workers import Event, extract_here

logger = logging.getLogger(__name__)

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class LabelSettings:
    """Where labels come from.

    Parameters
    ----------
    csv
        A CSV file of labels; None for the names of folders.
    unlabelled
        Whether recordings without a label are kept, and names of folders mean nothing.
    source
        What to call where the recordings come from; None for the name of the dataset.
    """

    csv: Path | None = None
    unlabelled: bool = False
    source: str | None = None


@dataclass(frozen=True, slots=True)
class WorkSettings:
    """Where the work is done.

    Parameters
    ----------
    workers
        Recordings at a time; None for as many as seems good.
    ray
        Address of a Ray cluster; None for this machine.
    """

    workers: int | None = None
    ray: str | None = None


@dataclass(slots=True)
class _Row:
    """What there is of one label."""

    recordings: int = 0
    empty: int = 0
    sequences: int = 0
    seconds: float = 0.0


@dataclass(slots=True)
class _Tally:
    """What became of the recordings."""

    extracted: int = 0
    kept: int = 0
    relabelled: int = 0
    dropped: int = 0
    failed: list[Recording] = field(default_factory=list)
    notices: set[str] = field(default_factory=set)
    rows: dict[str, _Row] = field(default_factory=dict)

    def add(self, style: str, lengths: Sequence[float]) -> None:
        """Count one recording whose sequences have these lengths, seconds."""
        row = self.rows.setdefault(style, _Row())
        row.recordings += 1
        row.empty += not lengths
        row.sequences += len(lengths)
        row.seconds += sum(lengths)


def run(
    sources: Sequence[Path],
    folder: Path,
    settings: ExtractionSettings,
    labelling: LabelSettings,
    work: WorkSettings,
) -> int:
    """Extract whatever is not extracted yet, and print what the dataset has of it all.

    Returns
    -------
    int
        Exit status: 0, 1 if a recording could not be extracted or labelled, 130 after Ctrl-C.

    Raises
    ------
    ChoreaiError
        If the work cannot begin.
    """
    recordings = find_recordings(sources, results=settings.fps is not None)
    labelled = _labels(recordings, sources, folder, labelling)
    shelf = Shelf(folder, settings)
    tally = _Tally()
    for complaint in labelled.complaints:
        say(complaint)
    todo = _not_there_yet(shelf, labelled.labels, tally)
    interrupted = _extract_all(shelf, todo, labelled.labels, settings, work, tally)
    _print_summary(folder, tally)
    if interrupted:
        say(
            f"Stopped; {tally.extracted} of {len(todo)} recordings were extracted. "
            "The same command goes on from there."
        )
        return INTERRUPTED
    return 1 if tally.failed or labelled.complaints else 0


def _labels(
    recordings: Sequence[Recording], sources: Sequence[Path], folder: Path, wanted: LabelSettings
) -> Labelling:
    source = wanted.source or folder.resolve().name
    if wanted.csv is not None:
        folders = [path if path.is_dir() else path.parent for path in sources]
        return labels_from_csv(
            wanted.csv, recordings, folders, source, unlabelled=wanted.unlabelled
        )
    if wanted.unlabelled:
        return without_labels(recordings, source)
    return labels_from_folders(recordings, source)


def _not_there_yet(shelf: Shelf, labels: dict[Recording, Label], tally: _Tally) -> list[Recording]:
    """Return what is to be extracted, and bring the labels of the rest up to date."""
    todo = []
    for recording, label in labels.items():
        try:
            archive = shelf.find(recording)
            if archive is None:
                todo.append(recording)
                continue
            tally.relabelled += shelf.relabel(recording, archive, label)
            tally.kept += 1
            tally.add(label.style, list(np.diff(archive.offsets) / archive.fps))
        except ChoreaiError as error:
            say(str(error))
            tally.failed.append(recording)
    return todo


def _extract_all(
    shelf: Shelf,
    todo: list[Recording],
    labels: dict[Recording, Label],
    settings: ExtractionSettings,
    work: WorkSettings,
    tally: _Tally,
) -> bool:
    """Extract recordings, and return whether Ctrl-C came."""
    if not todo:
        return False
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeRemainingColumn(),
    )
    with progress_bar(*columns) as progress, closing(_events(todo, settings, work)) as events:
        task = progress.add_task("extracting", total=len(todo), count=f"0 of {len(todo)}")
        shares = dict.fromkeys(todo, 0.0)
        try:
            for recording, event in events:
                shares[recording] = event if isinstance(event, float) else 1.0
                if not isinstance(event, float):
                    _finish(shelf, recording, labels[recording], event, tally, progress)
                _show(progress, task, shares, tally)
        except KeyboardInterrupt:
            return True
    return False


def _events(
    todo: list[Recording], settings: ExtractionSettings, work: WorkSettings
) -> Generator[tuple[Recording, Event], None, None]:
    if work.ray is not None:
        return extract_on_ray(todo, settings, work.ray, work.workers)
    return extract_here(todo, settings, min(work.workers or _usual_workers(), len(todo)))


def _usual_workers() -> int:
    # Decoding and poses of one video keep about two cores busy.
    return max((os.cpu_count() or 1) // 2, 1)


def _finish(
    shelf: Shelf,
    recording: Recording,
    label: Label,
    outcome: Extracted | Failed,
    tally: _Tally,
    progress: Progress,
) -> None:
    """Put what was extracted on the shelf, or say why nothing was."""
    sentences: list[str] = []
    if isinstance(outcome, Extracted):
        sentences += [notice for notice in outcome.notices if notice not in tally.notices]
        tally.notices |= set(outcome.notices)
        try:
            shelf.put(recording, outcome, label)
        except SourceError as error:
            outcome = Failed(str(error))
    if isinstance(outcome, Failed):
        sentences.append(outcome.reason)
        tally.failed.append(recording)
        if outcome.details:
            logger.error("%s", outcome.details)
    else:
        tally.extracted += 1
        tally.dropped += outcome.dropped
        tally.add(label.style, [len(s.points) / s.rate for s in outcome.stretches])
    if sentences:
        with paused(progress):
            for sentence in sentences:
                say(sentence)


def _show(progress: Progress, task: TaskID, shares: dict[Recording, float], tally: _Tally) -> None:
    finished = tally.extracted + len(tally.failed)
    progress.update(task, completed=sum(shares.values()), count=f"{finished} of {len(shares)}")


def _print_summary(folder: Path, tally: _Tally) -> None:
    if tally.rows:
        out.print(_table(tally.rows))
    counts = [f"{tally.extracted} extracted", f"{tally.kept} already there"]
    if tally.relabelled:
        counts.append(f"{tally.relabelled} of these relabelled")
    if tally.dropped:
        plural = "" if tally.dropped == 1 else "s"
        counts.append(f"{tally.dropped} fragment{plural} not worth keeping")
    if tally.failed:
        counts.append(f"{len(tally.failed)} failed")
    out.print(Text(f"{folder}: {', '.join(counts)}."), soft_wrap=True)
    if tally.failed:
        names = ", ".join(sorted(str(recording.place) for recording in tally.failed))
        say(f"Not extracted: {names}.")


def _table(rows: dict[str, _Row]) -> Table:
    table = Table(min_width=60)
    table.add_column("Label")
    for heading in ("Recordings", "Nobody kept", "Sequences", "Minutes"):
        table.add_column(heading, justify="right")
    for style, row in sorted(rows.items()):
        table.add_row(
            Text(style) if style else Text("no label", style="dim"),
            str(row.recordings),
            str(row.empty),
            str(row.sequences),
            f"{row.seconds / 60:.1f}",
        )
    return table
