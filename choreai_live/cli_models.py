"""``choreai-live models``: the part of the command line that is about model files."""

from pathlib import Path
from typing import Annotated

import typer

from choreai_live.cli_options import Verbose

models_app = typer.Typer(no_args_is_help=True)
models_add_app = typer.Typer(no_args_is_help=True)
models_app.add_typer(models_add_app, name="add", help="Add a model of your own: AlphaPose, YOLOX.")


@models_app.command("list")
def models_list() -> None:
    """List the shipped and added models: purpose, licence and sha256."""
    from choreai_live.commands import models as command

    raise typer.Exit(command.list_models())


@models_app.command("verify")
def models_verify() -> None:
    """Check that every model file is the one the catalogue promises, or that was added."""
    from choreai_live.commands import models as command

    raise typer.Exit(command.verify())


AddedName = Annotated[
    str | None,
    typer.Option(
        "--name", help="What to call it.", show_default="told by the file", metavar="NAME"
    ),
]


@models_add_app.command("alphapose")
def models_add_alphapose(
    checkpoint: Annotated[
        Path, typer.Argument(help="A checkpoint of AlphaPose (.pth).", metavar="CHECKPOINT")
    ],
    architecture: Annotated[
        str | None,
        typer.Option(
            help="The network it must be, such as fast_res50.",
            show_default="recognised",
            metavar="NAME",
        ),
    ] = None,
    name: AddedName = None,
    verbose: Verbose = False,
) -> None:
    """Check a checkpoint of AlphaPose, and keep it as a model this program runs.

    FastPose, FastPose-DUC, SimplePose or HRNet, for the joints of COCO-17 or Halpe-26.
    """
    from choreai_live.commands import models as command

    raise typer.Exit(command.add_alphapose(checkpoint, architecture, name))


@models_add_app.command("yolox")
def models_add_yolox(
    file: Annotated[Path, typer.Argument(help="YOLOX as exported (.onnx).", metavar="FILE")],
    name: AddedName = None,
    verbose: Verbose = False,
) -> None:
    """Check an ONNX file of the person detector YOLOX, and keep a copy."""
    from choreai_live.commands import models as command

    raise typer.Exit(command.add_yolox(file, name))
