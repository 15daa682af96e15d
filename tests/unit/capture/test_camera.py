"""Cameras, as far as they can be tested where there is none.

The class that captures from cameras is given a video file instead of a
device: the same OpenCV calls, the same thread, the same slot.
"""

import os
import sys
from pathlib import Path

import pytest
from clips import number_of, write_clip

from choreai_live.capture import CameraInfo, list_cameras, open_source
from choreai_live.capture import camera as camera_module
from choreai_live.capture.camera import CameraSource
from choreai_live.errors import SourceError, SourceLostError

linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux names its devices by files")


def test_a_camera_that_stops_is_lost_and_can_be_opened_again(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.avi", codec="mjpeg", pixels="yuvj420p", count=8)
    for _ in range(2):
        with CameraSource(str(path)) as source:
            assert source.live
            assert source.size == (64, 48)
            seen: list[int] = []
            with pytest.raises(SourceLostError, match="stopped giving pictures"):
                seen.extend(number_of(frame.image) for frame in iter(source.read, None))
            with pytest.raises(SourceLostError):
                source.read()
            assert seen[-1] == 7


@linux
@pytest.mark.parametrize("spec", ["17", "/dev/video17", "/dev/no-such-camera"])
def test_a_camera_that_does_not_exist(spec: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError, match=r"^There is no camera at /dev/\S+; .*\.$"):
        open_source(spec)
    assert capfd.readouterr() == ("", "")  # OpenCV adds nothing of its own


@linux
def test_a_device_that_is_no_camera(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError, match="/dev/null cannot be opened"):
        open_source("/dev/null")
    assert capfd.readouterr() == ("", "")


@linux
@pytest.mark.skipif(os.geteuid() == 0, reason="root may use every device")
def test_a_camera_one_may_not_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera_module, "DEVICES", tmp_path)
    (tmp_path / "video0").touch(mode=0o000)
    with pytest.raises(SourceError, match="may not be used by you"):
        open_source("0")


@linux
def test_cameras_are_listed_by_number_with_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, devices = tmp_path / "names", tmp_path / "devices"
    devices.mkdir()
    for number, name in ((10, "Stage left"), (2, "Webcam: HD\n"), (3, "unplugged")):
        (names / f"video{number}").mkdir(parents=True)
        (names / f"video{number}" / "name").write_text(name)
        (names / f"video{number}" / "device").mkdir()
        if name != "unplugged":
            (devices / f"video{number}").touch()
    (names / "v4l-subdev0").mkdir()
    monkeypatch.setattr(camera_module, "DEVICE_NAMES", names)
    monkeypatch.setattr(camera_module, "DEVICES", devices)
    assert list_cameras() == [
        CameraInfo(2, str(devices / "video2"), "Webcam: HD", "Webcam: HD @ device #0"),
        CameraInfo(10, str(devices / "video10"), "Stage left", "Stage left @ device #0"),
    ]
    with pytest.raises(SourceError, match=r"found: 2 \(Webcam: HD\), 10 \(Stage left\)\.$"):
        open_source("0")


@linux
def test_no_cameras_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera_module, "DEVICE_NAMES", tmp_path / "missing")
    assert list_cameras() == []


def test_other_systems_are_asked_camera_by_camera(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "another")
    found = list_cameras()
    assert [camera.index for camera in found] == sorted({camera.index for camera in found})
    assert capfd.readouterr() == ("", "")
