"""``choreai-live classify``: what is danced in any number of sources."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from choreai_live.capture import Source, mask_credentials
from choreai_live.classification import (
    ClassificationReport,
    DancerReport,
    SourceReport,
    classify_source,
    report_on,
)
from choreai_live.commands.console import out, paused, progress_bar, say
from choreai_live.errors import OutputError
from choreai_live.messages import Snapshot
from choreai_live.outputs import (
    OutputFile,
    OutputFolder,
    classification_csv,
    classification_json,
    classification_srt,
    subtitle_names,
)
from choreai_live.pipeline import Engine
from choreai_live.settings import EngineSettings

INTERRUPTED = 130


def run(
    specs: list[str],
    settings: EngineSettings,
    *,
    json_path: Path | None = None,
    csv_path: Path | None = None,
    srt_path: Path | None = None,
) -> int:
    """Classify every source, print a table of each, write the files asked for.

    Returns
    -------
    int
        Exit status: 0, 1 if a source could not be read or a result not be
        written, 2 if an output was refused before the work, 130 after Ctrl-C.

    Raises
    ------
    ModelError, ProviderError
        If the models cannot be loaded.
    """
    with ExitStack() as stack:
        try:
            _protect_sources(specs, [json_path, csv_path, srt_path])
            json_file = _prepare(stack, json_path)
            csv_file = _prepare(stack, csv_path)
            subtitles = _prepare_subtitles(stack, srt_path, len(specs))
        except OutputError as error:
            say(str(error))
            return 2
        engine = Engine(settings)
        for notice in engine.notices:
            say(notice)
        reports, interrupted = _classify_all(engine, specs)
        if interrupted:
            say(f"Stopped; {len(reports)} of {len(specs)} sources were finished.")
        report = report_on(engine, reports)
        written = _write(report, json_file, csv_file, subtitles)
    if interrupted:
        return INTERRUPTED
    return 0 if written and all(source.error is None for source in reports) else 1


def _protect_sources(specs: list[str], outputs: list[Path | None]) -> None:
    """Refuse to write over a source, or two results into one file."""
    sources = {Path(spec).resolve() for spec in specs if "://" not in spec}
    named: set[Path] = set()
    for path in outputs:
        if path is None:
            continue
        target = path.resolve()
        if target in sources:
            raise OutputError(f"{path} is one of the sources: write the result somewhere else.")
        if target in named and not (target.exists() and not target.is_file()):
            raise OutputError(f"{path} is asked for twice: give each result a file of its own.")
        named.add(target)


def _prepare(stack: ExitStack, path: Path | None) -> OutputFile | None:
    return None if path is None else stack.enter_context(OutputFile(path))


def _prepare_subtitles(
    stack: ExitStack, path: Path | None, sources: int
) -> OutputFile | OutputFolder | None:
    if path is None:
        return None
    if sources > 1 or path.is_dir():
        return OutputFolder(path)
    return stack.enter_context(OutputFile(path))


def _classify_all(engine: Engine, specs: list[str]) -> tuple[list[SourceReport], bool]:
    """Return the reports of the sources that were finished, and whether Ctrl-C came."""
    reports: list[SourceReport] = []
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeRemainingColumn(),
    )
    with progress_bar(*columns) as progress:
        overall = progress.add_task("sources", total=len(specs), count="", visible=len(specs) > 1)
        try:
            for number, spec in enumerate(specs):
                progress.update(overall, completed=number, count=f"{number} of {len(specs)}")
                report = _classify_one(engine, spec, progress)
                reports.append(report)
                with paused(progress):
                    if report.error is not None:
                        say(report.error)
                    if report.error is None or report.dancers:
                        out.print(table_of(report))
        except KeyboardInterrupt:
            return reports, True
    return reports, False


def _classify_one(engine: Engine, spec: str, progress: Progress) -> SourceReport:
    name = Path(mask_credentials(spec)).name[-30:]
    task = progress.add_task(escape(name), total=None, count="opening")

    def watch(source: Source, snapshot: Snapshot) -> None:
        time = snapshot.frame.time
        of = "" if source.duration is None else f" of {_clock(source.duration)}"
        progress.update(task, total=source.duration, completed=time, count=f"{_clock(time)}{of}")

    try:
        return classify_source(engine, spec, watch)
    finally:
        progress.remove_task(task)


def _write(
    report: ClassificationReport,
    json_file: OutputFile | None,
    csv_file: OutputFile | None,
    subtitles: OutputFile | OutputFolder | None,
) -> bool:
    """Write everything that was asked for; one failure does not stop the others."""
    jobs: list[Callable[[], None]] = []
    if json_file is not None:
        jobs.append(partial(json_file.write, classification_json(report)))
    if csv_file is not None:
        jobs.append(partial(csv_file.write, classification_csv(report)))
    names = subtitle_names(source.source for source in report.sources)
    for name, source in zip(names, report.sources, strict=True):
        if not source.frames:
            continue
        if isinstance(subtitles, OutputFolder):
            jobs.append(partial(subtitles.write, name, classification_srt(source)))
        elif subtitles is not None:
            jobs.append(partial(subtitles.write, classification_srt(source)))
    complete = True
    for job in jobs:
        try:
            job()
        except OutputError as error:
            say(str(error))
            complete = False
    return complete


def table_of(report: SourceReport) -> Table:
    """Return the table that is printed for one source."""
    size = "" if report.size is None else f"{report.size[0]} x {report.size[1]}, "
    length = "" if report.duration is None else f"{_clock(report.duration)}, "
    table = Table(
        title=Text(report.source, style="bold"),
        caption=f"{size}{length}{report.frames} frames",
        title_justify="left",
        caption_justify="left",
        min_width=60,
    )
    table.add_column("Dancer", justify="right")
    table.add_column("From", justify="right")
    table.add_column("To", justify="right")
    table.add_column("Style")
    table.add_column("Confidence", justify="right")
    table.add_column("Share of the time")
    for dancer in report.dancers:
        _add_dancer(table, dancer)
    if not report.dancers:
        table.add_row("", "", "", Text("nobody seen", style="dim"), "", "")
    return table


def _add_dancer(table: Table, dancer: DancerReport) -> None:
    shares = iter(dancer.shares().items())
    for i, segment in enumerate(dancer.segments):
        label, share = next(shares, (None, 0.0))
        table.add_row(
            str(dancer.id) if i == 0 else "",
            _clock(segment.start),
            _clock(segment.end),
            _label(segment.label),
            Text(f"{segment.confidence:.0%}"),
            Text.assemble(_label(label), f" {share:.0%}") if share else "",
        )
    table.add_section()


def _label(label: str | None) -> Text:
    return Text("not sure", style="dim") if label is None else Text(label)


def _clock(seconds: float) -> str:
    minutes, tenths = divmod(round(seconds * 10), 600)
    return f"{minutes}:{tenths / 10:04.1f}"
