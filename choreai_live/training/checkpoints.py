"""Networks on disk: what is needed to go on with a run, or to export what it found.

Files are read with ``weights_only``, which unpickles tensors and plain values
and nothing else: a file from a stranger cannot run code.
"""

import pickle
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from choreai_live.errors import ChoreaiError, OutputError
from choreai_live.training.network import NetworkSettings, StyleNetwork

#: What a file of ours says it is.
FORMAT: Final = "choreai.network/1"


class CheckpointError(ChoreaiError):
    """A checkpoint cannot be read, or belongs to something else."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What must be known to build a network again and to give its outputs names.

    Parameters
    ----------
    labels, unsure_labels, rate
        See :class:`~choreai_live.training.fitting.TrainingSettings`.
    network
        Its size.
    """

    labels: tuple[str, ...]
    unsure_labels: tuple[str, ...]
    rate: float
    network: NetworkSettings


@dataclass(slots=True)
class Checkpoint:
    """A network and, in the middle of a run, everything that goes with it.

    Parameters
    ----------
    shape
        Of the network.
    weights
        The best averaged ones so far.
    done
        Optimiser steps taken.
    run
        State of the run (current weights, averages, optimiser, best result);
        empty in a network that is finished.
    version, statement
        For the model file; empty until finished.
    """

    shape: Shape
    weights: Mapping[str, Tensor]
    done: int
    run: Mapping[str, Any] = field(default_factory=dict)
    version: str = ""
    statement: str = ""

    @property
    def finished(self) -> bool:
        """Whether this is the result of a run, not its middle."""
        return not self.run

    def network(self) -> StyleNetwork:
        """Return the network in evaluation mode.

        Raises
        ------
        CheckpointError
            If the weights do not fit a style network of that size.
        """
        network = StyleNetwork(len(self.shape.labels), self.shape.network)
        load_weights(network, self.weights)
        return network.eval()


def save_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Write a checkpoint whole or not at all.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    held = {
        "format": FORMAT,
        "shape": {
            "labels": list(checkpoint.shape.labels),
            "unsure_labels": list(checkpoint.shape.unsure_labels),
            "rate": checkpoint.shape.rate,
            "network": asdict(checkpoint.shape.network),
        },
        "weights": dict(checkpoint.weights),
        "done": checkpoint.done,
        "run": dict(checkpoint.run),
        "version": checkpoint.version,
        "statement": checkpoint.statement,
    }
    partial = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        torch.save(held, partial)
        partial.replace(path)
    except (OSError, RuntimeError) as error:  # torch's own writer raises RuntimeError
        with suppress(OSError):
            partial.unlink()
        raise OutputError(
            f"{path} cannot be written ({_first_line(error)}): make room there, "
            "or choose another place."
        ) from error


def load_checkpoint(path: Path) -> Checkpoint:
    """Read what :func:`save_checkpoint` wrote.

    Raises
    ------
    CheckpointError
        If the file is missing, damaged or somebody else's.
    """
    if not path.exists():
        raise CheckpointError(f"{path} does not exist: name a run folder or a .pt in it.")
    # What torch saves today is a zip archive; its older formats are none of ours.
    if not zipfile.is_zipfile(path):
        raise _foreign(path)
    try:
        held = torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read ({_first_line(error)}).") from error
    except (
        pickle.UnpicklingError, RuntimeError, ValueError, EOFError, KeyError, zipfile.BadZipFile
    ) as error:  # fmt: skip
        raise _foreign(path) from error
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        raise _foreign(path)
    try:
        shape = held["shape"]
        return Checkpoint(
            Shape(
                tuple(shape["labels"]),
                tuple(shape["unsure_labels"]),
                float(shape["rate"]),
                NetworkSettings(**shape["network"]),
            ),
            held["weights"],
            int(held["done"]),
            held["run"],
            str(held["version"]),
            str(held["statement"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(
            f"{path} was written by another version of choreai-live: "
            "train again, or use that version."
        ) from error


def load_weights(network: StyleNetwork, weights: Mapping[str, Tensor]) -> None:
    """Put weights into a network.

    Raises
    ------
    CheckpointError
        If they were made by a network of another kind or size.
    """
    try:
        network.load_state_dict(weights)
    except (RuntimeError, TypeError, AttributeError) as error:
        raise CheckpointError(
            "The weights were saved from a network of another kind or size: "
            "use the settings of that run, or start anew in another folder."
        ) from error


def check_same_run(path: Path, checkpoint: Checkpoint, wanted: Shape) -> None:
    """Refuse to go on with a run that is over, or learns something else.

    Raises
    ------
    CheckpointError
        If the run is finished, or labels, rate or size differ.
    """
    if checkpoint.finished:
        raise CheckpointError(f"{path} is the result of a run and cannot be trained on.")
    found = checkpoint.shape
    for name in ("labels", "unsure_labels", "rate", "network"):
        old, new = getattr(found, name), getattr(wanted, name)
        if old != new:
            raise CheckpointError(
                f"{path} is of a run with {name.replace('_', ' ')} {_words(old)}, not "
                f"{_words(new)}: delete it, or choose another folder."
            )


def _words(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(part) for part in value) or "none"
    return str(value)


def _foreign(path: Path) -> CheckpointError:
    return CheckpointError(
        f"{path} is no checkpoint of choreai-live: name a run folder, or network.pt or "
        "checkpoint.pt in one."
    )


def _first_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
