"""Finishing sessions whose process died."""

import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import time
from typing import Final

from choreai_live.session import table
from choreai_live.session.lock import SessionInUseError, SessionLock
from choreai_live.session.mp4 import mend_video
from choreai_live.session.naming import LOCK_NAME, tables_of, video_path

logger = logging.getLogger(__name__)

#: Seconds within which a session without a table is taken to be one that begins.
_BEGINNING: Final = 10.0


def finish_interrupted(folder: Path) -> list[Path]:
    """Finish every session in a folder that a process died over.

    What it had made to last is kept; one in which nothing was recorded yet is removed.
    Those that a living process writes are left alone. If this is interrupted in turn,
    nothing is lost: it goes on where it is done again.

    Parameters
    ----------
    folder
        Where sessions are kept; need not exist.

    Returns
    -------
    list of Path
        The sessions that are finished now.
    """
    finished = []
    # Others than interrupted and present ones have no such file: a look costs little.
    for lock in sorted(folder.glob(f"*/{LOCK_NAME}")):
        session = lock.parent
        try:
            if not tables_of(session) and time() - lock.stat().st_mtime < _BEGINNING:
                continue
            if finish_session(session):
                finished.append(session)
        except SessionInUseError:
            continue
        except (OSError, sqlite3.Error) as error:
            logger.warning("The interrupted recording %s cannot be finished: %s", session, error)
    return finished


def finish_session(session: Path) -> bool:
    """Finish one session, whatever state it is in.

    Returns
    -------
    bool
        Whether anything is in it; it is removed otherwise.

    Raises
    ------
    SessionInUseError
        If a living process, perhaps this one, writes it.
    OSError, sqlite3.Error
        If that cannot be done.
    """
    held = SessionLock(session)
    finished = False
    try:
        kept = [path for path in tables_of(session) if _finish_part(path)]
        if kept:
            _mark_interrupted(kept[-1])
        finished = True
    finally:
        held.release(finished=finished)
    if not kept:
        with contextlib.suppress(OSError):  # somebody else's files may be in it
            session.rmdir()
        return False
    logger.info("%s was interrupted and is finished now", session)
    return True


def _finish_part(path: Path) -> bool:
    """Finish one part, or remove one without a frame; return whether there is a frame in it."""
    frames = _finish_table(path)
    video = video_path(path)
    if video.exists() and (not frames or not mend_video(video)):
        video.unlink()
    if not frames:
        path.unlink()
    return frames


def _finish_table(path: Path) -> bool:
    # SQLite itself puts into the table what the journal holds.
    with _opened(path) as connection:
        known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if "frame" not in known:
            return False
        frames = connection.execute("SELECT count(*) FROM frame").fetchone()[0]
        connection.execute("PRAGMA journal_mode = DELETE")
    return bool(frames)


def _mark_interrupted(path: Path) -> None:
    """Say of the last part when it ended, and that it should have gone on."""
    with _opened(path) as connection:
        told = dict(connection.execute("SELECT key, value FROM meta"))
        if "ended" in told and "continued" not in told:
            return  # its process died after its work
        last = connection.execute("SELECT max(wall) FROM frame").fetchone()[0]
        ended = datetime.fromtimestamp(last, UTC).isoformat()
        table.write_meta(connection, {"ended": ended, "interrupted": "true"})
        connection.commit()


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path, timeout=table.PATIENCE)) as connection:
        yield connection
