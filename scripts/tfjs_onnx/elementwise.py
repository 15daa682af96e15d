"""Operators that work on each element, and what they become in ONNX.

Their result keeps the layout of what they read, so none of them forces a
transpose into the middle of a network.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from onnx import TensorProto

from .builder import Builder, Shape, Tensor, constant
from .graph import ConversionError, Node

_BINARY: Final = {
    "Add": "Add",
    "AddV2": "Add",
    "Sub": "Sub",
    "Mul": "Mul",
    "RealDiv": "Div",
    # ONNX divides integers towards zero, TensorFlow's FloorDiv downwards. They
    # agree for the only use here: indices and sizes, which are never negative.
    "FloorDiv": "Div",
    "Maximum": "Max",
    "Minimum": "Min",
    "Less": "Less",
    "Greater": "Greater",
    "GreaterEqual": "GreaterOrEqual",
    "Equal": "Equal",
    "LogicalAnd": "And",
}
_UNARY: Final = {
    "Abs": "Abs",
    "Exp": "Exp",
    "Reciprocal": "Reciprocal",
    "Relu": "Relu",
    "Sigmoid": "Sigmoid",
}
#: Right-hand operands that change nothing.
_NEUTRAL: Final = {"Add": 0, "AddV2": 0, "Sub": 0, "Mul": 1, "RealDiv": 1, "FloorDiv": 1}
_ELEMENT_TYPES: Final = {
    "DT_FLOAT": TensorProto.FLOAT,
    "DT_INT32": TensorProto.INT64,  # see builder.constant
    "DT_BOOL": TensorProto.BOOL,
}


def broadcast(*shapes: Shape) -> Shape:
    """Return the shape that several shapes broadcast to, as far as it is known."""
    rank = max(len(shape) for shape in shapes)
    padded = [(1,) * (rank - len(shape)) + shape for shape in shapes]
    result: list[int | None] = []
    for sizes in zip(*padded, strict=True):
        larger = {size for size in sizes if size not in (None, 1)}
        if len(larger) > 1:
            raise ConversionError(f"shapes {shapes} do not broadcast")
        result.append(larger.pop() if larger else None if None in sizes else 1)
    return tuple(result)


def each(builder: Builder, inputs: list[Tensor], write: Callable[[list[str]], str]) -> list[Tensor]:
    """Write an elementwise operator in the layout that suits its inputs.

    Parameters
    ----------
    builder
        The graph to write to.
    inputs
        The operands, which broadcast against each other.
    write
        Emits the ONNX nodes, given the names of the operands' data, and
        returns the name of the result.
    """
    shape = broadcast(*(tensor.shape for tensor in inputs))
    varying = [tensor for tensor in inputs if tensor.value is None]
    # A tensor of one to three axes that is not known yet cannot be laid out
    # channels first, and a single number needs no layout.
    first = any(tensor.channels_first for tensor in varying) and all(
        tensor.rank in (0, 4) for tensor in varying
    )
    names = [
        builder.channels_first(tensor) if first and tensor.rank else builder.as_written(tensor)
        for tensor in inputs
    ]
    return [Tensor(write(names), shape, channels_first=first)]


def _binary(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    left, right = inputs
    left, right = _as_number(left, right), _as_number(right, left)
    if right.rank == 0 and right.value is not None and right.value == _NEUTRAL.get(node.operator):
        return [left]
    return each(builder, [left, right], lambda names: builder.emit(_BINARY[node.operator], *names))


def _unary(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    return each(builder, inputs, lambda names: builder.emit(_UNARY[node.operator], *names))


def _relu6(builder: Builder, _node: Node, inputs: list[Tensor]) -> list[Tensor]:
    return each(builder, inputs, lambda names: relu6(builder, names[0]))


def relu6(builder: Builder, name: str) -> str:
    """Emit ``min(max(x, 0), 6)``, which ONNX Runtime fuses into a convolution before it."""
    zero, six = (builder.initializer(np.float32(limit)) for limit in (0, 6))
    return builder.emit("Clip", name, zero, six)


def _squared_difference(builder: Builder, _node: Node, inputs: list[Tensor]) -> list[Tensor]:
    def write(names: list[str]) -> str:
        difference = builder.emit("Sub", *names)
        return builder.emit("Mul", difference, difference)

    return each(builder, inputs, write)


def _add_all(builder: Builder, _node: Node, inputs: list[Tensor]) -> list[Tensor]:
    return each(builder, inputs, lambda names: builder.emit("Sum", *names))


def _cast(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    element = _ELEMENT_TYPES[node.attributes["DstT"]]
    return each(builder, inputs, lambda names: builder.emit("Cast", *names, to=element))


def _select(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    # Select, unlike SelectV2, spreads a condition vector over the first axis
    # and not the last; with equal ranks there is no difference.
    if len({tensor.rank for tensor in inputs}) != 1:
        raise ConversionError(f"'{node.name}' selects between tensors of unequal rank")
    return each(builder, inputs, lambda names: builder.emit("Where", *names))


def _as_number(operand: Tensor, other: Tensor) -> Tensor:
    """Shrink a constant that repeats one number to that number, where nothing else changes."""
    value: npt.NDArray[Any] | None = operand.value
    if value is None or operand.rank == 0 or value.size == 0:
        return operand
    first = value.reshape(-1)[0]
    if np.any(value != first) or broadcast(operand.shape, other.shape) != other.shape:
        return operand
    return constant(first)


OPERATORS: Final = {
    **dict.fromkeys(_BINARY, _binary),
    **dict.fromkeys(_UNARY, _unary),
    "Relu6": _relu6,
    "SquaredDifference": _squared_difference,
    "AddN": _add_all,
    "Cast": _cast,
    "Select": _select,
}
