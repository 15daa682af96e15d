"""Half precision: the same model computing in float16, converted once and kept.

Inputs and outputs stay float32, so that nobody else has to know.
"""

import hashlib
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import platformdirs

from choreai_live.errors import ModelError, ProviderError

#: What models may compute in.
PRECISIONS: Final = ("fp32", "fp16")

#: Providers that compute faster in float16. TensorRT converts the model itself.
HALF_PRECISION: Final = ("cuda", "tensorrt", "directml")

#: Of the conversion: files from before a change of it are left alone.
_REVISION: Final = 2

#: Operators that take the time. What follows the last of them turns maps into
#: positions, for which float16 is too coarse: it cannot count beyond 2048.
_HEAVY: Final = frozenset({"Conv", "ConvTranspose", "MatMul", "Gemm"})


def check_precision(precision: str) -> None:
    """Refuse what is not one of :data:`PRECISIONS`.

    Raises
    ------
    ProviderError
        If it is none.
    """
    if precision not in PRECISIONS:
        raise ProviderError(
            f"Unknown precision '{precision}': choose one of {', '.join(PRECISIONS)}."
        )


def half_precision(path: Path) -> Path:
    """Return a file with the same model in float16, in the user's cache folder.

    Parameters
    ----------
    path
        The model in float32. The converted file is named by its content, so
        that another model of the same name is converted anew.

    Raises
    ------
    ProviderError
        If the package ``onnx`` is missing.
    ModelError
        If the model cannot be converted, or the file cannot be written.
    """
    try:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        half = platformdirs.user_cache_path("choreai-live") / "fp16" / f"{digest}-{_REVISION}.onnx"
        if not half.is_file():
            half.parent.mkdir(parents=True, exist_ok=True)
            # Moved there when complete: another process may be looking.
            with TemporaryDirectory(dir=half.parent) as folder:
                written = Path(folder) / half.name
                written.write_bytes(_converted(path, content))
                written.replace(half)
    except OSError as error:
        raise ModelError(
            f"{path} cannot be kept in half precision ({error}): make room or mend the "
            "permissions there, or use --precision fp32."
        ) from error
    return half


def _converted(path: Path, content: bytes) -> bytes:
    try:
        import onnx
    except ModuleNotFoundError as error:
        raise ProviderError(
            "Half precision needs the package onnx to convert the models: "
            "run `pip install onnx`, or use --precision fp32."
        ) from error
    search_path = sys.path.copy()
    try:
        from onnxruntime.transformers.float16 import convert_float_to_float16

        model = onnx.load_from_string(content)
        _name_anew(model.graph)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # weights too small for float16 become 0
            half = convert_float_to_float16(
                model, keep_io_types=True, node_block_list=_names_after_heavy(model.graph)
            )
        _drop_twins(half.graph)
        _name_anew(half.graph)
        serialized: bytes = half.SerializeToString()
    except Exception as error:
        first_line = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelError(
            f"{path} cannot be converted to half precision ({first_line}): use --precision fp32."
        ) from error
    finally:
        sys.path[:] = search_path  # that package puts its own folder there
    return serialized


def _name_anew(graph: Any) -> None:
    """Give every node a name that no other has, as CUDA insists on."""
    for number, node in enumerate(graph.node):
        node.name = f"{number} {node.name}"


def _drop_twins(graph: Any) -> None:
    """Leave out what is computed twice under one name, which makes a model invalid.

    Versions of the converter cast a tensor once for every node that reads it, into the
    same name each time.
    """
    kept: dict[bytes, Any] = {}
    for node in graph.node:
        nameless = type(node)()
        nameless.CopyFrom(node)
        nameless.name = ""
        kept.setdefault(nameless.SerializeToString(deterministic=True), node)
    first_of_each = list(kept.values())
    del graph.node[:]
    graph.node.extend(first_of_each)


def _names_after_heavy(graph: Any) -> list[str]:
    """Return the names of the nodes from which no heavy operator gets anything."""
    leads_to_heavy: set[str] = set()  # names of tensors
    after = []
    for node in reversed(graph.node):
        if node.op_type in _HEAVY or not leads_to_heavy.isdisjoint(node.output):
            leads_to_heavy.update(node.input)
        else:
            after.append(node.name)
    return after
