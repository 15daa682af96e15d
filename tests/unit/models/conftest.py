"""Makes the converter in ``scripts/`` importable, and runs tiny graphs through it."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
import pytest

SCRIPTS = str(Path(__file__).resolve().parents[3] / "scripts")
if SCRIPTS not in sys.path:
    sys.path.insert(0, SCRIPTS)

from tfjs_onnx.convert import Port, convert  # noqa: E402
from tfjs_onnx.graph import GraphModel, Node, Reference  # noqa: E402

ELEMENTS = {
    np.dtype(np.float32): onnx.TensorProto.FLOAT,
    np.dtype(np.int64): onnx.TensorProto.INT64,
    np.dtype(np.uint8): onnx.TensorProto.UINT8,
    np.dtype(np.bool_): onnx.TensorProto.BOOL,
}


class TinyGraph:
    """A TensorFlow graph written down node by node, converted, and run on arrays."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.constants: dict[str, npt.NDArray[Any]] = {}
        self.feeds: dict[str, npt.NDArray[Any]] = {}

    def input(self, name: str, value: npt.NDArray[Any]) -> str:
        """Add an input and what it is fed with."""
        self.nodes[name] = Node(name, "Placeholder", (), {})
        self.feeds[name] = value
        return name

    def constant(self, value: npt.ArrayLike) -> str:
        """Add a constant."""
        name = f"constant{len(self.constants)}"
        self.nodes[name] = Node(name, "Const", (), {})
        self.constants[name] = np.asarray(value)
        return name

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """Add a node; its name is what others read it by."""
        name = f"{operator}{len(self.nodes)}"
        references = tuple(Reference.parse(text) for text in inputs)
        self.nodes[name] = Node(name, operator, references, attributes)
        return name

    def model(self, expected: Mapping[str, npt.NDArray[Any]], varying: bool) -> onnx.ModelProto:
        """Convert the graph; every output is cast to float32, as models have it."""
        public, shapes = {}, {}
        for number, (output, array) in enumerate(expected.items()):
            public[f"out{number}"] = Reference(self.add("Cast", output, DstT="DT_FLOAT"))
            shapes[f"out{number}"] = _sizes(f"out{number}", array, varying)
        inputs = {
            name: Port(ELEMENTS[value.dtype], _sizes(name, value, varying))
            for name, value in self.feeds.items()
        }
        graph = GraphModel(dict(self.nodes), self.constants, public)
        return convert(graph, "tiny", inputs, shapes, {})

    def check(
        self, expected: Mapping[str, npt.ArrayLike], varying: bool = False
    ) -> onnx.ModelProto:
        """Convert the graph, run it, and compare with what each output should be.

        With ``varying`` the converter is not told the size of any axis.
        """
        arrays = {output: np.asarray(value) for output, value in expected.items()}
        model = self.model(arrays, varying)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
        read = {port.name for port in session.get_inputs()}
        feeds = {name: value for name, value in self.feeds.items() if name in read}
        for array, result in zip(arrays.values(), session.run(None, feeds), strict=True):
            assert result.shape == array.shape
            np.testing.assert_allclose(result, array.astype(np.float32), rtol=1e-5, atol=1e-5)
        return model


def _sizes(name: str, array: npt.NDArray[Any], varying: bool) -> list[int | str]:
    return [f"{name}.{axis}" if varying else size for axis, size in enumerate(array.shape)]


@pytest.fixture
def tiny() -> Callable[[], TinyGraph]:
    """Return a maker of empty graphs."""
    return TinyGraph
