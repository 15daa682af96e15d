"""Finding videos and results of AlphaPose."""

from pathlib import Path

import pytest

from choreai_live.errors import SourceError
from choreai_live.extraction.recordings import Recording, find_recordings


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def places(recordings: list[Recording]) -> list[str]:
    return [str(recording.place) for recording in recordings]


def test_a_folder_is_searched_with_its_subfolders(tmp_path: Path) -> None:
    make(tmp_path, "afro/a.mp4", "afro/b.MOV", "hip/anna/c.webm", "hip/notes.txt", ".git/x.mp4")
    make(tmp_path, "afro/._a.mp4", "hip/results.json")
    found = find_recordings([tmp_path], results=False)
    assert places(found) == ["afro/a.mp4", "afro/b.MOV", "hip/anna/c.webm"]
    assert [r.folder for r in found] == ["afro", "afro", "anna"]
    assert all(r.path.is_absolute() for r in found)


def test_a_video_has_one_place_whatever_it_is_found_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "videos/afro/a.mp4")
    monkeypatch.chdir(tmp_path / "videos/afro")
    for source in (tmp_path / "videos", tmp_path / "videos/afro", Path(), Path("a.mp4")):
        assert places(find_recordings([source], results=False)) == ["afro/a.mp4"]
    assert len(find_recordings([Path(), Path("a.mp4"), Path("..")], results=False)) == 1


def test_results_of_alphapose_are_called_like_the_folder_they_are_in(tmp_path: Path) -> None:
    make(tmp_path, "afro/one/alphapose-results.json", "afro/one/sep-json/0.json", "afro/two.json")
    found = find_recordings([tmp_path], results=True)
    assert places(found) == ["afro/one.json", "afro/two.json"]
    assert [r.folder for r in found] == ["afro", "afro"]
    assert all(r.is_results for r in found)
    for source in ("afro/one", "afro/one/alphapose-results.json"):
        assert places(find_recordings([tmp_path / source], results=True)) == ["afro/one.json"]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("gone", "no file or folder"),
        ("empty", "holds no video: name"),
        ("results", "say with --fps"),
    ],
)
def test_where_there_is_nothing_it_is_said(tmp_path: Path, source: str, says: str) -> None:
    make(tmp_path, "empty/notes.txt", "results/a.json")
    with pytest.raises(SourceError, match=says):
        find_recordings([tmp_path / source], results=False)


def test_two_videos_for_one_place_are_refused(tmp_path: Path) -> None:
    make(tmp_path, "one/afro/a.mp4", "two/afro/a.mp4")
    with pytest.raises(SourceError, match=r"would both be extracted to afro/a\.mp4"):
        find_recordings([tmp_path / "one", tmp_path / "two"], results=False)
    assert len(find_recordings([tmp_path], results=False)) == 2


def test_identity_is_of_the_content_not_of_the_place(tmp_path: Path) -> None:
    make(tmp_path, "a/a.mp4")
    (tmp_path / "b").mkdir()
    content = bytes(range(256)) * 1000
    for name in ("a/one.mp4", "b/two.mp4"):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "b/three.mp4").write_bytes(content[:-1] + b"x")
    (tmp_path / "b/four.mp4").write_bytes(b"")
    one, _, two, three, four = (
        Recording(tmp_path / name, None)  # type: ignore[arg-type]
        for name in ("a/one.mp4", "a/a.mp4", "b/two.mp4", "b/three.mp4", "b/four.mp4")
    )
    assert one.identity() == two.identity()
    assert one.identity() != three.identity()
    assert four.identity()["bytes"] == 0
    with pytest.raises(SourceError, match="gone"):
        Recording(tmp_path / "gone.mp4", None).identity()  # type: ignore[arg-type]
