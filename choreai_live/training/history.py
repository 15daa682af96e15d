"""What happened in the course of a run: a CSV that survives interruptions, and TensorBoard."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from choreai_live.errors import ChoreaiError
from choreai_live.training.fitting import Entry
from choreai_live.training.validation import Score

_COLUMNS: Final = (
    "update",
    "learning_rate",
    "loss",
    "validation_loss",
    "validation_balanced_accuracy",
)


@dataclass(slots=True)
class Curves:
    """The history of a run as columns.

    Parameters
    ----------
    updates, losses
        One for each update.
    validated, validation_losses, accuracies
        One for each look at the held-out groups.
    """

    updates: list[int] = field(default_factory=list)
    losses: list[float] = field(default_factory=list)
    validated: list[int] = field(default_factory=list)
    validation_losses: list[float] = field(default_factory=list)
    accuracies: list[float] = field(default_factory=list)

    @property
    def best_update(self) -> int:
        """The one whose averaged weights are kept: the best on the held-out groups, or the last."""
        if not self.validated:
            return self.updates[-1] if self.updates else 0
        return self.validated[self.validation_losses.index(min(self.validation_losses))]


class HistoryFile:
    """A CSV with one row per update; a resumed run goes on where its checkpoint was.

    Parameters
    ----------
    path
        The file; its folder is there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._started = False

    def record(self, entry: Entry) -> None:
        """Append what happened in an update."""
        if not self._started:
            self._forget_from(entry.update)
            self._started = True
        score = entry.score
        with self._path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(
                [
                    entry.update,
                    f"{entry.learning_rate:.6g}",
                    f"{entry.loss:.6g}",
                    "" if score is None else f"{score.loss:.6g}",
                    "" if score is None else f"{score.balanced_accuracy:.6g}",
                ]
            )

    def _forget_from(self, update: int) -> None:
        """Drop what a broken-off run did after its last checkpoint, and will do again."""
        kept = [e for e in read_history(self._path) if e.update < update]
        with self._path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(_COLUMNS)
        self._started = True
        for entry in kept:
            self.record(entry)


def read_history(path: Path) -> list[Entry]:
    """Read what :class:`HistoryFile` wrote; nothing if there is no file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Entry(
                int(row["update"]),
                float(row["learning_rate"]),
                float(row["loss"]),
                Score(float(row["validation_loss"]), float(row["validation_balanced_accuracy"]))
                if row["validation_loss"]
                else None,
            )
            for row in csv.DictReader(file)
        ]


def curves_of(entries: list[Entry]) -> Curves:
    """Return a history as columns."""
    curves = Curves()
    for entry in entries:
        curves.updates.append(entry.update)
        curves.losses.append(entry.loss)
        if entry.score is not None:
            curves.validated.append(entry.update)
            curves.validation_losses.append(entry.score.loss)
            curves.accuracies.append(entry.score.balanced_accuracy)
    return curves


class TensorBoardLog:
    """The same for TensorBoard.

    Parameters
    ----------
    folder
        Where its event files go.

    Raises
    ------
    ChoreaiError
        If TensorBoard is not installed.
    """

    def __init__(self, folder: Path) -> None:
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError as error:
            raise ChoreaiError(
                "TensorBoard is not installed: run `pip install tensorboard`, or set "
                "tensorboard = false; history.csv has the same numbers."
            ) from error
        self._folder = folder
        self._make = SummaryWriter
        self._writer: SummaryWriter | None = None

    def record(self, entry: Entry) -> None:
        """Write what happened in an update."""
        if self._writer is None:
            # Hides what a broken-off run wrote after its last checkpoint.
            self._writer = self._make(str(self._folder), purge_step=entry.update)
        numbers = {"learning rate": entry.learning_rate, "loss/training": entry.loss}
        if entry.score is not None:
            numbers["loss/validation"] = entry.score.loss
            numbers["balanced accuracy/validation"] = entry.score.balanced_accuracy
        for name, value in numbers.items():
            self._writer.add_scalar(name, value, entry.update)

    def close(self) -> None:
        """Write what is still in memory."""
        if self._writer is not None:
            self._writer.close()
