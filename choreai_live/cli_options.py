"""Options that several commands of the command line share."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from choreai_live.settings import EngineSettings


def _configure_logging(verbose: bool) -> bool:
    from choreai_live.commands.console import configure_logging

    configure_logging(verbose)
    return verbose


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
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose", "-v", help="Show the log on stderr.", metavar="", callback=_configure_logging
    ),
]


def engine_settings(
    pose: str, provider: str, precision: str, threads: int | None, style_model: Path | None
) -> "EngineSettings":
    """Return what these options say of the engine."""
    from choreai_live.settings import EngineSettings

    return EngineSettings(pose, provider, precision, threads, style_model)
