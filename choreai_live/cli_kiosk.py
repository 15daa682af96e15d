"""``choreai-live kiosk`` and ``choreai-live settings``: what is set up once and then left alone."""

from typing import Annotated

import typer

from choreai_live.cli_options import SettingsFile
from choreai_live.cli_window import known_display

kiosk_app = typer.Typer(no_args_is_help=True)
settings_app = typer.Typer(no_args_is_help=True)


@kiosk_app.command("install")
def kiosk_install(
    method: Annotated[
        str | None,
        typer.Option(
            help="systemd, which also starts it again, or autostart, the desktop's own.",
            show_default="systemd where there is one",
            metavar="NAME",
        ),
    ] = None,
    display: Annotated[
        str | None,
        typer.Option(
            help="Number or name of the display it fills; 0 is the first.",
            callback=known_display,
            show_default="of the settings",
            metavar="N|NAME",
        ),
    ] = None,
    settings: SettingsFile = None,
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Print what would be written, and where.", metavar=""),
    ] = False,
    as_root: Annotated[
        bool,
        typer.Option("--as-root", help="Do it though this is root's account.", metavar=""),
    ] = False,
) -> None:
    """Start the kiosk at every login of this user."""
    if method not in (None, "systemd", "autostart"):
        raise typer.BadParameter("choose systemd or autostart.", param_hint="--method")
    from choreai_live.commands import kiosk as command

    status = command.install(method, display, settings, dry_run=dry_run, as_root=as_root)
    raise typer.Exit(status)


@kiosk_app.command("uninstall")
def kiosk_uninstall() -> None:
    """Start the kiosk no longer; one that systemd started is ended."""
    from choreai_live.commands import kiosk as command

    raise typer.Exit(command.uninstall())


@kiosk_app.command("status")
def kiosk_status(settings: SettingsFile = None) -> None:
    """Say what starts the kiosk, whether it runs, and how it is doing.

    The exit status is 0 if it runs, else 1.
    """
    from choreai_live.commands import kiosk as command

    raise typer.Exit(command.status(settings))


@kiosk_app.command("pin")
def kiosk_pin(
    remove: Annotated[
        bool, typer.Option("--remove", help="Ask for no PIN any more.", metavar="")
    ] = False,
    settings: SettingsFile = None,
) -> None:
    """Set the PIN, 4 to 12 digits, that leads out of the kiosk.

    Only its hash is written, into the settings file.
    """
    from choreai_live.commands import pin as command

    raise typer.Exit(command.remove(settings) if remove else command.choose(settings))


@settings_app.command("show")
def settings_show(settings: SettingsFile = None) -> None:
    """Print the settings that are used, every key explained.

    Saved to a file, it is one to begin with. The exit status is 1 if the file is broken
    and others are used.
    """
    from choreai_live.commands import settings as command

    raise typer.Exit(command.show(settings))


@settings_app.command("path")
def settings_path(settings: SettingsFile = None) -> None:
    """Print where the settings file is looked for."""
    from choreai_live.commands import settings as command

    raise typer.Exit(command.path(settings))


@settings_app.command("check")
def settings_check(settings: SettingsFile = None) -> None:
    """Say whether the settings file is right; the exit status is 1 if not."""
    from choreai_live.commands import settings as command

    raise typer.Exit(command.check(settings))
