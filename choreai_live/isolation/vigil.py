"""Whether a process that should be alive is."""

from typing import Final

from choreai_live.isolation.wire import Activity, Beat

#: Seconds without a beat after which the process counts as frozen.
SILENCE: Final = 1.2
#: The same while libraries and models are loaded, during which a thread may be held up.
LOADING_SILENCE: Final = 20.0
#: The longest time between two looks that is counted as silence, seconds: somebody who was
#: asleep oneself cannot tell.
_LONGEST_LOOK: Final = 0.3


class Vigil:
    """Judges by the beats.

    Parameters
    ----------
    now
        ``time.monotonic()`` at which the process was started.
    """

    def __init__(self, now: float) -> None:
        self._looked = now
        self._silence = 0.0
        self._beat: Beat | None = None

    def hear(self, beat: Beat) -> None:
        """Take a beat in."""
        self._beat = beat
        self._silence = 0.0

    def complaint(self, now: float) -> str | None:
        """Return what is wrong, as the end of a sentence; None if nothing is.

        To be asked several times a second.
        """
        self._silence += min(now - self._looked, _LONGEST_LOOK)
        self._looked = now
        beat, silence = self._beat, self._silence
        loading = beat is None or beat.activity is Activity.LOADING
        if silence > (LOADING_SILENCE if loading else SILENCE):
            return f"gave no sign of life for {silence:.1f} seconds"
        if beat is None or beat.patience is None:
            return None
        seconds = beat.seconds + silence
        if seconds > beat.patience:
            return f"has been {beat.activity.value} for {seconds:.1f} seconds"
        return None
