"""Files of pose sequences: what they must hold, and that they are whole."""

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from choreai_live.errors import DatasetError
from choreai_live.training.archive import read_archive, write_archive


def columns(**changes: Any) -> dict[str, Any]:
    """Return the columns of two sequences of 20 frames, some changed, those that are None gone."""
    rng = np.random.default_rng(0)
    held = {
        "keypoints": rng.uniform(0, 1, (40, 17, 3)).astype(np.float32),
        "offsets": np.array([0, 20, 40]),
        "name": np.array(["one", "two"]),
        "style": np.array(["afrobeat", "none"]),
        "group": np.array(["a", "b"]),
        "fps": np.array([30, 25]),
        **changes,
    }
    return {key: value for key, value in held.items() if value is not None}


def test_what_is_not_said_has_its_default(tmp_path: Path) -> None:
    np.savez(tmp_path / "phone.npz", **columns())
    archive = read_archive(tmp_path / "phone.npz")
    assert len(archive) == 2
    assert archive.source == ("phone", "phone")
    assert archive.substyle == archive.style == ("afrobeat", "none")
    assert archive.note == ""
    assert archive.fps.tolist() == [30.0, 25.0]


def test_equal_archives_are_equal_bytes(tmp_path: Path) -> None:
    np.savez(tmp_path / "given.npz", **columns(source=np.array(["s", "s"]), note=np.array("made")))
    archive = read_archive(tmp_path / "given.npz")
    for name in ("one.npz", "two.npz"):
        write_archive(tmp_path / name, archive)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    again = read_archive(tmp_path / "one.npz")
    assert (again.source, again.note) == (("s", "s"), "made")
    np.testing.assert_array_equal(again.points, archive.points)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"style": None}, "must hold keypoints or xyz"),
        ({"keypoints": None}, "must hold keypoints or xyz"),
        ({"xyz": np.zeros((40, 17, 4))}, "must hold keypoints or xyz, not both"),
        ({"keypoints": np.zeros((40, 16, 3))}, r"must be \(frames, 17, 3\).* got \(40, 16, 3\)"),
        ({"keypoints": np.zeros((40, 51))}, r"got \(40, 51\)"),
        ({"keypoints": None, "xyz": np.zeros((40, 17, 3))}, r"must be \(frames, 17, 4\)"),
        ({"keypoints": np.full((40, 17, 3), np.nan)}, "none of them NaN"),
        ({"keypoints": np.full((40, 17, 3), "x")}, "must be finite numbers"),
        ({"offsets": np.array([0, 30, 20, 40])}, "offsets must be whole numbers that rise"),
        ({"offsets": np.array([0, 20, 41])}, "offsets must be"),
        ({"offsets": np.array([1, 20, 40])}, "offsets must be"),
        ({"offsets": np.array([0.0, 20.0, 40.0])}, "offsets must be"),
        ({"offsets": np.array([], int)}, "offsets must be"),
        ({"style": np.array(["afrobeat"])}, "style must have one entry for each of the 2"),
        ({"source": np.array("phone")}, "source must have one entry"),
        ({"group": np.array([1, 2])}, "group must be texts"),
        ({"fps": np.array([30.0, 0.0])}, "fps must be .* got 0"),
        ({"fps": np.array([30.0, np.nan])}, "fps must be .* got nan"),
        ({"fps": np.array(["fast", "slow"])}, "fps must be"),
    ],
)
def test_a_malformed_file_is_named_in_one_sentence(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    path = tmp_path / "bad.npz"
    np.savez(path, **columns(**changes))
    with pytest.raises(DatasetError, match=says) as caught:
        read_archive(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


class Trap:
    """Leaves a trace where it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.trace,)


def test_nothing_is_ever_unpickled(tmp_path: Path) -> None:
    trap = Trap(tmp_path / "trace")
    (tmp_path / "pickle.npz").write_bytes(pickle.dumps(trap))
    np.savez(tmp_path / "inside.npz", **columns(name=np.array([trap, trap], dtype=object)))
    for name in ("pickle.npz", "inside.npz"):
        with pytest.raises(DatasetError):
            read_archive(tmp_path / name)
    assert not (tmp_path / "trace").exists()


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "whole.npz", **columns())
    whole = (tmp_path / "whole.npz").read_bytes()
    np.save(tmp_path / "one.npy", np.zeros(3))
    damaged = bytearray(whole)
    damaged[200:400] = bytes(200)
    contents = {
        "text.npz": b"not an archive",
        "empty.npz": b"",
        "cut.npz": whole[: len(whole) // 2],
        "array.npz": (tmp_path / "one.npy").read_bytes(),
        "damaged.npz": bytes(damaged),
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(DatasetError, match=name):
            read_archive(tmp_path / name)
    with pytest.raises(DatasetError, match=r"gone\.npz cannot be read: No such file"):
        read_archive(tmp_path / "gone.npz")


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    np.savez(tmp_path / "given.npz", **columns())
    archive = read_archive(tmp_path / "given.npz")
    (tmp_path / "file").write_text("kept")
    with pytest.raises(DatasetError, match="cannot be written"):
        write_archive(tmp_path / "file" / "x.npz", archive)
    assert (tmp_path / "file").read_text() == "kept"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "given.npz"]
