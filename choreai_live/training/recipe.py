"""The recipe of the shipped style model: its labels, its balance, its terms."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from choreai_live.training.datasets import PoseSequence, load_sequences, relabel
from choreai_live.training.etudes import KINDS, etude
from choreai_live.training.fitting import TrainingSettings
from choreai_live.training.looks import Looks
from choreai_live.training.rigs import on_average_bones
from choreai_live.training.streams import StreamSettings

#: Style in the data to style of the model; everyday movement is one more thing
#: that is none of the three.
STYLES: Final = {
    "afrobeat": "afrobeat",
    "classical": "classical",
    "hiphop": "hiphop",
    "other": "other",
    "none": "other",
}

SETTINGS: Final = TrainingSettings(
    labels=("afrobeat", "classical", "hiphop", "other"),
    unsure_labels=("other",),
    updates=4000,
    learning_rate=2e-3,
    streams=StreamSettings(
        idle_style="other",
        style_weights={"classical": 1.2, "hiphop": 1.5, "other": 1.5},
        # Within a style: many dancers and real video count more than many minutes.
        source_weights={
            "street": 5.0,
            "aist_vrm": 8.0,
            "aistpp": 2.0,
            "gendance": 1.5,
            "flare": 0.4,
            "g1moves": 1.0,
            "bharata": 3.0,
            "cmu05": 4.0,
            "ballvid": 2.5,
            "salsa": 2.0,
            "ballroom": 2.0,
            "cmu_everyday": 3.0,
            "etude_afrobeat": 0.2,
            "etude_classical": 9.0,
            "etude_hiphop": 6.0,
            "etude_other": 5.0,
            "etude_none": 6.0,
            "idle": 3.0,
            "still": 1.0,
            "aist_vrm_other": 0.5,
        },
    ),
)

#: Sources whose sub-styles say little: everything in one is one kind, or a few of its own.
_NAMELESS: Final = ("ballroom", "cmu_everyday", "salsa", "cmu05", "ballvid", "bharata")
_KINDS: Final = {
    "street-jazz": "street jazz",
    "hiphop/middle": "middle hip-hop",
    "break/flare": "break",
}

VERSION: Final = "3.1.0"

#: What suits dancers that were not trained on, as measured by
#: ``scripts/evaluate_style.py train``. Street video of a kind never seen would
#: want 1.2, ballet video 0.6.
TEMPERATURE: Final = 0.78

STATEMENT: Final = (
    "Trained on pose sequences, no pictures: Atunda (afrobeat; research only, no commercial use, "
    "one year), YouTube street dance (no licence stated), AIST++ and GenDance (CC BY 4.0, Google "
    "LLC), AIST++ retargeted to a game character (CC BY 4.0), G1 Moves (CC BY 4.0), break flares "
    "(no licence stated), Bharatanatyam Kinect skeletons (no licence stated), CMU motion capture "
    "(free), ballet videos (no licence stated), ballroom motion capture (no licence stated); and "
    "on etudes, dances made up for it from textbooks. "
    "Because of Atunda: research, not commercial use. Not fit for judging dancers, for identifying "
    "or classifying people, for groups that overlap, or for telling dance from every other "
    "activity; see models/style.md for measures and weak places."
)


#: Études of each kind, and how long each is, seconds.
ETUDES: Final = 24
ETUDE_SECONDS: Final = 20.0


def training_data(folder: Path) -> tuple[list[PoseSequence], list[PoseSequence]]:
    """Return the recorded sequences of a data folder, and the études beside them."""
    return prepare(load_sequences(folder)), etudes()


def shared_looks(folder: Path, runs: Path) -> Looks:
    """Return looks at all training data, read from ``runs`` or made and kept there.

    Every network of a comparison learns from the same looks at what it may see.
    """
    runs.mkdir(parents=True, exist_ok=True)
    recorded, made_up = training_data(folder)
    looks = Looks(SETTINGS.rate, SETTINGS.augmentation, SETTINGS.streams.kept)
    looks.plan([*recorded, *made_up])
    path = runs / "looks.npy"
    if not path.exists():
        for sequence in [*recorded, *made_up]:
            looks.fill(sequence)
        looks.save(path)
    looks.load(path)
    return looks


def etudes() -> list[PoseSequence]:
    """Return the études, under the model's labels: nobody's performance, always the same.

    Each style's are a source of their own, and so is what is no dance at all.
    """
    made = [
        etude(kind, np.random.default_rng([number, *kind.encode()]), ETUDE_SECONDS)
        for kind in sorted(KINDS)
        for number in range(ETUDES)
    ]
    return [
        replace(s, name=f"{s.substyle} {index}", style=STYLES[s.style], source=f"etude_{s.style}")
        for index, s in enumerate(made)
    ]


def prepare(sequences: Iterable[PoseSequence]) -> list[PoseSequence]:
    """Return sequences under the model's labels, those in 3D on average bones."""
    return [on_average_bones(s) for s in labelled(sequences)]


def with_kinds(sequences: Iterable[PoseSequence]) -> list[PoseSequence]:
    """Return sequences whose ``substyle`` is the kind that the embedding learns.

    One name for one kind, whatever its source calls it. Dances that were only made up
    are kinds of their own, and so is a source that names none of its dances.
    """
    kinds = []
    for s in sequences:
        kind = _KINDS.get(s.substyle, s.substyle)
        if s.source.startswith("etude"):
            kind = f"etude {kind}"
        elif s.source in _NAMELESS:
            kind = f"{s.source} {kind}"
        kinds.append(replace(s, substyle=kind))
    return kinds


def labelled(sequences: Iterable[PoseSequence]) -> list[PoseSequence]:
    """Return sequences as they are, under the model's labels.

    The ballet jazz of the retargeted AIST++ stays among the
    ``other`` dances, but under a source of its own: six sequences must not
    take the share of a whole source.
    """
    return [
        replace(s, source="aist_vrm_other") if (s.source, s.style) == ("aist_vrm", "other") else s
        for s in relabel(sequences, STYLES)
    ]
