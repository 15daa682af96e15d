#!/usr/bin/env python
"""Measure the style model by what cannot be bought with recognising the camera.

    python scripts/evaluate_style.py train ../shared/data --runs RUNS
    python scripts/evaluate_style.py clips ../shared/clips --model models/style.onnx --runs RUNS
    python scripts/evaluate_style.py speed --model models/style.onnx

``train`` trains the recipe again for every fold (no dancer or video on both
sides) and for every source left out, and tables what each network makes of
what it has not seen. Finished networks stay in RUNS and are not trained twice.
``clips`` runs real videos through the program itself, ``speed`` times one step.
"""

import argparse
import copy
import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter, thread_time

import numpy as np
import torch
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from choreai_live.capture import open_source
from choreai_live.messages import Pose, Track
from choreai_live.pose import PoseModels
from choreai_live.style import StyleClassifier, StyleModel, StyleTimeline
from choreai_live.tracking import Tracker
from choreai_live.training.datasets import load_sequences
from choreai_live.training.evaluation import (
    Verdict,
    balanced_accuracy,
    calibrate,
    calibration_error,
    confusion,
    held_out_view,
    judge,
    recalls,
)
from choreai_live.training.export import export
from choreai_live.training.fitting import TrainingSettings
from choreai_live.training.protocols import LEFT_OUT, Split, folds, network_for, source_left_out
from choreai_live.training.recipe import SETTINGS, STATEMENT, TEMPERATURE, prepare

console = Console()
LABELS = SETTINGS.labels
STYLES = [label for label in LABELS if label not in SETTINGS.unsure_labels]


