"""Network streams that break off and come back, from real servers over real sockets."""

import json
import logging
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from time import monotonic, sleep

import av
import keyring
import pytest
from clips import dancer, number_of, picture, write_clip
from keyring.backend import KeyringBackend
from rtsp_server import RtspServer

from choreai_live.capture import (
    SourceState,
    SourceStatus,
    SupervisedSource,
    Supervision,
    open_source,
)
from choreai_live.capture.connecting import ABANDONED_AFTER, STALLED_AFTER
from choreai_live.capture.credentials import Login, store_login
from choreai_live.errors import SourceError, SourceLostError
from choreai_live.messages import Frame

Starter = Callable[..., RtspServer]
Told = list[SourceStatus]


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clips")
    write_clip(folder / "solo.mp4", count=40, width=160, height=120)
    write_clip(folder / "wide.mp4", count=40, width=320, height=120, rate=20)
    write_clip(folder / "long.mkv", count=100, width=64, height=48)
    return folder


@pytest.fixture
def stage(clips: Path, tmp_path: Path) -> Path:
    """Return a folder with one video that may be replaced by another."""
    (tmp_path / "live.mp4").write_bytes((clips / "solo.mp4").read_bytes())
    return tmp_path


@pytest.fixture
def told() -> Told:
    return []


@pytest.fixture
def watch(told: Told) -> Iterator[Callable[..., SupervisedSource]]:
    """Return what opens a supervised source: ``watch(url, persistent=..., transport=...)``."""
    opened: list[SupervisedSource] = []

    def open_it(url: str, **how: object) -> SupervisedSource:
        source = open_source(url, supervision=Supervision(listener=told.append, **how))
        assert isinstance(source, SupervisedSource)
        opened.append(source)
        return source

    yield open_it
    for source in opened:
        source.close()


Watch = Callable[..., SupervisedSource]


def read(source: SupervisedSource, enough: Callable[[Frame], bool]) -> list[Frame]:
    frames: list[Frame] = []
    while (frame := source.read()) is not None:
        frames.append(frame)
        if enough(frame):
            break
    return frames


def wait_for(fact: Callable[[], bool], patience: float = 20.0) -> None:
    until = monotonic() + patience
    while not fact():
        assert monotonic() < until, "it never came to that"
        sleep(0.01)


def states(told: Told) -> list[SourceState]:
    return [status.state for status in told]


def test_a_pulled_cable(stage: Path, rtsp_server: Starter, watch: Watch, told: Told) -> None:
    server = rtsp_server(stage)
    source = watch(server.url("live.mp4", endless=True))
    frames = read(source, lambda frame: frame.index >= 10)
    server.hang_up()
    pulled = monotonic()
    frames += read(source, lambda frame: frame.connection == 1)
    back = frames[-1].captured - pulled
    assert back < 3.0
    frames += read(source, lambda frame: number_of(frame.image) == 20)
    for before, after in pairwise(frames):
        assert after.time > before.time
        assert after.index > before.index
    # A stream begins with what was sent while it was looked at: its clock, which is the
    # camera's, may be that much ahead of its arrival.
    away = frames[-1].captured - frames[0].captured
    assert frames[-1].time - frames[0].time == pytest.approx(away, abs=0.5)
    assert source.reconnects == 1
    lost = next(status for status in told if status.state is SourceState.RECONNECTING)
    assert lost.attempt == 0
    assert lost.retry_at is not None
    assert lost.sentence.startswith(f"{source.name} ")


