"""The figures as they are served."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse

import pytest
from prometheus_client.parser import text_string_to_metric_families

from choreai_live.capture import SourceState
from choreai_live.errors import ChoreaiError
from choreai_live.monitoring import Figures, MetricsServer, MonitoringError, server

WELL = Figures(
    source="rtsp://***@camera/stage",
    state=SourceState.LIVE,
    fps=29.97,
    latency_p50=12.0,
    latency_p95=31.0,
    snapshots=90_000,
    dropped=12_345,
    skipped=2,
    reconnects=3,
    restarts=1,
    memory=100 << 20,
    pipeline_memory=300 << 20,
    dancers=2,
    danced={"afrobeat": 3725.0, "folk_dance": 40.0, None: 5.0},
    uptime=266_400.0,
    recording=True,
    recording_seconds=61.0,
    provider="cuda",
)


@pytest.fixture
def serving() -> Iterator[MetricsServer]:
    """Return a server on a port of its own."""
    with MetricsServer(port=0) as it:
        yield it


def ask(
    server: MetricsServer, path: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, str]:
    host, _, port = server.url.removeprefix("http://").rstrip("/").rpartition(":")
    connection = HTTPConnection(host.strip("[]"), int(port), timeout=20)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer, answer.read().decode()
    finally:
        connection.close()


def test_metrics_are_what_prometheus_reads(serving: MetricsServer) -> None:
    serving.show(WELL)
    answer, text = ask(serving, "/metrics")
    assert answer.status == 200
    samples = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert samples["choreai_frames_per_second",] == 29.97
    assert samples["choreai_latency_seconds", "0.5"] == 0.012
    assert samples["choreai_frames_total",] == 90_000
    assert samples["choreai_frames_dropped_total",] == 12_345
    assert samples["choreai_source_reconnects_total",] == 3
    assert samples["choreai_pipeline_restarts_total",] == 1
    assert samples["choreai_resident_memory_bytes", "pipeline"] == 300 << 20
    assert samples["choreai_dancers",] == 2
    assert samples["choreai_danced_seconds_total", "afrobeat"] == 3725
    assert samples["choreai_danced_seconds_total", "not sure"] == 5
    assert samples["choreai_source_state", "live"] == 1
    assert sum(v for (name, *_), v in samples.items() if name == "choreai_source_state") == 1
    assert samples["choreai_recording",] == 1


def test_metrics_of_nothing_yet_can_be_read(serving: MetricsServer) -> None:
    _, text = ask(serving, "/metrics", Accept="application/openmetrics-text")
    assert "choreai_pipeline_up 0.0" in text
    assert text.endswith("# EOF\n")


class Reading(HTMLParser):
    """What stands on a page, and whether its tags match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []
        self.links: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "rect"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and not {"style", "script"} & set(self._open):
            self.text += f"{data.strip()} "


def test_the_page_tells_it_in_words(serving: MetricsServer) -> None:
    serving.show(WELL)
    answer, html = ask(serving, "/")
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    page = Reading(html)
    for words in (
        "Live",
        "rtsp://***@camera/stage",
        "30.0",
        "12 ms",
        "dancers in view",
        "1 min 1 s",
        "3 d 2 h",
        "Afrobeat",
        "1 h 2 min",
        "Folk dance",
        "Not sure",
        "12\N{NARROW NO-BREAK SPACE}345",
        "3 times",
        "once",
        "300 MB",
        "CUDA",
    ):
        assert words in page.text


def test_the_page_says_what_runs_elsewhere_than_asked(serving: MetricsServer) -> None:
    lost = "CUDAExecutionProvider failed while it was running; running on the CPU instead."
    serving.show(replace(WELL, provider="cpu", notices=(lost,)))
    page = Reading(ask(serving, "/")[1])
    assert lost in page.text
    assert "Models run on CPU" in page.text


def test_the_page_takes_nothing_from_elsewhere(serving: MetricsServer) -> None:
    answer, html = ask(serving, "/")
    assert Reading(html).links == ["/metrics"]
    assert "://" not in html
    policy = answer.getheader("Content-Security-Policy") or ""
    assert "default-src 'none'" in policy
    nonce = policy.partition("script-src 'nonce-")[2].partition("'")[0]
    assert len(nonce) > 16
    assert html.count(f'nonce="{nonce}"') == 2
    _, again = ask(serving, "/")
    assert nonce not in again


