"""What is written to start the kiosk at login: a systemd unit, or a desktop entry."""

import re
from collections.abc import Sequence
from typing import Final

#: Seconds without a beat of the kiosk's loop after which systemd starts it anew.
WATCHDOG_SECONDS: Final = 20
#: Seconds before it is started again.
RESTART_SECONDS: Final = 2

_UNIT: Final = """\
# Written by `choreai-live kiosk install`, which overwrites what is changed here.
[Unit]
Description=ChoreAI Live kiosk
Documentation=https://github.com/choreai/choreai-live/tree/main/docs
PartOf=graphical-session.target
After=graphical-session.target
# It is never given up, however often it fails.
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=main
ExecStart={command}
WatchdogSec={watchdog}
TimeoutStartSec=120
TimeoutStopSec=10
# The kiosk itself ends its pipeline's process, so that the log says why it ended.
KillMode=mixed
Restart=always
RestartSec={pause}
# Who leaves with the PIN, or stops it, is not to be surprised.
RestartPreventExitStatus=0

[Install]
WantedBy=graphical-session.target
"""

_ENTRY: Final = """\
[Desktop Entry]
Type=Application
Version=1.5
Name=ChoreAI Live kiosk
Comment=Recognises live which style is being danced
Exec={command}
Terminal=false
X-GNOME-Autostart-enabled=true
"""

#: What needs no quotes in either.
_PLAIN: Final = re.compile(r"[\w@+:,./-]+", re.ASCII)

#: What systemd refuses in the path of a program, however it is quoted.
_NO_PATH_OF_SYSTEMD: Final = frozenset("\"'\\")


def unit_text(command: Sequence[str]) -> str:
    """Return a systemd user unit that runs a command in the graphical session.

    Parameters
    ----------
    command
        Program, as an absolute path, and arguments; without control characters.
    """
    command = list(command)
    if _NO_PATH_OF_SYSTEMD & set(command[0]):
        command = ["/bin/sh", "-c", 'exec "$0" "$@"', *command]
    # The colon: a $ is a $, in the path of the program too, where $$ would not be one.
    line = ":" + " ".join(map(_quoted_for_systemd, command))
    return _UNIT.format(command=line, watchdog=WATCHDOG_SECONDS, pause=RESTART_SECONDS)


def entry_text(command: Sequence[str]) -> str:
    """Return a desktop entry that runs a command.

    Parameters
    ----------
    command
        Program and arguments, without control characters.
    """
    return _ENTRY.format(command=" ".join(map(_quoted_for_desktop, command)))


def _quoted_for_systemd(argument: str) -> str:
    if _PLAIN.fullmatch(argument):
        return argument
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _quoted_for_desktop(argument: str) -> str:
    if _PLAIN.fullmatch(argument):
        return argument
    for character in '\\"`$':
        argument = argument.replace(character, "\\" + character)
    # All values of desktop entries have backslashes of their own, under those of Exec.
    return '"' + argument.replace("\\", "\\\\").replace("%", "%%") + '"'
