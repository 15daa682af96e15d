"""Operators that rearrange, pick, count and sort, written in TensorFlow's own layout.

They only occur where a network is done with its pictures and decodes people
from its maps, so the one transpose in front of them is cheap.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from .builder import TO_CHANNELS_LAST, Builder, Shape, Tensor
from .graph import ConversionError, Node

_TO_THE_END: Final = np.iinfo(np.int64).max


def _identity(_builder: Builder, _node: Node, inputs: list[Tensor]) -> list[Tensor]:
    return inputs


def _shape(builder: Builder, _node: Node, inputs: list[Tensor]) -> list[Tensor]:
    (tensor,) = inputs
    if not tensor.channels_first:
        return [Tensor(builder.emit("Shape", builder.as_written(tensor)), (tensor.rank,))]
    # Sizes are cheaper to put in order than the data they are the sizes of.
    sizes = builder.emit("Shape", tensor.name)
    order = builder.initializer(np.array(TO_CHANNELS_LAST))
    return [Tensor(builder.emit("Gather", sizes, order), (4,))]


def _size(builder: Builder, _node: Node, inputs: list[Tensor]) -> list[Tensor]:
    return [Tensor(builder.emit("Size", builder.as_written(inputs[0])), ())]


def _reshape(builder: Builder, _node: Node, inputs: list[Tensor]) -> list[Tensor]:
    tensor, target = inputs
    result = builder.emit("Reshape", builder.as_written(tensor), builder.as_written(target))
    return [Tensor(result, _described_by(target))]


def _squeeze(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    (tensor,) = inputs
    axes = sorted(axis % tensor.rank for axis in node.attributes["squeeze_dims"])
    if not axes:
        raise ConversionError(f"'{node.name}' does not say which axes it removes")
    result = builder.emit("Squeeze", builder.as_written(tensor), builder.initializer(axes))
    kept = tuple(size for axis, size in enumerate(tensor.shape) if axis not in axes)
    return [Tensor(result, kept)]


def _expand_dims(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    tensor, where = inputs
    axis = int(_value(where, node).item()) % (tensor.rank + 1)
    return [_unsqueezed(builder, tensor, axis)]


def _pack(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    axis = node.attributes.get("axis", 0) % (inputs[0].rank + 1)
    parts = [_unsqueezed(builder, tensor, axis) for tensor in inputs]
    return [_joined(builder, parts, axis)]


def _unpack(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    (tensor,) = inputs
    axis = node.attributes.get("axis", 0) % tensor.rank
    return [_picked(builder, tensor, axis, index) for index in range(node.attributes["num"])]


def _concat(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    *parts, where = inputs
    return [_joined(builder, parts, int(_value(where, node).item()) % parts[0].rank)]


def _split(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    where, tensor = inputs
    axis = int(_value(where, node).item()) % tensor.rank
    count = node.attributes["num_split"]
    names = builder.emit_several(count, "Split", builder.as_written(tensor), axis=axis)
    size = tensor.shape[axis]
    shape = _replaced(tensor.shape, axis, None if size is None else size // count)
    return [Tensor(name, shape) for name in names]


def _strided_slice(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    """Translate ``tensor[begin:end:stride, new axis, index, ...]``.

    Bit i of a mask speaks about entry i of the slice: its begin or end is left
    open, it adds an axis, or it is a single index that removes the axis.
    """
    tensor = inputs[0]
    begins, ends, strides = (_value(bound, node).tolist() for bound in inputs[1:])
    masks = node.attributes
    if masks.get("ellipsis_mask"):
        raise ConversionError(f"'{node.name}' slices with an ellipsis")
    cuts: list[tuple[int, int, int, int]] = []  # axis, begin, end, stride
    indices: list[tuple[int, int]] = []  # axis, index
    added: list[int] = []  # axes of the result
    axis = 0
    for entry, (begin, end, stride) in enumerate(zip(begins, ends, strides, strict=True)):
        bit = 1 << entry
        if masks.get("new_axis_mask", 0) & bit:
            added.append(axis - len(indices) + len(added))
            continue
        if masks.get("shrink_axis_mask", 0) & bit:
            indices.append((axis, begin))
        else:
            if stride < 1:
                raise ConversionError(f"'{node.name}' slices backwards")
            begin = 0 if masks.get("begin_mask", 0) & bit else begin
            end = _TO_THE_END if masks.get("end_mask", 0) & bit else end
            if (begin, end, stride) != (0, _TO_THE_END, 1):
                cuts.append((axis, begin, end, stride))
        axis += 1
    if cuts:
        tensor = _cut(builder, tensor, cuts)
    for axis, index in reversed(indices):
        tensor = _picked(builder, tensor, axis, index)
    for axis in added:
        tensor = _unsqueezed(builder, tensor, axis)
    return [tensor]


def _gather_nd(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    tensor, indices = inputs
    depth = indices.shape[-1]
    if depth is None:
        raise ConversionError(f"'{node.name}' does not say how many axes its indices have")
    result = builder.emit("GatherND", builder.as_written(tensor), builder.as_written(indices))
    return [Tensor(result, indices.shape[:-1] + tensor.shape[depth:])]


def _tile(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    tensor, repeats = inputs
    result = builder.emit("Tile", builder.as_written(tensor), builder.as_written(repeats))
    times = _value(repeats, node).tolist()
    shape = tuple(
        None if size is None else size * count
        for size, count in zip(tensor.shape, times, strict=True)
    )
    return [Tensor(result, shape)]


def _fill(builder: Builder, _node: Node, inputs: list[Tensor]) -> list[Tensor]:
    sizes, number = inputs
    result = builder.emit("Expand", builder.as_written(number), builder.as_written(sizes))
    return [Tensor(result, _described_by(sizes))]


def _range(builder: Builder, _node: Node, inputs: list[Tensor]) -> list[Tensor]:
    return [Tensor(builder.emit("Range", *(builder.as_written(i) for i in inputs)), (None,))]


def _top_k(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    tensor, number = inputs
    count = int(_value(number, node).item())
    names = builder.emit_several(
        2, "TopK", builder.as_written(tensor), builder.initializer([count]), axis=-1
    )
    return [Tensor(name, (*tensor.shape[:-1], count)) for name in names]


def _arg_max(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    tensor, where = inputs
    axis = int(_value(where, node).item()) % tensor.rank
    result = builder.emit("ArgMax", builder.as_written(tensor), axis=axis, keepdims=0)
    return [Tensor(result, tensor.shape[:axis] + tensor.shape[axis + 1 :])]


def _reduce(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    tensor, where = inputs
    axes = sorted({axis % tensor.rank for axis in _value(where, node).reshape(-1).tolist()})
    keep = bool(node.attributes.get("keep_dims"))
    data = builder.as_written(tensor)
    if node.operator == "Sum":
        result = builder.emit("ReduceSum", data, builder.initializer(axes), keepdims=int(keep))
    else:  # until opset 18, ReduceMax takes its axes as an attribute
        result = builder.emit("ReduceMax", data, axes=axes, keepdims=int(keep))
    shape = tuple(
        1 if axis in axes else size
        for axis, size in enumerate(tensor.shape)
        if keep or axis not in axes
    )
    return [Tensor(result, shape)]


def _picked(builder: Builder, tensor: Tensor, axis: int, index: int) -> Tensor:
    """Take one index of an axis, which disappears."""
    result = builder.emit(
        "Gather", builder.as_written(tensor), builder.initializer(index), axis=axis
    )
    return Tensor(result, tensor.shape[:axis] + tensor.shape[axis + 1 :])


def _unsqueezed(builder: Builder, tensor: Tensor, axis: int) -> Tensor:
    """Add an axis of size one, which stands at position ``axis`` of the result."""
    shape = (*tensor.shape[:axis], 1, *tensor.shape[axis:])
    if tensor.value is not None:
        return Tensor("", shape, value=np.expand_dims(tensor.value, axis))
    result = builder.emit("Unsqueeze", builder.as_written(tensor), builder.initializer([axis]))
    return Tensor(result, shape)


def _joined(builder: Builder, parts: list[Tensor], axis: int) -> Tensor:
    """Put tensors end to end along an existing axis."""
    result = builder.emit("Concat", *(builder.as_written(part) for part in parts), axis=axis)
    sizes = [part.shape[axis] for part in parts]
    total = None if None in sizes else sum(size for size in sizes if size is not None)
    return Tensor(result, _replaced(parts[0].shape, axis, total))


def _cut(builder: Builder, tensor: Tensor, cuts: list[tuple[int, int, int, int]]) -> Tensor:
    """Take a range of each of some axes: (axis, begin, end, stride)."""
    axes, begins, ends, strides = zip(*cuts, strict=True)
    result = builder.emit(
        "Slice",
        builder.as_written(tensor),
        *(builder.initializer(part) for part in (begins, ends, axes, strides)),
    )
    shape = tensor.shape
    for axis, begin, end, stride in cuts:
        size = shape[axis]
        left = None if size is None else len(range(size)[begin:end:stride])
        shape = _replaced(shape, axis, left)
    return Tensor(result, shape)


def _described_by(sizes: Tensor) -> Shape:
    """Return the shape that a tensor of sizes asks for, as far as it is known."""
    if sizes.value is None:
        length = sizes.shape[0]
        if length is None:
            raise ConversionError("a shape has an unknown number of axes")
        return (None,) * length
    return tuple(None if size < 0 else size for size in sizes.value.tolist())


def _replaced(shape: Shape, axis: int, size: int | None) -> Shape:
    return (*shape[:axis], size, *shape[axis + 1 :])


def _value(tensor: Tensor, node: Node) -> npt.NDArray[Any]:
    if tensor.value is None:
        raise ConversionError(f"'{node.name}' ({node.operator}) is not fixed by constants")
    return tensor.value


OPERATORS: Final = {
    "Identity": _identity,
    "Shape": _shape,
    "Size": _size,
    "Reshape": _reshape,
    "Squeeze": _squeeze,
    "ExpandDims": _expand_dims,
    "Pack": _pack,
    "Unpack": _unpack,
    "ConcatV2": _concat,
    "Split": _split,
    "StridedSlice": _strided_slice,
    "GatherNd": _gather_nd,
    "Tile": _tile,
    "Fill": _fill,
    "Range": _range,
    "TopKV2": _top_k,
    "ArgMax": _arg_max,
    "Max": _reduce,
    "Sum": _reduce,
}
