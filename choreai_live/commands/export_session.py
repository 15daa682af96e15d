"""``choreai-live export`` of a recorded session: its files for other programs."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

import av
from rich.progress import BarColumn, TextColumn, TimeRemainingColumn

from choreai_live.commands.console import progress_bar, say
from choreai_live.commands.extras import require_parquet_extra
from choreai_live.errors import OutputError
from choreai_live.outputs import (
    OutputFile,
    SeenPoses,
    alphapose_json,
    classification_json,
    classification_srt,
)
from choreai_live.outputs.poses_table import poses_csv
from choreai_live.session.annotated import write_annotated
from choreai_live.session.reading import RecordedSession
from choreai_live.session.report import session_report


@dataclass(frozen=True, slots=True)
class ExportPaths:
    """Where results go; None for those not wanted."""

    csv: Path | None = None
    json: Path | None = None
    srt: Path | None = None
    parquet: Path | None = None
    alphapose: Path | None = None
    video: Path | None = None

    @property
    def named(self) -> dict[str, Path]:
        """Those that are wanted, by the names of their options."""
        paths = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: path for name, path in paths.items() if path is not None}


def run(path: Path, paths: ExportPaths, alphapose_form: str) -> int:
    """Write everything that was asked for; one failure does not stop the others.

    Parameters
    ----------
    path
        The folder of the session.
    paths
        Where results go.
    alphapose_form
        One of :data:`choreai_live.recorded.forms.FORMS`.

    Returns
    -------
    int
        Exit status: 0, 1 if something could not be written, 2 if it was refused before.

    Raises
    ------
    ChoreaiError
        If the session cannot be read, or what writes a kind of file is not installed.
    """
    if paths.parquet is not None:
        require_parquet_extra()
    session = RecordedSession(path)
    if session.recording:
        say(f"{path} is still being recorded: what is there so far is written.")
    with ExitStack() as stack:
        try:
            files = _prepared(stack, session, paths)
        except OutputError as error:
            say(str(error))
            return 2
        failures = [job for job in _jobs(session, files, alphapose_form) if not _written(job)]
        return 1 if failures else 0


def _prepared(
    stack: ExitStack, session: RecordedSession, paths: ExportPaths
) -> dict[str, OutputFile]:
    """Make every file ready; refuse to write two into one, or over the session itself."""
    files: dict[str, OutputFile] = {}
    for name, path in paths.named.items():
        target = path.resolve()
        if target.parent == session.path.resolve() and target.exists():
            raise OutputError(f"{path} is part of the session: write the result somewhere else.")
        if any(target == other.path.resolve() for other in files.values()):
            raise OutputError(f"{path} is asked for twice: give each result a file of its own.")
        files[name] = stack.enter_context(OutputFile(path))
    return files


def _jobs(
    session: RecordedSession, files: dict[str, OutputFile], alphapose_form: str
) -> list[Callable[[], None]]:
    jobs: list[Callable[[], None]] = []
    if "csv" in files:
        jobs.append(lambda: files["csv"].write_parts(poses_csv(session)))
    if "parquet" in files:
        from choreai_live.outputs.poses_parquet import write_poses_parquet

        jobs.append(lambda: files["parquet"].write_by(partial(write_poses_parquet, session)))
    if files.keys() & {"json", "srt", "alphapose"}:
        seen = SeenPoses()
        report = session_report(session, seen)
        texts = {
            "json": lambda: [classification_json(report)],
            "srt": lambda: [classification_srt(report.sources[0])],
            "alphapose": lambda: alphapose_json(seen, alphapose_form),
        }
        for name, text in texts.items():
            if name in files:
                jobs.append(partial(lambda name, text: files[name].write_parts(text()), name, text))
    if "video" in files:
        jobs.append(lambda: _write_video(session, files["video"]))
    return jobs


def _written(job: Callable[[], None]) -> bool:
    try:
        job()
    except OutputError as error:
        say(str(error))
        return False
    return True


def _write_video(session: RecordedSession, file: OutputFile) -> None:
    columns = (TextColumn("Drawing"), BarColumn(), TimeRemainingColumn())
    with progress_bar(*columns) as progress:
        task = progress.add_task("", total=session.duration)

        def watch(seconds: float) -> None:
            progress.update(task, completed=seconds)

        try:
            file.write_by(lambda path: write_annotated(session, path, watch))
        except av.error.FFmpegError as error:
            raise OutputError(
                f"{file.path} cannot be written ({error.strerror}): choose another file."
            ) from error
