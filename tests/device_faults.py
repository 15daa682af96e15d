"""Faults of cameras, of files, and of the network before anything was seen."""

from collections.abc import Generator
from pathlib import Path
from time import monotonic, sleep
from typing import Final, cast

import cv2
import pytest
from enduring import Outcome, endure, outcome_of, wait_until_steady
from fault_proxy import FaultProxy
from fifo_camera import FifoCamera
from http_camera import HttpCamera
from staging import Conditions, Stage
from watching import Watcher, digest_of, real_pictures

from choreai_live.capture import (
    Source,
    StatusListener,
    SupervisedSource,
    Supervision,
    open_source,
)
from choreai_live.capture import camera as camera_module
from choreai_live.capture.buffer import FrameBuffer
from choreai_live.capture.connecting import CameraConnector
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.messages import Frame, Image

RATE: Final = 25.0

AFTER_DESCRIBE: Final = 600
"""Bytes an RTSP server has sent when it has said what there is, but not yet sent it."""


class HttpStage:
    """A camera that sends JPEG over HTTP, the network before it, and who watches.

    Parameters
    ----------
    conditions
        Under what conditions.

    Attributes
    ----------
    proxy, watcher, real
        As of :class:`staging.Stage`.
    """

    def __init__(self, conditions: Conditions) -> None:
        pictures, _ = jpegs(conditions.footage)
        # Decoded by FFmpeg, as they are on their way here.
        film = conditions.folder / "film.mjpeg"
        film.write_bytes(b"".join(pictures))
        self.real = real_pictures(film)
        self._server = HttpCamera(pictures, RATE)
        self.proxy = FaultProxy(self._server.port, seed=1)
        self.watcher = Watcher(self._open, conditions.engine)

    def close(self) -> None:
        """Let everybody go home."""
        self.watcher.stop()
        self.proxy.close()
        self._server.stop()

    def _open(self, told: StatusListener) -> Source:
        url = f"http://127.0.0.1:{self.proxy.port}/live.mjpg"
        return open_source(url, live=True, supervision=Supervision(True, told))


def jpegs(footage: Path) -> tuple[list[bytes], tuple[int, int]]:
    """Return the usual footage as JPEG files, and its width and height."""
    with open_source(str(footage / "usual.mp4")) as source:
        images = [frame.image for frame in iter(source.read, None)]
    quality = [cv2.IMWRITE_JPEG_QUALITY, 85]
    return [cv2.imencode(".jpg", image, quality)[1].tobytes() for image in images], source.size


def stall_while_opening(conditions: Conditions) -> Outcome:
    """Stall the network between what a server says it has and what it sends."""
    stage = Stage(conditions)
    try:
        stage.proxy.stall(after=AFTER_DESCRIBE)
        struck = monotonic()
        stage.watcher.start()
        sleep(conditions.hold)
        assert not stage.watcher.frames
        mended = monotonic()
        stage.proxy.resume()
        return _first_frames(stage.watcher, stage.real, struck, mended)
    finally:
        stage.close()


def unplug(conditions: Conditions) -> Outcome:
    """Pull the plug of a camera, and put it back where it gets another index."""
    devices = conditions.folder / "devices"
    by_id = devices / "v4l" / "by-id"
    by_id.mkdir(parents=True)
    link = by_id / "usb-Stage_Camera_0001-video-index0"
    camera, real = _camera(conditions)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(camera_module, "DEVICES", devices)
        patch.setattr(camera_module, "DEVICE_NAMES", conditions.folder / "names")
        camera.plug_in(devices / "video2")
        link.symlink_to("../../video2")
        watcher = _watcher_of(devices / "video2", conditions)

        def pull() -> None:
            link.unlink()
            camera.unplug()

        def put_back() -> None:
            # Somebody else's camera has the old index by now.
            stranger.plug_in(devices / "video2")
            camera.plug_in(devices / "video5")
            link.symlink_to("../../video5")

        stranger, _ = _camera(conditions)
        try:
            return endure(watcher, RATE, pull, put_back, conditions.hold, lambda: real)
        finally:
            watcher.stop()
            camera.close()
            stranger.close()


