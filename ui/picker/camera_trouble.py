"""Why a camera cannot be used: it is gone, somebody else has it, or it is forbidden."""

import os
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
        For IN_USE: the name of a program that has it open.
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
    return CameraTrouble.UNKNOWN, ""


def _user_of(device: Path) -> str | None:
    """Return the name of another program that has a file open, None if none is known."""
    for process in _PROCESSES.iterdir():
        if not process.name.isdigit() or int(process.name) == os.getpid():
            continue
        try:
            opened = {os.readlink(entry) for entry in (process / "fd").iterdir()}  # noqa: PTH115
            if str(device) in opened:
                return (process / "comm").read_text("utf-8", errors="replace").strip()
        except OSError:  # it ended, or is another user's
            continue
    return None
