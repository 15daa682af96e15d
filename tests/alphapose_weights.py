"""Deterministic weights for AlphaPose's networks, and checkpoints made of them."""

import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import torch

from choreai_live.alphapose.architectures import named


def weight(key: str, shape: tuple[int, ...]) -> torch.Tensor:
    """Return the tensor that belongs to a key, drawn from a generator seeded with its name."""
    generator = np.random.default_rng(zlib.crc32(key.encode()))
    kind = key.rpartition(".")[2]
    if kind == "num_batches_tracked":
        return torch.tensor(0)
    if kind == "running_mean":
        drawn = generator.standard_normal(shape) * 0.1
    elif kind == "running_var":
        drawn = generator.uniform(0.5, 1.5, shape)
    elif kind == "weight" and len(shape) == 1:
        drawn = generator.uniform(0.3, 0.7, shape)
    elif kind == "weight":
        drawn = generator.standard_normal(shape) * np.sqrt(2 / np.prod(shape[1:]))
    else:
        drawn = generator.standard_normal(shape) * 0.05
    return torch.from_numpy(np.asarray(drawn, dtype=np.float32))


def weights(shapes: Mapping[str, tuple[int, ...]]) -> dict[str, torch.Tensor]:
    """Return the state dict for keys and shapes."""
    return {key: weight(key, tuple(shape)) for key, shape in shapes.items()}


def write_checkpoint(path: Path, architecture: str, joints: int = 17) -> Path:
    """Write a checkpoint with deterministic weights, as AlphaPose would: a flat dict."""
    torch.save(weights(named(architecture).shapes(joints)), path)
    return path


def hollow(architecture: str, joints: int = 17) -> dict[str, torch.Tensor]:
    """Return a state dict of the right shapes in which each tensor is one number, repeated.

    Saved, it takes kilobytes rather than hundreds of megabytes.
    """
    return dict(_hollow(architecture, joints))


def _hollow(architecture: str, joints: int) -> Iterator[tuple[str, torch.Tensor]]:
    for key, shape in named(architecture).shapes(joints).items():
        if key.endswith("num_batches_tracked"):
            yield key, torch.tensor(0)
        else:
            yield key, torch.tensor(0.01).expand(shape)
