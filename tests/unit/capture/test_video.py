"""Video files: healthy ones of every make, and damaged ones."""

import struct
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from clips import number_of, red_quarter, write_clip

from choreai_live.capture import open_source
from choreai_live.capture.video import VideoFileSource
from choreai_live.errors import SourceError
from choreai_live.messages import Frame


def frames_of(path: Path) -> tuple[VideoFileSource, list[Frame]]:
    with VideoFileSource(path) as source:
        return source, list(iter(source.read, None))


def numbers(frames: Iterable[Frame]) -> list[int]:
    return [number_of(frame.image) for frame in frames]


@pytest.mark.parametrize(
    ("suffix", "codec", "pixels", "size"),
    [
        ("mp4", "libx264", "yuv420p", (64, 48)),
        ("mp4", "libx264", "yuv444p", (101, 77)),
        ("mkv", "libvpx-vp9", "yuv420p", (101, 77)),
        ("mkv", "ffv1", "gray", (101, 77)),
        ("mkv", "ffv1", "gray10le", (64, 48)),
        ("mkv", "ffv1", "yuv420p10le", (64, 48)),
        ("mov", "png", "rgb24", (101, 77)),
        ("avi", "mjpeg", "yuvj420p", (64, 48)),
        ("avi", "mpeg4", "yuv420p", (64, 48)),
        ("ts", "libx264", "yuv420p", (64, 48)),
    ],
)
def test_every_picture_of_every_make(
    tmp_path: Path, suffix: str, codec: str, pixels: str, size: tuple[int, int]
) -> None:
    width, height = size
    path = write_clip(
        tmp_path / f"clip.{suffix}", codec=codec, pixels=pixels, width=width, height=height, rate=25
    )
    source, frames = frames_of(path)
    assert source.size == size
    assert source.rate == 25
    assert source.duration == pytest.approx(0.8, abs=0.05)
    assert numbers(frames) == list(range(20))
    assert [frame.time for frame in frames] == pytest.approx(list(np.arange(20) / 25), abs=0.002)
    if "gray" in pixels:
        grey = frames[0].image.astype(int)
        assert abs(np.diff(grey, axis=2)).max() <= 1
    else:
        assert red_quarter(frames[0].image) == "upper left"


def turn_on_the_side(path: Path, degrees: int | None) -> None:
    """Write a clockwise turn, or zeros, into an MP4's track header, as telephones do."""
    one = 1 << 16
    cosine, sine = {90: (0, one), 180: (-one, 0), 270: (0, -one), None: (0, 0)}[degrees]
    matrix = struct.pack(">9i", cosine, sine, 0, -sine, cosine, 0, 0, 0, 1 << 30)
    data = bytearray(path.read_bytes())
    begin = data.index(b"tkhd") + 4 + 40
    data[begin : begin + len(matrix)] = matrix
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("degrees", "size", "corner"),
    [
        (90, (48, 64), "upper right"),
        (180, (64, 48), "lower right"),
        (270, (48, 64), "lower left"),
        (None, (64, 48), "upper left"),
    ],
)
def test_what_was_filmed_sideways_is_upright(
    tmp_path: Path, degrees: int | None, size: tuple[int, int], corner: str
) -> None:
    path = write_clip(tmp_path / "clip.mp4")
    turn_on_the_side(path, degrees)
    source, frames = frames_of(path)
    assert source.size == size
    assert {frame.image.shape for frame in frames} == {(size[1], size[0], 3)}
    assert red_quarter(frames[0].image) == corner
    assert numbers(frames) == list(range(20))


@pytest.mark.parametrize(("degrees", "size"), [(0, (96, 48)), (90, (48, 96))])
def test_pixels_that_are_not_square_are_made_so(
    tmp_path: Path, degrees: int, size: tuple[int, int]
) -> None:
    path = write_clip(tmp_path / "clip.mp4", pixel_shape=Fraction(3, 2))
    if degrees:
        turn_on_the_side(path, degrees)
    source, frames = frames_of(path)
    assert source.size == size
    assert numbers(frames) == list(range(20))


def test_a_variable_frame_rate_keeps_its_times(tmp_path: Path) -> None:
    times = [0, 0.033, 0.2, 0.21, 0.5, 1.5, 1.533]
    path = write_clip(tmp_path / "clip.mp4", count=len(times), times=times)
    _, frames = frames_of(path)
    assert [frame.time for frame in frames] == pytest.approx(times, abs=0.001)


