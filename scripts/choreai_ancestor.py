"""The network that choreAI published, what it is fed, and how it is trained."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from choreai_live.messages import Floats
from choreai_live.training.datasets import PoseSequence
from choreai_live.training.evaluation import held_out_view
from choreai_live.training.recipe import SETTINGS

STYLES: Final = tuple(s for s in SETTINGS.labels if s not in SETTINGS.unsure_labels)
WINDOW: Final = 100
INPUTS: Final = 51


@dataclass(frozen=True, slots=True)
class BaselineSettings:
    """How the ancestor is trained.

    Parameters
    ----------
    hidden_size
        Units of the ReLU layer and of each LSTM cell.
    learning_rate
        Of Adam (Kingma & Ba 2015) at first.
    decay, decay_windows
        The learning rate is multiplied by ``decay`` each time that this many
        windows have been seen.
    l2
        Half of this times the sum of all squared weights is added to the loss.
    batch
        Windows per update, about equally many of each style.
    updates
        Optimiser steps; choreAI's 200 rounds of 849 windows are 332.
    seed
        Weights, batches and the random split follow from it.
    """

    hidden_size: int = 60
    learning_rate: float = 5e-4
    decay: float = 0.96
    decay_windows: int = 100_000
    l2: float = 0.0015
    batch: int = 512
    updates: int = 332
    seed: int = 0


class ChoreaiNetwork(nn.Module):
    """choreAI's network, with the weights it begins with.

    After Chevalier, "LSTMs for Human Activity Recognition" (2016), whose first
    and last weights are drawn with a standard deviation of 1.
    """

    def __init__(self, classes: int, hidden_size: int) -> None:
        super().__init__()
        self.input = nn.Linear(INPUTS, hidden_size)
        self.lstm = nn.LSTM(hidden_size, hidden_size, num_layers=2, batch_first=True)
        self.output = nn.Linear(hidden_size, classes)
        for layer, mean in ((self.input, 0.0), (self.output, 1.0)):
            nn.init.normal_(layer.weight, mean)
            nn.init.normal_(layer.bias)
        for name, parameter in self.lstm.named_parameters():
            if name.startswith("weight"):
                # Each cell of TensorFlow holds both matrices in one, hence the fan.
                bound = (6.0 / (2 * hidden_size + 4 * hidden_size)) ** 0.5
                nn.init.uniform_(parameter, -bound, bound)
            else:
                nn.init.zeros_(parameter)
        for layer_number in range(2):
            bias = getattr(self.lstm, f"bias_ih_l{layer_number}")
            nn.init.ones_(bias.data[hidden_size : 2 * hidden_size])  # the forget gate

    def forward(self, windows: Tensor) -> Tensor:
        """Return logits (windows, classes) for float32 (windows, rows=100, inputs=51)."""
        outputs, _ = self.lstm(torch.relu(self.input(windows)))
        logits: Tensor = self.output(outputs[:, -1])
        return logits


@dataclass(frozen=True, eq=False, slots=True)
class Windows:
    """What the network sees.

    Parameters
    ----------
    rows
        float32 (windows, rows=100, inputs=51): x px, y px, score of each keypoint.
    styles
        int64 (windows,): index into :data:`STYLES`.
    clips
        Of each window, what it was cut from.
    """

    rows: Floats
    styles: npt.NDArray[np.int64]
    clips: list[str]

    def take(self, chosen: npt.NDArray[np.int64]) -> "Windows":
        """Return some of them."""
        return Windows(
            self.rows[chosen], self.styles[chosen], [self.clips[i] for i in chosen.tolist()]
        )


def in_pixels(sequence: PoseSequence, picture: tuple[int, int] = (640, 480)) -> Floats:
    """Return a sequence in the pixels of a picture, at its own frame rate.

    Parameters
    ----------
    sequence
        2D ones stay as they were read.
    picture
        Width and height in which a 3D one is placed.

    Returns
    -------
    float32 (frames, keypoints=17, 3)
        x px, y px, score.
    """
    if not sequence.is_3d:
        return sequence.points
    points = held_out_view(sequence, sequence.rate).copy()
    # Another stream of chance than the camera's, but as fixed.
    rng = np.random.default_rng([1, *sequence.name.encode()])
    width, height = picture
    torso = np.linalg.norm(
        points[:, 5:7, :2].mean(axis=1) - points[:, 11:13, :2].mean(axis=1), axis=-1
    )
    # A whole dancer is about three and a half torsos tall.
    scale = height * rng.uniform(0.16, 0.26) / max(float(np.median(torso)), 1.0)
    hips = np.array([width * rng.uniform(0.3, 0.7), height * rng.uniform(0.48, 0.6)])
    points[..., :2] = points[..., :2] * scale + hips
    return points


def interleaved(rows: Sequence[Floats]) -> Floats:
    """Let dancers take turns row by row, until the last of them ends."""
    return np.stack([row for turn in zip_longest(*rows) for row in turn if row is not None])


def clip_name(sequence: PoseSequence) -> str:
    """Return what sequences of the same clip have in common: all but the track's number."""
    clip, mark, number = sequence.name.rpartition("_t")
    return clip if mark and number.isdigit() else sequence.name


