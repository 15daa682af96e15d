"""The pose models: what can be chosen, and what is said when they cannot be loaded."""

import shutil
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from made_networks import colour_finder, red_finder, somebody_standing

from choreai_live import models
from choreai_live.errors import ModelError, ProviderError
from choreai_live.inference import Session
from choreai_live.models.added import AddedModel, record
from choreai_live.pose import POSE_PIPELINES, PoseModels, model_hashes


@pytest.fixture(autouse=True)
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder for added models."""
    folder = tmp_path / "added"
    monkeypatch.setenv("CHOREAI_MODELS", str(folder))
    return folder


def _add(network: Path, name: str, kind: str = "alphapose") -> AddedModel:
    return record(network, name=name, kind=kind, details={})


@pytest.mark.parametrize("name", POSE_PIPELINES)
def test_every_pipeline_loads_and_says_where_it_runs(name: str, tmp_path: Path) -> None:
    _add(somebody_standing(tmp_path / "net.onnx"), "fast")
    loaded = PoseModels(name, "cpu")
    assert loaded.name == name
    assert loaded.provider == "cpu"
    assert loaded.notices == []
    assert loaded.description.startswith(POSE_PIPELINES[name])
    assert loaded.estimator() is not loaded.estimator()


def test_alphapose_without_an_added_model_says_how_to_add_one() -> None:
    for ask in (PoseModels, model_hashes):
        with pytest.raises(ModelError, match=r"run `choreai-live models add alphapose .*\.pth`"):
            ask("alphapose")


def test_of_several_the_last_added_is_taken_or_the_one_named(tmp_path: Path) -> None:
    fast = _add(somebody_standing(tmp_path / "fast.onnx"), "fast")
    halpe = _add(colour_finder(tmp_path / "halpe.onnx", 26), "halpe")
    assert PoseModels("alphapose", "cpu").description == "MoveNet + AlphaPose (halpe)"
    assert PoseModels("alphapose:fast", "cpu").description == "MoveNet + AlphaPose (fast)"
    assert model_hashes("alphapose")["alphapose"] == halpe.sha256
    assert model_hashes("alphapose:fast")["alphapose"] == fast.sha256
    with pytest.raises(ModelError, match="'slow' was added: choose one of fast, halpe"):
        PoseModels("alphapose:slow")


def test_an_added_yolox_finds_the_people(tmp_path: Path) -> None:
    _add(somebody_standing(tmp_path / "net.onnx"), "fast")
    yolox = _add(red_finder(tmp_path / "yolox.onnx", 96, 128), "yolox_s", "yolox")
    loaded = PoseModels("alphapose", "cpu")
    assert loaded.description == "YOLOX + AlphaPose (fast)"
    assert model_hashes("alphapose").keys() == {"yolox", "alphapose"}
    assert model_hashes("alphapose")["yolox"] == yolox.sha256
    image = np.zeros((480, 640, 3), np.uint8)
    assert loaded.estimator().estimate(image, []) == []
    image[200:245, 300:345, 2] = 255
    (pose,) = loaded.estimator().estimate(image, [])
    assert (pose.box[:2] < [300, 200]).all()
    assert (pose.box[2:] > [345, 245]).all()


def test_an_added_file_of_the_wrong_kind_is_refused(tmp_path: Path) -> None:
    _add(red_finder(tmp_path / "yolox.onnx", 96, 128), "wrong")
    with pytest.raises(ModelError, match="not AlphaPose"):
        PoseModels("alphapose", "cpu")


def test_the_hashes_of_shipped_models_are_the_catalogues() -> None:
    entries = {entry.name: entry.sha256 for entry in models.catalog()}
    assert model_hashes("movenet") == {"movenet_multipose": entries["movenet_multipose"]}
    assert model_hashes("blazepose").keys() == {"movenet_multipose", "blazepose_full"}


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ModelError, match="choose one of blazepose, movenet, alphapose"):
        PoseModels("openpose")
    with pytest.raises(ModelError, match="Unknown pose pipeline 'movenet:x'"):
        PoseModels("movenet:x")
    with pytest.raises(ProviderError, match="abacus"):
        PoseModels(provider="abacus")


def test_a_corrupted_file_is_refused_before_it_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for file in ("catalog.toml", "movenet_multipose.onnx", "blazepose_full.onnx"):
        shutil.copy(models.FOLDER / file, tmp_path / file)
    with (tmp_path / "blazepose_full.onnx").open("r+b") as file:
        file.seek(100_000)
        file.write(b"not what was there")
    monkeypatch.setattr(models, "locate", partial(models.locate, folder=tmp_path))
    with pytest.raises(ModelError, match="blazepose_full"):
        PoseModels("blazepose", "cpu")


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "model.onnx"
    text.write_text("This is no model.")
    with pytest.raises(ModelError, match="cannot be loaded as an ONNX model"):
        Session(text, "cpu")
