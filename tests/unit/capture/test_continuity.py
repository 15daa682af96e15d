"""Times and numbers over several connections."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from choreai_live.capture.continuity import Continuity
from choreai_live.messages import Frame

IMAGE = np.zeros((1, 1, 3), np.uint8)

steps = st.lists(st.floats(1e-3, 5.0), min_size=1, max_size=8)
connections = st.lists(
    st.tuples(st.floats(0.0, 100.0), st.floats(-1.0, 1000.0), steps), min_size=1, max_size=6
)


@given(connections)
def test_times_and_numbers_increase_and_steps_are_kept(
    script: list[tuple[float, float, list[float]]],
) -> None:
    continuity = Continuity()
    now, came = 1000.0, []
    for number, (gap, start, deltas) in enumerate(script):
        now += gap
        frames = [Frame(IMAGE, start, 3, now)]
        for delta in deltas:
            now += delta
            frames.append(Frame(IMAGE, frames[-1].time + delta, frames[-1].index + 2, now))
        continuity.begin(frames[0])
        carried = [continuity.carry_on(frame) for frame in frames]
        assert {frame.connection for frame in carried} == {number}
        kept = [after.time - before.time for before, after in pairwise(carried)]
        assert kept == pytest.approx(deltas, abs=1e-6)
        came += carried
    assert all(after.time > before.time for before, after in pairwise(came))
    assert all(after.index > before.index for before, after in pairwise(came))
    assert came[0].time == pytest.approx(script[0][1]), "the first connection's clock stands"


def test_the_time_without_a_connection_passes() -> None:
    continuity = Continuity()
    for captured in (100.0, 107.5):
        frame = Frame(IMAGE, 0.25, 0, captured)
        continuity.begin(frame)
        time = continuity.carry_on(frame).time
    assert time == 7.75
