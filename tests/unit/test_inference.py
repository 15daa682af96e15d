"""Sessions say where they run and refuse what is not a model."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from choreai_live import inference
from choreai_live.errors import ModelError, ProviderError


@pytest.fixture
def doubling_model(tmp_path: Path) -> Path:
    """Return a model file that adds its input to itself."""
    graph = helper.make_graph(
        [helper.make_node("Add", ["x", "x"], ["y"])],
        "doubling",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n"])],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    helper.set_model_props(model, {"purpose": "doubling"})
    path = tmp_path / "doubling.onnx"
    onnx.save(model, path)
    return path


def test_a_session_runs_and_tells_where(doubling_model):
    session = inference.Session(doubling_model, "cpu", threads=1)
    (y,) = session.run(["y"], {"x": np.array([1, 2], np.float32)})
    np.testing.assert_array_equal(y, [2, 4])
    assert session.provider == "cpu"
    assert session.notice is None
    assert session.metadata == {"purpose": "doubling"}
    assert session.inputs == {"x": ["n"]}


def test_auto_takes_a_provider_this_runtime_has(doubling_model):
    assert inference.Session(doubling_model).provider in inference.available_providers()


def test_an_unknown_provider_is_refused_by_name(doubling_model):
    with pytest.raises(ProviderError, match="Unknown execution provider 'quantum'"):
        inference.Session(doubling_model, "quantum")


def test_a_provider_this_runtime_was_not_built_with_is_refused(doubling_model):
    missing = [name for name in inference.PROVIDERS if name not in inference.available_providers()]
    if not missing:
        pytest.skip("this ONNX Runtime has every provider")
    with pytest.raises(ProviderError, match=f"has no '{missing[0]}' provider"):
        inference.Session(doubling_model, missing[0])


@pytest.mark.parametrize("content", [b"", b"not a model", b"\x08\x08" * 100])
def test_what_is_not_a_model_is_one_sentence(tmp_path, content):
    path = tmp_path / "broken.onnx"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"broken\.onnx cannot be loaded") as caught:
        inference.Session(path)
    assert "\n" not in str(caught.value)


def test_without_onnx_runtime_one_sentence_says_what_to_install():
    program = (
        "import sys; sys.modules['onnxruntime'] = None\n"
        "from choreai_live.errors import ChoreaiError\n"
        "try:\n    import choreai_live.inference\n"
        "except ChoreaiError as error:\n    print(error)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "pip install choreai-live[cpu]" in shown
    assert shown.count("\n") == 1


def test_this_environment_has_one_onnx_runtime():
    assert inference.installation_notice() is None


def test_two_onnx_runtimes_in_one_environment_are_told(tmp_path, monkeypatch):
    for name in ("onnxruntime", "onnxruntime_gpu"):
        folder = tmp_path / f"{name}-9.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 9\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    notice = inference.installation_notice()
    assert notice is not None
    assert "onnxruntime and onnxruntime-gpu are both installed" in notice
