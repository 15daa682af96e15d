"""The command line: every command, thin.

Each command imports what it needs when it runs, so that ``--help`` is quick
and works even where ONNX Runtime or Qt is missing.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from choreai_live import __version__

if TYPE_CHECKING:
    from choreai_live.settings import EngineSettings

app = typer.Typer(
    name="choreai-live",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
models_app = typer.Typer(no_args_is_help=True)
app.add_typer(models_app, name="models", help="List the models, check their files, or add one.")
models_add_app = typer.Typer(no_args_is_help=True)
models_app.add_typer(models_add_app, name="add", help="Add a model of your own: AlphaPose, YOLOX.")


def _configure_logging(verbose: bool) -> bool:
    from choreai_live.commands.console import configure_logging

    configure_logging(verbose)
    return verbose


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"choreai-live {__version__}")
        raise typer.Exit


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


def _settings(
    pose: str, provider: str, precision: str, threads: int | None, style_model: Path | None
) -> "EngineSettings":
    from choreai_live.settings import EngineSettings

    return EngineSettings(pose, provider, precision, threads, style_model)


@app.callback(invoke_without_command=True)
def window(
    context: typer.Context,
    source: Annotated[
        str | None,
        typer.Option(
            "--source",
            "-s",
            help="Camera index, video file, address of a stream (rtsp, rtsps, http, https), "
            "folder of pictures, or demo. Without it: the first camera, else the demo.",
            metavar="SOURCE",
        ),
    ] = None,
    provider: Provider = "auto",
    precision: Precision = "fp32",
    threads: Threads = None,
    pose: Pose = "blazepose",
    style_model: StyleModelFile = None,
    fullscreen: Annotated[
        bool, typer.Option("--fullscreen", help="Fill the screen.", metavar="")
    ] = False,
    mirror: Annotated[
        bool | None,
        typer.Option(
            "--mirror/--no-mirror",
            help="Mirror the picture, or do not. Without it: cameras are mirrored.",
            metavar="",
            show_default=False,
        ),
    ] = None,
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

    Without a command, opens the window. The options here are the window's; those of
    a command stand after it.
    """
    if context.invoked_subcommand is not None:
        _refuse_window_options(context)
        return
    from choreai_live.commands import window as command

    status = command.run(
        source,
        _settings(pose, provider, precision, threads, style_model),
        fullscreen=fullscreen,
        mirror=mirror,
    )
    raise typer.Exit(status)


def _refuse_window_options(context: typer.Context) -> None:
    """Do not silently ignore what was meant for the command."""
    for parameter in context.command.params:
        given = context.get_parameter_source(parameter.name or "")
        if given is not None and given.name == "COMMANDLINE" and parameter.name != "verbose":
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
    provider: Provider = "auto",
    precision: Precision = "fp32",
    threads: Threads = None,
    pose: Pose = "blazepose",
    style_model: StyleModelFile = None,
    verbose: Verbose = False,
) -> None:
    """Print, and write to files, what is danced in any number of sources.

    A source that cannot be read is skipped with a reason, and the exit status is 1 at
    the end. Ctrl-C ends a camera or stream, or stops the work and keeps what is finished.
    """
    from choreai_live.recorded.forms import FORMS

    if fps is not None and not poses:
        raise typer.BadParameter(
            "only results of AlphaPose need to be told it; add --poses, or leave it out.",
            param_hint="--fps",
        )
    if alphapose_form is not None and alphapose_path is None:
        raise typer.BadParameter(
            "name the file to write with --alphapose.", param_hint="--alphapose-format"
        )
    if alphapose_form not in (None, *FORMS):
        raise typer.BadParameter(
            f"choose one of {', '.join(FORMS)}.", param_hint="--alphapose-format"
        )
    from choreai_live.commands import classify as command
    from choreai_live.commands.results import ResultPaths

    form = alphapose_form or FORMS[0]
    status = command.run(
        sources,
        _settings(pose, provider, precision, threads, style_model),
        ResultPaths(json_path, csv_path, srt_path, alphapose_path, form),
        poses=poses,
        fps=fps,
    )
    raise typer.Exit(status)


@app.command()
def devices() -> None:
    """List the cameras and execution providers of this machine."""
    from choreai_live.commands import devices as command

    raise typer.Exit(command.run())


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
        _settings(pose, provider, precision, threads, style_model),
        dancers=dancers or 1,
        seconds=seconds,
        live=live,
        agreement=agreement,
        json_path=json_path,
    )
    raise typer.Exit(status)


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
def export(
    run: Annotated[
        Path, typer.Argument(help="A run folder, or a checkpoint (.pt) in one.", metavar="RUN")
    ],
    out: Annotated[Path, typer.Option(help="The model file to write.", metavar="FILE")],
    version: Annotated[
        str | None,
        typer.Option(
            help="What the file says its version is.",
            show_default="as configured",
            metavar="TEXT",
        ),
    ] = None,
    statement: Annotated[
        str | None,
        typer.Option(
            help="What the file says of its data and their terms.",
            show_default="as configured",
            metavar="TEXT",
        ),
    ] = None,
) -> None:
    """Write the model file (ONNX) of a run, finished or not."""
    from choreai_live.commands import export as command

    raise typer.Exit(command.run(run, out, version, statement))
