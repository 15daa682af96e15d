#!/usr/bin/env python
"""Compare the style model's LSTM with other small causal networks.

    python scripts/compare_networks.py ../shared/data --runs RUNS

All of them read the same features, learn from the same streams with the same number of
updates, have about as many parameters, and are asked about the same things: the first of
five folds with no dancer or video on both sides, street and ballet video left out, AIST++
left out. None of the others is part of the program; this is for the report alone.

An unfinished run is resumed from RUNS, finished networks are not trained twice.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import thread_time
from typing import Any, Final

import numpy as np
import torch
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import parametrizations

from choreai_live.training.evaluation import balanced_accuracy, judge, recalls
from choreai_live.training.fitting import TrainingSettings, fit
from choreai_live.training.looks import Looks
from choreai_live.training.network import CONTEXT, NetworkSettings, StyleNetwork
from choreai_live.training.protocols import Split, folds, source_left_out
from choreai_live.training.recipe import SETTINGS, shared_looks, training_data

STYLES: Final = [label for label in SETTINGS.labels if label not in SETTINGS.unsure_labels]
LEFT_OUT: Final = ("both videos", "AIST++")

console = Console()


class Contestant(StyleNetwork):
    """The style network with something else between features and logits.

    What a dancer has been through is in ``hidden`` and ``cell`` as for the
    LSTM, with dancers on the second axis, but in other shapes: see
    :meth:`initial_state`.
    """

    #: At most so many steps at once, so that what looks back needs no memory for a whole dance.
    block: int = 120

    def __init__(self, classes: int, settings: NetworkSettings | None = None) -> None:
        super().__init__(classes, settings)
        for name in [name for name, _ in self.named_children() if name != "features"]:
            delattr(self, name)
        with torch.no_grad():
            self.width = self.features(torch.ones(1, CONTEXT + 1, 17, 3)).shape[-1]
        self.dropout = nn.Dropout((settings or NetworkSettings()).dropout)

    def both(
        self, keypoints: Tensor, hidden: Tensor, cell: Tensor
    ) -> tuple[Tensor, None, Tensor, Tensor]:
        """Take every dancer some steps further; nothing goes past the memory here."""
        logits = []
        for part in self.features(keypoints).split(self.block, dim=1):
            steps, hidden, cell = self.advance(part, hidden, cell)
            logits.append(steps)
        return torch.cat(logits, dim=1), None, hidden, cell

    def advance(
        self, features: Tensor, hidden: Tensor, cell: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Take every dancer some steps further.

        Parameters
        ----------
        features
            float32 (dancers, steps, features).
        hidden, cell
            As :meth:`initial_state` returns them at first.

        Returns
        -------
        logits, hidden, cell
            float32 (dancers, steps, classes), and the new state.
        """
        raise NotImplementedError


