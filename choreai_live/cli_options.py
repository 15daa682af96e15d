"""Options that several commands of the command line share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from choreai_live.settings import EngineSettings


def _configure_logging(verbose: bool) -> bool:
    from choreai_live.commands.console import configure_logging

    configure_logging(verbose)
    return verbose


def _known_transport(transport: str) -> str:
    if transport not in ("tcp", "udp"):
        raise typer.BadParameter("choose tcp or udp.")
    return transport


Pose = Annotated[
    str,
    typer.Option(
        help="How poses are estimated: blazepose, movenet (rougher), or alphapose (a model you "
        "added; alphapose:NAME for one of several).",
        metavar="NAME",
    ),
]
Provider = Annotated[
    str,
    typer.Option(
        help="Where models run: auto (CUDA if there is one, else CPU), cuda, tensorrt, "
        "openvino, directml, coreml or cpu.",
        metavar="NAME",
    ),
]
Precision = Annotated[
    str,
    typer.Option(help="What models compute in: fp32, or on a GPU fp16.", metavar="NAME"),
]
Threads = Annotated[
    int | None,
    typer.Option(
        help="Threads of the models on the CPU.",
        min=1,
        show_default="as many as suit the cores",
        metavar="N",
    ),
]
StyleModelFile = Annotated[
    Path | None,
    typer.Option("--style-model", help="A style model of your own.", metavar="FILE"),
]
StylesFolder = Annotated[
    Path | None,
    typer.Option(
        "--styles-folder",
        help="Where the styles you taught are kept.",
        show_default="your folder for data",
        metavar="FOLDER",
    ),
]
ReadyMade = Annotated[
    bool,
    typer.Option(
        "--ready-made/--no-ready-made",
        help="Recognise the taught styles that came with the program, or do not.",
        metavar="",
        show_default=False,
    ),
]
Transport = Annotated[
    str,
    typer.Option(
        help="How RTSP comes: tcp, or udp where a camera has nothing else.",
        metavar="NAME",
        callback=_known_transport,
    ),
]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        help="The settings file. Without it: the one that `settings path` names.",
        metavar="FILE",
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose", "-v", help="Show the log on stderr.", metavar="", callback=_configure_logging
    ),
]


def engine_settings(
    pose: str,
    provider: str,
    precision: str,
    threads: int | None,
    style_model: Path | None,
    styles_folder: Path | None,
    ready_made: bool,
) -> "EngineSettings":
    """Return what these options say of the engine."""
    from choreai_live.settings import EngineSettings

    return EngineSettings(
        pose, provider, precision, threads, style_model, styles_folder, ready_made
    )


def given_options(context: typer.Context) -> dict[str, Any]:
    """Return what was said on the command line, without defaults."""
    sources = {name: context.get_parameter_source(name) for name in context.params}
    return {
        name: value
        for name, value in context.params.items()
        if (source := sources[name]) is not None and source.name == "COMMANDLINE"
    }


def checked_form(form: str | None, file: Path | None) -> str:
    """Return the form of AlphaPose's results that was asked for.

    Raises
    ------
    typer.BadParameter
        If there is no such form, or no file was named for it.
    """
    from choreai_live.recorded.forms import FORMS

    if form is not None and file is None:
        raise typer.BadParameter(
            "name the file to write with --alphapose.", param_hint="--alphapose-format"
        )
    if form not in (None, *FORMS):
        raise typer.BadParameter(
            f"choose one of {', '.join(FORMS)}.", param_hint="--alphapose-format"
        )
    return form or FORMS[0]
