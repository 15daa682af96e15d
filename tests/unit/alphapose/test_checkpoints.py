"""Files that are no checkpoint, or a hostile one: one sentence, and nothing executed."""

import os
import pickle
import zipfile

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from choreai_live.alphapose.checkpoints import read_checkpoint  # noqa: E402
from choreai_live.errors import ModelError  # noqa: E402

GOOD = {"a.weight": torch.arange(6.0).reshape(2, 3), "a.num_batches_tracked": torch.tensor(3)}


class Hostile:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, trace):
        self.trace = trace

    def __reduce__(self):
        return os.system, (f"touch '{self.trace}'",)


def refused(path):
    """Return the one sentence a file is refused with."""
    with pytest.raises(ModelError) as caught:
        read_checkpoint(path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.startswith(f"The checkpoint {path} ")
    return sentence


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "legacy"])
def test_both_formats_of_torch_are_read(tmp_path, zipped):
    torch.save(GOOD, tmp_path / "a.pth", _use_new_zipfile_serialization=zipped)
    read = read_checkpoint(tmp_path / "a.pth")
    assert list(read) == list(GOOD)
    assert torch.equal(read["a.weight"], GOOD["a.weight"])


@pytest.mark.parametrize("wrapper", ["state_dict", "model"])
def test_a_wrapper_and_a_prefix_are_taken_off(tmp_path, wrapper):
    inner = {f"module.{key}": tensor for key, tensor in GOOD.items()}
    torch.save({wrapper: inner, "epoch": 3}, tmp_path / "a.pth")
    assert list(read_checkpoint(tmp_path / "a.pth")) == list(GOOD)


def test_a_prefix_that_only_some_keys_have_stays(tmp_path):
    torch.save({**GOOD, "module.b": torch.ones(2)}, tmp_path / "a.pth")
    assert "module.b" in read_checkpoint(tmp_path / "a.pth")


def test_half_precision_becomes_single(tmp_path):
    torch.save({"a": torch.ones(2, dtype=torch.float16)}, tmp_path / "a.pth")
    assert read_checkpoint(tmp_path / "a.pth")["a"].dtype == torch.float32


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "legacy"])
def test_nothing_hostile_is_executed(tmp_path, zipped):
    trace, path = tmp_path / "executed", tmp_path / "hostile.pth"
    content = {**GOOD, "b.weight": Hostile(trace)}
    torch.save(content, path, _use_new_zipfile_serialization=zipped)
    assert "holds more than weights (posix.system); nothing of it was executed" in refused(path)
    assert not trace.exists()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_nothing_of_a_bare_pickle_is_executed(tmp_path, protocol):
    trace, path = tmp_path / "executed", tmp_path / "hostile.pth"
    path.write_bytes(pickle.dumps(Hostile(trace), protocol))
    refused(path)
    assert not trace.exists()
    pickle.loads(path.read_bytes())  # noqa: S301, to see that it would have left a trace
    assert trace.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty or cut short"),
        (b"these are no weights\n" * 9, "is not a checkpoint of torch"),
        (b"<!DOCTYPE html><title>Quota exceeded</title>", "is not a checkpoint of torch"),
        (bytes(range(256)) * 9, "is not a checkpoint of torch"),
        (pickle.dumps({"a": 1}, protocol=2)[:6], "is not a checkpoint of torch"),
    ],
    ids=["empty", "text", "html", "bytes", "torn pickle"],
)
def test_other_files_are_refused(tmp_path, content, reason):
    (tmp_path / "a.pth").write_bytes(content)
    assert reason in refused(tmp_path / "a.pth")


@pytest.mark.parametrize("zipped", [True, False], ids=["zip", "legacy"])
@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9])
def test_truncated_files_are_refused(tmp_path, zipped, kept):
    path = tmp_path / "a.pth"
    torch.save({"a": torch.zeros(2000)}, path, _use_new_zipfile_serialization=zipped)
    path.write_bytes(path.read_bytes()[: int(kept * path.stat().st_size)])
    assert "damaged" in refused(path)


def test_other_archives_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.pth", "w") as archive:
        archive.writestr("folder/data.pkl", "no pickle")
    assert "is not a checkpoint of torch" in refused(tmp_path / "a.pth")


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_torchscript_is_refused(tmp_path):
    torch.jit.trace(torch.nn.ReLU(), torch.zeros(1)).save(str(tmp_path / "a.pth"))
    assert "is a TorchScript archive" in refused(tmp_path / "a.pth")


def test_missing_files_and_folders_are_refused(tmp_path):
    assert "cannot be read (No such file" in refused(tmp_path / "none.pth")
    assert "cannot be read (Is a directory" in refused(tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"epoch": 3, "name": "x"}, "has int rather than weights in 'epoch'"),
        ([torch.ones(1)], "holds one list rather than a dict"),
        (torch.ones(1), "holds one Tensor rather than a dict"),
        ({}, "holds no weights"),
        ({3: torch.ones(1)}, "has a key that is no name (3)"),
        ({"a\nb": 1}, r"in 'a\nb'"),
        ({"a": torch.ones(2, dtype=torch.int32)}, "of an unusual kind (torch.int32) in 'a'"),
        ({"a": torch.ones(2, dtype=torch.complex64)}, "of an unusual kind (torch.complex64)"),
        ({"a": torch.ones(2, 2).to_sparse()}, "of an unusual kind (torch.float32)"),
        ({"a": torch.ones(2, device="meta")}, "of an unusual kind (torch.float32)"),
        ({"b": torch.ones(2), "a": torch.tensor([1.0, torch.nan])}, "not finite numbers in 'a'"),
        ({"a": torch.tensor([1e300], dtype=torch.float64)}, "not finite numbers in 'a'"),
        ({"a": np.ones(3)}, "holds more than weights (numpy."),
        (torch.nn.Linear(2, 2), "holds more than weights (torch.nn.modules.linear.Linear)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_state_dict_of_weights_is_refused(tmp_path, content, reason):
    torch.save(content, tmp_path / "a.pth")
    assert reason in refused(tmp_path / "a.pth")


@pytest.mark.parametrize("version", ["2.5.1", "2.9.1+cpu"])
def test_an_unsafe_torch_reads_nothing(tmp_path, monkeypatch, version):
    monkeypatch.setattr(torch, "__version__", version)
    with pytest.raises(ModelError, match=r"not safe against hostile .*'torch>=2\.10'"):
        read_checkpoint(tmp_path / "none.pth")
