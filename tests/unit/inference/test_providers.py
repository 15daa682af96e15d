"""Which providers are tried, and how each is set up."""

import pytest

from choreai_live.inference import providers


@pytest.fixture(autouse=True)
def everything_built(monkeypatch: pytest.MonkeyPatch) -> None:
    full = list(providers.PROVIDERS.values())
    monkeypatch.setattr("onnxruntime.get_available_providers", lambda: full)


@pytest.mark.parametrize(
    ("asked", "tried"),
    [
        ("auto", ["cuda", "cpu"]),
        ("cuda", ["cuda", "cpu"]),
        ("tensorrt", ["tensorrt", "cuda", "cpu"]),
        ("openvino", ["openvino", "cpu"]),
        ("cpu", ["cpu"]),
    ],
)
def test_each_provider_has_its_stand_ins(asked, tried):
    assert providers.chain(asked) == tried


def test_tensorrt_keeps_its_engines_in_the_users_cache(cache_folder):
    full, half = (providers.options("tensorrt", half=half) for half in (False, True))
    kept = cache_folder / "choreai-live" / "tensorrt"
    assert kept.is_dir()
    assert full["trt_engine_cache_path"] == str(kept)
    assert (full["trt_fp16_enable"], half["trt_fp16_enable"]) == ("0", "1")


def test_cuda_does_not_search_anew_for_every_shape():
    assert providers.options("cuda", half=False)["cudnn_conv_algo_search"] == "HEURISTIC"
    assert providers.options("cpu", half=False) == {}


def test_looking_for_the_libraries_of_a_device_prints_nothing(capfd):
    providers.load_device_libraries.cache_clear()
    providers.load_device_libraries()
    assert capfd.readouterr().out == ""
