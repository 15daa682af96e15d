"""When a process counts as frozen."""

import pytest

from choreai_live.isolation.heart import FRAME_PATIENCE, FramePatience
from choreai_live.isolation.vigil import LOADING_SILENCE, SILENCE, Vigil
from choreai_live.isolation.wire import Activity, Beat, SourceCounts

STEP = 0.1
SIZE = (480, 640, 3)


def beat(activity: Activity, seconds: float = 0.0, patience: float | None = None) -> Beat:
    return Beat(activity, seconds, patience, SourceCounts())


def first_complaint(vigil: Vigil, began: float, until: float) -> tuple[float, str]:
    """Look every tenth of a second; return when there was a complaint, and which."""
    for step in range(1, round((until - began) / STEP) + 1):
        if complaint := vigil.complaint(began + step * STEP):
            return step * STEP, complaint
    return float("inf"), ""


def test_silence_is_noticed() -> None:
    vigil = Vigil(100.0)
    vigil.hear(beat(Activity.WAITING))
    seconds, complaint = first_complaint(vigil, 100.0, 110.0)
    assert seconds == pytest.approx(SILENCE, abs=2 * STEP)
    assert "no sign of life" in complaint


def test_beats_break_the_silence() -> None:
    vigil = Vigil(100.0)
    for step in range(1, 100):
        vigil.hear(beat(Activity.WAITING, seconds=step * 1.0))
        assert vigil.complaint(100.0 + step * STEP) is None


@pytest.mark.parametrize("loading", [None, beat(Activity.LOADING, 0.0, 900.0)])
def test_loading_may_be_silent_for_longer(loading: Beat | None) -> None:
    vigil = Vigil(100.0)
    if loading is not None:
        vigil.hear(loading)
    seconds, _ = first_complaint(vigil, 100.0, 150.0)
    assert seconds == pytest.approx(LOADING_SILENCE, abs=2 * STEP)


def test_one_frame_may_take_its_time_and_no_more() -> None:
    vigil = Vigil(100.0)
    busy = 0.0
    for step in range(1, 100):
        now = 100.0 + step * STEP
        if step % 2 == 0:
            busy = step * STEP
            vigil.hear(beat(Activity.BUSY, busy, FRAME_PATIENCE))
        if complaint := vigil.complaint(now):
            assert step * STEP == pytest.approx(FRAME_PATIENCE, abs=2 * STEP)
            assert "busy with one frame" in complaint
            return
    raise AssertionError("it was never noticed")


def test_who_was_asleep_does_not_blame_the_other() -> None:
    vigil = Vigil(100.0)
    vigil.hear(beat(Activity.WAITING))
    assert vigil.complaint(100.1) is None
    assert vigil.complaint(500.0) is None
    seconds, _ = first_complaint(vigil, 500.0, 510.0)
    assert seconds < float("inf"), "but it is noticed if there is still no beat"


def test_the_first_frames_of_a_size_may_take_long() -> None:
    patience = FramePatience()
    assert patience.allowed(SIZE) > 10
    for _ in range(5):
        patience.took(3.0)
    for _ in range(30):
        patience.took(0.02)
    assert patience.allowed(SIZE) == FRAME_PATIENCE
    assert patience.allowed((720, 1280, 3)) > 10


def test_a_slow_machine_is_not_taken_for_a_frozen_one() -> None:
    patience = FramePatience()
    patience.allowed(SIZE)
    for _ in range(10):
        patience.took(2.0)
    assert patience.allowed(SIZE) == pytest.approx(8.0)
