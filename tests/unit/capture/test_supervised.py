"""Sources that come back, on connections that fail in every way one can think of.

The connections are real capture threads that do as a script says; networks, servers and
cameras have tests of their own.
"""

import gc
import logging
import weakref
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Event, Thread
from threading import enumerate as all_threads
from time import monotonic, sleep

import numpy as np
import pytest

from choreai_live.capture import SourceState, SourceStatus, SupervisedSource, Supervision
from choreai_live.capture import supervised as supervised_module
from choreai_live.capture import threaded as threaded_module
from choreai_live.capture.buffer import FrameBuffer
from choreai_live.capture.connecting import Connector, Patience
from choreai_live.capture.pauses import Pauses
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.errors import SourceError, SourceLostError
from choreai_live.messages import Frame

STEP = 0.01


@dataclass
class Act:
    """What one connection does.

    Parameters
    ----------
    frames
        Pictures it gives.
    size
        Their width and height.
    ending
        What it then raises; None ends it.
    hangs
        Whether it hangs, before or instead of ending, until it is freed.
    duration
        Seconds it says it has; None for a live one.
    """

    frames: int = 5
    size: tuple[int, int] = (6, 4)
    ending: BaseException | None = None
    hangs: bool = False
    duration: float | None = None
    freed: Event = field(default_factory=Event)
    released: Event = field(default_factory=Event)


class Acting(ThreadedSource):
    """A connection that does its act."""

    live = True

    def __init__(self, act: Act, outlet: FrameBuffer) -> None:
        self.name = "the stage"
        self.act = act
        self.rate = float(act.size[0])
        self.duration = act.duration
        self._start(outlet)

    def _capture(self) -> Generator[Frame, None, None]:
        width, height = self.act.size
        try:
            for index in range(self.act.frames):
                self.skipped = index
                sleep(STEP)
                image = np.full((height, width, 3), index % 250, np.uint8)
                yield Frame(image, index * STEP, index, monotonic())
            if self.act.hangs:
                self.act.freed.wait(30)
                image = np.full((height, width, 3), 255, np.uint8)
                yield Frame(image, 9.0, self.act.frames, monotonic())
            if self.act.ending is not None:
                raise self.act.ending
        finally:
            self.act.released.set()


class Stage(Connector):
    """Connects to one act after the other; the last one is given again and again."""

    name = "the stage"

    def __init__(self, *acts: Act | SourceError) -> None:
        self.acts = list(acts)
        self.connected = 0
        self.pauses = Pauses(first=0.02, longest=0.05)

    def connect(self, outlet: FrameBuffer) -> ThreadedSource:
        act = self.acts[min(self.connected, len(self.acts) - 1)]
        self.connected += 1
        if isinstance(act, SourceError):
            raise act
        return Acting(act, outlet)

    def patience(self, connection: ThreadedSource) -> Patience:
        return Patience(opening=0.3, stalled=0.15, abandoned=0.3)


LOST = SourceLostError("the stage broke off; open it again.")
ENDLESS = Act(frames=100_000)
Opener = Callable[..., SupervisedSource]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (threaded_module, supervised_module):
        monkeypatch.setattr(module, "CLOSING_PATIENCE", 0.5)


@pytest.fixture
def told() -> list[SourceStatus]:
    return []


@pytest.fixture
def open_stage(told: list[SourceStatus]) -> Iterator[Opener]:
    """Return what opens a stage: ``open_stage(act, act, ..., persistent=False)``."""
    opened: list[SupervisedSource] = []
    acts: list[Act] = []

    def open_it(*script: Act | SourceError, persistent: bool = False) -> SupervisedSource:
        acts.extend(act for act in script if isinstance(act, Act))
        supervision = Supervision(persistent=persistent, listener=told.append)
        opened.append(SupervisedSource(Stage(*script), supervision))
        return opened[-1]

    yield open_it
    for act in acts:
        act.freed.set()
    for source in opened:
        source.close()


def read_until(source: SupervisedSource, enough: Callable[[Frame], bool]) -> list[Frame]:
    frames: list[Frame] = []
    while (frame := source.read()) is not None:
        frames.append(frame)
        if enough(frame):
            return frames
    return frames


def wait_for(fact: Callable[[], bool], patience: float = 10.0) -> None:
    until = monotonic() + patience
    while not fact():
        assert monotonic() < until, "it never came to that"
        sleep(0.005)


def states(told: list[SourceStatus]) -> list[SourceState]:
    """Return the states without repetitions."""
    seen = [status.state for status in told]
    return [state for i, state in enumerate(seen) if i == 0 or seen[i - 1] is not state]


def test_frames_go_on_over_connections_of_other_sizes(open_stage: Opener) -> None:
    source = open_stage(Act(ending=LOST), Act(size=(10, 8), ending=LOST), ENDLESS)
    assert (source.size, source.rate) == ((6, 4), 6.0)
    frames = read_until(source, lambda frame: frame.connection == 2 and frame.image[0, 0, 0] > 1)
    assert {frame.connection for frame in frames} == {0, 1, 2}
    for before, after in pairwise(frames):
        assert after.time > before.time
        assert after.index > before.index
        assert after.connection >= before.connection
        # The clock goes on while nothing comes.
        assert after.time - before.time == pytest.approx(after.captured - before.captured, abs=0.1)
    sizes = {frame.connection: frame.image.shape[:2] for frame in frames}
    assert sizes == {0: (4, 6), 1: (8, 10), 2: (4, 6)}
    assert (source.size, source.rate) == ((6, 4), 6.0)
    assert source.reconnects == 2
    assert source.abandoned == 0


