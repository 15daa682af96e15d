"""Reading a session again."""

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from choreai_live.errors import SourceError
from choreai_live.messages import Readout, Track
from choreai_live.session import table
from choreai_live.session.finishing import finish_session
from choreai_live.session.lock import SessionInUseError, in_use
from choreai_live.session.naming import LOCK_NAME, tables_of, video_path
from choreai_live.session.settings import SessionAbout
from choreai_live.session.table import DancerRow, Event, FrameRow

#: No picture is larger than that, pixels a side.
_LARGEST: Final = 32_768


class RecordedFrame(NamedTuple):
    """One frame of a session.

    Parameters
    ----------
    row
        Its times and numbers.
    tracks
        Who was seen in it.
    readouts
        Track id to what was read.
    """

    row: FrameRow
    tracks: tuple[Track, ...]
    readouts: dict[int, Readout]


@dataclass(frozen=True, slots=True)
class RecordedPart:
    """One part of a session.

    Parameters
    ----------
    table, video
        Its files; ``video`` need not exist.
    meta
        What is told of it; see :mod:`choreai_live.session.part`.
    number
        1 for the first.
    drawn
        Whether skeletons and styles are in the pictures already.
    frames
        How many there are.
    begin, end
        Times of the first and the last one, seconds on the source's own clock.
    """

    table: Path
    video: Path
    meta: dict[str, Any]
    number: int
    drawn: bool
    frames: int
    begin: float
    end: float


class RecordedSession:
    """A session that is there to be read, finished or still being written.

    One that was interrupted is finished first.

    Parameters
    ----------
    path
        Its folder.

    Attributes
    ----------
    about : SessionAbout
        Where it came from and what read it.
    parts : tuple of RecordedPart
        Those with frames in them, in order of time; at least one.
    size : tuple of int
        Width and height of the first picture, pixels.
    memory : bytes or None
        What the style classifier remembered once it had seen the first frame.

    Raises
    ------
    SourceError
        If it is no session, empty, damaged, or of a later version of this program.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        _finish_if_interrupted(path)
        with _complaining(path):
            read = [_read_part(path, file) for file in tables_of(path)]
            self.parts = tuple(part for part in read if part is not None)
            if not self.parts:
                raise SourceError(f"{path} holds no recorded frame; choose another session.")
            meta = self.parts[0].meta
            self.about = SessionAbout(
                source=str(meta["source"]),
                labels=_names(meta["labels"]),
                unsure_labels=_names(meta["unsure_labels"]),
                style_version=str(meta["style_version"]),
                style_sha256=str(meta["style_sha256"]),
                pose=str(meta["pose"]),
                rate=json.loads(meta["rate"]),
            )
            self.started = datetime.fromisoformat(meta["started"])
            self.size = _first_size(self.parts[0].table)
            memory = meta.get("style_memory")
            self.memory = memory if isinstance(memory, bytes) else None

    @property
    def frames(self) -> int:
        """How many there are."""
        return sum(part.frames for part in self.parts)

    @property
    def begin(self) -> float:
        """Time of the first frame, seconds on the source's own clock."""
        return self.parts[0].begin

    @property
    def end(self) -> float:
        """Time of the last frame, seconds on the source's own clock."""
        return self.parts[-1].end

    @property
    def duration(self) -> float:
        """Seconds from the first frame to the last."""
        return max(self.end - self.begin, 0.0)

    @property
    def rate(self) -> float | None:
        """Nominal frames per second: the source's, else what they were on average."""
        if self.about.rate:
            return self.about.rate
        return (self.frames - 1) / self.duration if self.duration > 0 else None

    @property
    def recording(self) -> bool:
        """Whether it is still being written."""
        return in_use(self.path)

    @property
    def interrupted(self) -> bool:
        """Whether its process died over it."""
        last = self.parts[-1].meta
        return "interrupted" in last or ("ended" not in last and not self.recording)

    @property
    def stopped(self) -> str | None:
        """Why recording had to stop, one sentence; None if it did not have to."""
        stopped = self.parts[-1].meta.get("stopped")
        return None if stopped is None else str(stopped)

    @property
    def bytes(self) -> int:
        """Size of all its files."""
        return sum(file.stat().st_size for file in self.path.iterdir() if file.is_file())

    @property
    def dancers(self) -> int:
        """How many dancers there are in it."""
        seen: set[int] = set()
        with _complaining(self.path):
            for part in self.parts:
                with _opened(part.table) as connection:
                    seen.update(
                        id_ for (id_,) in connection.execute("SELECT DISTINCT track FROM dancer")
                    )
        return len(seen)

    def frames_of(self, part: RecordedPart) -> Iterator[RecordedFrame]:
        """Yield the frames of one part.

        Raises
        ------
        SourceError
            If what is there is damaged.
        """
        with _complaining(self.path), _opened(part.table) as connection:
            rows = connection.execute("SELECT * FROM dancer ORDER BY frame, place")
            row: DancerRow | None = rows.fetchone()
            for values in connection.execute("SELECT * FROM frame ORDER BY number"):
                frame = FrameRow(*values)
                _require_sense(frame)
                tracks: list[Track] = []
                readouts: dict[int, Readout] = {}
                while row is not None and row[0] <= frame.number:
                    if row[0] == frame.number:
                        track = table.track_of(row)
                        tracks.append(track)
                        readout = table.readout_of(row, len(self.about.labels))
                        if readout is not None:
                            readouts[track.id] = readout
                    row = rows.fetchone()
                yield RecordedFrame(frame, tuple(tracks), readouts)

    def events(self) -> list[Event]:
        """Return what happened, in order.

        Raises
        ------
        SourceError
            If what is there is damaged.
        """
        found = []
        with _complaining(self.path):
            for part in self.parts:
                with _opened(part.table) as connection:
                    rows = connection.execute(
                        "SELECT time, wall, kind, text FROM event ORDER BY number"
                    )
                    found += [Event(*row) for row in rows]
        return found


