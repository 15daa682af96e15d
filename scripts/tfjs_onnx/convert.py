"""Walks a TensorFlow.js graph model and translates it, operator by operator, to ONNX."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import onnx

from . import arrays, elementwise, images
from .builder import Builder, Tensor, constant
from .graph import ConversionError, GraphModel, Node

#: What every TensorFlow operator we know becomes: a function that writes ONNX
#: nodes for it and returns its outputs.
OPERATORS: Final[Mapping[str, Callable[[Builder, Node, list[Tensor]], list[Tensor]]]] = {
    **images.OPERATORS,
    **elementwise.OPERATORS,
    **arrays.OPERATORS,
}

#: Leading part of most node names, left by the export from TensorFlow.
_PREFIX: Final = "StatefulPartitionedCall/"


@dataclass(frozen=True)
class Port:
    """An input or output of the ONNX model.

    Attributes
    ----------
    element
        Element type, a value of ``onnx.TensorProto.DataType``.
    shape
        Sizes of the axes, channels last; one given by name may vary.
    """

    element: int
    shape: Sequence[int | str]


def convert(
    graph: GraphModel,
    name: str,
    inputs: Mapping[str, Port],
    outputs: Mapping[str, Sequence[int | str]],
    properties: Mapping[str, str],
) -> onnx.ModelProto:
    """Translate the part of a graph model that the wanted outputs depend on.

    The same graph always gives the same model, byte for byte.

    Parameters
    ----------
    graph
        The model as published.
    name
        Name of the ONNX graph.
    inputs
        Element type and shape of each input. The type may differ from the
        published one: TensorFlow.js has no uint8 pictures, ONNX does.
    outputs
        Public names of the outputs to keep, and their shapes; all float32.
    properties
        Metadata to store in the model.

    Raises
    ------
    ConversionError
        If the graph uses an operator, or a variant of one, that is not
        translated, or has an input or output other than those named.
    """
    builder = Builder()
    results: dict[str, list[Tensor]] = {}
    for node in graph.needed_for(outputs):
        builder.scope = node.name.removeprefix(_PREFIX)
        if node.operator == "Const":
            results[node.name] = [constant(graph.constants[node.name])]
        elif node.operator == "Placeholder":
            results[node.name] = [_input(builder, node, inputs)]
        else:
            operands = [results[r.node][r.output] for r in node.inputs]
            results[node.name] = _translate(builder, graph, node, operands)
    for public, shape in outputs.items():
        reference = graph.outputs[public]
        builder.scope = public
        builder.add_output(public, results[reference.node][reference.output], list(shape))
    return builder.model(name, dict(properties))


def _input(builder: Builder, node: Node, inputs: Mapping[str, Port]) -> Tensor:
    if node.name not in inputs:
        raise ConversionError(f"the graph reads an unexpected input '{node.name}'")
    port = inputs[node.name]
    builder.add_input(node.name, port.element, list(port.shape))
    shape = tuple(size if isinstance(size, int) else None for size in port.shape)
    tensor = Tensor(node.name, shape)
    if tensor.rank != 4:
        return tensor
    # A picture is turned channels first at once: its pixels are smallest, and
    # nothing that follows has to ask for it again.
    return Tensor(builder.channels_first(tensor), shape, channels_first=True)


def _translate(
    builder: Builder, graph: GraphModel, node: Node, operands: list[Tensor]
) -> list[Tensor]:
    if node.operator == "ResizeBilinear":
        return images.upsample(builder, node, operands[0], _upsampling(graph, node))
    if node.operator not in OPERATORS:
        raise ConversionError(f"'{node.name}' is an operator not known here: {node.operator}")
    return OPERATORS[node.operator](builder, node, operands)


def _upsampling(graph: GraphModel, node: Node) -> list[int]:
    """Return the factors of a resize to ``shape(picture)[1:3] * factors``."""
    picture, size = node.inputs
    product = graph.nodes[size.node]
    if product.operator == "Mul":
        part, factors = (graph.nodes[reference.node] for reference in product.inputs)
        shape = graph.nodes[part.inputs[0].node] if part.operator == "StridedSlice" else part
        if (
            shape.operator == "Shape"
            and shape.inputs[0] == picture
            and factors.name in graph.constants
        ):
            bounds = [graph.constants[r.node].tolist() for r in part.inputs[1:]]
            if bounds == [[1], [3], [1]]:
                return [int(factor) for factor in graph.constants[factors.name]]
    raise ConversionError(f"'{node.name}' does not resize by whole factors")
