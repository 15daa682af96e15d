"""The part of the command line that records, plays and exports sessions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from choreai_live.cli_options import (
    Pose,
    Precision,
    Provider,
    ReadyMade,
    SettingsFile,
    StyleModelFile,
    StylesFolder,
    Threads,
    Transport,
    Verbose,
    checked_form,
    engine_settings,
    given_options,
)


def record(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            help="Camera index, video file, address of a stream, folder of pictures, or demo.",
            metavar="SOURCE",
        ),
    ],
    folder: Annotated[
        Path | None,
        typer.Option(
            help="Where sessions are kept; each gets a folder of its own in it.",
            show_default="of the settings",
            metavar="FOLDER",
        ),
    ] = None,
    video: Annotated[
        bool,
        typer.Option(
            "--video/--no-video",
            help="Keep pictures, or skeletons and readouts only.",
            metavar="",
            show_default="of the settings",
        ),
    ] = True,
    overlay: Annotated[
        bool,
        typer.Option(
            "--overlay/--no-overlay",
            help="Draw skeletons and styles into the pictures, or do not.",
            metavar="",
            show_default="of the settings",
        ),
    ] = False,
    privacy: Annotated[
        bool,
        typer.Option(
            "--privacy",
            help="Keep skeletons on a dark ground in place of what the camera sees.",
            metavar="",
        ),
    ] = False,
    split_minutes: Annotated[
        float | None,
        typer.Option(
            help="Begin another file after so long, 60 at most.",
            min=0.01,
            max=60,
            show_default="of the settings",
            metavar="N",
        ),
    ] = None,
    split_megabytes: Annotated[
        float | None,
        typer.Option(
            help="Begin another file at that size; 0 for any.",
            min=0,
            show_default="of the settings",
            metavar="N",
        ),
    ] = None,
    disk_floor_megabytes: Annotated[
        float | None,
        typer.Option(
            help="Stop once less than this is free on the disk.",
            min=0,
            show_default="of the settings",
            metavar="N",
        ),
    ] = None,
    seconds: Annotated[
        float | None,
        typer.Option(help="Stop after so long.", min=0.1, show_default="never", metavar="S"),
    ] = None,
    transport: Transport = "tcp",
    settings: SettingsFile = None,
    provider: Provider = "auto",
    precision: Precision = "fp32",
    threads: Threads = None,
    pose: Pose = "blazepose",
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    ready_made: ReadyMade = True,
    verbose: Verbose = False,
) -> None:
    """Record who is seen and what is danced, with the pictures, until Ctrl-C.

    Prints the folder of the session. A camera or stream that is lost is reached again.
    What was recorded survives whatever happens to the program, but for the last second.
    """
    from choreai_live.commands import record as command

    status = command.run(
        source,
        engine_settings(pose, provider, precision, threads, style_model, styles_folder, ready_made),
        settings,
        given_options(context),
        seconds=seconds,
        transport=transport,
    )
    raise typer.Exit(status)


def replay(
    context: typer.Context,
    session: Annotated[
        Path, typer.Argument(help="The folder of a recorded session.", metavar="SESSION")
    ],
    fullscreen: Annotated[
        bool,
        typer.Option(
            "--fullscreen/--no-fullscreen",
            help="Fill the screen, or do not.",
            metavar="",
            show_default=False,
        ),
    ] = False,
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    ready_made: ReadyMade = True,
    verbose: Verbose = False,
) -> None:
    """Open the window on a recorded session, which then says again what it said.

    Any command takes a session for a source too: `choreai-live classify SESSION`.
    """
    from choreai_live.commands import replay as command

    raise typer.Exit(command.run(session, settings, given_options(context)))


def sessions(
    folder: Annotated[
        Path | None,
        typer.Argument(
            help="Where sessions are kept.", show_default="of the settings", metavar="FOLDER"
        ),
    ] = None,
    settings: SettingsFile = None,
    verbose: Verbose = False,
) -> None:
    """List the recorded sessions: length, dancers, size, and whether they are whole."""
    from choreai_live.commands import sessions as command

    raise typer.Exit(command.run(folder, settings))


#: Of ``export``: what fits a session, and what fits a run.
_OF_SESSIONS = ("csv", "json", "srt", "parquet", "alphapose", "alphapose_format", "video")
_OF_RUNS = ("out", "version", "statement")
_SESSION, _RUN = "Of a recorded session", "Of a training run"


def export(
    context: typer.Context,
    path: Annotated[
        Path,
        typer.Argument(
            help="The folder of a recorded session; or a run folder of training, or a "
            "checkpoint (.pt) in one.",
            metavar="SESSION|RUN",
        ),
    ],
    csv: Annotated[
        Path | None,
        typer.Option(
            help="Write one row per dancer and frame.", rich_help_panel=_SESSION, metavar="FILE"
        ),
    ] = None,
    json: Annotated[
        Path | None,
        typer.Option(
            help="Write who danced what when, as JSON.", rich_help_panel=_SESSION, metavar="FILE"
        ),
    ] = None,
    srt: Annotated[
        Path | None, typer.Option(help="Write subtitles.", rich_help_panel=_SESSION, metavar="FILE")
    ] = None,
    parquet: Annotated[
        Path | None,
        typer.Option(
            help="Write the rows of --csv as Parquet.", rich_help_panel=_SESSION, metavar="FILE"
        ),
    ] = None,
    alphapose: Annotated[
        Path | None,
        typer.Option(
            help="Write who was seen as AlphaPose does.", rich_help_panel=_SESSION, metavar="FILE"
        ),
    ] = None,
    alphapose_format: Annotated[
        str | None,
        typer.Option(
            help="Which of its forms: default, cmu or open.",
            show_default="default",
            rich_help_panel=_SESSION,
            metavar="NAME",
        ),
    ] = None,
    video: Annotated[
        Path | None,
        typer.Option(
            help="Write one MP4 with skeletons and styles drawn into the pictures.",
            rich_help_panel=_SESSION,
            metavar="FILE",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="The model file to write.", rich_help_panel=_RUN, metavar="FILE"),
    ] = None,
    version: Annotated[
        str | None,
        typer.Option(
            help="What the file says its version is.",
            show_default="as configured",
            rich_help_panel=_RUN,
            metavar="TEXT",
        ),
    ] = None,
    statement: Annotated[
        str | None,
        typer.Option(
            help="What the file says of its data and their terms.",
            show_default="as configured",
            rich_help_panel=_RUN,
            metavar="TEXT",
        ),
    ] = None,
    verbose: Verbose = False,
) -> None:
    """Write the files of a recorded session, or the model file (ONNX) of a training run.

    A session: `choreai-live export SESSION --csv FILE --video FILE`, any of them at once.
    A run, finished or not: `choreai-live export RUN --out FILE`.
    """
    from choreai_live.session.reading import is_session

    given = given_options(context)
    if not is_session(path):
        _refuse_options(given, _OF_SESSIONS, f"{path} is no recorded session")
        if out is None:
            raise typer.BadParameter(
                "name the model file to write; for a recorded session, give its folder and say "
                "what to write.",
                param_hint="--out",
            )
        from choreai_live.commands import export as run_command

        raise typer.Exit(run_command.run(path, out, version, statement))
    _refuse_options(given, _OF_RUNS, f"{path} is a recorded session, which holds no model")
    from choreai_live.commands import export_session as session_command

    paths = session_command.ExportPaths(csv, json, srt, parquet, alphapose, video)
    if not paths.named:
        raise typer.BadParameter(
            "say what to write: --csv, --json, --srt, --parquet, --alphapose or --video.",
            param_hint="SESSION",
        )
    form = checked_form(alphapose_format, alphapose)
    raise typer.Exit(session_command.run(path, paths, form))


def _refuse_options(given: Mapping[str, object], names: tuple[str, ...], reason: str) -> None:
    """Do not silently ignore what is meant for something else."""
    for name in names:
        if name in given:
            raise typer.BadParameter(f"{reason}; leave it out.", param_hint=f"--{_dashed(name)}")


def _dashed(name: str) -> str:
    return name.replace("_", "-")
