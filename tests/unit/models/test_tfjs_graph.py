"""Reading TensorFlow.js graph models."""

import base64
import json

import numpy as np
import pytest
from tfjs_onnx.graph import ConversionError, Reference, read

HALVES = np.array([[0.5, -1.25], [3.0, 0.1]], np.float16)
COUNTS = np.array([7, -2], np.int32)


def encoded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def model(**changes) -> bytes:
    """Return the JSON file of a small model; ``changes`` replace its top-level entries."""
    shape = {"shape": {"dim": [{"size": "1"}, {"size": "-1"}]}}
    nodes = [
        {"name": "x", "op": "Placeholder", "attr": {"shape": shape, "dtype": {"type": "DT_FLOAT"}}},
        {"name": "w", "op": "Const", "attr": {"value": {"tensor": {"dtype": "DT_FLOAT"}}}},
        {"name": "n", "op": "Const"},
        {"name": "unused", "op": "Exp", "input": ["x"]},
        {
            "name": "sum",
            "op": "Add",
            "input": ["parts:1", "w", "^unused"],
            "attr": {
                "padding": {"s": encoded("SAME")},
                "strides": {"list": {"i": ["1", "2"]}},
                "fused_ops": {"list": {"s": [encoded("BiasAdd"), encoded("Relu")]}},
                "explicit_paddings": {"list": {}},
                "keep_dims": {"b": True},
                "alpha": {"f": 0.25},
                "num": {"i": "3"},
            },
        },
        {"name": "parts", "op": "Split", "input": ["n", "x"]},
    ]
    float16 = {"dtype": "float16", "original_dtype": "float32"}
    weights = [
        {"name": "w", "shape": [2, 2], "dtype": "float32", "quantization": float16},
        {"name": "n", "shape": [2], "dtype": "int32"},
    ]
    content = {
        "modelTopology": {"node": nodes},
        "weightsManifest": [{"paths": ["a.bin", "b.bin"], "weights": weights}],
        "signature": {"outputs": {"answer": {"name": "sum:0"}}},
    }
    return json.dumps({**content, **changes}).encode()


def shard(path: str) -> bytes:
    """Return the weights in two files, cut in the middle of an array."""
    content = HALVES.tobytes() + COUNTS.tobytes()
    return content[:3] if path == "a.bin" else content[3:]


def test_weights_are_widened_and_cut_from_all_files():
    constants = read(model(), shard).constants
    assert constants["w"].dtype == np.float32
    np.testing.assert_array_equal(constants["w"], HALVES.astype(np.float32))
    np.testing.assert_array_equal(constants["n"], COUNTS)


def test_attributes_become_plain_values():
    nodes = read(model(), shard).nodes
    assert nodes["sum"].attributes == {
        "padding": "SAME",
        "strides": [1, 2],
        "fused_ops": ["BiasAdd", "Relu"],
        "explicit_paddings": [],
        "keep_dims": True,
        "alpha": 0.25,
        "num": 3,
    }
    assert nodes["x"].attributes == {"shape": [1, None], "dtype": "DT_FLOAT"}
    assert nodes["sum"].inputs == (Reference("parts", 1), Reference("w", 0))


def test_only_what_an_output_needs_is_visited_each_after_its_inputs():
    graph = read(model(), shard)
    assert [node.name for node in graph.needed_for(["answer"])] == ["n", "x", "parts", "w", "sum"]


def test_an_output_that_is_not_there_is_named():
    graph = read(model(), shard)
    with pytest.raises(ConversionError, match=r"no output 'heatmap', only answer"):
        list(graph.needed_for(["heatmap"]))


def test_a_missing_node_is_named():
    graph = read(model(modelTopology={"node": []}), shard)
    with pytest.raises(ConversionError, match="lacks its node 'sum'"):
        list(graph.needed_for(["answer"]))


def test_weight_files_of_the_wrong_size_are_refused():
    with pytest.raises(ConversionError, match="holds 17 bytes where the model describes 16"):
        read(model(), lambda path: shard(path) + (b"!" if path == "b.bin" else b""))


@pytest.mark.parametrize("content", [b"{}", b"[]", b"not json", model(weightsManifest=None)])
def test_other_files_are_refused(content):
    with pytest.raises(ConversionError, match=r"not a TensorFlow\.js graph model"):
        read(content, shard)


def test_affine_quantization_is_refused_rather_than_misread():
    quantized = {"name": "w", "shape": [8], "dtype": "float32"}
    quantized["quantization"] = {"dtype": "uint8", "scale": 0.1, "min": -1}
    manifest = [{"paths": ["a.bin"], "weights": [quantized]}]
    with pytest.raises(ConversionError, match="affine"):
        read(model(weightsManifest=manifest), lambda _path: bytes(8))
