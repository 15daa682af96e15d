"""What sessions and their parts are called."""

import re
from datetime import datetime
from pathlib import Path
from typing import Final

#: Held by the recording process, and left behind by one that was killed.
LOCK_NAME: Final = "recording.lock"

#: Characters of the source's name in that of the folder, at most.
_LONGEST: Final = 40
_PART: Final = re.compile(r"part-(\d{4,})\.sqlite")


def session_name(source: str, began: datetime) -> str:
    """Return the name of the folder of a session, such as ``2026-11-26_02-13-05_hall``.

    Parameters
    ----------
    source
        What is watched; credentials are masked.
    began
        When, in local time.
    """
    from choreai_live.capture.urls import mask_credentials
    from choreai_live.outputs.naming import result_names

    if source.isdigit():
        called = f"camera-{source}"
    else:
        called = result_names([mask_credentials(source)], "")[0]
    # ASCII only: what one system may call a file, another may not copy.
    safe = re.sub(r"[^A-Za-z0-9-]+", "_", called)[:_LONGEST].strip("_-") or "source"
    return f"{began:%Y-%m-%d_%H-%M-%S}_{safe}"


def table_path(session: Path, number: int) -> Path:
    """Return the table of part ``number``, 1 for the first."""
    return session / f"part-{number:04d}.sqlite"


def video_path(table: Path) -> Path:
    """Return the video that belongs to a table."""
    return table.with_suffix(".mp4")


def tables_of(session: Path) -> list[Path]:
    """Return the tables of a session, the first part first; none where it is no session.

    Raises
    ------
    OSError
        If the folder cannot be listed.
    """
    numbered = [
        (int(match[1]), path)
        for path in session.iterdir()
        if (match := _PART.fullmatch(path.name)) and path.is_file()
    ]
    return [path for _, path in sorted(numbered)]


def sessions_in(folder: Path) -> list[Path]:
    """Return the sessions of a folder in order of their names, which is that of time.

    Raises
    ------
    OSError
        If the folder is there, but cannot be listed.
    """
    if not folder.exists():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and tables_of(path))
