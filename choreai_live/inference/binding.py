"""I/O binding: inputs in buffers on the device, uploaded once and kept for the next run.

Without it ONNX Runtime allocates room on the device for every input of every
run, and decides anew where each output belongs.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from threading import Lock, local
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

#: Shapes of input that are kept: every number of dancers, and the few sizes of
#: picture that one source leads to.
_KEPT: Final = 16

_Shapes = tuple[tuple[str, tuple[int, ...], str], ...]


class BoundRuns:
    """Runs one model with its inputs on a device and its outputs on the CPU.

    Safe to use from several threads: each has buffers of its own.

    Parameters
    ----------
    session
        The ``onnxruntime.InferenceSession``.
    device
        What ONNX Runtime calls the device, such as ``"cuda"``.
    another
        Opens the same model once more. With it every shape of input gets a
        session of its own, shared by all threads; without it all share one.
    """

    def __init__(self, session: Any, device: str, another: Callable[[], Any] | None = None) -> None:
        self._session = session
        self._device = device
        self._another = another
        self._turn = Lock()
        self._sessions: OrderedDict[_Shapes, Any] = OrderedDict()
        self._threads = local()

    def run(
        self, outputs: Sequence[str], feeds: Mapping[str, npt.NDArray[Any]]
    ) -> list[npt.NDArray[Any]]:
        """Run the model once and return the named outputs in order, arrays of their own."""
        if not hasattr(self._threads, "bound"):
            self._threads.bound = OrderedDict()
        kept: OrderedDict[_Shapes, _BoundInputs] = self._threads.bound
        shapes = tuple((name, array.shape, array.dtype.str) for name, array in feeds.items())
        session = self._session_for(shapes)
        bound = kept.pop(shapes, None)
        if bound is None or bound.session is not session:
            bound = _BoundInputs(session, self._device, feeds)
        kept[shapes] = bound
        if len(kept) > _KEPT:
            kept.popitem(last=False)
        return bound.run(outputs, feeds)

    def _session_for(self, shapes: _Shapes) -> Any:
        if self._another is None:
            return self._session
        with self._turn:
            session = self._sessions.pop(shapes, None)
            if session is None:
                session = self._another() if self._sessions else self._session
            self._sessions[shapes] = session
            if len(self._sessions) > _KEPT:
                self._sessions.popitem(last=False)
            return session


class _BoundInputs:
    """Buffers for inputs of one shape, bound to a session."""

    def __init__(self, session: Any, device: str, feeds: Mapping[str, npt.NDArray[Any]]) -> None:
        self.session = session
        self._binding = session.io_binding()
        self._inputs = {
            # Not from the array: on the CPU that would share its memory.
            name: ort.OrtValue.ortvalue_from_shape_and_type(array.shape, array.dtype, device, 0)
            for name, array in feeds.items()
        }
        for name, value in self._inputs.items():
            self._binding.bind_ortvalue_input(name, value)

    def run(
        self, outputs: Sequence[str], feeds: Mapping[str, npt.NDArray[Any]]
    ) -> list[npt.NDArray[Any]]:
        for name, array in feeds.items():
            self._inputs[name].update_inplace(np.ascontiguousarray(array))
        # Bound anew, because ONNX Runtime would insist on the shapes of the last run.
        self._binding.clear_binding_outputs()
        for name in outputs:
            self._binding.bind_output(name, "cpu")
        self.session.run_with_iobinding(self._binding)
        self._binding.synchronize_outputs()
        results: list[npt.NDArray[Any]] = self._binding.copy_outputs_to_cpu()
        return results
