"""Memory that was freed goes back to the system."""

import ctypes
import sys
from functools import cache
from typing import Any


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


@cache
def _trim() -> Any:
    """Return ``malloc_trim`` of the GNU C library; None where there is another."""
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
