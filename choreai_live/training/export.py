"""A trained network as the one ONNX file the program runs."""

import json
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch

from choreai_live.training.embedding import EmbeddingHead, EmbeddingNetwork
from choreai_live.training.fitting import TrainingSettings
from choreai_live.training.network import CONTEXT, FEATURES_IN_WORDS, StyleNetwork

#: Seconds without a pose after which a dancer's state starts anew.
MAX_GAP = 0.5

_OUTPUTS = ("logits", "hidden_out", "cell_out")


def export(
    network: StyleNetwork,
    settings: TrainingSettings,
    path: Path,
    *,
    version: str,
    statement: str,
    embedding: EmbeddingHead | None = None,
    background: str = "",
) -> None:
    """Write a network to an ONNX file with everything the program asks of it.

    Parameters
    ----------
    network
        Trained and, ideally, calibrated.
    settings
        The run it comes from.
    path
        The file to write; replaced at once or not at all.
    version
        Of the model.
    statement
        What it was trained on, under which terms, and what it is not fit for.
    embedding, background
        What teaching needs; see :mod:`choreai_live.training.embedding` and
        :func:`choreai_live.style.background.packed_background`. A model without them
        works, but cannot be taught.

    Raises
    ------
    RuntimeError
        If the file, read back, does not agree with the network to 1e-4.
    """
    network = network.eval()
    keypoints = _example_keypoints()
    hidden, cell = network.initial_state(2)
    partial = path.with_suffix(".partial")
    names = [*_OUTPUTS, *(["embedding"] if embedding else [])]
    exported = network if embedding is None else EmbeddingNetwork(network, embedding.eval()).eval()
    with warnings.catch_warnings():
        # The tracing exporter writes torch's LSTM as ONNX's own LSTM operator,
        # with a dynamic batch; its warnings on both counts are known and checked below.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            exported,
            (keypoints, hidden, cell),
            str(partial),
            input_names=["keypoints", "hidden", "cell"],
            output_names=names,
            dynamic_axes={
                "keypoints": {0: "dancers", 1: "context_and_steps"},
                "hidden": {1: "dancers"},
                "cell": {1: "dancers"},
                "logits": {0: "dancers", 1: "steps"},
                "hidden_out": {1: "dancers"},
                "cell_out": {1: "dancers"},
                **({"embedding": {0: "dancers", 1: "steps"}} if embedding else {}),
            },
            opset_version=17,
            dynamo=False,
        )
    model = onnx.load(str(partial))
    if embedding is not None:
        # Tracing loses how wide it is, which readers of the file want to know.
        width = model.graph.output[names.index("embedding")].type.tensor_type.shape.dim[2]
        width.dim_value = embedding.channels
    told = metadata(network, settings, version, statement)
    if background:
        told["choreai.teaching"] = background
    for key, value in told.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value
    onnx.checker.check_model(model)
    onnx.save(model, str(partial))
    _compare(exported, partial)
    partial.replace(path)


def metadata(
    network: StyleNetwork, settings: TrainingSettings, version: str, statement: str
) -> dict[str, str]:
    """Return what the file says about itself."""
    return {
        "choreai.contract": "1",
        "choreai.labels": json.dumps(list(settings.labels)),
        "choreai.unsure_labels": json.dumps(list(settings.unsure_labels)),
        "choreai.rate": f"{settings.rate:g}",
        "choreai.context": str(CONTEXT),
        "choreai.max_gap": f"{MAX_GAP:g}",
        "choreai.version": version,
        "choreai.temperature": f"{float(network.temperature):.4f}",
        "choreai.features": FEATURES_IN_WORDS,
        "choreai.statement": statement,
    }


def _example_keypoints(frames: int = CONTEXT + 5) -> torch.Tensor:
    generator = torch.Generator().manual_seed(0)
    keypoints = torch.rand(2, frames, 17, 3, generator=generator)
    keypoints[..., :2] *= 400.0
    return keypoints


def _compare(network: StyleNetwork | EmbeddingNetwork, path: Path) -> None:
    """Run the file on another number of dancers and steps than it was traced with."""
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    keypoints = torch.cat([_example_keypoints(CONTEXT + 9)] * 2)[:3]
    plain = network.network if isinstance(network, EmbeddingNetwork) else network
    state = plain.initial_state(3)
    with torch.no_grad():
        expected = network(keypoints, *state)
    feeds = dict(
        zip(("keypoints", "hidden", "cell"), (t.numpy() for t in (keypoints, *state)), strict=True)
    )
    found = session.run(None, feeds)
    for want, have in zip(expected, found, strict=True):
        if not np.allclose(want.numpy(), have, atol=1e-4):
            raise RuntimeError(f"{path} does not agree with the network it was exported from.")