def windows_of(sequences: Sequence[PoseSequence], *, interleave: bool) -> Windows:
    """Cut sequences into windows of 100 rows.

    Parameters
    ----------
    sequences
        Of the three styles.
    interleave
        Whether dancers of the same clip share windows, row by row. When each
        of them comes into view is not known; they are taken to begin together.

    Notes
    -----
    Rows after the last whole window are left out; of a clip shorter than a
    window the last row is held, so that every clip is asked about.
    """
    clips: dict[str, list[PoseSequence]] = {}
    for sequence in sequences:
        name = clip_name(sequence) if interleave else sequence.name
        clips.setdefault(name, []).append(sequence)
    cut, styles, names = [], [], []
    for name, members in clips.items():
        rows = interleaved([in_pixels(s).reshape(-1, INPUTS) for s in members])
        if len(rows) < WINDOW:
            rows = np.concatenate([rows, np.repeat(rows[-1:], WINDOW - len(rows), axis=0)])
        count = len(rows) // WINDOW
        cut.append(rows[: count * WINDOW].reshape(count, WINDOW, INPUTS))
        styles += [STYLES.index(members[0].style)] * count
        names += [name] * count
    return Windows(np.concatenate(cut), np.array(styles, dtype=np.int64), names)


def train(
    windows: Windows,
    settings: BaselineSettings,
    progress: Callable[[int], None] | None = None,
) -> tuple[ChoreaiNetwork, list[float]]:
    """Train the ancestor.

    Parameters
    ----------
    windows
        At least one of every style.
    settings
        The run.
    progress
        Called after each update with its number, from 1.

    Returns
    -------
    network, losses
        And the cross-entropy of every update's batch before the update.
    """
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    network = ChoreaiNetwork(len(STYLES), settings.hidden_size)
    # Adam's own decay is the gradient of an L2 term; AdamW's would not be.
    optimiser = torch.optim.Adam(
        network.parameters(), lr=settings.learning_rate, weight_decay=settings.l2
    )
    rows, styles = torch.from_numpy(windows.rows), torch.from_numpy(windows.styles)
    batches = _balanced(windows.styles, settings.batch, rng)
    losses = []
    for update in range(1, settings.updates + 1):
        chosen = torch.from_numpy(next(batches))
        decays = (update - 1) * settings.batch // settings.decay_windows
        for group in optimiser.param_groups:
            group["lr"] = settings.learning_rate * settings.decay**decays
        loss = functional.cross_entropy(network(rows[chosen]), styles[chosen])
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        losses.append(loss.item())
        if progress is not None:
            progress(update)
    return network.eval(), losses


def _balanced(
    styles: npt.NDArray[np.int64], batch: int, rng: np.random.Generator
) -> Iterator[npt.NDArray[np.int64]]:
    """Draw batches with every style alike, each window once before any twice."""
    decks = [np.flatnonzero(styles == style) for style in range(len(STYLES))]
    left: list[list[int]] = [[] for _ in decks]
    while True:
        chosen = []
        for style in rng.permutation(np.arange(batch) % len(decks)):
            if not left[style]:
                left[style] = rng.permutation(decks[style]).tolist()
            chosen.append(left[style].pop())
        yield np.array(chosen, dtype=np.int64)


def answers(network: ChoreaiNetwork, windows: Windows) -> npt.NDArray[np.int64]:
    """Return the likeliest style of every window, int64 (windows,)."""
    with torch.no_grad():
        parts = [
            network(torch.from_numpy(windows.rows[start : start + 256])).argmax(dim=1).numpy()
            for start in range(0, len(windows.rows), 256)
        ]
    return np.concatenate(parts)
