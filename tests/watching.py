"""Watches a source as the program does, and remembers everything that came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Condition, Thread
from time import monotonic
from zlib import crc32

import av

from choreai_live.capture import Source, SourceState, SourceStatus
from choreai_live.capture.decoding import Decoder
from choreai_live.errors import ChoreaiError
from choreai_live.messages import Frame, Image, Snapshot
from choreai_live.pipeline import Engine


@dataclass(frozen=True, slots=True)
class Seen:
    """One frame as it arrived.

    Parameters
    ----------
    at
        When it was captured, ``time.monotonic()`` seconds.
    time, index, connection, size
        Those of the frame.
    digest
        Tells its picture from others.
    labels
        What the readouts said, None for *not sure*; empty without models.
    ages
        Frames each track has been followed for.
    """

    at: float
    time: float
    index: int
    connection: int
    size: tuple[int, int]
    digest: int
    labels: tuple[str | None, ...] = ()
    ages: tuple[int, ...] = ()


@dataclass(eq=False)
class Watcher:
    """Reads a source on a thread of its own, through the models if there are any.

    Parameters
    ----------
    opener
        Opens the source; is given the listener to be told of every change of status.
    engine
        The models; without them, frames are only read.

    Attributes
    ----------
    frames : list of Seen
        Every frame so far.
    statuses : list of (float, SourceStatus)
        Every status so far, with the ``time.monotonic()`` at which it was told.
    snapshots : callable or None
        Given every snapshot, when set before :meth:`start`.
    reads : bool
        Whether there will be readouts.
    error : ChoreaiError or None
        What it ended with.
    """

    opener: Callable[[Callable[[SourceStatus], None]], Source]
    engine: Engine | None = None
    snapshots: Callable[[Snapshot], None] | None = None
    frames: list[Seen] = field(default_factory=list)
    statuses: list[tuple[float, SourceStatus]] = field(default_factory=list)
    error: ChoreaiError | None = None
    source: Source | None = None
    ended: bool = False
    reads: bool = field(init=False)
    _changed: Condition = field(default_factory=Condition, init=False)

    def __post_init__(self) -> None:
        """Note whether there is anything to be read."""
        self.reads = self.engine is not None

    def start(self) -> "Watcher":
        """Begin to watch."""
        self._thread = Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()
        return self

    def wait_until(self, happened: Callable[[], bool], patience: float, what: str) -> None:
        """Wait until something is so; it is asked again after every frame and status.

        Raises
        ------
        AssertionError
            If it does not become so in time.
        """
        with self._changed:
            came = self._changed.wait_for(happened, patience)
        told = [status.state.value for _, status in self.statuses]
        assert came, f"{what} did not happen in {patience} s: {len(self.frames)} frames, {told}"

    def wait_for_frames(self, count: int, patience: float = 30.0) -> None:
        """Wait for so many frames more."""
        wanted = len(self.frames) + count
        self.wait_until(lambda: len(self.frames) >= wanted, patience, f"frame {wanted}")

    def wait_for_state(self, state: SourceState, since: float, patience: float = 30.0) -> None:
        """Wait until the source has been in a state after a moment."""
        self.wait_until(
            lambda: any(at >= since and status.state is state for at, status in self.statuses),
            patience,
            state.value,
        )

    def stop(self) -> None:
        """Close the source and wait for the thread."""
        if self.source is not None:
            self.source.close()
        self._thread.join(20)
        assert not self._thread.is_alive(), "whoever reads a closed source is woken"

    def note(self, snapshot: Snapshot) -> None:
        """Remember a snapshot that was made elsewhere."""
        with self._changed:
            self.frames.append(_seen(snapshot.frame, snapshot))
            self._changed.notify_all()

    def told(self, status: SourceStatus) -> None:
        """Remember a status."""
        with self._changed:
            self.statuses.append((monotonic(), status))
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            with self.opener(self.told) as source:
                self.source = source
                self._read(source)
        except ChoreaiError as error:
            self.error = error
        finally:
            with self._changed:
                self.ended = True
                self._changed.notify_all()

    def _read(self, source: Source) -> None:
        pipeline = None if self.engine is None else self.engine.pipeline(source, keep=60)
        while (frame := source.read()) is not None:
            snapshot = Snapshot(frame) if pipeline is None else pipeline.snapshot(frame)
            if self.snapshots is not None:
                self.snapshots(snapshot)
            self.note(snapshot)


def _seen(frame: Frame, snapshot: Snapshot) -> Seen:
    height, width = frame.image.shape[:2]
    return Seen(
        at=frame.captured,
        time=frame.time,
        index=frame.index,
        connection=frame.connection,
        size=(width, height),
        digest=digest_of(frame.image),
        labels=tuple(readout.label for readout in snapshot.readouts.values()),
        ages=tuple(track.age for track in snapshot.tracks),
    )


def digest_of(image: Image) -> int:
    """Return a number that tells a picture from others."""
    return crc32(image.tobytes())


def real_pictures(path: object) -> frozenset[int]:
    """Return the digests of all pictures of a video, decoded as a source decodes them.

    Whatever else arrives was not filmed by anybody.
    """
    with av.open(str(path)) as container:
        decoder = Decoder(container, str(path))
        return frozenset(digest_of(decoder.image(frame)) for frame, _ in decoder)
