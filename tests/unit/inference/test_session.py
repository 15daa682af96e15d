"""Sessions say where they run and refuse what is not a model."""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from choreai_live import inference
from choreai_live.errors import ModelError, ProviderError
from choreai_live.inference import session as opening


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


def test_threads_are_as_many_as_suit_the_cores():
    assert 1 <= inference.usual_threads() <= 4


def test_half_precision_on_the_cpu_is_told_to_bring_nothing(doubling_model):
    session = inference.Session(doubling_model, "cpu", precision="fp16")
    assert (session.provider, session.precision) == ("cpu", "fp32")
    assert session.notice is not None
    assert "brings nothing on the CPU" in session.notice


def test_an_unknown_precision_is_refused_by_name(doubling_model):
    with pytest.raises(ProviderError, match="Unknown precision 'fp8': choose one of fp32, fp16"):
        inference.Session(doubling_model, "cpu", precision="fp8")


@pytest.fixture
def cuda_in_name_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have an ONNX Runtime that says it has CUDA and TensorRT, and drops both as it does."""
    names = ["TensorrtExecutionProvider", "CUDAExecutionProvider", "CPUExecutionProvider"]
    monkeypatch.setattr("onnxruntime.get_available_providers", lambda: names)


@pytest.mark.filterwarnings("ignore:Specified provider")
@pytest.mark.parametrize("provider", ["auto", "cuda", "tensorrt"])
@pytest.mark.parametrize("precision", inference.PRECISIONS)
def test_a_provider_that_does_not_start_falls_back_and_says_so(
    doubling_model, cuda_in_name_only, provider, precision, cache_folder
):
    session = inference.Session(doubling_model, provider, precision=precision)
    assert (session.provider, session.precision) == ("cpu", "fp32")
    assert session.notice is not None
    assert session.notice.endswith("is not usable on this machine; running on the CPU instead.")
    asked = "Tensorrt" if provider == "tensorrt" else "CUDA"
    assert session.notice.startswith(f"{asked}ExecutionProvider ")
    (y,) = session.run(["y"], {"x": np.array([1, 2], np.float32)})
    np.testing.assert_array_equal(y, [2, 4])


def test_a_provider_that_starts_but_cannot_run_falls_back_when_warmed_up(
    doubling_model, monkeypatch
):
    class Failing:
        def __init__(self, *_: Any) -> None: ...

        def run(self, *_: Any) -> None:
            raise RuntimeError("out of memory\nsecond line")

    session = inference.Session(doubling_model, "cpu")
    session._chain.insert(0, "cuda")
    session._bound = Failing()  # type: ignore[assignment]
    session.warm_up([{"x": (3,)}])
    assert session.provider == "cpu"
    assert session.notice == (
        "CUDAExecutionProvider could not run (out of memory); running on the CPU instead."
    )
    (y,) = session.run(["y"], {"x": np.array([1, 2], np.float32)})
    np.testing.assert_array_equal(y, [2, 4])


def test_a_model_that_cannot_run_anywhere_is_one_sentence(doubling_model):
    session = inference.Session(doubling_model, "cpu")
    with pytest.raises(ModelError, match="cannot be loaded"):
        session.warm_up([{"x": (2, 2)}])


def test_a_session_on_a_device_binds_its_inputs(doubling_model, monkeypatch):
    monkeypatch.setattr(opening, "DEVICES", {"cpu": "cpu"})
    session = inference.Session(doubling_model, "cpu")
    assert session.on_device
    session.warm_up([{"x": (2,)}, {"x": (3,)}])
    (y,) = session.run(["y"], {"x": np.array([1, 2], np.float32)})
    np.testing.assert_array_equal(y, [2, 4])


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
