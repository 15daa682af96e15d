"""Adding a detector: ONNX files of the right form, and everything else."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from typer.testing import CliRunner

from choreai_live.cli import app
from choreai_live.errors import ModelError
from choreai_live.models.added import find_added
from choreai_live.models.yolox import add


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Return the folder that stands in for the user's."""
    monkeypatch.setenv("CHOREAI_MODELS", str(tmp_path / "added"))
    return tmp_path / "added"


def detector(given=(1, 3, 64, 64), returned=(1, 84, 85), inputs=1, outputs=1):
    """Return a model of those shapes that answers with its weights."""
    names = [f"in{number}" for number in range(inputs)]
    results = [f"out{number}" for number in range(outputs)]
    sizes = [size if isinstance(size, int) else 1 for size in returned]
    weights = numpy_helper.from_array(np.ones(sizes, np.float32), "weights")
    graph = helper.make_graph(
        [helper.make_node("Identity", ["weights"], [result]) for result in results],
        "detector",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, given) for name in names],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, returned) for name in results],
        [weights],
    )
    opset = [helper.make_opsetid("", 17)]
    return helper.make_model(graph, opset_imports=opset, ir_version=8)


@pytest.mark.parametrize("batch", [1, "batch"])
def test_a_detector_is_copied_and_listed(tmp_path, batch):
    path = tmp_path / "yolox_x.onnx"
    onnx.save(detector((batch, 3, 64, 64), (batch, "anchors", 85)), str(path))
    arguments = ["models", "add", "yolox", str(path), "--name", "big"]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    assert "Added big: Boxes of people, YOLOX, from yolox_x.onnx." in result.output
    model = find_added("yolox", "big")
    assert model.path.read_bytes() == path.read_bytes()
    assert model.details["source_name"] == "yolox_x.onnx"
    assert add(path).name == "yolox_x"


@pytest.mark.parametrize(
    ("shapes", "complaint"),
    [
        ({"inputs": 2}, "has 2 inputs and 1 outputs"),
        ({"outputs": 3}, "has 1 inputs and 3 outputs"),
        ({"given": (1, 64, 64, 3)}, r"has an input of shape \[1, 64, 64, 3\]"),
        ({"given": (1, 3, "height", "width")}, "has an input of shape"),
        ({"given": (1, 3, 64)}, "has an input of shape"),
        ({"returned": (1, 85, 84)}, r"has an output of shape \[1, 85, 84\], where .* 85\)"),
        ({"returned": (84, 85)}, "has an output of shape"),
    ],
)
def test_other_shapes_are_refused(tmp_path, folder, shapes, complaint):
    onnx.save(detector(**shapes), str(tmp_path / "a.onnx"))
    with pytest.raises(ModelError, match=rf"a\.onnx .*{complaint}"):
        add(tmp_path / "a.onnx")
    assert not folder.exists()


@pytest.mark.parametrize("content", [b"", b"no model", bytes(range(256))])
def test_other_files_are_refused(tmp_path, folder, content):
    (tmp_path / "a.onnx").write_bytes(content)
    with pytest.raises(ModelError, match="cannot be loaded as one ONNX file"):
        add(tmp_path / "a.onnx")
    with pytest.raises(ModelError, match=r"none\.onnx cannot be read \(No such file"):
        add(tmp_path / "none.onnx")
    assert not folder.exists()


def test_weights_in_a_second_file_are_refused(tmp_path, folder):
    path = tmp_path / "a.onnx"
    onnx.save(
        detector(), str(path), save_as_external_data=True, location="a.data", size_threshold=0
    )
    with pytest.raises(ModelError, match="with its weights inside"):
        add(path)
    assert not folder.exists()
