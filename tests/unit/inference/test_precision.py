"""Half precision: converted once, and near enough; computed on the CPU, which can if it must."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto

from choreai_live import models
from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.errors import ModelError, ProviderError
from choreai_live.inference import Session
from choreai_live.inference.precision import half_precision
from choreai_live.messages import Pose
from choreai_live.pose.blazepose import BlazePose
from choreai_live.pose.crops import region_around
from choreai_live.pose.movenet import MoveNet


def test_what_follows_the_last_product_counts_on_in_float32(counting_model, cache_folder):
    half = half_precision(counting_model)
    assert half.is_relative_to(cache_folder)
    weights = {w.name: w.data_type for w in onnx.load(half).graph.initializer}
    assert weights["many"] == TensorProto.FLOAT
    assert TensorProto.FLOAT16 in weights.values()
    (y,) = Session(half, "cpu").run(["y"], {"x": np.array([[10]], np.float32)})
    assert y.dtype == np.float32
    assert y[0, 0] == pytest.approx(4002, abs=0.01)  # in float16: 4000 or 4004


def test_metadata_inputs_and_outputs_stay(counting_model, cache_folder):
    before, after = Session(counting_model, "cpu"), Session(half_precision(counting_model), "cpu")
    assert (before.metadata, before.inputs) == (after.metadata, after.inputs)
    assert before.outputs == after.outputs


@pytest.mark.parametrize("name", ["movenet_multipose", "blazepose_full"])
def test_no_name_is_used_twice(name, cache_folder):
    # CUDA refuses such a model; the CPU loads it.
    nodes = onnx.load(half_precision(models.locate(name))).graph.node
    names = [node.name for node in nodes]
    assert len(set(names)) == len(names)
    made = [output for node in nodes for output in node.output if output]
    assert len(set(made)) == len(made)


def test_a_model_is_converted_once_for_its_content(counting_model, cache_folder):
    first = half_precision(counting_model)
    written = first.stat().st_mtime_ns
    assert half_precision(counting_model) == first
    assert first.stat().st_mtime_ns == written
    other = onnx.load(counting_model)
    other.producer_name = "another"
    onnx.save(other, counting_model)
    assert half_precision(counting_model) != first
    assert len(list(first.parent.iterdir())) == 2  # and nothing half-written


def test_the_search_path_stays_as_it_is(counting_model, cache_folder):
    before = sys.path.copy()
    half_precision(counting_model)
    assert sys.path == before


def test_without_onnx_one_sentence_says_what_to_install(counting_model, cache_folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnx", None)
    with pytest.raises(ProviderError, match="pip install onnx"):
        half_precision(counting_model)


def test_what_cannot_be_converted_or_kept_is_one_sentence(tmp_path, cache_folder):
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"not a model")
    with pytest.raises(ModelError, match=r"broken\.onnx cannot be converted") as caught:
        half_precision(broken)
    assert "\n" not in str(caught.value)
    with pytest.raises(ModelError, match=r"missing\.onnx cannot be kept"):
        half_precision(tmp_path / "missing.onnx")


def test_the_shipped_models_read_the_demo_dancer_nearly_the_same(cache_folder):
    image = DemoScene(SceneSettings(seed=1)).render(1.0)

    def read(prepared: Callable[[Path], Path]) -> tuple[Pose, Pose]:
        movenet, blazepose = (
            Session(prepared(models.locate(name)), "cpu")
            for name in ("movenet_multipose", "blazepose_full")
        )
        (found,) = MoveNet(movenet).detect(image)
        (pose,) = BlazePose(blazepose).read(image, [region_around(found)])
        return found, pose

    for full, half in zip(read(lambda path: path), read(half_precision), strict=True):
        np.testing.assert_allclose(half.keypoints, full.keypoints, atol=2.0)
        np.testing.assert_allclose(half.scores, full.scores, atol=0.02)
