"""Checkpoints: what comes back, and what is refused."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")

from choreai_live.errors import OutputError  # noqa: E402
from choreai_live.training.checkpoints import (  # noqa: E402
    Checkpoint,
    CheckpointError,
    Shape,
    check_same_run,
    load_checkpoint,
    save_checkpoint,
)
from choreai_live.training.network import NetworkSettings, StyleNetwork  # noqa: E402

SHAPE = Shape(("a", "b", "c"), ("c",), 12.5, NetworkSettings(hidden_size=8, dropout=0.1))


@pytest.fixture
def network() -> StyleNetwork:
    torch.manual_seed(0)
    return StyleNetwork(3, SHAPE.network)


def test_a_checkpoint_comes_back_as_it_was(tmp_path: Path, network: StyleNetwork) -> None:
    path = tmp_path / "deep" / "network.pt"
    save_checkpoint(path, Checkpoint(SHAPE, network.state_dict(), 70, {}, "1.2", "made up"))
    found = load_checkpoint(path)
    assert (found.shape, found.done, found.version, found.statement, found.finished) == (
        SHAPE,
        70,
        "1.2",
        "made up",
        True,
    )
    for name, tensor in found.network().state_dict().items():
        torch.testing.assert_close(tensor, network.state_dict()[name], rtol=0, atol=0)
    assert list(path.parent.iterdir()) == [path]


class Trap:
    """Would write a file if it were unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


def test_a_file_from_a_stranger_runs_no_code(tmp_path: Path) -> None:
    sprung = tmp_path / "sprung"
    for number, save in enumerate((torch.save, lambda o, p: p.write_bytes(pickle.dumps(o)))):
        path = tmp_path / f"{number}.pt"
        save({"format": "choreai.network/1", "weights": Trap(sprung)}, path)
        with pytest.raises(CheckpointError, match="no checkpoint of choreai-live"):
            load_checkpoint(path)
    assert not sprung.exists()


@pytest.mark.parametrize("content", [b"", b"no checkpoint", b"PK\x03\x04 broken"])
def test_what_is_no_checkpoint_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.pt"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match=r"x\.pt is no checkpoint"):
        load_checkpoint(path)


def test_other_refusals_say_what_to_do(tmp_path: Path, network: StyleNetwork) -> None:
    with pytest.raises(CheckpointError, match="does not exist"):
        load_checkpoint(tmp_path / "none.pt")
    bare = tmp_path / "weights.pt"
    torch.save(network.state_dict(), bare)
    with pytest.raises(CheckpointError, match="no checkpoint of choreai-live"):
        load_checkpoint(bare)
    torch.save({"format": "choreai.network/1", "shape": {"labels": []}}, bare)
    with pytest.raises(CheckpointError, match="another version of choreai-live"):
        load_checkpoint(bare)
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        save_checkpoint(tmp_path / "file" / "x.pt", Checkpoint(SHAPE, {}, 0))


def test_weights_of_another_size_are_refused(network: StyleNetwork) -> None:
    wider = replace(SHAPE, network=NetworkSettings(hidden_size=9))
    with pytest.raises(CheckpointError, match="another kind or size"):
        Checkpoint(wider, network.state_dict(), 0).network()


def test_only_the_same_run_is_gone_on_with() -> None:
    path = Path("checkpoint.pt")
    running = Checkpoint(SHAPE, {}, 5, {"best_loss": 1.0})
    check_same_run(path, running, SHAPE)
    with pytest.raises(CheckpointError, match="labels a, b, c, not a, b, d"):
        check_same_run(path, running, replace(SHAPE, labels=("a", "b", "d")))
    with pytest.raises(CheckpointError, match="is the result of a run"):
        check_same_run(path, replace(running, run={}), SHAPE)
