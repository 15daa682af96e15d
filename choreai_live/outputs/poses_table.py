"""What was seen and read in a session as a table: one row per dancer and frame."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from choreai_live.messages import Readout, Track
from choreai_live.skeleton import KEYPOINT_NAMES

if TYPE_CHECKING:
    from choreai_live.session.reading import RecordedSession
    from choreai_live.session.table import FrameRow

#: Columns before the probabilities, and the types of their values.
FIRST_COLUMNS: Final[dict[str, type]] = {
    "part": int,
    "frame": int,
    "time": float,
    "picture_time": float,
    "utc": str,
    "connection": int,
    "dancer": int,
    "age": int,
    "missed": int,
    "label": str,
    "confidence": float,
    "since": float,
    "finer": str,
}
BOX_COLUMNS: Final = ("box_x1", "box_y1", "box_x2", "box_y2", "box_score")
KEYPOINT_COLUMNS: Final = tuple(
    f"{name}_{what}" for name in KEYPOINT_NAMES for what in ("x", "y", "score")
)

Row = list[Any]


def probability_columns(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the columns with the probabilities of so many labels."""
    return tuple(f"p_{label}" for label in labels)


def pose_columns(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of all columns, in order."""
    return (*FIRST_COLUMNS, *probability_columns(labels), *BOX_COLUMNS, *KEYPOINT_COLUMNS)


def pose_rows(session: "RecordedSession") -> Iterator[Row]:
    """Yield the rows; what is not known is None, and numbers of float32 are numpy's.

    ``time``, ``since`` are seconds on the source's own clock, ``picture_time`` seconds in the
    video of the part; ``missed`` counts the frames since the dancer was last seen, in which
    keypoints and box are the last ones. Those are pixels.

    Raises
    ------
    SourceError
        If what is there is damaged.
    """
    classes = len(session.about.labels)
    for part in session.parts:
        for row, tracks, readouts in session.frames_of(part):
            for track in tracks:
                yield _row(part.number, row, track, readouts.get(track.id), classes)


def poses_csv(session: "RecordedSession") -> Iterator[str]:
    """Yield the table as CSV, in parts; every number is the shortest that is read back as it was.

    Raises
    ------
    SourceError
        If what is there is damaged.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(pose_columns(session.about.labels))
    for row in pose_rows(session):
        writer.writerow(["" if value is None else str(value) for value in row])
        if text.tell() > 2**16:
            yield text.getvalue()
            text.seek(0)
            text.truncate()
    yield text.getvalue()


def _row(part: int, frame: "FrameRow", track: Track, readout: Readout | None, classes: int) -> Row:
    pose = track.pose
    shown = None if frame.picture is None else frame.picture / 1e6
    utc = datetime.fromtimestamp(frame.wall, UTC).isoformat(timespec="milliseconds")
    first = [part, frame.number, frame.time, shown, utc, frame.connection]
    first += [track.id, track.age, track.missed]
    read: Row = [None] * (4 + classes)
    if readout is not None:
        read = [readout.label, readout.confidence, readout.since, readout.finer]
        read.extend(readout.probabilities)
    points = np.column_stack([pose.keypoints, pose.scores]).ravel()
    return [*first, *read, *pose.box, np.float32(pose.score), *points]
