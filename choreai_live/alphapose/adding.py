"""From a checkpoint the user brings to a model in the user's folder."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from torch import Tensor, nn

from choreai_live.alphapose.architectures import (
    Architecture,
    difference,
    joints_of,
    named,
    recognise,
)
from choreai_live.alphapose.checkpoints import read_checkpoint
from choreai_live.alphapose.export import TOLERANCE, export
from choreai_live.alphapose.refusals import UnsuitableError, refusal
from choreai_live.errors import ModelError
from choreai_live.models import sha256_of
from choreai_live.models.added import AddedModel, check_name, record

#: Terms of the weights AlphaPose publishes, said whenever a model is added.
LICENCE: Final = (
    "AlphaPose's weights are for non-commercial use only; cite Fang et al., RMPE: Regional "
    "Multi-person Pose Estimation, ICCV 2017."
)


@dataclass(frozen=True)
class Addition:
    """What adding a checkpoint came to.

    Attributes
    ----------
    model
        As it is listed now.
    disagreement
        Largest difference between torch and ONNX Runtime, relative to the
        largest heatmap value.
    """

    model: AddedModel
    disagreement: float


def add(path: Path, architecture: str | None = None, name: str | None = None) -> Addition:
    """Check a checkpoint, export it to ONNX, and list it among the added models.

    Parameters
    ----------
    path
        The checkpoint (``.pth``).
    architecture
        The network it must be; recognised when None.
    name
        What to call the model; that of the network when None, with the
        prefix ``halpe26_`` where it returns 26 joints.

    Raises
    ------
    ModelError
        If the checkpoint is refused, or the model cannot be written.
    """
    wanted = named(architecture) if architecture is not None else None
    if name is not None:
        check_name(name, "alphapose")
    weights = read_checkpoint(path)
    try:
        chosen, joints = _fit(weights, wanted)
        network = load_network(chosen, joints, weights)
        name = name or (chosen.name if joints == 17 else f"halpe{joints}_{chosen.name}")
        check_name(name, "alphapose")
        details = {
            "architecture": chosen.name,
            "joints": str(joints),
            "source_sha256": sha256_of(path),
            "source_name": path.name,
            "licence": LICENCE,
        }
        metadata = {"choreai.pose": "alphapose"}
        metadata |= {f"choreai.{key}": value for key, value in details.items()}
        with tempfile.TemporaryDirectory(prefix="choreai-") as folder:
            made = Path(folder) / "network.onnx"
            disagreement = export(network, made, metadata)
            if disagreement > TOLERANCE:
                raise ModelError(
                    f"{path} gives heatmaps that differ between torch and ONNX Runtime (relative "
                    f"difference {disagreement:.1e}): add it with another version of either."
                )
            model = record(made, name=name, kind="alphapose", details=details)
    except UnsuitableError as error:
        raise refusal(path, error) from error
    return Addition(model, disagreement)


def load_network(architecture: Architecture, joints: int, weights: dict[str, Tensor]) -> nn.Module:
    """Build a network and give it weights whose names and shapes are known to fit."""
    network = architecture.build(joints)
    network.load_state_dict(weights)
    return network.eval()


def _fit(weights: dict[str, Tensor], wanted: Architecture | None) -> tuple[Architecture, int]:
    """Find the architecture and number of joints that weights belong to, exactly."""
    shapes = {key: tuple(tensor.shape) for key, tensor in weights.items()}
    architecture = wanted or recognise(shapes)
    joints = joints_of(architecture, shapes)
    complaint = difference(shapes, architecture, joints)
    if complaint:
        raise UnsuitableError(complaint)
    return architecture, joints
