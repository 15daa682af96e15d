"""A stand-in for a camera: a device file that gives pictures as they are filmed.

The device file is a named pipe and what comes out of it Motion JPEG. OpenCV reads it as
it reads a camera, in real time, and blocks where a driver would: for ever.
"""

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import av


class FifoCamera:
    """Films from the moment it is plugged in.

    Parameters
    ----------
    pictures
        JPEG files as bytes, all of the same size, filmed over and over.
    size
        Their width and height, pixels.
    rate
        Pictures per second.
    """

    def __init__(self, pictures: Sequence[bytes], size: tuple[int, int], rate: int) -> None:
        self._pictures = pictures
        self._size = size
        self._rate = rate
        self._away: list[Path] = []
        self._device: Path | None = None
        self._unplugged = Event()
        self._frozen = Event()
        self._thread: Thread | None = None

    def plug_in(self, device: Path, *, dead: bool = False) -> None:
        """Appear as a device file; a dead one is there but never answers."""
        os.mkfifo(device)
        self._device = device
        self._unplugged, self._frozen = Event(), Event()
        if not dead:
            arguments = (device, self._unplugged, self._frozen)
            self._thread = Thread(target=self._film, args=arguments, name="camera", daemon=True)
            self._thread.start()

    def unplug(self) -> None:
        """Vanish; whoever reads is told."""
        self.vanish()
        self._unplugged.set()
        if self._thread is not None:
            self._thread.join(10)

    def freeze(self) -> None:
        """Give no more pictures; whoever reads waits for ever."""
        self._frozen.set()

    def vanish(self) -> None:
        """Take the device file away from those who come, not from those who read it."""
        if self._device is not None:
            hidden = self._device.with_name(f"{self._device.name}.away{len(self._away)}")
            self._device.rename(hidden)
            self._away.append(hidden)
            self._device = None

    def close(self) -> None:
        """Unplug, and free everybody who hangs."""
        self._frozen.clear()
        self.unplug()
        for device in self._away:
            with suppress(OSError):  # nobody hangs there
                os.close(os.open(device, os.O_WRONLY | os.O_NONBLOCK))

    def _film(self, device: Path, unplugged: Event, frozen: Event) -> None:
        while not unplugged.is_set():
            descriptor = _reader_of(device)
            if descriptor is None:
                sleep(0.01)
                continue
            # The reader went away (which FFmpeg may tell in its own way), and another may come.
            with (
                suppress(OSError, av.error.FFmpegError),
                os.fdopen(descriptor, "wb", buffering=0) as pipe,
            ):
                self._film_for(pipe, unplugged, frozen)

    def _film_for(self, pipe: object, unplugged: Event, frozen: Event) -> None:
        with av.open(pipe, "w", format="avi", options={"flush_packets": "1"}) as container:
            stream = container.add_stream("mjpeg", rate=self._rate)
            stream.width, stream.height = self._size
            stream.pix_fmt = "yuvj420p"
            begun, number = monotonic(), 0
            while not unplugged.is_set():
                if not frozen.is_set():
                    packet = av.Packet(self._pictures[number % len(self._pictures)])
                    packet.pts = packet.dts = number
                    packet.time_base, packet.stream = Fraction(1, self._rate), stream
                    packet.is_keyframe = True
                    container.mux(packet)
                    number += 1
                sleep(max(begun + number / self._rate - monotonic(), 0.01))


def _reader_of(device: Path) -> int | None:
    """Return the writing end of a pipe somebody reads; None while nobody does."""
    try:
        descriptor = os.open(device, os.O_WRONLY | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.ENOENT):
            return None
        raise
    os.set_blocking(descriptor, True)
    return descriptor
