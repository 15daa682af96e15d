#!/usr/bin/env python
"""Measure the style model by what cannot be bought with recognising the camera.

    python scripts/evaluate_style.py train ../shared/data --runs RUNS
    python scripts/evaluate_style.py tables --runs RUNS
    python scripts/evaluate_style.py clips ../shared/clips --model models/style.onnx --runs RUNS
    python scripts/evaluate_style.py speed --model models/style.onnx

``train`` trains the recipe again for every fold (no dancer or video on both
sides) and for every source left out, with several seeds, and tables what each
network makes of what it has not seen: whole sequences, without legs, at other
frame rates, in hour-long streams and as the readout would show them. Finished
networks stay in RUNS and are not trained twice. ``tables`` prints what was
measured as the model card shows it. ``clips`` runs real videos
through the program itself, ``speed`` times one step.
"""

import argparse
import copy
import csv
import json
import multiprocessing
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from functools import cache
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
from choreai_live.training.evaluation import Verdict
from choreai_live.training.examination import WHOLE, Examination, examine, measures
from choreai_live.training.export import export
from choreai_live.training.looks import Looks
from choreai_live.training.protocols import LEFT_OUT, Split, folds, network_for, source_left_out
from choreai_live.training.recipe import (
    SETTINGS,
    STATEMENT,
    TEMPERATURE,
    shared_looks,
    training_data,
)

console = Console()
LABELS = SETTINGS.labels
STYLES = [label for label in LABELS if label not in SETTINGS.unsure_labels]
FOLDS = "folds"


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
    train.add_argument("--seeds", type=int, default=3)
    train.add_argument("--left-out", nargs="*", choices=list(LEFT_OUT), default=list(LEFT_OUT)[:4])
    train.add_argument("--jobs", type=int, default=2, help="networks trained side by side")
    train.set_defaults(run=train_and_ask)
    tables = commands.add_parser("tables", help="print what was measured, in Markdown")
    tables.add_argument("--runs", type=Path, required=True)
    tables.set_defaults(run=print_tables)
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
    arguments.runs.mkdir(parents=True, exist_ok=True)
    shared_looks(arguments.data, arguments.runs)
    numbers = [f"fold {k}" for k in range(1, arguments.folds + 1)]
    tasks = [
        (arguments.data, arguments.runs, arguments.folds, name, seed)
        for seed in range(arguments.seeds)
        for name in (*arguments.left_out, *numbers)
    ]
    found: list[Examination] = []
    context = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(arguments.jobs, mp_context=context) as pool,
        Progress(console=console) as bar,
    ):
        task = bar.add_task("networks", total=len(tasks))
        for done in as_completed([pool.submit(ask, *each) for each in tasks]):
            found.append(done.result())
            bar.update(task, advance=1, description=f"{found[-1].split}, seed {found[-1].seed}")
    results = report(found)
    path = arguments.runs / "measures.json"
    if path.exists():
        asked = {r["protocol"] for r in results}
        results += [r for r in json.loads(path.read_text()) if r["protocol"] not in asked]
    path.write_text(json.dumps(results, indent=1))


def ask(data: Path, runs: Path, count: int, name: str, seed: int) -> Examination:
    """Train on one split with one seed, and examine what comes of it."""
    torch.set_num_threads(1)
    settings = replace(SETTINGS, seed=seed)
    split = _split(data, count, name)
    network = network_for(split, settings, runs, looks=_looks(data, runs))
    if name == "both videos" and seed == 0:
        # For `clips`: some of those videos are pieces of the ones in training.
        calibrated = copy.deepcopy(network)
        calibrated.temperature.fill_(TEMPERATURE)
        target = runs / f"{split.file_name}.onnx"
        export(calibrated, settings, target, version="held-out", statement=STATEMENT)
    return examine(
        network, split, settings, thoroughly=name not in LEFT_OUT, temperature=TEMPERATURE
    )


@cache
def _splits(data: Path, count: int) -> dict[str, Split]:
    sequences, etudes = training_data(data)
    parts = folds(sequences, count, etudes) if count else []
    return {f"fold {k}": part for k, part in enumerate(parts, start=1)} | {
        name: source_left_out(sequences, name, etudes) for name in LEFT_OUT
    }