def test_what_comes_from_outside_is_text(serving: MetricsServer) -> None:
    evil = "<script>alert(1)</script>"
    serving.show(
        Figures(
            source=evil,
            danced={evil: 3.0},
            recording_failure=evil,
            pipeline_memory=1,
            provider=evil,
            notices=(evil,),
        )
    )
    _, html = ask(serving, "/")
    assert Reading(html).tags.count("script") == 1
    assert evil not in html
    _, text = ask(serving, "/metrics")
    assert list(text_string_to_metric_families(text))


@pytest.mark.parametrize("state", [None, *SourceState])
def test_the_page_has_a_word_for_every_state(
    serving: MetricsServer, state: SourceState | None
) -> None:
    serving.show(Figures(state=state, pipeline_memory=1, fps=30.0))
    answer, html = ask(serving, "/")
    assert answer.status == 200
    Reading(html)


def test_health_is_a_status(serving: MetricsServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask(serving, "/healthz")[0].status == 503
    serving.show(WELL)
    answer, words = ask(serving, "/healthz")
    assert (answer.status, words) == (200, "ok\n")
    serving.show(Figures(state=SourceState.RECONNECTING, pipeline_memory=1))
    answer, words = ask(serving, "/healthz")
    assert answer.status == 503
    assert "reconnecting" in words
    serving.show(WELL)
    monkeypatch.setattr(server, "_FRESH", -1.0)
    assert ask(serving, "/healthz")[0].status == 503, "what is old tells nothing"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_can_be_changed(serving: MetricsServer, method: str) -> None:
    answer, _ = ask(serving, "/", method)
    assert answer.status == 405
    assert answer.getheader("Allow") == "GET, HEAD"


def test_a_head_has_no_body(serving: MetricsServer) -> None:
    answer, body = ask(serving, "/", "HEAD")
    assert answer.status == 200
    assert int(answer.getheader("Content-Length") or 0) > 1000
    assert body == ""


@pytest.mark.parametrize("path", ["/nothing", "/../etc/passwd", "/metrics/", "/status"])
def test_there_is_nothing_else(serving: MetricsServer, path: str) -> None:
    assert ask(serving, path)[0].status == 404


def test_only_this_machine_is_answered_unless_told_otherwise(serving: MetricsServer) -> None:
    assert serving.url.startswith("http://127.0.0.1:")
    assert serving._server.socket.getsockname()[0] == "127.0.0.1"


def test_a_port_that_is_taken_is_one_sentence(serving: MetricsServer) -> None:
    port = int(serving.url.rstrip("/").rpartition(":")[2])
    with pytest.raises(MonitoringError, match=f"127.0.0.1 port {port}") as raised:
        MetricsServer(port=port)
    assert isinstance(raised.value, ChoreaiError)
    assert "already in use" in str(raised.value)
    with pytest.raises(MonitoringError, match="cannot be served"):
        MetricsServer(host="no such host", port=0)


def test_the_newer_protocol_is_served_too() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with MetricsServer("::1", 0) as serving:
        assert serving.url.startswith("http://[::1]:")
        assert ask(serving, "/")[0].status == 200


def test_clients_that_say_nothing_hold_nobody_up(serving: MetricsServer) -> None:
    port = int(serving.url.rstrip("/").rpartition(":")[2])
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(20)]
    silent[0].sendall(b"\x00\xff nonsense\r\n\r\n")
    silent[1].sendall(b"GET / HTTP/1.0\r\n\r\n")
    silent[1].close()
    assert ask(serving, "/")[0].status == 200
    for client in silent:
        client.close()


def test_nothing_is_left_after_closing() -> None:
    before = threading.active_count()
    serving = MetricsServer(port=0)
    port = int(serving.url.rstrip("/").rpartition(":")[2])
    serving.close()
    assert threading.active_count() == before
    MetricsServer(port=port).close()
