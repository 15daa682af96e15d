"""``choreai-live train``: a configuration in, run folders out."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from choreai_live.commands.console import out, progress_bar, say
from choreai_live.commands.extras import require_train_extra
from choreai_live.commands.interruption import Interruption

if TYPE_CHECKING:
    from choreai_live.training.fitting import Entry

INTERRUPTED = 130


def print_example() -> int:
    """Print a configuration to begin with."""
    require_train_extra()
    from choreai_live.training.configuration_text import example

    out.print(Text(example()), end="", soft_wrap=True)
    return 0


def run(config: Path) -> int:
    """Train what a configuration asks for.

    Returns
    -------
    int
        Exit status: 0, or 130 after Ctrl-C.

    Raises
    ------
    ChoreaiError
        If the configuration, the data or the folder for results cannot be used.
    """
    require_train_extra()
    from choreai_live.training.configuration import read_configuration
    from choreai_live.training.fitting import Entry, TrainingStopped
    from choreai_live.training.runs import Observer, seed_folder, train

    configuration = read_configuration(config)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed} of {task.total}{task.fields[state]}"),
        TimeRemainingColumn(),
    )
    with (
        Interruption("Stopping after this update; Ctrl-C again stops at once.") as interruption,
        progress_bar(*columns) as progress,
    ):
        bars = _Bars(progress, configuration.training.updates)

        def updated(seed: int, entry: Entry) -> None:
            interruption.arm()
            bars.update(seed, entry)

        observer = Observer(say, updated, stop=lambda: interruption.asked)
        try:
            metrics = train(configuration, observer)
        except TrainingStopped as stopped:
            progress.stop()
            say(
                f"Stopped after {stopped.update} of {configuration.training.updates} updates; "
                f"`choreai-live train {config}` goes on from there."
            )
            return INTERRUPTED
    for each in metrics:
        out.print(_table(each, seed_folder(configuration, each["seed"])))
    if len(metrics) > 1:
        out.print(Text(f"Mean and spread: {configuration.out / 'summary.md'}"), soft_wrap=True)
    return 0


def _table(metrics: dict[str, Any], folder: Path) -> Table:
    from choreai_live.training.reports import MEASURES, PARTS

    table = Table(
        title=Text(str(folder), style="bold", overflow="fold"),
        caption=Text("report.md there says it all; style.onnx is the model."),
        title_justify="left",
        caption_justify="left",
        min_width=60,
    )
    table.add_column(f"seed {metrics['seed']}, update {metrics['kept_update']} kept")
    shown = [(words, metrics[part]) for part, words in PARTS.items() if part in metrics]
    for words, _ in shown:
        table.add_column(words, justify="right")
    for name, words in MEASURES.items():
        table.add_row(words, *(f"{numbers[name]:.3f}" for _, numbers in shown))
    return table


class _Bars:
    """One progress bar per seed, made when its first update is done."""

    def __init__(self, progress: Progress, updates: int) -> None:
        self._progress = progress
        self._updates = updates
        self._tasks: dict[int, TaskID] = {}
        self._validation = ""

    def update(self, seed: int, entry: "Entry") -> None:
        if seed not in self._tasks:
            self._validation = ""
            self._tasks[seed] = self._progress.add_task(
                f"seed {seed}", total=self._updates, state=""
            )
        if entry.score is not None:
            self._validation = f", validation {entry.score.balanced_accuracy:.0%}"
        self._progress.update(
            self._tasks[seed],
            completed=entry.update,
            state=f", loss {entry.loss:.2f}{self._validation}",
        )
