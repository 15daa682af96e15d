"""Labels from folders and from CSV files."""

from pathlib import Path

import pytest

from choreai_live.errors import DatasetError
from choreai_live.extraction.labelling import (
    Label,
    Labelling,
    labels_from_csv,
    labels_from_folders,
    without_labels,
)
from choreai_live.extraction.recordings import Recording, find_recordings


@pytest.fixture
def videos(tmp_path: Path) -> Path:
    folder = tmp_path / "videos"
    for name in ("afro/a.mp4", "afro/b.mp4", "hip/c.mp4"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    return folder


@pytest.fixture
def recordings(videos: Path) -> list[Recording]:
    return find_recordings([videos], results=False)


def from_csv(
    text: str, videos: Path, recordings: list[Recording], *, unlabelled: bool = False
) -> Labelling:
    path = videos / "labels.csv"
    path.write_text(text, encoding="utf-8")
    return labels_from_csv(path, recordings, [videos], "collection", unlabelled=unlabelled)


def by_place(labelling: Labelling) -> dict[str, tuple[str, str]]:
    return {str(r.place): (label.style, label.group) for r, label in labelling.labels.items()}


def test_folders_are_labels_and_videos_are_groups(recordings: list[Recording]) -> None:
    labelling = labels_from_folders(recordings, "collection")
    assert by_place(labelling) == {
        "afro/a.mp4": ("afro", "afro/a.mp4"),
        "afro/b.mp4": ("afro", "afro/b.mp4"),
        "hip/c.mp4": ("hip", "hip/c.mp4"),
    }
    assert {label.source for label in labelling.labels.values()} == {"collection"}
    assert not labelling.complaints


def test_without_labels_every_style_is_empty(recordings: list[Recording]) -> None:
    labelling = without_labels(recordings, "collection")
    assert len(labelling.labels) == 3
    assert labelling.labels[recordings[0]] == Label("", "afro/a.mp4", "collection")


def test_a_csv_gives_labels_and_groups_whatever_else_it_holds(
    videos: Path, recordings: list[Recording]
) -> None:
    text = (
        "\ufeffFile, label ,people,group\r\n"
        "afro/a.mp4,azonto,1,Anna\r\n"
        f'"{videos}/afro/b.mp4","shoki, slow",2,\r\n'
        "./hip/../hip/c.mp4,krump\r\n"
    )
    labelling = from_csv(text, videos, recordings)
    assert by_place(labelling) == {
        "afro/a.mp4": ("azonto", "Anna"),
        "afro/b.mp4": ("shoki, slow", "afro/b.mp4"),
        "hip/c.mp4": ("krump", "hip/c.mp4"),
    }
    assert not labelling.complaints


@pytest.mark.parametrize(
    ("rows", "labelled", "says"),
    [
        (["hip/c.mp4,krump"], "abc", []),
        (["gone.mp4,krump", "hip/c.mp4,krump"], "abc", ["line 4 names gone.mp4, which does not"]),
        ([], "ab", ["c.mp4 has no label: give it a line"]),
        (["hip/c.mp4,"], "ab", ["line 4 gives hip/c.mp4 no label"]),
        ([",krump", "hip/c.mp4,krump"], "abc", ["line 4 names no file"]),
        (["hip/c.mp4,krump"] * 2, "abc", ["line 5 names hip/c.mp4 again, after line 4: remove"]),
        (["hip/c.mp4,krump", "hip/c.mp4,pop"], "ab", ["line 4, and says something else: remove"]),
    ],
)
def test_rows_that_are_wrong_are_said_and_the_others_count(
    videos: Path, recordings: list[Recording], rows: list[str], labelled: str, says: list[str]
) -> None:
    text = "\n".join(["file,label", "afro/a.mp4,afro", "afro/b.mp4,afro", *rows])
    labelling = from_csv(text, videos, recordings)
    assert "".join(sorted(r.path.stem for r in labelling.labels)) == labelled
    assert len(labelling.complaints) == len(says)
    for sentence, part in zip(labelling.complaints, says, strict=True):
        assert part in sentence
        assert "\n" not in sentence


def test_what_a_csv_leaves_out_is_kept_where_that_is_wanted(
    videos: Path, recordings: list[Recording]
) -> None:
    labelling = from_csv(
        "file,label\nafro/a.mp4,x\nafro/b.mp4,", videos, recordings, unlabelled=True
    )
    assert [label.style for label in labelling.labels.values()] == ["x", "", ""]
    assert not labelling.complaints


def test_files_that_are_not_extracted_today_may_be_named(
    videos: Path, recordings: list[Recording]
) -> None:
    text = "file,label\nafro/a.mp4,x\nafro/b.mp4,x\nhip/c.mp4,x"
    labelling = from_csv(text, videos, recordings[:1])
    assert (len(labelling.labels), labelling.complaints) == (1, ())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no column 'file'"),
        (b"file;label\na.mp4;x", "no column 'file'"),
        (b"file,style\na.mp4,x", "no column 'label'"),
        ("file,label\na.mp4,Kathak \xe9".encode("latin-1"), "not text in UTF-8"),
        (b'file,label\n"a.mp4,x', "not CSV"),
    ],
)
def test_a_file_that_is_no_such_csv_is_refused(
    videos: Path, recordings: list[Recording], content: bytes, says: str
) -> None:
    path = videos / "labels.csv"
    path.write_bytes(content)
    with pytest.raises(DatasetError, match=says) as caught:
        labels_from_csv(path, recordings, [videos], "collection")
    assert str(path) in str(caught.value)
