"""What a classifier remembers, given to another one."""

import json
from collections.abc import Callable

import numpy as np
import pytest

from choreai_live.messages import Readout, Track
from choreai_live.style import StyleClassifier, StyleModel
from choreai_live.style.memory import packed, unpacked

Dance = Callable[..., np.ndarray]
TrackOf = Callable[..., Track]


def said(readouts: dict[int, Readout]) -> list[object]:
    """Return what readouts say, to be compared to the last bit."""
    return [
        (id_, r.probabilities.tobytes(), r.label, r.confidence, r.since)
        for id_, r in readouts.items()
    ]


@pytest.mark.parametrize("stop", [1, 7, 40, 76])
def test_another_classifier_goes_on_as_if_it_had_seen_everything(
    any_style_model: StyleModel, dance: Dance, track_of: TrackOf, stop: int
) -> None:
    def tracks(i: int) -> list[Track]:
        second = [track_of(5, dance(i / 24 + 9), missed=max(i - 30, 0))] if 3 <= i < 60 else []
        return [track_of(2, dance(i / 24)), *second]

    one, other = StyleClassifier(any_style_model), StyleClassifier(any_style_model)
    for i in range(stop):
        one.update(tracks(i), i / 24)
    assert other.recall(one.memory())
    assert said(other.readouts) == said(one.readouts)
    for i in range(stop, stop + 40):
        wanted = said(one.update(tracks(i), i / 24))
        assert wanted == said(other.update(tracks(i), i / 24))
    assert wanted


def test_of_another_model_or_damaged_nothing_is_recalled(
    any_style_model: StyleModel, dance: Dance, track_of: TrackOf
) -> None:
    classifier = StyleClassifier(any_style_model)
    for i in range(20):
        classifier.update([track_of(1, dance(i / 24))], i / 24)
    memory = classifier.memory()
    told = json.loads(memory)
    dancer = told["dancers"][0]
    wrong = [
        {**told, "style": "another"},
        {**told, "labels": ["another"]},
        {**told, "dancers": [{**dancer, "hidden": dancer["buffer"]["last"]}]},
        {**told, "dancers": [{**dancer, "readout": [dancer["hidden"], None, 0.1, 0.0]}]},
        {**told, "dancers": [{**dancer, "buffer": {**dancer["buffer"], "lead_in": None}}], "x": 1},
        {**told, "dancers": [{**dancer, "buffer": {**dancer["buffer"], "last": dancer["cell"]}}]},
        {**told, "dancers": [{"id": 1}]},
        {"dancers": []},
    ]
    fresh = StyleClassifier(any_style_model)
    for i, document in enumerate(wrong):
        assert fresh.recall(json.dumps(document).encode()) is (i == 4)
        fresh.reset()
    for text in (b"", b"[]", b"null", b"\xff", memory[:-20]):
        assert not fresh.recall(text)
    assert fresh.readouts == {}


def test_arrays_come_back_to_the_last_bit() -> None:
    array = np.random.default_rng(0).normal(size=(3, 2, 4)).astype(np.float32)
    memory = unpacked(packed({"a": array, "b": [1, 0.1, None, "x"]}))
    assert memory["a"].tobytes() == array.tobytes()
    assert (memory["a"].shape, memory["a"].dtype) == (array.shape, np.float32)
    assert memory["b"] == [1, 0.1, None, "x"]