def _split(data: Path, count: int, name: str) -> Split:
    return _splits(data, count)[name]


@cache
def _looks(data: Path, runs: Path) -> Looks:
    return shared_looks(data, runs)


def report(found: Sequence[Examination]) -> list[dict[str, object]]:
    """Print a table of every measure of every protocol, and return the numbers of each seed."""
    results: list[dict[str, object]] = []
    by_protocol: dict[str, dict[int, list[Examination]]] = {}
    for e in sorted(found, key=lambda e: (e.split, e.seed)):
        kind = FOLDS if e.split.startswith("fold") else e.split
        by_protocol.setdefault(kind, {}).setdefault(e.seed, []).append(e)
    for kind, by_seed in by_protocol.items():
        console.rule(f"{kind}, {len(by_seed)} seeds")
        rows: dict[str, list[float]] = {}
        for seed, members in by_seed.items():
            for view, values in measures(members, SETTINGS).items():
                results.append({"protocol": kind, "view": view, "seed": seed, **values})
                for name, number in _flat(values):
                    rows.setdefault(f"{view}: {name}", []).append(number)
            if streams := _mean_of([e.streams for e in members if e.streams]):
                results.append({"protocol": kind, "view": "streams", "seed": seed, **streams})
            for name, number in streams.items():
                rows.setdefault(f"streams: {name}", []).append(number)
        table = Table("measure", "mean", "least", "most")
        for name, numbers in rows.items():
            table.add_row(name, *(f"{f(numbers):.3f}" for f in (np.mean, np.min, np.max)))
        console.print(table)
        _show_kinds([v for e in by_seed[min(by_seed)] for v in e.verdicts[WHOLE]])
    return results


def _flat(values: dict[str, object]) -> Iterable[tuple[str, float]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from ((f"{name}, {key}", float(part)) for key, part in value.items())
        elif isinstance(value, float):
            yield name, value


def _mean_of(parts: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: float(np.mean([p[name] for p in parts])) for name in (parts[0] if parts else ())}


def _show_kinds(verdicts: Sequence[Verdict]) -> None:
    """Table what became of every substyle of every source, for the first seed."""
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


def print_tables(arguments: argparse.Namespace) -> None:
    """Print the measures of ``train`` as Markdown: the mean over seeds, least and most."""
    results = json.loads((arguments.runs / "measures.json").read_text())
    for kind in dict.fromkeys(r["protocol"] for r in results):
        rows = [r for r in results if r["protocol"] == kind]
        print(f"\n**{kind}**, {len({r['seed'] for r in rows})} seeds\n")
        print("| view | measure | mean | least to most |\n|---|---|---|---|")
        for view in dict.fromkeys(r["view"] for r in rows):
            numbers: dict[str, list[float]] = {}
            for r in rows:
                if r["view"] == view:
                    for name, number in _flat(r):
                        numbers.setdefault(name, []).append(number)
            for name, found in numbers.items():
                least, most = min(found), max(found)
                print(f"| {view} | {name} | {np.mean(found):.3f} | {least:.3f} to {most:.3f} |")


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
    """How long the dancer who takes up most of the picture, over time, was read as what.

    In a ring of people it is the one inside, though a bystander may be seen for longer.
    """
    classifier = StyleClassifier(model)
    timeline = StyleTimeline(classifier.labels)
    room: dict[int, float] = {}
    for time, tracks in frames:
        timeline.record(classifier.update(tracks, time), time)
        for track in tracks:
            if not track.missed:
                width, height = track.pose.box[2:] - track.pose.box[:2]
                room[track.id] = room.get(track.id, 0.0) + float(width * height)
    seconds: dict[str | None, float] = {}
    dancers = [dancer for dancer in timeline.dancers if dancer in room]
    if dancers:
        for segment in timeline.segments(max(dancers, key=room.__getitem__)):
            length = segment.end - segment.start
            seconds[segment.label] = seconds.get(segment.label, 0.0) + length
    return seconds


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
