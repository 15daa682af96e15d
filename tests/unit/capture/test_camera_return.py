"""Cameras that are unplugged and plugged in again, under their own or another number.

There is no camera here. A named pipe stands in for its device file: OpenCV reads it as it
reads a camera, picture by picture as they are filmed, and hangs where a driver would.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import cv2
import pytest
from clips import number_of, picture
from fifo_camera import FifoCamera

from choreai_live.capture import (
    SourceState,
    SourceStatus,
    SupervisedSource,
    Supervision,
    list_cameras,
    open_source,
)
from choreai_live.capture import camera as camera_module
from choreai_live.capture import connecting as connecting_module
from choreai_live.messages import Frame

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux names devices by files")

SIZES = {"ours": (64, 48), "other": (80, 60)}


class Sockets:
    """Where cameras are plugged in."""

    def __init__(self, root: Path) -> None:
        self.devices, self.names = root / "dev", root / "names"
        self.devices.mkdir()
        self.names.mkdir()
        self._cameras: dict[int, FifoCamera] = {}

    def plug_in(self, index: int, name: str) -> FifoCamera:
        entry = self.names / f"video{index}"
        entry.mkdir()
        (entry / "name").write_text(name)
        bus = self.names.with_name(f"bus of {name}")
        bus.mkdir(exist_ok=True)
        (entry / "device").symlink_to(bus)
        size = SIZES[name]
        pictures = [
            cv2.imencode(".jpg", picture(number, *size))[1].tobytes() for number in range(25)
        ]
        self._cameras[index] = camera = FifoCamera(pictures, size, 25)
        camera.plug_in(self.devices / entry.name)
        return camera

    def unplug(self, index: int) -> None:
        entry = self.names / f"video{index}"
        for file in ("name", "device"):
            (entry / file).unlink()
        entry.rmdir()
        self._cameras[index].unplug()

    def close(self) -> None:
        for camera in self._cameras.values():
            camera.close()


@pytest.fixture
def sockets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sockets]:
    sockets = Sockets(tmp_path)
    monkeypatch.setattr(camera_module, "DEVICES", sockets.devices)
    monkeypatch.setattr(camera_module, "DEVICE_NAMES", sockets.names)
    # Asking a pipe for its capabilities would open it.
    monkeypatch.setattr(camera_module, "_may_capture", lambda _: True)
    yield sockets
    sockets.close()


@pytest.fixture
def watch(sockets: Sockets) -> Iterator[Callable[..., SupervisedSource]]:
    opened: list[SupervisedSource] = []

    def open_it(spec: str, listener: Callable[[SourceStatus], None] | None = None) -> object:
        source = open_source(spec, supervision=Supervision(listener=listener))
        assert isinstance(source, SupervisedSource)
        opened.append(source)
        return source

    yield open_it
    sockets.close()  # frees who hangs
    for source in opened:
        source.close()


def read(source: SupervisedSource, until: Callable[[Frame], bool]) -> list[Frame]:
    frames: list[Frame] = []
    while (frame := source.read()) is not None:
        frames.append(frame)
        if until(frame):
            break
    return frames


def test_it_is_live_again_within_two_seconds_of_its_return(
    sockets: Sockets, watch: Callable[..., SupervisedSource]
) -> None:
    sockets.plug_in(0, "ours")
    source = watch("0")
    read(source, lambda frame: frame.index >= 5)
    sockets.unplug(0)
    deadline = monotonic() + 10
    while source.status.state is not SourceState.RECONNECTING:
        assert monotonic() < deadline
        sleep(0.01)
    sleep(1.0)
    assert source.status.sentence == "Camera 0 is not there; plug it in again."
    sockets.plug_in(0, "ours")
    returned = monotonic()
    again = read(source, lambda frame: frame.connection == 1)[-1]
    assert again.captured - returned < 2.0
    assert number_of(again.image) < 5, "what it filmed before is not shown again"
    assert source.reconnects == 1


def test_it_is_followed_to_another_index_and_no_other_is_opened_in_its_place(
    sockets: Sockets, watch: Callable[..., SupervisedSource]
) -> None:
    sockets.plug_in(0, "ours")
    source = watch("0")
    read(source, lambda frame: frame.index >= 5)
    sockets.unplug(0)
    sockets.plug_in(0, "other")
    sleep(1.5)
    assert source.status.state is SourceState.RECONNECTING
    sockets.plug_in(3, "ours")
    frames = read(source, lambda frame: frame.connection == 1)
    assert {frame.image.shape for frame in frames} == {(48, 64, 3)}
    assert source.size == SIZES["ours"]
    assert [camera.identity for camera in list_cameras()] == [
        "other @ bus of other #0",
        "ours @ bus of ours #0",
    ]


def test_a_driver_that_hangs_is_left_behind_and_replaced(
    sockets: Sockets, watch: Callable[..., SupervisedSource], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting_module, "STALLED_AFTER", 0.4)
    monkeypatch.setattr(connecting_module, "ABANDONED_AFTER", 0.8)
    camera = sockets.plug_in(0, "ours")
    told: list[SourceState] = []
    source = watch("0", lambda status: told.append(status.state))
    read(source, lambda frame: frame.index >= 5)
    camera.freeze()
    deadline = monotonic() + 10
    while source.abandoned == 0:
        assert monotonic() < deadline
        sleep(0.01)
    assert SourceState.STALLED in told
    # The hanging thread still has the first one; the camera comes back as a new device.
    sockets.unplug(0)
    sockets.plug_in(2, "ours")
    assert read(source, lambda frame: frame.connection == 1)
