#!/usr/bin/env python
"""Make the style packs that come with the program: street genres, and Afro moves.

    python scripts/make_packs.py ../shared/data

Taught like everything else, from all dancers there are of each kind; the styles only
give finer names to what the style model reads as hip-hop or afrobeat. A minute on one core.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from rich.console import Console
from rich.progress import track

from choreai_live import models
from choreai_live.messages import Floats
from choreai_live.style import StyleModel
from choreai_live.style.background import spread_of
from choreai_live.style.description import SETTLING, describe, windows_of
from choreai_live.teaching.learning import Learner, Lesson, embedded
from choreai_live.teaching.packs import SUFFIX, PackedStyle, write_pack
from choreai_live.teaching.variations import VariationSettings, variations
from choreai_live.training.datasets import PoseSequence, load_sequences
from choreai_live.training.evaluation import held_out_view
from choreai_live.training.recipe import prepare, with_kinds

#: Directions kept of each kind: all its dancers in one.
RANK: Final = 32
#: How far a ready-made style has to stand out: less than a taught one, as it only refines.
#: Chosen by looking at real clips; not measured on dancers that were left out.
STRICTNESS: Final = 2.0
#: Fewer seconds than this of a kind teach nothing that would hold for others.
_LEAST_SECONDS: Final = 60.0
#: Few variations, as there are many dancers and cameras.
_VARIED: Final = VariationSettings(copies=2)
_CAMERAS: Final = 3

PACKS: Final[Mapping[str, tuple[str, str, Mapping[str, str]]]] = {
    "street-dance": (
        "hiphop",
        "AIST++ (CC BY 4.0, Google LLC), GenDance, and YouTube street dance (no licence stated)",
        {
            "break": "breaking",
            "lock": "locking",
            "popping": "popping",
            "house": "house",
            "krump": "krump",
            "waack": "waacking",
        },
    ),
    "afro-moves": (
        "afrobeat",
        "Atunda (research, no commercial use, one year)",
        {
            move: move
            for move in (
                "akwaaba", "alanta", "bante", "chokobodi", "etighi", "gbeku", "gwara",
                "jazzze", "obloblo", "omoiya", "shooo", "swo", "wakanco",
            )
        },
    ),
}  # fmt: skip


def main() -> None:
    """Read the arguments and write the packs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of .npz pose sequences")
    parser.add_argument("--out", type=Path, default=models.FOLDER / "packs")
    arguments = parser.parse_args()
    arguments.out.mkdir(exist_ok=True)
    learner = Learner(StyleModel(models.locate("style")))
    sequences = with_kinds(prepare(load_sequences(arguments.data)))
    for name in PACKS:
        path = arguments.out / f"{name}{SUFFIX}"
        write_pack(path, ready_made(learner, name, sequences), learner.model)
        Console().print(f"{path}: {path.stat().st_size / 1e3:.0f} kB")


def ready_made(learner: Learner, name: str, sequences: Sequence[PoseSequence]) -> list[PackedStyle]:
    """Return the styles of one pack.

    Parameters
    ----------
    learner
        With the style model they are for.
    name
        Key of :data:`PACKS`.
    sequences
        To learn from, their kinds as ``substyle``.
    """
    family, provenance, kinds = PACKS[name]
    styles = []
    for kind, title in track([*kinds.items()], name):
        mine = [s for s in sequences if s.substyle == kind and s.source != "flare"]
        seconds = sum(s.seconds for s in mine)
        if seconds < _LEAST_SECONDS:
            continue
        by_source: dict[str, list[Floats]] = {}
        for sequence in mine:
            by_source.setdefault(sequence.source, []).extend(_described(learner, sequence))
        parts = [np.concatenate(found) for found in by_source.values() if found]
        weights = np.concatenate([np.full(len(p), 1 / len(p) / len(parts)) for p in parts])
        spread = spread_of(np.concatenate(parts), RANK, weights.astype(np.float32))
        lesson = Lesson(spread, seconds, provenance=provenance)
        styles.append(PackedStyle(title, family, (lesson,), STRICTNESS, refines=True))
    return styles


def _described(learner: Learner, sequence: PoseSequence) -> list[Floats]:
    found = []
    rng = np.random.default_rng(len(sequence.points))
    for camera in range(_CAMERAS if sequence.is_3d else 1):
        view = held_out_view(sequence, learner.model.rate, seed=camera)
        for varied in variations(view, rng, _VARIED):
            windows = windows_of(embedded(learner.model, varied)[SETTLING:])
            if len(windows):
                found.append(learner.background.standardised(describe(windows)))
    return found


if __name__ == "__main__":
    main()
