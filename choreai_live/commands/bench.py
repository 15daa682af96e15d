"""``choreai-live bench``: measure, print as a table, write as JSON."""

import json
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Group
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from choreai_live.agreement import SAME, Agreement, agreement_with_cpu
from choreai_live.bench import STAGES, BenchReport, measure, render_demo
from choreai_live.commands.console import out, progress_bar, say
from choreai_live.errors import OutputError
from choreai_live.pipeline import Engine
from choreai_live.settings import EngineSettings
from choreai_live.writing import OutputFile


def run(
    spec: str | None,
    settings: EngineSettings,
    *,
    dancers: int = 1,
    seconds: float = 20.0,
    live: bool = False,
    agreement: bool = False,
    json_path: Path | None = None,
) -> int:
    """Measure one source, or ``dancers`` demo dancers if there is none.

    With ``agreement``, the keypoints are compared with those of the CPU afterwards.

    Returns
    -------
    int
        Exit status: 0, or 2 if the output was refused before the work.

    Raises
    ------
    ChoreaiError
        If the source cannot be read, the models cannot be loaded or the result
        cannot be written.
    """
    with ExitStack() as stack:
        try:
            file = None if json_path is None else stack.enter_context(OutputFile(json_path))
        except OutputError as error:
            say(str(error))
            return 2
        engine = Engine(settings)
        for notice in engine.notices:
            say(notice)
        name = spec
        if spec is None:
            spec = name = f"demo?dancers={dancers}"
        if spec.partition("?")[0] == "demo":
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="choreai-bench-")))
            spec, name = str(_rendered(spec, folder)), f"{spec}, rendered beforehand"
        report = _measured(engine, spec, seconds, live)
        if agreement:  # afterwards, since the reference takes memory as well
            report.agreement = _agreement(engine, spec)
        report.source = name or report.source
        out.print(table_of(report))
        if file is not None:
            file.write(json.dumps(report.as_json(), indent=2, allow_nan=False) + "\n")
    return 0


def _rendered(spec: str, folder: Path) -> Path:
    with progress_bar(TextColumn("Rendering the demo"), BarColumn()) as progress:
        progress.add_task("", total=None)
        return render_demo(spec, folder / "demo.mp4")


def _agreement(engine: Engine, spec: str) -> Agreement:
    with progress_bar(TextColumn("Comparing with the CPU"), BarColumn()) as progress:
        progress.add_task("", total=None)
        return agreement_with_cpu(engine, spec)


def _measured(engine: Engine, spec: str, seconds: float, live: bool) -> BenchReport:
    columns = (TextColumn("Measuring"), BarColumn(), TimeRemainingColumn())
    with progress_bar(*columns) as progress:
        task = progress.add_task("", total=seconds)
        return measure(
            engine,
            spec,
            seconds=seconds,
            live=live,
            watch=lambda measured: progress.update(task, completed=measured),
        )


def table_of(report: BenchReport) -> Group:
    """Return what is printed of a report: stages, then everything else."""
    stages = Table(title=Text(report.source, style="bold"), title_justify="left", min_width=60)
    stages.add_column("Milliseconds")
    stages.add_column("")
    for column in ("p50", "p95", "p99"):
        stages.add_column(column, justify="right")
    for stage, row in report.percentiles().items():
        numbers = (f"{row[p]:.1f}" for p in ("p50", "p95", "p99"))
        stages.add_row(stage, Text(STAGES[stage], style="dim"), *numbers)
    memory = report.memory_summary()
    machine, models = report.setting["machine"], report.setting["models"]
    rest = Table.grid(padding=(0, 2))
    rest.add_row("Frames per second", f"{report.fps:.1f}{' (live)' if report.live else ''}")
    rest.add_row("Frames", f"{report.frames} in {report.seconds:.1f} s, {report.dropped} dropped")
    rest.add_row("Dancers in view", f"{report.dancers:.2f} on average, read as one batch")
    rest.add_row(
        "Memory",
        f"{memory['mean']:.0f} MB resident, peak {memory['peak']:.0f}, "
        f"grew by {memory['growth']:.1f}",
    )
    rest.add_row("Models", f"{models['pose']}, style {models['style']}")
    rest.add_row(
        "Run on", f"{models['provider']}, {models['precision']}, threads: {models['threads']}"
    )
    if report.agreement is not None:
        rest.add_row("Same as the CPU", _in_words(report.agreement.as_json()))
    rest.add_row(
        "Machine",
        Text(
            f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, "
            f"load {machine['load_before']} before"
        ),
    )
    rest.add_row(
        "System",
        Text(f"{machine['os']}, Python {machine['python']}, ONNX Runtime {machine['onnxruntime']}"),
    )
    return Group(stages, rest)


def _in_words(agreement: dict[str, Any]) -> str:
    found = f"{agreement['people'] - agreement['missed']} of {agreement['people']} people found"
    if agreement["mean_px"] is None:
        return found
    return (
        f"{found}, {agreement['added']} more; keypoints {agreement['mean_px']:.2f} px apart on "
        f"average, {agreement['max_px']:.1f} at most, "
        f"{agreement[f'pck_{SAME:.0f}px']:.2%} within {SAME:.0f} px"
    )
