"""Recorded pictures played as if they happened now."""

from pathlib import Path
from threading import Thread

import pytest
from clips import number_of, write_clip

from choreai_live.capture import open_source
from choreai_live.messages import Frame


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_clip(tmp_path / "clip.mp4", count=10, rate=25)


def test_frames_keep_their_times_and_numbers(clip: Path) -> None:
    with open_source(str(clip), live=True) as source:
        frames = list(iter(source.read, None))
    assert frames[0].index == 0
    assert frames[0].time == 0
    assert frames[-1].index == 9
    for frame in frames:
        assert frame.time == pytest.approx(frame.index / 25)
        assert number_of(frame.image) == frame.index


def test_the_moment_of_capture_is_when_a_frame_was_due(clip: Path) -> None:
    with open_source(str(clip), live=True) as source:
        frames = list(iter(source.read, None))
    for frame in frames:
        assert frame.captured - frames[0].captured >= frame.time - 0.01


def test_playing_begins_with_the_first_read(clip: Path) -> None:
    with open_source(str(clip), live=True) as source:
        first = source.read()
        assert first is not None
        assert first.index == 0
        assert source.dropped == 0


def test_a_pause_holds_the_picture_and_time_goes_on_from_there(clip: Path) -> None:
    with open_source(str(clip), live=True) as source:
        read: list[Frame] = []
        reader = Thread(target=lambda: read.extend(iter(source.read, None)), daemon=True)
        source.paused = True
        reader.start()
        reader.join(0.5)
        assert reader.is_alive()
        assert not read
        source.paused = False
        reader.join(10)
        assert not reader.is_alive()
    assert read[0].index == 0
    assert read[-1].index == 9


def test_closing_ends_a_pause(clip: Path) -> None:
    source = open_source(str(clip), live=True)
    source.paused = True
    reader = Thread(target=source.read, daemon=True)
    reader.start()
    source.close()
    reader.join(10)
    assert not reader.is_alive()


def test_closing_before_the_first_read(clip: Path) -> None:
    source = open_source(str(clip), live=True)
    source.close()
    source.close()
    assert source.read() is None
