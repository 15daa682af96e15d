"""What time a frame is: for files, for streams, and for files played live."""

from time import monotonic
from typing import Final


class PresentationClock:
    """Times in a file, strictly increasing whatever the file says.

    Parameters
    ----------
    begin
        What the file calls its beginning, seconds.
    step
        Seconds to the next frame where the file does not say, or goes back.
    """

    def __init__(self, begin: float, step: float) -> None:
        self._begin = begin
        self._step = step
        self._last = -step

    def time_of(self, stated: float | None) -> float:
        """Return the seconds since the beginning at which the next frame is due.

        Parameters
        ----------
        stated
            What the file says, seconds; None when it does not.
        """
        time = self._last + self._step
        if stated is not None and stated - self._begin > self._last:
            time = stated - self._begin
        self._last = time
        return time


class StreamClock:
    """Times in a live stream, in seconds since its first frame.

    RTP packets carry the moment of capture, which keeps the jitter of the
    network and of a busy machine out of the dancers' movements. The camera's
    clock is steered slowly towards ours (a phase-locked loop of first order),
    and set anew where it jumps.

    Parameters
    ----------
    step
        Seconds between frames, nominally.
    """

    GAIN: Final = 0.002
    """Share of the lateness corrected per frame: too little to be seen as motion."""

    JUMP: Final = 1.0
    """Seconds of lateness, either way, that are no drift but a new clock."""

    LEAST_STEP: Final = 1e-3

    def __init__(self, step: float) -> None:
        self._step = step
        self._first: float | None = None
        self._offset: float | None = None
        self._last = -step

    def time_of(self, captured: float, stated: float | None = None) -> float:
        """Return the time of the next frame, seconds.

        Parameters
        ----------
        captured
            ``time.monotonic()`` at which it arrived.
        stated
            Its time on the camera's own clock, seconds, where it is known.
        """
        if self._first is None:
            self._first = captured
        time = captured - self._first
        if stated is not None:
            time = self._steered(stated, time)
        self._last = max(time, self._last + self.LEAST_STEP)
        return self._last

    def _steered(self, stated: float, arrived: float) -> float:
        late = 0.0 if self._offset is None else arrived - stated - self._offset
        if self._offset is None or abs(late) > self.JUMP:
            # Servers leave out the first frame's time; the second is a step later.
            self._offset = max(arrived, self._last + self._step) - stated
        else:
            self._offset += self.GAIN * late
        return stated + self._offset


class Pace:
    """How long to wait so that recorded time passes as fast as real time."""

    FORGIVENESS: Final = 1.0
    """Seconds of lateness that are caught up by hurrying.

    After a longer one, as when the machine slept, playing goes on from there.
    """

    def __init__(self) -> None:
        self._offset: float | None = None

    def until_due(self, time: float) -> float:
        """Return the seconds, 0 or more, until something of this time is due.

        Parameters
        ----------
        time
            Seconds on the source's own clock; the first one is due at once.
        """
        now = monotonic()
        if self._offset is None or now - time - self._offset > self.FORGIVENESS:
            self._offset = now - time
        return max(self._offset + time - now, 0.0)
