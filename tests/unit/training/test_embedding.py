"""A network that was trained can be taught more, and says what it said before."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")
pytest.importorskip("onnxruntime", reason="needs ONNX Runtime to read the export back")

from choreai_live.style import StyleModel  # noqa: E402
from choreai_live.style.description import SETTLING, describe, windows_of  # noqa: E402
from choreai_live.style.taught import Head, TaughtClass  # noqa: E402
from choreai_live.teaching.learning import Learner, embedded  # noqa: E402
from choreai_live.teaching.takes import Take  # noqa: E402
from choreai_live.training.augmentation import AugmentationSettings  # noqa: E402
from choreai_live.training.backgrounds import gather_background  # noqa: E402
from choreai_live.training.datasets import PoseSequence  # noqa: E402
from choreai_live.training.embedding import (  # noqa: E402
    EmbeddingNetwork,
    EmbeddingSettings,
    fit_embedding,
)
from choreai_live.training.evaluation import held_out_view  # noqa: E402
from choreai_live.training.export import export  # noqa: E402
from choreai_live.training.fitting import TrainingSettings  # noqa: E402
from choreai_live.training.idling import idle_sequence  # noqa: E402
from choreai_live.training.looks import Looks  # noqa: E402
from choreai_live.training.network import NetworkSettings, StyleNetwork  # noqa: E402
from choreai_live.training.streams import StreamSettings  # noqa: E402

LABELS = ("waving", "other")
SETTINGS = TrainingSettings(
    labels=LABELS,
    unsure_labels=("other",),
    learning_rate=5e-3,
    network=NetworkSettings(hidden_size=16),
    streams=StreamSettings(dancers=8, steps=30, kept=1.0),
    augmentation=AugmentationSettings(bursts=1.0, half_body=0.0),
)
#: Times per second that the arms go up and down in each kind of waving.
KINDS = {"slow": 0.5, "fast": 2.0}


def dancer(kind: str, number: int) -> PoseSequence:
    """Somebody who waves slowly or fast, or only stands about."""
    rng = np.random.default_rng([number, len(kind)])
    sequence = idle_sequence(rng, "waving" if kind in KINDS else "other", 8.0)
    points = sequence.points.copy()
    if kind in KINDS:
        phase = 2 * np.pi * (KINDS[kind] * np.arange(len(points)) / sequence.rate + rng.random())
        height = float(np.ptp(points[0, :, 1]))
        for joint in (7, 8, 9, 10):
            points[:, joint, 1] -= 0.2 * height * (1 + np.sin(phase))
    return replace(sequence, points=points, name=f"{kind} {number}", substyle=kind)


def seen(sequence: PoseSequence) -> Take:
    """Return what the program would receive of a dancer."""
    return Take(held_out_view(sequence, 15.0), 15.0)


@pytest.fixture(scope="module")
def network() -> StyleNetwork:
    torch.manual_seed(0)
    return StyleNetwork(len(LABELS), SETTINGS.network).eval()


@pytest.fixture(scope="module")
def sequences() -> list[PoseSequence]:
    return [dancer(kind, n) for n in range(6) for kind in (*KINDS, "standing")]


@pytest.fixture(scope="module")
def head(network, sequences):
    looks = Looks(SETTINGS.rate, SETTINGS.augmentation, SETTINGS.streams.kept)
    looks.plan(sequences)
    losses: list[float] = []
    settings = EmbeddingSettings(size=8, width=16, updates=40)
    fitted = fit_embedding(
        network, sequences, SETTINGS, looks, embedding=settings,
        progress=lambda _, loss: losses.append(loss),
    )  # fmt: skip
    assert np.mean(losses[-5:]) < 0.8 * np.mean(losses[:5])
    return fitted


@pytest.fixture(scope="module")
def model(network, head, sequences, tmp_path_factory) -> StyleModel:
    path: Path = tmp_path_factory.mktemp("model") / "style.onnx"
    background = gather_background(EmbeddingNetwork(network, head).eval(), sequences, SETTINGS)
    export(
        network, SETTINGS, path, version="1", statement="Made up.", embedding=head,
        background=background,
    )  # fmt: skip
    return StyleModel(path)


def test_training_the_embedding_leaves_the_network_alone(network, head) -> None:
    torch.manual_seed(0)
    untouched = StyleNetwork(len(LABELS), SETTINGS.network).state_dict()
    for name, value in network.state_dict().items():
        assert torch.equal(value, untouched[name])
    assert any(p.requires_grad for p in head.parameters())


def test_a_model_with_an_embedding_says_the_same(network, model, tmp_path: Path) -> None:
    plain_path = tmp_path / "plain.onnx"
    export(network, SETTINGS, plain_path, version="1", statement="Made up.")
    plain = StyleModel(plain_path)
    assert (plain.channels, plain.background) == (0, None)
    points = np.random.default_rng(0).uniform(0, 400, (2, 15 + 6, 17, 3)).astype(np.float32)
    for one, other in zip(
        plain.step(points, *plain.initial_state(2)),
        model.step(points, *model.initial_state(2)),
        strict=True,
    ):
        assert np.array_equal(one, other)


def test_the_background_is_standardised(model) -> None:
    background = model.background
    assert background is not None
    assert len(background.means) == len(LABELS)
    # Labels weigh alike, so their means lie around zero.
    middle = background.means.mean(axis=0)
    assert np.abs(middle).max() < 0.02


def test_two_kinds_of_one_style_are_told_apart_after_one_take_each(model) -> None:
    learner = Learner(model)
    classes = []
    for kind in KINDS:
        lesson = learner.lesson(seen(dancer(kind, 50)))
        classes.append(TaughtClass(kind, "waving", (lesson.spread,), (1.0,)))
    taught = Head(model.background, tuple(classes))
    for number, kind in enumerate(KINDS):
        for other in (60, 61):
            embedding = embedded(model, seen(dancer(kind, other)).keypoints)
            scores = taught.scores(describe(windows_of(embedding[SETTLING:])))
            assert scores.mean(axis=0).argmax() == number, kind
