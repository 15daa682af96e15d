"""The pose models and execution providers there are, and which of them this machine has.

Collecting them loads ONNX Runtime and reads model files: not for the interface thread.
"""

import ctypes
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from choreai_live.errors import ChoreaiError
from choreai_live.models.added import added_models


class Absence(Enum):
    """Why a provider cannot be chosen on this machine."""

    NOT_BUILT = "the installed ONNX Runtime was built without it"
    NO_GPU = "no NVIDIA GPU, or no driver for it"


@dataclass(frozen=True, slots=True)
class ProviderChoice:
    """One execution provider.

    Parameters
    ----------
    value
        As the settings have it; ``auto`` is no provider, but chooses one.
    absence
        Why it cannot be chosen; None if it can.
    half
        Whether it computes faster in half precision.
    """

    value: str
    absence: Absence | None = None
    half: bool = False


@dataclass(frozen=True, slots=True)
class PoseChoice:
    """One pose pipeline.

    Parameters
    ----------
    value
        As the settings have it.
    added
        Name of the added model it uses; empty for those that are shipped.
    hashes
        sha256 of its models, by what each is; empty where it cannot be chosen.
    trouble
        Why it cannot be chosen, one sentence; None if it can.
    """

    value: str
    added: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose, in the order it is to be shown in.

    Parameters
    ----------
    poses, providers
        All of them, whether or not they can be chosen.
    automatic
        The provider that ``auto`` means here.
    onnxruntime
        Version of ONNX Runtime.
    usual_threads
        Threads of the models where none are asked for.
    """

    poses: tuple[PoseChoice, ...]
    providers: tuple[ProviderChoice, ...]
    automatic: str
    onnxruntime: str
    usual_threads: int


def choices_here(pose: str = "blazepose") -> Choices:
    """Return what there is to choose on this machine.

    Parameters
    ----------
    pose
        The pipeline that is chosen now; it is listed in any case.

    Raises
    ------
    ProviderError
        If ONNX Runtime is not installed.
    """
    from choreai_live.inference import PROVIDERS, available_providers, usual_threads
    from choreai_live.inference.precision import HALF_PRECISION

    built = available_providers()
    # The driver is asked only where something could use it.
    gpu = not {"cuda", "tensorrt"}.isdisjoint(built) and has_nvidia_gpu()
    providers = [ProviderChoice("auto")]
    for name in sorted(PROVIDERS, key=lambda name: name != "cpu"):
        absence = None
        if name not in built:
            absence = Absence.NOT_BUILT
        elif name in ("cuda", "tensorrt") and not gpu:
            absence = Absence.NO_GPU
        providers.append(ProviderChoice(name, absence, name in HALF_PRECISION))
    return Choices(
        poses=tuple(_pose(value) for value in _pose_values(pose)),
        providers=tuple(providers),
        automatic="cuda" if "cuda" in built and gpu else "cpu",
        onnxruntime=_version(),
        usual_threads=usual_threads(),
    )


def has_nvidia_gpu() -> bool:
    """Whether NVIDIA's driver is installed and knows of a GPU."""
    name: Final = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        driver = ctypes.CDLL(name)
    except OSError:
        return False
    count = ctypes.c_int(0)
    return (
        driver.cuInit(0) == 0
        and driver.cuDeviceGetCount(ctypes.byref(count)) == 0
        and count.value > 0
    )


def _version() -> str:
    import onnxruntime

    return str(onnxruntime.__version__)


def _pose_values(chosen: str) -> list[str]:
    try:
        names = [model.name for model in added_models() if model.kind == "alphapose"]
    except ChoreaiError:  # what is wrong with the list is said beside the choice
        names = []
    values = ["blazepose", "movenet"]
    if not names or chosen == "alphapose":
        values.append("alphapose")
    values += [f"alphapose:{name}" for name in names]
    return [*values, *({chosen} - set(values))]


def _pose(value: str) -> PoseChoice:
    from choreai_live.pose.loading import model_hashes

    added = value.partition(":")[2]
    try:
        return PoseChoice(value, added, model_hashes(value))
    except ChoreaiError as error:
        return PoseChoice(value, added, trouble=str(error))
