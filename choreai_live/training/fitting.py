"""Fitting the style network to endless streams, with checkpoints."""

import copy
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from choreai_live.training.augmentation import AugmentationSettings
from choreai_live.training.datasets import PoseSequence
from choreai_live.training.network import CONTEXT, NetworkSettings, StyleNetwork
from choreai_live.training.streams import StreamSampler, StreamSettings

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """A whole training run.

    Parameters
    ----------
    labels
        Styles in the model's order.
    unsure_labels
        Those of them that are shown as *not sure*.
    rate
        Frames per second the model works at.
    updates
        Optimiser steps.
    learning_rate
        Of AdamW (Loshchilov & Hutter 2019), at its peak; a cosine takes it to
        a fiftieth.
    weight_decay
        Of AdamW.
    label_smoothing
        Share of certainty given away (Szegedy et al. 2016).
    averaging
        Decay of the moving average of the weights, which is what is kept
        (Polyak & Juditsky 1992).
    seed
        Everything random follows from it.
    network, streams, augmentation
        The parts.
    """

    labels: tuple[str, ...]
    unsure_labels: tuple[str, ...] = ()
    rate: float = 15.0
    updates: int = 1500
    learning_rate: float = 2e-3
    weight_decay: float = 0.02
    label_smoothing: float = 0.05
    averaging: float = 0.995
    seed: int = 0
    network: NetworkSettings = field(default_factory=NetworkSettings)
    streams: StreamSettings = field(default_factory=StreamSettings)
    augmentation: AugmentationSettings = field(default_factory=AugmentationSettings)


def fit(
    sequences: Sequence[PoseSequence],
    settings: TrainingSettings,
    *,
    checkpoint: Path | None = None,
    checkpoint_every: int = 200,
    progress: Callable[[int, float], None] | None = None,
) -> StyleNetwork:
    """Train a style network.

    Parameters
    ----------
    sequences
        Labelled with ``settings.labels``.
    settings
        The run.
    checkpoint
        File that the run is saved to every ``checkpoint_every`` updates and
        resumed from when it exists. A resumed run continues with fresh
        streams, so it is as good as, but not the same as, an unbroken one.
    progress
        Called after each update with its number, from 1, and its loss.

    Returns
    -------
    StyleNetwork
        With averaged weights, in evaluation mode, not yet calibrated.

    Raises
    ------
    DatasetError
        If a label has no sequence.
    """
    torch.manual_seed(settings.seed)
    network = StyleNetwork(len(settings.labels), settings.network)
    average = copy.deepcopy(network).eval()
    optimiser = torch.optim.AdamW(
        network.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay
    )
    done = 0
    if checkpoint is not None and checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(saved["network"])
        average.load_state_dict(saved["average"])
        optimiser.load_state_dict(saved["optimiser"])
        done = int(saved["done"])
        logger.info("%s: resuming after %d updates", checkpoint, done)
    sampler = StreamSampler(
        sequences,
        settings.labels,
        settings.rate,
        CONTEXT,
        settings.streams,
        settings.augmentation,
        seed=settings.seed + 7919 * done,
    )
    network.train()
    state = network.initial_state(settings.streams.dancers)
    for update in range(done + 1, settings.updates + 1):
        for group in optimiser.param_groups:
            group["lr"] = _learning_rate(update, settings)
        chunk = sampler.chunk()
        keep = torch.from_numpy(~chunk.fresh).float()[None, :, None]
        hidden, cell = (part.detach() * keep for part in state)
        logits, *new_state = network(torch.from_numpy(chunk.keypoints), hidden, cell)
        state = (new_state[0], new_state[1])
        loss = _loss(logits, chunk.labels, chunk.weights, settings.label_smoothing)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        _average(average, network, min(settings.averaging, update / (update + 10)))
        if progress is not None:
            progress(update, loss.item())
        if checkpoint is not None and update % checkpoint_every == 0:
            _save(checkpoint, network, average, optimiser, update)
    return average


def _learning_rate(update: int, settings: TrainingSettings) -> float:
    warm = min(1.0, update / 50)
    cosine = 0.5 * (1 + np.cos(np.pi * min(1.0, update / settings.updates)))
    return float(settings.learning_rate * warm * (0.02 + 0.98 * cosine))


def _loss(
    logits: Tensor,
    labels: np.ndarray[tuple[int, ...], np.dtype[np.int64]],
    weights: np.ndarray[tuple[int, ...], np.dtype[np.float32]],
    smoothing: float,
) -> Tensor:
    each = functional.cross_entropy(
        logits.flatten(0, 1),
        torch.from_numpy(labels).flatten(),
        reduction="none",
        label_smoothing=smoothing,
    )
    weight = torch.from_numpy(weights).flatten()
    return (each * weight).sum() / weight.sum().clamp(min=1.0)


def _average(average: StyleNetwork, network: StyleNetwork, decay: float) -> None:
    with torch.no_grad():
        for old, new in zip(average.parameters(), network.parameters(), strict=True):
            old.lerp_(new, 1.0 - decay)


def _save(
    path: Path,
    network: StyleNetwork,
    average: StyleNetwork,
    optimiser: torch.optim.Optimizer,
    done: int,
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    torch.save(
        {
            "network": network.state_dict(),
            "average": average.state_dict(),
            "optimiser": optimiser.state_dict(),
            "done": done,
        },
        partial,
    )
    partial.replace(path)
