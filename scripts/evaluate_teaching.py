#!/usr/bin/env python
"""Measure what teaching is worth: few takes of one dancer, asked about other dancers.

    python scripts/evaluate_teaching.py train ../shared/data --runs RUNS
    python scripts/evaluate_teaching.py ask ../shared/data --runs RUNS
    python scripts/evaluate_teaching.py live ../shared/data --runs RUNS
    python scripts/evaluate_teaching.py shipped ../shared/data --runs RUNS

`train` makes style models, by the shipped recipe, that have never seen the moves and genres
which are taught afterwards, in any source, nor their etudes: about nine minutes each on one
core. `ask` teaches these from the takes of a few dancers, drawn at random twenty times, and
asks about all other dancers; `live` asks how soon they are read. `shipped` asks what ten packs
do to the three shipped styles, with the networks of `evaluate_style.py train`, whose RUNS it
needs. Everything after training is the program's own code: the ONNX file, the learner, the head.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
import torch
from rich.console import Console
from rich.progress import Progress, track
from rich.table import Table

from choreai_live.messages import Floats, Pose, Track
from choreai_live.style import StyleClassifier, StyleModel
from choreai_live.style.description import SETTLING, describe, windows_of
from choreai_live.style.model import softmax
from choreai_live.style.taught import STRICTNESS, Head, TaughtClass
from choreai_live.teaching.learning import Learner, Lesson, embedded
from choreai_live.teaching.packs import PackedStyle
from choreai_live.teaching.takes import SHORTEST, Take
from choreai_live.training.backgrounds import gather_background
from choreai_live.training.datasets import PoseSequence
from choreai_live.training.embedding import EmbeddingNetwork
from choreai_live.training.evaluation import held_out_view
from choreai_live.training.export import export
from choreai_live.training.protocols import Split, folds, head_for, network_for
from choreai_live.training.recipe import (
    SETTINGS,
    STATEMENT,
    TEMPERATURE,
    shared_looks,
    training_data,
    with_kinds,
)

console = Console()

DRAWS: Final = 20
SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Protocol:
    """What a style model must not know, so that it can be taught.

    Parameters
    ----------
    moves
        Of Atunda.
    genres
        Of AIST++, in all its forms, and of street video.
    etudes
        Beginnings of the names of kinds that were made up after these genres.
    """

    moves: tuple[str, ...]
    genres: tuple[str, ...]
    etudes: tuple[str, ...]


#: The first and the second five moves in order of the alphabet, and nine genres in two lots.
PROTOCOLS: Final = {
    "a": Protocol(
        ("akwaaba", "alanta", "bante", "chokobodi", "etighi"),
        ("break", "house", "krump", "lock", "popping"),
        ("breaking", "house", "krump", "lock", "popping"),
    ),
    "b": Protocol(
        ("gbeku", "gwara", "jazzze", "obloblo", "omoiya"),
        ("LA hip-hop", "house", "middle hip-hop", "street jazz", "waack"),
        ("hiphop_choreo", "hiphop_party", "house", "waack"),
    ),
}
AIST: Final = ("aist_vrm", "aistpp", "gendance")


def main() -> None:
    """Read the arguments and do what they ask."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    for name, run, what in (
        ("train", train, "train style models that have not seen what is taught"),
        ("ask", ask, "teach, and ask about other dancers"),
        ("live", live, "how soon a style that was just taught is read"),
        ("shipped", shipped, "what packs do to the shipped styles"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("data", type=Path)
        command.add_argument("--runs", type=Path, required=True)
        command.set_defaults(run=run)
        if name == "shipped":
            command.add_argument("--folds", type=int, nargs="*", default=[1, 2, 3, 4, 5])
        else:
            command.add_argument("--protocols", nargs="*", default=[*PROTOCOLS])
        if name != "train":
            command.add_argument("--strictness", type=float, default=STRICTNESS)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.run(arguments)


def train(arguments: argparse.Namespace) -> None:
    """Train the style model of each protocol."""
    for name in arguments.protocols:
        _model(arguments.data, arguments.runs, name)


@cache
def _sequences(data: Path) -> tuple[list[PoseSequence], list[PoseSequence]]:
    recorded, etudes = training_data(data)
    return recorded, etudes


def _is_left_out(kind: str, source: str, protocol: Protocol) -> bool:
    if source == "atunda":
        return kind in protocol.moves
    if source.startswith("etude"):
        return kind.removeprefix("etude ").startswith(protocol.etudes)
    return kind in protocol.genres


def _model(data: Path, runs: Path, name: str) -> StyleModel:
    """Return the style model of a protocol, trained unless ``runs`` has it."""
    recorded, etudes = _sequences(data)
    protocol = PROTOCOLS[name]
    seen = [
        s
        for s, k in zip([*recorded, *etudes], with_kinds([*recorded, *etudes]), strict=True)
        if not _is_left_out(k.substyle, s.source, protocol)
    ]
    return _model_of(data, runs, Split(f"teaching {name}", seen, []))


def _model_of(data: Path, runs: Path, split: Split) -> StyleModel:
    path = runs / f"{split.file_name}.onnx"
    if not path.exists():
        looks = shared_looks(data, runs)
        with Progress(console=console) as bar:
            task = bar.add_task(split.name, total=SETTINGS.updates)
            network = network_for(
                split,
                SETTINGS,
                runs,
                progress=lambda update, _: bar.update(task, completed=update),
                looks=looks,
            )
        network.temperature.fill_(TEMPERATURE)
        head = head_for(network, split.file_name, split.train, runs, looks)
        whole = EmbeddingNetwork(network, head).eval()
        real = [s for s in split.train if not s.source.startswith("etude")]
        export(
            network,
            SETTINGS,
            path,
            version=split.name,
            statement=STATEMENT,
            embedding=head,
            background=gather_background(whole, real, SETTINGS),
        )
    return StyleModel(path)


@dataclass(frozen=True, eq=False, slots=True)
class Shown:
    """One sequence as the program would receive it, and what is learnt of it.

    Parameters
    ----------
    kind, group
        What is danced, and by whom.
    seconds
        How long it is.
    descriptions
        float32 (windows, numbers).
    lesson
        What teaching keeps of it.
    style, probabilities
        Label, and float32 (labels,): the model's own word, its mean over the sequence.
    """

    kind: str
    group: str
    seconds: float
    descriptions: Floats
    lesson: Lesson | None
    style: str
    probabilities: Floats


def _shown(
    model: StyleModel, sequence: PoseSequence, learner: Learner | None, camera: int = 0
) -> Shown | None:
    view = held_out_view(sequence, model.rate, seed=camera)
    embedding = embedded(model, view)
    windows = windows_of(embedding[SETTLING:])
    if not len(windows):
        return None
    context = np.concatenate([np.repeat(view[:1], model.context, axis=0), view])
    logits, *_ = model.step(context[None], *model.initial_state(1))
    lesson = learner.lesson(Take(view, model.rate)) if learner else None
    kind = with_kinds([sequence])[0].substyle
    probabilities = softmax(logits[0, round(model.rate) :]).mean(axis=0)
    return Shown(
        kind, sequence.group, sequence.seconds, describe(windows), lesson, sequence.style,
        probabilities,
    )  # fmt: skip


def _teach(
    shown: Sequence[Shown], kind: str, dancers: Sequence[str], rng: np.random.Generator,
    strictness: float, family: str | None = None,
) -> tuple[float, TaughtClass]:  # fmt: skip
    """Return seconds shown, and what is learnt from a minute at most of each dancer."""
    lessons: list[Lesson] = []
    for dancer in dancers:
        mine = [s for s in shown if s.kind == kind and s.group == dancer and s.lesson]
        seconds = 0.0
        for number in rng.permutation(len(mine)):
            lesson = mine[number].lesson
            assert lesson is not None  # noqa: S101 - chosen so
            lessons.append(lesson)
            seconds += lesson.seconds
            if seconds >= SECONDS:
                break
    style = PackedStyle(kind, family, tuple(lessons), strictness)
    return style.seconds, style.as_class


def ask(arguments: argparse.Namespace) -> None:
    """Table accuracy, claims of unknown dances, and the time that learning takes."""
    table = Table(
        "taught", "dancers", "seconds of each", "sequences asked", "accuracy",
        "right and claimed", "unknown claimed", "of dances known to the model claimed",
    )  # fmt: skip
    for name in arguments.protocols:
        model = _model(arguments.data, arguments.runs, name)
        learner = Learner(model)
        protocol = PROTOCOLS[name]
        recorded, _ = _sequences(arguments.data)
        kinds = [k.substyle for k in with_kinds(recorded)]
        moves = [
            x
            for s, k in track([*zip(recorded, kinds, strict=True)], f"moves {name}")
            if s.source == "atunda" and k in protocol.moves and (x := _shown(model, s, learner))
        ]
        genres = [
            x
            for s, k in track([*zip(recorded, kinds, strict=True)], f"genres {name}")
            if s.source in AIST and k in protocol.genres and (x := _shown(model, s, learner))
        ]
        known = [
            x
            for s, k in [*zip(recorded, kinds, strict=True)][::3]
            if not _is_left_out(k, s.source, protocol) and (x := _shown(model, s, None))
        ]
        for what, mine, unknown, dancers in (
            (f"Afro moves {name}", moves, genres, 1),
            (f"Afro moves {name}", moves, genres, 3),
            (f"street genres {name}", genres, moves, 1),
        ):
            rows = [
                _draw(model, mine, unknown, known, dancers, seed, arguments.strictness)
                for seed in range(DRAWS)
            ]
            seconds, asked, *rates = zip(*rows, strict=True)
            table.add_row(
                what, str(dancers), f"{np.mean(seconds):.0f}", f"{np.mean(asked):.0f}",
                *(f"{np.mean(r):.3f} ± {np.std(r):.3f}" for r in rates),
            )  # fmt: skip
    console.print(table)


def _draw(
    model: StyleModel, mine: Sequence[Shown], unknown: Sequence[Shown], known: Sequence[Shown],
    dancers: int, seed: int, strictness: float,
) -> tuple[float, ...]:  # fmt: skip
    """Teach from dancers drawn at random, ask about all others, and return the measures."""
    rng = np.random.default_rng(seed)
    kinds = sorted({s.kind for s in mine})
    classes, asked, shown = [], [], 0.0
    for kind in kinds:
        everybody = sorted({s.group for s in mine if s.kind == kind})
        teachers = rng.choice(everybody, min(dancers, len(everybody) - 1), replace=False)
        lesson_seconds, taught = _teach(mine, kind, teachers, rng, strictness)
        classes.append(taught)
        shown += lesson_seconds / len(teachers) / len(kinds)
        asked += [s for s in mine if s.kind == kind and s.group not in teachers]
    assert model.background is not None  # noqa: S101 - trained with one
    head = Head(model.background, tuple(classes))
    right: dict[str, list[bool]] = {}
    open_right: dict[str, list[bool]] = {}
    for s in asked:
        guess = kinds[int(head.scores(s.descriptions).mean(axis=0).argmax())]
        right.setdefault(s.kind, []).append(guess == s.kind)
        open_right.setdefault(s.kind, []).append(_claim(head, s) == s.kind)
    return (
        shown,
        float(len(asked)),
        float(np.mean([np.mean(r) for r in right.values()])),
        float(np.mean([np.mean(r) for r in open_right.values()])),
        float(np.mean([_claim(head, s) is not None for s in unknown])),
        float(np.mean([_claim(head, s) is not None for s in known])),
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Styles:
    """What was taught, for a classifier."""

    head: Head | None
    muted: frozenset[str] = frozenset()


def live(arguments: argparse.Namespace) -> None:
    """Table how soon a style that was just taught is read, with the window's own rules."""
    table = Table("taught", "learning, s", "read within, s", "90 % of them", "read at all", "wrong")
    for name in arguments.protocols:
        model = _model(arguments.data, arguments.runs, name)
        learner = Learner(model)
        protocol = PROTOCOLS[name]
        recorded, _ = _sequences(arguments.data)
        pairs = list(zip(recorded, with_kinds(recorded), strict=True))
        moves = [s for s, k in pairs if s.source == "atunda" and k.substyle in protocol.moves]
        learning, waits, read, wrong = [], [], [], []
        for seed in range(DRAWS):
            rng = np.random.default_rng(seed)
            classes = []
            teachers = set(rng.choice(sorted({s.group for s in moves}), 3, replace=False))
            for kind in protocol.moves:
                mine = [
                    s
                    for s in moves
                    if s.substyle == kind and s.group in teachers and s.seconds >= SHORTEST
                ]
                views = [held_out_view(s, model.rate) for s in mine]
                began = perf_counter()
                lessons = learner.lessons(Take(view, model.rate) for view in views)
                classes.append(PackedStyle(kind, None, lessons, arguments.strictness).as_class)
                learning.append(perf_counter() - began)
            began = perf_counter()
            assert model.background is not None  # noqa: S101 - trained with one
            head = Head(model.background, tuple(classes))
            learning[-1] += perf_counter() - began
            others = [s for s in moves if s.group not in teachers]
            for number in rng.choice(len(others), 20, replace=False):
                kind = others[number].substyle
                said = _said(model, head, held_out_view(others[number], model.rate))
                first = next((time for time, label in said if label == kind), None)
                read.append(first is not None)
                waits += [] if first is None else [first]
                wrong.append(np.mean([label in head.names and label != kind for _, label in said]))
        table.add_row(
            f"Afro moves {name}",
            f"{np.median(learning):.2f}, at most {max(learning):.2f}",
            f"{np.median(waits):.2f}",
            f"{np.quantile(waits, 0.9):.2f}",
            f"{np.mean(read):.2f}",
            f"{np.mean(wrong):.2f} of the time",
        )
    minute = Take(np.tile(held_out_view(moves[0], model.rate), (20, 1, 1))[:900], model.rate)
    began = perf_counter()
    learner.lesson(minute)
    console.print(table)
    console.print(f"a take of {minute.seconds:.0f} s is learnt in {perf_counter() - began:.2f} s")


def _said(model: StyleModel, head: Head, view: Floats) -> list[tuple[float, str | None]]:
    """Return what the readout shows of a dancer from the first step on."""
    classifier = StyleClassifier(model, styles=_Styles(head))
    said = []
    for step, points in enumerate(view):
        time = step / model.rate
        low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
        box = np.concatenate([low, high]).astype(np.float32)
        pose = Pose(points[:, :2].copy(), points[:, 2].copy(), box, float(points[:, 2].mean()))
        readouts = classifier.update([Track(1, pose, step + 1, 0)], time)
        said.append((time, readouts[1].label if 1 in readouts else None))
    return said


def shipped(arguments: argparse.Namespace) -> None:
    """Table the balanced accuracy of the three styles before and after ten packs."""
    recorded, etudes = _sequences(arguments.data)
    before_all, after_all = [], []
    for number, split in enumerate(folds(recorded, 5, etudes), start=1):
        if number not in arguments.folds:
            continue
        model = _model_of(arguments.data, arguments.runs, split)
        learner = Learner(model)
        families = [x for x in model.labels if x not in model.unsure_labels]
        asked = [x for s in track(split.test, split.name) if (x := _shown(model, s, None))]
        real = [s for s in split.train if not s.source.startswith("etude")]
        teachable = sorted({k.substyle for k in with_kinds(real) if k.source != "flare"})
        for seed in range(DRAWS // len(arguments.folds)):
            rng = np.random.default_rng([number, seed])
            classes = []
            for kind in rng.choice(teachable, 10, replace=False):
                mine = [
                    s for s, k in zip(real, with_kinds(real), strict=True) if k.substyle == kind
                ]
                dancer = rng.choice(sorted({s.group for s in mine}))
                few = [s for s in mine if s.group == dancer][:12]
                shown = [x for s in few if (x := _shown(model, s, learner))]
                if not shown:
                    continue
                style = shown[0].style
                family = style if style in families else None
                _, taught = _teach(shown, kind, [dancer], rng, arguments.strictness, family)
                classes.append(taught)
            assert model.background is not None  # noqa: S101 - trained with one
            head = Head(model.background, tuple(classes))
            before = _balanced(model, families, asked, None)
            after = _balanced(model, families, asked, head)
            before_all.append(before)
            after_all.append(after)
            console.print(
                f"{split.name}, draw {seed}, {len(classes)} packs: {before:.3f} -> {after:.3f}"
            )
    loss = np.array(before_all) - np.array(after_all)
    console.print(
        f"balanced accuracy {np.mean(before_all):.3f} -> {np.mean(after_all):.3f}; "
        f"loss {loss.mean():.4f} ± {loss.std():.4f}, worst {loss.max():.3f}"
    )


def _balanced(
    model: StyleModel, families: Sequence[str], asked: Sequence[Shown], head: Head | None
) -> float:
    """Return the balanced accuracy over the three styles; a wrong claim is a wrong answer."""
    right: dict[str, list[bool]] = {}
    columns = [model.labels.index(f) for f in families]
    for s in asked:
        if s.style not in families:
            continue
        answer: str | None = families[int(s.probabilities[columns].argmax())]
        if head is not None and (claim := _claim(head, s)) is not None:
            answer = head.families[head.names.index(claim)]
        right.setdefault(s.style, []).append(answer == s.style)
    return float(np.mean([np.mean(r) for r in right.values()]))


def _claim(head: Head, shown: Shown) -> str | None:
    """Which taught style a sequence is said to be, None for none of them."""
    likeliest = int(head.probabilities(shown.descriptions).mean(axis=0).argmax())
    return head.names[likeliest] if likeliest < len(head.names) else None


if __name__ == "__main__":
    main()
