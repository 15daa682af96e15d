"""Learning: the same take gives the same lesson, and lessons tell dances apart."""

from pathlib import Path

import numpy as np
import pytest
from taught_dances import model_without_embedding, steps_of, take_of

from choreai_live.style.background import spread_of
from choreai_live.style.description import SETTLING, describe, windows_of
from choreai_live.style.model import StyleModel
from choreai_live.style.taught import Head, TaughtClass
from choreai_live.teaching import Take, TeachingError
from choreai_live.teaching.learning import Learner, embedded
from choreai_live.teaching.packs import PackedStyle


def head_of(model: StyleModel, **taught: Take) -> Head:
    learner = Learner(model)
    styles = [PackedStyle(name, None, (learner.lesson(take),)) for name, take in taught.items()]
    return Head(learner.background, tuple(style.as_class for style in styles))


def probabilities(head: Head, model: StyleModel, take: Take) -> np.ndarray:
    """Return the mean over a take, float (styles + 1,)."""
    windows = windows_of(embedded(model, take.keypoints)[SETTLING:])
    mean: np.ndarray = head.probabilities(describe(windows)).mean(axis=0)
    return mean


def test_the_same_take_gives_the_same_lesson(model: StyleModel) -> None:
    one, other = (Learner(model).lesson(take_of("hiphop"), taught="now") for _ in range(2))
    np.testing.assert_array_equal(one.spread.mean, other.spread.mean)
    np.testing.assert_array_equal(one.spread.factor, other.spread.factor)
    assert (one.seconds, one.taught, one.provenance) == (12.0, "now", "")


def test_a_take_of_a_moment_teaches_nothing(model: StyleModel) -> None:
    take = Take(steps_of("hiphop")[:30], 15.0)
    with pytest.raises(TeachingError, match=r"A take of 2\.0 s is too short"):
        Learner(model).lesson(take)


def test_a_model_without_an_embedding_cannot_be_taught(tmp_path: Path) -> None:
    model = model_without_embedding(tmp_path / "old.onnx")
    with pytest.raises(TeachingError, match=r"old\.onnx cannot be taught"):
        Learner(model)


def test_embeddings_do_not_depend_on_how_steps_are_cut_up(model: StyleModel) -> None:
    steps = steps_of("hiphop", 25.0)
    whole = embedded(model, steps)
    assert whole.shape == (len(steps), model.channels)
    np.testing.assert_array_equal(whole[:100], embedded(model, steps[:100]))


def test_two_dances_are_told_apart(model: StyleModel) -> None:
    head = head_of(model, one=take_of("afrobeat", 30.0), two=take_of("classical", 30.0))
    assert head.names == ("one", "two")
    later = {dance: take_of(dance, 12.0, begin=40.0) for dance in ("afrobeat", "classical")}
    one = probabilities(head, model, later["afrobeat"])
    two = probabilities(head, model, later["classical"])
    assert (one.argmax(), two.argmax()) == (0, 1), (one, two)
    for found in (one, two):
        assert found.sum() == pytest.approx(1, abs=1e-5)


def test_two_made_up_classes_are_told_apart_and_the_background_is_none(model: StyleModel) -> None:
    background = model.background
    assert background is not None
    chance = np.random.default_rng(0)
    size = background.numbers
    places = {name: 3 * chance.normal(size=size).astype(np.float32) for name in ("a", "b")}

    def near(place: np.ndarray, count: int) -> np.ndarray:
        return (place + 0.3 * chance.normal(size=(count, size))).astype(np.float32)

    classes = tuple(
        TaughtClass(name, None, (spread_of(near(place, 60), 16),), (1.0,))
        for name, place in places.items()
    )
    head = Head(background, classes)

    def asked(standardised: np.ndarray) -> np.ndarray:
        found: np.ndarray = head.probabilities(standardised * background.scale + background.mean)
        return found

    assert (asked(near(places["a"], 20)).argmax(axis=1) == 0).all()
    assert (asked(near(places["b"], 20)).argmax(axis=1) == 1).all()
    for mean in background.means:
        usual = mean + 0.3 * chance.normal(size=(50, size)) @ background.root
        assert (asked(usual.astype(np.float32)).argmax(axis=1) == 2).mean() > 0.9
