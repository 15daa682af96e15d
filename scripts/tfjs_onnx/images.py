"""Operators on pictures (batch, height, width, channels), written channels first in ONNX."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from . import elementwise
from .builder import TO_CHANNELS_FIRST, Builder, Tensor
from .graph import ConversionError, Node


def _convolution(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    """Translate all four convolutions: plain or depthwise, with or without fused steps."""
    picture, kernel, *others = inputs
    weights = _value(kernel, node)
    height, width, channels, filters = weights.shape
    if "Depthwise" in node.operator:
        # (height, width, channels, multiplier): each channel has its own filters.
        groups, filters = channels, channels * filters
        weights = weights.transpose(2, 3, 0, 1).reshape(filters, 1, height, width)
    else:
        groups, weights = 1, weights.transpose(3, 2, 0, 1)
    operands = [builder.channels_first(picture), builder.initializer(weights)]
    steps = list(node.attributes.get("fused_ops", []))
    if "BiasAdd" in steps:
        steps.remove("BiasAdd")
        operands.append(builder.initializer(_value(others[0], node).reshape(-1)))
    dilations = node.attributes.get("dilations", [1, 1, 1, 1])[1:3]
    result = builder.emit(
        "Conv",
        *operands,
        kernel_shape=[height, width],
        group=groups,
        dilations=dilations,
        **_windows(node, [(height - 1) * dilations[0] + 1, (width - 1) * dilations[1] + 1]),
    )
    for step in steps:
        if step == "Relu6":
            result = elementwise.relu6(builder, result)
        elif step == "Relu":
            result = builder.emit("Relu", result)
        else:
            raise ConversionError(f"'{node.name}' is fused with the unknown step '{step}'")
    return [Tensor(result, (picture.shape[0], None, None, filters), channels_first=True)]


def _max_pool(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    size = node.attributes["ksize"][1:3]
    result = builder.emit(
        "MaxPool", builder.channels_first(inputs[0]), kernel_shape=size, **_windows(node, size)
    )
    batch, _, _, channels = inputs[0].shape
    return [Tensor(result, (batch, None, None, channels), channels_first=True)]


def upsample(builder: Builder, node: Node, picture: Tensor, factors: list[int]) -> list[Tensor]:
    """Translate ``ResizeBilinear`` by whole factors.

    Fixed factors, and not the sizes which TensorFlow computes from the
    picture's, let ONNX Runtime choose its fast kernel and need no nodes for
    the sizes.

    Parameters
    ----------
    builder, node
        The graph to write to, and what is translated.
    picture
        What is enlarged.
    factors
        How much higher and wider the picture becomes.
    """
    if not node.attributes.get("half_pixel_centers") or node.attributes.get("align_corners"):
        raise ConversionError(f"'{node.name}' does not resize around pixel centres")
    scales = builder.initializer(np.array([1, 1, *factors], dtype=np.float32))
    result = builder.emit(
        "Resize",
        builder.channels_first(picture),
        "",
        scales,
        mode="linear",
        coordinate_transformation_mode="half_pixel",
    )
    batch, height, width, channels = picture.shape
    height = height and height * factors[0]
    width = width and width * factors[1]
    return [Tensor(result, (batch, height, width, channels), channels_first=True)]


def _pad(builder: Builder, node: Node, inputs: list[Tensor]) -> list[Tensor]:
    picture, paddings = inputs
    amounts = _value(paddings, node)  # (axes, 2): before and after
    moved = amounts[list(TO_CHANNELS_FIRST)]
    result = builder.emit(
        "Pad", builder.channels_first(picture), builder.initializer(moved.T.reshape(-1))
    )
    shape = tuple(
        None if size is None else size + int(extra.sum())
        for size, extra in zip(picture.shape, amounts, strict=True)
    )
    return [Tensor(result, shape, channels_first=True)]


def _windows(node: Node, size: list[int]) -> dict[str, Any]:
    """Return the ONNX attributes for how windows of a given size cover the picture."""
    strides = node.attributes["strides"][1:3]
    padding = node.attributes["padding"]
    if node.attributes.get("data_format", "NHWC") != "NHWC":
        raise ConversionError(f"'{node.name}' is not channels last")
    if padding == "VALID":
        return {"strides": strides, "pads": [0, 0, 0, 0]}
    if padding != "SAME":
        raise ConversionError(f"'{node.name}' has the unknown padding '{padding}'")
    if strides == [1, 1] and all(extent % 2 for extent in size):
        before = [extent // 2 for extent in size]
        return {"strides": strides, "pads": before + before}
    # With strides, how much is padded depends on the size of the picture.
    return {"strides": strides, "auto_pad": "SAME_UPPER"}


def _value(tensor: Tensor, node: Node) -> npt.NDArray[Any]:
    if tensor.value is None:
        raise ConversionError(f"'{node.name}' has weights or paddings that are not constant")
    return tensor.value


OPERATORS: Final = {
    "Conv2D": _convolution,
    "_FusedConv2D": _convolution,
    "DepthwiseConv2dNative": _convolution,
    "FusedDepthwiseConv2dNative": _convolution,
    "MaxPool": _max_pool,
    "Pad": _pad,
}