def main() -> None:
    """Read the arguments and do what they ask."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    train = commands.add_parser("train", help="train without, then ask")
    train.add_argument("data", type=Path)
    train.add_argument("--runs", type=Path, required=True)
    train.add_argument("--folds", type=int, default=5)
    train.add_argument("--seeds", type=int, default=1)
    train.add_argument("--left-out", nargs="*", choices=list(LEFT_OUT), default=list(LEFT_OUT))
    train.set_defaults(run=train_and_ask)
    clips = commands.add_parser("clips", help="run real videos through the program")
    clips.add_argument("clips", type=Path)
    clips.add_argument("--model", type=Path, required=True)
    clips.add_argument("--runs", type=Path, required=True)
    clips.set_defaults(run=watch_clips)
    speed = commands.add_parser("speed", help="time one step of one dancer on one thread")
    speed.add_argument("--model", type=Path, required=True)
    speed.set_defaults(run=time_a_step)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.run(arguments)


def train_and_ask(arguments: argparse.Namespace) -> None:
    """Train every split for every seed, and table what was held out."""
    sequences = prepare(load_sequences(arguments.data))
    left_out = [source_left_out(sequences, name) for name in arguments.left_out]
    parts = folds(sequences, arguments.folds) if arguments.folds else []
    results = []
    for seed in range(arguments.seeds):
        settings = replace(SETTINGS, seed=seed)
        pooled: dict[str, list[Verdict]] = {}
        for split in [*left_out, *parts]:
            kind = "folds" if split in parts else split.name
            for view, verdicts in ask(
                split, settings, arguments.runs, halves=split in parts
            ).items():
                pooled.setdefault(kind if view == "whole" else f"{kind}, {view}", []).extend(
                    verdicts
                )
        results += [measures(name, seed, verdicts) for name, verdicts in pooled.items()]
        for name, verdicts in pooled.items():
            show(name, verdicts)
    arguments.runs.mkdir(parents=True, exist_ok=True)
    (arguments.runs / "measures.json").write_text(json.dumps(results, indent=1))


def ask(
    split: Split, settings: TrainingSettings, runs: Path, *, halves: bool
) -> dict[str, list[Verdict]]:
    """Train on a split and judge its held-out sequences, whole and in other views."""
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(f"{split.name}: {len(split.train)} sequences", total=SETTINGS.updates)
        network = network_for(
            split, settings, runs, progress=lambda update, _: bar.update(task, completed=update)
        )
    if split.name == "without both videos":
        # For `clips`: some of those videos are pieces of the ones in training.
        target = runs / f"{split.file_name}.onnx"
        calibrated = copy.deepcopy(network)
        calibrated.temperature.fill_(TEMPERATURE)
        export(calibrated, SETTINGS, target, version="held-out", statement=STATEMENT)
    views = {"whole": held_out_view}
    if halves:
        views["legs missing"] = partial(held_out_view, legs=False)
        for rate in (10, 60):
            views[f"{rate} fps"] = partial(held_out_view, camera_rate=float(rate))
    return {name: judge(network, split.test, SETTINGS.rate, view) for name, view in views.items()}


def measures(name: str, seed: int, verdicts: Sequence[Verdict]) -> dict[str, object]:
    """Return what is reported of one set of verdicts."""
    return {
        "protocol": name,
        "seed": seed,
        "sequences": len(verdicts),
        "styles only": recalls(verdicts, LABELS, STYLES),
        "with other": recalls(verdicts, LABELS),
        "balanced, styles only": balanced_accuracy(verdicts, LABELS, STYLES),
        "balanced, with other": balanced_accuracy(verdicts, LABELS),
        "best temperature": calibrate(verdicts, LABELS),
        "calibration error, raw": calibration_error(verdicts, LABELS),
        "calibration error, as shipped": calibration_error(verdicts, LABELS, TEMPERATURE),
        "confusion": confusion(verdicts, LABELS).tolist(),
    }


def show(name: str, verdicts: Sequence[Verdict]) -> None:
    """Print the measures of one set of verdicts, and each substyle's."""
    found = measures(name, 0, verdicts)
    found.pop("protocol")
    console.rule(name)
    for key, value in found.items():
        console.print(f"{key}: {_rounded(value)}")
    if "," in name:
        return
    table = Table("source", "style", "substyle", "sequences", "right", *LABELS)
    kinds: dict[tuple[str, str, str], list[Verdict]] = {}
    for verdict in verdicts:
        s = verdict.sequence
        kinds.setdefault((s.source, s.style, s.substyle), []).append(verdict)
    for (source, style, substyle), members in sorted(kinds.items()):
        mean = np.mean([v.mean_probabilities for v in members], axis=0)
        right = np.mean([LABELS[v.mean_probabilities.argmax()] == style for v in members])
        table.add_row(
            source, style, substyle, str(len(members)), f"{right:.2f}", *(f"{p:.2f}" for p in mean)
        )
    console.print(table)


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return value