def is_session(path: Path) -> bool:
    """Return whether a folder is a session."""
    return path.is_dir() and bool(tables_of(path))


def _finish_if_interrupted(path: Path) -> None:
    if (path / LOCK_NAME).exists():
        # In a folder that cannot be written to, what is there is read as it is.
        with contextlib.suppress(SessionInUseError, OSError, sqlite3.Error):
            finish_session(path)


def _read_part(session: Path, file: Path) -> RecordedPart | None:
    with _opened(file) as connection:
        known = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not {"meta", "frame", "dancer", "event"} <= known:
            return None  # killed while it was made
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        if int(meta["format"]) > table.FORMAT:
            raise SourceError(
                f"{session} was recorded by a later version of this program "
                f"({meta.get('program')}): update it to read the session."
            )
        frames, begin, end = connection.execute(
            "SELECT count(*), min(time), max(time) FROM frame"
        ).fetchone()
    if not frames:
        return None
    return RecordedPart(
        table=file,
        video=video_path(file),
        meta=meta,
        number=int(meta["part"]),
        drawn=any(json.loads(meta[what]) is True for what in ("overlay", "privacy")),
        frames=frames,
        begin=float(begin),
        end=float(end),
    )


def _first_size(file: Path) -> tuple[int, int]:
    with _opened(file) as connection:
        rows = connection.execute("SELECT * FROM frame ORDER BY number LIMIT 1")
        first = FrameRow(*rows.fetchone())
    _require_sense(first)
    return first.width, first.height


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    address = f"{file.absolute().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(address, uri=True, timeout=table.PATIENCE)) as opened:
        yield opened


@contextlib.contextmanager
def _complaining(session: Path) -> Iterator[None]:
    """Turn whatever a damaged file raises into one sentence."""
    try:
        yield
    except (sqlite3.Error, ValueError, TypeError, KeyError, OverflowError) as error:
        raise SourceError(
            f"{session} is damaged and cannot be read ({error}); use a copy of it."
        ) from error
    except OSError as error:
        raise SourceError(f"{session} cannot be read: {error.strerror or error}.") from error


def _names(text: str) -> tuple[str, ...]:
    names = json.loads(text)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise TypeError("labels are no list of names")
    return tuple(names)


def _require_sense(frame: FrameRow) -> None:
    sides = (frame.width, frame.height)
    if not all(isinstance(side, int) and 0 <= side <= _LARGEST for side in sides):
        raise ValueError(f"a picture of {frame.width} by {frame.height} pixels")
    if not isinstance(frame.time, float) or not isinstance(frame.connection, int):
        raise TypeError("a frame without a time")
