"""Targets that read pictures: video files, streams, single pictures."""

from abc import abstractmethod
from pathlib import Path
from typing import Final, cast

import cv2
from clips import dancer, write_clip
from hypothesis import strategies as st
from rtsp_server import RtspServer

from choreai_live.capture import open_source
from choreai_live.errors import SourceLostError
from fuzzing.mutation import mutated
from fuzzing.scripted_server import ScriptedServer, packed, record_rtsp, unpacked
from fuzzing.target import Target, watch

WIDTH: Final = 96
HEIGHT: Final = 64
PICTURES: Final = 12
"""Of the videos that are damaged: as little as holds everything a video has."""


class _Video(Target):
    """A video file of one container and codec."""

    container: str
    codec = "libx264"
    pixels = "yuv420p"

    @property
    def suffix(self) -> str:  # type: ignore[override]
        return f".{self.container}"

    def examples(self) -> st.SearchStrategy[bytes]:
        good = _clip(self.folder / f"good{self.suffix}", self.codec, self.pixels)
        return mutated([good.read_bytes()])

    def take(self, path: Path) -> None:
        with open_source(str(path)) as source:
            watch(source)


class Mp4(_Video):
    """H.264 in MP4."""

    container = "mp4"


class Matroska(_Video):
    """H.264 in Matroska."""

    container = "mkv"


class Avi(_Video):
    """MPEG-4 Part 2 in AVI."""

    container = "avi"
    codec = "mpeg4"


class TransportStream(_Video):
    """H.264 in an MPEG transport stream."""

    container = "ts"


class _Conversation(Target):
    """Replies of a server, with the pictures it sends."""

    scheme: str
    # FFmpeg waits ten seconds for an answer before it says so.
    patience = 60.0

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._server = ScriptedServer()

    @abstractmethod
    def replies(self) -> tuple[bytes, ...]:
        """Return what a good server says."""

    def examples(self) -> st.SearchStrategy[bytes]:
        good = self.replies()

        @st.composite
        def damaged(draw: st.DrawFn) -> bytes:
            struck = draw(st.sets(st.sampled_from(range(len(good))), min_size=1, max_size=2))
            return packed(
                tuple(
                    draw(mutated([piece], good)) if number in struck else piece
                    for number, piece in enumerate(good)
                )
            )

        return damaged()

    def take(self, path: Path) -> None:
        self._server.script = unpacked(path.read_bytes())
        address = f"{self.scheme}://127.0.0.1:{self._server.port}/stage.mp4"
        try:
            with open_source(address) as source:
                watch(source)
        except SourceLostError:
            pass  # how every live source ends

    def close(self) -> None:
        self._server.close()


class Rtsp(_Conversation):
    """RTSP: the four replies, RTP packets behind the last."""

    scheme = "rtsp"

    def replies(self) -> tuple[bytes, ...]:
        _clip(self.folder / "stage.mp4")
        server = RtspServer(self.folder)
        try:
            return record_rtsp(server.port, "stage.mp4", PICTURES - 1)
        finally:
            server.stop()


class Http(_Conversation):
    """HTTP: JPEG pictures one after the other, as many cameras send them."""

    scheme = "http"

    def replies(self) -> tuple[bytes, ...]:
        reply = (
            b"HTTP/1.1 200 OK\r\nServer: stage\r\n"
            b"Content-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n"
        )
        for number in range(4):
            data = _jpeg(number)
            reply += b"--frame\r\nContent-Type: image/jpeg\r\n"
            reply += b"Content-Length: %d\r\n\r\n%b\r\n" % (len(data), data)
        return (reply,)


class Pictures(Target):
    """A single picture: JPEG, PNG or WebP."""

    suffix = ".jpg"  # whatever it is: OpenCV looks at the bytes

    def examples(self) -> st.SearchStrategy[bytes]:
        image = dancer(10, WIDTH, HEIGHT)
        return st.one_of(
            *(
                mutated([cv2.imencode(suffix, image)[1].tobytes()])
                for suffix in (".jpg", ".png", ".webp")
            )
        )

    def take(self, path: Path) -> None:
        with open_source(str(path)) as source:
            watch(source)


def _clip(path: Path, codec: str = "libx264", pixels: str = "yuv420p") -> Path:
    if not path.exists():
        size = {"count": PICTURES, "width": WIDTH, "height": HEIGHT}
        write_clip(path, codec=codec, pixels=pixels, paint=dancer, **size)  # type: ignore[arg-type]
    return path


def _jpeg(number: int) -> bytes:
    return cast(bytes, cv2.imencode(".jpg", dancer(number, WIDTH, HEIGHT))[1].tobytes())
