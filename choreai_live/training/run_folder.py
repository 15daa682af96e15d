"""The files of a run folder: whose it is, and the model file it can give."""

import json
import platform
from datetime import UTC, datetime
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Any, Final

import torch

from choreai_live import __version__
from choreai_live.configuration.checking import ConfigurationError
from choreai_live.configuration.tables import flattened
from choreai_live.errors import OutputError
from choreai_live.machine import describe_machine
from choreai_live.outputs import OutputFile
from choreai_live.training.checkpoints import Checkpoint, load_checkpoint
from choreai_live.training.configuration import Configuration, read_configuration
from choreai_live.training.configuration_text import as_toml
from choreai_live.training.export import export
from choreai_live.training.network import StyleNetwork
from choreai_live.training.preparation import Prepared
from choreai_live.training.settings import TrainingSettings

CONFIGURATION: Final = "config.toml"
CHECKPOINT: Final = "checkpoint.pt"
NETWORK: Final = "network.pt"
MODEL: Final = "style.onnx"
METRICS: Final = "metrics.json"
RUN: Final = "run.json"
HISTORY: Final = "history.csv"

#: Keys that may change between a run and its going on.
_FREE: Final = ("device", "tensorboard")


def claim(configuration: Configuration, prepared: Prepared) -> None:
    """Make the run folder, or see that it is of this very training.

    Raises
    ------
    ConfigurationError
        If it holds something else.
    OutputError
        If it cannot be made.
    """
    folder = configuration.out
    data = {"schema": "choreai.run/1", "data": prepared.as_json()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        inside = any(folder.iterdir())
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be made ({error.strerror}): choose another folder as out."
        ) from error
    if not inside:
        write_text(folder / CONFIGURATION, as_toml(configuration))
        write_text(folder / RUN, as_json({**data, **_environment()}))
        return
    if not (folder / CONFIGURATION).exists() or not (folder / RUN).exists():
        raise ConfigurationError(
            f"{folder} is not empty and no run folder: choose another folder as out."
        )
    before = {key: value for key, value, _ in flattened(read_configuration(folder / CONFIGURATION))}
    for key, value, _ in flattened(configuration):
        if key not in _FREE and before[key] != value:
            raise ConfigurationError(
                f"{folder} holds a run with another {key} ({before[key]}, now {value}): "
                "choose another folder as out, or delete that one."
            )
    held = json.loads((folder / RUN).read_text(encoding="utf-8"))
    if held["data"]["digest"] != prepared.digest:
        raise ConfigurationError(
            f"The data has changed since the run in {folder} began: "
            "choose another folder as out, or delete that one."
        )


def export_run(
    path: Path, out: Path, version: str | None = None, statement: str | None = None
) -> Checkpoint:
    """Write the model file of a run folder or a checkpoint.

    Parameters
    ----------
    path
        Of a run folder, finished or not, or a ``.pt`` in one.
    out
        The ONNX file to write.
    version, statement
        To put into it; those of the run when None.

    Returns
    -------
    Checkpoint
        What was exported; of a run in its middle it is the best so far, not calibrated.

    Raises
    ------
    ChoreaiError
        If that is no run or checkpoint, or the file cannot be written.
    """
    checkpoint = load_checkpoint(_exportable(path))
    network, shape = checkpoint.network(), checkpoint.shape
    settings = TrainingSettings(
        shape.labels, shape.unsure_labels, rate=shape.rate, network=shape.network
    )
    words = (
        version or checkpoint.version or "unfinished",
        (statement or checkpoint.statement or "An unfinished run; nothing is stated of its data."),
    )
    export_to(network, settings, out, *words)
    return checkpoint


def _exportable(path: Path) -> Path:
    if not path.is_dir():
        return path
    for name in (NETWORK, CHECKPOINT):
        if (path / name).exists():
            return path / name
    if seeds := sorted(folder.name for folder in path.glob("seed-*")):
        raise OutputError(
            f"{path} holds a run for each of several seeds: name one of {', '.join(seeds)} in it."
        )
    raise OutputError(f"{path} is no run folder: it holds neither {NETWORK} nor {CHECKPOINT}.")


def export_to(
    network: StyleNetwork, settings: TrainingSettings, path: Path, version: str, statement: str
) -> None:
    """Write a model file where it can be written.

    Raises
    ------
    OutputError
        If it cannot.
    """
    # Complains before the work, and in our words, where nothing can be written.
    OutputFile(path).discard()
    export(network, settings, path, version=version, statement=statement)


def _environment() -> dict[str, Any]:
    libraries = ("numpy", "scipy", "onnx")
    return {
        "generator": f"choreai-live {__version__}",
        "begun": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": describe_machine(),
        "libraries": {
            "torch": torch.__version__,
            "python": platform.python_version(),
            **{name: version_of(name) for name in libraries},
        },
    }


def as_json(held: dict[str, Any]) -> str:
    """Return plain values as text for a file."""
    return json.dumps(held, indent=2, ensure_ascii=False) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    with OutputFile(path) as file:
        file.write(text)
