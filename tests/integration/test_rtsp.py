"""Network streams from real servers, over real sockets."""

import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import sleep

import cv2
import numpy as np
import pytest
from clips import number_of, picture, write_clip
from rtsp_server import RtspServer

from choreai_live.capture import Source, open_source
from choreai_live.capture import stream as stream_module
from choreai_live.errors import SourceError, SourceLostError
from choreai_live.messages import Frame

Starter = Callable[..., RtspServer]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stage")
    write_clip(folder / "solo.mp4", count=40, width=160, height=120)
    return folder


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up on silent servers sooner than users would want."""
    monkeypatch.setattr(stream_module, "ANSWER_PATIENCE", 0.5)
    monkeypatch.setattr(stream_module, "STALL_PATIENCE", {"rtsp": 0.5, "http": 0.5})


def watch(source: Source, pause: float = 0.0) -> tuple[list[Frame], SourceLostError | None]:
    """Return the frames until the source ends, and the error it ended with."""
    frames: list[Frame] = []
    try:
        while (frame := source.read()) is not None:
            frames.append(frame)
            sleep(pause)
    except SourceLostError as error:
        return frames, error
    return frames, None


def test_a_stream_is_read_as_it_comes(folder: Path, rtsp_server: Starter) -> None:
    with open_source(rtsp_server(folder).url("solo.mp4")) as source:
        assert source.live
        assert source.size == (160, 120)
        assert source.rate == 25
        assert source.duration is None
        frames, lost = watch(source)
        assert source.skipped == 0
    assert lost is not None
    assert str(lost).endswith("solo.mp4 ended; open it again if it should go on.")
    assert len(frames) > 20
    assert frames[-1].index == 39
    assert [number_of(frame.image) for frame in frames] == [frame.index % 25 for frame in frames]


def test_times_are_those_of_the_camera(folder: Path, rtsp_server: Starter) -> None:
    with open_source(rtsp_server(folder).url("solo.mp4")) as source:
        frames, _ = watch(source)
    steps = np.diff([frame.time for frame in frames])
    passed = np.diff([frame.index for frame in frames])
    assert steps == pytest.approx(passed / 25, abs=0.005)


def test_a_slow_reader_gets_the_newest_picture(folder: Path, rtsp_server: Starter) -> None:
    with open_source(rtsp_server(folder).url("solo.mp4")) as source:
        frames, _ = watch(source, pause=0.2)
        missed = frames[-1].index + 1 - frames[0].index - len(frames)
        assert missed > 10
        assert source.dropped - missed in (0, 1)


@pytest.mark.parametrize("login", ["stage:p@ss:w", "stage:p%40ss%3Aw"])
def test_the_right_password(folder: Path, rtsp_server: Starter, login: str) -> None:
    server = rtsp_server(folder, login="stage:p@ss:w")
    with open_source(server.url("solo.mp4", login=login)) as source:
        assert source.read() is not None
        assert source.name == f"rtsp://***@127.0.0.1:{server.port}/solo.mp4"


def test_the_wrong_password_is_told_and_kept(
    folder: Path,
    rtsp_server: Starter,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(0)
    login = "stagehand:hunter2"
    server = rtsp_server(folder, login="stage:s3cret")
    with pytest.raises(SourceError, match="refused the user name or password") as raised:
        open_source(server.url("solo.mp4", login=login))
    told = "".join(traceback.format_exception(raised.value))
    told += caplog.text + "".join(capfd.readouterr())
    told += "".join(thread.name for thread in threading.enumerate())
    assert f"rtsp://***@127.0.0.1:{server.port}/solo.mp4" in told
    assert "hunter2" not in told
    assert "stagehand" not in told
    assert not isinstance(raised.value, SourceLostError)


def test_a_password_that_is_missing(folder: Path, rtsp_server: Starter) -> None:
    server = rtsp_server(folder, login="stage:s3cret")
    with pytest.raises(SourceError, match=r"wants a user name and password; write rtsp://user:"):
        open_source(server.url("solo.mp4"))


def test_a_pulled_cable_is_a_lost_source_that_can_be_opened_again(
    folder: Path, rtsp_server: Starter
) -> None:
    server = rtsp_server(folder)
    for _ in range(2):
        with open_source(server.url("solo.mp4", endless=True)) as source:
            assert source.read() is not None
            server.hang_up()
            _, lost = watch(source)
            assert lost is not None
            with pytest.raises(SourceLostError):
                source.read()


@pytest.mark.usefixtures("impatient")
def test_a_camera_that_hangs_is_a_lost_source(folder: Path, rtsp_server: Starter) -> None:
    server = rtsp_server(folder)
    with open_source(server.url("solo.mp4", endless=True)) as source:
        assert source.read() is not None
        server.freeze()
        _, lost = watch(source)
    assert lost is not None
    assert "nothing any more" in str(lost)


def test_closing_wakes_who_waits_for_a_camera_that_hangs(
    folder: Path, rtsp_server: Starter
) -> None:
    server = rtsp_server(folder)
    source = open_source(server.url("solo.mp4", endless=True))
    server.freeze()
    reader = threading.Thread(target=watch, args=(source,), daemon=True)
    reader.start()
    sleep(0.3)
    source.close()
    reader.join(10)
    assert not reader.is_alive()


def test_a_clip_the_server_does_not_have(folder: Path, rtsp_server: Starter) -> None:
    with pytest.raises(SourceError, match=r"duo\.mp4 is not known to the server; .*\.$"):
        open_source(rtsp_server(folder).url("duo.mp4"))


@pytest.fixture
def port() -> Iterator[int]:
    """Return a port at which calls are taken but never answered."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.mark.parametrize("scheme", ["rtsp", "rtsps", "http", "https"])
