#!/usr/bin/env python
"""Train what choreAI published, on our data and folds, to have something to compare with.

    python scripts/baseline_choreai.py ../shared/data --runs RUNS --seeds 3

choreAI (https://github.com/Dreys-bot/choreAI: its README and ``Script/BuildModel1.ipynb``)
reads pixel coordinates as they are: x, y and score of 17 keypoints as 51 numbers, a ReLU
layer, two LSTM cells of 60, 100 rows at a time, the last output. Its authors report 62 %,
at best 85 %, on 1,179 windows of their own videos, which are not public. Here it learns
twice:

- *as published*: one row per detected person, so that two dancers in view take turns row
  by row, and a random split over windows, which leaves the same performance on both sides;
- *honestly split*: one dancer at a time, and our folds, in which no dancer or video is on
  both sides.

Each style comes from cameras and rigs of its own, which raw pixels give away; folds do not
take that from it. ``--left-out`` asks about whole sources that it has not learnt from.

What is ours and not choreAI's: the data; 3D sequences are filmed by the camera they are
judged through in ``evaluate_style.py`` and put somewhere into a picture of 640 by 480; a
window ends with its clip; every style comes equally often, as it did in choreAI's data.
Weights to begin with, optimiser, batch and number of updates are choreAI's.

Answers of finished splits stay in RUNS and are not asked for twice.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from torch import Tensor, nn
from torch.nn import functional

from choreai_live.messages import Floats
from choreai_live.training.datasets import PoseSequence, load_sequences
from choreai_live.training.evaluation import held_out_view
from choreai_live.training.protocols import LEFT_OUT, Split, folds, source_left_out
from choreai_live.training.recipe import SETTINGS, prepare

STYLES: Final = tuple(s for s in SETTINGS.labels if s not in SETTINGS.unsure_labels)
WINDOW: Final = 100
INPUTS: Final = 51
#: 330 of choreAI's 1,179 windows were for testing.
TEST_SHARE: Final = 330 / 1179
PUBLISHED: Final = "as published"
HONEST: Final = "honestly split"

console = Console()


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


def recalls(truth: Sequence[str], guesses: Sequence[str]) -> dict[str, float]:
    """Share of each style that is answered right."""
    right: dict[str, list[bool]] = defaultdict(list)
    for style, guess in zip(truth, guesses, strict=True):
        right[style].append(style == guess)
    return {style: float(np.mean(right[style])) for style in STYLES if style in right}


def per_clip(
    clips: Sequence[str], truth: Sequence[str], guesses: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Return the style of each clip and what most of its windows were taken for."""
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for clip, style, guess in zip(clips, truth, guesses, strict=True):
        votes[clip, style][guess] += 1
    return [style for _, style in votes], [count.most_common(1)[0][0] for count in votes.values()]


def randomly_split(windows: Windows, seed: int) -> tuple[Windows, Windows]:
    """Deal windows out to training and test, whoever dances in them."""
    order = np.random.default_rng(seed).permutation(len(windows.styles))
    tested = round(TEST_SHARE * len(order))
    return windows.take(np.sort(order[tested:])), windows.take(np.sort(order[:tested]))


def ask(
    name: str,
    sides: Callable[[], tuple[Windows, Windows]],
    settings: BaselineSettings,
    runs: Path,
) -> dict[str, Any]:
    """Train on one side and ask about the other, or read from ``runs`` what was answered.

    Raises
    ------
    SystemExit
        If ``runs`` holds answers of a run with other settings.
    """
    path = runs / f"choreai {name}, seed {settings.seed}.json"
    if path.exists():
        found: dict[str, Any] = json.loads(path.read_text())
        if found["settings"] != asdict(settings):
            raise SystemExit(
                f"{path} was made with other settings: name another folder with --runs."
            )
        return found
    learnt, asked = sides()
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(f"{name}: {len(learnt.styles)} windows", total=settings.updates)
        network, losses = train(learnt, settings, lambda update: bar.update(task, completed=update))
    labels = np.array(STYLES)
    found = {
        "split": name,
        "settings": asdict(settings),
        # The mean of every tenth of the run: has it stopped falling?
        "losses": [float(part.mean()) for part in np.array_split(losses, min(10, len(losses)))],
        "training recalls": recalls(
            labels[learnt.styles].tolist(), labels[answers(network, learnt)].tolist()
        ),
        "windows learnt": len(learnt.styles),
        "clips": asked.clips,
        "truth": labels[asked.styles].tolist(),
        "guesses": labels[answers(network, asked)].tolist(),
    }
    runs.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found))
    console.print(
        f"{name}, seed {settings.seed}: loss {found['losses'][0]:.2f} "
        f"to {found['losses'][-2]:.2f} to {found['losses'][-1]:.2f}"
    )
    return found


