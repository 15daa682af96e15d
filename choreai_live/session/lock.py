"""Who is writing a session: a lock that ends with the process that holds it."""

import contextlib
import errno
from pathlib import Path

from filelock import FileLock, Timeout

from choreai_live.session.naming import LOCK_NAME


class SessionLock:
    """The lock of one session, taken as soon as it is made.

    The operating system lets go of it when its process dies, however that happens; the
    file it is on stays behind then, which is how an interrupted session is found.

    Parameters
    ----------
    session
        The folder.
    patience
        Seconds to wait for somebody who only looks whether it is free.

    Raises
    ------
    SessionInUseError
        If somebody has it.
    OSError
        If its file cannot be made.
    """

    def __init__(self, session: Path, patience: float = 0.0) -> None:
        self._path = session / LOCK_NAME
        self._lock = FileLock(self._path, thread_local=False)
        try:
            self._lock.acquire(timeout=patience)
        except Timeout:
            raise SessionInUseError from None
        except NotImplementedError:
            raise OSError(errno.ENOLCK, "no files can be locked there") from None

    def release(self, *, finished: bool) -> None:
        """Let go.

        Parameters
        ----------
        finished
            Whether nothing is left to be done to the session; the file goes then.
        """
        if finished:
            with contextlib.suppress(OSError):  # elsewhere than here, an open file stays
                self._path.unlink(missing_ok=True)
        self._lock.release()
        if finished:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


class SessionInUseError(Exception):
    """Somebody is writing this session."""


def in_use(session: Path) -> bool:
    """Return whether a living process, this one perhaps, is writing a session."""
    if not (session / LOCK_NAME).exists():
        return False
    try:
        SessionLock(session).release(finished=False)
    except SessionInUseError:
        return True
    except OSError:
        return False
    return False
