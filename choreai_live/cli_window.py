"""Options of the window and the kiosk: one for every key of the settings file.

They win over the file. What only the kiosk has stands in :data:`KIOSK_ALONE`.
"""

import re
from collections.abc import Callable
from math import inf
from pathlib import Path
from typing import Annotated, Final

import typer

from choreai_live.source_choice import MOST_SOURCES

_WINDOW: Final = "The window"
_PICTURE: Final = "The picture in window and kiosk"
_KIOSK: Final = "The kiosk"
_RECORDING: Final = "Recording in window and kiosk"
_LOG: Final = "Log files of window and kiosk"

#: Names of options that mean nothing without --kiosk.
KIOSK_ALONE: Final = (
    "display",
    "most_tags",
    "quit_keys",
    "invitation",
    "record",
    "status_page",
    "status_host",
    "status_port",
)


def _one_of(*allowed: str) -> Callable[[str | None], str | None]:
    """Return what lets through one of several words, and None."""

    def known(value: str | None) -> str | None:
        if value is not None and value not in allowed:
            *others, last = allowed
            raise typer.BadParameter(f"choose {', '.join(others)} or {last}.")
        return value

    return known


def _between(low: float, high: float = inf) -> Callable[[float | None], float | None]:
    """Return what lets through a number of a range, and None; the help has no room for ranges."""

    def within(value: float | None) -> float | None:
        if value is not None and not low <= value <= high:
            most = "" if high == inf else f" and at most {high:g}"
            raise typer.BadParameter(f"it must be at least {low:g}{most}.")
        return value

    return within


def known_display(display: str | None) -> int | str | None:
    """Return a display's number, or its name.

    Raises
    ------
    typer.BadParameter
        If it is neither.
    """
    if display is None:
        return None
    if re.fullmatch(r"-?\d+", display):
        number = int(display)
        if not 0 <= number <= 63:
            raise typer.BadParameter("a number of a display is 0 to 63.")
        return number
    if not display.strip():
        raise typer.BadParameter("name a display, or give its number.")
    return display


def _known_keys(keys: str | None) -> str | None:
    from choreai_live.configuration.reading import are_quit_keys

    if keys is not None and not are_quit_keys(keys):
        raise typer.BadParameter('give keys joined by +, such as Ctrl+Alt+Q, or "" for none.')
    return keys


def _known_host(host: str | None) -> str | None:
    from choreai_live.configuration.reading import is_host

    if host is not None and not is_host(host):
        raise typer.BadParameter("give an address, such as 127.0.0.1.")
    return host


def _not_too_many(sources: list[str] | None) -> list[str] | None:
    if sources is not None and len(sources) > MOST_SOURCES:
        raise typer.BadParameter(f"the window shows {MOST_SOURCES} sources at most.")
    return sources