def test_a_closed_port(scheme: str, port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        closed = listening.getsockname()[1]
    with pytest.raises(SourceError, match=r"cannot be reached: nothing listens there; .*\.$"):
        open_source(f"{scheme}://user:s3cret@127.0.0.1:{closed}/solo")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("scheme", ["rtsp", "http"])
def test_a_server_that_never_answers(scheme: str, port: int) -> None:
    with pytest.raises(SourceError, match=r"did not answer within .*\.$") as raised:
        open_source(f"{scheme}://user:s3cret@127.0.0.1:{port}/solo")
    assert "s3cret" not in str(raised.value)


class _Camera(BaseHTTPRequestHandler):
    """A network camera that sends JPEG pictures over HTTP, to those who know its token."""

    def do_GET(self) -> None:
        if "token=s3cret" not in self.path:
            self.send_error(401)
        elif self.path.startswith("/help"):
            text = b"<p>This is a camera.</p>" * 100
            self._begin("text/html", len(text))
            self.wfile.write(text)
        else:
            self._begin("multipart/x-mixed-replace; boundary=frame")
            for number in range(8):
                data = cv2.imencode(".jpg", picture(number, 64, 48))[1].tobytes()
                self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                self.wfile.write(b"Content-Length: %d\r\n\r\n%b\r\n" % (len(data), data))
                sleep(0.05)

    def _begin(self, kind: str, length: int | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the terminal for the tests."""


@pytest.fixture(scope="module")
def camera() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Camera)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_pictures_over_http_are_timed_by_arrival(camera: str) -> None:
    with open_source(f"{camera}/live?token=s3cret") as source:
        assert source.live
        assert source.name == f"{camera}/live?token=***"
        frames, lost = watch(source)
    assert lost is not None
    assert "s3cret" not in str(lost)
    assert number_of(frames[-1].image) == 7
    times = np.array([frame.time for frame in frames])
    captured = np.array([frame.captured for frame in frames])
    assert times - times[0] == pytest.approx(captured - captured[0], abs=0.01)


def test_http_refuses_and_sends_other_things(camera: str) -> None:
    with pytest.raises(SourceError, match="wants a user name and password") as refused:
        open_source(f"{camera}/live?token=not-s3cret")
    assert "wrong" not in str(refused.value)
    with pytest.raises(SourceError, match="does not send video that can be read"):
        open_source(f"{camera}/help?token=s3cret")
