"""Taught styles beside what the model itself says: live, muted, remembered and replayed."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from taught_dances import RATE, model_without_embedding, steps_of, take_of, track_of

from choreai_live.messages import Readout
from choreai_live.style import StyleClassifier, StyleModel, StyleTimeline
from choreai_live.style.second_reader import SecondReader
from choreai_live.style.smoothing import ReadoutSettings
from choreai_live.teaching import Library, TeachingError


def said(readouts: dict[int, Readout]) -> list[object]:
    """Return everything that readouts say, to be compared to the last bit."""
    return [
        (i, r.probabilities.tobytes(), r.label, r.confidence, r.since, r.finer, r.taught)
        for i, r in readouts.items()
    ]


def dance(
    classifier: StyleClassifier, name: str, seconds: float, begin: float = 0.0, seed: int = 3
) -> list[dict[int, Readout]]:
    """Let dancer 1 dance, and return all that is said meanwhile."""
    steps = steps_of(name, seconds, seed, 40.0)
    return [classifier.update([track_of(body)], begin + i / RATE) for i, body in enumerate(steps)]


def test_what_was_taught_is_read_and_told_apart(taught: Library) -> None:
    classifier = StyleClassifier(taught.model, styles=taught)
    last = dance(classifier, "afrobeat", 10.0)[-1][1]
    assert (last.label, last.finer) == ("mine", None)
    assert last.taught[0][0] == "mine"
    assert last.confidence == pytest.approx(last.taught[0][1])
    assert 0 <= sum(probability for _, probability in last.taught) <= 1 + 1e-5
    assert last.probabilities.shape == (len(taught.model.labels),)
    after = dance(classifier, "classical", 10.0, 10.0)[-1][1]
    assert (after.label, after.finer, after.words) == ("classical", "bow", "classical · bow")
    assert last.since < 10 < after.since < 20


def test_a_style_is_read_from_the_moment_it_is_taught_and_no_longer_than_it_is_there(
    library: Library,
) -> None:
    classifier = StyleClassifier(library.model, styles=library)
    before = dance(classifier, "afrobeat", 8.0)[-1][1]
    assert (before.label, before.taught) != ("mine", ())
    library.teach("mine", [take_of("afrobeat", 30.0)])
    labels = [each[1].label for each in dance(classifier, "afrobeat", 8.0, 8.0)]
    assert labels.index("mine") <= 3 * RATE, "within three seconds"
    library.activate("mine", active=False)
    assert dance(classifier, "afrobeat", 1.0, 16.0)[0][1].label != "mine"


def test_without_taught_styles_the_readout_is_the_very_one_of_the_model(library: Library) -> None:
    own = Readout(np.array([0.7, 0.1, 0.1, 0.1], np.float32), "afrobeat", 0.7, 1.0)
    second = SecondReader(RATE, ReadoutSettings())
    for i in range(60):
        second.see(np.zeros(library.model.channels, np.float32))
        assert second.read(library, own, 0.9, 1.0, i / RATE) is own
    with_library = StyleClassifier(library.model, styles=library)
    without = StyleClassifier(library.model)
    for name in ("hiphop", "afrobeat"):
        assert [said(r) for r in dance(with_library, name, 6.0)] == [
            said(r) for r in dance(without, name, 6.0)
        ]


def test_a_muted_style_is_shown_as_not_sure(library: Library) -> None:
    own = Readout(np.array([0.1, 0.1, 0.7, 0.1], np.float32), "hiphop", 0.7, 1.0)
    second = SecondReader(RATE, ReadoutSettings())
    library.mute("hiphop")
    shown = second.read(library, own, 0.9, 1.0, 2.0)
    assert (shown.label, shown.confidence, shown.since) == (None, 0.7, 2.0)
    assert second.read(library, own, 0.9, 1.0, 3.0).since == 2.0
    other = replace(own, label="afrobeat", since=3.5)
    assert said({1: second.read(library, other, 0.9, 1.0, 4.0)}) == said({1: other})
    again = replace(own, label="classical", since=1.0)
    assert second.read(library, again, 0.9, 1.0, 4.5).since == 4.5, "another one stood meanwhile"
    library.mute("hiphop", muted=False)
    assert second.read(library, own, 0.9, 1.0, 5.0) is own


@pytest.mark.parametrize("stop", [1, 20, 44, 80, 120])
@pytest.mark.parametrize("what", ["taught", "muted"])
def test_another_classifier_goes_on_as_if_it_had_seen_everything(
    taught: Library, what: str, stop: int
) -> None:
    if what == "muted":
        for name in ("mine", "bow"):
            taught.activate(name, active=False)
        for label in taught.families:
            taught.mute(label)
    one, other = (StyleClassifier(taught.model, styles=taught) for _ in range(2))
    steps = np.concatenate([steps_of("afrobeat"), steps_of("classical")])
    for i in range(stop):
        one.update([track_of(steps[i])], i / RATE)
    assert other.recall(one.memory())
    assert said(other.readouts) == said(one.readouts)
    for i in range(stop, stop + 120):
        tracks = [track_of(steps[i])]
        assert said(one.update(tracks, i / RATE)) == said(other.update(tracks, i / RATE)), i


def test_where_other_styles_are_taught_the_dancers_are_remembered_all_the_same(
    taught: Library, model: StyleModel, tmp_path: Path
) -> None:
    one = StyleClassifier(model, styles=taught)
    dance(one, "afrobeat", 8.0)
    fewer = Library(model, tmp_path / "fewer", ready_made=False)
    for styles in (None, fewer):
        other = StyleClassifier(model, styles=styles)
        assert other.recall(one.memory())
        assert dance(other, "afrobeat", 2.0, 8.0)[-1][1].label != "mine"
    fewer.teach("own", [take_of("afrobeat", 30.0)])
    other = StyleClassifier(model, styles=fewer)
    assert other.recall(one.memory())
    assert dance(other, "afrobeat", 3.0, 8.0)[-1][1].label == "own"


def test_a_memory_of_another_embedding_is_not_recalled(taught: Library) -> None:
    import json

    one = StyleClassifier(taught.model, styles=taught)
    dance(one, "afrobeat", 4.0)
    memory = json.loads(one.memory())
    dancer = memory["dancers"][0]
    dancer["second"]["recent"] = dancer["hidden"]
    other = StyleClassifier(taught.model, styles=taught)
    assert not other.recall(json.dumps(memory).encode())
    assert other.readouts == {}


def test_a_model_without_an_embedding_reads_as_ever(taught: Library, tmp_path: Path) -> None:
    old = model_without_embedding(tmp_path / "old.onnx")
    library = Library(old, taught.folder, ready_made=False)
    classifier = StyleClassifier(old, styles=library)
    own = StyleClassifier(taught.model)
    assert [r[1].label for r in dance(classifier, "hiphop", 6.0)] == [
        r[1].label for r in dance(own, "hiphop", 6.0)
    ]
    with pytest.raises(TeachingError):
        library.correct("hiphop", take_of("hiphop"))


def test_the_timeline_keeps_finer_names_apart(taught: Library) -> None:
    timeline = StyleTimeline(taught.model.labels)
    shares = np.full(len(taught.model.labels), 0.25, np.float32)
    for i in range(30):
        finer = "bow" if 10 <= i < 20 else None
        timeline.record({1: Readout(shares, "classical", 0.5, 0.0, finer)}, i / 10)
    assert [(s.start, s.end, s.label, s.finer) for s in timeline.segments(1)] == [
        (0.0, 1.0, "classical", None),
        (1.0, 2.0, "classical", "bow"),
        (2.0, pytest.approx(2.9), "classical", None),
    ]
