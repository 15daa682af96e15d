"""Small models, and a cache folder that is not the user's."""

from pathlib import Path

import numpy as np
import onnx
import platformdirs
import pytest
from onnx import TensorProto, helper, numpy_helper


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the user's cache folder, which is an empty one."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name: folder / name)
    return folder


@pytest.fixture
def doubling_model(tmp_path: Path) -> Path:
    """Return a model file that adds its input to itself."""
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["y"])],
        "doubling",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n"])],
    )
    return _saved(graph, tmp_path / "doubling.onnx")


@pytest.fixture
def counting_model(tmp_path: Path) -> Path:
    """Return a model file: its input times 0.1, plus 4001, which float16 does not have."""
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["x", "tenth"], ["product"], name="product"),
            helper.make_node("Add", ["product", "many"], ["y"], name="counting"),
        ],
        "counting",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 1])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 1])],
        [
            numpy_helper.from_array(np.array([[0.1]], np.float32), "tenth"),
            numpy_helper.from_array(np.array([4001], np.float32), "many"),
        ],
    )
    return _saved(graph, tmp_path / "counting.onnx")


def _saved(graph: onnx.GraphProto, path: Path) -> Path:
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, {"purpose": graph.name})
    onnx.save(model, path)
    return path
