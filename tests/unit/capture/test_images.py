"""Pictures as a film: their order, their makes, and the broken ones among them."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from clips import number_of, picture, red_quarter

from choreai_live.capture import open_source
from choreai_live.capture.images import pictures_among
from choreai_live.errors import SourceError
from choreai_live.messages import Frame


def write(path: Path, number: int = 0, image: np.ndarray | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), picture(number, 64, 48) if image is None else image)
    return path


def read_all(spec: str) -> list[Frame]:
    with open_source(spec) as source:
        return list(iter(source.read, None))


def test_numbers_in_names_count_as_numbers(tmp_path: Path) -> None:
    names = ["2.png", "10.png", "1.png", "010.png", "b2.PNG", "B10.png", "a.jpg", "9/1.png"]
    for name in names:
        write(tmp_path / name)
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "folder.png").mkdir()
    ordered = [path.name for path in pictures_among(tmp_path.iterdir())]
    assert ordered == ["1.png", "2.png", "010.png", "10.png", "a.jpg", "b2.PNG", "B10.png"]


def test_a_folder_a_glob_and_one_picture(tmp_path: Path) -> None:
    for number in range(12):
        write(tmp_path / "shots" / f"shot {number}.png", number)
    write(tmp_path / "shots" / "other.jpg", 20)
    glob = str(tmp_path / "sh*s" / "shot ?.png")
    assert [number_of(f.image) for f in read_all(glob)] == list(range(10))
    assert [number_of(f.image) for f in read_all(str(tmp_path / "shots"))] == [20, *range(12)]
    frames = read_all(str(tmp_path / "shots" / "shot 7.png"))
    assert [number_of(f.image) for f in frames] == [7]


@pytest.mark.parametrize(
    "image",
    [
        picture(3, 101, 77),
        cv2.cvtColor(picture(3, 64, 48), cv2.COLOR_BGR2GRAY),
        cv2.cvtColor(picture(3, 64, 48), cv2.COLOR_BGR2BGRA),
        picture(3, 64, 48).astype(np.uint16) * 257,
    ],
    ids=["odd size", "grey", "transparent", "16 bit"],
)
def test_pictures_of_every_make(tmp_path: Path, image: np.ndarray) -> None:
    (frame,) = read_all(str(write(tmp_path / "one.png", image=image)))
    assert frame.image.dtype == np.uint8
    assert frame.image.shape == (*image.shape[:2], 3)
    assert number_of(frame.image) == 3


def test_a_photograph_taken_sideways_is_upright(tmp_path: Path) -> None:
    path = write(tmp_path / "one.jpg")
    turned = (  # an EXIF block that says: the camera was turned, show it 90 degrees clockwise
        b"\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08"
        b"\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
    )
    data = path.read_bytes()
    path.write_bytes(data[:2] + turned + data[2:])
    (frame,) = read_all(str(path))
    assert frame.image.shape == (64, 48, 3)
    assert red_quarter(frame.image) == "upper right"


def test_every_picture_keeps_its_own_size(tmp_path: Path) -> None:
    write(tmp_path / "1.png")
    write(tmp_path / "2.png", image=picture(0, 90, 30))
    assert [f.image.shape for f in read_all(str(tmp_path))] == [(48, 64, 3), (30, 90, 3)]


def test_broken_pictures_are_skipped_and_keep_their_place_in_time(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for number in range(5):
        write(tmp_path / f"{number}.png", number)
        write(tmp_path / f"{number + 5}.jpg", number)
    (tmp_path / "0.png").write_bytes(b"")
    (tmp_path / "2.png").write_bytes(b"no picture")
    (tmp_path / "3.png").write_bytes((tmp_path / "3.png").read_bytes()[:90])
    (tmp_path / "8.jpg").write_bytes((tmp_path / "8.jpg").read_bytes()[:90])
    with open_source(str(tmp_path)) as source:
        frames = list(iter(source.read, None))
        assert source.skipped == 4
    assert [frame.index for frame in frames] == [1, 4, 5, 6, 7, 9]
    assert [frame.time for frame in frames] == [0.04, 0.16, 0.2, 0.24, 0.28, 0.36]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("contents", "spec", "says"),
    [
        ({}, "", "There are no pictures in"),
        ({"notes.txt": b"hello"}, "", "There are no pictures in"),
        ({"a.txt": b"hello"}, "*.png", "There are no pictures in"),
        ({"a.png": b""}, "a.png", "is empty"),
        ({"a.png": b""}, "", "is empty"),
        ({"a.jpg": b"hello"}, "a.jpg", "cannot be decoded"),
        ({"a.jpg": b"hello", "b.jpg": b""}, "", "None of the 2 pictures"),
    ],
)
def test_nothing_to_show_is_one_sentence(
    tmp_path: Path, contents: dict[str, bytes], spec: str, says: str
) -> None:
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=says) as raised:
        open_source(str(tmp_path / spec))
    assert str(tmp_path) in str(raised.value)
    assert str(raised.value).endswith(".")