def test_a_camera_that_hangs_is_told_within_three_seconds(
    stage: Path, rtsp_server: Starter, watch: Watch, told: Told
) -> None:
    server = rtsp_server(stage)
    source = watch(server.url("live.mp4", endless=True))
    frames = read(source, lambda frame: frame.index >= 10)
    server.freeze()
    frozen = monotonic()
    reader = threading.Thread(
        target=lambda: frames.extend(read(source, lambda frame: frame.connection == 1)), daemon=True
    )
    reader.start()
    wait_for(lambda: SourceState.RECONNECTING in states(told))
    stalled = next(status for status in told if status.state is SourceState.STALLED)
    given_up = next(status for status in told if status.state is SourceState.RECONNECTING)
    assert stalled.since - frozen < 3.0
    assert given_up.since - stalled.since < 2.0
    # What FFmpeg had held back all the while is old, and no sign of life.
    assert states(told) == [
        SourceState.OPENING,
        SourceState.LIVE,
        SourceState.STALLED,
        SourceState.RECONNECTING,
    ]
    server.stop()
    RtspServer.__init__(server, stage, port=server.port)
    reader.join(40)
    assert not reader.is_alive()
    assert frames[-1].connection == 1
    assert source.abandoned == 0


def test_a_server_that_restarts_with_another_size_and_rate(
    stage: Path, clips: Path, rtsp_server: Starter, watch: Watch
) -> None:
    server = rtsp_server(stage)
    source = watch(server.url("live.mp4", endless=True))
    read(source, lambda frame: frame.index >= 5)
    assert (source.size, source.rate) == ((160, 120), 25)
    server.stop()
    (stage / "live.mp4").write_bytes((clips / "wide.mp4").read_bytes())
    wait_for(lambda: "nothing listens there" in source.status.sentence)
    rtsp_server(stage, port=server.port)
    frames = read(source, lambda frame: frame.connection == 1)
    assert frames[-1].image.shape == (120, 320, 3)
    assert (source.size, source.rate) == ((320, 120), 20)


def test_a_video_that_is_gone_for_a_while(
    stage: Path, clips: Path, rtsp_server: Starter, watch: Watch
) -> None:
    server = rtsp_server(stage)
    source = watch(server.url("live.mp4", endless=True))
    read(source, lambda frame: frame.index >= 5)
    (stage / "live.mp4").unlink()
    server.hang_up()
    wait_for(lambda: "is not known to the server" in source.status.sentence)
    (stage / "live.mp4").write_bytes((clips / "solo.mp4").read_bytes())
    source.try_now()
    assert read(source, lambda frame: frame.connection == 1)


@pytest.mark.parametrize(
    ("name", "login", "sentence"),
    [
        ("live.mp4", "stage:not-s3cret", "refused the user name or password; check both."),
        ("live.mp4", "", "wants a user name and password; write rtsp://user:password@host"),
        ("other.mp4", "stage:s3cret", "is not known to the server"),
    ],
)
def test_a_first_opening_that_is_refused(
    stage: Path,
    rtsp_server: Starter,
    watch: Watch,
    told: Told,
    name: str,
    login: str,
    sentence: str,
) -> None:
    server = rtsp_server(stage, login="stage:s3cret")
    url = server.url(name, login=login)
    with pytest.raises(SourceError, match=re.escape(sentence)) as raised:
        watch(url)
    assert "wrong" not in str(raised.value)
    source = watch(url, persistent=True)
    wait_for(lambda: source.status.attempt > 1)
    assert sentence in source.status.sentence
    assert source.size == (0, 0)