def test_a_bare_stream_without_times_counts_frames(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.h264", rate=25)
    source, frames = frames_of(path)
    assert source.duration is None
    assert numbers(frames) == list(range(20))
    assert source.rate is not None
    steps = np.diff([frame.time for frame in frames])
    assert steps == pytest.approx(np.full(19, 1 / source.rate))


def test_a_picture_size_that_changes_on_the_way(tmp_path: Path) -> None:
    small = write_clip(tmp_path / "small.h264", count=5)
    large = write_clip(tmp_path / "large.h264", count=5, width=96, height=80)
    both = tmp_path / "both.h264"
    both.write_bytes(small.read_bytes() + large.read_bytes())
    source, frames = frames_of(both)
    assert source.size == (64, 48)
    shapes = [frame.image.shape for frame in frames]
    assert shapes == [(48, 64, 3)] * 5 + [(80, 96, 3)] * 5
    assert numbers(frames) == [*range(5), *range(5)]


def test_the_cover_of_a_song_is_not_a_video(tmp_path: Path) -> None:
    cover = write_clip(tmp_path / "cover.mov", codec="png", pixels="rgb24", count=1)
    song = tmp_path / "song.mp4"
    with av.open(str(cover)) as source, av.open(str(song), "w") as container:
        stream = container.add_stream_from_template(source.streams.video[0])
        stream.disposition = av.stream.Disposition.attached_pic
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                container.mux(packet)
    with pytest.raises(SourceError, match="no moving pictures"):
        open_source(str(song))


def damage(path: Path, fraction: float, length: int) -> None:
    data = bytearray(path.read_bytes())
    begin = data.index(b"mdat")
    middle = begin + round((data.index(b"moov") - begin) * fraction)
    data[middle : middle + length] = bytes(length)
    path.write_bytes(data)


def test_damaged_pictures_are_left_out_and_counted_the_same_every_time(tmp_path: Path) -> None:
    noise = {"profile": "baseline", "preset": "ultrafast", "qp": "10"}
    path = write_clip(tmp_path / "clip.mp4", count=25, width=320, height=240, options=noise)
    damage(path, 0.5, 40)
    source, frames = frames_of(path)
    assert source.skipped > 0
    assert 5 < len(frames) < 25
    assert source.skipped + len(frames) <= 25
    again_source, again = frames_of(path)
    assert again_source.skipped == source.skipped
    assert [frame.time for frame in again] == [frame.time for frame in frames]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(frames, again, strict=True))


@pytest.mark.parametrize(("suffix", "options"), [("mkv", {}), ("mp4", {"movflags": "faststart"})])
def test_a_file_that_was_cut_off_gives_what_came_before(
    tmp_path: Path, suffix: str, options: dict[str, str]
) -> None:
    path = write_clip(
        tmp_path / f"clip.{suffix}", codec="mjpeg", pixels="yuvj420p", container_options=options
    )
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) * 6 // 10])
    _, frames = frames_of(path)
    assert 5 <= len(frames) < 20
    assert numbers(frames) == list(range(len(frames)))


def one_sentence(error: BaseException) -> str:
    text = str(error)
    assert "\n" not in text
    assert text.endswith(".")
    return text


def test_an_mp4_whose_end_is_missing(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4")
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"moov")])
    with pytest.raises(SourceError, match=r"clip\.mp4 was cut off .*copy or record") as raised:
        open_source(str(path))
    one_sentence(raised.value)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.mp4", b"", "is empty"),
        ("letter.mp4", b"Dear dancer,\nthis is not a video.\n" * 50, "is not a video"),
        ("letter.txt", b"Dear dancer,\nthis is not a video.\n" * 50, "not a video"),
        ("noise.avi", bytes(range(256)) * 40, "is not a video"),
    ],
)
def test_what_is_no_video(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=says) as raised:
        open_source(str(path))
    assert str(path) in one_sentence(raised.value)


def test_a_song_is_no_video(tmp_path: Path) -> None:
    path = tmp_path / "song.wav"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000, layout="mono")
        sound = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.int16), "s16", "mono")
        sound.sample_rate = 8000
        container.mux(stream.encode(sound))
        container.mux(stream.encode(None))
    with pytest.raises(SourceError, match="no moving pictures") as raised:
        open_source(str(path))
    one_sentence(raised.value)


def test_ffmpeg_keeps_quiet(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = write_clip(tmp_path / "clip.mp4", count=25, width=320, height=240)
    capfd.readouterr()  # the encoder that made the clip may talk
    damage(path, 0.5, 40)
    frames_of(path)
    assert capfd.readouterr() == ("", "")
