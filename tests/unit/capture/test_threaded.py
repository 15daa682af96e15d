"""Sources that hang, fail or are slow, and still let go at once."""

from collections.abc import Generator
from threading import Event, Thread
from threading import enumerate as all_threads
from time import monotonic

import numpy as np
import pytest

from choreai_live.capture import threaded
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.errors import SourceError, SourceLostError
from choreai_live.messages import Frame


class Hanging(ThreadedSource):
    """Gives some frames, then hangs where nothing can interrupt it, as a driver may."""

    live = True
    opening_patience = 0.2
    stall_patience = 0.2

    def __init__(self, frames: int) -> None:
        self.name = "hanging"
        self.freed = Event()
        self._count = frames
        self._start()

    def _capture(self) -> Generator[Frame, None, None]:
        for index in range(self._count):
            yield Frame(np.zeros((4, 6, 3), np.uint8), index / 25, index, monotonic())
        self.freed.wait(30)


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threaded, "CLOSING_PATIENCE", 0.1)


def test_one_that_hangs_while_opening_is_given_up() -> None:
    with pytest.raises(SourceError, match="hanging gave no picture within"):
        Hanging(0)


def test_one_that_hangs_later_is_lost() -> None:
    with Hanging(1) as source:
        assert source.size == (6, 4)
        assert source.read() is not None
        with pytest.raises(SourceLostError, match="has sent no picture for"):
            source.read()
        source.freed.set()


def test_closing_does_not_wait_for_one_that_hangs() -> None:
    source = Hanging(1)
    closer = Thread(target=source.close, daemon=True)
    closer.start()
    closer.join(10)
    assert not closer.is_alive()
    assert source.read() is None
    assert any(thread.name == "capture hanging" for thread in all_threads())
    source.freed.set()


class Failing(ThreadedSource):
    """Has a defect."""

    def __init__(self, frames: int) -> None:
        self.name = "failing"
        self._count = frames
        self.released = Event()
        self._start()

    def _capture(self) -> Generator[Frame, None, None]:
        try:
            for index in range(self._count):
                yield Frame(np.zeros((4, 6, 3), np.uint8), index / 25, index, monotonic())
            raise ZeroDivisionError("a defect of ours")
        finally:
            self.released.set()


def test_a_defect_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        Failing(0)
    with Failing(3) as source:
        assert [frame.index for frame in (source.read(), source.read(), source.read()) if frame]
        with pytest.raises(ZeroDivisionError):
            source.read()


def test_the_device_is_released_on_closing() -> None:
    source = Failing(100)
    assert not source.released.is_set()
    source.close()
    assert source.released.wait(10)