def test_a_server_that_begins_later(stage: Path, rtsp_server: Starter, watch: Watch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    source = watch(f"rtsp://127.0.0.1:{port}/live.mp4", persistent=True)
    wait_for(lambda: source.status.attempt > 1)
    rtsp_server(stage, port=port)
    frames = read(source, lambda frame: True)
    assert frames[0].connection == 0
    assert source.reconnects == 0


def test_udp_where_it_is_asked_for(stage: Path, rtsp_server: Starter, watch: Watch) -> None:
    server = rtsp_server(stage)
    source = watch(server.url("live.mp4"), transport="udp")
    frames = read(source, lambda frame: frame.index >= 10)
    assert number_of(frames[-1].image) == frames[-1].index % 25
    assert all("TCP" not in asked for asked in server.transports)
    watch(server.url("live.mp4"))
    assert "TCP" in server.transports[-1]


def test_the_password_of_the_environment(
    stage: Path,
    rtsp_server: Starter,
    watch: Watch,
    told: Told,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    server = rtsp_server(stage, login="stage.left:p@ss:w")
    monkeypatch.setenv("CHOREAI_STREAM_USER", "stage.left")
    monkeypatch.setenv("CHOREAI_STREAM_PASSWORD", "p@ss:w")
    source = watch(server.url("live.mp4"))
    assert source.name == server.url("live.mp4")
    monkeypatch.setenv("CHOREAI_STREAM_PASSWORD", "hunter2")
    with pytest.raises(SourceError, match="refused the user name or password"):
        watch(server.url("live.mp4"))
    heard = caplog.text + repr(told)
    assert "p@ss" not in heard
    assert "hunter2" not in heard
    assert "stage.left" not in heard


def test_the_password_of_the_keyring(
    stage: Path, rtsp_server: Starter, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Memory(KeyringBackend):
        priority = 1.0
        entries: dict[str, str] = {}  # noqa: RUF012 - there is one of it

        def get_password(self, service: str, username: str) -> str | None:
            return self.entries.get(username)

        def set_password(self, service: str, username: str, password: str) -> None:
            self.entries[username] = password

    monkeypatch.setattr(keyring.core, "_keyring_backend", Memory())
    server = rtsp_server(stage, login="stage:p@ss:w")
    with pytest.raises(SourceError, match="wants a user name and password"):
        watch(server.url("live.mp4"))
    store_login(f"127.0.0.1:{server.port}", Login("stage", "p@ss:w"))
    source = watch(server.url("live.mp4", endless=True))
    read(source, lambda frame: frame.index >= 3)
    server.hang_up()
    assert read(source, lambda frame: frame.connection == 1)


class _Recording(BaseHTTPRequestHandler):
    """Sends a recording in ranges, slowly, and breaks off in the middle when it is told to."""

    data = b""
    broken_off = 0
    breaks = 0

    def do_GET(self) -> None:
        begin = int((self.headers.get("Range") or "bytes=0-")[6:].split("-")[0])
        self.send_response(206)
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(self.data) - begin))
        self.send_header("Content-Range", f"bytes {begin}-{len(self.data) - 1}/{len(self.data)}")
        self.end_headers()
        half = len(self.data) // 2
        if begin < half and self.broken_off < self.breaks:
            type(self).broken_off += 1
            self.wfile.write(self.data[begin:half])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self.wfile.write(self.data[begin:])

    def log_message(self, *_: object) -> None:
        """Keep the terminal for the tests."""


@pytest.fixture
def recording(clips: Path) -> Iterator[Callable[[int], str]]:
    """Return what begins to serve a recording of 4 s that breaks off some times."""
    servers: list[ThreadingHTTPServer] = []

    def serve(breaks: int) -> str:
        data = (clips / "long.mkv").read_bytes()
        handler = type("Handler", (_Recording,), {"data": data, "breaks": breaks})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/long.mkv"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_recording_ends_and_is_not_lost(
    recording: Callable[[int], str], watch: Watch, told: Told
) -> None:
    source = watch(recording(0))
    assert source.duration == pytest.approx(4, abs=0.1)
    frames = read(source, lambda frame: False)
    assert frames[-1].index == 99
    wait_for(lambda: source.status.state is SourceState.ENDED)
    assert SourceState.RECONNECTING not in states(told)


def test_a_recording_that_breaks_off_goes_on_from_there(
    recording: Callable[[int], str], watch: Watch, told: Told
) -> None:
    source = watch(recording(1))
    frames = read(source, lambda frame: False)
    wait_for(lambda: source.status.state is SourceState.ENDED)
    assert SourceState.RECONNECTING in states(told)
    first = [number_of(frame.image) for frame in frames if frame.connection == 0]
    second = [number_of(frame.image) for frame in frames if frame.connection == 1]
    assert second[0] in ((first[-1] + 1) % 25, (first[-1] + 2) % 25)
    assert frames[-1].time == pytest.approx(4, abs=1.5)


