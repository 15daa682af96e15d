"""Fitting the style network to endless streams, with validation and checkpoints."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from choreai_live.training.datasets import PoseSequence
from choreai_live.training.learning import Learner, TrainingError
from choreai_live.training.looks import Looks
from choreai_live.training.network import CONTEXT, StyleNetwork
from choreai_live.training.settings import TrainingSettings
from choreai_live.training.streams import StreamSampler
from choreai_live.training.validation import Score, Validator

__all__ = ["Entry", "TrainingError", "TrainingSettings", "TrainingStopped", "fit"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written down after an update.

    Parameters
    ----------
    update
        Its number, from 1.
    learning_rate, loss
        Of this update.
    score
        What the held-out groups said, if they were asked.
    """

    update: int
    learning_rate: float
    loss: float
    score: Score | None


class TrainingStopped(Exception):  # noqa: N818 - no error: somebody asked for it
    """Training stopped because somebody asked for it; its state is in the checkpoint."""

    def __init__(self, update: int) -> None:
        super().__init__(f"stopped after {update} updates")
        self.update = update


def fit(
    sequences: Sequence[PoseSequence],
    settings: TrainingSettings,
    *,
    network: StyleNetwork | None = None,
    held_out: Sequence[PoseSequence] = (),
    looks: Looks | None = None,
    device: torch.device | str = "cpu",
    checkpoint: Path | None = None,
    checkpoint_every: int = 200,
    progress: Callable[[int, float], None] | None = None,
    record: Callable[[Entry], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> StyleNetwork:
    """Train a style network.

    Parameters
    ----------
    sequences
        Labelled with ``settings.labels``.
    settings
        The run.
    network
        A ready-made one to train; a new one of ``settings.network`` when None.
    held_out
        Sequences of groups not in ``sequences``. They are judged every
        ``settings.validate_every`` updates; the averaged weights that did best
        on them are kept, and training stops early by ``settings.patience``.
    looks
        A store of looks at the sequences, shared with other runs.
    device
        Where the network learns; the streams are always made on the CPU.
    checkpoint
        File that the run is saved to every ``checkpoint_every`` updates, when
        stopped and at the end, and resumed from when it exists. A resumed run
        continues with fresh streams, so it is as good as, but not the same as,
        an unbroken one.
    progress
        Called after each update with its number, from 1, and its loss.
    record
        Called after each update with all there is to write down.
    stop
        Asked after each update whether somebody wants to stop.

    Returns
    -------
    StyleNetwork
        With averaged weights, on the CPU, in evaluation mode, not yet calibrated.

    Raises
    ------
    DatasetError
        If a label has no sequence.
    CheckpointError
        If ``checkpoint`` is not of such a run.
    OutputError
        If the checkpoint cannot be written.
    TrainingError
        If the loss is no longer a number.
    TrainingStopped
        If ``stop`` said so.
    """
    torch.manual_seed(settings.seed)
    if network is None:
        network = StyleNetwork(len(settings.labels), settings.network)
    run = Learner(network.to(device), settings)
    if checkpoint is not None and checkpoint.exists():
        run.resume(checkpoint)
    sampler = StreamSampler(
        sequences,
        settings.labels,
        settings.rate,
        CONTEXT,
        settings.streams,
        settings.augmentation,
        seed=settings.seed + 7919 * run.done,
        looks=looks,
    )
    validator = Validator(held_out, settings.labels, settings.rate) if held_out else None
    saved = run.done
    while run.done < settings.updates and not run.out_of_patience:
        rate, loss = run.learn(sampler.chunk())
        score = None
        if validator and (run.done % settings.validate_every == 0 or run.done == settings.updates):
            score = run.validate(validator)
        if progress is not None:
            progress(run.done, loss)
        if record is not None:
            record(Entry(run.done, rate, loss, score))
        stopping = stop is not None and stop()
        if checkpoint is not None and (stopping or run.done % checkpoint_every == 0):
            run.save(checkpoint)
            saved = run.done
        if stopping:
            raise TrainingStopped(run.done)
    if checkpoint is not None and saved < run.done:
        run.save(checkpoint)
    return run.result()
