"""The part of the command line that makes datasets and style models."""

from pathlib import Path
from typing import Annotated

import typer

from choreai_live.cli_options import Pose, Provider, Verbose


def extract(
    videos: Annotated[
        list[Path],
        typer.Argument(
            help="Video files, folders of them, or results of AlphaPose.", metavar="VIDEO"
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The dataset: a folder.", metavar="FOLDER")
    ],
    labels: Annotated[
        Path | None,
        typer.Option(
            help="A CSV file with the columns file,label and perhaps group. Without it, each "
            "video is labelled by the name of its folder.",
            metavar="CSV",
        ),
    ] = None,
    unlabelled: Annotated[
        bool,
        typer.Option(
            "--unlabelled",
            help="Keep videos without a label; names of folders are none then.",
            metavar="",
        ),
    ] = False,
    source: Annotated[
        str | None,
        typer.Option(
            help="What to call where these videos come from; training balances the sources of "
            "a style.",
            show_default="name of the dataset",
            metavar="NAME",
        ),
    ] = None,
    fps: Annotated[
        float | None,
        typer.Option(
            help="Frames per second of the videos that results of AlphaPose are of.",
            min=0.1,
            max=1000,
            metavar="N",
        ),
    ] = None,
    dancers: Annotated[
        int,
        typer.Option(
            help="The most dancers followed at once: 1 keeps bystanders out of solos.",
            min=1,
            max=6,
            metavar="N",
        ),
    ] = 6,
    shortest: Annotated[
        float,
        typer.Option(help="Seconds below which a dancer is not kept.", min=0.1, metavar="S"),
    ] = 2.0,
    workers: Annotated[
        int | None,
        typer.Option(help="Videos at a time.", min=1, show_default="half the cores", metavar="N"),
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(help="Work on a Ray cluster: auto, local, or an address.", metavar="ADDRESS"),
    ] = None,
    provider: Provider = "auto",
    pose: Pose = "blazepose",
    verbose: Verbose = False,
) -> None:
    """Extract pose sequences to train on: one for each dancer of any number of videos.

    What a dataset already has is not extracted again, so that Ctrl-C loses nothing. A
    video that cannot be read is skipped with a reason, and the exit status is 1 at the end.
    """
    from choreai_live.commands import extract as command
    from choreai_live.extraction.dancing import CuttingSettings
    from choreai_live.extraction.extractor import ExtractionSettings

    settings = ExtractionSettings(pose, provider, fps, dancers, CuttingSettings(shortest=shortest))
    status = command.run(
        videos,
        out,
        settings,
        command.LabelSettings(labels, unlabelled, source),
        command.WorkSettings(workers, ray),
    )
    raise typer.Exit(status)


def train(
    config: Annotated[
        Path | None,
        typer.Argument(help="A TOML file that says what to train on, and how.", metavar="CONFIG"),
    ] = None,
    example: Annotated[
        bool,
        typer.Option(
            "--example", help="Print a CONFIG to begin with, and nothing else.", metavar=""
        ),
    ] = False,
    verbose: Verbose = False,
) -> None:
    """Train a style model of your own on a dataset.

    Writes a run folder: the model, what it was trained on, how well it reads dancers
    that were kept from it. Ctrl-C saves the state; the same command goes on from there.
    """
    from choreai_live.commands import train as command

    if example:
        raise typer.Exit(command.print_example())
    if config is None:
        raise typer.BadParameter(
            "name a file; `choreai-live train --example` prints one to begin with.",
            param_hint="CONFIG",
        )
    raise typer.Exit(command.run(config))


def evaluate(
    model: Annotated[Path, typer.Argument(help="A style model (.onnx).", metavar="MODEL")],
    data: Annotated[list[Path], typer.Argument(help="Folders of pose sequences.", metavar="DATA")],
    out: Annotated[
        Path | None,
        typer.Option(help="Write numbers (JSON) and pictures there.", metavar="FOLDER"),
    ] = None,
    rename: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help="Read a label of the data as one of the model; nothing after = leaves it out. "
            "As often as needed.",
            metavar="NAME=LABEL",
        ),
    ] = None,
    column: Annotated[
        str, typer.Option(help="Which label of the data counts: style or substyle.", metavar="NAME")
    ] = "style",
    verbose: Verbose = False,
) -> None:
    """Measure how well a style model reads a dataset it was not trained on."""
    if column not in ("style", "substyle"):
        raise typer.BadParameter("choose style or substyle.", param_hint="--column")
    mapping = dict(_name_and_label(pair) for pair in rename or [])
    from choreai_live.commands import evaluate as command

    status = command.run(
        model,
        data,
        rename=mapping,
        column="substyle" if column == "substyle" else "style",
        folder=out,
    )
    raise typer.Exit(status)


def _name_and_label(pair: str) -> tuple[str, str]:
    name, equals, label = pair.partition("=")
    if not name or not equals:
        raise typer.BadParameter(f"'{pair}' is not NAME=LABEL.", param_hint="--map")
    return name, label
