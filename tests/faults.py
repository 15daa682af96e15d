"""What can go wrong with a source, done to it for real.

Every fault is a row of the table in ``docs/reliability.md``:
``tests/integration/test_faults.py`` asserts what is promised of it, and
``scripts/measure_faults.py`` measures it with the real models.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import device_faults
import program_faults
from device_faults import RATE, HttpStage
from enduring import Outcome, endure
from staging import NAME, Conditions, Stage

SLOW_RATE: Final = 15.0


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the table.

    Parameters
    ----------
    name
        What goes wrong.
    promise
        What the program does about it.
    run
        Does it, and returns what came of it.
    """

    name: str
    promise: str
    run: Callable[[Conditions], Outcome]


def to_a_stream(
    strike: Callable[[Stage], object],
    mend: Callable[[Stage], object] = lambda stage: stage.proxy.resume(),
    *,
    hold: float | None = None,
    rate_after: float = RATE,
    login: str | None = None,
) -> Callable[[Conditions], Outcome]:
    """Return a fault of an RTSP camera or of the network before it."""

    def run(conditions: Conditions) -> Outcome:
        stage = Stage(conditions, login=login)
        try:
            return endure(
                stage.watcher,
                RATE,
                lambda: strike(stage),
                lambda: mend(stage),
                conditions.hold if hold is None else hold,
                lambda: stage.real,
                rate_after=rate_after,
            )
        finally:
            stage.close()

    return run


def over_http(
    strike: Callable[[HttpStage], object], *, hold: float | None = None
) -> Callable[[Conditions], Outcome]:
    """Return a fault of the proxy before a camera that sends JPEG over HTTP."""

    def run(conditions: Conditions) -> Outcome:
        stage = HttpStage(conditions)
        try:
            return endure(
                stage.watcher,
                RATE,
                lambda: strike(stage),
                stage.proxy.resume,
                conditions.hold if hold is None else hold,
                lambda: stage.real,
            )
        finally:
            stage.close()

    return run


def _drop_into_black_hole(stage: Stage) -> None:
    stage.proxy.black_hole()
    stage.proxy.drop()


def _throttle(stage: Stage) -> None:
    """Let half of what the camera sends through."""
    stage.proxy.throttle(stage.bytes_per_second / 2)


def _change(footage: str) -> Callable[[Stage], None]:
    def change(stage: Stage) -> None:
        stage.stop_server()
        stage.play(footage)

    return change


def _lock(stage: Stage) -> None:
    stage.right_answer = stage.server.authorization
    stage.server.authorization = "Basic changed"
    stage.server.hang_up()


def _take_away(stage: Stage) -> None:
    (stage.folder / NAME).rename(stage.folder / "away.mp4")
    stage.server.hang_up()


def _unlock(stage: Stage) -> None:
    stage.server.authorization = stage.right_answer


def _give_back(stage: Stage) -> None:
    (stage.folder / "away.mp4").rename(stage.folder / NAME)


_AGAIN = "reached again; every dancer is forgotten, the picture goes on with the first good frame"

FAULTS: Final = (
    Fault(
        "RTSP server killed, then started again",
        _AGAIN,
        to_a_stream(Stage.stop_server, Stage.start_server),
    ),
    Fault(
        "network stalls for 5 s",
        "*stalled* after 2.5 s, given up within 4 s, then " + _AGAIN,
        to_a_stream(lambda stage: stage.proxy.stall(), hold=5.0),
    ),
    Fault(
        "network stalls for 1 s",
        "nothing is said; what was sent meanwhile comes late, with the times it was filmed at",
        to_a_stream(lambda stage: stage.proxy.stall(), hold=1.0),
    ),
    Fault(
        "network stalls while the stream is being opened",
        "goes on opening; the picture comes when the network does",
        device_faults.stall_while_opening,
    ),
    Fault("connection reset", _AGAIN, to_a_stream(lambda stage: stage.proxy.drop(), hold=0.0)),
    Fault(
        "connections refused for a while",
        "tried again after pauses that grow to 10 s; then " + _AGAIN,
        to_a_stream(lambda stage: stage.proxy.refuse()),
    ),
    Fault(
        "black hole: connections taken, nothing answered",
        "each attempt is given up after 10 s; then " + _AGAIN,
        to_a_stream(_drop_into_black_hole),
    ),
    Fault(
        "1 of 1000 bytes corrupted for a while",
        "what cannot be decoded is counted and skipped, what the decoder can mend is shown; a "
        "stream that is lost track of is reached again",
        to_a_stream(lambda stage: stage.proxy.corrupt(0.001)),
    ),
    Fault(
        "connection closed in the middle of a packet",
        _AGAIN,
        to_a_stream(lambda stage: stage.proxy.truncate(), hold=0.3),
    ),
    Fault(
        "network slower than the stream",
        "frames come late, and fewer; given up and reached again where none comes for 4 s",
        to_a_stream(_throttle),
    ),
    Fault(
        "0.5 s of delay, up to 0.5 s of jitter",
        "frames come late, their times stay those of the camera",
        to_a_stream(lambda stage: stage.proxy.delay(0.5, 0.5)),
    ),
    Fault(
        "picture of another size on return",
        "taken as it is; every dancer is forgotten",
        to_a_stream(_change("larger"), Stage.start_server),
    ),
    Fault(
        "another frame rate on return",
        "taken as it is; every dancer is forgotten",
        to_a_stream(_change("slower"), Stage.start_server, rate_after=SLOW_RATE),
    ),
    Fault(
        "password refused (401) for a while",
        "the sentence names user and password as the cause; then " + _AGAIN,
        to_a_stream(_lock, _unlock, login="stage:right"),
    ),
    Fault(
        "stream not found (404) for a while",
        "the sentence says so; then " + _AGAIN,
        to_a_stream(_take_away, _give_back),
    ),
    Fault("HTTP stream dropped and refused", _AGAIN, over_http(lambda stage: stage.proxy.refuse())),
    Fault(
        "HTTP stream stalls for 5 s",
        "*stalled* after 2.5 s, given up within 4 s, then " + _AGAIN,
        over_http(lambda stage: stage.proxy.stall(), hold=5.0),
    ),
    Fault(
        "camera unplugged, back under another index",
        "found by its identity and bound again",
        device_faults.unplug,
    ),
    Fault(
        "camera driver hangs while it is read",
        "the thread that hangs is left behind and replaced; what it still delivers is ignored",
        device_faults.hang,
    ),
    Fault(
        "camera driver hangs while it is opened",
        "given up after 15 s, left behind and replaced",
        device_faults.hang_while_opening,
    ),
    Fault(
        "video file that ends in the middle",
        "played up to the cut, then ended; nothing to come back",
        device_faults.cut_file,
    ),
    Fault(
        "disk full while recording (down to its floor)",
        "recording ends cleanly, with a sentence; the picture goes on",
        program_faults.fill_disk,
    ),
    Fault(
        "pipeline process killed (SIGKILL)",
        "another process takes over",
        program_faults.kill_pipeline,
    ),
    Fault(
        "pipeline process frozen (SIGSTOP)",
        "killed once it has shown no life, and another takes over",
        program_faults.freeze_pipeline,
    ),
)