class PerFrame(Contestant):
    """The floor: three dense layers that see one step and remember nothing."""

    size: int = 304

    def __init__(self, classes: int, settings: NetworkSettings | None = None) -> None:
        super().__init__(classes, settings)
        self.layers = nn.Sequential(
            nn.Linear(self.width, self.size),
            nn.ReLU(),
            self.dropout,
            nn.Linear(self.size, self.size),
            nn.ReLU(),
            self.dropout,
            nn.Linear(self.size, self.size),
            nn.ReLU(),
            self.dropout,
            nn.Linear(self.size, classes),
        )

    def advance(
        self, features: Tensor, hidden: Tensor, cell: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """See :meth:`Contestant.advance`."""
        return self.layers(features), hidden, cell

    def initial_state(self, dancers: int) -> tuple[Tensor, Tensor]:
        """Return two states of nothing, (1, dancers, 0)."""
        nothing = torch.zeros(1, dancers, 0, device=self.temperature.device)
        return nothing, nothing.clone()


class Gated(StyleNetwork):
    """The style network with gated recurrent units (Cho et al. 2014) for its LSTM."""

    size: int = 114

    def __init__(self, classes: int, settings: NetworkSettings | None = None) -> None:
        super().__init__(classes, settings)
        del self.lstm
        self.gru = nn.GRU(
            self.input.out_features,
            self.size,
            num_layers=2,
            batch_first=True,
            dropout=self.dropout.p,
        )
        self.output = nn.Linear(self.size, classes)

    def remember(
        self, moment: Tensor, hidden: Tensor, cell: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """See :meth:`StyleNetwork.remember`; there is no cell state."""
        states, hidden = self.gru(moment, hidden)
        return states, hidden, cell

    def initial_state(self, dancers: int) -> tuple[Tensor, Tensor]:
        """Return the hidden state, (layers=2, dancers, size), and nothing, (1, dancers, 0)."""
        device = self.temperature.device
        return (
            torch.zeros(2, dancers, self.size, device=device),
            torch.zeros(1, dancers, 0, device=device),
        )


class LookingBack(Contestant):
    """What has no state but sees the last :attr:`memory` steps again at each step.

    The hidden state holds their features, (memory, dancers, features), and
    the cell whether a dancer was there, (memory, dancers, 1): nobody is before
    a dancer begins.
    """

    memory: int = 0

    def advance(
        self, features: Tensor, hidden: Tensor, cell: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """See :meth:`Contestant.advance`."""
        present = torch.ones_like(features[..., :1])
        seen = torch.cat([hidden.transpose(0, 1), features], dim=1)
        there = torch.cat([cell.transpose(0, 1), present], dim=1)
        logits = self.look(seen, there)
        hidden, cell = (part[:, -self.memory :].transpose(0, 1) for part in (seen, there))
        return logits[:, -features.shape[1] :], hidden, cell

    def look(self, seen: Tensor, there: Tensor) -> Tensor:
        """Return logits of at least the last ``frames - memory`` frames.

        Parameters
        ----------
        seen
            float32 (dancers, frames, features).
        there
            float32 (dancers, frames, 1): 1, or 0 before the dancer began.
        """
        raise NotImplementedError

    def initial_state(self, dancers: int) -> tuple[Tensor, Tensor]:
        """Return the features of nobody, (memory, dancers, features), and nobody, (.., 1)."""
        device = self.temperature.device
        return (
            torch.zeros(self.memory, dancers, self.width, device=device),
            torch.zeros(self.memory, dancers, 1, device=device),
        )


class Convolutional(LookingBack):
    """A causal temporal convolutional network (Bai, Kolter & Koltun 2018).

    Five residual blocks of two dilated convolutions of three steps, with
    weight normalisation; it sees 8.3 s at 15 steps per second.
    """

    size: int = 80
    dilations: tuple[int, ...] = (1, 2, 4, 8, 16)
    memory = 4 * sum(dilations)

    def __init__(self, classes: int, settings: NetworkSettings | None = None) -> None:
        super().__init__(classes, settings)
        self.input = nn.Linear(self.width, self.size)
        self.convolutions = nn.ModuleList(
            nn.ModuleList(
                parametrizations.weight_norm(nn.Conv1d(self.size, self.size, 3, dilation=dilation))
                for _ in range(2)
            )
            for dilation in self.dilations
        )
        self.output = nn.Linear(self.size, classes)

    def look(self, seen: Tensor, there: Tensor) -> Tensor:
        """See :meth:`LookingBack.look`."""
        # Every convolution eats as many frames as it looks back: no padding is ever seen.
        flow = (torch.relu(self.input(seen)) * there).transpose(1, 2)
        for pair in self.convolutions:
            change = flow
            for convolution in pair:  # type: ignore[attr-defined]
                change = self.dropout(torch.relu(convolution(change)))
            flow = torch.relu(flow[..., -change.shape[-1] :] + change)
        logits: Tensor = self.output(flow.transpose(1, 2))
        return logits


class Attentive(LookingBack):
    """A causal transformer (Vaswani et al. 2017) whose attention reaches back two seconds.

    Three layers with normalisation first (Xiong et al. 2020); what lies
    further back weighs less (Press, Smith & Lewis 2022), which is all it knows
    of time.
    """

    size: int = 72
    heads: int = 4
    layers: int = 3
    reach: int = 31
    memory = layers * (reach - 1)

    def __init__(self, classes: int, settings: NetworkSettings | None = None) -> None:
        super().__init__(classes, settings)
        self.input = nn.Linear(self.width, self.size)
        self.blocks = nn.ModuleList(
            nn.ModuleDict(
                {
                    "before": nn.LayerNorm(self.size),
                    "project": nn.Linear(self.size, 3 * self.size),
                    "join": nn.Linear(self.size, self.size),
                    "between": nn.LayerNorm(self.size),
                    "widen": nn.Linear(self.size, 4 * self.size),
                    "narrow": nn.Linear(4 * self.size, self.size),
                }
            )
            for _ in range(self.layers)
        )
        self.last = nn.LayerNorm(self.size)
        self.output = nn.Linear(self.size, classes)

    def look(self, seen: Tensor, there: Tensor) -> Tensor:
        """See :meth:`LookingBack.look`."""
        flow = self.input(seen)
        bias = self._bias(there)
        for block in self.blocks:
            parts = block["project"](block["before"](flow)).chunk(3, dim=-1)  # type: ignore[index]
            query, key, value = (
                part.unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in parts
            )
            mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=bias)
            joined = block["join"](mixed.transpose(1, 2).flatten(2))  # type: ignore[index]
            flow = flow + self.dropout(joined)
            wide = functional.gelu(block["widen"](block["between"](flow)))  # type: ignore[index]
            flow = flow + self.dropout(block["narrow"](wide))  # type: ignore[index]
        logits: Tensor = self.output(self.last(flow))
        return logits

    def _bias(self, there: Tensor) -> Tensor:
        """Return what attention adds before its softmax, (dancers, heads, frames, frames)."""
        frames = torch.arange(there.shape[1], device=there.device)
        ago = frames[:, None] - frames
        slopes = 2.0 ** -torch.arange(1, 2 * self.heads, 2, device=there.device)
        bias = -slopes[:, None, None] * ago
        seen = (ago >= 0) & (ago < self.reach) & (there.transpose(1, 2) > 0)
        # Before a dancer begins a frame sees itself, or its softmax would be over nothing.
        seen = seen | (ago == 0)
        return bias.masked_fill(~seen[:, None], -torch.inf)


#: Name in the report to network.
CONTESTANTS: Final[dict[str, type[StyleNetwork]]] = {
    "per-frame MLP": PerFrame,
    "LSTM (shipped)": StyleNetwork,
    "GRU": Gated,
    "TCN": Convolutional,
    "transformer": Attentive,
}


def contestant(name: str, settings: TrainingSettings) -> StyleNetwork:
    """Return an untrained network of :data:`CONTESTANTS`."""
    torch.manual_seed(settings.seed)
    return CONTESTANTS[name](len(settings.labels), settings.network)


def trained(
    name: str,
    split: Split,
    settings: TrainingSettings,
    runs: Path,
    looks: Looks | None = None,
) -> StyleNetwork:
    """Return a contestant trained on a split, from ``runs`` if it is finished there."""
    network = contestant(name, settings)
    path = runs / f"{name}, {split.file_name}, seed {settings.seed}.pt"
    if path.exists():
        network.load_state_dict(torch.load(path, weights_only=True))
        return network.eval()
    runs.mkdir(parents=True, exist_ok=True)
    checkpoint = path.with_suffix(".checkpoint")
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(f"{name}, {split.name}", total=settings.updates)
        network = fit(
            split.train,
            settings,
            network=network,
            looks=looks,
            checkpoint=checkpoint,
            progress=lambda update, _: bar.update(task, completed=update),
        )
    torch.save(network.state_dict(), path)
    checkpoint.unlink(missing_ok=True)
    return network


def parameters(network: nn.Module) -> int:
    """Count the numbers that are learnt."""
    return sum(parameter.numel() for parameter in network.parameters())


def step_time(network: StyleNetwork, steps: int = 300) -> float:
    """Return the median processor time of one step of one dancer, ms.

    On one thread, as PyTorch runs it: about ten times what the exported file
    takes, and fair only between contestants. Those that look back see everything again at
    each step; keeping what each layer made of it would spare them most of that.
    """
    network.eval()
    keypoints = torch.rand(1, CONTEXT + 1, 17, 3) * 100
    hidden, cell = network.initial_state(1)
    times = []
    with torch.no_grad():
        for _ in range(steps):
            began = thread_time()
            _, hidden, cell = network(keypoints, hidden, cell)
            times.append(thread_time() - began)
    return float(np.median(times)) * 1e3


def measures(
    name: str, split: Split, settings: TrainingSettings, network: StyleNetwork
) -> dict[str, Any]:
    """Return what is reported of one network and what it was not trained on."""
    verdicts = judge(network, split.test, settings.rate)
    return {
        "network": name,
        "split": split.name,
        "seed": settings.seed,
        "updates": settings.updates,
        "parameters": parameters(network),
        "balanced, styles only": balanced_accuracy(verdicts, settings.labels, STYLES),
        "balanced, with other": balanced_accuracy(verdicts, settings.labels),
        "styles only": recalls(verdicts, settings.labels, STYLES),
    }


def show(results: Sequence[dict[str, Any]], times: dict[str, float]) -> None:
    """Table the three styles' balanced accuracy, the mean over seeds and their spread."""
    splits = list(dict.fromkeys(result["split"] for result in results))
    table = Table(
        "network",
        "parameters",
        "step, ms",
        *splits,
        title="balanced accuracy over three styles, per sequence",
    )
    for name, time in times.items():
        members = [result for result in results if result["network"] == name]
        cells = []
        for split in splits:
            found = [m["balanced, styles only"] for m in members if m["split"] == split]
            spread = f" ± {np.std(found, ddof=1):.3f}" if len(found) > 1 else ""
            cells.append(f"{np.mean(found):.3f}{spread}")
        table.add_row(name, f"{members[0]['parameters']:,}", f"{time:.2f}", *cells)
    console.print(table)


def main() -> None:
    """Read the arguments, train what is not trained yet, and table it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of .npz pose sequences")
    parser.add_argument("--runs", type=Path, required=True, help="folder for networks")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--updates", type=int, default=SETTINGS.updates)
    parser.add_argument("--left-out", nargs="*", choices=list(LEFT_OUT), default=list(LEFT_OUT))
    parser.add_argument(
        "--networks", nargs="+", choices=list(CONTESTANTS), default=list(CONTESTANTS)
    )
    arguments = parser.parse_args()
    # Small matrices: more threads cost more than they bring, and one is reproducible.
    torch.set_num_threads(1)
    sequences, etudes = training_data(arguments.data)
    looks = shared_looks(arguments.data, arguments.runs)
    splits = [
        folds(sequences, 5, etudes)[0],
        *(source_left_out(sequences, name, etudes) for name in arguments.left_out),
    ]
    results = []
    for seed in range(arguments.seeds):
        settings = replace(SETTINGS, seed=seed, updates=arguments.updates)
        for split in splits:
            for name in arguments.networks:
                network = trained(name, split, settings, arguments.runs, looks)
                results.append(measures(name, split, settings, network))
                console.print(
                    f"{name}, {split.name}, seed {seed}: {results[-1]['balanced, styles only']:.3f}"
                )
    times = {name: step_time(contestant(name, SETTINGS)) for name in arguments.networks}
    written = {"measures": results, "step, ms": times}
    (arguments.runs / "comparison.json").write_text(json.dumps(written, indent=1))
    show(results, times)


if __name__ == "__main__":
    main()
