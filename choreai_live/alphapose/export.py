"""A pose network as an ONNX file, and the proof that both say the same."""

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from choreai_live.alphapose.refusals import UnsuitableError
from choreai_live.inference import Session

#: Height and width of the crops the published networks were trained on, pixels.
INPUT_SIZE: Final = (256, 192)

#: Largest difference between torch and ONNX Runtime, relative to the largest heatmap value.
TOLERANCE: Final = 1e-4

_OPSET: Final = 17


def export(
    network: nn.Module,
    path: Path,
    metadata: Mapping[str, str],
    input_size: tuple[int, int] = INPUT_SIZE,
) -> float:
    """Write a network to an ONNX file and compare what the two compute.

    The file has the input ``input``, float32 (people, 3, height, width), and
    the output ``heatmaps``, float32 (people, joints, height / 4, width / 4),
    for any number of people.

    Parameters
    ----------
    network
        Loaded; it is switched to evaluation.
    path
        The file to write.
    metadata
        Custom metadata to put into it.
    input_size
        Height and width of a crop, multiples of 32.

    Returns
    -------
    float
        Largest difference of a heatmap value on random crops, relative to the
        largest value. Callers compare it with :data:`TOLERANCE`.

    Raises
    ------
    UnsuitableError
        If the heatmaps are not finite numbers, or all of them nothing.
    """
    network = network.eval()
    with warnings.catch_warnings():
        # The tracing exporter announces its successor, which needs another package.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            (_random_crops(2, input_size),),
            str(path),
            input_names=["input"],
            output_names=["heatmaps"],
            dynamic_axes={"input": {0: "people"}, "heatmaps": {0: "people"}},
            opset_version=_OPSET,
            dynamo=False,
        )
    model = onnx.load(str(path))
    for key, value in metadata.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    # Both numbers of people differ from the one it was traced with.
    session = Session(path, "cpu")
    return max(_disagreement(network, session, _random_crops(n, input_size)) for n in (1, 3))


def _random_crops(people: int, input_size: tuple[int, int]) -> Tensor:
    """Return noise in the range of prepared pictures, about -0.5 to 0.5."""
    generator = torch.Generator().manual_seed(people)
    return torch.rand(people, 3, *input_size, generator=generator) - 0.45


def _disagreement(network: nn.Module, session: Session, crops: Tensor) -> float:
    with torch.no_grad():
        expected = network(crops).numpy()
    (found,) = session.run(["heatmaps"], {"input": crops.numpy()})
    largest = float(np.abs(expected).max())
    if not np.isfinite(largest) or largest == 0.0:
        raise UnsuitableError("has weights that lead to no usable heatmaps")
    return float(np.abs(found - expected).max()) / largest
