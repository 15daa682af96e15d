"""The PIN and how often it may be tried."""

from collections.abc import Callable
from typing import Final

from choreai_live.configuration.pin import pin_fits

#: Seconds to wait after the first wrong PIN; twice as long after each further one.
_FIRST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 300.0


class PinGate:
    """Opens for the right PIN, and makes whoever guesses wait longer and longer.

    Closing and opening the pad again does not help: the gate stays the same.

    Parameters
    ----------
    pin_hash
        As :func:`choreai_live.configuration.pin.hash_pin` makes them.
    fits
        Says whether a PIN fits a hash.
    """

    def __init__(self, pin_hash: str, fits: Callable[[str, str], bool] = pin_fits) -> None:
        self._hash = pin_hash
        self._fits = fits
        self._wrong = 0
        self._open_at = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds until a PIN may be tried, at `now` seconds on any clock."""
        return max(0.0, self._open_at - now)

    def opens(self, pin: str, now: float) -> bool:
        """Return whether this is the PIN; never while there is a wait."""
        if self.wait(now) > 0.0:
            return False
        if self._fits(self._hash, pin):
            self._wrong = 0
            return True
        self._open_at = now + min(_FIRST_WAIT * 2.0 ** min(self._wrong, 16), _LONGEST_WAIT)
        self._wrong += 1
        return False
