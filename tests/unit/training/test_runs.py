"""A run on a tiny generated dataset: from a configuration to a model the program accepts."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs torch: pip install choreai-live[train]")
pytest.importorskip("matplotlib")
pytest.importorskip("pydantic")
pytest.importorskip("onnxruntime", reason="needs ONNX Runtime to read the export back")

from made_dances import LABELS, made_dances, write_dances  # noqa: E402

from choreai_live.configuration import ConfigurationError  # noqa: E402
from choreai_live.errors import ChoreaiError  # noqa: E402
from choreai_live.style import StyleModel  # noqa: E402
from choreai_live.training.assessment import assess  # noqa: E402
from choreai_live.training.configuration import (  # noqa: E402
    Configuration,
    LabelChoice,
    SplitSettings,
)
from choreai_live.training.fitting import Entry, TrainingStopped  # noqa: E402
from choreai_live.training.network import NetworkSettings  # noqa: E402
from choreai_live.training.run_folder import export_run  # noqa: E402
from choreai_live.training.runs import Observer, train  # noqa: E402
from choreai_live.training.settings import TrainingSettings  # noqa: E402
from choreai_live.training.streams import StreamSettings  # noqa: E402

TINY = TrainingSettings(
    (),
    updates=6,
    validate_every=2,
    averaging=0.5,
    network=NetworkSettings(hidden_size=8, dropout=0.1),
    streams=StreamSettings(dancers=4, steps=15),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dances(tmp_path_factory.mktemp("data"))


@pytest.fixture
def configuration(data: Path, tmp_path: Path) -> Configuration:
    return Configuration((data,), tmp_path / "run", training=TINY)


class Watcher:
    """Notes everything, and stops where it was told to."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.sentences: list[str] = []
        self.updates: list[tuple[int, int]] = []
        self._stop_after = stop_after

    @property
    def observer(self) -> Observer:
        return Observer(
            self.sentences.append,
            self._note,
            lambda: self.updates[-1][1] == self._stop_after,
        )

    def _note(self, seed: int, entry: Entry) -> None:
        self.updates.append((seed, entry.update))


