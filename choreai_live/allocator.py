"""Memory that was freed goes back to the system."""

import ctypes
import sys
from functools import cache
from time import monotonic
from typing import Any, Final

#: Seconds after which what was freed meanwhile is worth returning.
_REGULARLY: Final = 20.0


def give_memory_back() -> None:
    """Return what was freed to the system, where the C library can; takes a few milliseconds.

    Decoders, encoders and their threads come and go with every connection and every part
    of a recording. The GNU C library keeps what they free for later, scattered over the
    heaps of threads, so that over hours the program looks larger and larger though it
    holds no more than before. To be called when something large has ended, not per frame.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


class Tidying:
    """Gives memory back now and then, for what runs for weeks without anything ending.

    The pieces that a decoder, an encoder and the models free go back into use, but not
    always where they were: within an hour the heaps of the threads would be as large as
    the most that each ever held.
    """

    def __init__(self) -> None:
        self._due = monotonic() + _REGULARLY

    def tidy(self) -> float:
        """Give memory back if it is time; return the seconds until it is again."""
        left = self._due - monotonic()
        if left > 0:
            return left
        give_memory_back()
        self._due = monotonic() + _REGULARLY
        return _REGULARLY


@cache
def _trim() -> Any:
    """Return ``malloc_trim`` of the GNU C library; None where there is another."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
