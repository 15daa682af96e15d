"""Memory that was freed is used again, and goes back to the system."""

import ctypes
import sys
from functools import cache
from time import monotonic
from typing import Any, Final

#: What the GNU C library calls the most heaps it may make, in mallopt(3).
_MOST_HEAPS: Final = -8

#: Seconds after which what was freed meanwhile is worth returning.
_REGULARLY: Final = 20.0


def share_one_heap() -> None:
    """Let all threads share one heap, where the C library can; to be called before there are any.

    Pictures are made by one thread and freed by others. With a heap for each thread, as the
    GNU C library makes them, every one keeps room for the most it ever held.
    """
    library = _library()
    if library is not None and hasattr(library, "mallopt"):
        library.mallopt(_MOST_HEAPS, 1)


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
    return getattr(_library(), "malloc_trim", None)


@cache
def _library() -> Any:
    """Return the C library; None where it is surely not that of GNU."""
    return ctypes.CDLL(None) if sys.platform.startswith("linux") else None