def updates_in(path: Path) -> list[int]:
    with path.open(encoding="utf-8", newline="") as file:
        return [int(row["update"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def learnt(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a run that is long enough to learn something."""
    folder = tmp_path_factory.mktemp("runs") / "learnt"
    settings = replace(
        TINY,
        updates=60,
        validate_every=15,
        learning_rate=2e-2,
        averaging=0.9,
        network=NetworkSettings(hidden_size=16, dropout=0.0),
        streams=StreamSettings(dancers=10, steps=30),
    )
    train(
        Configuration((data,), folder, split=SplitSettings(test=0.2), training=settings),
        Watcher().observer,
    )
    return folder


def test_a_run_leaves_everything_that_speaks_for_its_model(learnt: Path) -> None:
    names = {path.name for path in learnt.iterdir()}
    assert names == {
        "config.toml",
        "run.json",
        "history.csv",
        "metrics.json",
        "network.pt",
        "style.onnx",
        "report.md",
        "learning_curves.png",
        "confusion-validation.png",
        "confusion-test.png",
        "reliability-validation.png",
        "reliability-test.png",
    }
    report = (learnt / "report.md").read_text(encoding="utf-8")
    assert all(f"({name})" in report for name in names if name.endswith(".png"))
    held = json.loads((learnt / "run.json").read_text(encoding="utf-8"))["data"]
    assert held["labels"]["waving"]["test"] == {"sequences": 1, "seconds": 4.0, "groups": 1}
    assert not set(held["validation_groups"]) & set(held["test_groups"])
    assert updates_in(learnt / "history.csv") == list(range(1, 61))


def test_the_model_reads_dancers_it_has_never_seen(learnt: Path) -> None:
    model = StyleModel(learnt / "style.onnx")
    assert model.labels == LABELS
    assert "terms of that data were not stated" in model.statement
    found = assess(model, made_dances(6, seed=99))
    assert found.balanced_accuracy >= 0.75
    assert found.confusion.sum() == 12
    metrics = json.loads((learnt / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["validation"]["recalls"].keys() == set(LABELS)


def test_what_is_exported_later_is_the_same_model(learnt: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.onnx"
    assert export_run(learnt, again, version="9", statement="mine").finished
    first, second = StyleModel(learnt / "style.onnx"), StyleModel(again)
    assert (second.version, second.statement) == ("9", "mine")
    rng = np.random.default_rng(0)
    keypoints = rng.uniform(0, 300, (2, first.context + 4, 17, 3)).astype(np.float32)
    for one, other in zip(
        first.step(keypoints, *first.initial_state(2)),
        second.step(keypoints, *second.initial_state(2)),
        strict=True,
    ):
        np.testing.assert_array_equal(one, other)


def test_a_broken_off_run_goes_on_and_exports_meanwhile(
    configuration: Configuration, tmp_path: Path
) -> None:
    with pytest.raises(TrainingStopped):
        train(configuration, Watcher(stop_after=3).observer)
    middle = tmp_path / "middle.onnx"
    checkpoint = export_run(configuration.out, middle)
    assert (checkpoint.finished, checkpoint.done) == (False, 3)
    assert StyleModel(middle).version == "unfinished"
    # What came after the last checkpoint of a run that was killed is done, and written, again.
    with (configuration.out / "history.csv").open("a", encoding="utf-8") as file:
        file.write("4,0.001,0.7,,\n5,0.001,0.7,,\n")
    watcher = Watcher()
    metrics = train(configuration, watcher.observer)
    assert watcher.updates == [(0, 4), (0, 5), (0, 6)]
    assert updates_in(configuration.out / "history.csv") == [1, 2, 3, 4, 5, 6]
    assert not (configuration.out / "checkpoint.pt").exists()
    watcher = Watcher()
    assert train(configuration, watcher.observer) == metrics
    assert not watcher.updates
    assert any("finished" in sentence for sentence in watcher.sentences)


def test_the_same_seed_gives_the_same_model_and_seeds_are_summed_up(
    configuration: Configuration, tmp_path: Path
) -> None:
    two = replace(configuration, seeds=(4, 0))
    single = replace(configuration, out=tmp_path / "single", seeds=(4,))
    seeds = train(two, Watcher().observer)
    alone = train(single, Watcher().observer)[0]
    for measured in (*seeds, alone):
        del measured["seconds_since_start_or_resume"]
    assert seeds[0] == alone
    assert seeds[1] != alone
    histories = [folder / "history.csv" for folder in (two.out / "seed-4", single.out)]
    assert histories[0].read_bytes() == histories[1].read_bytes()
    summary = json.loads((two.out / "summary.json").read_text(encoding="utf-8"))
    errors = [m["validation"]["calibration_error"] for m in seeds]
    found = summary["validation"]["calibration_error"]
    assert found["mean"] == pytest.approx(np.mean(errors), abs=1e-4)
    assert found["spread"] == pytest.approx(np.std(errors, ddof=1), abs=1e-4)
    with pytest.raises(ChoreaiError, match="name one of seed-0, seed-4"):
        export_run(two.out, tmp_path / "x.onnx")


def test_without_validation_everything_is_trained_on_and_said(
    configuration: Configuration,
) -> None:
    watcher = Watcher()
    metrics = train(replace(configuration, split=SplitSettings(0.0)), watcher.observer)[0]
    assert metrics["temperature"] == 1.0
    assert not {"validation", "test"} & set(metrics)
    assert any("not calibrated" in sentence for sentence in watcher.sentences)
    assert "nothing is known" in (configuration.out / "report.md").read_text(encoding="utf-8")


def _other_file(configuration: Configuration) -> Configuration:
    configuration.out.mkdir()
    (configuration.out / "thesis.txt").touch()
    return configuration


def _other_settings(configuration: Configuration) -> Configuration:
    with pytest.raises(TrainingStopped):
        train(configuration, Watcher(stop_after=1).observer)
    return replace(configuration, training=replace(TINY, updates=9))


def _other_data(configuration: Configuration) -> Configuration:
    folder = write_dances(configuration.out.parent / "own")
    configuration = replace(configuration, data=(folder,))
    with pytest.raises(TrainingStopped):
        train(configuration, Watcher(stop_after=1).observer)
    write_dances(folder, seed=5)
    return configuration


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_other_file, "is not empty and no run folder"),
        (_other_settings, r"another training.updates \(6, now 9\)"),
        (_other_data, "The data has changed"),
    ],
)
def test_a_folder_that_holds_something_else_is_left_alone(
    configuration: Configuration, change: Callable[[Configuration], Configuration], says: str
) -> None:
    changed = change(configuration)
    before = {path: path.stat().st_mtime_ns for path in configuration.out.rglob("*")}
    with pytest.raises(ConfigurationError, match=says):
        train(changed, Watcher().observer)
    assert {path: path.stat().st_mtime_ns for path in configuration.out.rglob("*")} == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"labels": LabelChoice(rename={"waving": "bouncing"})}, "only one label"),
        ({"labels": LabelChoice(rename={"weaving": "x"})}, "No sequence has the style 'weaving'"),
        ({"labels": LabelChoice(unsure=("other",))}, "'other', which no sequence is labelled"),
        (
            {"training": replace(TINY, streams=StreamSettings(idle_style="idle"))},
            "training.streams.idle_style names 'idle', which is no label",
        ),
        ({"split": SplitSettings(test_groups=("me",))}, "neither a group nor a source"),
    ],
)
def test_data_that_cannot_be_trained_on_is_refused_before_anything_is_written(
    configuration: Configuration, change: dict[str, object], says: str
) -> None:
    with pytest.raises(ChoreaiError, match=says) as caught:
        train(replace(configuration, **change), Watcher().observer)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    assert not configuration.out.exists()


def test_a_learning_rate_that_is_far_too_high_is_said(configuration: Configuration) -> None:
    settings = replace(TINY, updates=60, learning_rate=1e38)
    with pytest.raises(ChoreaiError, match="lower learning_rate"):
        train(replace(configuration, training=settings), Watcher().observer)
