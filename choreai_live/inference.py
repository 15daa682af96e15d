"""ONNX Runtime sessions: opened one way, and honest about where they run.

``style`` and ``pose`` both run ONNX models; this is the one place that knows
how a session is opened, which execution provider it got, and how it falls back.
"""

import logging
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import numpy.typing as npt

from choreai_live.errors import ModelError, ProviderError

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

_CPU: Final = PROVIDERS["cpu"]

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


def installation_notice() -> str | None:
    """One sentence for the user if two ONNX Runtime packages overwrite each other, else None."""
    clashing = [name for name in _DISTRIBUTIONS if _is_installed(name)]
    if len(clashing) < 2:
        return None
    return (
        f"{' and '.join(clashing)} are both installed and overwrite each other: "
        f"run `pip uninstall {' '.join(clashing)}`, then install one of them."
    )


class Session:
    """One ONNX model, loaded, with the provider it really runs on.

    Parameters
    ----------
    path
        The model file.
    provider
        ``"auto"`` (CUDA where there is one, else CPU) or a name of
        :data:`PROVIDERS`. A provider that fails to start falls back to the
        CPU; :attr:`notice` then says so.
    threads
        Threads of one operator; 1 is best for small models.

    Attributes
    ----------
    provider : str
        Read back from the session after loading, as in :data:`PROVIDERS`.
    notice : str or None
        One sentence for the user when it is not the provider asked for.
    metadata : dict of str to str
        The custom metadata of the model file.

    Raises
    ------
    ModelError
        If the file cannot be loaded as an ONNX model.
    ProviderError
        If ``provider`` is not a known name, or this ONNX Runtime was built
        without it.
    """

    def __init__(self, path: Path, provider: str = "auto", threads: int = 2) -> None:
        self.path = path
        wanted = _wanted_provider(provider)
        self.notice: str | None = None
        try:
            self._session = _open(path, wanted, threads)
        except Exception as error:
            if wanted == _CPU:
                raise _broken(path, error) from error
            self.notice = (
                f"{wanted} could not start ({_first_line(error)}); running on the CPU instead."
            )
            try:
                self._session = _open(path, _CPU, threads)
            except Exception as cpu_error:
                raise _broken(path, cpu_error) from cpu_error
        running = self._session.get_providers()[0]
        # ONNX Runtime itself drops a provider whose libraries are missing and
        # only logs it, so what was asked for proves nothing.
        if running != wanted and self.notice is None:
            self.notice = f"{wanted} is not usable on this machine; running on {running} instead."
        if self.notice:
            logger.warning("%s: %s", path.name, self.notice)
        self.provider = next((name for name, full in PROVIDERS.items() if full == running), running)
        self.metadata: dict[str, str] = dict(self._session.get_modelmeta().custom_metadata_map)
        self.inputs: dict[str, list[Any]] = {i.name: i.shape for i in self._session.get_inputs()}
        self.outputs: dict[str, list[Any]] = {o.name: o.shape for o in self._session.get_outputs()}

    def run(
        self, outputs: Sequence[str], feeds: Mapping[str, npt.NDArray[Any]]
    ) -> list[npt.NDArray[Any]]:
        """Run the model once and return the named outputs in order."""
        results: list[npt.NDArray[Any]] = self._session.run(list(outputs), dict(feeds))
        return results


def _is_installed(distribution: str) -> bool:
    try:
        version(distribution)
    except PackageNotFoundError:
        return False
    return True


def _wanted_provider(provider: str) -> str:
    built = available_providers()
    if provider == "auto":
        return PROVIDERS["cuda"] if "cuda" in built else _CPU
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
    return PROVIDERS[provider]


def _open(path: Path, provider: str, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Several sessions share few cores here: a session that spins while it
    # waits starves the others (measured: three times slower).
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Planned memory pays where input shapes stay the same; batch and picture
    # sizes vary here, and every plan would be kept (measured: 40 MB).
    options.enable_mem_pattern = False
    # Errors are raised; printing them as well would only repeat them.
    options.log_severity_level = 4
    chosen = [provider] if provider == _CPU else [provider, _CPU]
    return ort.InferenceSession(str(path), options, providers=chosen)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _broken(path: Path, error: Exception) -> ModelError:
    return ModelError(
        f"{path} cannot be loaded as an ONNX model ({_first_line(error)}): "
        "put the right file there; `choreai-live models verify` shows which files are intact."
    )
