"""Takes: what is collected of a dancer, and whether it is good enough to learn from."""

import numpy as np
import pytest
from taught_dances import RATE, steps_of, take_of, track_of

from choreai_live.messages import Floats
from choreai_live.style.model import StyleModel
from choreai_live.teaching import Problem, Recorder, Take
from choreai_live.teaching.watching import Watcher


def changed(**changes: object) -> Take:
    """Return a good take that is spoilt in one way."""
    steps = steps_of("hiphop").copy()
    if "score" in changes:
        steps[:, :, 2] = changes["score"]
    if "legs" in changes:
        steps[:, 13:, 2] = changes["legs"]
    if "still" in changes:
        steps = np.repeat(steps[:1], len(steps), axis=0)
    if "steps" in changes:
        steps = steps[: changes["steps"]]  # type: ignore[misc]
    return Take(steps, RATE)


def test_a_dance_is_a_good_take() -> None:
    quality = take_of("hiphop").quality
    assert (quality.problem, quality.usable) == (None, True)
    assert quality.seconds == pytest.approx(12)
    assert quality.visibility == pytest.approx(0.9)
    assert quality.whole_body == 1


@pytest.mark.parametrize(
    ("take", "problem", "usable"),
    [
        (changed(steps=60), Problem.SHORT, False),
        (changed(steps=0), Problem.SHORT, False),
        (changed(score=0.1), Problem.UNSEEN, False),
        (changed(still=True), Problem.STILL, False),
        (changed(legs=0.1), Problem.LEGS, True),
        (Take(np.tile(steps_of("hiphop")[:6], (40, 1, 1)), RATE), Problem.MONOTONOUS, True),
    ],
)
def test_what_is_wrong_is_said_worst_first(take: Take, problem: Problem, usable: bool) -> None:
    assert (take.quality.problem, take.quality.usable) == (problem, usable)


def test_other_shapes_are_no_takes() -> None:
    with pytest.raises(ValueError, match=r"\(steps, 17, 3\)"):
        Take(np.zeros((4, 17, 2), np.float32), RATE)


def test_a_recorder_brings_any_frame_rate_onto_the_clock_of_the_model(model: StyleModel) -> None:
    recorder = Recorder(model)
    slow = steps_of("classical")
    for i in range(len(slow) * 2 - 1):
        halfway = (slow[i // 2] + slow[(i + 1) // 2]) / 2
        recorder.add(track_of(halfway), 5 + i / (2 * RATE))
    take = recorder.take()
    assert take is not None
    assert take.rate == RATE
    np.testing.assert_allclose(take.keypoints, slow, atol=1e-2)


def test_what_lies_before_a_gap_is_dropped_and_who_is_out_of_sight_adds_nothing(
    model: StyleModel,
) -> None:
    recorder = Recorder(model)
    assert recorder.take() is None
    for i, body in enumerate(steps_of("hiphop")):
        recorder.add(track_of(body, missed=0 if i < 90 else 1), i / RATE)
    assert recorder.seconds == 90 / RATE
    recorder.add(track_of(steps_of("hiphop")[0]), 110 / RATE)
    assert recorder.seconds == 1 / RATE


def test_the_last_seconds_only_and_no_more_than_the_longest(model: StyleModel) -> None:
    recorder = Recorder(model, longest=4.0)
    steps = steps_of("hiphop")
    for i, body in enumerate(steps):
        recorder.add(track_of(body), i / RATE)
    whole, last = recorder.take(), recorder.take(2.0)
    assert whole is not None
    assert last is not None
    np.testing.assert_array_equal(whole.keypoints, steps[-60:])
    np.testing.assert_array_equal(last.keypoints, steps[-30:])
    recorder.clear()
    assert recorder.take() is None


def watched(model: StyleModel, *steps: Floats, longest: float = 60.0, begin: float = 0) -> Watcher:
    """Return who watched dancers 1, 2, ... dance together."""
    watcher = Watcher(model, longest)
    for i in range(len(steps[0])):
        tracks = [track_of(each[i], number) for number, each in enumerate(steps, start=1)]
        watcher.see(tracks, begin + i / RATE)
    return watcher


def test_the_main_dancer_takes_up_most_of_the_picture_over_time(model: StyleModel) -> None:
    near = steps_of("hiphop")
    far = near.copy()
    far[:, :, :2] *= 0.5
    assert watched(model, far, near).dancers == (2, 1)
    watcher = watched(model, far)
    # For a moment somebody else is larger.
    watcher.see([track_of(near[0], 2)], len(far) / RATE)
    assert watcher.dancers == (1, 2)
    np.testing.assert_array_equal(watcher.takes(1)[0].keypoints, far)
    assert watcher.takes(7) == []
    assert Watcher(model).dancers == ()


def test_a_long_dance_is_several_takes_of_equal_lengths(model: StyleModel) -> None:
    steps = steps_of("hiphop")
    takes = watched(model, steps, longest=5.0).takes(1)
    assert [len(take.keypoints) for take in takes] == [60, 60, 60]
    np.testing.assert_array_equal(np.concatenate([t.keypoints for t in takes]), steps)


def test_a_break_begins_another_take_and_nothing_is_lost(model: StyleModel) -> None:
    steps = steps_of("hiphop")
    watcher = watched(model, steps[:100])
    for i, body in enumerate(steps[100:]):
        watcher.see([track_of(body)], (130 + i) / RATE)
        # Between two instants of the clock, after another break: it makes nothing due.
    watcher.see([track_of(steps[0])], 400.3 / RATE)
    assert [len(take.keypoints) for take in watcher.takes(1)] == [100, 80]
    np.testing.assert_array_equal(watcher.takes(1)[1].keypoints, steps[100:])


def test_who_is_out_of_sight_is_not_watched(model: StyleModel) -> None:
    watcher = Watcher(model)
    watcher.see([track_of(steps_of("hiphop")[0], missed=1)], 0.0)
    assert watcher.dancers == ()