def test_a_recording_that_never_gets_further_is_given_up(
    recording: Callable[[int], str], watch: Watch, told: Told
) -> None:
    source = watch(recording(1000))
    source._connector.pauses.first = source._connector.pauses.longest = 0.05
    with pytest.raises(SourceLostError):
        read(source, lambda frame: False)
    wait_for(lambda: source.status.state is SourceState.ENDED)
    assert source.status.sentence
    assert max(status.attempt for status in told) == 5


@pytest.fixture
def broadcast(tmp_path: Path) -> Iterator[tuple[str, Callable[[int], None]]]:
    """Return the address of an HLS broadcast, and what lets so many segments of 1 s be known."""
    whole = tmp_path / "whole.m3u8"
    with av.open(str(whole), "w", format="hls", options={"hls_time": "1"}) as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        stream.options = {"preset": "ultrafast", "tune": "zerolatency"}
        stream.codec_context.gop_size = 25
        for number in range(150):
            frame = av.VideoFrame.from_ndarray(picture(number, 64, 48), "bgr24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    lines = whole.read_text().splitlines()
    head = [line for line in lines[:8] if line.startswith("#EXT") and "EXTINF" not in line]
    segments = [lines[i : i + 2] for i, line in enumerate(lines) if line.startswith("#EXTINF")]

    def publish(count: int) -> None:
        known = [line for segment in segments[:count] for line in segment]
        written = tmp_path / "new"
        written.write_text("\n".join((*head, *known, "")))
        written.replace(tmp_path / "live.m3u8")

    handler = partial(_Quiet, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/live.m3u8", publish
    server.shutdown()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Keep the terminal for the tests."""


def test_a_broadcast_in_segments_is_waited_for_longer(
    broadcast: tuple[str, Callable[[int], None]], watch: Watch, told: Told
) -> None:
    url, publish = broadcast
    publish(2)
    source = watch(url)
    assert source.duration is None
    frames: list[Frame] = []
    reader = threading.Thread(
        target=lambda: frames.extend(read(source, lambda frame: frame.index >= 60)), daemon=True
    )
    reader.start()
    wait_for(lambda: source.status.state is SourceState.STALLED)
    sleep(ABANDONED_AFTER - STALLED_AFTER + 0.5)
    publish(6)
    reader.join(20)
    assert not reader.is_alive()
    assert {frame.connection for frame in frames} == {0}
    assert states(told)[:4] == [
        SourceState.OPENING,
        SourceState.LIVE,
        SourceState.STALLED,
        SourceState.LIVE,
    ]


def test_classify_goes_on_when_the_stream_is_back_and_is_ended_by_ctrl_c(
    tmp_path: Path, rtsp_server: Starter
) -> None:
    write_clip(tmp_path / "dance.mp4", count=50, width=320, height=240, paint=dancer)
    server = rtsp_server(tmp_path, login="anna:hunter2")
    url = server.url("dance.mp4", login="anna:hunter2", endless=True)
    report = tmp_path / "report.json"
    command = [sys.executable, "-m", "choreai_live", "classify", url, "--json", str(report)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stderr is not None
        try:
            wait_for(lambda: len(server.transports) >= 1, 60)
            sleep(2)
            server.hang_up()
            heard = [running.stderr.readline(), running.stderr.readline()]
            sleep(1)
        finally:
            running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    name = f"rtsp://***@127.0.0.1:{server.port}/dance.mp4?play_count=0"
    assert heard == [f"{name} ended. Reconnecting.\n", "The picture is back.\n"]
    written = json.loads(report.read_text())["sources"][0]
    assert "error" not in written
    assert written["source"] == name
    assert written["duration"] > 2
    assert "hunter2" not in out + err + report.read_text()
