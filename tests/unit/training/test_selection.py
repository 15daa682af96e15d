"""Labels chosen and groups kept from training."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")
pytest.importorskip("pydantic")

from choreai_live.training.configuration import LabelChoice, SplitSettings
from choreai_live.training.datasets import DatasetError, PoseSequence
from choreai_live.training.selection import check_labels, label_sequences, split


def sequence(group: str, style: str, source: str = "s", frames: int = 90) -> PoseSequence:
    points = np.zeros((frames, 17, 3), np.float32)
    return PoseSequence(points, 30.0, f"{group} {style}", source, group, style, f"{style} step")


@pytest.fixture
def sequences() -> list[PoseSequence]:
    """Two sources of ten dancers; every third dances both styles."""
    result = []
    for number in range(20):
        source = f"source {number % 2}"
        styles = ("a", "b") if number % 3 == 0 else ("ab"[number % 4 // 2],)
        result += [sequence(f"g{number}", style, source, 60 + 7 * number) for style in styles]
    return result


def test_no_group_is_in_two_parts_and_shares_are_about_right(
    sequences: list[PoseSequence],
) -> None:
    parts = split(sequences, SplitSettings(validation=0.25, test=0.2))
    groups = [{s.group for s in part} for part in (parts.train, parts.validation, parts.test)]
    assert sum(map(len, groups)) == len(set.union(*groups)) == 20
    total = sum(s.seconds for s in sequences)
    for part, share in ((parts.validation, 0.25), (parts.test, 0.2)):
        assert sum(s.seconds for s in part) / total == pytest.approx(share, abs=0.12)
        assert {s.style for s in part} == {"a", "b"}
        assert {s.source for s in part} == {"source 0", "source 1"}


def test_the_draw_depends_on_its_seed_alone(sequences: list[PoseSequence]) -> None:
    def held_out(seed: int, among: list[PoseSequence]) -> set[str]:
        return {s.group for s in split(among, SplitSettings(seed=seed)).validation}

    assert held_out(1, sequences) == held_out(1, sequences[::-1])
    assert len({frozenset(held_out(seed, sequences)) for seed in range(8)}) > 1


def test_groups_and_sources_can_be_named(sequences: list[PoseSequence]) -> None:
    settings = SplitSettings(validation_groups=("g1", "g2"), test_groups=("g4",))
    parts = split(sequences, settings)
    assert {s.group for s in parts.validation} == {"g1", "g2"}
    assert {s.group for s in parts.test} == {"g4"}
    parts = split(sequences, SplitSettings(test_groups=("source 1",)))
    assert {s.source for s in parts.test} == {"source 1"}
    assert {s.source for s in parts.train} == {s.source for s in parts.validation} == {"source 0"}


def test_two_dancers_of_a_style_are_enough_for_validation_and_three_for_a_test() -> None:
    dancers = [sequence(f"{style}{n}", style) for style in "xy" for n in range(3)]
    parts = split(dancers, SplitSettings(validation=0.1, test=0.1))
    assert [len(part) for part in (parts.train, parts.validation, parts.test)] == [2, 2, 2]
    two = [s for s in dancers if not s.group.endswith("2")]
    assert len(split(two, SplitSettings()).validation) == 2
    with pytest.raises(DatasetError, match="'x' comes from 2 groups, too few"):
        split(two, SplitSettings(test=0.1))


def test_without_a_share_everything_is_trained_on(sequences: list[PoseSequence]) -> None:
    parts = split(sequences, SplitSettings(validation=0.0))
    assert (len(parts.train), parts.validation, parts.test) == (len(sequences), [], [])


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        (SplitSettings(test_groups=("nobody",)), "'nobody', which is neither a group nor a source"),
        (SplitSettings(validation_groups=("source 0", "source 1")), "Nothing labelled 'a' is left"),
        (
            SplitSettings(validation_groups=("g1",), test_groups=("source 1",)),
            "Group 'g1' is meant by split.validation_groups and by split.test_groups",
        ),
    ],
)
def test_names_that_cannot_be_held_out_are_refused(
    sequences: list[PoseSequence], settings: SplitSettings, says: str
) -> None:
    with pytest.raises(DatasetError, match=says):
        split(sequences, settings)


def test_a_style_danced_by_one_group_alone_is_named(sequences: list[PoseSequence]) -> None:
    with pytest.raises(DatasetError, match="'tap' comes from a single group"):
        split([*sequences, sequence("g99", "tap")], SplitSettings())


def test_labels_come_from_either_column_under_new_names() -> None:
    some = [sequence("1", "lock"), sequence("2", "pop"), sequence("3", "crowd")]
    found = label_sequences(some, {"lock": "hiphop", "pop": "hiphop", "crowd": ""})
    assert [(s.group, s.style) for s in found] == [("1", "hiphop"), ("2", "hiphop")]
    found = label_sequences(some, {"pop step": "pop"}, "substyle")
    assert [s.style for s in found] == ["lock step", "pop", "crowd step"]
    with pytest.raises(DatasetError, match="No sequence has the style 'lokc'"):
        label_sequences(some, {"lokc": "hiphop"})


def test_labels_shown_as_not_sure_must_be_some_but_not_all() -> None:
    choice = LabelChoice(unsure=("other",))
    check_labels(choice, ["a", "other"])
    with pytest.raises(DatasetError, match="'other', which no sequence is labelled"):
        check_labels(choice, ["a", "b"])
    with pytest.raises(DatasetError, match="leave at least one style"):
        check_labels(replace(choice, unsure=("a", "other")), ["a", "other"])
