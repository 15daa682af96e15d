#!/usr/bin/env python
"""Measure what people see: how soon a style shows, how often it flips to a wrong one.

    python scripts/evaluate_readout.py ../shared/data --runs RUNS

Streams are stitched from dancers the network was not trained on (one fold of
``scripts/evaluate_style.py train``, whose finished networks in RUNS are used)
and read as the program reads them: exported model, default readout settings.
``--model`` reads the streams with a finished model instead, which may have
been trained on these very dancers.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from rich.console import Console
from rich.table import Table

from choreai_live.messages import Floats, Readout
from choreai_live.style import ReadoutSettings, StyleModel
from choreai_live.style.evidence import movement, visibility
from choreai_live.style.model import softmax
from choreai_live.style.smoothing import Reader
from choreai_live.training.datasets import PoseSequence, load_sequences
from choreai_live.training.evaluation import held_out_view
from choreai_live.training.export import export
from choreai_live.training.protocols import folds, network_for
from choreai_live.training.recipe import SETTINGS, STATEMENT, TEMPERATURE, prepare

console = Console()

#: Seconds after a change of style that do not count as wrong: both are in view.
TURNING = 3.0


@dataclass(frozen=True, eq=False)
class Stream:
    """One imaginary dancer who changes style now and then.

    Parameters
    ----------
    keypoints
        float32 (frames, keypoints=17, 3) at the model's rate.
    stretches
        First frame, last frame + 1 and style of each stretch of one style.
    """

    keypoints: Floats
    stretches: list[tuple[int, int, str]]


def main() -> None:
    """Read the arguments, read the streams, print the measures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--runs", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--streams", type=int, default=40)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    sequences = prepare(load_sequences(arguments.data))
    split = folds(sequences, arguments.folds)[0]
    with TemporaryDirectory() as folder:
        path = arguments.model
        if path is None:
            path = Path(folder) / "fold.onnx"
            network = network_for(split, SETTINGS, arguments.runs)
            network.temperature.fill_(TEMPERATURE)
            export(network, SETTINGS, path, version="held-out", statement=STATEMENT)
        model = StyleModel(path)
    streams = [make_stream(split.test, seed) for seed in range(arguments.streams)]
    read = [(stream, evidence_of(model, stream)) for stream in streams]
    table = Table("measure", "value")
    for name, value in measures(model, read, ReadoutSettings()).items():
        table.add_row(name, f"{value:.2f}")
    console.print(table)


def make_stream(sequences: Sequence[PoseSequence], seed: int, seconds: float = 120.0) -> Stream:
    """Stitch stretches of 10 to 40 s, every style alike, then every source of it."""
    rng = np.random.default_rng(seed)
    parts: list[Floats] = []
    stretches: list[tuple[int, int, str]] = []
    frames, style, last = 0, "", np.zeros(2, np.float32)
    while frames < seconds * SETTINGS.rate:
        style = str(rng.choice([label for label in SETTINGS.labels if label != style]))
        first, wanted = frames, rng.uniform(10, 40) * SETTINGS.rate
        while frames - first < wanted:
            points = held_out_view(_draw(sequences, style, rng), SETTINGS.rate, seed).copy()
            points = points[: int(wanted - (frames - first)) + 1]
            points[..., :2] += last - points[0, 11:13, :2].mean(axis=0)
            last = points[-1, 11:13, :2].mean(axis=0)
            parts.append(points)
            frames += len(points)
        stretches.append((first, frames, style))
    return Stream(np.concatenate(parts), stretches)


def _draw(sequences: Sequence[PoseSequence], style: str, rng: np.random.Generator) -> PoseSequence:
    sources = sorted({s.source for s in sequences if s.style == style})
    source = sources[rng.integers(len(sources))]
    members = [s for s in sequences if (s.style, s.source) == (style, source)]
    return members[rng.integers(len(members))]


def evidence_of(model: StyleModel, stream: Stream) -> list[tuple[Floats, float, float]]:
    """Return what the readout is made of, per frame: probabilities, visibility, movement."""
    lead_in = np.repeat(stream.keypoints[:1], model.context, axis=0)
    whole = np.concatenate([lead_in, stream.keypoints])
    logits, _, _ = model.step(whole[None], *model.initial_state(1))
    probabilities = softmax(logits[0])
    return [
        (
            probabilities[k],
            visibility(stream.keypoints[k]),
            movement(whole[k : k + model.context + 1], model.rate),
        )
        for k in range(len(stream.keypoints))
    ]


def read_stream(
    model: StyleModel, evidence: list[tuple[Floats, float, float]], settings: ReadoutSettings
) -> list[Readout]:
    """Return the readout of every frame."""
    reader = Reader(model.labels, model.unsure_labels, model.rate, settings)
    return [reader.read(*step, k / model.rate) for k, step in enumerate(evidence)]


def measures(
    model: StyleModel,
    read: Sequence[tuple[Stream, list[tuple[Floats, float, float]]]],
    settings: ReadoutSettings,
) -> dict[str, float]:
    """Return the measures over all streams."""
    firsts, changes, flips, calm = [], [], 0, 0.0
    decided, right, styled, named, strange = 0, 0, 0, 0, 0
    turning = round(TURNING * model.rate)
    for stream, evidence in read:
        said = [readout.label for readout in read_stream(model, evidence, settings)]
        for number, (first, end, style) in enumerate(stream.stretches):
            here, settled = said[first:end], said[first + turning : end]
            if style in model.unsure_labels:
                strange += len(settled)
                named += sum(label is not None for label in settled)
                continue
            wait = here.index(style) / model.rate if style in here else np.inf
            (changes if number else firsts).append(wait)
            flips += sum(now not in (None, style, before) for before, now in pairwise(settled))
            calm += len(settled) / model.rate / 60
            styled += len(settled)
            decided += sum(label is not None for label in settled)
            right += sum(label == style for label in settled)
    return {
        "seconds to the first right label, median": float(np.median(firsts)),
        "seconds until a change of style shows, median": float(np.median(changes)),
        "changes that show within 10 s": float(np.mean(np.array(changes) < 10)),
        "wrong flips per minute within a style": flips / calm,
        "share of dance time decided": decided / styled,
        "share of decided time right": right / max(decided, 1),
        "share of other dances not named wrongly": 1 - named / strange,
    }


if __name__ == "__main__":
    main()
