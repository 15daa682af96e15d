"""Cameras, through OpenCV."""

import os
import re
import struct
import sys
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import ClassVar, Final, cast

from choreai_live.capture.opencv import cv2
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.errors import SourceError, SourceLostError
from choreai_live.messages import Frame, Image

DEVICES = Path("/dev")
DEVICE_NAMES = Path("/sys/class/video4linux")
"""Where Linux lists its video devices."""

PROBED: Final = 5
"""How many indices are tried where the system has no list of cameras."""

FAILURES_FORGIVEN: Final = 5
"""Pictures in a row a camera may fail to deliver before it counts as lost."""


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that can be opened.

    Parameters
    ----------
    index
        What ``open_source`` calls it: ``open_source(str(index))``.
    path
        The device file, or the index again where there are no device files.
    name
        What its maker calls it.
    """

    index: int
    path: str
    name: str


class CameraSource(ThreadedSource):
    """A camera; the newest picture wins.

    Parameters
    ----------
    device
        Index, device file, or anything else OpenCV captures from.

    Raises
    ------
    SourceError
        If it does not exist, may not be used, or gives no picture.
    """

    live = True
    opening_patience: ClassVar[float] = 15.0
    stall_patience = 5.0

    def __init__(self, device: int | str) -> None:
        self.name = f"Camera {device}" if isinstance(device, int) else device
        self._device = device
        self._start()

    def _capture(self) -> Generator[Frame, None, None]:
        _require_usable(self.name, _device_file(self._device))
        capture = cv2.VideoCapture(self._device, _backend(self._device))
        try:
            if not capture.isOpened():
                raise SourceError(
                    f"{self.name} cannot be opened; "
                    "close other programs that use it, or plug it in again."
                )
            self.rate = capture.get(cv2.CAP_PROP_FPS) or None
            opened = monotonic()
            index = failures = 0
            while True:
                image, captured = _next_picture(capture)
                if image is not None:
                    yield Frame(image, captured - opened, index, captured)
                    index += 1
                    failures = 0
                elif failures < FAILURES_FORGIVEN:
                    self.skipped += 1
                    failures += 1
                elif index == 0:
                    raise SourceError(
                        f"{self.name} opens but gives no picture; "
                        "plug it in again, or choose another."
                    )
                else:
                    raise SourceLostError(
                        f"{self.name} stopped giving pictures; plug it in again and reopen it."
                    )
        finally:
            capture.release()


def list_cameras() -> list[CameraInfo]:
    """Return the cameras of this machine, by index."""
    if not sys.platform.startswith("linux"):
        return [CameraInfo(i, str(i), f"Camera {i}") for i in range(PROBED) if _opens(i)]
    cameras = []
    for entry in DEVICE_NAMES.glob("video*"):
        number = re.fullmatch(r"video(\d+)", entry.name)
        device = DEVICES / entry.name
        if number and device.exists() and _may_capture(device):
            cameras.append(CameraInfo(int(number[1]), str(device), _name_of(entry)))
    return sorted(cameras, key=lambda camera: camera.index)


def _name_of(entry: Path) -> str:
    try:
        return (entry / "name").read_text("utf-8", errors="replace").strip()
    except OSError:  # unplugged in this very moment
        return entry.name


def _device_file(device: int | str) -> Path | None:
    if isinstance(device, str):
        return Path(device)
    return DEVICES / f"video{device}" if sys.platform.startswith("linux") else None


def _backend(device: int | str) -> int:
    if sys.platform.startswith("linux") and (
        isinstance(device, int) or Path(device).is_char_device()
    ):
        return cv2.CAP_V4L2
    return cv2.CAP_ANY


def _require_usable(name: str, device: Path | None) -> None:
    if device is None:
        return
    if not device.exists():
        found = ", ".join(f"{camera.index} ({camera.name})" for camera in list_cameras())
        remedy = f"choose one of those found: {found}" if found else "plug one in"
        raise SourceError(f"There is no camera at {device}; {remedy}.")
    if not os.access(device, os.R_OK | os.W_OK):
        raise SourceError(
            f"{name} may not be used by you ({device} is protected); "
            "join the group that owns it, usually 'video', and log in again."
        )


def _next_picture(capture: cv2.VideoCapture) -> tuple[Image | None, float]:
    """Wait for the next picture; return it, None if it failed, and when it came."""
    try:
        grabbed = capture.grab()
        captured = monotonic()  # before a compressed picture is decoded
        return cast(Image | None, capture.retrieve()[1] if grabbed else None), captured
    except cv2.error:
        return None, monotonic()


def _opens(index: int) -> bool:
    capture = cv2.VideoCapture(index)
    try:
        return capture.isOpened()
    finally:
        capture.release()


def _may_capture(device: Path) -> bool:
    """Return False only for a device that says that it gives no pictures.

    A webcam has a second device file, for metadata. VIDIOC_QUERYCAP tells
    them apart (Linux media documentation, "ioctl VIDIOC_QUERYCAP").
    """
    import fcntl  # not on Windows

    query, answer = 0x80685600, bytearray(104)
    try:
        descriptor = os.open(device, os.O_RDWR | os.O_NONBLOCK)
    except OSError:
        return True
    try:
        fcntl.ioctl(descriptor, query, answer)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    single_planar, multi_planar = 0x1, 0x1000
    (capabilities,) = struct.unpack_from("=I", answer, 88)
    return bool(capabilities & (single_planar | multi_planar))
