"""Every row of the fault table in ``docs/reliability.md``, done for real.

They run beside each other, each with a camera and a network of its own, without models
save where it matters what is read; ``scripts/measure_faults.py`` runs them one after the
other, with the models in all of them.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest
from enduring import Outcome
from faults import FAULTS, Fault
from staging import Conditions, film

from choreai_live.capture import SourceState
from choreai_live.pipeline import Engine

NAMED = {fault.name: fault for fault in FAULTS}

READ = {
    "network stalls for 5 s",
    "1 of 1000 bytes corrupted for a while",
    "picture of another size on return",
}
"""Faults in which it is looked at what is read, too."""

UNNOTICED = {
    "1 of 1000 bytes corrupted for a while",
    "network stalls for 1 s",
    "network slower than the stream",
    "0.5 s of delay, up to 0.5 s of jitter",
    "video file that ends in the middle",
}
"""Faults that may pass without a word."""

SAME_CONNECTION = {
    *UNNOTICED,
    "network stalls while the stream is being opened",
    "camera driver hangs while it is opened",
    "disk full while recording (down to its floor)",
    "pipeline process killed (SIGKILL)",
    "pipeline process frozen (SIGSTOP)",
}
"""Faults after which frames come over the first connection there is, of each process."""

DAMAGED = {"1 of 1000 bytes corrupted for a while"}
"""Faults in which a picture may be another than was filmed."""

SAID = {
    "RTSP server killed, then started again": "nothing listens there",
    "network stalls for 5 s": "has sent no picture for",
    "connections refused for a while": "nothing listens there",
    "black hole: connections taken, nothing answered": "did not answer within",
    "password refused (401) for a while": "refused the user name or password",
    "stream not found (404) for a while": "is not known to the server",
    "HTTP stream stalls for 5 s": "has sent no picture for",
    "camera unplugged, back under another index": "plug it in again",
    "disk full while recording (down to its floor)": "make room there",
    "pipeline process killed (SIGKILL)": "started again",
    "pipeline process frozen (SIGSTOP)": "started again",
}
"""What is among the sentences."""


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[Outcome]]]:
    """Return the outcomes of all faults that are asked for, under way."""
    asked = [
        item.callspec.params["fault"]
        for item in request.session.items
        if getattr(item, "module", None) is request.module and hasattr(item, "callspec")
    ]
    chosen = [NAMED[name] for name in dict.fromkeys(asked)]
    footage = film(tmp_path_factory.mktemp("footage"), seconds=16, width=192, height=144)
    engine = Engine() if any(fault.name in READ for fault in chosen) else None
    with ThreadPoolExecutor(len(chosen)) as pool:
        yield {
            fault.name: pool.submit(
                fault.run,
                Conditions(
                    footage,
                    tmp_path_factory.mktemp("fault"),
                    hold=3.0,
                    engine=engine if fault.name in READ else None,
                ),
            )
            for fault in chosen
        }


@pytest.mark.parametrize("fault", NAMED)
def test_a_fault_passes(fault: str, outcomes: dict[str, Future[Outcome]]) -> None:
    outcome = outcomes[fault].result(100)
    _came_back(NAMED[fault], outcome)
    _frames_are_in_order(outcome)
    if fault not in DAMAGED:
        assert outcome.alien == 0, "every frame was filmed"
    if fault in READ:
        assert outcome.wrong == 0
        assert outcome.remembered == 0, "nobody is known over another connection, or size"
    told = " ".join(outcome.sentences)
    assert SAID.get(fault, "") in told
    assert "right" not in told, "the password is told to nobody"


def _came_back(fault: Fault, outcome: Outcome) -> None:
    if fault.name == "video file that ends in the middle":
        assert outcome.recovered is None
        assert outcome.frames
        assert outcome.lost > 0
        return
    assert outcome.recovered is not None
    assert outcome.recovered < 25
    if fault.name not in UNNOTICED:
        assert outcome.noticed is not None
        assert outcome.noticed < 5
    if fault.name not in SAME_CONNECTION:
        assert outcome.connections == 2
        assert SourceState.RECONNECTING in outcome.states
    if outcome.states:
        assert outcome.states[-1] is SourceState.LIVE


def _frames_are_in_order(outcome: Outcome) -> None:
    processes = sum(later.index < earlier.index for earlier, later in pairwise(outcome.frames))
    assert processes <= 1, "only a process that was started again counts from 0"
    for earlier, later in pairwise(outcome.frames):
        if later.index > earlier.index:
            assert later.time > earlier.time
            assert later.connection >= earlier.connection


def test_every_row_is_told(project_root: Path) -> None:
    page = (project_root / "docs" / "reliability.md").read_text("utf-8")
    for fault in FAULTS:
        assert f"| {fault.name} | {fault.promise} |" in page
