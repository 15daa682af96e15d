"""Sources of every kind, ready to be opened."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import pytest
from clips import picture, write_clip
from rtsp_server import RtspServer

from choreai_live.capture import Source, open_source
from choreai_live.capture.camera import CameraSource

COUNT = 12
RATE = 25


@dataclass(frozen=True)
class Material:
    """Small recordings of :data:`COUNT` numbered pictures, and servers that send them."""

    folder: Path
    video: Path
    pictures: Path
    http: str
    rtsp: str


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep the terminal for the tests."""


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Material]:
    folder = tmp_path_factory.mktemp("material")
    video = write_clip(folder / "clip.mp4", count=COUNT, rate=RATE)
    write_clip(folder / "clip.mkv", count=COUNT, rate=RATE)  # needs no index to be streamed
    pictures = folder / "pictures"
    pictures.mkdir()
    for number in range(COUNT):
        cv2.imwrite(str(pictures / f"{number}.png"), picture(number, 64, 48))
    web = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=folder))
    threading.Thread(target=web.serve_forever, daemon=True).start()
    rtsp = RtspServer(folder)
    yield Material(
        folder,
        video,
        pictures,
        f"http://127.0.0.1:{web.server_port}/clip.mkv",
        rtsp.url("clip.mp4"),
    )
    rtsp.stop()
    web.shutdown()
    web.server_close()


LOSSLESS: dict[str, Callable[[Material], Source]] = {
    "video": lambda m: open_source(str(m.video)),
    "folder": lambda m: open_source(str(m.pictures)),
    "glob": lambda m: open_source(f"{m.pictures}{os.sep}*.png"),
    "demo": lambda m: open_source("demo?seconds=0.48&rate=25&width=96&height=72"),
}
LIVE: dict[str, Callable[[Material], Source]] = {
    "video played live": lambda m: open_source(str(m.video), live=True),
    "folder played live": lambda m: open_source(str(m.pictures), live=True),
    "demo played live": lambda m: open_source(
        "demo?seconds=0.48&rate=25&width=96&height=72", live=True
    ),
    "http": lambda m: open_source(m.http),
    "rtsp": lambda m: open_source(m.rtsp),
    # There is no camera here: the class that captures from cameras captures
    # from a video file instead, through the same OpenCV calls.
    "camera class on a file": lambda m: CameraSource(str(m.video)),
}


@pytest.fixture(params=LOSSLESS)
def open_lossless(request: pytest.FixtureRequest, material: Material) -> Callable[[], Source]:
    """Return what opens a source that loses nothing, of every such kind in turn."""
    return partial(LOSSLESS[request.param], material)


@pytest.fixture(params=LIVE)
def open_live(request: pytest.FixtureRequest, material: Material) -> Callable[[], Source]:
    """Return what opens a source whose newest frame wins, of every such kind in turn."""
    return partial(LIVE[request.param], material)


@pytest.fixture(params=[*LOSSLESS, *LIVE])
def open_any(request: pytest.FixtureRequest, material: Material) -> Callable[[], Source]:
    """Return what opens a source, of every kind in turn."""
    return partial((LOSSLESS | LIVE)[request.param], material)
