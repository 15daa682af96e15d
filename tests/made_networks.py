"""Small ONNX networks whose answers can be known: real files for real sessions."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from people import STANDING

#: One colour for each joint, RGB of length 1: no two of them are alike.
COLOURS = np.array([(a, b, 5 - a - b) for a in range(6) for b in range(6 - a)][:17], np.float32)
COLOURS /= np.linalg.norm(COLOURS, axis=1, keepdims=True)

_MEAN = np.array([0.406, 0.457, 0.480], np.float32)


def write_network(
    path: Path,
    nodes: Sequence[Any],
    constants: Mapping[str, np.ndarray],
    inputs: Mapping[str, Sequence[Any]],
    outputs: Mapping[str, Sequence[Any]],
    metadata: Mapping[str, str] | None = None,
) -> Path:
    """Write a float32 network and return its path."""
    graph = helper.make_graph(
        list(nodes),
        "made",
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in inputs.items()],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in outputs.items()],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    helper.set_model_props(model, dict(metadata or {}))
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    return path


def write_alphapose(
    path: Path, nodes: Sequence[Any], constants: Mapping[str, np.ndarray], joints: int
) -> Path:
    """Write a network with the inputs and outputs that AlphaPose's have here."""
    return write_network(
        path,
        nodes,
        constants,
        {"input": ["people", 3, 256, 192]},
        {"heatmaps": ["people", joints, 64, 48]},
        {"choreai.pose": "alphapose"},
    )


def same_heatmaps(path: Path, heatmaps: np.ndarray) -> Path:
    """Write an AlphaPose that answers any crop with ``heatmaps`` (joints, 64, 48)."""
    nodes = [
        helper.make_node("ReduceMean", ["input"], ["level"], axes=[1, 2, 3]),
        helper.make_node("Mul", ["level", "nothing"], ["nil"]),
        helper.make_node("Add", ["nil", "template"], ["heatmaps"]),
    ]
    constants = {"nothing": np.zeros(1, np.float32), "template": heatmaps[None]}
    return write_alphapose(path, nodes, constants, len(heatmaps))


def somebody_standing(path: Path) -> Path:
    """Write an AlphaPose that sees somebody stand in the middle of any crop."""
    y, x = np.mgrid[:64, :48]
    # As high as leads to the same box, and so to the same crop, in the next frame.
    middle = (STANDING.min(axis=0) + STANDING.max(axis=0)) / 2
    places = (STANDING - middle) * np.float32(64 / 1.25 / 180) + np.float32([24, 32])
    squared = (x - places[:, 0, None, None]) ** 2 + (y - places[:, 1, None, None]) ** 2
    return same_heatmaps(path, (0.9 * np.exp(-squared / 8)).astype(np.float32))


def colour_finder(path: Path, joints: int = 17) -> Path:
    """Write an AlphaPose that finds each joint by its colour, see :func:`figure`."""
    weights = np.zeros((joints, 3, 1, 1), np.float32)
    weights[:17, :, 0, 0] = COLOURS
    nodes = [
        helper.make_node("AveragePool", ["input"], ["small"], kernel_shape=[4, 4], strides=[4, 4]),
        helper.make_node("Conv", ["small", "weights", "bias"], ["heatmaps"]),
    ]
    bias = weights[:, :, 0, 0] @ _MEAN
    return write_alphapose(path, nodes, {"weights": weights, "bias": bias}, joints)


def figure(box: Sequence[float]) -> np.ndarray:
    """Return 17 joints, float32 (17, 2), spread over a box x1, y1, x2, y2."""
    x1, y1, x2, y2 = box
    cells = np.array([(column / 3, row / 4) for row in range(5) for column in range(4)][:17])
    return (cells * [x2 - x1, y2 - y1] + [x1, y1]).astype(np.float32)


def paint(image: np.ndarray, keypoints: np.ndarray) -> None:
    """Paint joints (17, 2) of :func:`figure` into a BGR picture, each a soft dot of its colour."""
    # Broad beside a pixel of the heatmaps, which must not miss the brightest part.
    spread = 0.08 * float(np.ptp(keypoints, axis=0).max())
    y, x = np.mgrid[: image.shape[0], : image.shape[1]]
    brightest = np.full(image.shape[:2], 0.01)
    for (px, py), colour in zip(keypoints, COLOURS, strict=True):
        light = np.exp(-((x - px) ** 2 + (y - py) ** 2) / (2 * spread**2))
        here = light > brightest
        brightest[here] = light[here]
        image[here] = 255 * light[here, None] * colour[::-1]


def red_finder(
    path: Path, height: int, width: int, *, sure: float = 1.0, open_size: bool = False
) -> Path:
    """Write a YOLOX that sees a person, 4 cells of 8 pixels wide and high, at each red cell."""
    counts = [(height // stride) * (width // stride) for stride in (8, 16, 32)]
    boxes = np.zeros((1, sum(counts), 4), np.float32)
    boxes[..., :2], boxes[..., 2:] = 0.5, np.log(4)
    classes = np.zeros((1, sum(counts), 80), np.float32)
    classes[..., 0] = sure
    nodes = [
        helper.make_node("AveragePool", ["images"], ["cells"], kernel_shape=[8, 8], strides=[8, 8]),
        helper.make_node("Conv", ["cells", "redness"], ["red"]),
        helper.make_node("Reshape", ["red", "column"], ["near"]),
        helper.make_node("Concat", ["near", "far"], ["objectness"], axis=1),
        helper.make_node("Concat", ["boxes", "objectness", "classes"], ["output"], axis=2),
    ]
    constants = {
        # Red less green and blue, 0 to 1: the padding is grey.
        "redness": np.array([-0.5, -0.5, 1], np.float32).reshape(1, 3, 1, 1) / 255,
        "column": np.array([1, counts[0], 1], np.int64),
        "far": np.zeros((1, sum(counts[1:]), 1), np.float32),
        "boxes": boxes,
        "classes": classes,
    }
    sides = ["height", "width"] if open_size else [height, width]
    return write_network(
        path, nodes, constants, {"images": [1, 3, *sides]}, {"output": [1, sum(counts), 85]}
    )
