"""The part of the command line that teaches styles and keeps them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    given_options,
)

if TYPE_CHECKING:
    from choreai_live.commands.styles import Styles

styles_app = typer.Typer(no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="A style that you taught.", metavar="NAME")]
Label = Annotated[str, typer.Argument(help="A style of the style model.", metavar="STYLE")]
PackName = Annotated[
    str, typer.Argument(help="A pack of the list, or a style in it.", metavar="PACK")
]


def teach(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            help="What the style is called; one that you taught before learns more.",
            metavar="NAME",
        ),
    ],
    files: Annotated[
        list[str],
        typer.Argument(
            help="Videos of somebody who dances it; also sessions, folders of pictures, results "
            "of AlphaPose, and cameras.",
            metavar="FILE",
        ),
    ],
    family: Annotated[
        str | None,
        typer.Option(
            help="The style that this is a move of, such as afrobeat.",
            show_default="a style of its own",
            metavar="STYLE",
        ),
    ] = None,
    dancer: Annotated[
        int | None,
        typer.Option(
            help="Whom to learn from: the number that `classify` gives a dancer.",
            min=1,
            show_default="who takes up most of the picture",
            metavar="N",
        ),
    ] = None,
    provenance: Annotated[
        str | None,
        typer.Option(
            help="Where the files come from, to be kept with the style.",
            show_default=False,
            metavar="TEXT",
        ),
    ] = None,
    fps: Annotated[
        float,
        typer.Option(
            help="Frames per second that results of AlphaPose are of.",
            min=0.1,
            max=1000,
            metavar="N",
        ),
    ] = 30.0,
    transport: Transport = "tcp",
    settings: SettingsFile = None,
    provider: Provider = "auto",
    precision: Precision = "fp32",
    threads: Threads = None,
    pose: Pose = "blazepose",
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Teach a style: watch who dances it, learn it in seconds, and recognise it from then on.

    Half a minute of one dancer, from head to foot, is enough to begin with. No picture is
    kept. A file that cannot be read is skipped with a reason; the exit status is 1 then.
    """
    from choreai_live.commands import teach as command

    request = command.Request(name, family, dancer, provenance, fps)
    raise typer.Exit(command.run(request, files, settings, given_options(context)))


def _styles(context: typer.Context, settings: Path | None) -> "Styles":
    from choreai_live.commands.styles import Styles

    return Styles(settings, given_options(context))


@styles_app.command("list")
def styles_list(
    context: typer.Context,
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    ready_made: ReadyMade = True,
    verbose: Verbose = False,
) -> None:
    """List every style that can be recognised."""
    raise typer.Exit(_styles(context, settings).list())


@styles_app.command("show")
def styles_show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A taught style.", metavar="NAME")],
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Say when and from what a style was taught."""
    raise typer.Exit(_styles(context, settings).show(name))


@styles_app.command("remove")
def styles_remove(
    context: typer.Context,
    name: Name,
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Forget a style that you taught."""
    raise typer.Exit(_styles(context, settings).remove(name))


@styles_app.command("rename")
def styles_rename(
    context: typer.Context,
    name: Name,
    new: Annotated[str, typer.Argument(help="What to call it.", metavar="NEW")],
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Give a style that you taught another name."""
    raise typer.Exit(_styles(context, settings).rename(name, new))


@styles_app.command("merge")
def styles_merge(
    context: typer.Context,
    name: Name,
    into: Annotated[str, typer.Argument(help="The one that stays.", metavar="INTO")],
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Make one style of two that you taught."""
    raise typer.Exit(_styles(context, settings).merge(name, into))


@styles_app.command("mute")
def styles_mute(
    context: typer.Context,
    label: Label,
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Show a style of the style model as *not sure*."""
    raise typer.Exit(_styles(context, settings).mute(label, muted=True))


@styles_app.command("unmute")
def styles_unmute(
    context: typer.Context,
    label: Label,
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Show a style of the style model as itself again."""
    raise typer.Exit(_styles(context, settings).mute(label, muted=False))


@styles_app.command("on")
def styles_on(
    context: typer.Context,
    pack: PackName,
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Recognise what is in a pack."""
    raise typer.Exit(_styles(context, settings).activate(pack, active=True))


@styles_app.command("off")
def styles_off(
    context: typer.Context,
    pack: PackName,
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Recognise what is in a pack no longer, and keep it."""
    raise typer.Exit(_styles(context, settings).activate(pack, active=False))


@styles_app.command("export")
def styles_export(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Taught styles.", metavar="NAME")],
    path: Annotated[Path, typer.Option("--out", help="The file to write.", metavar="FILE")],
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Write styles into one file, a style pack, to be kept or shared."""
    raise typer.Exit(_styles(context, settings).export(names, path))


@styles_app.command("import")
def styles_import(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Style packs.", metavar="FILE")],
    settings: SettingsFile = None,
    style_model: StyleModelFile = None,
    styles_folder: StylesFolder = None,
    verbose: Verbose = False,
) -> None:
    """Take in style packs, once they were checked; a style you have learns what they know."""
    raise typer.Exit(_styles(context, settings).bring_in(files))
