"""Reading, resampling and splitting pose sequences."""

from pathlib import Path

import numpy as np
import pytest

from choreai_live.messages import Floats
from choreai_live.training.datasets import (
    DatasetError,
    PoseSequence,
    load_sequences,
    relabel,
    resample,
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


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"style": None}, "must hold"),
        ({"keypoints": np.zeros((40, 16, 3), np.float32)}, "got"),
        ({"keypoints": np.full((40, 17, 3), np.nan, np.float32)}, "finite"),
    ],
)
def test_a_malformed_source_is_named_in_one_sentence(
    tmp_path: Path, points: Floats, change: dict[str, object], says: str
) -> None:
    path = write_source(tmp_path / "bad.npz", points, **change)
    with pytest.raises(DatasetError, match=says) as caught:
        load_sequences(tmp_path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_without_sequences_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="holds no"):
        load_sequences(tmp_path)


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.npz").write_text("not an archive")
    with pytest.raises(DatasetError, match=r"text\.npz"):
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
