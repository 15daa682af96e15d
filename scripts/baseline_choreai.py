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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from choreai_ancestor import STYLES, BaselineSettings, Windows, answers, train, windows_of
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from choreai_live.training.datasets import PoseSequence, load_sequences
from choreai_live.training.protocols import LEFT_OUT, Split, folds, source_left_out
from choreai_live.training.recipe import labelled

#: 330 of choreAI's 1,179 windows were for testing.
TEST_SHARE: Final = 330 / 1179
PUBLISHED: Final = "as published"
HONEST: Final = "honestly split"

console = Console()


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
    everything = labelled(load_sequences(arguments.data))
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
