"""The command line: every command, thin.

Each command imports what it needs when it runs, so that ``--help`` is quick
and works even where ONNX Runtime or Qt is missing.
"""

from pathlib import Path
from typing import Annotated

import typer

from choreai_live import __version__
from choreai_live import cli_window as options
from choreai_live.cli_credentials import credentials_app
from choreai_live.cli_kiosk import kiosk_app, settings_app
from choreai_live.cli_models import models_app
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
from choreai_live.cli_session import export, record, replay, sessions
from choreai_live.cli_teaching import styles_app, teach
from choreai_live.cli_training import evaluate, extract, train

app = typer.Typer(
    name="choreai-live",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(models_app, name="models", help="List the models, check their files, or add one.")
app.add_typer(
    styles_app, name="styles", help="List the taught styles, share them, switch them off."
)
app.add_typer(
    credentials_app, name="credentials", help="Keep passwords of streams, or forget them."
)
app.add_typer(kiosk_app, name="kiosk", help="Start the kiosk at login, and set its PIN.")
app.add_typer(settings_app, name="settings", help="Show and check the settings file.")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"choreai-live {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    source: options.Source = None,
    transport: Transport = "tcp",
    provider: Provider = "auto",
    precision: Precision = "fp32",
    threads: Threads = None,
    pose: Pose = "blazepose",
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    ready_made: ReadyMade = True,
    fullscreen: options.Fullscreen = False,
    mirror: options.Mirror = None,
    theme: options.Theme = None,
    text_scale: options.TextScale = None,
    language: options.Language = "system",
    trails: options.Trails = None,
    skeletons_only: options.SkeletonsOnly = None,
    kiosk: options.Kiosk = False,
    display: options.Display = None,
    most_tags: options.MostTags = None,
    quit_keys: options.QuitKeys = None,
    invitation: options.Invitation = None,
    record: options.Record = None,
    status_page: options.StatusPage = None,
    status_host: options.StatusHost = None,
    status_port: options.StatusPort = None,
    recordings: options.Recordings = None,
    video: options.Video = None,
    overlay: options.Overlay = None,
    split_minutes: options.SplitMinutes = None,
    split_megabytes: options.SplitMegabytes = None,
    disk_floor_megabytes: options.DiskFloorMegabytes = None,
    log_folder: options.LogFolder = None,
    log_level: options.LogLevel = None,
    log_megabytes: options.LogMegabytes = None,
    log_kept: options.LogKept = None,
    settings: SettingsFile = None,
    verbose: Verbose = False,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            help="Print the version.",
            metavar="",
            callback=_print_version,
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Read which style is being danced, live: afrobeat, classical, hiphop, or *not sure*.

    Without a command, opens the window, or with --kiosk the kiosk. The options here are
    theirs, and win over the settings file; those of a command stand after it.
    """
    if context.invoked_subcommand is not None:
        _refuse_window_options(context)
        return
    given = given_options(context)
    if kiosk:
        if source and len(source) > 1:
            raise typer.BadParameter("the kiosk shows one source.", param_hint="--source")
        from choreai_live.commands import kiosk as kiosk_command

        raise typer.Exit(kiosk_command.run(settings, given))
    for name in options.KIOSK_ALONE:
        if name in given:
            raise typer.BadParameter(
                "only the kiosk has it; add --kiosk.", param_hint=f"--{name.replace('_', '-')}"
            )
    from choreai_live.commands import window as command

    raise typer.Exit(command.run(settings, given))


def _refuse_window_options(context: typer.Context) -> None:
    """Do not silently ignore what was meant for the command."""
    given = given_options(context)
    for parameter in context.command.params:
        if parameter.name in given and parameter.name != "verbose":
            raise typer.BadParameter(
                f"before '{context.invoked_subcommand}' it would only change the window; "
                "put it after the command.",
                param_hint=parameter.opts[0],
            )


@app.command()
def classify(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Video files, addresses of streams, folders of pictures, or a camera index; with "
            "--poses, results of AlphaPose.",
            metavar="SOURCE",
        ),
    ],
    poses: Annotated[
        bool,
        typer.Option(
            "--poses",
            help="Every SOURCE is a JSON file of AlphaPose (or the folder of one), read without "
            "its video.",
            metavar="",
        ),
    ] = False,
    fps: Annotated[
        float | None,
        typer.Option(
            help="Frames per second of the videos that --poses are of.",
            min=0.1,
            max=1000,
            show_default="30",
            metavar="N",
        ),
    ] = None,
    json_path: Annotated[
        Path | None,
        typer.Option("--json", help="Write everything as JSON.", metavar="FILE"),
    ] = None,
    csv_path: Annotated[
        Path | None,
        typer.Option("--csv", help="Write one row per segment.", metavar="FILE"),
    ] = None,
    srt_path: Annotated[
        Path | None,
        typer.Option(
            "--srt",
            help="Write subtitles; with several sources, a folder that gets one file for each.",
            metavar="FILE",
        ),
    ] = None,
    alphapose_path: Annotated[
        Path | None,
        typer.Option(
            "--alphapose",
            help="Write who was seen as AlphaPose does; with several sources, a folder.",
            metavar="FILE",
        ),
    ] = None,
    alphapose_form: Annotated[
        str | None,
        typer.Option(
            "--alphapose-format",
            help="Which of its forms: default, cmu or open.",
            show_default="default",
            metavar="NAME",
        ),
    ] = None,
    transport: Transport = "tcp",
    provider: Provider = "auto",
    precision: Precision = "fp32",
    threads: Threads = None,
    pose: Pose = "blazepose",
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    ready_made: ReadyMade = True,
    verbose: Verbose = False,
) -> None:
    """Print, and write to files, what is danced in any number of sources.

    A source that cannot be read is skipped with a reason, and the exit status is 1 at
    the end. Ctrl-C ends a camera or stream, or stops the work and keeps what is finished.
    """
    if fps is not None and not poses:
        raise typer.BadParameter(
            "only results of AlphaPose need to be told it; add --poses, or leave it out.",
            param_hint="--fps",
        )
    form = checked_form(alphapose_form, alphapose_path)
    from choreai_live.commands import classify as command
    from choreai_live.commands.results import ResultPaths

    status = command.run(
        sources,
        engine_settings(pose, provider, precision, threads, style_model, styles_folder, ready_made),
        ResultPaths(json_path, csv_path, srt_path, alphapose_path, form),
        poses=poses,
        fps=fps,
        transport=transport,
    )
    raise typer.Exit(status)


@app.command()
def devices() -> None:
    """List the cameras and execution providers of this machine."""
    from choreai_live.commands import devices as command

    raise typer.Exit(command.run())


@app.command()
def bench(
    source: Annotated[
        str | None,
        typer.Argument(help="Any source; without it, the demo.", metavar="SOURCE"),
    ] = None,
    dancers: Annotated[
        int | None,
        typer.Option(
            help="Dancers of the demo, 1 to 4.", min=1, max=4, show_default="1", metavar="N"
        ),
    ] = None,
    seconds: Annotated[
        float, typer.Option(help="How long to measure, after 3 s of warm-up.", min=0.1, metavar="S")
    ] = 20.0,
    live: Annotated[
        bool,
        typer.Option(
            "--live", help="Play at the source's own rate, newest wins, as the window.", metavar=""
        ),
    ] = False,
    agreement: Annotated[
        bool,
        typer.Option(
            "--agreement",
            help="Compare the keypoints with those of the CPU in fp32 as well.",
            metavar="",
        ),
    ] = False,
    json_path: Annotated[
        Path | None, typer.Option("--json", help="Write the numbers as JSON.", metavar="FILE")
    ] = None,
    provider: Provider = "auto",
    precision: Precision = "fp32",
    threads: Threads = None,
    pose: Pose = "blazepose",
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    ready_made: ReadyMade = True,
    verbose: Verbose = False,
) -> None:
    """Measure latency per stage, frames per second and memory on this machine."""
    if dancers is not None and source not in (None, "demo"):
        raise typer.BadParameter(
            "only the demo has a choosable number of dancers; leave the source out.",
            param_hint="--dancers",
        )
    from choreai_live.commands import bench as command

    status = command.run(
        None if source == "demo" else source,
        engine_settings(pose, provider, precision, threads, style_model, styles_folder, ready_made),
        dancers=dancers or 1,
        seconds=seconds,
        live=live,
        agreement=agreement,
        json_path=json_path,
    )
    raise typer.Exit(status)


for command in (teach, record, replay, sessions, export, extract, train, evaluate):
    app.command()(command)
