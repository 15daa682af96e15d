"""A small style model that keeps the contract, and its ways of breaking it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from choreai_live import models
from choreai_live.messages import Pose, Track
from choreai_live.style import StyleModel

LABELS = ("afrobeat", "classical", "hiphop", "other")
METADATA = {
    "choreai.contract": "1",
    "choreai.labels": json.dumps(LABELS),
    "choreai.unsure_labels": '["other"]',
    "choreai.rate": "15",
    "choreai.context": "6",
    "choreai.max_gap": "0.5",
    "choreai.version": "0-test",
    "choreai.temperature": "1.0",
    "choreai.features": "hip-centred positions and velocities over the lead-in",
    "choreai.statement": "Random weights, trained on nothing.",
}
HIDDEN = 12


def build_style_model(
    path: Path, *, classes: int = 4, hidden: int = HIDDEN, layers: int = 2, **metadata: str | None
) -> Path:
    """Write a two-layer LSTM with fixed random weights, its features in the graph.

    Keywords replace (or, being None, remove) ``choreai.*`` metadata.
    """
    entries: dict[str, str | None] = {
        **METADATA,
        **{f"choreai.{key}": value for key, value in metadata.items()},
    }
    context = 6
    rng = np.random.default_rng(7)
    features = 17 * 3 + 17 * 2
    constants: dict[str, Any] = {
        "from": np.array([context]),
        "end": np.array([np.iinfo(np.int64).max]),
        "start": np.array([0]),
        "until": np.array([-context]),
        "time_axis": np.array([1]),
        "keypoint_axis": np.array([2]),
        "space_axis": np.array([3]),
        "two": np.array([2]),
        "pixel": np.array(0.01, np.float32),
        "flat": np.array([0, 0, -1]),
        "direction": np.array([1]),
        "one": np.array([1]),
        "out": rng.normal(0, 1.2, (hidden, classes)).astype(np.float32),
    }
    for layer, width in enumerate((features, hidden)):
        constants[f"w{layer}"] = rng.normal(0, 0.3, (1, 4 * hidden, width)).astype(np.float32)
        constants[f"r{layer}"] = rng.normal(0, 0.3, (1, 4 * hidden, hidden)).astype(np.float32)
    node = helper.make_node
    nodes = [
        node("Slice", ["keypoints", "from", "end", "time_axis"], ["now"]),
        node("Slice", ["keypoints", "start", "until", "time_axis"], ["then"]),
        node("Slice", ["now", "start", "two", "space_axis"], ["points"]),
        node("Slice", ["then", "start", "two", "space_axis"], ["old_points"]),
        node("Slice", ["now", "two", "end", "space_axis"], ["scores"]),
        node("ReduceMean", ["points", "keypoint_axis"], ["centre"], keepdims=1),
        node("Sub", ["points", "centre"], ["centred"]),
        node("Sub", ["points", "old_points"], ["moved"]),
        node("Mul", ["centred", "pixel"], ["positions"]),
        node("Mul", ["moved", "pixel"], ["velocities"]),
        node("Concat", ["positions", "velocities", "scores"], ["stacked"], axis=3),
        node("Reshape", ["stacked", "flat"], ["rows"]),
        node("Transpose", ["rows"], ["sequence0"], perm=[1, 0, 2]),
    ]
    for layer in range(2):
        here = f"{layer}"
        constants["layer" + here] = np.array([layer])
        constants["next" + here] = np.array([layer + 1])
        nodes += [
            node("Slice", ["hidden", "layer" + here, "next" + here, "start"], ["h" + here]),
            node("Slice", ["cell", "layer" + here, "next" + here, "start"], ["c" + here]),
            node(
                "LSTM",
                [f"sequence{here}", f"w{here}", f"r{here}", "", "", f"h{here}", f"c{here}"],
                ["y" + here, "h_out" + here, "c_out" + here],
                hidden_size=hidden,
            ),
            node("Squeeze", ["y" + here, "direction"], [f"sequence{layer + 1}"]),
        ]
    nodes += [
        node("Concat", ["h_out0", "h_out1"], ["hidden_out"], axis=0),
        node("Concat", ["c_out0", "c_out1"], ["cell_out"], axis=0),
        node("MatMul", ["sequence2", "out"], ["by_step"]),
        node("Transpose", ["by_step"], ["logits"], perm=[1, 0, 2]),
    ]

    def tensor(name: str, *shape: int | str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    graph = helper.make_graph(
        nodes,
        "style",
        [
            tensor("keypoints", "dancers", "frames", 17, 3),
            tensor("hidden", layers, "dancers", hidden),
            tensor("cell", layers, "dancers", hidden),
        ],
        [
            tensor("logits", "dancers", "steps", classes),
            tensor("hidden_out", layers, "dancers", hidden),
            tensor("cell_out", layers, "dancers", hidden),
        ],
        [numpy_helper.from_array(np.asarray(v), name) for name, v in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    helper.set_model_props(model, {k: v for k, v in entries.items() if v is not None})
    path.write_bytes(model.SerializeToString())
    return path


@pytest.fixture(scope="session")
def style_model_file() -> Callable[..., Path]:
    """Return :func:`build_style_model`."""
    return build_style_model


@pytest.fixture(scope="session")
def style_model(tmp_path_factory: pytest.TempPathFactory) -> StyleModel:
    """Return a small model that keeps the contract."""
    return StyleModel(build_style_model(tmp_path_factory.mktemp("style") / "tiny.onnx"))


@pytest.fixture(scope="session", params=["tiny", "shipped"])
def any_style_model(request: pytest.FixtureRequest) -> StyleModel:
    """Return a small model that keeps the contract, then the shipped one."""
    if request.param == "shipped":
        return StyleModel(models.locate("style"))
    tiny: StyleModel = request.getfixturevalue("style_model")
    return tiny


def _dance(time: float, seed: int = 0) -> np.ndarray:
    """Return float32 (17, 3): a body whose keypoints swing smoothly, at any time."""
    rng = np.random.default_rng(seed)
    rest = rng.uniform((200, 100), (300, 400), (17, 2))
    swing = rng.uniform(10, 60, (17, 2))
    speed, phase = rng.uniform(2, 8, (17, 2)), rng.uniform(0, 6, (17, 2))
    points = rest + swing * np.sin(speed * time + phase)
    scores = 0.8 + 0.1 * np.sin(time + phase[:, :1])
    return np.hstack([points, scores]).astype(np.float32)


def _track(id_: int, observation: np.ndarray, missed: int = 0) -> Track:
    points, scores = observation[:, :2], observation[:, 2]
    box = np.concatenate([points.min(axis=0), points.max(axis=0)])
    return Track(id_, Pose(points.copy(), scores.copy(), box, 0.9), age=10, missed=missed)


@pytest.fixture(scope="session")
def dance() -> Callable[..., np.ndarray]:
    """Return a function of time (and seed) giving observations float32 (17, 3)."""
    return _dance


@pytest.fixture(scope="session")
def track_of() -> Callable[..., Track]:
    """Return a function that makes a track from an id and an observation."""
    return _track
