"""From a checkpoint through the command line to a model in the user's folder."""

import hashlib
import importlib.util
import shutil
import tomllib
from pathlib import Path

import numpy as np
import onnx
import pytest
from typer.testing import CliRunner

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from alphapose_weights import hollow, weights, write_checkpoint  # noqa: E402

from choreai_live.alphapose import adding  # noqa: E402
from choreai_live.alphapose.architectures import named  # noqa: E402
from choreai_live.cli import app  # noqa: E402
from choreai_live.errors import ChoreaiError, ModelError  # noqa: E402
from choreai_live.inference import Session  # noqa: E402
from choreai_live.models.added import find_added  # noqa: E402


def call(*arguments):
    """Run the command line; an error for the user is raised as it is."""
    return CliRunner().invoke(app, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """Write the real thing once, 163 MB, and delete it afterwards."""
    folder = tmp_path_factory.mktemp("checkpoints")
    yield write_checkpoint(folder / "fast_res50_256x192.pth", "fast_res50")
    shutil.rmtree(folder)


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_round_trip_on_the_command_line(checkpoint, user_models):
    result = call("models", "add", "alphapose", checkpoint)
    assert result.exit_code == 0
    said = result.output
    assert "Added fast_res50: Pose of one dancer, AlphaPose fast_res50, 17 joints" in said
    assert "non-commercial use only; cite Fang et al., RMPE" in said

    model = find_added("alphapose")
    (table,) = tomllib.loads((user_models / "added.toml").read_text()).values()
    assert model.path.parent == user_models
    assert model.sha256 == table["sha256"] == sha256(model.path)
    assert table["source_sha256"] == sha256(checkpoint)
    assert table["source_name"] == "fast_res50_256x192.pth"
    assert (table["kind"], table["architecture"], table["joints"]) == (
        "alphapose",
        "fast_res50",
        "17",
    )

    session = Session(model.path, "cpu")
    assert session.inputs == {"input": ["people", 3, 256, 192]}
    assert session.outputs == {"heatmaps": ["people", 17, 64, 48]}
    assert session.metadata["choreai.pose"] == "alphapose"
    assert session.metadata["choreai.architecture"] == "fast_res50"
    assert session.metadata["choreai.joints"] == "17"
    assert session.metadata["choreai.source_sha256"] == sha256(checkpoint)
    assert session.metadata["choreai.source_name"] == "fast_res50_256x192.pth"
    opset = {each.domain: each.version for each in onnx.load(str(model.path)).opset_import}
    assert opset[""] == 17
    _check_computation(session)

    assert "fast_res50" in call("models", "list").output
    verified = call("models", "verify")
    assert (verified.exit_code, "added as fast_res50" in verified.output) == (0, True)
    with model.path.open("ab") as stream:
        stream.write(b"?")
    verified = call("models", "verify")
    assert (verified.exit_code, "was changed or is inc" in verified.output) == (1, True)
    with pytest.raises(ModelError, match=r"add it again with `choreai-live models add alphapose"):
        find_added("alphapose")
    shutil.rmtree(user_models)


def _check_computation(session):
    """Any number of people, each as if alone, each as torch computes it."""
    network = adding.load_network(named("fast_res50"), 17, weights(named("fast_res50").shapes(17)))
    crops = np.random.default_rng(5).random((4, 3, 256, 192), dtype=np.float32) - 0.45
    (together,) = session.run(["heatmaps"], {"input": crops})
    (alone,) = session.run(["heatmaps"], {"input": crops[2:3]})
    with torch.no_grad():
        expected = network(torch.from_numpy(crops)).numpy()
    largest = np.abs(expected).max()
    assert np.abs(together - expected).max() < 1e-5 * largest
    assert np.abs(together[2] - alone[0]).max() < 1e-5 * largest


@pytest.fixture
def exported(monkeypatch):
    """Put a small file in the place of a real export, for tests of what surrounds it."""
    seen = []

    def export(network: torch.nn.Module, path: Path, metadata: dict[str, str]) -> float:
        seen.append(metadata)
        path.write_bytes(repr(metadata).encode())
        return 1e-7

    monkeypatch.setattr(adding, "export", export)
    return seen


def write(path, content):
    torch.save(content, path)
    return path


def test_names_are_told_by_network_and_joints(tmp_path, user_models, exported):
    halpe = write(tmp_path / "a.pth", {"state_dict": hollow("fast_res50", 26)})
    assert adding.add(halpe).model.name == "halpe26_fast_res50"
    assert adding.add(halpe, "fast_res50", "mine").model.name == "mine"
    assert exported[0]["choreai.joints"] == "26"
    assert find_added("alphapose").name == "mine"
    assert find_added("alphapose", "halpe26_fast_res50").details["joints"] == "26"


def test_another_architecture_than_asked_for_is_refused(tmp_path, user_models, exported):
    path = write(tmp_path / "a.pth", hollow("simple_res50"))
    with pytest.raises(ModelError, match=r"lacks the key 'conv_out\.weight' of fast_res50"):
        adding.add(path, "fast_res50")
    with pytest.raises(ModelError, match=r"no AlphaPose architecture 'yolo'"):
        adding.add(path, "yolo")
    assert not user_models.exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d.pop("preact.layer1.0.se.fc.2.bias"), r"lacks the key 'preact\.layer1\.0\.se"),
        (lambda d: d.update(extra=torch.ones(1)), "has the key 'extra' unknown to fast_res50"),
        (
            lambda d: d.update({"duc1.bn.bias": torch.ones(3)}),
            r"has the shape \(3,\) in 'duc1\.bn\.bias', where fast_res50 has \(1024,\)",
        ),
        (
            lambda d: d.update({"duc1.bn.bias": torch.full((1024,), torch.nan)}),
            r"not finite numbers in 'duc1\.bn\.bias'",
        ),
    ],
    ids=["missing", "unexpected", "shape", "nan"],
)
def test_what_does_not_fit_is_named(tmp_path, user_models, change, reason):
    content = hollow("fast_res50")
    change(content)
    path = write(tmp_path / "a.pth", content)
    with pytest.raises(ModelError, match=reason) as caught:
        adding.add(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not user_models.exists()


def test_weights_without_usable_heatmaps_are_refused(tmp_path, user_models):
    content = {key: torch.zeros(()).expand(t.shape) for key, t in hollow("simple_res50").items()}
    with pytest.raises(ModelError, match="weights that lead to no usable heatmaps"):
        adding.add(write(tmp_path / "a.pth", content))
    assert not user_models.exists()


def test_a_disagreement_is_refused(tmp_path, user_models, monkeypatch):
    monkeypatch.setattr(adding, "export", lambda *_: 0.01)
    path = write(tmp_path / "a.pth", hollow("fast_res50"))
    with pytest.raises(ModelError, match=r"differ between torch and ONNX .* 1\.0e-02"):
        adding.add(path)
    assert not user_models.exists()


def test_a_bad_name_is_refused_before_the_checkpoint_is_read(tmp_path, user_models):
    with pytest.raises(ModelError, match=r"'\.\./x' cannot be the name of a model"):
        adding.add(tmp_path / "none.pth", None, "../x")


def test_without_torch_the_extra_is_named(monkeypatch, user_models):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "choreai_live.commands.extras.find_spec",
        lambda name: None if name == "torch" else found(name),
    )
    with pytest.raises(ChoreaiError, match=r"needs torch: run `pip install 'choreai-live\[train\]"):
        call("models", "add", "alphapose", "a.pth")
