"""Why recording had to stop, in one sentence."""

import errno
import sqlite3
from pathlib import Path

from choreai_live.errors import OutputError


class RecordingStoppedError(OutputError):
    """Recording cannot go on; the sentence says why."""


def too_little_room(folder: Path, floor: int) -> RecordingStoppedError:
    """Return the refusal where less than the floor is free."""
    return RecordingStoppedError(
        f"Recording stopped because less than {shown_bytes(floor)} are free on the disk with "
        f"{folder}: make room there, or record to another disk."
    )


def too_slow(session: Path) -> RecordingStoppedError:
    """Return the refusal where the disk does not take what comes."""
    return RecordingStoppedError(
        f"Recording stopped because the disk with {session} is too slow: record to another disk."
    )


def cannot_write(session: Path, error: Exception) -> RecordingStoppedError:
    """Return the refusal where the system, SQLite or FFmpeg gives an error."""
    if _is_full(error):
        return RecordingStoppedError(
            f"Recording stopped because the disk with {session} is full: make room there, or "
            "record to another disk."
        )
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return RecordingStoppedError(
        f"Recording stopped because {session} cannot be written ({reason.rstrip('.')}): check the "
        "disk, or record to another one."
    )


def shown_bytes(size: float) -> str:
    """Return a number of bytes as people read it: ``"1.2 GB"``."""
    for unit, factor in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            number = size / factor
            return f"{number:,.0f} {unit}" if number >= 100 else f"{number:.3g} {unit}"
    return f"{size:.0f} bytes"


def _is_full(error: Exception) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)
