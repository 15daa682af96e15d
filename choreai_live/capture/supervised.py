"""Live sources that come back."""

from dataclasses import dataclass
from threading import Condition, Thread, current_thread
from time import monotonic
from typing import Final

from choreai_live.allocator import Tidying, give_memory_back
from choreai_live.capture.announcing import Announcer
from choreai_live.capture.base import Source
from choreai_live.capture.buffer import FrameBuffer
from choreai_live.capture.connecting import Connector
from choreai_live.capture.continuity import Continuity
from choreai_live.capture.left_behind import LeftBehind
from choreai_live.capture.losses import reason_of, silent, without_picture
from choreai_live.capture.outlet import Outlet
from choreai_live.capture.status import SourceState, SourceStatus, StatusListener
from choreai_live.capture.threaded import CLOSING_PATIENCE, ThreadedSource
from choreai_live.errors import SourceLostError
from choreai_live.messages import Frame

RECORDING_ATTEMPTS: Final = 5
"""Attempts in a row without a new picture after which a recording is not waited for."""


@dataclass(frozen=True, slots=True)
class Supervision:
    """How a live source is to be kept alive.

    Parameters
    ----------
    persistent
        Whether even the first opening is tried for ever; otherwise its failure is raised.
    listener
        Told every change of status.
    transport
        How RTSP comes: ``"tcp"``, or ``"udp"`` where a camera has nothing else.
    """

    persistent: bool = False
    listener: StatusListener | None = None
    transport: str = "tcp"


