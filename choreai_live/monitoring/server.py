"""Serving the figures: a status page, metrics, and whether all is well."""

import logging
import socket
import sys
from collections.abc import Iterable
from http import HTTPStatus
from secrets import token_urlsafe
from socketserver import ThreadingMixIn
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from choreai_live.errors import ChoreaiError
from choreai_live.monitoring.figures import Figures

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

logger = logging.getLogger(__name__)

#: Figures older than this, seconds, tell nothing any more.
_FRESH: Final = 5.0
#: Seconds a client may take to say what it wants.
_CLIENT_PATIENCE: Final = 5.0

#: What a browser may do with the page: nothing but what stands in it.
_ALLOWED: Final = (
    "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_Answer = tuple[HTTPStatus, str, bytes]


class MonitoringError(ChoreaiError):
    """The figures cannot be served where they were asked to be."""


class MetricsServer:
    """Answers on threads of its own until it is closed.

    ``/`` is the status page, ``/metrics`` what Prometheus collects, and
    ``/healthz`` answers 200 while all is well and 503 otherwise. Nothing can be
    changed through it.

    Parameters
    ----------
    host
        Address to listen on; ``127.0.0.1`` is this machine alone.
    port
        Of that address; 0 for any that is free.

    Attributes
    ----------
    url : str
        Where the page is.

    Raises
    ------
    MonitoringError
        If the address or port cannot be had.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 8765) -> None:
        from choreai_live.monitoring.metrics import registry_of

        self._lock = Lock()
        self._figures = Figures()
        self._shown_at: float | None = None
        self._registry = registry_of(lambda: self._latest()[0])
        try:
            self._server = _server(host, port)
        except OSError as error:
            raise MonitoringError(
                f"The status page cannot be served on {host} port {port} "
                f"({(error.strerror or str(error)).rstrip('.').lower()}); "
                "choose another in the settings, [monitoring] port."
            ) from error
        self._server.set_app(self._answer)
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self._server.server_port}/"
        self._thread = Thread(
            target=self._server.serve_forever, args=(0.1,), name="status page", daemon=True
        )
        self._thread.start()
        logger.info("The status page is at %s", self.url)

    def show(self, figures: Figures) -> None:
        """Serve these figures from now on; to be called every second or so."""
        with self._lock:
            self._figures, self._shown_at = figures, monotonic()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> "MetricsServer":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _latest(self) -> tuple[Figures, bool]:
        """Return the figures, and whether they are of now."""
        with self._lock:
            fresh = self._shown_at is not None and monotonic() - self._shown_at <= _FRESH
            return self._figures, fresh

    def _answer(
        self, environment: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        nonce = token_urlsafe(16)
        headers = [
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Content-Security-Policy", _ALLOWED.format(nonce=nonce)),
        ]
        if environment["REQUEST_METHOD"] in ("GET", "HEAD"):
            accept = str(environment.get("HTTP_ACCEPT", ""))
            status, kind, body = self._page(environment["PATH_INFO"], accept, nonce)
        else:
            status, kind, body = _words(HTTPStatus.METHOD_NOT_ALLOWED, "Only GET is answered.")
            headers.append(("Allow", "GET, HEAD"))
        headers += [("Content-Type", kind), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [] if environment["REQUEST_METHOD"] == "HEAD" else [body]

    def _page(self, path: str, accept: str, nonce: str) -> _Answer:
        from prometheus_client.exposition import choose_encoder

        from choreai_live.monitoring.page import page

        figures, fresh = self._latest()
        if path == "/":
            html = page(figures, nonce).encode()
            return HTTPStatus.OK, "text/html; charset=utf-8", html
        if path == "/metrics":
            encoder, kind = choose_encoder(accept)
            return HTTPStatus.OK, kind, encoder(self._registry)
        if path == "/healthz":
            ailment = figures.ailment if fresh else "the program does not tell how it is"
            if ailment is None:
                return _words(HTTPStatus.OK, "ok")
            return _words(HTTPStatus.SERVICE_UNAVAILABLE, ailment)
        return _words(HTTPStatus.NOT_FOUND, "There are /, /metrics and /healthz.")


def _words(status: HTTPStatus, words: str) -> _Answer:
    return status, "text/plain; charset=utf-8", f"{words}\n".encode()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 32

    def server_bind(self) -> None:
        """Bind without asking anybody for the name of the address, which may take long."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = self.socket.getsockname()[:2]
        self.setup_environ()

    def handle_error(self, request: object, client_address: object) -> None:
        """Leave it to the log when a client hangs up in the middle."""
        logger.debug("A request for the status page was not finished: %s", sys.exception())


class _Server6(_Server):
    address_family = socket.AF_INET6


class _Handler(WSGIRequestHandler):
    timeout = _CLIENT_PATIENCE

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Keep no record of who looked."""


def _server(host: str, port: int) -> WSGIServer:
    kind = _Server6 if ":" in host else _Server
    return kind((host, port), _Handler)