Source = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        "-s",
        help="Camera index, video file, address of a stream (rtsp, rtsps, http, https), "
        "folder of pictures, or demo. Without it: the first camera, else the demo. Given "
        "several times, the window shows several side by side, 9 at most.",
        metavar="SOURCE",
        callback=_not_too_many,
    ),
]
Fullscreen = Annotated[
    bool,
    typer.Option(
        "--fullscreen/--no-fullscreen",
        help="Fill the screen, or do not.",
        metavar="",
        show_default=False,
        rich_help_panel=_WINDOW,
    ),
]
Mirror = Annotated[
    bool | None,
    typer.Option(
        "--mirror/--no-mirror",
        help="Mirror it, or do not. Without it: cameras are mirrored.",
        metavar="",
        show_default=False,
        rich_help_panel=_PICTURE,
    ),
]
Theme = Annotated[
    str | None,
    typer.Option(
        help="Its look: system, light or dark. Without it: as last chosen.",
        metavar="THEME",
        callback=_one_of("system", "light", "dark"),
        rich_help_panel=_WINDOW,
    ),
]
TextScale = Annotated[
    float | None,
    typer.Option(
        help="Size of its text, 0.8 to 2. Without it: as last chosen.",
        metavar="FACTOR",
        min=0.8,
        max=2.0,
        rich_help_panel=_WINDOW,
    ),
]
Language = Annotated[
    str,
    typer.Option(
        help="What it speaks: system, en or fr.",
        metavar="NAME",
        callback=_one_of("system", "en", "fr"),
        rich_help_panel=_WINDOW,
    ),
]
Trails = Annotated[
    bool | None,
    typer.Option(
        "--trails/--no-trails",
        help="Let hands and feet leave trails of light in the window, or not. Without it: as "
        "last chosen.",
        metavar="",
        show_default=False,
        rich_help_panel=_PICTURE,
    ),
]
SkeletonsOnly = Annotated[
    bool | None,
    typer.Option(
        "--skeletons-only/--no-skeletons-only",
        help="Show figures in place of it, or do not. Without it: as last chosen.",
        metavar="",
        show_default=False,
        rich_help_panel=_PICTURE,
    ),
]
Kiosk = Annotated[
    bool,
    typer.Option(
        "--kiosk",
        help="Open the full-screen kiosk, not the window.",
        metavar="",
        rich_help_panel=_KIOSK,
    ),
]
Display = Annotated[
    str | None,
    typer.Option(
        help="Number or name of the display it fills; 0 is the first.",
        metavar="N|NAME",
        callback=known_display,
        rich_help_panel=_KIOSK,
    ),
]
MostTags = Annotated[
    int | None,
    typer.Option(
        help="Dancers with a tag at the same time, 1 to 6.",
        min=1,
        max=6,
        metavar="N",
        rich_help_panel=_KIOSK,
    ),
]
QuitKeys = Annotated[
    str | None,
    typer.Option(
        help='Keys to be held to leave it; "" for none.',
        metavar="KEYS",
        callback=_known_keys,
        rich_help_panel=_KIOSK,
    ),
]
Invitation = Annotated[
    str | None,
    typer.Option(
        help="What it says while nobody is there.", metavar="TEXT", rich_help_panel=_KIOSK
    ),
]
StatusPage = Annotated[
    bool | None,
    typer.Option(
        "--status-page/--no-status-page",
        help="Serve its status page, or do not.",
        metavar="",
        show_default=False,
        rich_help_panel=_KIOSK,
    ),
]
StatusHost = Annotated[
    str | None,
    typer.Option(
        help="Address of that page; 127.0.0.1 is this machine alone.",
        metavar="HOST",
        callback=_known_host,
        rich_help_panel=_KIOSK,
    ),
]
StatusPort = Annotated[
    int | None,
    typer.Option(help="Port of that page.", min=1, max=65535, metavar="N", rich_help_panel=_KIOSK),
]
Record = Annotated[
    bool | None,
    typer.Option(
        "--record/--no-record",
        help="Let it record, or not.",
        metavar="",
        show_default=False,
        rich_help_panel=_KIOSK,
    ),
]
Recordings = Annotated[
    Path | None,
    typer.Option(help="Folder they go into.", metavar="FOLDER", rich_help_panel=_RECORDING),
]
Video = Annotated[
    bool | None,
    typer.Option(
        "--video/--no-video",
        help="Keep pictures, or skeletons and readouts only.",
        metavar="",
        show_default=False,
        rich_help_panel=_RECORDING,
    ),
]
Overlay = Annotated[
    bool | None,
    typer.Option(
        "--overlay/--no-overlay",
        help="Draw skeletons and styles into the pictures, or do not.",
        metavar="",
        show_default=False,
        rich_help_panel=_RECORDING,
    ),
]
SplitMinutes = Annotated[
    float | None,
    typer.Option(
        help="Begin another file after so long, 60 at most.",
        callback=_between(0.1, 60),
        metavar="N",
        rich_help_panel=_RECORDING,
    ),
]
SplitMegabytes = Annotated[
    float | None,
    typer.Option(
        help="Begin another file at that size; 0 for any.",
        callback=_between(0),
        metavar="N",
        rich_help_panel=_RECORDING,
    ),
]
DiskFloorMegabytes = Annotated[
    float | None,
    typer.Option(
        help="Stop once less than this is free on the disk.",
        callback=_between(0),
        metavar="N",
        rich_help_panel=_RECORDING,
    ),
]
LogFolder = Annotated[
    Path | None,
    typer.Option(help="Where they lie.", metavar="FOLDER", rich_help_panel=_LOG),
]
LogLevel = Annotated[
    str | None,
    typer.Option(
        help="debug, info, warning or error.",
        metavar="NAME",
        callback=_one_of("debug", "info", "warning", "error"),
        rich_help_panel=_LOG,
    ),
]
LogMegabytes = Annotated[
    float | None,
    typer.Option(
        help="Size at which a new one is begun.",
        min=0.1,
        max=1000,
        metavar="N",
        rich_help_panel=_LOG,
    ),
]
LogKept = Annotated[
    int | None,
    typer.Option(
        help="Old ones that are kept.", min=1, max=1000, metavar="N", rich_help_panel=_LOG
    ),
]
