"""Judging model files: numbers that agree with those of training, and with sense."""

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")
pytest.importorskip("onnxruntime", reason="needs ONNX Runtime to read the export back")

from made_dances import LABELS, made_dances  # noqa: E402

from choreai_live.style import StyleModel  # noqa: E402
from choreai_live.training.assessment import assess  # noqa: E402
from choreai_live.training.datasets import DatasetError, relabel  # noqa: E402
from choreai_live.training.evaluation import (  # noqa: E402
    balanced_accuracy,
    calibration_error,
    confusion,
    judge,
)
from choreai_live.training.export import export  # noqa: E402
from choreai_live.training.network import NetworkSettings, StyleNetwork  # noqa: E402
from choreai_live.training.settings import TrainingSettings  # noqa: E402

SETTINGS = TrainingSettings(
    (*LABELS, "other"), ("other",), network=NetworkSettings(hidden_size=8, dropout=0.0)
)


@pytest.fixture(scope="module")
def network() -> StyleNetwork:
    torch.manual_seed(3)
    network = StyleNetwork(3, SETTINGS.network).eval()
    network.output.weight.data *= 8.0  # as sure as a trained one
    return network


@pytest.fixture(scope="module")
def model(network: StyleNetwork, tmp_path_factory: pytest.TempPathFactory) -> StyleModel:
    path = tmp_path_factory.mktemp("model") / "style.onnx"
    export(network, SETTINGS, path, version="1", statement="made up, for tests")
    return StyleModel(path)


def test_the_file_is_judged_as_the_network_was(network: StyleNetwork, model: StyleModel) -> None:
    sequences = made_dances(4, each=2)
    done: list[int] = []
    found = assess(model, sequences, done.append)
    verdicts = judge(network, sequences, SETTINGS.rate)
    labels = SETTINGS.labels
    np.testing.assert_array_equal(found.confusion, confusion(verdicts, labels))
    assert found.balanced_accuracy == pytest.approx(balanced_accuracy(verdicts, labels))
    assert found.calibration_error == pytest.approx(calibration_error(verdicts, labels), abs=1e-4)
    right = [(v.logits.argmax(axis=1) == labels.index(v.sequence.style)).mean() for v in verdicts]
    assert found.frame_accuracy == pytest.approx(np.mean(right), abs=0.01)
    assert sum(b.share for b in found.bins) == pytest.approx(1.0)
    assert (found.sequences, found.groups, done[-1]) == (16, 8, 16)
    assert found.unsure_labels == ("other",)
    json.dumps(found.as_json(), allow_nan=False)


def test_data_need_not_have_every_label(model: StyleModel) -> None:
    found = assess(model, [s for s in made_dances(1) if s.style == "waving"])
    assert set(found.recalls) == {"waving"}


def test_a_label_the_model_does_not_know_is_named(model: StyleModel) -> None:
    strangers = relabel(made_dances(1), {"waving": "tap"})
    with pytest.raises(DatasetError, match=r"the label 'tap', which .*style.onnx does not know"):
        assess(model, strangers)
    with pytest.raises(DatasetError, match="no sequence"):
        assess(model, [])
