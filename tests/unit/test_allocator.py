"""Memory that was freed really leaves the process."""

import platform
import subprocess
import sys

import psutil
import pytest

from choreai_live.allocator import give_memory_back


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or platform.libc_ver()[0] != "glibc",
    reason="only the GNU C library can be asked to",
)
def test_what_was_freed_among_what_is_kept_goes_back() -> None:
    # Each below the size from which the C library gives memory back by itself, and with
    # something kept after each, which is what holds the rest in place.
    pieces = [b"x" * 60_000 for _ in range(2_000)]
    kept = pieces[::20]
    del pieces
    before = psutil.Process().memory_info().rss
    give_memory_back()
    assert before - psutil.Process().memory_info().rss > 60_000_000
    assert all(piece.count(b"x") == 60_000 for piece in kept)


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or platform.libc_ver()[0] != "glibc",
    reason="only the GNU C library makes a heap for each thread",
)
def test_threads_share_one_heap_where_that_was_asked_for() -> None:
    # The heap of a thread lies in 64 MiB that begin at a multiple of 64 MiB: what is in use,
    # then what is reserved. By chance something else may begin there, but not end so.
    told = """
import ctypes, re, sys, threading
from choreai_live.allocator import share_one_heap
if sys.argv[1] == "share":
    share_one_heap()
started = threading.Barrier(5)
def hold():
    kept = [ctypes.create_string_buffer(50_000) for _ in range(20)]
    started.wait(); started.wait()
threads = [threading.Thread(target=hold) for _ in range(4)]
[thread.start() for thread in threads]
started.wait()
maps = [line.split() for line in open("/proc/self/maps")]
parts = [(*(int(x, 16) for x in m[0].split("-")), m[1]) for m in maps]
print(sum(
    begin % 2**26 == 0 and (use, rest) == ("rw-p", "---p") and last == begin + 2**26
    for (begin, _, use), (_, last, rest) in zip(parts, parts[1:])
))
started.wait()
"""
    alone, together = (
        int(subprocess.check_output([sys.executable, "-c", told, word], text=True))
        for word in ("each", "share")
    )
    assert alone > 0
    assert together == 0


def test_it_may_be_called_at_any_time() -> None:
    give_memory_back()
    give_memory_back()
