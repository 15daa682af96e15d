"""Videos that were cut off, wherever that was."""

import shutil
from pathlib import Path

import av
import pytest
from clips import picture

from choreai_live.session.encoding import VideoEncoder
from choreai_live.session.mp4 import mend_video
from choreai_live.session.video import _CODEC, _CONTAINER

COUNT = 24


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a video as it is while it grows, and the same one finished."""
    folder = tmp_path_factory.mktemp("videos")
    whole, growing = folder / "whole.mp4", folder / "growing.mp4"
    with VideoEncoder(whole, (64, 48), _CONTAINER, _CODEC) as encoder:
        for number in range(COUNT):
            encoder.add(picture(number, 64, 48), number * 70_000)
        shutil.copy(whole, growing)
    return growing, whole


def count(path: Path) -> int:
    """Return how many pictures a player would show."""
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def test_wherever_a_growing_video_is_cut_what_is_whole_plays(
    videos: tuple[Path, Path], tmp_path: Path
) -> None:
    data = videos[0].read_bytes()
    cut = tmp_path / "cut.mp4"
    counts = []
    for length in [*range(0, 1000, 37), *range(1000, len(data), 251), len(data)]:
        cut.write_bytes(data[:length])
        playable = mend_video(cut)
        counts.append(count(cut) if playable else 0)
        mended = cut.read_bytes()
        assert mend_video(cut) == playable
        assert cut.read_bytes() == mended
    assert counts == sorted(counts)
    # Pictures of the last fragment, of 0.3 s, are still to be written.
    assert COUNT - 6 <= counts[-1] < COUNT
    assert len(set(counts)) >= 4


def test_wherever_the_index_is_cut_all_before_it_plays(
    videos: tuple[Path, Path], tmp_path: Path
) -> None:
    data = videos[1].read_bytes()
    index = data.rindex(b"moov") - 4
    cut = tmp_path / "cut.mp4"
    for length in (index, index + 5, (index + len(data)) // 2, len(data) - 1):
        cut.write_bytes(data[:length])
        assert mend_video(cut)
        assert count(cut) == COUNT
    # Cut off within the large box that has been closed over all pictures.
    cut.write_bytes(data[: index - 10])
    assert mend_video(cut)
    assert COUNT - 10 <= count(cut) < COUNT


def test_a_whole_video_is_left_alone(videos: tuple[Path, Path]) -> None:
    before = videos[1].read_bytes()
    assert mend_video(videos[1])
    assert videos[1].read_bytes() == before
    assert count(videos[1]) == COUNT


@pytest.mark.parametrize("data", [b"", b"\0" * 500, b"no video at all, but some text", b"\0\0\0\1"])
def test_what_is_no_video_is_left_alone(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "nothing.mp4"
    path.write_bytes(data)
    assert not mend_video(path)
    assert path.read_bytes() == data


def test_a_growing_video_with_garbage_after_it_loses_the_garbage_only(
    videos: tuple[Path, Path], tmp_path: Path
) -> None:
    path = tmp_path / "garbage.mp4"
    path.write_bytes(videos[0].read_bytes() + b"\0" * 4096)
    assert mend_video(path)
    assert path.read_bytes() == videos[0].read_bytes()
