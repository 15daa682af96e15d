"""From a configuration to sequences under their labels, some kept from training."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from choreai_live.training.configuration import Configuration
from choreai_live.training.datasets import (
    DatasetError,
    PoseSequence,
    check_trainable,
    load_sequences,
)
from choreai_live.training.selection import Parts, check_labels, label_sequences, listed, split
from choreai_live.training.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything a run needs to begin.

    Parameters
    ----------
    labels
        What the model tells apart, in its order.
    parts
        The data.
    statement
        What the model file will say of its data.
    """

    labels: tuple[str, ...]
    parts: Parts
    statement: str

    def settings(self, configuration: Configuration, seed: int) -> TrainingSettings:
        """Return the settings of the run of one seed."""
        return replace(
            configuration.training,
            labels=self.labels,
            unsure_labels=configuration.labels.unsure,
            seed=seed,
        )

    @property
    def digest(self) -> str:
        """The same for the same data in the same parts, and for no other."""
        digest = hashlib.sha256()
        for part in (self.parts.train, self.parts.validation, self.parts.test):
            for s in part:
                line = f"{s.source}\0{s.group}\0{s.name}\0{s.style}\0{s.points.shape}\0{s.rate}\n"
                digest.update(line.encode())
                digest.update(s.points.tobytes())
            digest.update(b"\0")
        return digest.hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        """Return what is in which part, as plain values."""
        parts = {name: getattr(self.parts, name) for name in ("train", "validation", "test")}
        return {
            "digest": self.digest,
            "labels": {
                label: {
                    name: {
                        "sequences": len(chosen := [s for s in part if s.style == label]),
                        "seconds": round(seconds_of(chosen), 1),
                        "groups": len({s.group for s in chosen}),
                    }
                    for name, part in parts.items()
                }
                for label in self.labels
            },
            "sources": sorted({s.source for part in parts.values() for s in part}),
            "validation_groups": sorted({s.group for s in self.parts.validation}),
            "test_groups": sorted({s.group for s in self.parts.test}),
        }


def prepare(configuration: Configuration) -> Prepared:
    """Read, label and split the data of a configuration.

    Raises
    ------
    DatasetError
        One sentence if that data cannot be trained on as configured.
    """
    read = [s for folder in configuration.data for s in load_sequences(folder)]
    choice = configuration.labels
    sequences = _distinct(label_sequences(read, choice.rename, choice.column))
    check_trainable(sequences)
    labels = tuple(sorted({s.style for s in sequences}))
    check_labels(choice, labels)
    _check_streams(configuration, labels)
    parts = split(sequences, configuration.split)
    check_trainable(parts.train, labels)
    statement = configuration.model.statement or _statement(parts.train, labels)
    return Prepared(labels, parts, statement)


def seconds_of(sequences: Sequence[PoseSequence]) -> float:
    """Return how long sequences last together."""
    return sum(s.seconds for s in sequences)


def _distinct(sequences: Iterable[PoseSequence]) -> list[PoseSequence]:
    """Return sequences of which no two of a source have the same name.

    Folders made at different times may call theirs alike, and training knows a
    sequence by its source and name.
    """
    taken: dict[tuple[str, str], int] = {}
    distinct = []
    for s in sequences:
        number = taken[s.source, s.name] = taken.get((s.source, s.name), 0) + 1
        distinct.append(s if number == 1 else replace(s, name=f"{s.name} ({number})"))
    return distinct


def _check_streams(configuration: Configuration, labels: Sequence[str]) -> None:
    """Refuse names in the stream settings that are no labels, which would do nothing."""
    streams = configuration.training.streams
    idle = () if streams.idle_style is None else (streams.idle_style,)
    for key, names in (("style_weights", streams.style_weights), ("idle_style", idle)):
        if strangers := sorted(set(names) - set(labels)):
            raise DatasetError(
                f"training.streams.{key} names '{strangers[0]}', which is no label: "
                f"there are {listed(labels)}."
            )


def _statement(train: Sequence[PoseSequence], labels: Sequence[str]) -> str:
    groups = len({s.group for s in train})
    return (
        f"Trained by its user on {len(train)} pose sequences ({seconds_of(train) / 60:.0f} min, "
        f"{groups} groups of dancers or videos) labelled {', '.join(labels)}. The terms of that "
        "data were not stated. Not fit for judging dancers, for identifying or classifying people."
    )
