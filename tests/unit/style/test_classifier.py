"""The streaming classifier, through a real ONNX model."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from choreai_live.messages import Readout, Track
from choreai_live.style import ReadoutSettings, StyleClassifier, StyleModel
from choreai_live.style.model import softmax

#: Nothing smoothed and nothing withheld: the readout is the model's own word.
RAW = ReadoutSettings(
    smoothing=0, enter=0, leave=0, margin=0, hold=0, least_observed=0,
    least_visibility=0, least_movement=0, evidence_window=0,
)  # fmt: skip

Dance = Callable[..., np.ndarray]
TrackOf = Callable[..., Track]


def run(
    model: StyleModel,
    frames: Sequence[tuple[float, Sequence[Track]]],
    settings: ReadoutSettings = RAW,
) -> list[dict[int, Readout]]:
    classifier = StyleClassifier(model, settings)
    return [classifier.update(tracks, time) for time, tracks in frames]


def test_streaming_frame_by_frame_equals_the_whole_clip_at_once(
    any_style_model: StyleModel, dance: Dance, track_of: TrackOf
) -> None:
    times = [k / any_style_model.rate for k in range(90)]
    streamed = run(any_style_model, [(t, [track_of(1, dance(t))]) for t in times])
    clip = np.stack([dance(0)] * any_style_model.context + [dance(t) for t in times])[None]
    logits, _, _ = any_style_model.step(clip, *any_style_model.initial_state(1))
    whole = softmax(logits)[0]
    assert np.ptp(whole, axis=0).max() > 0.02  # the dance does change the answer
    for readouts, expected in zip(streamed, whole, strict=True):
        np.testing.assert_allclose(readouts[1].probabilities, expected, atol=1e-4)


@pytest.mark.parametrize("fps", [12, 24, 25, 60])
def test_the_frame_rate_does_not_change_what_is_said(
    style_model: StyleModel, dance: Dance, track_of: TrackOf, fps: int
) -> None:
    def at(rate: int) -> Readout:
        frames = [(i / rate, [track_of(1, dance(i / rate))]) for i in range(6 * rate + 1)]
        return run(style_model, frames, ReadoutSettings())[-1][1]

    np.testing.assert_allclose(at(fps).probabilities, at(120).probabilities, atol=0.03)


def test_a_batch_of_dancers_equals_each_alone(
    any_style_model: StyleModel, dance: Dance, track_of: TrackOf
) -> None:
    def tracks(i: int, ids: Sequence[int]) -> list[Track]:
        # The third comes late and, like every webcam dancer, is lost now and then.
        return [
            track_of(id_, dance(i / 24, seed=id_), missed=int(id_ == 3 and i % 5 == 0))
            for id_ in ids
            if id_ != 3 or i > 20
        ]

    together = run(any_style_model, [(i / 24, tracks(i, (1, 2, 3))) for i in range(96)])
    for id_ in (1, 2, 3):
        alone = run(any_style_model, [(i / 24, tracks(i, (id_,))) for i in range(96)])
        for one, many in zip(alone, together, strict=True):
            assert (id_ in one) == (id_ in many)
            if id_ in one:
                np.testing.assert_allclose(
                    one[id_].probabilities, many[id_].probabilities, atol=1e-5
                )
                assert one[id_].label == many[id_].label


def test_a_gap_beyond_the_limit_forgets_what_came_before(
    style_model: StyleModel, dance: Dance, track_of: TrackOf
) -> None:
    def follow(times: Sequence[float]) -> Readout:
        return run(style_model, [(t, [track_of(1, dance(t))]) for t in times])[-1][1]

    before = [i / 15 for i in range(60)]
    after = [8 + i / 15 for i in range(30)]
    fresh = follow(after)
    np.testing.assert_allclose(follow([*before, *after]).probabilities, fresh.probabilities)
    unbroken = follow([i / 15 for i in range(150)])
    assert np.abs(unbroken.probabilities - fresh.probabilities).max() > 1e-6


def test_a_dancer_out_of_sight_keeps_the_readout_then_reads_as_not_sure(
    style_model: StyleModel, dance: Dance, track_of: TrackOf
) -> None:
    classifier = StyleClassifier(style_model, RAW)
    for i in range(31):
        seen = classifier.update([track_of(1, dance(i / 15))], i / 15)[1]
    assert seen.label is not None
    hidden = {
        away: classifier.update([track_of(1, dance(2), missed=1 + away)], 2 + away / 10)
        for away in range(1, 11)
    }
    assert hidden[4][1] is seen
    assert hidden[7][1].label is None
    assert hidden[7][1].since == pytest.approx(2)
    assert hidden[7][1].confidence == pytest.approx(0.25)
    assert hidden[10][1].since == pytest.approx(2)
    assert classifier.update([], 3.1) == {}


def test_a_track_that_is_only_expected_says_nothing(
    style_model: StyleModel, dance: Dance, track_of: TrackOf
) -> None:
    classifier = StyleClassifier(style_model, RAW)
    assert classifier.update([track_of(1, dance(0), missed=2)], 0.0) == {}
    assert classifier.update([], 0.1) == {}


def test_reset_forgets_every_dancer(
    style_model: StyleModel, dance: Dance, track_of: TrackOf
) -> None:
    classifier = StyleClassifier(style_model, RAW)
    first = [classifier.update([track_of(1, dance(i / 15))], i / 15) for i in range(30)]
    classifier.reset()
    again = [classifier.update([track_of(1, dance(i / 15))], i / 15) for i in range(30)]
    for one, two in zip(first, again, strict=True):
        np.testing.assert_array_equal(one[1].probabilities, two[1].probabilities)


def test_standing_still_is_not_a_style(
    style_model: StyleModel, dance: Dance, track_of: TrackOf
) -> None:
    eager = ReadoutSettings(enter=0, leave=0, margin=0)
    still = run(style_model, [(i / 30, [track_of(1, dance(0))]) for i in range(120)], eager)
    moving = run(style_model, [(i / 30, [track_of(1, dance(i / 30))]) for i in range(120)], eager)
    assert still[-1][1].label is None
    assert moving[-1][1].label is not None
