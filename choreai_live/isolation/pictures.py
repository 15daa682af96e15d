"""Pictures from one process to another through memory both have mapped.

The memory has no name: it is an open descriptor that the reader's process makes
and the writer's inherits. However either of them ends, nothing is left behind.

There are a few slots. The writer fills one that is free and says so; the reader
copies the picture out and hands the slot back. No slot is written while it is
being read, so no picture is ever torn.
"""

import mmap
import os
import sys
import tempfile
from typing import Final

import numpy as np

from choreai_live.isolation.channel import MessageError
from choreai_live.isolation.wire import Place
from choreai_live.messages import Image

SLOTS: Final = 3


def create_memory() -> int:
    """Return the descriptor of nameless memory, empty yet, for a process to inherit."""
    if sys.platform != "linux":
        return create_nameless_file()
    import fcntl

    memory = os.memfd_create("choreai-pictures", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    # Reading mapped memory that was cut off since ends the reader's process.
    fcntl.fcntl(memory, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK)
    return memory


def create_nameless_file() -> int:
    """Do the same where the system has no such memory, with a file nobody else can find."""
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())


class PictureWriter:
    """Fills the slots.

    Parameters
    ----------
    memory
        The descriptor; nobody else writes to it.
    """

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._map: mmap.mmap | None = None
        self._slot_bytes = 0
        self._free = list(range(SLOTS))

    def write(self, image: Image) -> Place | None:
        """Copy a picture into a free slot.

        Parameters
        ----------
        image
            uint8 (height, width, 3), of at least one pixel.

        Returns
        -------
        Place or None
            None while no slot is free or, for a picture larger than any before, not all are.
        """
        if image.nbytes > self._slot_bytes and not self._grow(image.nbytes):
            return None
        if not self._free or self._map is None:
            return None
        slot = self._free.pop()
        height, width = image.shape[:2]
        place = Place(slot, slot * self._slot_bytes, height, width)
        view = np.frombuffer(self._map, np.uint8, image.nbytes, place.offset)
        np.copyto(view.reshape(image.shape), image)
        return place

    def free(self, slot: int) -> None:
        """Take a slot back."""
        if slot in self._free or not 0 <= slot < SLOTS:
            raise MessageError(f"Slot {slot} for pictures was handed back without being in use.")
        self._free.append(slot)

    def _grow(self, needed: int) -> bool:
        if len(self._free) < SLOTS:
            return False
        page = mmap.PAGESIZE
        self._slot_bytes = -(-needed // page) * page
        if self._map is not None:
            self._map.close()
        os.ftruncate(self._memory, SLOTS * self._slot_bytes)
        self._map = mmap.mmap(self._memory, SLOTS * self._slot_bytes)
        return True


class PictureReader:
    """Copies pictures out of the slots.

    Parameters
    ----------
    memory
        The descriptor; closed together with the reader.
    """

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self._map: mmap.mmap | None = None

    def read(self, place: Place) -> Image:
        """Return uint8 (height, width, 3): a copy of the picture at ``place``.

        Raises
        ------
        MessageError
            If there is no such place.
        """
        length = place.height * place.width * 3
        end = place.offset + length
        if min(place.height, place.width) < 1 or place.offset < 0:
            raise MessageError("A picture was announced at a place that cannot be.")
        if self._map is None or end > len(self._map):
            self._map = self._mapped(end)
        view = np.frombuffer(self._map, np.uint8, length, place.offset)
        return view.reshape(place.height, place.width, 3).copy()

    def _mapped(self, end: int) -> mmap.mmap:
        size = os.fstat(self.memory).st_size
        if end > size:
            raise MessageError(
                f"A picture was announced that ends at byte {end} of a memory of {size}."
            )
        if self._map is not None:
            self._map.close()
        return mmap.mmap(self.memory, size, access=mmap.ACCESS_READ)

    def close(self) -> None:
        """Let go of the memory."""
        if self._map is not None:
            self._map.close()
            self._map = None
        os.close(self.memory)
