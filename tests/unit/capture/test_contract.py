"""What every source promises, whatever its kind."""

from collections.abc import Callable
from threading import Thread
from time import monotonic, sleep

import numpy as np

from choreai_live.capture import Source
from choreai_live.capture.clocks import StreamClock
from choreai_live.errors import SourceLostError
from choreai_live.messages import Frame

Opener = Callable[[], Source]


def read_all(source: Source, pause: float = 0.0) -> list[Frame]:
    """Read to the end, which for a camera or an endless stream is its loss."""
    frames = []
    try:
        while (frame := source.read()) is not None:
            frames.append(frame)
            sleep(pause)
    except SourceLostError:
        assert source.live
    return frames


def test_it_says_what_it_is(open_any: Opener) -> None:
    with open_any() as source:
        first = source.read()
        assert first is not None
        assert source.name
        assert source.size == (first.image.shape[1], first.image.shape[0])
        assert source.rate == 25
        assert source.frame_count in (12, None)
        assert source.duration is None or abs(source.duration - 0.48) < 0.05


def test_frames_are_whole_and_times_increase(open_any: Opener) -> None:
    before = monotonic()
    with open_any() as source:
        frames = read_all(source)
    assert frames
    for frame in frames:
        assert frame.image.dtype == np.uint8
        assert frame.image.flags.c_contiguous
        assert frame.image.std() > 5
        assert before <= frame.captured <= monotonic()
    assert all(np.diff([frame.time for frame in frames]) > 0)
    assert all(np.diff([frame.index for frame in frames]) > 0)
    assert all(np.diff([frame.captured for frame in frames]) >= 0)


def test_it_ends_and_stays_ended(open_lossless: Opener) -> None:
    with open_lossless() as source:
        read_all(source)
        assert source.read() is None
        assert source.read() is None


def test_nothing_is_read_after_closing(open_any: Opener) -> None:
    source = open_any()
    assert source.read() is not None
    source.close()
    source.close()
    assert source.read() is None


def test_closing_wakes_a_reader_in_another_thread(open_any: Opener) -> None:
    source = open_any()
    seen: list[Frame] = []
    reader = Thread(target=lambda: seen.extend(read_all(source)), daemon=True)
    reader.start()
    sleep(0.05)
    source.close()
    reader.join(10)
    assert not reader.is_alive()


def test_lossless_means_every_frame_however_slow_the_reader(open_lossless: Opener) -> None:
    with open_lossless() as source:
        assert not source.live
        frames = read_all(source, pause=0.02)
        assert [frame.index for frame in frames] == list(range(12))
        assert np.allclose([frame.time for frame in frames], np.arange(12) / 25)
        assert source.dropped == 0
        assert source.skipped == 0


def test_lossless_means_the_same_bytes_every_time(open_lossless: Opener) -> None:
    with open_lossless() as first, open_lossless() as second:
        once, again = read_all(first), read_all(second, pause=0.005)
    assert [frame.time for frame in once] == [frame.time for frame in again]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(once, again, strict=True))


def test_live_means_the_newest_frame_wins_and_losses_are_counted(open_live: Opener) -> None:
    with open_live() as source:
        assert source.live
        frames = read_all(source, pause=0.15)
    assert frames[-1].index == 11  # the newest is never the one that is lost
    missed = 12 - frames[0].index - len(frames)
    # One more may have been overtaken in the very moment of the first read.
    assert source.dropped - missed in (0, 1)


def test_live_hands_frames_out_no_earlier_than_they_happen(open_live: Opener) -> None:
    with open_live() as source:
        frames = read_all(source)
    captured = np.array([frame.captured for frame in frames])
    times = np.array([frame.time for frame in frames])
    # A network camera's own clock may be ahead of the network by this much.
    slack = StreamClock.JUMP if source.name.startswith("rtsp") else 0.01
    assert np.all(captured - captured[0] >= times - times[0] - slack)
