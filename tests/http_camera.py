"""A real HTTP server on loopback that sends JPEG pictures one after the other, for ever."""

import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic, sleep


class HttpCamera:
    """Serves ``multipart/x-mixed-replace``, as many network cameras do.

    Parameters
    ----------
    pictures
        JPEG files as bytes, played over and over, from the first for every client.
    rate
        Pictures per second.

    Attributes
    ----------
    port : int
        Where it listens.
    """

    def __init__(self, pictures: Sequence[bytes], rate: float) -> None:
        leaving = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
                self.end_headers()
                begun = monotonic()
                number = 0
                try:
                    while not leaving.is_set():
                        data = pictures[number % len(pictures)]
                        self.wfile.write(b"--frame\r\nContent-Type: image/jpeg\r\n")
                        self.wfile.write(b"Content-Length: %d\r\n\r\n%b\r\n" % (len(data), data))
                        number += 1
                        sleep(max(begun + number / rate - monotonic(), 0.0))
                except OSError:
                    self.close_connection = True  # the client went away

            def log_message(self, *_: object) -> None:
                """Keep the terminal for the tests."""

        self._leaving = leaving
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port: int = self._server.server_port
        threading.Thread(target=self._server.serve_forever, name="http camera", daemon=True).start()

    def stop(self) -> None:
        """Hang up and stop listening."""
        self._leaving.set()
        self._server.shutdown()
        self._server.server_close()
