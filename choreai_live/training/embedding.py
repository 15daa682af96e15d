"""The embedding: what the trained network can tell apart besides the styles it names.

A head beside the logits learns to tell *kinds* of dance, moves and sub-styles, from all
that the network computes anyway. The network itself stays as it is, to the last bit;
what counts is not the kinds but that dances of no known kind lie apart, too (Chen et al.,
"A Closer Look at Few-shot Classification", ICLR 2019).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from choreai_live.messages import Floats
from choreai_live.training.datasets import PoseSequence
from choreai_live.training.learning import learning_rate
from choreai_live.training.looks import Looks
from choreai_live.training.network import CONTEXT, FEATURE_COUNT, StyleNetwork, with_context
from choreai_live.training.settings import TrainingSettings
from choreai_live.training.streams import StreamSampler

#: Of the cosines that stand for kinds: as sure as a cosine of 1 can be.
_SHARPNESS: Final = 16.0


@dataclass(frozen=True, slots=True)
class EmbeddingSettings:
    """Size of the head, and how it is trained.

    Parameters
    ----------
    size
        Numbers it gives for each moment.
    width
        Units of its hidden layer.
    dropout
        Share of these dropped while training.
    updates
        Optimiser steps.
    """

    size: int = 64
    width: int = 256
    dropout: float = 0.2
    updates: int = 6000


class EmbeddingHead(nn.Module):
    """From all that a style network computes of a moment to its embedding.

    Parameters
    ----------
    network
        The trained network that it stands on; not trained any further.
    settings
        Its size.
    """

    def __init__(self, network: StyleNetwork, settings: EmbeddingSettings | None = None) -> None:
        super().__init__()
        settings = settings or EmbeddingSettings()
        inputs = FEATURE_COUNT + network.input.out_features + network.hidden_size
        self.hidden = nn.Linear(inputs, settings.width)
        self.from_hidden = nn.Linear(settings.width, settings.size)
        self.straight = nn.Linear(inputs, settings.size)
        self.dropout = nn.Dropout(settings.dropout)
        self.channels = FEATURE_COUNT + settings.size

    def forward(self, features: Tensor, moment: Tensor, states: Tensor) -> Tensor:
        """Return the embedding.

        Parameters
        ----------
        features, moment, states
            float32 (dancers, steps, ...): the body's features, what the dense layers and
            what the LSTM make of them.

        Returns
        -------
        float32 (dancers, steps, channels)
            The features, and behind them what the head makes of everything, of length 1.
        """
        return torch.cat([features, self.learned(features, moment, states)], dim=-1)

    def learned(self, features: Tensor, moment: Tensor, states: Tensor) -> Tensor:
        """Return only what the head makes of everything, float32 (dancers, steps, size)."""
        everything = torch.cat([features, moment, states], dim=-1)
        hidden = self.dropout(torch.relu(self.hidden(everything)))
        return functional.normalize(self.straight(everything) + self.from_hidden(hidden), dim=-1)


class EmbeddingNetwork(nn.Module):
    """A style network with its embedding as one more output: what is exported.

    Its logits and state are the network's own.
    """

    def __init__(self, network: StyleNetwork, head: EmbeddingHead) -> None:
        super().__init__()
        self.network = network
        self.head = head

    def forward(
        self, keypoints: Tensor, hidden: Tensor, cell: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return logits, hidden, cell as :class:`StyleNetwork`, and the embedding.

        The embedding is float32 (dancers, steps, channels).
        """
        features, moment = self.network.look(keypoints)
        logits, at_once, hidden, cell, states = self.network.conclude(moment, hidden, cell)
        if at_once is not None:
            logits = at_once + self.network.memory_share * (logits - at_once)
        embedding = self.head(features, moment, states)
        return logits / self.network.temperature, hidden, cell, embedding


def fit_embedding(
    network: StyleNetwork,
    sequences: Sequence[PoseSequence],
    settings: TrainingSettings,
    looks: Looks,
    *,
    embedding: EmbeddingSettings | None = None,
    progress: Callable[[int, float], None] | None = None,
) -> EmbeddingHead:
    """Train the embedding of a trained network.

    Parameters
    ----------
    network
        Trained; only read.
    sequences
        What it was trained on, with the kind of each as ``substyle``.
    settings
        How the network was trained; streams are drawn alike.
    looks
        See :func:`choreai_live.training.fitting.fit`.
    embedding
        Size and length of the training.
    progress
        Called after each update with its number, from 1, and its loss.
    """
    embedding = embedding or EmbeddingSettings()
    settings = replace(settings, updates=embedding.updates)
    # Neither the network's own beginning nor its streams are to be met again.
    torch.manual_seed(settings.seed)
    head = EmbeddingHead(network, embedding)
    sampler = StreamSampler(
        sequences,
        settings.labels,
        settings.rate,
        CONTEXT,
        settings.streams,
        settings.augmentation,
        seed=settings.seed + 5,
        looks=looks,
    )
    kinds = nn.Parameter(0.1 * torch.randn(len(sampler.kinds), embedding.size))
    optimiser = torch.optim.AdamW(
        [*head.parameters(), kinds], lr=settings.learning_rate, weight_decay=settings.weight_decay
    )
    network = network.eval()
    state = network.initial_state(settings.streams.dancers)
    for update in range(1, embedding.updates + 1):
        chunk = sampler.chunk()
        keep = torch.from_numpy(~chunk.fresh).float()[None, :, None]
        with torch.no_grad():
            features, moment = network.look(torch.from_numpy(chunk.keypoints))
            _, _, hidden, cell, states = network.conclude(moment, *(part * keep for part in state))
            state = (hidden, cell)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(update, settings)
        cosines = head.learned(features, moment, states) @ functional.normalize(kinds, dim=-1).T
        each = functional.cross_entropy(
            _SHARPNESS * cosines.flatten(0, 1),
            torch.from_numpy(chunk.kinds).flatten(),
            reduction="none",
            label_smoothing=settings.label_smoothing,
        )
        weights = torch.from_numpy(chunk.weights).flatten()
        loss = (each * weights).sum() / weights.sum().clamp(min=1.0)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        if progress is not None:
            progress(update, loss.item())
    return head.eval()


def embed(network: EmbeddingNetwork, keypoints: Floats) -> Floats:
    """Return the embedding of a whole sequence from its beginning.

    Parameters
    ----------
    network
        In evaluation mode.
    keypoints
        float32 (steps, keypoints=17, 3), at the network's rate.

    Returns
    -------
    float32 (steps, channels)
    """
    with torch.no_grad():
        points = with_context(torch.from_numpy(keypoints[None]))
        *_, embedding = network(points, *network.network.initial_state(1))
    result: Floats = embedding[0].numpy()
    return result
