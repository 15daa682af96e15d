"""Reading a checkpoint somebody else wrote: tensors or nothing, and a reason for nothing."""

import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import torch
from torch import Tensor

from choreai_live.alphapose.refusals import UnsuitableError, refusal
from choreai_live.errors import ModelError

#: Before it, a hostile file could corrupt memory although only weights are read
#: (CVE-2026-24747; before 2.6, run code: CVE-2025-32434).
SAFE_TORCH: Final = (2, 10)

#: Where training scripts put the state dict when they keep other things beside it.
_WRAPPERS: Final = ("state_dict", "model")

_PREFIX: Final = "module."  # of torch's DataParallel


def read_checkpoint(path: Path) -> dict[str, Tensor]:
    """Read the state dict of a checkpoint, executing nothing.

    A state dict under ``state_dict`` or ``model`` is unwrapped, and the prefix
    ``module.`` taken off where every key has it.

    Returns
    -------
    dict of str to Tensor
        Dense, on the CPU, detached; floating-point tensors as float32, all of
        them finite.

    Raises
    ------
    ModelError
        If it is no such file; one sentence says why.
    """
    found = torch.__version__.split(".")
    if (int(found[0]), int(found[1])) < SAFE_TORCH:
        safe = ".".join(map(str, SAFE_TORCH))
        raise ModelError(
            f"torch {torch.__version__} is not safe against hostile checkpoints "
            f"(CVE-2026-24747): run `pip install --upgrade 'torch>={safe}'`."
        )
    try:
        return {key: _plain(key, tensor) for key, tensor in _state_dict(_load(path)).items()}
    except UnsuitableError as error:
        raise refusal(path, error) from error


def _load(path: Path) -> Any:
    """Return whatever torch's restricted unpickler makes of a file."""
    try:
        with path.open("rb") as stream:
            return _unpickle(stream)
    except OSError as error:
        raise UnsuitableError(f"cannot be read ({error.strerror or error})") from error


def _unpickle(stream: BinaryIO) -> Any:
    try:
        with warnings.catch_warnings():
            # torch warns of TorchScript and foreign pickles; they are refused below.
            warnings.simplefilter("ignore")
            return torch.load(stream, map_location="cpu", weights_only=True)
    except Exception as error:
        # A file of anything can make the reader stumble over anything.
        forbidden = re.search(r"GLOBAL ([\w.]+)", str(error))
        if forbidden is not None:
            reason = f"holds more than weights ({forbidden[1]}); nothing of it was executed"
        elif "TorchScript" in str(error):
            reason = "is a TorchScript archive rather than a dict of weights"
        elif isinstance(error, EOFError):
            reason = "is empty or cut short"
        else:
            reason = "is not a checkpoint of torch, or is cut short or damaged"
        raise UnsuitableError(reason) from error


def _state_dict(loaded: Any) -> dict[str, Any]:
    """Unwrap what was loaded into a flat dict."""
    if isinstance(loaded, Mapping):
        inner = [loaded[key] for key in _WRAPPERS if isinstance(loaded.get(key), Mapping)]
        loaded = inner[0] if len(inner) == 1 else loaded
    if not isinstance(loaded, Mapping):
        raise UnsuitableError(
            f"holds one {type(loaded).__name__} rather than a dict of weights by name"
        )
    if not loaded:
        raise UnsuitableError("holds no weights")
    odd = next((key for key in loaded if not isinstance(key, str)), None)
    if odd is not None:
        raise UnsuitableError(f"has a key that is no name ({odd!r:.60})")
    if all(key.startswith(_PREFIX) for key in loaded):
        return {key.removeprefix(_PREFIX): value for key, value in loaded.items()}
    return dict(loaded)


def _plain(key: str, value: Any) -> Tensor:
    """Return a tensor as the networks take it."""
    if not isinstance(value, Tensor):
        raise UnsuitableError(f"has {type(value).__name__} rather than weights in {key!r:.80}")
    dense = value.layout is torch.strided and not value.is_nested and value.device.type == "cpu"
    if not dense or value.is_quantized:
        raise UnsuitableError(f"has weights of an unusual kind ({value.dtype}) in {key!r:.80}")
    if key.endswith("num_batches_tracked"):
        return value.detach()  # a counter, of no use here
    if not value.is_floating_point():
        raise UnsuitableError(f"has weights of an unusual kind ({value.dtype}) in {key!r:.80}")
    weights = value.detach().to(torch.float32)
    if not bool(torch.isfinite(weights).all()):
        raise UnsuitableError(f"has weights that are not finite numbers in {key!r:.80}")
    return weights
