"""Why a camera cannot be used: it is gone, somebody else has it, or it is forbidden."""

import os
from contextlib import suppress
from enum import Enum
from pathlib import Path

_PROCESSES = Path("/proc")


class CameraTrouble(Enum):
    """Why a camera gives no picture."""

    GONE = "gone"
    REFUSED = "refused"
    IN_USE = "in use"
    UNKNOWN = "unknown"


def trouble_with(spec: str) -> tuple[CameraTrouble, str]:
    """Find out why a camera could not be opened; takes a moment, so not for the interface.

    Parameters
    ----------
    spec
        Its index or device file.

    Returns
    -------
    trouble : CameraTrouble
        UNKNOWN where the system does not tell.
    program : str
        For IN_USE: the name of another program that has it open; empty where it is this one.
    """
    from choreai_live.capture import camera

    device = camera.DEVICES / f"video{spec}" if spec.isdigit() else Path(spec)
    if not _PROCESSES.is_dir():  # not Linux: there are no device files to ask
        return CameraTrouble.UNKNOWN, ""
    if not device.exists():
        return CameraTrouble.GONE, ""
    if not os.access(device, os.R_OK | os.W_OK):
        return CameraTrouble.REFUSED, ""
    program = _user_of(device.resolve())
    if program is not None:
        return CameraTrouble.IN_USE, program
    if _has_open(_PROCESSES / "self", device.resolve()):
        return CameraTrouble.IN_USE, ""
    return CameraTrouble.UNKNOWN, ""


def _user_of(device: Path) -> str | None:
    """Return the name of another program that has a file open, None if none is known."""
    for process in _PROCESSES.iterdir():
        if not process.name.isdigit() or int(process.name) == os.getpid():
            continue
        try:
            if _has_open(process, device):
                return (process / "comm").read_text("utf-8", errors="replace").strip()
        except OSError:  # it ended, or is another user's
            continue
    return None


def _has_open(process: Path, device: Path) -> bool:
    """Return whether a process, a folder of the system's, has a file open.

    Raises
    ------
    OSError
        If it ended, or is another user's.
    """
    for entry in (process / "fd").iterdir():
        with suppress(OSError):  # closed just now
            if os.readlink(entry) == str(device):  # noqa: PTH115
                return True
    return False
