"""``choreai-live --kiosk``, and ``choreai-live kiosk``: running it, and starting it at login."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from rich.text import Text

from choreai_live.commands.console import out, say
from choreai_live.commands.starting import started
from choreai_live.commands.window import needing_qt
from choreai_live.configuration import load_settings
from choreai_live.errors import ChoreaiError
from choreai_live.installation import setup
from choreai_live.installation.setup import Method

logger = logging.getLogger(__name__)

_ONE_SOURCE: Final = (
    "The kiosk shows one source, that of source.spec, and leaves source.more to the window."
)


def run(settings_file: Path | None, options: Mapping[str, Any]) -> int:
    """Open the kiosk and return its exit status once somebody has left it.

    Parameters
    ----------
    settings_file
        The settings file; None for the user's own.
    options
        What was given on the command line, by the names of
        :data:`choreai_live.configuration.options.PLACES`.

    Raises
    ------
    ChoreaiError
        If Qt, or a system library it needs, is missing.
    """
    with needing_qt():
        from choreai_live.ui.kiosk.app import run as run_kiosk
    with started(settings_file, options, log="kiosk") as start:
        if start.settings.source.more:
            # No word on the screen: window and kiosk may well share a file.
            logger.info("%s", _ONE_SOURCE)
            say(_ONE_SOURCE)
        return run_kiosk(start.settings, start.notice, start.log_notice)


def install(
    method: str | None,
    display: int | str | None,
    settings_file: Path | None,
    *,
    dry_run: bool,
    as_root: bool,
) -> int:
    """Start the kiosk at every login of this user.

    Parameters
    ----------
    method
        Name of a :class:`Method`; None for the best there is.
    display, settings_file
        To be named in the command that is started.
    dry_run
        Print what would be written, and write nothing.
    as_root
        Do it in root's account too.

    Raises
    ------
    ChoreaiError
        If it cannot be done, or this is root's account and that was not asked for.
    """
    if setup.is_root() and not (as_root or dry_run):
        raise ChoreaiError(
            "This is root's account, in which no kiosk should run: do it as the user whose desktop "
            "it is for, or add --as-root."
        )
    command = setup.kiosk_command(settings_file, display)
    chosen = Method(method) if method else setup.best_method()
    if dry_run:
        out.print(Text(f"# {chosen.file}\n{chosen.text(command)}"), end="", soft_wrap=True)
        return 0
    setup.install(chosen, command)
    say(f"The kiosk starts at the next login: {chosen.file}")
    if chosen is Method.SYSTEMD:
        say(f"Start it now with `systemctl --user start {setup.UNIT}`.")
        if not setup.graphical_session():
            say(
                "No desktop has told systemd that it is there (graphical-session.target): if the "
                "kiosk does not start at login, install it with --method autostart."
            )
    return 0


def uninstall() -> int:
    """Start the kiosk no longer.

    Raises
    ------
    ChoreaiError
        If a file cannot be deleted.
    """
    found = setup.installed()
    for method in found:
        setup.uninstall(method)
        say(f"The kiosk does not start at login any more: {method.file} is gone.")
    if not found:
        say("Nothing starts the kiosk at login.")
    return 0


def status(settings_file: Path | None) -> int:
    """Say what starts the kiosk, whether it runs, and the figures of its status page.

    Returns
    -------
    int
        Exit status: 0 if it runs, else 1.
    """
    from choreai_live.commands.status_page import NoAnswerError, figures

    found = setup.installed()
    for method in found:
        out.print(Text(f"Starts at login through {method.value}: {method.file}"), soft_wrap=True)
    if not found:
        out.print("Nothing starts it at login.")
    loaded = load_settings(settings_file)
    if loaded.notice:
        say(loaded.notice)
    monitoring = loaded.settings.monitoring
    runs = False
    if Method.SYSTEMD in found:
        state = setup.active_state() or "unknown, as systemd does not answer"
        runs = state == "active"
        out.print(Text(f"Its unit is {state}."), soft_wrap=True)
    if not monitoring.enabled:
        out.print("Its status page is switched off.")
        return 0 if runs else 1
    try:
        told = figures(monitoring)
    except NoAnswerError as error:
        out.print(Text(str(error)), soft_wrap=True)
        return 0 if runs else 1
    for line in told:
        out.print(Text(line), soft_wrap=True)
    return 0
