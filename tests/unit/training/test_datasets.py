"""Reading, resampling and splitting pose sequences."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from choreai_live.messages import Floats
from choreai_live.training.datasets import (
    DatasetError,
    PoseSequence,
    check_trainable,
    load_sequences,
    relabel,
    resample,
    save_sequences,
    split_groups,
)


def write_source(path: Path, points: Floats, key: str = "keypoints", **columns: object) -> Path:
    half = len(points) // 2
    held = {
        key: points,
        "offsets": np.array([0, half, len(points)]),
        "name": np.array(["one", "two"]),
        "style": np.array(["afrobeat", "none"]),
        "substyle": np.array(["shooo", "walking"]),
        "group": np.array(["a", "b"]),
        "fps": np.array([30.0, 25.0]),
        **columns,
    }
    np.savez(path, **{name: value for name, value in held.items() if value is not None})
    return path


@pytest.fixture
def points() -> Floats:
    rng = np.random.default_rng(0)
    return rng.uniform(10, 200, size=(40, 17, 3)).astype(np.float32) / (1, 1, 200)


def test_sequences_come_back_as_they_were_written(tmp_path: Path, points: Floats) -> None:
    write_source(tmp_path / "source.npz", points)
    one, two = load_sequences(tmp_path)
    np.testing.assert_allclose(one.points, points[:20], rtol=1e-6)
    assert (two.name, two.source, two.group, two.style) == ("two", "source", "b", "none")
    assert (one.rate, two.rate, two.seconds) == (30.0, 25.0, 0.8)
    assert not one.is_3d


def test_keypoints_written_as_zero_are_filled_but_stay_unseen(
    tmp_path: Path, points: Floats
) -> None:
    points[5:8, 9] = 0.0
    write_source(tmp_path / "source.npz", points)
    one = load_sequences(tmp_path, ["source"])[0]
    np.testing.assert_allclose(one.points[6, 9, :2], (points[4, 9, :2] + points[8, 9, :2]) / 2)
    assert (one.points[5:8, 9, 2] == 0).all()


def test_subfolders_and_a_source_common_to_many_files_are_read(
    tmp_path: Path, points: Floats
) -> None:
    for name in ("a/one.npz", "a/two.npz", "b/.hidden.npz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write_source(tmp_path / name, points, source=np.array(["phone", "phone"]))
    write_source(tmp_path / "studio.npz", points)
    assert [s.source for s in load_sequences(tmp_path)] == ["phone"] * 4 + ["studio"] * 2
    assert len(load_sequences(tmp_path, ["phone"])) == 4
    assert len(load_sequences(tmp_path, ["studio", "phone"])) == 6
    with pytest.raises(DatasetError, match="no source 'stage': choose among phone, studio"):
        load_sequences(tmp_path, ["stage"])


def test_what_is_saved_is_what_is_loaded(tmp_path: Path, points: Floats) -> None:
    saved = [
        PoseSequence(points[:15], 25.0, "x, dancer 1", "phone", "Anna", "afrobeat", "shoki"),
        PoseSequence(points[15:], 29.97, "x, dancer 2", "phone", "Béa", ""),
    ]
    save_sequences(tmp_path / "new" / "x.npz", saved, "made by a test")
    loaded = load_sequences(tmp_path)
    for one, other in zip(saved, loaded, strict=True):
        np.testing.assert_array_equal(one.points.astype(np.float32), other.points)
        for field in ("rate", "name", "source", "group", "style", "substyle"):
            assert getattr(one, field) == getattr(other, field)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["x.npz"]


def test_where_nobody_was_seen_there_are_no_sequences(tmp_path: Path) -> None:
    save_sequences(tmp_path / "x.npz", [])
    assert load_sequences(tmp_path) == []


def test_2d_and_3d_are_not_mixed_in_one_file(tmp_path: Path, points: Floats) -> None:
    flat, deep = (
        PoseSequence(p, 25.0, "x", "s", "g", "a") for p in (points, np.zeros((9, 17, 4), "f4"))
    )
    with pytest.raises(DatasetError, match="2D and 3D"):
        save_sequences(tmp_path / "x.npz", [flat, deep])
    assert not list(tmp_path.iterdir())


def test_a_folder_without_sequences_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="holds no"):
        load_sequences(tmp_path)


@pytest.mark.parametrize("to_rate", [10.0, 15.0, 24.0, 60.0])
def test_resampling_keeps_straight_movement_straight(to_rate: float) -> None:
    times = np.arange(31) / 30.0
    line = np.repeat(times[:, None, None], 17, axis=1).astype(np.float32)
    found = resample(line, 30.0, to_rate)[:, 0, 0]
    np.testing.assert_allclose(found, np.arange(len(found)) / to_rate, atol=1e-5)
    assert len(found) == int(to_rate) + 1


def sequence(
    group: str, style: str = "afrobeat", source: str = "s", frames: int = 30
) -> PoseSequence:
    return PoseSequence(np.zeros((frames, 17, 3), np.float32), 30.0, group, source, group, style)


def test_no_group_is_on_both_sides_of_a_split() -> None:
    sequences = [
        sequence(f"dancer {i % 7}", source=f"source {i % 3}", frames=30 + i) for i in range(60)
    ]
    folds = split_groups(sequences, 3)
    assert sorted(np.concatenate(folds)) == list(range(60))
    groups = [{sequences[i].group for i in fold} for fold in folds]
    assert not groups[0] & groups[1]
    assert not groups[0] & groups[2]
    assert not groups[1] & groups[2]
    assert all(groups)


def test_every_fold_sees_every_source_that_has_groups_enough() -> None:
    sequences = [sequence(f"{source} {i}", source=source) for source in "abc" for i in range(5)]
    for fold in split_groups(sequences, 5):
        assert {sequences[i].source for i in fold} == {"a", "b", "c"}


def test_relabelling_drops_what_it_does_not_name() -> None:
    found = relabel([sequence("1"), sequence("2", "none"), sequence("3", "tap")], {"none": "other"})
    assert [(s.group, s.style) for s in found] == [("2", "other")]


def test_what_can_be_trained_on_is_let_through() -> None:
    sequences = [sequence("1"), sequence("2", "classical"), sequence("3", frames=2)]
    check_trainable(sequences)
    check_trainable(sequences, ["classical", "afrobeat"])


def broken(**fields: object) -> PoseSequence:
    return replace(sequence("x"), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sequences", "labels", "says"),
    [
        ([], None, "no pose sequence"),
        ([sequence("1"), sequence("2", "")], None, "1 of 2 sequences have no label, .* '2' of s"),
        ([sequence("1"), sequence("2")], None, "only one label, 'afrobeat'"),
        ([sequence("1")], ["afrobeat"], "only one label"),
        ([sequence("1"), sequence("2", "tap")], ["afrobeat", "salsa"], "labelled 'tap', which"),
        ([sequence("1")], ["afrobeat", "salsa"], "No sequence is labelled 'salsa'"),
        (
            [sequence("1", frames=2), sequence("2", "salsa", frames=2)],
            None,
            "No sequence of 'afrobeat' lasts 1 s or longer",
        ),
        ([sequence("1"), sequence("2", "salsa", frames=2)], None, "No sequence of 'salsa' lasts"),
        ([broken(points=np.full((60, 17, 3), np.nan, np.float32))], None, "'x' of s .*NaN"),
        ([broken(points=np.zeros((60, 18, 3), np.float32))], None, "'x' of s must have 17"),
        ([broken(points=np.zeros((60, 51), np.float32))], None, "'x' of s must have 17"),
        ([broken(rate=0.0)], None, "'x' of s has 0 frames per second"),
        ([broken(rate=float("nan"))], None, "'x' of s has nan frames per second"),
    ],
)
def test_what_cannot_be_trained_on_is_refused_in_one_sentence(
    sequences: list[PoseSequence], labels: list[str] | None, says: str
) -> None:
    with pytest.raises(DatasetError, match=says) as caught:
        check_trainable(sequences, labels)
    assert "\n" not in str(caught.value)
