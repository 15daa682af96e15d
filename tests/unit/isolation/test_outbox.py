"""Snapshots that wait for room: the newest wins."""

import os
from collections.abc import Iterator

import pytest
from made_snapshots import snapshot

from choreai_live.isolation.outbox import Outbox
from choreai_live.isolation.pictures import SLOTS, PictureWriter, create_memory
from choreai_live.isolation.wire import SnapshotSent, SourceCounts


@pytest.fixture
def writer() -> Iterator[PictureWriter]:
    """Return a writer to real memory."""
    memory = create_memory()
    yield PictureWriter(memory)
    os.close(memory)


def test_the_newest_is_sent_once_there_is_room(writer: PictureWriter) -> None:
    sent: list[SnapshotSent] = []
    outbox = Outbox(sent.append, writer)
    overtaken = [
        outbox.offer(snapshot(time=float(time)), SourceCounts()) for time in range(SLOTS + 3)
    ]
    assert [each.time for each in sent] == [float(time) for time in range(SLOTS)]
    assert overtaken == [False] * (SLOTS + 1) + [True] * 2
    assert sent[0].place is not None
    outbox.free(sent[0].place.slot)
    assert sent[-1].time == SLOTS + 2
    assert len(sent) == SLOTS + 1
    assert sent[1].place is not None
    outbox.free(sent[1].place.slot)
    assert len(sent) == SLOTS + 1, "nothing is left"


def test_what_is_not_wanted_any_more_is_never_sent(writer: PictureWriter) -> None:
    sent: list[SnapshotSent] = []
    outbox = Outbox(sent.append, writer)
    for time in range(SLOTS + 1):
        outbox.offer(snapshot(time=float(time)), SourceCounts())
    outbox.clear()
    assert sent[0].place is not None
    outbox.free(sent[0].place.slot)
    assert len(sent) == SLOTS
