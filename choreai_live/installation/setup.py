"""Setting the kiosk up to start at login, and undoing it."""

import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Final

import platformdirs

from choreai_live.errors import ChoreaiError
from choreai_live.installation.files import entry_text, unit_text
from choreai_live.outputs import OutputFile

NAME: Final = "choreai-live-kiosk"
UNIT: Final = f"{NAME}.service"

#: Seconds that systemctl is given to answer.
_PATIENCE: Final = 30


class InstallationError(ChoreaiError):
    """The kiosk cannot be set up to start at login."""


class Method(Enum):
    """What starts the kiosk."""

    SYSTEMD = "systemd"
    AUTOSTART = "autostart"

    @property
    def file(self) -> Path:
        """Where its file lies, in the user's folder of configurations."""
        folder = platformdirs.user_config_path()
        if self is Method.SYSTEMD:
            return folder / "systemd" / "user" / UNIT
        return folder / "autostart" / f"{NAME}.desktop"

    def text(self, command: Sequence[str]) -> str:
        """Return what stands in its file to run a command."""
        return (unit_text if self is Method.SYSTEMD else entry_text)(command)


def kiosk_command(settings_file: Path | None, display: int | str | None) -> list[str]:
    """Return the command that starts the kiosk with this very installation.

    Parameters
    ----------
    settings_file, display
        To be named in it; None for what the program takes by itself.

    Raises
    ------
    InstallationError
        If a path in it cannot be written into a file that starts programs.
    """
    # -P: the folder it is started in, the user's home, is no place for modules.
    command = [sys.executable, "-P", "-m", "choreai_live", "--kiosk"]
    if display is not None:
        command += ["--display", str(display)]
    if settings_file is not None:
        command += ["--settings", str(settings_file.absolute())]
    for argument in command:
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in argument):
            raise InstallationError(
                f"{argument!r} holds a character that cannot be written into the file that starts "
                "the kiosk: choose another path."
            )
    return command


def best_method() -> Method:
    """Return systemd where the user has a session of it, else the desktop's autostart."""
    return Method.SYSTEMD if has_systemd() else Method.AUTOSTART


def has_systemd() -> bool:
    """Whether systemd looks after this user."""
    return _systemctl("show-environment")[0]


def graphical_session() -> bool:
    """Whether the desktop tells systemd that it is there, without which no unit starts with it."""
    return _systemctl("is-active", "graphical-session.target")[0]


def active_state() -> str:
    """Return what systemd says of the kiosk: active, failed, ...; empty without systemd."""
    return _systemctl("is-active", UNIT)[1]


def installed() -> list[Method]:
    """Return what starts the kiosk at login now."""
    return [method for method in Method if method.file.exists()]


def install(method: Method, command: Sequence[str]) -> None:
    """Start a command at every login from now on, in this way and no other.

    Raises
    ------
    ChoreaiError
        If this is no Linux, or the file cannot be written, or systemd does not take it.
    """
    if not sys.platform.startswith("linux"):
        raise InstallationError(
            "Start at login can be set up on Linux only: elsewhere, add "
            f"`{' '.join(command)}` to the programs the desktop starts."
        )
    if method is Method.SYSTEMD and not has_systemd():
        raise InstallationError(
            "systemd does not look after this user (`systemctl --user` does not answer): use "
            "--method autostart, or run this in the session of the user the kiosk is for."
        )
    for other in installed():
        if other is not method:
            uninstall(other)
    try:
        method.file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InstallationError(
            f"{method.file.parent} cannot be made ({error.strerror or error}): see who owns it."
        ) from error
    with OutputFile(method.file) as file:
        file.write(method.text(command))
    if method is Method.SYSTEMD:
        for order in (("daemon-reload",), ("enable", UNIT)):
            done, answer = _systemctl(*order)
            if not done:
                raise InstallationError(
                    f"`systemctl --user {' '.join(order)}` failed ({answer}): the unit lies in "
                    f"{method.file}."
                )


def uninstall(method: Method) -> None:
    """Start the kiosk no longer, and end the one that systemd runs.

    Raises
    ------
    InstallationError
        If the file cannot be deleted.
    """
    if method is Method.SYSTEMD:
        _systemctl("disable", "--now", UNIT)
    try:
        method.file.unlink(missing_ok=True)
        if method is Method.SYSTEMD:
            # Where no systemd answers, its link is still there.
            link = method.file.parent / "graphical-session.target.wants" / UNIT
            link.unlink(missing_ok=True)
    except OSError as error:
        raise InstallationError(
            f"{method.file} cannot be deleted ({error.strerror or error}): see who owns it."
        ) from error
    if method is Method.SYSTEMD:
        _systemctl("daemon-reload")


def is_root() -> bool:
    """Whether this runs as root, in whose session no kiosk should be."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _systemctl(*order: str) -> tuple[bool, str]:
    """Run an order for the user's systemd; whether it worked, and what was answered."""
    program = shutil.which("systemctl")
    if program is None:
        return False, ""
    try:
        done = subprocess.run(  # noqa: S603 - the orders are ours
            [program, "--user", *order],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, str(error)
    return done.returncode == 0, " ".join((done.stdout or done.stderr).split())
