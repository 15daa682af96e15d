"""Execution providers: their names, which of them stand in for which, and how each is set up."""

import logging
from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from io import StringIO
from typing import Final

import platformdirs

from choreai_live.errors import ProviderError

try:
    import onnxruntime as ort
except ModuleNotFoundError as error:
    raise ProviderError(
        "ONNX Runtime is not installed: run `pip install choreai-live[cpu]`, "
        "or `pip install choreai-live[gpu]` on a machine with an NVIDIA GPU, but not both."
    ) from error

logger = logging.getLogger(__name__)

#: Names a user can ask for, and the ONNX Runtime name of each.
PROVIDERS: Final[Mapping[str, str]] = {
    "cuda": "CUDAExecutionProvider",
    "tensorrt": "TensorrtExecutionProvider",
    "openvino": "OpenVINOExecutionProvider",
    "directml": "DmlExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
    "cpu": "CPUExecutionProvider",
}

#: Providers whose inputs lie in the memory of a device, and what ONNX Runtime calls it.
DEVICES: Final[Mapping[str, str]] = {"cuda": "cuda", "tensorrt": "cuda"}

#: Providers whose sessions prepare all their convolutions anew whenever the shape of the
#: input is not that of the run before: half a second to two for BlazePose on an H200
#: (ONNX Runtime 1.31.1), so a session serves one shape only. Another one takes 20 ms.
ONE_SHAPE_EACH: Final = ("cuda",)

#: What is tried, in this order, where the first cannot start. What the
#: operators of a model that a provider lacks run on comes after it as well.
_STAND_INS: Final[Mapping[str, tuple[str, ...]]] = {"tensorrt": ("cuda", "cpu"), "cpu": ()}

#: Packages that all install the module ``onnxruntime``.
_DISTRIBUTIONS: Final = (
    "onnxruntime",
    "onnxruntime-gpu",
    "onnxruntime-openvino",
    "onnxruntime-directml",
)


def available_providers() -> list[str]:
    """Names, as in :data:`PROVIDERS`, that the installed ONNX Runtime was built with."""
    built = set(ort.get_available_providers())
    return [name for name, full in PROVIDERS.items() if full in built]


def chain(provider: str) -> list[str]:
    """Return the providers to try for what the user asked for, the CPU last.

    Parameters
    ----------
    provider
        ``"auto"`` (CUDA where there is one, else CPU) or a name of :data:`PROVIDERS`.

    Raises
    ------
    ProviderError
        If that is not a known name, or this ONNX Runtime was built without it.
    """
    built = available_providers()
    if provider == "auto":
        provider = "cuda" if "cuda" in built else "cpu"
    if provider not in PROVIDERS:
        raise ProviderError(
            f"Unknown execution provider '{provider}': "
            f"choose auto or one of {', '.join(PROVIDERS)}."
        )
    if provider not in built:
        raise ProviderError(
            f"The installed ONNX Runtime has no '{provider}' provider: choose one of "
            f"{', '.join(built)}, or install the ONNX Runtime package that has it."
        )
    return [provider, *(name for name in _STAND_INS.get(provider, ("cpu",)) if name in built)]


def options(provider: str, *, half: bool) -> dict[str, str]:
    """Return how ONNX Runtime is to set up a provider.

    Parameters
    ----------
    provider
        A name of :data:`PROVIDERS`.
    half
        Whether TensorRT may compute in float16; the others take that from the model.
    """
    if provider == "cuda":
        # The exhaustive search, ONNX Runtime's own choice, takes seconds for every shape
        # of input, and the numbers of dancers and picture sizes vary here.
        # TF32, which ONNX Runtime would use, is no float32, and for networks as small as
        # these no faster (measured).
        return {"cudnn_conv_algo_search": "HEURISTIC", "use_tf32": "0"}
    if provider == "tensorrt":
        # An engine takes minutes to build.
        folder = platformdirs.user_cache_path("choreai-live") / "tensorrt"
        folder.mkdir(parents=True, exist_ok=True)
        return {
            "trt_engine_cache_enable": "1",
            "trt_engine_cache_path": str(folder),
            "trt_timing_cache_enable": "1",
            "trt_timing_cache_path": str(folder),
            "trt_fp16_enable": "1" if half else "0",
        }
    return {}


@cache
def load_device_libraries() -> None:
    """Let ONNX Runtime find CUDA and cuDNN where pip put them, which it does not by itself."""
    # cuDNN's every attempt that another replaces would be told on stderr.
    ort.set_default_logger_severity(4)
    preload = getattr(ort, "preload_dlls", None)  # since ONNX Runtime 1.21
    if preload is None:
        return
    with redirect_stdout(StringIO()) as said:  # what is missing is told when a session fails
        preload()
    if said.getvalue():
        logger.debug("%s", said.getvalue().strip())


def installation_notice() -> str | None:
    """One sentence for the user if two ONNX Runtime packages overwrite each other, else None."""
    clashing = [name for name in _DISTRIBUTIONS if _is_installed(name)]
    if len(clashing) < 2:
        return None
    return (
        f"{' and '.join(clashing)} are both installed and overwrite each other: "
        f"run `pip uninstall {' '.join(clashing)}`, then install one of them."
    )


def _is_installed(distribution: str) -> bool:
    try:
        version(distribution)
    except PackageNotFoundError:
        return False
    return True
