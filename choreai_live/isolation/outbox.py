"""Where the pipeline's process leaves its snapshots."""

from collections.abc import Callable
from threading import Lock

from choreai_live.isolation.pictures import PictureWriter
from choreai_live.isolation.wire import SnapshotSent, SourceCounts
from choreai_live.messages import Snapshot


class Outbox:
    """Sends snapshots as fast as the other process takes them; the newest wins.

    Safe between threads, and never waits for the other process.

    Parameters
    ----------
    send
        Sends a message.
    pictures
        Where the pictures go.
    """

    def __init__(self, send: Callable[[SnapshotSent], None], pictures: PictureWriter) -> None:
        self._send = send
        self._pictures = pictures
        self._lock = Lock()
        self._waiting: tuple[Snapshot, SourceCounts] | None = None

    def offer(self, snapshot: Snapshot, counts: SourceCounts) -> bool:
        """Send it now or once there is room for its picture.

        Returns
        -------
        bool
            Whether another that was waiting for room is never sent because of it.
        """
        with self._lock:
            overtaken = self._waiting is not None
            self._waiting = snapshot, counts
            self._send_waiting()
            return overtaken

    def free(self, slot: int) -> None:
        """Take a slot back, and send what was waiting for it."""
        with self._lock:
            self._pictures.free(slot)
            self._send_waiting()

    def clear(self) -> None:
        """Send nothing that is still waiting."""
        with self._lock:
            self._waiting = None

    def _send_waiting(self) -> None:
        if self._waiting is None:
            return
        snapshot, counts = self._waiting
        place = None
        if snapshot.frame.image.size:
            place = self._pictures.write(snapshot.frame.image)
            if place is None:
                return
        self._waiting = None
        self._send(SnapshotSent.of(snapshot, place, counts))
