"""Signs of life: what the pipeline's loop is doing, told several times a second."""

from collections import deque
from collections.abc import Callable
from statistics import median
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Final

from choreai_live.isolation.events import SourceOpening
from choreai_live.isolation.wire import Activity, Beat, SourceCounts

#: Seconds between two beats.
INTERVAL: Final = 0.2

#: Seconds that importing libraries and loading models may take; some providers compile
#: models for minutes.
LOADING_PATIENCE: Final = 900.0
#: Seconds one frame may take; more counts as frozen.
FRAME_PATIENCE: Final = 1.5
#: On a slow machine: this many times what a frame usually takes.
_USUAL_TIMES: Final = 4
#: Frames of a new size during which anything may be made ready still, and seconds for each.
_WARM_UP_FRAMES: Final = 5
_WARM_UP_PATIENCE: Final = 30.0
_REMEMBERED: Final = 31


class Heart:
    """Sends beats from a thread of its own.

    Parameters
    ----------
    send
        Sends a report.

    Attributes
    ----------
    counts : SourceCounts
        What the present source has counted.
    """

    def __init__(self, send: Callable[[Beat | SourceOpening], None]) -> None:
        self.counts = SourceCounts()
        self._send = send
        self._lock = Lock()
        self._doing: tuple[Activity, float, float | None] = (Activity.IDLE, monotonic(), None)

    @property
    def activity(self) -> Activity:
        """What the loop is doing."""
        return self._doing[0]

    def start(self) -> None:
        """Begin to beat."""
        Thread(target=self._beat, name="heart", daemon=True).start()

    def turn_to(self, opening: SourceOpening) -> None:
        """Begin to count anew, and say so before the next beat does."""
        with self._lock:
            self.counts = SourceCounts()
            self._send(opening)

    def now(self, activity: Activity, patience: float | None = None) -> None:
        """Say what the loop does from now on, and for how many seconds it may."""
        self._doing = (activity, monotonic(), patience)

    def _beat(self) -> None:
        while True:
            activity, since, patience = self._doing
            try:
                with self._lock:
                    self._send(Beat(activity, monotonic() - since, patience, self.counts))
            except OSError:  # the other process is gone, and this one about to end
                return
            sleep(INTERVAL)


class FramePatience:
    """How long one frame may take, by how long they usually take."""

    def __init__(self) -> None:
        self._size: tuple[int, ...] | None = None
        self._frames = 0
        self._taken: deque[float] = deque(maxlen=_REMEMBERED)

    def allowed(self, size: tuple[int, ...]) -> float:
        """Return the seconds a frame of this size may take."""
        if size != self._size:
            self._size, self._frames = size, 0
            self._taken.clear()
        if self._frames < _WARM_UP_FRAMES:
            return _WARM_UP_PATIENCE
        return max(FRAME_PATIENCE, _USUAL_TIMES * median(self._taken))

    def took(self, seconds: float) -> None:
        """Note how long a frame took."""
        self._frames += 1
        self._taken.append(seconds)
