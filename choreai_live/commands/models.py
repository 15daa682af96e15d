"""``choreai-live models``: what models there are, whether they are intact, and one more."""

from pathlib import Path

from rich.table import Table
from rich.text import Text

from choreai_live import models
from choreai_live.commands.console import out, say
from choreai_live.commands.extras import require_torch_and_onnx
from choreai_live.models.added import AddedModel, added_models, fault


def list_models() -> int:
    """Print what the catalogue says of every model, then the added ones.

    Raises
    ------
    ModelError
        If the catalogue or the list of added models cannot be read.
    """
    table = Table(show_lines=True)
    table.add_column("Model", no_wrap=True)
    table.add_column("Purpose")
    table.add_column("Licence")
    table.add_column("sha256", no_wrap=True)
    for entry in models.catalog():
        table.add_row(Text(entry.name), Text(entry.purpose), Text(entry.licence), entry.sha256[:12])
    for model in added_models():
        licence = Text(model.details.get("licence", "unknown"))
        table.add_row(Text(model.name), Text(_described(model)), licence, Text(model.sha256[:12]))
    out.print(table)
    return 0


def verify() -> int:
    """Print one sentence per model; those of broken ones go to stderr.

    Returns
    -------
    int
        Exit status: 1 if a file is missing or changed.

    Raises
    ------
    ModelError
        If the catalogue or the list of added models cannot be read.
    """
    results = [(result.ok, result.message) for result in models.verify()]
    for model in added_models():
        complaint = fault(model)
        intact = f"{model.path.name} is intact (sha256 {model.sha256[:12]}), added as {model.name}."
        results.append((complaint is None, complaint or intact))
    for ok, message in results:
        if ok:
            out.print(Text(message), soft_wrap=True)
        else:
            say(message)
    return 0 if all(ok for ok, _ in results) else 1


def add_alphapose(checkpoint: Path, architecture: str | None, name: str | None) -> int:
    """Add a checkpoint of AlphaPose, and say what it is and on what terms.

    Returns
    -------
    int
        Exit status: 0.

    Raises
    ------
    ChoreaiError
        If torch is missing, the checkpoint is refused, or the model cannot be written.
    """
    require_torch_and_onnx()
    from choreai_live.alphapose.adding import add

    addition = add(checkpoint, architecture, name)
    _print_added(addition.model)
    out.print(
        Text(
            "torch and ONNX Runtime agree on random pictures to "
            f"{addition.disagreement:.0e} of the largest heatmap value."
        ),
        soft_wrap=True,
    )
    out.print(Text(addition.model.details["licence"]), soft_wrap=True)
    return 0


def add_yolox(file: Path, name: str | None) -> int:
    """Add an ONNX file of YOLOX, and say what it is.

    Returns
    -------
    int
        Exit status: 0.

    Raises
    ------
    ModelError
        If the file is refused or cannot be copied.
    """
    from choreai_live.models.yolox import add

    _print_added(add(file, name))
    return 0


def _print_added(model: AddedModel) -> None:
    out.print(Text(f"Added {model.name}: {_described(model)}. {model.path}"), soft_wrap=True)


def _described(model: AddedModel) -> str:
    details = model.details
    source = f"from {details.get('source_name', 'an unknown file')}"
    if model.kind == "alphapose":
        network = f"{details.get('architecture')}, {details.get('joints')} joints"
        return f"Pose of one dancer, AlphaPose {network}, {source}"
    return f"Boxes of people, YOLOX, {source}"