class SupervisedSource(Source):
    """A live source that is reached again whenever it is lost, until it is closed.

    A thread of its own watches the connection. One that ends, fails, or gives no
    picture for a while is replaced after a pause; one that hangs is left behind, and
    whatever it still delivers is thrown away. Recordings go on where they broke off, and
    are given up when they never get beyond that. Frames go on in time and number, and
    say over which connection they came. Size and rate are those of the present
    connection, and ``(0, 0)`` and None before the first.

    Parameters
    ----------
    connector
        Reaches the source.
    supervision
        How it is to be kept alive.

    Attributes
    ----------
    reconnects : int
        How often it was live again.

    Raises
    ------
    SourceError
        If it cannot be opened, unless the supervision is persistent.
    """

    live = True
    size = (0, 0)

    def __init__(self, connector: Connector, supervision: Supervision) -> None:
        self.name = connector.name
        self.reconnects = 0
        self._connector = connector
        self._persistent = supervision.persistent
        self._announcer = Announcer(self.name, supervision.listener)
        self._frames = FrameBuffer(1, newest_wins=True)
        self._being_read = False
        self._turn = Condition()
        self._closed = False
        self._hurried = False
        self._outlet: Outlet | None = None
        self._connection: ThreadedSource | None = None
        self._continuity = Continuity()
        self._first_picture: float | None = None
        self._last_picture = 0.0
        self._skipped_before = 0
        self._left_behind = LeftBehind()
        self._tidying = Tidying()
        self._thread = Thread(target=self._supervise, name=f"supervisor {self.name}", daemon=True)
        self._thread.start()
        if not self._persistent:
            try:
                self._frames.wait_for_first()
            except BaseException:
                self.close()
                raise

    @property
    def status(self) -> SourceStatus:
        """What it is doing now."""
        return self._announcer.status

    @property
    def abandoned(self) -> int:
        """Connections whose threads hung and were left behind, so far."""
        return self._left_behind.count

    def read(self) -> Frame | None:
        """Wait for the next frame, however long the source is away; see :meth:`Source.read`."""
        self._being_read = True
        return self._frames.get()

    def try_now(self) -> None:
        """Do not wait any longer: for a picture that does not come, or for the next attempt."""
        with self._turn:
            self._hurried = self.status.state is not SourceState.LIVE
            self._turn.notify_all()

    def close(self) -> None:
        """Stop for good; see :meth:`Source.close`."""
        self._frames.close()
        with self._turn:
            self._closed = True
            self._turn.notify_all()
        if self._thread.is_alive() and current_thread() is not self._thread:
            self._thread.join(CLOSING_PATIENCE)

    # What follows is called by the threads of connections.

    def _take(self, outlet: Outlet, frame: Frame) -> None:
        with self._turn:
            connection = self._connection
            if connection is None or outlet is not self._outlet or self._closed:
                return
            now = monotonic()
            if self._first_picture is None:
                self._first_picture = now
                self._continuity.begin(frame)
                self.rate = connection.rate
                self.duration = connection.duration
                self.reconnects = self._continuity.connection
            height, width = frame.image.shape[:2]
            self.size = (width, height)
            self.skipped = self._skipped_before + connection.skipped
            self._last_picture = now
            overtaken = self._frames.put(self._continuity.carry_on(frame))
            if self._being_read:  # nobody missed what came before the first read
                self.dropped += overtaken
            if self.status.state is not SourceState.LIVE:
                self._turn.notify_all()

    def _wake(self) -> None:
        with self._turn:
            self._turn.notify_all()

    # What follows runs on the supervisor's thread.

    def _supervise(self) -> None:
        error: BaseException | None = None
        try:
            self._keep_connected()
        except BaseException as raised:  # the reader raises it
            error = raised
        self._frames.end(error)
        self._announcer.announce(
            SourceState.ENDED, "" if error is None else reason_of(self.name, error)
        )

    def _keep_connected(self) -> None:
        """Connect again and again, until the source is closed or really ends."""
        state, sentence, attempt = SourceState.OPENING, "", 1
        while not self._closed:
            self._announcer.announce(state, sentence, attempt=attempt)
            failure = self._connect_and_watch()
            if failure is None:
                return
            never_live = self._continuity.connection < 0
            if never_live and not self._persistent:
                raise failure
            lived = 0.0
            if self._first_picture is not None:
                lived = self._last_picture - self._first_picture
                attempt = 0
            if self.duration is not None and attempt >= RECORDING_ATTEMPTS:
                raise SourceLostError(reason_of(self.name, failure))
            state, sentence = SourceState.RECONNECTING, reason_of(self.name, failure)
            self._pause(self._connector.pauses.next(lived), sentence, attempt)
            attempt += 1

    def _connect_and_watch(self) -> BaseException | None:
        """Make one connection and stay with it; return why it was lost, None at the end."""
        outlet = Outlet(self._take, self._wake)
        with self._turn:
            self._outlet, self._connection, self._first_picture = outlet, None, None
            try:
                # Its first frame waits for the turn, and finds everything in its place.
                self._connection = connection = self._connector.connect(outlet)
            except Exception as error:
                return error
        try:
            return self._watch(connection, outlet)
        finally:
            with self._turn:
                self._outlet = None
            outlet.close()
            self._skipped_before += connection.skipped
            self.skipped = self._skipped_before
            if self._closed:
                connection.close()  # gives it a moment to let go of its device
                self._left_behind.note(connection)

    def _watch(self, connection: ThreadedSource, outlet: Outlet) -> BaseException | None:
        began = monotonic()
        while True:
            # Not while holding the turn: frames go on meanwhile.
            tidy_until = monotonic() + self._tidying.tidy()
            patience = self._connector.patience(connection)
            with self._turn:
                if self._closed:
                    return None
                if outlet.ended:
                    return self._end_of(connection, outlet)
                now = monotonic()
                if self._first_picture is None:
                    left = began + patience.opening - now
                    if left <= 0:
                        return without_picture(self.name, patience.opening)
                    self._turn.wait(left)
                    continue
                state, quiet = SourceState.LIVE, now - self._last_picture
                left = patience.stalled - quiet
                if left <= 0:
                    state, left = SourceState.STALLED, patience.abandoned - quiet
                    if left <= 0 or self._hurried:
                        return silent(self.name, quiet)
                if state is self.status.state:
                    self._turn.wait(min(left, tidy_until - now))
                    continue
                self._hurried = False
            # Not while holding the turn: whoever listens may wait for something of ours.
            stalled = state is SourceState.STALLED
            self._announcer.announce(state, str(silent(self.name, quiet)) if stalled else "")

    def _pause(self, seconds: float, sentence: str, attempt: int) -> None:
        seconds *= self._left_behind.caution
        self._announcer.announce(
            SourceState.RECONNECTING, sentence, retry_at=monotonic() + seconds, attempt=attempt
        )
        with self._turn:
            self._turn.wait_for(lambda: self._closed or self._hurried, seconds)
            self._hurried = False
        # By now, a connection that was given up has ended, unless it hangs.
        self._left_behind.note(self._connection)
        self._connection = None
        if self._first_picture is not None:
            give_memory_back()

    def _end_of(self, connection: ThreadedSource, outlet: Outlet) -> BaseException | None:
        if outlet.error is not None or connection.duration is not None:
            return outlet.error
        return SourceLostError(f"{self.name} ended.")
