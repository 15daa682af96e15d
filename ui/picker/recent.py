"""Files and streams watched before. Passwords are never among what is kept."""

import json
import logging
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final

import platformdirs

from choreai_live.masking import MASK, mask_credentials

logger = logging.getLogger(__name__)

#: More would be a list to search in, not one to see at a glance.
MOST: Final = 12


@dataclass(frozen=True, slots=True)
class RecentSource:
    """A file or stream that was watched.

    Parameters
    ----------
    spec
        Opens it again; without user name, password and tokens.
    name
        What to show of it.
    stream
        Whether it is an address on the network.
    login
        Whether there was a user name or password: the keyring is asked for it now.
    incomplete
        Whether something in `spec` is masked that no keyring knows, such as a token:
        it has to be typed again.
    """

    spec: str
    name: str
    stream: bool = False
    login: bool = False
    incomplete: bool = False


def recent_file() -> Path:
    """Return where the list is kept."""
    return platformdirs.user_state_path("choreai-live") / "recent.json"


def remembered_as(spec: str) -> RecentSource | None:
    """Return what may be kept of a source; None for cameras and the demo.

    Those are always offered, so there is no need to remember them.
    """
    if spec.isdigit() or spec.startswith("/dev/") or spec.partition("?")[0] == "demo":
        return None
    # Where paths are told from addresses, and only when a source was really watched.
    from choreai_live.capture.addresses import taken_apart
    from choreai_live.capture.urls import scheme_of

    scheme = scheme_of(spec)
    if scheme in (None, "file"):
        path = spec if scheme else os.path.abspath(Path(spec).expanduser())  # noqa: PTH100 - links stay
        masked = mask_credentials(path)
        # A file may be called anything; what only looks like a password is not kept either.
        return RecentSource(masked, masked, incomplete=masked != path)
    address = taken_apart(spec)
    login = address.user is not None or address.password is not None
    bare = f"{address.scheme}://{address.rest}"
    masked = mask_credentials(bare)
    shown = masked.replace("://", f"://{MASK}@", 1) if login else masked
    return RecentSource(masked, shown, True, login, masked != bare)


class RecentSources:
    """The list, newest first; kept in a file that only its user may read.

    Parameters
    ----------
    file
        Where it is kept; None for :func:`recent_file`.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._sources: list[RecentSource] | None = None
        # As they were typed, for as long as the program runs and nowhere else.
        self._typed: dict[str, str] = {}
        self._turn = Lock()
        self._writing: Thread | None = None

    @property
    def sources(self) -> tuple[RecentSource, ...]:
        """What was watched, newest first."""
        if self._sources is None:
            self._sources = _read(self._where)
        return tuple(self._sources)

    def remember(self, spec: str) -> None:
        """Put a source first."""
        source = remembered_as(spec)
        if source is None:
            return
        self._typed[source.spec] = spec
        others = [other for other in self.sources if other.spec != source.spec]
        self._keep([source, *others][:MOST])

    def forget(self, source: RecentSource) -> None:
        """Take a source off the list."""
        self._typed.pop(source.spec, None)
        self._keep([other for other in self.sources if other != source])

    def clear(self) -> None:
        """Forget every source."""
        self._typed.clear()
        self._keep([])

    def opening(self, source: RecentSource) -> str | None:
        """Return what opens a source again; None if its user has to complete it first."""
        typed = self._typed.get(source.spec)
        return typed or (None if source.incomplete else source.spec)

    def finish(self, patience: float = 1.0) -> None:
        """Wait until the list is written, seconds at most."""
        if self._writing is not None:
            self._writing.join(patience)

    @property
    def _where(self) -> Path:
        return self._file or recent_file()

    def _keep(self, sources: list[RecentSource]) -> None:
        if sources == self._sources:
            return
        self._sources = sources
        # A home folder may be on a network that sleeps; the interface does not wait for it.
        self._writing = Thread(target=self._write, name="recent", daemon=True)
        self._writing.start()

    def _write(self) -> None:
        with self._turn:
            text = json.dumps([asdict(source) for source in self._sources or ()], indent=1)
            part = self._where.with_suffix(".part")
            try:
                self._where.parent.mkdir(parents=True, exist_ok=True)
                with open(part, "w", encoding="utf-8", opener=_private) as file:
                    file.write(text)
                part.replace(self._where)
            except OSError as error:
                logger.warning("What was watched cannot be kept (%s)", error.strerror)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _read(file: Path) -> list[RecentSource]:
    try:
        entries = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        logger.warning("What was watched cannot be read (%s)", type(error).__name__)
        return []
    read = (_source_of(entry) for entry in entries) if isinstance(entries, list) else ()
    return [source for source in read if source is not None][:MOST]


def _source_of(entry: Any) -> RecentSource | None:
    try:
        source = RecentSource(**entry)
    except TypeError:
        return None
    kinds = {"spec": str, "name": str, "stream": bool, "login": bool, "incomplete": bool}
    fits = all(isinstance(getattr(source, name), kind) for name, kind in kinds.items())
    return source if fits and source.spec else None
