"""One network learning: weights, averages, optimiser, and the best of them so far."""

import copy
import logging
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from choreai_live.errors import ChoreaiError
from choreai_live.training.checkpoints import (
    Checkpoint,
    check_same_run,
    load_checkpoint,
    load_weights,
    save_checkpoint,
)
from choreai_live.training.network import StyleNetwork
from choreai_live.training.settings import TrainingSettings
from choreai_live.training.streams import Chunk
from choreai_live.training.validation import Score, Validator

logger = logging.getLogger(__name__)


class TrainingError(ChoreaiError):
    """Training cannot go on."""


class Learner:
    """Everything that changes while a network is fitted, and can be saved.

    Parameters
    ----------
    network
        The one that learns, on the device where it shall learn.
    settings
        The run.

    Attributes
    ----------
    done : int
        Optimiser steps taken.
    """

    def __init__(self, network: StyleNetwork, settings: TrainingSettings) -> None:
        self.done = 0
        self._settings = settings
        self._network = network.train()
        self._average = copy.deepcopy(network).eval()
        self._optimiser = torch.optim.AdamW(
            network.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay
        )
        self._state = network.initial_state(settings.streams.dancers)
        self._best: Mapping[str, Tensor] | None = None
        self._best_loss = math.inf
        self._best_update = 0

    @property
    def out_of_patience(self) -> bool:
        """Whether it has been too long since the held-out groups were read better."""
        patience = self._settings.patience
        return bool(patience and self._best and self.done - self._best_update >= patience)

    def learn(self, chunk: Chunk) -> tuple[float, float]:
        """Take one optimiser step and return its learning rate and its loss.

        Raises
        ------
        TrainingError
            If the loss is no longer a number.
        """
        self.done += 1
        settings, network = self._settings, self._network
        device = next(network.parameters()).device
        rate = learning_rate(self.done, settings)
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        keep = torch.from_numpy(~chunk.fresh).float().to(device)[None, :, None]
        hidden, cell = (part.detach() * keep for part in self._state)
        keypoints = torch.from_numpy(chunk.keypoints).to(device)
        logits, at_once, *state = network.both(keypoints, hidden, cell)
        self._state = (state[0], state[1])
        loss = _loss(logits, chunk, settings.label_smoothing)
        value = loss.item()
        if at_once is not None:
            loss = loss + settings.moment_weight * _loss(at_once, chunk, settings.label_smoothing)
        if not math.isfinite(value):
            raise TrainingError(
                f"After {self.done} updates the loss is no longer a number: "
                "lower learning_rate and start anew."
            )
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        self._optimiser.step()
        self._update_average(min(settings.averaging, self.done / (self.done + 10)))
        return rate, value

    def validate(self, validator: Validator) -> Score:
        """Ask the averaged network about the held-out groups, and keep it if it is the best."""
        average = copy.deepcopy(self._average).cpu()
        score = validator.score(average)
        if score.loss < self._best_loss:
            self._best = average.state_dict()
            self._best_loss, self._best_update = score.loss, self.done
        return score

    def result(self) -> StyleNetwork:
        """Return the averaged network that did best, or the last if none was asked."""
        network = copy.deepcopy(self._average).cpu()
        if self._best is not None:
            network.load_state_dict(self._best)
        return network.eval()

    def save(self, path: Path) -> None:
        """Write everything to a checkpoint.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        average = self._average.state_dict()
        run: dict[str, Any] = {
            "network": self._network.state_dict(),
            "average": average,
            "optimiser": self._optimiser.state_dict(),
            "validated": self._best is not None,
            "best_loss": self._best_loss,
            "best_update": self._best_update,
        }
        weights = average if self._best is None else self._best
        save_checkpoint(path, Checkpoint(self._settings.shape, weights, self.done, run))

    def resume(self, path: Path) -> None:
        """Go on where a checkpoint stopped.

        Raises
        ------
        CheckpointError
            If it cannot be read or is of another run.
        """
        saved = load_checkpoint(path)
        check_same_run(path, saved, self._settings.shape)
        run = saved.run
        load_weights(self._network, run["network"])
        load_weights(self._average, run["average"])
        self._optimiser.load_state_dict(run["optimiser"])
        if run["validated"]:
            self._best = saved.weights
        self._best_loss, self._best_update = run["best_loss"], run["best_update"]
        self.done = saved.done
        # Or dropout would repeat what it did in the first updates.
        torch.manual_seed(self._settings.seed + self.done)
        logger.info("%s: resuming after %d updates", path, self.done)

    def _update_average(self, decay: float) -> None:
        with torch.no_grad():
            for old, new in zip(
                self._average.parameters(), self._network.parameters(), strict=True
            ):
                old.lerp_(new, 1.0 - decay)
            for copied, current in zip(
                self._average.buffers(), self._network.buffers(), strict=True
            ):
                copied.copy_(current)


def learning_rate(update: int, settings: TrainingSettings) -> float:
    """Return the learning rate of one update: a short rise, then half a cosine down."""
    warm = min(1.0, update / 50)
    cosine = 0.5 * (1 + np.cos(np.pi * min(1.0, update / settings.updates)))
    return float(settings.learning_rate * warm * (0.02 + 0.98 * cosine))


def _loss(logits: Tensor, chunk: Chunk, smoothing: float) -> Tensor:
    labels = torch.from_numpy(chunk.labels).to(logits.device)
    weights = torch.from_numpy(chunk.weights).to(logits.device)
    each = functional.cross_entropy(
        logits.flatten(0, 1), labels.flatten(), reduction="none", label_smoothing=smoothing
    )
    return (each * weights.flatten()).sum() / weights.sum().clamp(min=1.0)
