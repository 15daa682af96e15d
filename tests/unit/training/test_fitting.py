"""Training learns, resumes, and what it exports is what it learnt."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")
ort = pytest.importorskip("onnxruntime", reason="needs ONNX Runtime to read the export back")

from choreai_live.training.augmentation import AugmentationSettings  # noqa: E402
from choreai_live.training.checkpoints import CheckpointError  # noqa: E402
from choreai_live.training.datasets import PoseSequence  # noqa: E402
from choreai_live.training.evaluation import (  # noqa: E402
    Verdict,
    balanced_accuracy,
    calibrate,
    calibration_error,
    confusion,
    judge,
    recalls,
    softmax,
)
from choreai_live.training.export import export  # noqa: E402
from choreai_live.training.fitting import (  # noqa: E402
    Entry,
    TrainingSettings,
    TrainingStopped,
    fit,
)
from choreai_live.training.idling import idle_sequence  # noqa: E402
from choreai_live.training.network import (  # noqa: E402
    CONTEXT,
    NetworkSettings,
    StyleNetwork,
    with_context,
)
from choreai_live.training.streams import StreamSettings  # noqa: E402
from choreai_live.training.validation import Validator  # noqa: E402

LABELS = ("waving", "bouncing")
SETTINGS = TrainingSettings(
    labels=LABELS,
    unsure_labels=(),
    updates=70,
    learning_rate=2e-2,
    averaging=0.9,
    network=NetworkSettings(hidden_size=16, dropout=0.0),
    streams=StreamSettings(dancers=12, steps=30),
    augmentation=AugmentationSettings(bursts=1.0, half_body=0.0),
)


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def dancers(count: int, seed: int) -> list[PoseSequence]:
    """Two dances made up: one waves both arms, one bends the knees to a beat."""
    rng = np.random.default_rng(seed)
    sequences = []
    for i in range(count):
        style = LABELS[i % 2]
        points = idle_sequence(rng, style, 5.0).points.copy()
        beat = np.sin(np.arange(len(points)) / 30.0 * 2 * np.pi * rng.uniform(1.2, 1.8))
        if style == "waving":
            points[:, 9:11, 1] = -0.6 + 0.2 * beat[:, None]
            points[:, 7:9, 1] = -0.5
        else:
            points[:, :13, 1] += 0.12 * beat[:, None]
            points[:, 13:15, 2] -= 0.12 * beat[:, None]
        sequences.append(PoseSequence(points, 30.0, f"{seed} {i}", "made up", f"{i}", style))
    return sequences


@pytest.fixture(scope="module")
def trained():
    losses: list[float] = []
    network = fit(dancers(8, 0), SETTINGS, progress=lambda _, loss: losses.append(loss))
    return network, losses


def test_training_learns(trained) -> None:
    _, losses = trained
    assert len(losses) == SETTINGS.updates
    assert np.mean(losses[-5:]) < 0.7 * np.mean(losses[:5])


def test_dancers_never_seen_are_told_apart(trained) -> None:
    network, _ = trained
    verdicts = judge(network, dancers(10, 99), SETTINGS.rate)
    assert balanced_accuracy(verdicts, LABELS) >= 0.8
    assert confusion(verdicts, LABELS).sum() == 10
    assert set(recalls(verdicts, LABELS)) == set(LABELS)


def test_batches_and_padding_do_not_change_a_verdict(trained) -> None:
    network, _ = trained
    sequences = dancers(3, 5)
    shorter = replace(sequences[0], points=sequences[0].points[:70])
    together = judge(network, [shorter, *sequences], SETTINGS.rate, batch=4)
    alone = judge(network, [shorter], SETTINGS.rate, batch=1)
    np.testing.assert_allclose(together[0].logits, alone[0].logits, atol=1e-5)


def test_calibration_finds_the_temperature_that_was_hidden() -> None:
    rng = np.random.default_rng(0)
    logits = rng.normal(0.0, 2.0, size=(4000, 1, 2)).astype(np.float32)
    truth = [rng.choice(2, p=softmax(row[0])) for row in logits]
    blank = dancers(1, 0)[0]
    verdicts = [
        Verdict(replace(blank, style=LABELS[label]), row * 2.5)
        for label, row in zip(truth, logits, strict=True)
    ]
    found = calibrate(verdicts, LABELS)
    assert found == pytest.approx(2.5, rel=0.1)
    assert calibration_error(verdicts, LABELS, found) < 0.03
    assert calibration_error(verdicts, LABELS) > 0.06


def test_a_run_can_be_broken_off_and_resumed(tmp_path: Path) -> None:
    checkpoint = tmp_path / "runs" / "checkpoint.pt"
    sequences = dancers(4, 1)
    numbers: list[int] = []
    fit(sequences, replace(SETTINGS, updates=4), checkpoint=checkpoint, checkpoint_every=2)
    fit(
        sequences,
        replace(SETTINGS, updates=6),
        checkpoint=checkpoint,
        checkpoint_every=2,
        progress=lambda number, _: numbers.append(number),
    )
    assert numbers == [5, 6]


def test_what_did_best_on_held_out_dancers_is_kept(tmp_path: Path) -> None:
    held_out, entries = dancers(4, 50), list[Entry]()
    settings = replace(SETTINGS, updates=10, learning_rate=0.3, averaging=0.1, validate_every=3)
    arguments = {"held_out": held_out, "checkpoint": tmp_path / "checkpoint.pt"}
    network = fit(dancers(4, 1), settings, **arguments, record=entries.append)
    losses = {entry.update: entry.score.loss for entry in entries if entry.score}
    assert list(losses) == [3, 6, 9, 10]
    found = Validator(held_out, LABELS, SETTINGS.rate).score(network).loss
    assert found == pytest.approx(min(losses.values()), rel=1e-6)
    assert found < max(losses.values())
    again = fit(dancers(4, 1), settings, **arguments)
    for one, other in zip(network.parameters(), again.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=0)


def test_training_stops_when_held_out_dancers_are_read_no_better(tmp_path: Path) -> None:
    settings = replace(
        SETTINGS, updates=30, learning_rate=1e-12, weight_decay=0.0, validate_every=2, patience=4
    )
    numbers: list[int] = []
    for _ in range(2):  # having stopped early is remembered
        fit(
            dancers(4, 1),
            settings,
            held_out=dancers(2, 50),
            checkpoint=tmp_path / "checkpoint.pt",
            progress=lambda number, _: numbers.append(number),
        )
        assert numbers == [1, 2, 3, 4, 5, 6]


def test_a_run_stops_when_it_is_told_to_and_refuses_to_become_another(tmp_path: Path) -> None:
    checkpoint = tmp_path / "checkpoint.pt"
    with pytest.raises(TrainingStopped, match="after 1 updates"):
        fit(dancers(4, 1), SETTINGS, checkpoint=checkpoint, stop=lambda: True)
    wider = replace(SETTINGS, network=NetworkSettings(hidden_size=17, dropout=0.0))
    with pytest.raises(CheckpointError, match="another folder"):
        fit(dancers(4, 1), wider, checkpoint=checkpoint)


def test_a_network_brought_along_is_the_one_that_learns() -> None:
    class Deeper(StyleNetwork):
        def forward(self, *inputs: torch.Tensor) -> tuple[torch.Tensor, ...]:
            logits, hidden, cell = super().forward(*inputs)
            return 2.0 * logits, hidden, cell

    network = Deeper(len(LABELS), NetworkSettings(hidden_size=8))
    before = network.output.weight.detach().clone()
    found = fit(dancers(4, 1), replace(SETTINGS, updates=2), network=network)
    assert isinstance(found, Deeper)
    assert found.hidden_size == 8
    assert not torch.equal(found.output.weight, before)


def test_the_same_seed_gives_the_same_network() -> None:
    first, second = (fit(dancers(4, 1), replace(SETTINGS, updates=3)) for _ in range(2))
    for one, other in zip(first.parameters(), second.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=0)


@pytest.fixture(scope="module")
def exported(trained, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "style.onnx"
    network, _ = trained
    export(network, SETTINGS, path, version="1.2.3", statement="made up, for tests")
    return path


def test_metadata_is_complete(exported: Path) -> None:
    found = ort.InferenceSession(str(exported)).get_modelmeta().custom_metadata_map
    assert json.loads(found["choreai.labels"]) == list(LABELS)
    assert json.loads(found["choreai.unsure_labels"]) == []
    assert found["choreai.contract"] == "1"
    assert float(found["choreai.rate"]) == SETTINGS.rate
    assert int(found["choreai.context"]) == CONTEXT
    assert float(found["choreai.max_gap"]) > 0
    assert float(found["choreai.temperature"]) == 1.0
    assert found["choreai.version"] == "1.2.3"
    assert found["choreai.statement"] == "made up, for tests"
    assert found["choreai.features"]


def test_the_file_streams_as_the_network_runs_whole(trained, exported: Path) -> None:
    network, _ = trained
    session = ort.InferenceSession(str(exported))
    points = np.stack([np.delete(s.points, 2, axis=-1) for s in dancers(3, 11)])[:, ::2]
    points[..., :2] = points[..., :2] * 200 + 400
    led = with_context(torch.from_numpy(points))
    with torch.no_grad():
        whole = network(led, *network.initial_state(3))[0].numpy()
    hidden, cell = (state.numpy() for state in network.initial_state(3))
    steps = []
    for t in range(points.shape[1]):
        logits, hidden, cell = session.run(
            ["logits", "hidden_out", "cell_out"],
            {
                "keypoints": led[:, t : t + CONTEXT + 1].numpy(),
                "hidden": hidden,
                "cell": cell,
            },
        )
        steps.append(logits)
    np.testing.assert_allclose(np.concatenate(steps, axis=1), whole, atol=1e-4)


def test_the_program_accepts_the_file(exported: Path) -> None:
    from choreai_live.style import StyleModel

    model = StyleModel(exported)
    assert model.labels == LABELS
    assert model.hidden_size == SETTINGS.network.hidden_size
