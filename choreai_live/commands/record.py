"""``choreai-live record``: a source to a session, until somebody ends it."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import fields, replace
from pathlib import Path
from threading import Timer
from typing import Any

from rich.progress import Progress, TaskID, TextColumn

from choreai_live.capture import Source, Supervision, open_source
from choreai_live.capture.status import SourceState, SourceStatus
from choreai_live.commands.classify import clock
from choreai_live.commands.console import out, progress_bar, say
from choreai_live.commands.ending import Ending
from choreai_live.configuration import load_settings
from choreai_live.configuration.sections import RecordingSection
from choreai_live.errors import SourceError
from choreai_live.pipeline import Engine, Pipeline
from choreai_live.session import (
    RecordingSettings,
    SessionAbout,
    SessionRecorder,
    finish_interrupted,
)
from choreai_live.session.refusals import shown_bytes
from choreai_live.settings import EngineSettings


def run(
    spec: str,
    engine_settings: EngineSettings,
    settings_file: Path | None,
    options: Mapping[str, Any],
    *,
    seconds: float | None = None,
    transport: str = "tcp",
) -> int:
    """Record one source until it ends, Ctrl-C, SIGTERM, or the disk has no more room.

    Parameters
    ----------
    spec
        The source.
    engine_settings
        What to load.
    settings_file
        Says what and where to record; None for the user's own.
    options
        What was given on the command line, by the names of the settings; it wins.
    seconds
        How long to record; None for as long as there is something.
    transport
        How RTSP comes.

    Returns
    -------
    int
        Exit status: 0, or 1 if recording could not go on.

    Raises
    ------
    ChoreaiError
        If the source cannot be opened, the models cannot be loaded, or nothing can be
        recorded there.
    """
    section = _section(settings_file, options)
    settings = RecordingSettings.configured(section, privacy=bool(options.get("privacy")))
    for finished in finish_interrupted(section.place):
        say(f"{finished} had been interrupted, and is finished now.")
    engine = Engine(engine_settings)
    for notice in engine.notices:
        say(notice)
    with ExitStack() as stack:
        ending = stack.enter_context(Ending())
        notes = _Notes()
        source = open_source(
            spec, supervision=Supervision(listener=notes.take, transport=transport)
        )
        pipeline = stack.enter_context(engine.pipeline(source, keep=0.0))
        recorder = stack.enter_context(
            SessionRecorder(
                section.place, settings, SessionAbout.of(engine, source), patient=not source.live
            )
        )
        out.print(str(recorder.path), soft_wrap=True, markup=False)
        ending.arm(source.close)
        failure = _record(pipeline, recorder, notes, seconds)
        recorder.close()
    failure = failure or recorder.failure
    if failure is not None:
        say(failure)
    say(_summary(recorder))
    return 0 if failure is None else 1


def _section(settings_file: Path | None, options: Mapping[str, Any]) -> RecordingSection:
    loaded = load_settings(settings_file)
    if loaded.notice:
        say(loaded.notice)
    known = {field.name for field in fields(RecordingSection)}
    given = {name: value for name, value in options.items() if name in known}
    return replace(loaded.settings.recording, **given)


class _Notes:
    """Puts what becomes of a source into the session, and on the terminal."""

    def __init__(self) -> None:
        self.recorder: SessionRecorder | None = None
        self.progress: Progress | None = None
        self.time = 0.0

    def take(self, status: SourceStatus) -> None:
        recorder, progress = self.recorder, self.progress
        if recorder is None or progress is None or status.state is SourceState.ENDED:
            return
        recorder.note(status.state.value, status.sentence, self.time)
        if status.sentence and status.attempt <= 1:  # not what is tried again and again
            progress.console.print(status.sentence, soft_wrap=True, markup=False)


def _record(
    pipeline: Pipeline, recorder: SessionRecorder, notes: _Notes, seconds: float | None
) -> str | None:
    """Record until there is an end to it; return what went wrong with the source."""
    source = pipeline.source
    with progress_bar(TextColumn("Recording"), TextColumn("{task.fields[count]}")) as progress:
        task = progress.add_task("", total=None, count="")
        notes.recorder, notes.progress = recorder, progress
        first: float | None = None
        timer: Timer | None = None
        try:
            for snapshot in pipeline:
                time = notes.time = snapshot.frame.time
                if first is None:
                    first = time
                    timer = _end_after(source, seconds)
                if seconds is not None and time - first >= seconds:
                    break
                recorder.record(snapshot)
                if recorder.failure is not None:
                    break
                _show(progress, task, recorder, time - first)
        except SourceError as error:
            return str(error)
        finally:
            notes.recorder = None
            if timer is not None:
                timer.cancel()
    return None


def _end_after(source: Source, seconds: float | None) -> Timer | None:
    """Have a live source closed after so long, whether or not it still sends anything."""
    if seconds is None or not source.live:
        return None
    timer = Timer(seconds, source.close)
    timer.daemon = True
    timer.start()
    return timer


def _show(progress: Progress, task: TaskID, recorder: SessionRecorder, time: float) -> None:
    size = shown_bytes(recorder.bytes_written)
    progress.update(task, count=f"{clock(time)}, {size}")


def _summary(recorder: SessionRecorder) -> str:
    words = f"{recorder.frames} frames, {shown_bytes(recorder.bytes_written)}"
    if recorder.dropped_pictures:
        words += f"; {recorder.dropped_pictures} without their picture, as the encoder was behind"
    return f"{words}: {recorder.path}"
