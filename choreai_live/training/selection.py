"""What is learnt under which label, and what is kept from training."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from choreai_live.training.configuration import LabelChoice, SplitSettings
from choreai_live.training.datasets import DatasetError, PoseSequence


@dataclass(frozen=True, slots=True)
class Parts:
    """A dataset in three; no group is in two of them.

    Parameters
    ----------
    train
        Learnt from.
    validation
        Decides when to stop, and sets the calibration.
    test
        Looked at once, at the end.
    """

    train: list[PoseSequence]
    validation: list[PoseSequence]
    test: list[PoseSequence]


def label_sequences(
    sequences: Iterable[PoseSequence],
    rename: Mapping[str, str],
    column: Literal["style", "substyle"] = "style",
) -> list[PoseSequence]:
    """Return the sequences with their label as style.

    Parameters
    ----------
    sequences
        As they were read.
    rename
        Name in the data to label; "" leaves sequences of that name out.
    column
        Which of their names counts.

    Raises
    ------
    DatasetError
        If ``rename`` has a name that no sequence has.
    """
    named = [(s, s.style if column == "style" else s.substyle) for s in sequences]
    there = {name for _, name in named}
    if strangers := sorted(set(rename) - there):
        raise DatasetError(
            f"No sequence has the {column} '{strangers[0]}' that is to be renamed: "
            f"there are {listed(there)}."
        )
    return [
        replace(sequence, style=rename.get(name, name))
        for sequence, name in named
        if rename.get(name) != ""
    ]


def check_labels(choice: LabelChoice, labels: Sequence[str]) -> None:
    """Refuse to show labels as *not sure* that are none, or all that there are.

    Raises
    ------
    DatasetError
        One sentence that says which.
    """
    for label in choice.unsure:
        if label not in labels:
            raise DatasetError(
                f"labels.unsure names '{label}', which no sequence is labelled: "
                f"there are {listed(labels)}."
            )
    if set(choice.unsure) == set(labels):
        raise DatasetError("labels.unsure names every label: leave at least one style to show.")


def split(sequences: Sequence[PoseSequence], settings: SplitSettings) -> Parts:
    """Keep whole groups from training, for each label about the share asked for.

    Within a label every source gives its share, where it has groups to give.

    Raises
    ------
    DatasetError
        If a name is neither group nor source, or a label has too few groups.
    """
    rng = np.random.default_rng(settings.seed)
    test = _named(sequences, settings.test_groups, "split.test_groups")
    validation = _named(sequences, settings.validation_groups, "split.validation_groups")
    if both := test & validation:
        raise DatasetError(
            f"Group '{min(both)}' is meant by split.validation_groups and by split.test_groups."
        )
    if not settings.test_groups and settings.test:
        rest = [s for s in sequences if s.group not in validation]
        # One more group of each label is still to be drawn.
        spare = 1 if settings.validation_groups or not settings.validation else 2
        test = _drawn(rest, settings.test, rng, spare)
    if not settings.validation_groups and settings.validation:
        rest = [s for s in sequences if s.group not in test]
        share = settings.validation / (1.0 - (settings.test if not settings.test_groups else 0.0))
        validation = _drawn(rest, share, rng, 1)
    parts = Parts(
        [s for s in sequences if s.group not in test | validation],
        [s for s in sequences if s.group in validation],
        [s for s in sequences if s.group in test],
    )
    left = {s.style for s in parts.train}
    for style in sorted({s.style for s in sequences} - left):
        raise DatasetError(
            f"Nothing labelled '{style}' is left to train on: name fewer groups in the split."
        )
    return parts


def listed(names: Iterable[str], most: int = 12) -> str:
    """Return names for a sentence, sorted."""
    ordered = sorted(names)
    shown = ", ".join(f"'{name}'" for name in ordered[:most])
    return shown if len(ordered) <= most else f"{shown} and {len(ordered) - most} more"


def _named(sequences: Sequence[PoseSequence], names: Iterable[str], key: str) -> set[str]:
    """Return the groups that are called so, or whose source is."""
    groups: set[str] = set()
    for name in names:
        meant = {s.group for s in sequences if name in (s.group, s.source)}
        if not meant:
            raise DatasetError(
                f"{key} names '{name}', which is neither a group nor a source of the data: "
                f"sources are {listed({s.source for s in sequences})}, "
                f"groups {listed({s.group for s in sequences})}."
            )
        groups |= meant
    return groups


def _drawn(
    sequences: Sequence[PoseSequence], share: float, rng: np.random.Generator, spare: int
) -> set[str]:
    """Draw groups that hold about ``share`` of each label's time, leaving it ``spare`` others."""
    seconds: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    sources: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for s in sequences:
        seconds[s.style][s.group] += s.seconds
        sources[s.style][s.source].add(s.group)
    drawn: set[str] = set()

    def take(style: str, among: Iterable[str]) -> None:
        """Draw from ``among`` until they have given their share."""
        of_group = seconds[style]
        groups = sorted(among)
        wanted = share * sum(of_group[group] for group in groups)
        for group in rng.permutation(groups):
            have = sum(of_group[g] for g in groups if g in drawn)
            if group in drawn or (have > 0 and have + of_group[group] / 2 > wanted):
                continue
            if have < wanted and all(
                len(set(others) - drawn - {group}) >= spare
                for others in seconds.values()
                if group in others
            ):
                drawn.add(str(group))

    # Where there is little to choose from, first.
    for style in sorted(seconds, key=lambda name: (len(seconds[name]), name)):
        for source in sorted(sources[style]):
            if len(sources[style][source]) > spare:
                take(style, sources[style][source])
        take(style, seconds[style])
        if not drawn & set(seconds[style]):
            raise DatasetError(
                f"'{style}' comes from {_count(len(seconds[style]))}, too few to keep one from "
                "training: add another dancer or video, or set split.validation and split.test "
                "to 0."
            )
    return drawn


def _count(groups: int) -> str:
    return "a single group" if groups == 1 else f"{groups} groups"