def measures(name: str, seed: int, found: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what is reported of the splits of one seed, pooled."""
    clips, truth, guesses = (
        [value for split in found for value in split[key]] for key in ("clips", "truth", "guesses")
    )
    windows = recalls(truth, guesses)
    sequences = recalls(*per_clip(clips, truth, guesses))
    return {
        "protocol": name,
        "seed": seed,
        "windows": len(truth),
        "sequences": len(set(clips)),
        "trained on, per window": _mean(
            [_mean(list(split["training recalls"].values())) for split in found]
        ),
        "balanced, per window": _mean(list(windows.values())),
        "balanced, per sequence": _mean(list(sequences.values())),
        "per window": windows,
        "per sequence": sequences,
        "losses": np.mean([split["losses"] for split in found], axis=0).tolist(),
    }


def show(results: Sequence[Mapping[str, Any]]) -> None:
    """Table the mean over seeds, and how far the seeds are apart."""
    table = Table(
        "choreAI",
        "seeds",
        "windows",
        "sequences",
        "trained on",
        "per window",
        "per sequence",
        *STYLES,
        title="balanced accuracy; what was trained on is per window, each style per sequence",
    )
    for name in dict.fromkeys(result["protocol"] for result in results):
        members = [result for result in results if result["protocol"] == name]
        table.add_row(
            name,
            str(len(members)),
            *(str(members[0][key]) for key in ("windows", "sequences")),
            *(
                _spread([m[key] for m in members])
                for key in (
                    "trained on, per window",
                    "balanced, per window",
                    "balanced, per sequence",
                )
            ),
            *(_spread([m["per sequence"].get(style, np.nan) for m in members]) for style in STYLES),
        )
    console.print(table)


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def _spread(values: Sequence[float]) -> str:
    if len(values) == 1:
        return f"{values[0]:.3f}"
    return f"{np.mean(values):.3f} ± {np.std(values, ddof=1):.3f}"


def main() -> None:
    """Read the arguments, train what is not trained yet, and table it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of .npz pose sequences")
    parser.add_argument("--runs", type=Path, required=True, help="folder for answers")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--left-out", nargs="*", choices=list(LEFT_OUT), default=[])
    parser.add_argument("--updates", type=int, default=BaselineSettings().updates)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    everything = prepare(load_sequences(arguments.data))
    settings = BaselineSettings(updates=arguments.updates)
    left_out = [source_left_out(everything, name) for name in arguments.left_out]
    results = run(everything, arguments.folds, arguments.seeds, settings, arguments.runs, left_out)
    (arguments.runs / "choreai.json").write_text(json.dumps(results, indent=1))
    show(results)


def run(
    sequences: Sequence[PoseSequence],
    count: int,
    seeds: int,
    settings: BaselineSettings,
    runs: Path,
    left_out: Sequence[Split] = (),
) -> list[dict[str, Any]]:
    """Train and ask for both protocols and every seed; return :func:`measures`.

    Parameters
    ----------
    sequences
        Under the labels of the recipe; the folds are those of all of them,
        as for our own model, and the three styles of each are used.
    count
        Folds; 0 for none.
    seeds
        Runs of each protocol.
    settings
        Of each run, but for its seed.
    runs
        Folder for answers.
    left_out
        More to learn from and to ask about, each on its own.
    """

    def danced(chosen: Sequence[PoseSequence], *, interleave: bool) -> Windows:
        return windows_of([s for s in chosen if s.style in STYLES], interleave=interleave)

    def honest(split: Split) -> tuple[Windows, Windows]:
        return danced(split.train, interleave=False), danced(split.test, interleave=False)

    results = []
    for seed in range(seeds):
        settings = replace(settings, seed=seed)
        published = ask(
            PUBLISHED,
            lambda seed=seed: randomly_split(danced(sequences, interleave=True), seed),  # type: ignore[misc]
            settings,
            runs,
        )
        results.append(measures(PUBLISHED, seed, [published]))
        protocols = {HONEST: folds(sequences, count)} if count else {}
        protocols |= {split.name: [split] for split in left_out}
        for name, splits in protocols.items():
            found = [
                ask(f"{HONEST}, {split.name}", lambda split=split: honest(split), settings, runs)  # type: ignore[misc]
                for split in splits
            ]
            results.append(measures(name, seed, found))
    return results


if __name__ == "__main__":
    main()
