"""Picture operators of the converter, against plain numpy in TensorFlow's own layout."""

import numpy as np
import numpy.typing as npt
import pytest
from tfjs_onnx.graph import ConversionError

Array = npt.NDArray[np.float32]


def random(*shape: int, seed: int = 0) -> Array:
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def padded(picture: Array, size: tuple[int, int], stride: int, padding: str, fill: float) -> Array:
    """Pad (batch, height, width, channels) as TensorFlow defines SAME and VALID."""
    if padding == "VALID":
        return picture
    amounts = []
    for extent, window in zip(picture.shape[1:3], size, strict=True):
        covered = (-(-extent // stride) - 1) * stride + window
        missing = max(covered - extent, 0)
        amounts.append((missing // 2, missing - missing // 2))
    return np.pad(picture, [(0, 0), *amounts, (0, 0)], constant_values=fill)


def windows(picture: Array, size: tuple[int, int], stride: int) -> Array:
    """Return (batch, rows, columns, channels, window height, window width)."""
    every = np.lib.stride_tricks.sliding_window_view(picture, size, axis=(1, 2))
    return every[:, ::stride, ::stride]


@pytest.mark.parametrize("padding", ["SAME", "VALID"])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("kernel", [(1, 1), (3, 3), (2, 2), (5, 3)])
@pytest.mark.parametrize("size", [(8, 6), (7, 9)])
def test_convolution(tiny, padding, stride, kernel, size):
    picture, weights, bias = random(2, *size, 3), random(*kernel, 3, 4, seed=1), random(4, seed=2)
    shown = windows(padded(picture, kernel, stride, padding, 0), kernel, stride)
    expected = np.einsum("nrcihw,hwio->nrco", shown, weights) + bias
    graph = tiny()
    output = graph.add(
        "_FusedConv2D",
        graph.input("x", picture),
        graph.constant(weights),
        graph.constant(bias),
        strides=[1, stride, stride, 1],
        padding=padding,
        fused_ops=["BiasAdd", "Relu"],
    )
    graph.check({output: np.maximum(expected, 0)})


@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("multiplier", [1, 2])
def test_depthwise_convolution(tiny, stride, multiplier):
    picture, weights = random(1, 6, 8, 3), random(3, 3, 3, multiplier, seed=1)
    shown = windows(padded(picture, (3, 3), stride, "SAME", 0), (3, 3), stride)
    filtered = np.einsum("nrcihw,hwim->nrcim", shown, weights)
    expected = filtered.reshape(*filtered.shape[:3], -1)
    attributes = {"strides": [1, stride, stride, 1], "padding": "SAME"}
    graph = tiny()
    inputs = graph.input("x", picture), graph.constant(weights)
    plain = graph.add("DepthwiseConv2dNative", *inputs, **attributes)
    bias = graph.constant(np.full(3 * multiplier, 2, np.float32))
    fused = graph.add(
        "FusedDepthwiseConv2dNative",
        *inputs,
        bias,
        fused_ops=["BiasAdd", "Relu6"],
        **attributes,
    )
    graph.check({plain: expected, fused: np.clip(expected + 2, 0, 6)})


def test_dilated_convolution(tiny):
    picture, weights = random(1, 9, 9, 2), random(3, 3, 2, 2, seed=1)
    spread = np.zeros((5, 5, 2, 2), np.float32)
    spread[::2, ::2] = weights
    shown = windows(padded(picture, (5, 5), 1, "SAME", 0), (5, 5), 1)
    graph = tiny()
    output = graph.add(
        "Conv2D",
        graph.input("x", picture),
        graph.constant(weights),
        strides=[1, 1, 1, 1],
        dilations=[1, 2, 2, 1],
        padding="SAME",
    )
    graph.check({output: np.einsum("nrcihw,hwio->nrco", shown, spread)})


@pytest.mark.parametrize(
    ("size", "stride", "padding"), [(5, 1, "SAME"), (2, 2, "VALID"), (3, 2, "SAME"), (2, 1, "SAME")]
)
def test_max_pool(tiny, size, stride, padding):
    picture = random(1, 7, 8, 3)
    shown = windows(padded(picture, (size, size), stride, padding, -np.inf), (size, size), stride)
    graph = tiny()
    output = graph.add(
        "MaxPool",
        graph.input("x", picture),
        ksize=[1, size, size, 1],
        strides=[1, stride, stride, 1],
        padding=padding,
    )
    graph.check({output: shown.max(axis=(-2, -1))})


def test_pad_keeps_track_of_the_axes(tiny):
    picture, amounts = random(1, 3, 4, 2), [[0, 0], [1, 2], [0, 3], [0, 1]]
    graph = tiny()
    output = graph.add("Pad", graph.input("x", picture), graph.constant(amounts))
    graph.check({output: np.pad(picture, amounts)})


def upsampled(graph, factors, half_pixel_centers=True):
    """Write ``resize(x, shape(x)[1:3] * factors)`` as Keras exports UpSampling2D."""
    shape = graph.add("Shape", "x")
    bounds = [graph.constant(np.array(bound, np.int32)) for bound in ([1], [3], [1])]
    size = graph.add("StridedSlice", shape, *bounds)
    product = graph.add("Mul", size, graph.constant(np.array(factors, np.int32)))
    return graph.add("ResizeBilinear", "x", product, half_pixel_centers=half_pixel_centers)


def test_upsampling(tiny):
    picture = random(1, 4, 5, 2)
    expected = picture
    for axis, factor in ((1, 2), (2, 3)):
        extent = expected.shape[axis]
        places = np.clip((np.arange(extent * factor) + 0.5) / factor - 0.5, 0, extent - 1)
        low = np.floor(places).astype(int)
        share = (places - low).reshape([-1 if a == axis else 1 for a in range(4)])
        high = np.minimum(low + 1, extent - 1)
        expected = expected.take(low, axis) * (1 - share) + expected.take(high, axis) * share
    graph = tiny()
    graph.input("x", picture)
    graph.check({upsampled(graph, [2, 3]): expected}, varying=True)


def test_other_resizes_are_refused(tiny):
    graph = tiny()
    picture = graph.input("x", random(1, 4, 4, 1))
    cornered = upsampled(graph, [2, 2], half_pixel_centers=False)
    with pytest.raises(ConversionError, match="pixel centres"):
        graph.check({cornered: random(1, 8, 8, 1)})
    graph = tiny()
    graph.input("x", random(1, 4, 4, 1))
    fixed = graph.add("ResizeBilinear", picture, graph.constant([8, 8]), half_pixel_centers=True)
    with pytest.raises(ConversionError, match="whole factors"):
        graph.check({fixed: random(1, 8, 8, 1)})


def test_a_network_is_not_interrupted_by_transposes(tiny):
    picture, weights = random(1, 6, 6, 4), random(1, 1, 4, 4, seed=1)
    graph = tiny()
    attributes = {"strides": [1, 1, 1, 1], "padding": "SAME"}
    value, expected = graph.input("x", picture), picture
    for _ in range(3):
        branch = graph.add("Conv2D", value, graph.constant(weights), **attributes)
        scaled = graph.add("Mul", branch, graph.constant(np.arange(4, dtype=np.float32)))
        value = graph.add("Relu6", graph.add("AddV2", value, scaled))
        expected = np.clip(expected + (expected @ weights[0, 0]) * np.arange(4), 0, 6)
    model = graph.check({value: expected}, varying=True)
    operators = [node.op_type for node in model.graph.node]
    assert operators.count("Transpose") == 2  # on the way in and on the way out


def test_unknown_paddings_and_steps_are_refused(tiny):
    graph = tiny()
    inputs = graph.input("x", random(1, 4, 4, 1)), graph.constant(random(1, 1, 1, 1))
    odd = graph.add("Conv2D", *inputs, strides=[1, 1, 1, 1], padding="EXPLICIT")
    with pytest.raises(ConversionError, match="EXPLICIT"):
        graph.check({odd: random(1, 4, 4, 1)})
    step = graph.add(
        "_FusedConv2D", *inputs, strides=[1, 1, 1, 1], padding="SAME", fused_ops=["Elu"]
    )
    with pytest.raises(ConversionError, match="Elu"):
        graph.check({step: random(1, 4, 4, 1)})
