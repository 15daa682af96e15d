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

from choreai_live.capture.buffer import FrameBuffer
from choreai_live.capture.camera_identity import device_of, identity_of
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
    identity
        What tells it from other cameras whatever index it has; mostly a path that
        ``open_source`` takes too. None where the system does not know.
    """

    index: int
    path: str
    name: str
    identity: str | None = None


class CameraSource(ThreadedSource):
    """A camera; the newest picture wins.

    Parameters
    ----------
    device
        Index, device file, or anything else OpenCV captures from.
    name
        What to call it, where that is not told by the device.
    outlet
        Where a supervisor takes the frames.

    Attributes
    ----------
    identity : str or None
        What tells it from other cameras for good, where the system knows; see
        :func:`find_camera`. Set before its first picture.

    Raises
    ------
    SourceError
        If it does not exist, may not be used, or gives no picture.
    """

    live = True
    opening_patience: ClassVar[float] = 15.0
    stall_patience = 5.0

    def __init__(
        self, device: int | str, *, name: str | None = None, outlet: FrameBuffer | None = None
    ) -> None:
        self.name = name or name_of_camera(device)
        self.identity: str | None = None
        self._device = device
        self._start(outlet)

    def _capture(self) -> Generator[Frame, None, None]:
        file = _device_file(self._device)
        _require_usable(self.name, file)
        # Known before it is opened: afterwards the index might be another camera's.
        identity = None if file is None else identity_of(file, DEVICES, DEVICE_NAMES)
        capture = _capture_of(self._device if file is None else file)
        try:
            if not capture.isOpened():
                raise SourceError(
                    f"{self.name} cannot be opened; "
                    "close other programs that use it, or plug it in again."
                )
            if self._buffer.closed:
                return
            self.rate = capture.get(cv2.CAP_PROP_FPS) or None
            opened = monotonic()
            index = failures = 0
            while True:
                image, captured = _next_picture(capture)
                if image is not None:
                    self.identity = identity
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


def name_of_camera(device: int | str) -> str:
    """Return what to call the camera at an index or device file."""
    return f"Camera {device}" if isinstance(device, int) else device


def list_cameras() -> list[CameraInfo]:
    """Return the cameras of this machine, by index."""
    if not sys.platform.startswith("linux"):
        return [CameraInfo(i, str(i), f"Camera {i}") for i in range(PROBED) if _opens(i)]
    cameras = []
    for entry in DEVICE_NAMES.glob("video*"):
        number = re.fullmatch(r"video(\d+)", entry.name)
        device = DEVICES / entry.name
        if number and device.exists() and _may_capture(device):
            identity = identity_of(device, DEVICES, DEVICE_NAMES)
            cameras.append(CameraInfo(int(number[1]), str(device), _name_of(entry), identity))
    return sorted(cameras, key=lambda camera: camera.index)


def find_camera(identity: str) -> str | None:
    """Return the device file that the camera of this identity has now, None while it is away."""
    device = device_of(identity, DEVICES, DEVICE_NAMES)
    return None if device is None else str(device)


def _name_of(entry: Path) -> str:
    try:
        return (entry / "name").read_text("utf-8", errors="replace").strip()
    except OSError:  # unplugged in this very moment
        return entry.name


def _device_file(device: int | str) -> Path | None:
    if isinstance(device, str):
        return Path(device)
    return DEVICES / f"video{device}" if sys.platform.startswith("linux") else None


def _capture_of(device: int | str | Path) -> cv2.VideoCapture:
    if not isinstance(device, Path):
        return cv2.VideoCapture(device, cv2.CAP_ANY)
    if device.is_char_device() and sys.platform.startswith("linux"):
        return cv2.VideoCapture(str(device.resolve()), cv2.CAP_V4L2)
    return cv2.VideoCapture(str(device), cv2.CAP_ANY)


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
