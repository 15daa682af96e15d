"""``choreai-live evaluate``: how well a style model file reads a dataset."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from choreai_live.commands.console import out, progress_bar, say
from choreai_live.commands.extras import require_train_extra
from choreai_live.outputs import OutputFile, OutputFolder

if TYPE_CHECKING:
    from choreai_live.training.assessment import Assessment


def run(
    model_path: Path,
    data: list[Path],
    *,
    rename: dict[str, str],
    column: Literal["style", "substyle"] = "style",
    folder: Path | None = None,
) -> int:
    """Judge a model and print what came out, or write it to a folder too.

    Returns
    -------
    int
        Exit status: 0.

    Raises
    ------
    ChoreaiError
        If the model or the data cannot be used, or the results not be written.
    """
    require_train_extra()
    from choreai_live.style.model import StyleModel
    from choreai_live.training.assessment import assess
    from choreai_live.training.datasets import load_sequences
    from choreai_live.training.reports import draw_assessment
    from choreai_live.training.selection import label_sequences

    model = StyleModel(model_path)
    if folder is not None:
        OutputFolder(folder)
    read = [sequence for part in data for sequence in load_sequences(part)]
    sequences = label_sequences(read, rename, column)
    columns = (TextColumn("Evaluating"), BarColumn(), TimeRemainingColumn())
    with progress_bar(*columns) as progress:
        task = progress.add_task("", total=len(sequences))
        assessment = assess(model, sequences, lambda done: progress.update(task, completed=done))
    out.print(_table(assessment, model_path))
    if folder is not None:
        draw_assessment(folder, assessment, f"{', '.join(part.name for part in data)}")
        held = {
            "schema": "choreai.evaluation/1",
            "model": {"file": model_path.name, "version": model.version},
            "data": [str(part) for part in data],
            **assessment.as_json(),
        }
        with OutputFile(folder / "evaluation.json") as file:
            file.write(json.dumps(held, indent=2, ensure_ascii=False) + "\n")
        say(f"evaluation.json, confusion.png and reliability.png are in {folder}.")
    return 0


def _table(assessment: "Assessment", path: Path) -> Table:
    from choreai_live.training.reports import table_of_measures

    table = Table(
        title=Text(path.name, style="bold", overflow="fold"),
        caption=f"{assessment.sequences} sequences of {assessment.groups} groups, "
        f"{assessment.seconds / 60:.1f} min",
        title_justify="left",
        caption_justify="left",
        min_width=60,
    )
    table.add_column("Measure")
    table.add_column("", justify="right")
    for words, value in table_of_measures(assessment).items():
        table.add_row(words, value)
    table.add_section()
    for label, recall in assessment.recalls.items():
        table.add_row(Text(f"recall of {label}"), f"{recall:.3f}")
    return table
