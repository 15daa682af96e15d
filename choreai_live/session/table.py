"""The table of one part: its columns, and what a row of it says.

SQLite, because a half-written one mends itself, and because everybody can read it.
Arrays are kept as the bytes of little-endian float32, so that what is read is what
was written to the last bit; other numbers are SQLite's own, which are float64.
"""

import sqlite3
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from choreai_live.messages import Pose, Readout, Snapshot, Track
from choreai_live.skeleton import KEYPOINT_COUNT

#: The version of the format this program writes; it reads this one and older ones.
FORMAT: Final = 2

#: Seconds to wait for another process that reads or writes the same table.
PATIENCE: Final = 5.0

SCHEMA: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- One row per frame. time: seconds on the source's own clock; wall: seconds since 1970,
-- UTC; source_index: number of the frame in the source, those that were dropped counted;
-- picture: presentation time in the video of this part, microseconds, NULL where none was kept.
CREATE TABLE frame (
    number INTEGER PRIMARY KEY, time REAL NOT NULL, wall REAL NOT NULL,
    source_index INTEGER NOT NULL, connection INTEGER NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, picture INTEGER
);
-- One row per dancer and frame, place counting from 0. keypoints: 17 times x, y in pixels;
-- scores: 17; box: x1, y1, x2, y2; probabilities: one per label, NULL, as the columns after
-- it, where nothing had been read yet; label: NULL too for not sure; finer: a taught move
-- of the label, NULL for none. Tables of format 1 do not have it.
CREATE TABLE dancer (
    frame INTEGER NOT NULL, place INTEGER NOT NULL, track INTEGER NOT NULL,
    age INTEGER NOT NULL, missed INTEGER NOT NULL, score REAL NOT NULL,
    keypoints BLOB NOT NULL, scores BLOB NOT NULL, box BLOB NOT NULL,
    probabilities BLOB, label TEXT, confidence REAL, since REAL, finer TEXT,
    PRIMARY KEY (frame, place)
) WITHOUT ROWID;
-- What happened: reconnected, dropped pictures and the like.
CREATE TABLE event (number INTEGER PRIMARY KEY, time REAL NOT NULL, wall REAL NOT NULL,
    kind TEXT NOT NULL, text TEXT NOT NULL);
"""

_FRAME: Final = "INSERT INTO frame VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_DANCER: Final = "INSERT INTO dancer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_EVENT: Final = "INSERT INTO event (time, wall, kind, text) VALUES (?, ?, ?, ?)"
_META: Final = "INSERT OR REPLACE INTO meta VALUES (?, ?)"

_FLOAT: Final = np.dtype("<f4")


class FrameRow(NamedTuple):
    """One row of the table ``frame``; see :data:`SCHEMA`."""

    number: int
    time: float
    wall: float
    source_index: int
    connection: int
    width: int
    height: int
    picture: int | None


class Event(NamedTuple):
    """Something that happened; see :data:`SCHEMA`."""

    time: float
    wall: float
    kind: str
    text: str


DancerRow = tuple[Any, ...]


def dancer_rows(number: int, snapshot: Snapshot) -> list[DancerRow]:
    """Return a row for each dancer of a snapshot.

    Parameters
    ----------
    number
        Of the frame in this part.
    snapshot
        Its arrays are copied.
    """
    rows = []
    for place, track in enumerate(snapshot.tracks):
        pose = track.pose
        readout = snapshot.readouts.get(track.id)
        read: tuple[Any, ...] = (None, None, None, None, None)
        if readout is not None:
            read = (
                _bytes(readout.probabilities),
                readout.label,
                float(readout.confidence),
                float(readout.since),
                readout.finer,
            )
        seen = (_bytes(pose.keypoints), _bytes(pose.scores), _bytes(pose.box))
        score = float(pose.score)
        rows.append(
            (number, place, int(track.id), int(track.age), int(track.missed), score, *seen, *read)
        )
    return rows


def track_of(row: DancerRow) -> Track:
    """Return the track that a row of ``dancer`` tells of.

    Raises
    ------
    ValueError, TypeError
        If that is no track.
    """
    _, _, id_, age, missed, score, keypoints, scores, box, *_ = row
    if not all(isinstance(number, int) for number in (id_, age, missed)):
        raise TypeError("a dancer without a number")
    if not isinstance(score, float):
        raise TypeError("a dancer without a score")
    pose = Pose(
        _floats(keypoints, 2 * KEYPOINT_COUNT).reshape(KEYPOINT_COUNT, 2),
        _floats(scores, KEYPOINT_COUNT),
        _floats(box, 4),
        score,
    )
    return Track(id_, pose, age, missed)


def readout_of(row: DancerRow, classes: int) -> Readout | None:
    """Return the readout that a row of ``dancer`` tells of, None where there was none.

    Raises
    ------
    ValueError, TypeError
        If that is no readout of so many classes.
    """
    probabilities, label, confidence, since, *more = row[9:]
    finer = more[0] if more else None
    if probabilities is None:
        return None
    if not (isinstance(label, str | None) and isinstance(finer, str | None)):
        raise TypeError("a label that is no text")
    if not (isinstance(confidence, float) and isinstance(since, float)):
        raise TypeError("a readout without its numbers")
    return Readout(_floats(probabilities, classes), label, confidence, since, finer)


def create_table(path: Path) -> sqlite3.Connection:
    """Make the table of a part, to be written to by one thread.

    Commits are the caller's. What is committed survives the death of the process, and
    of the machine: it goes to a journal that is forced to the disk (WAL).

    Raises
    ------
    sqlite3.Error
        If it cannot be made.
    """
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.executescript(f"BEGIN; {SCHEMA} COMMIT;")
        connection.execute("BEGIN")
    except BaseException:
        connection.close()
        raise
    return connection


def write_meta(connection: sqlite3.Connection, entries: dict[str, str]) -> None:
    """Add what is to be told of the whole part, replacing entries of the same keys."""
    connection.executemany(_META, entries.items())


def write_frame(connection: sqlite3.Connection, frame: FrameRow, dancers: list[DancerRow]) -> None:
    """Add one frame and who was seen in it."""
    connection.execute(_FRAME, frame)
    connection.executemany(_DANCER, dancers)


def write_event(connection: sqlite3.Connection, event: Event) -> None:
    """Add something that happened."""
    connection.execute(_EVENT, event)


def commit(connection: sqlite3.Connection) -> None:
    """Make everything written so far last."""
    connection.execute("COMMIT")
    connection.execute("BEGIN")


def conclude(connection: sqlite3.Connection) -> None:
    """Commit, and put what is in the journal into the one file, which needs no other then."""
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode = DELETE")


def _bytes(array: npt.NDArray[np.float32]) -> bytes:
    return array.astype(_FLOAT, copy=False).tobytes()


def _floats(data: Any, count: int) -> npt.NDArray[np.float32]:
    if not isinstance(data, bytes) or len(data) != count * _FLOAT.itemsize:
        raise ValueError(f"{count} numbers were expected")
    return np.frombuffer(data, _FLOAT).astype(np.float32)