def test_no_frame_is_invented_and_none_shown_twice(open_stage: Opener) -> None:
    source = open_stage(Act(frames=3, ending=LOST))
    frames = read_until(source, lambda frame: frame.connection == 4)
    came = [(frame.connection, int(frame.image[0, 0, 0])) for frame in frames]
    assert len(set(came)) == len(came)
    assert all(value < 3 for _, value in came)


def test_states_are_told_in_order(open_stage: Opener, told: list[SourceStatus]) -> None:
    source = open_stage(
        Act(ending=LOST), SourceError("the stage is closed; open it."), Act(hangs=True), ENDLESS
    )
    read_until(source, lambda frame: frame.connection == 2)
    wait_for(lambda: source.status.state is SourceState.LIVE)
    source.close()
    wait_for(lambda: source.status.state is SourceState.ENDED)
    assert states(told) == [
        SourceState.OPENING,
        SourceState.LIVE,
        SourceState.RECONNECTING,
        SourceState.LIVE,
        SourceState.STALLED,
        SourceState.RECONNECTING,
        SourceState.LIVE,
        SourceState.ENDED,
    ]
    reconnecting = [status for status in told if status.state is SourceState.RECONNECTING][:4]
    assert [status.attempt for status in reconnecting] == [0, 1, 1, 2]
    assert [status.retry_at is None for status in reconnecting] == [False, True, False, True]
    broke_off, closed = reconnecting[0], reconnecting[2]
    assert broke_off.sentence == "the stage broke off."
    assert closed.sentence == "the stage is closed; open it."
    assert closed.retry_at is not None
    assert 0 < closed.retry_at - closed.since <= 0.05
    stalled = next(status for status in told if status.state is SourceState.STALLED)
    assert stalled.sentence.startswith("the stage has sent no picture for")


def test_a_connection_that_hangs_is_left_behind_and_delivers_nothing_more(
    open_stage: Opener,
) -> None:
    hanging = Act(hangs=True)
    source = open_stage(hanging, ENDLESS)
    read_until(source, lambda frame: frame.connection == 1)
    assert source.abandoned == 1
    assert not hanging.released.is_set()
    hanging.freed.set()
    assert hanging.released.wait(10), "it lets go of its device when it wakes"
    later = read_until(source, lambda frame: frame.image[0, 0, 0] == 100)
    assert all(frame.image[0, 0, 0] != 255 for frame in later)
    assert all(frame.connection == 1 for frame in later)


def test_one_that_wakes_before_it_is_given_up_stays(open_stage: Opener) -> None:
    sleepy = Act(hangs=True)
    source = open_stage(sleepy, ENDLESS)
    read_until(source, lambda frame: frame.image[0, 0, 0] == 3)
    wait_for(lambda: source.status.state is SourceState.STALLED)
    sleepy.freed.set()
    frames = read_until(source, lambda frame: frame.image[0, 0, 0] == 255)
    assert frames[-1].connection == 0


def test_a_first_opening_that_fails_is_raised(open_stage: Opener, told: list[SourceStatus]) -> None:
    with pytest.raises(SourceError, match="the stage is closed"):
        open_stage(SourceError("the stage is closed; open it."))
    with pytest.raises(SourceError, match=r"gave no picture within 0 seconds"):
        open_stage(Act(frames=0, hangs=True))
    assert SourceState.RECONNECTING not in states(told)


def test_a_persistent_one_tries_from_the_start(open_stage: Opener) -> None:
    closed = SourceError("the stage is closed; open it.")
    source = open_stage(closed, closed, Act(frames=0, hangs=True), ENDLESS, persistent=True)
    assert (source.size, source.rate) == ((0, 0), None)
    frame = source.read()
    assert frame is not None
    assert frame.connection == 0, "what never gave a picture was no connection"
    assert (source.size, source.rate) == ((6, 4), 6.0)
    assert source.reconnects == 0
    assert source.abandoned == 1


@pytest.mark.parametrize(
    "act", [SourceError("closed."), Act(frames=0, hangs=True), Act(frames=3, hangs=True)]
)
def test_closing_wakes_the_reader_and_waits_for_nobody(
    open_stage: Opener, act: Act | SourceError
) -> None:
    source = open_stage(act, persistent=True)
    reader = Thread(target=read_until, args=(source, lambda _: False), daemon=True)
    reader.start()
    sleep(0.1)
    closer = Thread(target=source.close, daemon=True)
    closer.start()
    for thread in (reader, closer):
        thread.join(10)
        assert not thread.is_alive()
    assert source.read() is None
    wait_for(lambda: source.status.state is SourceState.ENDED)


