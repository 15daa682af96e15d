"""One writer, one reader, and nothing lost but by decision."""

from threading import Thread

import numpy as np
import pytest

from choreai_live.capture.buffer import FrameBuffer
from choreai_live.messages import Frame


def frame(index: int) -> Frame:
    return Frame(np.zeros((2, 2, 3), np.uint8), index / 25, index, 0.0)


def test_the_newest_frame_replaces_the_oldest() -> None:
    buffer = FrameBuffer(1, newest_wins=True)
    assert [buffer.put(frame(index)) for index in range(4)] == [0, 1, 1, 1]
    newest = buffer.get()
    assert newest is not None
    assert newest.index == 3


def test_a_lossless_writer_waits_for_the_reader() -> None:
    buffer = FrameBuffer(2, newest_wins=False)
    written: list[int] = []

    def write() -> None:
        for index in range(6):
            assert buffer.put(frame(index)) == 0
            written.append(index)
        buffer.end()

    writer = Thread(target=write, daemon=True)
    writer.start()
    writer.join(0.2)
    assert written == [0, 1]  # the third waits for room
    read = [buffer.get() for _ in range(7)]
    assert [got.index if got else None for got in read] == [0, 1, 2, 3, 4, 5, None]
    writer.join(10)
    assert not writer.is_alive()


def test_the_error_comes_after_the_last_frame_and_again() -> None:
    buffer = FrameBuffer(4, newest_wins=False)
    buffer.put(frame(0))
    buffer.end(OSError("gone"))
    assert buffer.get() is not None
    for _ in range(2):
        with pytest.raises(OSError, match="gone"):
            buffer.get()


def test_looking_at_the_first_frame_leaves_it_there() -> None:
    buffer = FrameBuffer(4, newest_wins=False)
    first = frame(0)
    buffer.put(first)
    assert buffer.wait_for_first(1) is first
    assert buffer.get() is first


def test_patience_ends() -> None:
    buffer = FrameBuffer(1, newest_wins=True)
    with pytest.raises(TimeoutError):
        buffer.get(0.01)
    with pytest.raises(TimeoutError):
        buffer.wait_for_first(0.01)


def test_closing_wakes_both_sides_and_drops_what_is_left() -> None:
    empty, full = (FrameBuffer(1, newest_wins=False) for _ in range(2))
    full.put(frame(0))
    got: list[Frame | None] = []
    reader = Thread(target=lambda: got.append(empty.get()), daemon=True)
    writer = Thread(target=lambda: full.put(frame(1)), daemon=True)
    for buffer, thread in ((empty, reader), (full, writer)):
        thread.start()
        buffer.close()
        thread.join(10)
        assert not thread.is_alive()
        assert buffer.closed
        assert buffer.get() is None
    assert got == [None]


def test_sleeping_ends_when_it_is_closed() -> None:
    buffer = FrameBuffer(1, newest_wins=True)
    assert not buffer.wait_until_closed(0.01)
    sleeper = Thread(target=buffer.wait_until_closed, args=(60,), daemon=True)
    sleeper.start()
    buffer.close()
    sleeper.join(10)
    assert not sleeper.is_alive()
