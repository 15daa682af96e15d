"""One part of a session while it is written: its table, and its video."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from choreai_live import __version__
from choreai_live.messages import Image, Snapshot
from choreai_live.session import table
from choreai_live.session.naming import table_path, video_path
from choreai_live.session.settings import RecordingSettings, SessionAbout
from choreai_live.session.table import Event, FrameRow

if TYPE_CHECKING:
    from choreai_live.session.video import PartVideo


#: Seconds by which time goes back only where it is told by another clock.
_OTHER_CLOCK: Final = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Taken:
    """What is known of one frame that is to be written.

    Parameters
    ----------
    snapshot
        What was seen; its frame has no picture.
    wall
        Seconds since 1970, UTC.
    size
        Width and height of the picture.
    pictured
        Whether a picture is to be kept.
    image
        uint8 (height, width, 3), BGR: what the camera saw, where that may be kept.
    memory
        What the style classifier remembered after this frame, for the first one.
    """

    snapshot: Snapshot
    wall: float
    size: tuple[int, int]
    pictured: bool
    image: Image | None
    memory: bytes | None = None


@dataclass(frozen=True, slots=True)
class PartSettings:
    """What all parts of a session have in common.

    Parameters
    ----------
    session
        The folder.
    recording
        What is kept.
    about
        What is watched; credentials are masked.
    began
        When the session did, UTC.
    release
        Called for every picture once it is encoded or given up.
    """

    session: Path
    recording: RecordingSettings
    about: SessionAbout
    began: datetime
    release: Callable[[], None]


class Part:
    """Written to by one thread.

    Parameters
    ----------
    settings
        What it has in common with the others.
    number
        1 for the first.
    first
        The first frame, which is not written by this.

    Raises
    ------
    OSError, sqlite3.Error
        If its files cannot be made.
    """

    def __init__(self, settings: PartSettings, number: int, first: Taken) -> None:
        self.path = table_path(settings.session, number)
        self.size = first.size
        self.bytes = 0
        self._settings = settings
        self._origin = self._last = first.snapshot.frame.time
        self._last_picture = -1
        self._changed = True
        self._video: PartVideo | None = None
        self._table = table.create_table(self.path)
        table.write_meta(self._table, self._heading(number, first))

    def _heading(self, number: int, first: Taken) -> dict[str, Any]:
        about, recording = self._settings.about, self._settings.recording
        heading: dict[str, Any] = {
            "format": str(table.FORMAT),
            "program": __version__,
            "part": str(number),
            "started": self._settings.began.isoformat(),
            "part_started": datetime.fromtimestamp(first.wall, UTC).isoformat(),
            "source": about.source,
            "labels": json.dumps(about.labels),
            "unsure_labels": json.dumps(about.unsure_labels),
            "style_version": about.style_version,
            "style_sha256": about.style_sha256,
            "pose": about.pose,
            "rate": json.dumps(about.rate),
            "video": json.dumps(recording.video),
            "overlay": json.dumps(recording.overlay),
            "privacy": json.dumps(recording.privacy),
        }
        return heading if first.memory is None else {**heading, "style_memory": first.memory}

    def takes(self, taken: Taken) -> bool:
        """Return whether a frame belongs into this part; otherwise another must begin."""
        recording = self._settings.recording
        time = taken.snapshot.frame.time
        return (
            taken.size == self.size
            and self._last - _OTHER_CLOCK < time < self._origin + recording.longest_part
            and (recording.split_bytes is None or self.bytes < recording.split_bytes)
        )

    def add(self, number: int, taken: Taken) -> None:
        """Write a frame.

        Parameters
        ----------
        number
            Of the frame in the session.
        taken
            Must be one that this part :meth:`takes`, or its first.

        Raises
        ------
        OSError, sqlite3.Error
            If the disk refuses.
        """
        frame = taken.snapshot.frame
        picture = self._add_picture(taken) if taken.pictured else None
        row = FrameRow(
            number, frame.time, taken.wall, frame.index, frame.connection, *taken.size, picture
        )
        table.write_frame(self._table, row, table.dancer_rows(number, taken.snapshot))
        self._last = frame.time
        self._changed = True

    def add_event(self, event: Event) -> None:
        """Write something that happened."""
        table.write_event(self._table, event)
        self._changed = True

    def _add_picture(self, taken: Taken) -> int:
        if self._video is None:
            from choreai_live.session.video import PartVideo

            self._video = PartVideo(video_path(self.path), self.size, self._settings.release)
        since = round((taken.snapshot.frame.time - self._origin) * 1e6)
        self._last_picture = max(since, self._last_picture + 1)
        self._video.put(self._last_picture, self._paint(taken))
        return self._last_picture

    def _paint(self, taken: Taken) -> Callable[[], Image]:
        from choreai_live.session.overlay import dark_picture, drawn_over

        recording, snapshot = self._settings.recording, taken.snapshot
        image = taken.image
        if not (recording.privacy or recording.overlay) and image is not None:
            return lambda: image
        return lambda: drawn_over(
            dark_picture(*taken.size) if image is None else image,
            snapshot.tracks,
            snapshot.readouts,
            self._settings.about.labels,
        )

    def settle(self) -> None:
        """Make what was written so far last.

        Raises
        ------
        Exception
            Whatever the disk, SQLite or FFmpeg refuses with.
        """
        if self._changed:
            table.commit(self._table)
            self._changed = False
        if self._video is not None:
            if self._video.failure is not None:
                raise self._video.failure
            self._video.sync()
        self.bytes = self._measured()

    def _measured(self) -> int:
        journal = self.path.with_name(f"{self.path.name}-wal")
        files = [self.path, journal, video_path(self.path)]
        return sum(file.stat().st_size for file in files if file.exists())

    def end(self, entries: dict[str, str]) -> None:
        """Write what is to be told of the finished part; its video is finished meanwhile.

        Raises
        ------
        OSError, sqlite3.Error
            If the disk refuses; what was made to last before is safe.
        """
        if self._video is not None:
            self._video.end()
        try:
            if not self._table.in_transaction:  # SQLite gave it up, as on a full disk
                self._table.execute("BEGIN")
            table.write_meta(self._table, entries)
            table.conclude(self._table)
        finally:
            self._table.close()

    def join(self, patience: float) -> bool:
        """Wait for the video to be finished, seconds at most; return whether it is.

        Raises
        ------
        Exception
            Whatever it failed with.
        """
        if self._video is not None:
            if not self._video.join(patience):
                return False
            video, self._video = self._video, None
            try:
                video.sync()
            finally:
                video.close()
            if video.failure is not None:
                raise video.failure
        self.bytes = self._measured()
        return True
