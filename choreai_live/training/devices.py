"""Where training runs."""

import os
from typing import Final

import torch

#: What a user may ask for.
DEVICES: Final = ("auto", "cpu", "cuda")


def choose_device(name: str) -> tuple[torch.device, str | None]:
    """Return the device to train on, and a sentence for the user if it is not the one asked for.

    Parameters
    ----------
    name
        One of :data:`DEVICES`; ``auto`` is CUDA where there is one, else the CPU.
    """
    if name == "cpu" or (name == "auto" and not torch.cuda.is_available()):
        return torch.device("cpu"), None
    if not torch.cuda.is_available():
        why = "this build of torch has no CUDA" if torch.version.cuda is None else "none was found"
        return torch.device("cpu"), f"No CUDA device can be used ({why}): training on the CPU."
    # cuDNN's LSTM gives the same result twice only with a fixed workspace;
    # read when CUDA starts, so it must be set before.
    # https://docs.nvidia.com/cuda/cublas/#results-reproducibility
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:2")
    return torch.device("cuda"), None


def describe_device(device: torch.device) -> str:
    """Name a device for reports."""
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"
