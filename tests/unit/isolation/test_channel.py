"""Messages between processes: what is sent comes, and nothing else."""

import contextlib
import io
import os
import pickle
import struct
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_snapshots import readout, snapshot, track

from choreai_live.capture.status import SourceState, SourceStatus
from choreai_live.errors import ChoreaiError
from choreai_live.isolation import PipelineJob, RecordingOrder, SourceChanged, SourceEnded
from choreai_live.isolation.channel import MOST_BYTES, Channel, MessageError
from choreai_live.isolation.wire import (
    ORDERS,
    REPORTS,
    Begin,
    SnapshotSent,
    SourceCounts,
    Turned,
    Watch,
)
from choreai_live.messages import Frame, Snapshot
from choreai_live.settings import EngineSettings


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Channel]]:
    """Return the ends of the keeper and of the pipeline's process."""
    orders_in, orders_out = os.pipe()
    reports_in, reports_out = os.pipe()
    keeper = Channel(os.fdopen(reports_in, "rb"), os.fdopen(orders_out, "wb"), REPORTS, ORDERS)
    child = Channel(os.fdopen(orders_in, "rb"), os.fdopen(reports_out, "wb"), ORDERS, REPORTS)
    yield keeper, child
    keeper.close()
    child.close()


def hearing(received: bytes) -> Channel:
    """Return the keeper's end of a channel over which something was received already."""
    return Channel(io.BytesIO(received), io.BytesIO(), REPORTS, ORDERS)


def messages_in(received: bytes) -> list[object]:
    """Return the messages up to the first that is none."""
    channel, messages = hearing(received), []
    with contextlib.suppress(MessageError):
        messages.extend(iter(channel.receive, None))
    return messages


def framed(kind: int, fields: bytes) -> bytes:
    return struct.pack(">IB", len(fields), kind) + fields


def test_what_is_sent_comes(ends: tuple[Channel, Channel]) -> None:
    keeper, child = ends
    engine = EngineSettings(threads=2, style_model=Path("/models/style.onnx"))
    recording = RecordingOrder(Path("/recordings"), overlay=True, split_seconds=60.0)
    for order in (
        Begin(PipelineJob(engine, "udp", False, recording), 7, 20),
        Watch(3, "rtsp://anna:s e c r e t@camera/stage"),
        Watch(4, None),
    ):
        keeper.send(order)
        assert child.receive() == order
    for report in (
        Turned(3),
        SourceChanged(SourceStatus(SourceState.RECONNECTING, "It is away.", 12.5, 3, 11.0)),
        SourceEnded({1: {None: 1.5, "hiphop": 2.0}, 2: {}}),
    ):
        child.send(report)
        assert keeper.receive() == report


def test_arrays_come_to_the_last_bit(ends: tuple[Channel, Channel]) -> None:
    keeper, child = ends
    taught = (("gwara", 0.7123456789), ("舞踊", 0.1))
    move = replace(readout("hiphop", 0.7), finer="gwara", taught=taught)
    sent = snapshot(
        track(1, 10.123, 20.456, 99.9),
        track(7, 300, 20, 60, missed=3),
        readouts={1: move, 7: readout(None)},
        time=12.345,
    )
    child.send(SnapshotSent.of(sent, None, SourceCounts(1, 2, 3)))
    report = keeper.receive()
    assert report.counts == SourceCounts(1, 2, 3)
    come = report.snapshot(sent.frame.image)
    assert (come.frame.time, come.frame.index) == (sent.frame.time, sent.frame.index)
    for there, here in zip(come.tracks, sent.tracks, strict=True):
        assert (there.id, there.age, there.missed) == (here.id, here.age, here.missed)
        assert there.pose.score == here.pose.score
        for name in ("keypoints", "scores", "box"):
            assert np.array_equal(getattr(there.pose, name), getattr(here.pose, name))
    for id_, here_too in sent.readouts.items():
        assert np.array_equal(come.readouts[id_].probabilities, here_too.probabilities)
        for name in ("label", "confidence", "since", "finer", "taught"):
            assert getattr(come.readouts[id_], name) == getattr(here_too, name)


def test_nothing_of_a_snapshot_is_forgotten() -> None:
    sent = {field.name for field in fields(SnapshotSent)}
    elsewhere = {"image", "frame"}
    renamed = {"tracks", "recorded"}
    assert renamed <= sent
    for kind in (Frame, Snapshot):
        assert {field.name for field in fields(kind)} - elsewhere <= sent


def test_the_other_end_gone_is_none_or_an_error_of_the_system(
    ends: tuple[Channel, Channel],
) -> None:
    keeper, child = ends
    child.close()
    assert keeper.receive() is None
    with pytest.raises(OSError, match="pipe"):
        keeper.send(Watch(1, "demo"))


def test_a_message_cut_short_is_the_end() -> None:
    whole = framed(REPORTS.index(Turned), b"\x81\xa6number\x05")
    assert hearing(whole).receive() == Turned(5)
    for length in range(len(whole)):
        assert hearing(whole[:length]).receive() is None


@pytest.mark.parametrize(
    ("received", "words"),
    [
        (framed(200, b"\x80"), "kind 200"),
        (struct.pack(">IB", MOST_BYTES + 1, 0), f"{MOST_BYTES + 1} bytes"),
        (framed(REPORTS.index(Turned), b"\x80"), "number"),
        (framed(REPORTS.index(Turned), b"\x81\xa6number\xa1x"), "int"),
        (framed(REPORTS.index(Turned), b"\xc1"), "damaged"),
        (framed(REPORTS.index(Turned), pickle.dumps(print)), "damaged"),
        (framed(REPORTS.index(Turned), b"\x91" * 100_000), "damaged"),
    ],
    ids=["kind", "length", "field missing", "wrong type", "no MessagePack", "pickle", "nesting"],
)
def test_what_is_no_message_is_one_sentence(received: bytes, words: str) -> None:
    with pytest.raises(MessageError, match=words) as raised:
        hearing(received).receive()
    assert isinstance(raised.value, ChoreaiError)
    assert str(raised.value).endswith(".")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("shape", [(17, 3), (16, 2), (-1,), (2**40, 2)])
def test_an_array_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    encoded = io.BytesIO()
    sent = snapshot(track(1, 10, 20, 99))
    Channel(io.BytesIO(), encoded, ORDERS, REPORTS).send(
        SnapshotSent.of(sent, None, SourceCounts())
    )
    whole = encoded.getvalue()
    keypoints = b"\x92\x92\x11\x02"  # an array of a shape of two: 17, 2
    assert whole.count(keypoints) == 1
    numbers = b"".join(b"\xd3" + struct.pack(">q", size) for size in shape)
    fields = whole[5:].replace(keypoints, bytes([0x92, 0x90 + len(shape)]) + numbers)
    with pytest.raises(MessageError, match="damaged"):
        hearing(framed(whole[4], fields)).receive()


@given(st.binary(max_size=300))
def test_noise_is_refused_or_the_end(noise: bytes) -> None:
    assert all(isinstance(message, REPORTS) for message in messages_in(noise))


@given(st.data())
def test_damage_is_refused_or_another_message(data: st.DataObject) -> None:
    encoded = io.BytesIO()
    sent = snapshot(track(1, 10, 20, 99), readouts={1: readout("hiphop")})
    Channel(io.BytesIO(), encoded, ORDERS, REPORTS).send(
        SnapshotSent.of(sent, None, SourceCounts())
    )
    damaged = bytearray(encoded.getvalue())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place] = data.draw(st.integers(0, 255))
    assert all(isinstance(message, REPORTS) for message in messages_in(bytes(damaged)))
