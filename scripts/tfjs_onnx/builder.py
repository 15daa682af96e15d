"""The ONNX side of the conversion: tensors with a layout, and the graph they grow.

TensorFlow keeps pictures channels last (batch, height, width, channels), ONNX
channels first. Translating every convolution with a transpose before and after
it would cost more time than many of the convolutions. So each tensor here
carries the layout its data has at the moment, operators that do not care keep
it, and a transpose is written only where an operator insists on the other one.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from .graph import ConversionError

OPSET: Final = 17
#: ONNX 1.12, the first with opset 17: read by ONNX Runtime 1.12 and later.
IR_VERSION: Final = 8

#: Positions of (batch, height, width, channels) in (batch, channels, height, width).
TO_CHANNELS_FIRST: Final = (0, 3, 1, 2)
TO_CHANNELS_LAST: Final = (0, 2, 3, 1)

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Tensor:
    """A TensorFlow tensor and where its data is found in the ONNX graph.

    Attributes
    ----------
    name
        Name in the ONNX graph; empty for a constant, which gets one when used.
    shape
        As TensorFlow sees it, channels last; None where the size is not known
        before the model runs.
    channels_first
        True when the ONNX data is laid out (batch, channels, height, width).
    value
        The array, for a constant.
    """

    name: str
    shape: Shape
    channels_first: bool = False
    value: npt.NDArray[Any] | None = None

    @property
    def rank(self) -> int:
        """Number of axes."""
        return len(self.shape)


def constant(value: npt.ArrayLike) -> Tensor:
    """Make a constant; integers become int64, the type ONNX wants for all sizes and axes."""
    array = np.asarray(value)
    if np.issubdtype(array.dtype, np.integer):
        array = array.astype(np.int64)
    return Tensor("", array.shape, value=array)


class Builder:
    """Grows an ONNX graph node by node, in a reproducible way.

    Attributes
    ----------
    scope
        What the next nodes are named after: the TensorFlow node being translated.
    """

    def __init__(self) -> None:
        self.scope = ""
        self._nodes: list[onnx.NodeProto] = []
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []
        self._names: set[str] = set()
        self._initializers: dict[str, onnx.TensorProto] = {}
        self._known: dict[tuple[str, tuple[int, ...], bytes], str] = {}
        self._turned: dict[str, str] = {}

    def emit(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """Add a node with one output and return the output's name."""
        return self.emit_several(1, operator, *inputs, **attributes)[0]

    def emit_several(
        self, outputs: int, operator: str, *inputs: str, **attributes: Any
    ) -> list[str]:
        """Add a node and return the names of its outputs."""
        names = [self._unused(f"{self.scope}/{operator}") for _ in range(outputs)]
        self._nodes.append(
            helper.make_node(operator, list(inputs), names, name=names[0], **attributes)
        )
        return names

    def as_written(self, tensor: Tensor) -> str:
        """Return the ONNX name of the tensor's data in TensorFlow's own layout."""
        if tensor.value is not None:
            return self.initializer(tensor.value)
        if not tensor.channels_first:
            return tensor.name
        return self._transposed(tensor.name, TO_CHANNELS_LAST)

    def channels_first(self, tensor: Tensor) -> str:
        """Return the ONNX name of the tensor's data laid out channels first.

        Raises
        ------
        ConversionError
            If the tensor has no channels because it has not four axes.
        """
        if tensor.value is not None:
            padded = tensor.value.reshape((1,) * (4 - tensor.rank) + tensor.value.shape)
            return self.initializer(padded.transpose(TO_CHANNELS_FIRST))
        if tensor.rank != 4:
            raise ConversionError(f"'{self.scope}' reads a picture that has {tensor.rank} axes")
        if tensor.channels_first:
            return tensor.name
        return self._transposed(tensor.name, TO_CHANNELS_FIRST)

    def initializer(self, value: npt.ArrayLike) -> str:
        """Return the name of a constant, stored once however often it is used."""
        array = np.asarray(value)
        key = (str(array.dtype), array.shape, array.tobytes())
        if key not in self._known:
            name = self._known[key] = self._unused(f"{self.scope}/constant")
            # numpy_helper writes the bytes as they lie in memory.
            stored = np.frombuffer(key[2], array.dtype).reshape(array.shape)
            self._initializers[name] = numpy_helper.from_array(stored, name)
        return self._known[key]

    def add_input(self, name: str, element: int, shape: list[int | str]) -> None:
        """Declare an input of the model; a size given by name may vary."""
        self._names.add(name)
        self._inputs.append(helper.make_tensor_value_info(name, element, shape))

    def add_output(self, name: str, tensor: Tensor, shape: list[int | str]) -> None:
        """Declare a float output of the model under a public name."""
        self._names.add(name)
        self._nodes.append(
            helper.make_node("Identity", [self.as_written(tensor)], [name], name=name)
        )
        self._outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def model(self, name: str, properties: dict[str, str]) -> onnx.ModelProto:
        """Return the finished and checked model, without anything no output needs."""
        needed = {output.name for output in self._outputs}
        nodes = []
        for node in reversed(self._nodes):
            if needed.intersection(node.output):
                nodes.append(node)
                needed.update(node.input)
        graph = helper.make_graph(
            nodes[::-1],
            name,
            self._inputs,
            self._outputs,
            [tensor for key, tensor in self._initializers.items() if key in needed],
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
            producer_name="choreai-live",
        )
        helper.set_model_props(model, properties)
        onnx.checker.check_model(model, full_check=True)
        return model

    def _transposed(self, name: str, axes: tuple[int, ...]) -> str:
        if name not in self._turned:
            turned = self.emit("Transpose", name, perm=axes)
            self._turned[name] = turned
            self._turned[turned] = name
        return self._turned[name]

    def _unused(self, wanted: str) -> str:
        name, number = wanted, 1
        while name in self._names:
            number += 1
            name = f"{wanted}.{number}"
        self._names.add(name)
        return name
