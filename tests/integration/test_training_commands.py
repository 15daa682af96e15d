"""``train``, ``evaluate`` and ``export`` as a user meets them."""

import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")
pytest.importorskip("matplotlib")
pytest.importorskip("pydantic")

from made_dances import write_dances

from choreai_live.cli import app
from choreai_live.commands.interruption import Interruption
from choreai_live.errors import ChoreaiError
from choreai_live.style import StyleModel

SMALL = """
[training]
updates = {updates}
validate_every = 2
network = {{ hidden_size = 8 }}
streams = {{ dancers = 4, steps = 15 }}
"""


@pytest.fixture(scope="module")
def runner() -> CliRunner:
    return CliRunner(env={"COLUMNS": "100", "TERM": "dumb"})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("user")
    write_dances(folder / "data")
    head = 'data = ["data"]\nout = "{name}"\n'
    for name, updates in (("run", 3), ("endless", 10**6)):
        text = head.format(name=name) + SMALL.format(updates=updates)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def model(runner: CliRunner, folder: Path) -> Path:
    """Return the model that ``train`` made."""
    result = runner.invoke(app, ["train", str(folder / "run.toml")], catch_exceptions=False)
    assert result.exit_code == 0
    assert "validation groups" in result.output
    return folder / "run" / "style.onnx"


def test_the_example_is_a_configuration(runner: CliRunner, tmp_path: Path) -> None:
    from choreai_live.training.configuration import read_configuration

    result = runner.invoke(app, ["train", "--example"])
    path = tmp_path / "my.toml"
    path.write_text(result.stdout, encoding="utf-8")
    assert read_configuration(path).data == (tmp_path / "data",)


def test_train_without_a_configuration_says_how_to_get_one(runner: CliRunner) -> None:
    result = runner.invoke(app, ["train"])
    assert result.exit_code == 2
    assert "--example" in result.output


def test_a_model_is_evaluated_on_data_under_other_names(
    runner: CliRunner, folder: Path, model: Path, tmp_path: Path
) -> None:
    arguments = ["evaluate", str(model), str(folder / "data"), "--out", str(tmp_path / "eval")]
    mapping = ["--map", "waving=bouncing", "--map", "bouncing="]
    result = runner.invoke(app, [*arguments, *mapping], catch_exceptions=False)
    assert result.exit_code == 0
    assert "recall of bouncing" in result.output
    held = json.loads((tmp_path / "eval" / "evaluation.json").read_text(encoding="utf-8"))
    assert (held["sequences"], list(held["recalls"])) == (5, ["bouncing"])
    names = {path.name for path in (tmp_path / "eval").iterdir()}
    assert names == {"evaluation.json", "confusion.png", "reliability.png"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--map", "waving"], "is not NAME=LABEL"),
        (["--map", "=x"], "is not NAME=LABEL"),
        (["--column", "name"], "choose style or substyle"),
    ],
)
def test_wrong_usage_of_evaluate_is_said(
    runner: CliRunner, arguments: list[str], says: str
) -> None:
    result = runner.invoke(app, ["evaluate", "x.onnx", "data", *arguments])
    assert result.exit_code == 2
    assert says in result.output


def test_a_label_the_model_does_not_know_can_be_mapped(
    runner: CliRunner, folder: Path, model: Path
) -> None:
    arguments = ["evaluate", str(model), str(folder / "data"), "--map", "waving=tap"]
    result = runner.invoke(app, arguments)
    assert isinstance(result.exception, ChoreaiError)
    assert "map it with --map 'tap=LABEL'" in str(result.exception)


def test_ctrl_c_saves_what_export_can_use(runner: CliRunner, folder: Path, tmp_path: Path) -> None:
    history = folder / "endless" / "history.csv"

    def press_once_training_runs() -> None:
        while not (history.exists() and history.read_text(encoding="utf-8").count("\n") > 2):
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    finger = threading.Thread(target=press_once_training_runs, daemon=True)
    finger.start()
    result = runner.invoke(app, ["train", str(folder / "endless.toml")], catch_exceptions=False)
    finger.join()
    assert result.exit_code == 130
    assert "goes on from there" in result.output
    out = tmp_path / "middle.onnx"
    result = runner.invoke(app, ["export", str(folder / "endless"), "--out", str(out)])
    assert result.exit_code == 0
    assert "not calibrated" in result.output
    assert StyleModel(out).labels == ("bouncing", "waving")


def test_a_second_ctrl_c_and_one_before_anything_is_done_stop_at_once() -> None:
    with Interruption("Stopping.") as interruption:
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        interruption.arm()
        signal.raise_signal(signal.SIGINT)
        assert interruption.asked
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
