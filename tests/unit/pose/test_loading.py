"""The pose models: what can be chosen, and what is said when they cannot be loaded."""

import shutil
from functools import partial
from pathlib import Path

import pytest

from choreai_live import models
from choreai_live.errors import ModelError, ProviderError
from choreai_live.inference import Session
from choreai_live.pose import POSE_PIPELINES, PoseModels


@pytest.mark.parametrize("name", POSE_PIPELINES)
def test_every_pipeline_loads_and_says_where_it_runs(name: str) -> None:
    loaded = PoseModels(name, "cpu")
    assert loaded.provider == "cpu"
    assert loaded.notices == []
    assert "MoveNet" in loaded.description
    assert loaded.estimator() is not loaded.estimator()


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ModelError, match="choose one of blazepose, movenet"):
        PoseModels("openpose")
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
