"""Damage to bytes: flips, values at their limits, cuts, copies, insertions, splices."""

from collections.abc import Callable, Sequence
from typing import Final

from hypothesis import strategies as st

Edit = Callable[[bytearray], None]

#: What sizes and counts are likeliest to be mishandled at, in either order of bytes.
LIMITS: Final = (
    b"\x00",
    b"\xff",
    b"\x7f",
    b"\x80",
    b"\x00\x00\x00\x00",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"\x80\x00\x00\x00",
    b"\xff\xff\xff\x7f",
    b"\x00\x00\x00\x01",
    b"\xff" * 8,
    b"\r\n\r\n",
    b"-1",
    b"99999999999999999999",
)


@st.composite
def _flip(draw: st.DrawFn, size: int) -> Edit:
    """Change up to eight bytes next to each other."""
    at, mask = draw(_place(size)), draw(st.binary(min_size=1, max_size=8))

    def edit(data: bytearray) -> None:
        for offset, bits in enumerate(mask):
            if at + offset < len(data):
                data[at + offset] ^= bits

    return edit


@st.composite
def _overwrite(draw: st.DrawFn, size: int) -> Edit:
    """Put a value at its limit where another stood."""
    at, value = draw(_place(size)), draw(st.sampled_from(LIMITS))

    def edit(data: bytearray) -> None:
        data[at : at + len(value)] = value

    return edit


@st.composite
def _insert(draw: st.DrawFn, size: int) -> Edit:
    at, value = draw(_place(size)), draw(st.one_of(st.binary(max_size=16), st.sampled_from(LIMITS)))

    def edit(data: bytearray) -> None:
        data[at:at] = value

    return edit


@st.composite
def _remove(draw: st.DrawFn, size: int) -> Edit:
    at, length = draw(_place(size)), draw(st.integers(1, max(size // 4, 1)))

    def edit(data: bytearray) -> None:
        del data[at : at + length]

    return edit


@st.composite
def _truncate(draw: st.DrawFn, size: int) -> Edit:
    at = draw(_place(size))

    def edit(data: bytearray) -> None:
        del data[at:]

    return edit


@st.composite
def _splice(draw: st.DrawFn, size: int, donor: bytes) -> Edit:
    """Put a piece of another example, or of this one, somewhere else."""
    at, length = draw(_place(size)), draw(st.integers(1, 256))
    taken = draw(_place(len(donor)))
    replacing = draw(st.booleans())
    piece = donor[taken : taken + length]

    def edit(data: bytearray) -> None:
        data[at : at + (len(piece) if replacing else 0)] = piece

    return edit


def _place(size: int) -> st.SearchStrategy[int]:
    """Draw a position; every third one near the beginning, where headers stand."""
    last = max(size - 1, 0)
    anywhere = st.integers(0, last)
    return st.one_of(st.integers(0, min(last, 255)), anywhere, anywhere)


@st.composite
def mutated(draw: st.DrawFn, seeds: Sequence[bytes], donors: Sequence[bytes] = ()) -> bytes:
    """Return one of the seeds with one to six edits.

    Parameters
    ----------
    seeds
        Good examples.
    donors
        What pieces are taken from to be spliced in; the seeds if there are none.
    """
    data = bytearray(draw(st.sampled_from(seeds)))
    donor = draw(st.sampled_from(donors or seeds))
    size = len(data)
    # Mostly what keeps everything in its place: formats full of offsets would
    # otherwise be refused at once, and what lies behind never be reached.
    kinds = (_flip, _overwrite, _flip, _overwrite, _flip, _insert, _remove, _truncate)
    edit = st.one_of(*(kind(size) for kind in kinds), _splice(size, donor))
    for change in draw(st.lists(edit, min_size=1, max_size=6)):
        change(data)
    return bytes(data)
