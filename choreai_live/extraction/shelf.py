"""The dataset being made: one file for each recording, and what it says of how it was made."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from choreai_live import __version__
from choreai_live.errors import DatasetError
from choreai_live.extraction.extractor import Extracted, ExtractionSettings
from choreai_live.extraction.labelling import Label
from choreai_live.extraction.recordings import Recording
from choreai_live.pose import model_hashes
from choreai_live.training.archive import Archive, read_archive, write_archive
from choreai_live.training.datasets import PoseSequence, save_sequences

#: Changes its number when what is extracted from the same recording changes.
_SCHEMA: Final = "choreai.extraction/1"


class Shelf:
    """The folder of a dataset, to which recordings are added one by one.

    Parameters
    ----------
    folder
        Where the dataset is or will be.
    settings
        How recordings are extracted today.

    Raises
    ------
    DatasetError
        If nothing can be written there.
    ModelError
        If there is no such pose pipeline, or it needs a model that was not added.
    """

    def __init__(self, folder: Path, settings: ExtractionSettings) -> None:
        self.folder = folder
        self._settings = settings
        self._models = model_hashes(settings.pose)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            trial = folder / ".trial.part"
            trial.touch()
            trial.unlink()
        except OSError as error:
            raise DatasetError(
                f"{folder} cannot be written to ({error.strerror}): choose another folder."
            ) from error

    def path(self, recording: Recording) -> Path:
        """Return where the sequences of a recording are or will be."""
        return self.folder / f"{recording.place}.npz"

    def find(self, recording: Recording) -> Archive | None:
        """Return what a recording gave before, if it would give the same today.

        Raises
        ------
        DatasetError
            If its place is taken by what another recording, or something
            else, put there.
        SourceError
            If the recording cannot be read.
        """
        path = self.path(recording)
        if not path.exists():
            return None
        try:
            archive = read_archive(path)
        except DatasetError:
            return None  # damaged since, and to be made again
        note = _note_of(archive)
        identity = recording.identity()
        if any(note.get(key) != value for key, value in identity.items()):
            raise DatasetError(
                f"{path} is of another recording than {recording.path} is now: "
                "remove it, or extract into another folder."
            )
        return archive if note.get("settings") == self._told(recording) else None

    def put(self, recording: Recording, extracted: Extracted, label: Label) -> None:
        """Write the sequences of a recording, whole or not at all.

        Raises
        ------
        DatasetError
            If they cannot be written.
        SourceError
            If the recording is gone.
        """
        sequences = [
            PoseSequence(
                points=stretch.points,
                rate=stretch.rate,
                name=f"{recording.place}, dancer {stretch.dancer}, {stretch.start:.2f} s",
                source=label.source,
                group=label.group,
                style=label.style,
                substyle=label.style,
            )
            for stretch in extracted.stretches
        ]
        note = {
            "schema": _SCHEMA,
            "generator": f"choreai-live {__version__}",
            "recording": str(recording.place),
            **recording.identity(),
            "settings": self._told(recording),
            "frames": extracted.frames,
            "dropped": extracted.dropped,
        }
        save_sequences(self.path(recording), sequences, json.dumps(note, sort_keys=True))

    def relabel(self, recording: Recording, archive: Archive, label: Label) -> bool:
        """Bring the labels of what was found up to date; return whether they were not.

        Raises
        ------
        DatasetError
            If they cannot be written.
        """
        count = len(archive)
        wanted = replace(
            archive,
            style=(label.style,) * count,
            substyle=(label.style,) * count,
            group=(label.group,) * count,
            source=(label.source,) * count,
        )
        if _labels_of(wanted) == _labels_of(archive):
            return False
        write_archive(self.path(recording), wanted)
        return True

    def _told(self, recording: Recording) -> dict[str, Any]:
        """Return all that decides what comes out of a recording."""
        settings = self._settings
        told: dict[str, Any] = {"dancers": settings.dancers, **asdict(settings.cutting)}
        if recording.is_results:
            return {**told, "pose": "AlphaPose", "fps": settings.fps}
        return {**told, "pose": settings.pose, "models": self._models}


def _labels_of(archive: Archive) -> tuple[tuple[str, ...], ...]:
    return archive.style, archive.substyle, archive.group, archive.source


def _note_of(archive: Archive) -> dict[str, Any]:
    try:
        note = json.loads(archive.note)
    except ValueError:
        return {}
    return note if isinstance(note, dict) and note.get("schema") == _SCHEMA else {}
