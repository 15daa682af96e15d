"""Fair tests of a recipe: train without some dancers, or without whole sources, then ask."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch

from choreai_live.training.datasets import PoseSequence, split_groups
from choreai_live.training.embedding import EmbeddingHead, fit_embedding
from choreai_live.training.fitting import TrainingSettings, fit
from choreai_live.training.looks import Looks
from choreai_live.training.network import StyleNetwork
from choreai_live.training.recipe import SETTINGS, with_kinds

logger = logging.getLogger(__name__)

#: Sources that are left out together: what one estimator made of one kind of footage.
LEFT_OUT: Final = {
    "hip-hop video": ("street",),
    "AIST++": ("aistpp", "gendance", "aist_vrm", "aist_vrm_other"),
    "ballet video": ("ballvid",),
    "Bharatanatyam": ("bharata",),
    "both videos": ("street", "ballvid"),
}


@dataclass(frozen=True, slots=True)
class Split:
    """What to train on and what to ask about.

    Parameters
    ----------
    name
        For tables.
    train, test
        Sequences; no group is in both.
    """

    name: str
    train: list[PoseSequence]
    test: list[PoseSequence]

    @property
    def file_name(self) -> str:
        """The name as part of a file name."""
        return "".join(c if c.isalnum() else "-" for c in self.name)


def folds(
    sequences: Sequence[PoseSequence], count: int, made_up: Sequence[PoseSequence] = ()
) -> list[Split]:
    """Split into folds with no group on both sides; each is the test once.

    ``made_up`` sequences are trained on in every fold and never asked about.
    """
    splits = []
    for number, test in enumerate(split_groups(sequences, count), start=1):
        inside = set(test.tolist())
        splits.append(
            Split(
                f"fold {number} of {count}",
                [*(s for i, s in enumerate(sequences) if i not in inside), *made_up],
                [sequences[i] for i in test],
            )
        )
    return splits


def source_left_out(
    sequences: Sequence[PoseSequence], name: str, made_up: Sequence[PoseSequence] = ()
) -> Split:
    """Leave the sources of :data:`LEFT_OUT` ``[name]``, and all their dancers, out of training."""
    test = [s for s in sequences if s.source in LEFT_OUT[name]]
    groups = {s.group for s in test}
    train = [*(s for s in sequences if s.group not in groups), *made_up]
    return Split(f"without {name}", train, test)


def network_for(
    split: Split,
    settings: TrainingSettings,
    runs: Path,
    progress: Callable[[int, float], None] | None = None,
    looks: Looks | None = None,
) -> StyleNetwork:
    """Return the network trained on a split, from ``runs`` if it is finished there.

    Parameters
    ----------
    split
        What to train on.
    settings
        The recipe.
    runs
        Folder for checkpoints and finished networks.
    progress, looks
        See :func:`fit`.
    """
    path = runs / f"{split.file_name}, seed {settings.seed}.pt"
    if path.exists():
        network = StyleNetwork(len(settings.labels), settings.network)
        network.load_state_dict(torch.load(path, weights_only=True))
        return network.eval()
    checkpoint = path.with_suffix(".checkpoint")
    network = fit(split.train, settings, checkpoint=checkpoint, progress=progress, looks=looks)
    runs.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), path)
    checkpoint.unlink(missing_ok=True)
    return network


def head_for(
    network: StyleNetwork,
    name: str,
    sequences: Sequence[PoseSequence],
    runs: Path,
    looks: Looks,
    progress: Callable[[int, float], None] | None = None,
) -> EmbeddingHead:
    """Return the embedding of a network of the shipped recipe, from ``runs`` if it is there.

    Parameters
    ----------
    network
        That was trained on ``sequences``.
    name
        Of what it was trained on, for the file.
    sequences
        Under the model's labels.
    runs
        Folder for finished heads.
    looks, progress
        See :func:`fit_embedding`.
    """
    path = runs / f"{name}, embedding.pt"
    if path.exists():
        head = EmbeddingHead(network)
        head.load_state_dict(torch.load(path, weights_only=True))
        return head.eval()
    head = fit_embedding(network, with_kinds(sequences), SETTINGS, looks, progress=progress)
    runs.mkdir(parents=True, exist_ok=True)
    torch.save(head.state_dict(), path)
    return head