def hang(conditions: Conditions) -> Outcome:
    """Let a driver hang in the middle, and come back as a new device file."""
    camera, real = _camera(conditions)
    device = conditions.folder / "camera"
    camera.plug_in(device)
    watcher = _watcher_of(device, conditions)

    def strike() -> None:
        camera.freeze()
        camera.vanish()

    replacement, _ = _camera(conditions)
    try:
        return endure(
            watcher,
            RATE,
            strike,
            lambda: replacement.plug_in(device),
            max(conditions.hold, 5.0),
            lambda: real,
        )
    finally:
        watcher.stop()
        camera.close()
        replacement.close()


class _HangingCamera(ThreadedSource):
    """A camera whose driver never comes back from being opened.

    OpenCV itself cannot be let hang there by a named pipe: it would hold a lock meanwhile
    that it does not need for devices.
    """

    live = True

    def __init__(self, device: Path, outlet: FrameBuffer) -> None:
        self.name = str(device)
        self._device = device
        self._start(outlet)

    def _capture(self) -> Generator[Frame, None, None]:
        with self._device.open("rb") as pipe:  # until somebody writes
            pipe.read()
        yield from ()


class _HangingOnce(CameraConnector):
    """Reaches a camera that hangs when it is opened for the first time."""

    def __init__(self, dead: Path, device: Path) -> None:
        super().__init__(str(device))
        self._dead: Path | None = dead

    def connect(self, outlet: FrameBuffer) -> ThreadedSource:
        """Begin an attempt; see :meth:`Connector.connect`."""
        dead, self._dead = self._dead, None
        return super().connect(outlet) if dead is None else _HangingCamera(dead, outlet)


def hang_while_opening(conditions: Conditions) -> Outcome:
    """Let a driver hang before its first picture."""
    camera, real = _camera(conditions)
    dead, _ = _camera(conditions)
    dead.plug_in(conditions.folder / "dead", dead=True)
    camera.plug_in(conditions.folder / "camera")
    connector = _HangingOnce(conditions.folder / "dead", conditions.folder / "camera")
    watcher = Watcher(
        lambda told: SupervisedSource(connector, Supervision(True, told)), conditions.engine
    )
    try:
        struck = monotonic()
        watcher.start()
        return _first_frames(watcher, real, struck, struck)
    finally:
        watcher.stop()
        camera.close()
        dead.close()


def cut_file(conditions: Conditions) -> Outcome:
    """Play a video that was cut off in the middle."""
    whole = conditions.footage / "usual.mkv"
    cut = conditions.folder / "cut.mkv"
    data = whole.read_bytes()
    cut.write_bytes(data[: len(data) // 2])
    watcher = Watcher(lambda _: open_source(str(cut), live=True), conditions.engine)
    began = monotonic()
    watcher.start()
    watcher.wait_until(lambda: watcher.ended, 60, "the end")
    watcher.stop()
    filmed = real_pictures(whole)
    lost = len(filmed) - 1 - watcher.frames[-1].index
    return outcome_of(watcher, filmed, struck=began, recovered=None, lost=lost)


def _first_frames(watcher: Watcher, real: frozenset[int], struck: float, mended: float) -> Outcome:
    first = wait_until_steady(watcher, mended, RATE)
    watcher.stop()
    return outcome_of(watcher, real, struck=struck, recovered=first.at - mended, lost=0)


def _camera(conditions: Conditions) -> tuple[FifoCamera, frozenset[int]]:
    """Return a camera, not plugged in, and the digests of what it films."""
    pictures, size = jpegs(conditions.footage)
    film = conditions.folder / "film.mjpeg"
    film.write_bytes(b"".join(pictures))
    # Decoded by OpenCV, as they are on their way here.
    capture = cv2.VideoCapture(str(film))
    real = set()
    while (grabbed := capture.read())[0]:
        real.add(digest_of(cast(Image, grabbed[1])))
    capture.release()
    return FifoCamera(pictures, size, round(RATE)), frozenset(real)


def _watcher_of(device: Path, conditions: Conditions) -> Watcher:
    return Watcher(
        lambda told: SupervisedSource(CameraConnector(str(device)), Supervision(True, told)),
        conditions.engine,
    )