def test_nothing_is_left_of_a_closed_one(open_stage: Opener) -> None:
    source = open_stage(Act(ending=LOST))
    read_until(source, lambda frame: frame.connection == 2)
    source.close()
    source.close()
    wait_for(lambda: not [thread for thread in all_threads() if "the stage" in thread.name])


def test_pictures_of_broken_connections_do_not_wait_for_the_collector(open_stage: Opener) -> None:
    breaking = [Act(frames=2, ending=SourceLostError(f"{number}")) for number in range(5)]
    gc.collect()
    gc.disable()
    try:
        source = open_stage(*breaking, ENDLESS)
        pictures = []
        while (frame := source.read()) is not None and frame.connection < len(breaking):
            pictures.append(weakref.ref(frame.image))
        assert len(pictures) >= len(breaking)
        wait_for(lambda: not any(picture() is not None for picture in pictures))
    finally:
        gc.enable()


def test_a_recording_ends(open_stage: Opener, told: list[SourceStatus]) -> None:
    source = open_stage(Act(frames=4, duration=0.04))
    assert source.duration == 0.04
    assert read_until(source, lambda _: False)[-1].image[0, 0, 0] == 3
    assert source.read() is None
    wait_for(lambda: source.status.state is SourceState.ENDED)
    assert states(told) == [SourceState.OPENING, SourceState.LIVE, SourceState.ENDED]


def test_trying_now_ends_the_pause(open_stage: Opener) -> None:
    source = open_stage(Act(frames=20), ENDLESS)
    stage = source._connector
    stage.pauses.first = stage.pauses.longest = 3600.0
    wait_for(lambda: source.status.state is SourceState.LIVE)
    source.try_now()  # while it is live this is no wish for later
    wait_for(lambda: source.status.retry_at is not None)
    sleep(0.1)
    assert stage.connected == 1
    source.try_now()
    assert read_until(source, lambda frame: frame.connection == 1)


def test_trying_now_gives_up_one_that_stalls(
    open_stage: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Stage, "patience", lambda *_: Patience(10, stalled=0.1, abandoned=3600))
    source = open_stage(Act(hangs=True), ENDLESS)
    wait_for(lambda: source.status.state is SourceState.STALLED)
    source.try_now()
    assert read_until(source, lambda frame: frame.connection == 1)


def test_a_defect_is_reported_and_survived(
    open_stage: Opener, caplog: pytest.LogCaptureFixture, told: list[SourceStatus]
) -> None:
    source = open_stage(Act(ending=ZeroDivisionError("in rtsp://anna:s3cret@cam/1")), ENDLESS)
    with caplog.at_level(logging.DEBUG):
        read_until(source, lambda frame: frame.connection == 1)
    assert "the stage failed unexpectedly (ZeroDivisionError)." in {s.sentence for s in told}
    assert "ZeroDivisionError: in rtsp://***@cam/1" in caplog.text
    assert "s3cret" not in caplog.text


def test_a_first_opening_with_a_defect_keeps_its_traceback(open_stage: Opener) -> None:
    with pytest.raises(ZeroDivisionError):
        open_stage(Act(frames=0, ending=ZeroDivisionError()))


def test_a_listener_that_fails_is_told_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[SourceState] = []

    def fail(status: SourceStatus) -> None:
        heard.append(status.state)
        raise ZeroDivisionError

    with SupervisedSource(Stage(Act(ending=LOST), ENDLESS), Supervision(listener=fail)) as source:
        read_until(source, lambda frame: frame.connection == 1)
    assert {SourceState.LIVE, SourceState.RECONNECTING} <= set(heard)
    assert "What listens to the stage failed" in caplog.text


def test_every_change_is_one_line_in_the_log(
    open_stage: Opener, told: list[SourceStatus], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    source = open_stage(Act(ending=LOST), LOST, LOST, ENDLESS)
    read_until(source, lambda frame: frame.connection == 1)
    source.close()
    wait_for(lambda: source.status.state is SourceState.ENDED)
    lines = [record for record in caplog.records if record.name.endswith("announcing")]
    assert len(lines) == len(told)
    assert not any("\n" in record.getMessage() for record in lines)
    loud = [record.getMessage() for record in lines if record.levelno >= logging.WARNING]
    assert len(loud) == 1, "what repeats itself is for those who look closely"
    assert loud[0].startswith("Reconnecting in 0.0 s: the stage broke off.")


def test_losses_are_counted_over_all_connections(open_stage: Opener) -> None:
    source = open_stage(Act(frames=20, ending=LOST))
    first = source.read()
    assert first is not None
    while True:
        sleep(0.12)
        frame = source.read()
        assert frame is not None
        if frame.connection == 2:
            break
    # 19 pictures in a row could not be decoded over each connection that is past.
    assert source.skipped - 2 * 19 in range(20)
    assert source.dropped > 30


def test_attempts_become_rare_when_many_hang(open_stage: Opener) -> None:
    source = open_stage(Act(frames=0, hangs=True), persistent=True)
    wait_for(lambda: source.abandoned >= 5, 20)
    assert source._left_behind.caution == 2.0 ** (source.abandoned - 4)
