"""Memory that was freed really leaves the process."""

import platform
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


def test_it_may_be_called_at_any_time() -> None:
    give_memory_back()
    give_memory_back()
