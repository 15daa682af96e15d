"""What the program measures of itself: that it measures, not how fast it is."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from choreai_live.bench import STAGES, BenchReport, measure, render_demo
from choreai_live.capture import open_source
from choreai_live.cli import app
from choreai_live.errors import SourceError
from choreai_live.machine import describe_machine
from choreai_live.messages import Frame, Snapshot
from choreai_live.pipeline import Engine, Pipeline

SMALL = "demo?seconds=1&width=240&height=180"


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def test_a_source_is_repeated_until_the_time_is_up(engine: Engine) -> None:
    watched: list[float] = []
    report = measure(
        engine, "demo?seconds=0.1&width=240&height=180",
        seconds=0.5, warm_up=0.0, watch=watched.append,
    )  # fmt: skip
    assert report.seconds >= 0.5
    assert report.frames == len(watched) > 3  # there are three frames in the source
    assert watched == sorted(watched)
    assert (report.live, report.dropped) == (False, 0)
    assert report.fps == pytest.approx(report.frames / report.seconds)


def test_every_stage_has_its_percentiles_and_only_live_has_latency(engine: Engine) -> None:
    report = measure(engine, SMALL, seconds=0.4, warm_up=0.0)
    parts = [report.milliseconds[stage] for stage in ("read", "pose", "tracking", "style")]
    for *part, whole in zip(*parts, report.milliseconds["frame"], strict=True):
        assert sum(part) <= whole
    offline = report.percentiles()
    assert list(offline) == [stage for stage in STAGES if stage != "latency"]
    live = measure(engine, SMALL, seconds=0.4, warm_up=0.0, live=True).percentiles()
    assert list(live) == list(STAGES)
    for row in (offline | live).values():
        assert 0 <= row["p50"] <= row["p95"] <= row["p99"]


def test_the_warm_up_is_not_counted(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[float] = []
    snapshot = Pipeline.snapshot

    def counting(pipeline: Pipeline, frame: Frame) -> Snapshot:
        taken.append(frame.time)
        return snapshot(pipeline, frame)

    monkeypatch.setattr(Pipeline, "snapshot", counting)
    everything = measure(engine, SMALL, seconds=0.2, warm_up=0.0)
    assert everything.frames == len(taken)
    taken.clear()
    warm = measure(engine, SMALL, seconds=0.2, warm_up=0.2)
    assert 0 < warm.frames < len(taken)
    assert warm.dancers == 1


def test_what_cannot_be_read_is_not_measured(engine: Engine) -> None:
    with pytest.raises(SourceError, match=r"missing\.mp4"):
        measure(engine, "missing.mp4", seconds=1)


def test_growth_is_that_of_the_medians() -> None:
    noise = [1.0 if i % 7 == 0 else 0.0 for i in range(100)]
    memory = [300 + i / 10 + spike for i, spike in enumerate(noise)]
    report = BenchReport("x", live=False, setting={}, memory=memory)
    summary = report.memory_summary()
    assert summary["growth"] == pytest.approx(9.0, abs=0.3)
    assert summary["peak"] == pytest.approx(310.8)


def test_the_demo_is_rendered_beforehand(tmp_path: Path) -> None:
    video = render_demo("demo?dancers=2&seconds=0.5&width=240&height=180", tmp_path / "demo.mp4")
    with open_source(str(video)) as source:
        frames = 0
        while source.read() is not None:
            frames += 1
        assert (frames, source.size) == (15, (240, 180))


def test_the_machine_is_named() -> None:
    machine = describe_machine()
    assert machine["cpu"]
    assert int(machine["cores"]) >= 1
    assert str(machine["python"]).startswith("3.")
    assert {"memory_gb", "load_before", "os", "onnxruntime"} <= set(machine)


def test_the_command_prints_a_table_and_writes_json(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    runner = CliRunner(env={"COLUMNS": "80", "TERM": "dumb"})
    options = ["--seconds", "0.3", "--threads", "1", "--agreement", "--json", str(path)]
    result = runner.invoke(app, ["bench", SMALL, *options])
    assert result.exit_code == 0, result.output
    assert "Frames per second" in result.stdout
    document = json.loads(path.read_text("utf-8"))
    assert document["schema"] == "choreai.bench/1"
    assert document["source"] == f"{SMALL}, rendered beforehand"
    assert document["milliseconds"]["pose"]["p95"] > 0
    assert document["memory_mb"]["peak"] > 0
    assert document["models"]["provider"] == "cpu"
    assert document["models"]["precision"] == "fp32"
    assert document["models"]["threads"] == 1
    assert document["agreement"]["people"] == document["agreement"]["frames"] == 30
    assert document["agreement"]["max_px"] == 0.0
    assert "30 of 30 people found" in " ".join(result.stdout.split())
    assert document["machine"]["cpu"]


def test_the_command_tells_that_half_precision_brings_nothing_on_the_cpu() -> None:
    options = ["--seconds", "0.1", "--provider", "cpu", "--precision", "fp16"]
    result = CliRunner(env={"COLUMNS": "80", "TERM": "dumb"}).invoke(
        app, ["bench", SMALL, *options]
    )
    assert result.exit_code == 0, result.output
    assert "brings nothing on the CPU" in result.output
    assert "cpu, fp32" in result.stdout