def watch_clips(arguments: argparse.Namespace) -> None:
    """Classify every clip of the index and table who was read as what, for how long."""
    with (arguments.clips / "index.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    model = StyleModel(arguments.model)
    table = Table("clip", "label", "detail", "decided", *LABELS, "right of decided")
    totals: dict[str, list[tuple[float, float, float]]] = {}
    for row in rows:
        frames = _poses(arguments.clips / row["file"], arguments.runs / "clips")
        seconds = _seconds_by_label(model, frames)
        time = sum(seconds.values())
        decided = time - seconds.get(None, 0.0)
        right = seconds.get(row["label"], 0.0)
        solo = row["people"].split()[0] == "1" and row["full_body"].startswith("yes")
        kind = row["label"] + (", solo and whole" if solo else ", others")
        totals.setdefault(kind, []).append((time, decided, right))
        table.add_row(
            row["file"],
            row["label"] + ("" if solo else " *"),
            row["style_detail"][:24],
            f"{decided / time:.2f}" if time else "nobody",
            *(f"{seconds.get(label, 0.0):.1f}" for label in (*STYLES, None)),
            f"{right / decided:.2f}" if decided else "",
        )
    console.print(table)
    console.print("* several people, or not the whole body")
    summary = Table("clips", "number", "seconds", "decided", "right of decided", "clips right")
    for kind, members in sorted(totals.items()):
        time, decided, right = np.sum(members, axis=0)
        # A clip is right if most of its decided time is.
        judged = [r / d > 0.5 for _, d, r in members if d > 0]
        summary.add_row(
            kind,
            str(len(members)),
            f"{time:.0f}",
            f"{decided / max(time, 1e-9):.2f}",
            f"{right / decided:.2f}" if decided else "",
            f"{sum(judged)} of {len(judged)} decided",
        )
    console.print(summary)


def time_a_step(arguments: argparse.Namespace) -> None:
    """Print percentiles of a step's time, by the wall and by the processor."""
    model = StyleModel(arguments.model)
    rng = np.random.default_rng(0)
    for dancers in (1, 2, 6):
        points = rng.uniform(0, 400, (dancers, model.context + 1, 17, 3)).astype(np.float32)
        state = model.initial_state(dancers)
        wall, processor = [], []
        for _ in range(1000):
            began, began_thread = perf_counter(), thread_time()
            _, *state = model.step(points, *state)
            wall.append(perf_counter() - began)
            processor.append(thread_time() - began_thread)
        median, high = np.quantile(np.array(wall) * 1e3, (0.5, 0.95))
        console.print(
            f"{dancers} dancers: median {median:.3f} ms, 95 % within {high:.3f} ms; "
            f"processor time, mean {np.mean(processor) * 1e3:.3f} ms"
        )


Frames = list[tuple[float, list[Track]]]


def _seconds_by_label(model: StyleModel, frames: Frames) -> dict[str | None, float]:
    """How long the dancer seen longest was read as what."""
    classifier = StyleClassifier(model)
    timeline = StyleTimeline(classifier.labels)
    for time, tracks in frames:
        timeline.record(classifier.update(tracks, time), time)
    longest: dict[str | None, float] = {}
    for dancer in timeline.dancers:
        seconds: dict[str | None, float] = {}
        for segment in timeline.segments(dancer):
            length = segment.end - segment.start
            seconds[segment.label] = seconds.get(segment.label, 0.0) + length
        if sum(seconds.values()) > sum(longest.values()):
            longest = seconds
    return longest


def _poses(path: Path, folder: Path) -> Frames:
    """Read and track everybody in a video; what was read before is kept in ``folder``."""
    kept = folder / f"{path.parent.name}_{path.stem}.npz"
    if not kept.exists():
        columns: list[list[object]] = [[], [], [], [], [], []]
        estimator, tracker = PoseModels().estimator(), Tracker()
        with open_source(str(path)) as source:
            while (frame := source.read()) is not None:
                expected = [track.pose for track in tracker.predict(frame.time)]
                poses = estimator.estimate(frame.image, expected)
                tracks = tracker.update(poses, frame.time, frame.image)
                columns[0].append(frame.time)
                for t in tracks:
                    p = t.pose
                    whole = np.column_stack([p.keypoints, p.scores])
                    for column, value in zip(
                        columns[1:], (frame.time, t.id, t.missed, whole, p.box), strict=True
                    ):
                        column.append(value)
        folder.mkdir(parents=True, exist_ok=True)
        names = ("times", "time", "id", "missed", "keypoints", "box")
        np.savez(kept, **{name: np.array(c) for name, c in zip(names, columns, strict=True)})
    with np.load(kept) as file:
        data = dict(file)
    by_time: dict[float, list[Track]] = {float(t): [] for t in data["times"]}
    for time, id_, missed, points, box in zip(
        *(data[name] for name in ("time", "id", "missed", "keypoints", "box")), strict=True
    ):
        pose = Pose(
            np.ascontiguousarray(points[:, :2], np.float32),
            np.ascontiguousarray(points[:, 2], np.float32),
            np.asarray(box, np.float32),
            float(points[:, 2].mean()),
        )
        by_time[float(time)].append(Track(int(id_), pose, 1, int(missed)))
    return sorted(by_time.items())


if __name__ == "__main__":
    main()
