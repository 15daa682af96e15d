"""One ONNX model, loaded, with the provider it really runs on."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from choreai_live.errors import ModelError
from choreai_live.inference.binding import BoundRuns
from choreai_live.inference.precision import HALF_PRECISION, check_precision, half_precision
from choreai_live.inference.providers import (
    DEVICES,
    ONE_SHAPE_EACH,
    PROVIDERS,
    chain,
    load_device_libraries,
    options,
)
from choreai_live.machine import usable_cores

logger = logging.getLogger(__name__)

#: Networks as small as these have little to share out beyond that.
_MOST_THREADS: Final = 4

#: What ONNX Runtime calls a type of input, where numpy calls it otherwise.
_TYPES: Final = {"float": "float32", "double": "float64"}


def usual_threads() -> int:
    """Return the threads of one operator that suit the cores this program may use."""
    return min(usable_cores(), _MOST_THREADS)


class Session:
    """One ONNX model, loaded, with the provider it really runs on.

    Safe to use from several threads, :meth:`warm_up` excepted.

    Parameters
    ----------
    path
        The model file.
    provider
        ``"auto"`` (CUDA where there is one, else CPU) or a name of
        :data:`PROVIDERS`. Of a provider that fails to start the next in its
        chain takes the place, in the end the CPU; :attr:`notice` then says so.
    threads
        Threads of one operator, on the CPU; 1 is best for small models. None
        for :func:`usual_threads`.
    precision
        One of :data:`PRECISIONS`; :attr:`notice` says so where ``fp16`` brings
        nothing.

    Attributes
    ----------
    provider, precision : str
        What it really runs on and in. The provider is read back from the
        session after loading, as in :data:`PROVIDERS`.
    notice : str or None
        One sentence for the user when these are not what was asked for.
    metadata : dict of str to str
        The custom metadata of the model file.
    inputs, outputs : dict of str to list
        Name to shape; a dimension left open is a name, or None.

    Raises
    ------
    ModelError
        If the file cannot be loaded as an ONNX model, or not be converted.
    ProviderError
        If ``provider`` or ``precision`` is not a known name, this ONNX Runtime
        was built without the provider, or what converts models is missing.
    """

    def __init__(
        self,
        path: Path,
        provider: str = "auto",
        threads: int | None = None,
        precision: str = "fp32",
    ) -> None:
        check_precision(precision)
        self.path = path
        self.notice: str | None = None
        self._turn = Lock()
        self._threads = threads or usual_threads()
        self._half = precision == "fp16"
        self._chain = chain(provider)
        self._open(self._chain[0])
        self.metadata: dict[str, str] = dict(self._session.get_modelmeta().custom_metadata_map)
        self.inputs: dict[str, list[Any]] = {i.name: i.shape for i in self._session.get_inputs()}
        self.outputs: dict[str, list[Any]] = {o.name: o.shape for o in self._session.get_outputs()}

    @property
    def on_device(self) -> bool:
        """Whether inputs are uploaded to a device with memory of its own."""
        return self._bound is not None

    def run(
        self, outputs: Sequence[str], feeds: Mapping[str, npt.NDArray[Any]]
    ) -> list[npt.NDArray[Any]]:
        """Run the model once and return the named outputs in order.

        A device can be lost, or run out of memory, at any time: then the next provider in
        the chain takes its place, and :attr:`notice` says so.
        """
        while True:
            session = self._session
            try:
                return self._run(outputs, feeds)
            except Exception as error:
                self._replace(session, error)

    def _run(
        self, outputs: Sequence[str], feeds: Mapping[str, npt.NDArray[Any]]
    ) -> list[npt.NDArray[Any]]:
        if self._bound is not None:
            return self._bound.run(outputs, feeds)
        results: list[npt.NDArray[Any]] = self._session.run(list(outputs), dict(feeds))
        return results

    def _replace(self, failed: Any, error: Exception) -> None:
        """Open the next provider in place of a session that failed; raise if there is none."""
        with self._turn:
            if self._session is not failed:
                return  # another thread has found out
            if len(self._chain) == 1:
                raise error
            provider = self._chain.pop(0)
            self._open(provider, f"failed while it was running ({_first_line(error)})")

    def warm_up(self, shapes: Iterable[Mapping[str, Sequence[int]]]) -> None:
        """Run the model once on zeros of each shape, so that the first frame is as quick as any.

        A device chooses its kernels, and TensorRT builds its engine, at the
        first run of a shape. A provider that starts but cannot run is found
        out here as well, and the next in its chain takes its place.

        Parameters
        ----------
        shapes
            For each run, name of the input to its shape.

        Raises
        ------
        ModelError
            If the model cannot be run on any provider.
        """
        types = {i.name: _numpy_type(i.type) for i in self._session.get_inputs()}
        for shape in shapes:
            feeds = {name: np.zeros(size, types[name]) for name, size in shape.items()}
            while True:
                try:
                    self._run(list(self.outputs), feeds)
                    break
                except Exception as error:
                    failed = self._chain.pop(0)
                    if not self._chain:
                        raise _broken(self.path, error) from error
                    self._open(failed, f"could not run ({_first_line(error)})")

    def _open(self, wanted: str, failure: str = "") -> None:
        """Open the model with the first provider of the chain that really starts.

        Parameters
        ----------
        wanted
            The provider asked for, to be named in the notice.
        failure
            Why it was given up, if it was.
        """
        while True:
            first = self._chain[0]
            half = self._half and first in HALF_PRECISION
            # TensorRT converts the model itself.
            file = half_precision(self.path) if half and first != "tensorrt" else self.path
            try:
                self._session = _opened(file, self._chain, self._threads, half=half)
            except Exception as error:
                if first == "cpu":
                    raise _broken(self.path, error) from error
                failure = failure or f"could not start ({_first_line(error)})"
            else:
                # ONNX Runtime itself drops a provider whose libraries are missing
                # and only logs it, so what was asked for proves nothing.
                if self._session.get_providers()[0] == PROVIDERS[first]:
                    break
                failure = failure or "is not usable on this machine"
            self._chain.pop(0)
        self.provider, self.precision = first, "fp16" if half else "fp32"
        device = DEVICES.get(first)
        another = None
        if first in ONE_SHAPE_EACH:
            another = partial(_opened, file, tuple(self._chain), self._threads, half=half)
        self._bound = None if device is None else BoundRuns(self._session, device, another)
        self.notice = self._new_notice(wanted, failure)
        if self.notice:
            logger.warning("%s: %s", self.path.name, self.notice)

    def _new_notice(self, wanted: str, failure: str) -> str | None:
        running = "the CPU" if self.provider == "cpu" else PROVIDERS[self.provider]
        if failure:
            return f"{PROVIDERS[wanted]} {failure}; running on {running} instead."
        if self._half and self.precision != "fp16":
            return f"Half precision brings nothing on {running}; computing in fp32 instead."
        return None


def _opened(path: Path, providers: Sequence[str], threads: int, *, half: bool) -> Any:
    """Return an ``onnxruntime.InferenceSession``."""
    settings = ort.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.inter_op_num_threads = 1
    # Several sessions share few cores here: a session that spins while it
    # waits starves the others (measured: three times slower).
    settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # Planned memory pays where input shapes stay the same; batch and picture
    # sizes vary here, and every plan would be kept (measured: 40 MB).
    settings.enable_mem_pattern = False
    # Errors are raised; printing them as well would only repeat them.
    settings.log_severity_level = 4
    if providers[0] in DEVICES:
        load_device_libraries()
    chosen = [(PROVIDERS[name], options(name, half=half)) for name in providers]
    # Its own way to fall back prints on stdout, and forgets what was asked for.
    return ort.InferenceSession(str(path), settings, providers=chosen, enable_fallback=0)


def _numpy_type(described: str) -> np.dtype[Any]:
    """Return the type that ONNX Runtime describes as, for example, ``tensor(float)``."""
    name = described.removeprefix("tensor(").removesuffix(")")
    return np.dtype(_TYPES.get(name, name))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _broken(path: Path, error: Exception) -> ModelError:
    return ModelError(
        f"{path} cannot be loaded as an ONNX model ({_first_line(error)}): "
        "put the right file there; `choreai-live models verify` shows which files are intact."
    )
