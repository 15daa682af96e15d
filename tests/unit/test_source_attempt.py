"""Attempts to open a source: taken, failed, abandoned."""

from threading import Event, Lock

import numpy as np
import pytest

from choreai_live.capture import Source
from choreai_live.errors import SourceError
from choreai_live.messages import Frame
from choreai_live.source_attempt import SourceAttempt

PATIENCE = 10.0


class OnePicture(Source):
    """A source of one picture, that knows whether it was closed."""

    name = "one picture"
    size = (4, 3)

    def __init__(self) -> None:
        self.closed = Event()

    def read(self) -> Frame | None:
        return Frame(np.zeros((3, 4, 3), np.uint8), 0.0, 0, 0.0)

    def close(self) -> None:
        self.closed.set()


def test_an_opened_source_is_the_takers() -> None:
    source, settled = OnePicture(), Event()
    attempt = SourceAttempt(lambda: source, settled.set)
    assert settled.wait(PATIENCE)
    assert attempt.settled
    assert attempt.take() is source
    attempt.abandon()
    assert not source.closed.is_set()


def test_a_failure_is_raised_where_the_source_is_taken() -> None:
    settled = Event()

    def fail() -> Source:
        raise SourceError("Nothing there; plug it in.")

    attempt = SourceAttempt(fail, settled.set)
    assert settled.wait(PATIENCE)
    with pytest.raises(SourceError, match="Nothing there"):
        attempt.take()


@pytest.mark.parametrize("opened_first", [True, False])
def test_an_abandoned_attempt_closes_what_it_gets(opened_first: bool) -> None:
    source, settled, held = OnePicture(), Event(), Lock()
    held.acquire()

    def open_when_let() -> Source:
        with held:
            return source

    attempt = SourceAttempt(open_when_let, settled.set)
    if opened_first:
        held.release()
        assert settled.wait(PATIENCE)
    attempt.abandon()
    if not opened_first:
        assert not source.closed.is_set()
        held.release()
    assert settled.wait(PATIENCE)
    assert source.closed.wait(PATIENCE)
    assert attempt.take() is None
