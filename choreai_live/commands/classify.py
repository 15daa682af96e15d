"""``choreai-live classify``: what is danced in any number of sources."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from choreai_live.capture import Source, Supervision, mask_credentials
from choreai_live.classification import (
    ClassificationReport,
    DancerReport,
    SourceReport,
    classify_poses,
    classify_source,
    report_on,
    report_on_poses,
)
from choreai_live.commands.console import out, paused, progress_bar, say
from choreai_live.commands.results import ResultPaths, Results
from choreai_live.commands.source_states import SourceStates
from choreai_live.errors import OutputError
from choreai_live.messages import Snapshot
from choreai_live.outputs import SeenPoses
from choreai_live.pipeline import Engine, load_style_model
from choreai_live.replay import Replay
from choreai_live.settings import EngineSettings
from choreai_live.teaching import Library

INTERRUPTED = 130

#: Pictures per second of recorded poses, unless the user says otherwise.
ASSUMED_FPS = 30.0

_Watch = Callable[[Source | Replay, Snapshot], None]


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reads sources of one kind, and puts their reports together."""

    read: Callable[[str, _Watch], SourceReport]
    report: Callable[[list[SourceReport]], ClassificationReport]


def run(
    specs: list[str],
    settings: EngineSettings,
    paths: ResultPaths,
    *,
    poses: bool = False,
    fps: float | None = None,
    transport: str = "tcp",
) -> int:
    """Classify every source, print a table of each, write the files asked for.

    Parameters
    ----------
    specs
        The sources.
    settings
        What to load.
    paths
        Where results go.
    poses
        Whether the sources are results of AlphaPose, to be read without their videos.
    fps
        Pictures per second that these are of.
    transport
        How RTSP is to come: ``"tcp"`` or ``"udp"``.

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
            results = Results(stack, specs, paths)
        except OutputError as error:
            say(str(error))
            return 2
        reader = (
            _reader_of_poses(settings, fps) if poses else _reader_of_pictures(settings, transport)
        )
        seen: list[SeenPoses] = []
        reports, interrupted = _classify_all(reader, specs, seen if results.want_poses else None)
        if interrupted:
            say(f"Stopped; {len(reports)} of {len(specs)} sources were finished.")
        written = results.write(reader.report(reports), seen)
    if interrupted:
        return INTERRUPTED
    return 0 if written and all(source.error is None for source in reports) else 1


def _reader_of_pictures(settings: EngineSettings, transport: str) -> _Reader:
    engine = Engine(settings)
    for notice in engine.notices:
        say(notice)

    def read(spec: str, watch: _Watch) -> SourceReport:
        supervision = Supervision(listener=SourceStates(), transport=transport)
        return classify_source(engine, spec, watch, supervision)

    return _Reader(read, partial(report_on, engine))


def _reader_of_poses(settings: EngineSettings, fps: float | None) -> _Reader:
    if fps is None:
        say(
            "Results of AlphaPose do not say how fast their pictures came: "
            f"{ASSUMED_FPS:g} a second are assumed; say with --fps if there were others."
        )
    model = load_style_model(settings)
    library = Library(model, settings.taught_styles, ready_made=settings.ready_made_styles)
    for notice in library.notices:
        say(notice)
    return _Reader(
        partial(classify_poses, model, fps or ASSUMED_FPS, styles=library),
        partial(report_on_poses, model),
    )


def _classify_all(
    reader: _Reader, specs: list[str], seen: list[SeenPoses] | None
) -> tuple[list[SourceReport], bool]:
    """Return the reports of the sources that were finished, and whether Ctrl-C came.

    Who was seen in each source is added to ``seen``, if that is wanted.
    """
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
                poses = None if seen is None else SeenPoses()
                report = _classify_one(reader, spec, progress, poses)
                if seen is not None and poses is not None:
                    seen.append(poses)
                reports.append(report)
                with paused(progress):
                    for sentence in (*report.notices, *([report.error] if report.error else [])):
                        say(sentence)
                    if report.error is None or report.dancers:
                        out.print(table_of(report))
        except KeyboardInterrupt:
            return reports, True
    return reports, False


def _classify_one(
    reader: _Reader, spec: str, progress: Progress, poses: SeenPoses | None
) -> SourceReport:
    name = Path(mask_credentials(spec)).name[-30:]
    task = progress.add_task(escape(name), total=None, count="opening")

    def watch(source: Source | Replay, snapshot: Snapshot) -> None:
        if poses is not None:
            poses.note(snapshot)
        time = snapshot.frame.time
        of = "" if source.duration is None else f" of {clock(source.duration)}"
        progress.update(task, total=source.duration, completed=time, count=f"{clock(time)}{of}")

    try:
        return reader.read(spec, watch)
    finally:
        progress.remove_task(task)


def table_of(report: SourceReport) -> Table:
    """Return the table that is printed for one source."""
    size = "" if report.size is None else f"{report.size[0]} x {report.size[1]}, "
    length = "" if report.duration is None else f"{clock(report.duration)}, "
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
            clock(segment.start),
            clock(segment.end),
            _label(segment.words),
            Text(f"{segment.confidence:.0%}"),
            Text.assemble(_label(label), f" {share:.0%}") if share else "",
        )
    table.add_section()


def _label(label: str | None) -> Text:
    return Text("not sure", style="dim") if label is None else Text(label)


def clock(seconds: float) -> str:
    """Return a time as people read it: ``"2:05.3"``."""
    minutes, tenths = divmod(round(seconds * 10), 600)
    return f"{minutes}:{tenths / 10:04.1f}"
