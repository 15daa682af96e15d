"""A real RTSP server on loopback, serving the videos of a folder."""

import asyncio
import re
import socket
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import aio_rtsp_toolkit.server as library
from aio_rtsp_toolkit.server_protocol import RtspRequest
from aio_rtsp_toolkit.server_session import RtspServerSession


class _Silence:
    """A logger that says nothing."""

    def __getattr__(self, level: str):
        return lambda *_, **__: None


class _Session(RtspServerSession):
    """One client, who has to say the password where there is one, and may ask for UDP."""

    def __init__(self, server: "RtspServer", sock: object) -> None:
        super().__init__(server, sock)
        self._datagrams: socket.socket | None = None
        self._client_port = 0

    async def _read_request(self) -> RtspRequest | None:
        while (request := await super()._read_request()) is not None:
            wanted = self.server.authorization
            if wanted is None or request.headers.get("authorization") == wanted:
                return request
            challenge = {"WWW-Authenticate": 'Basic realm="stage"'}
            await self._send_response(request.headers, 401, "Unauthorized", challenge)
        return None

    def _threadsafe_queue_put(
        self, loop: asyncio.AbstractEventLoop, queue: asyncio.Queue, item: object, leaving: Event
    ) -> bool:
        # The library's own asks again after a moment, and on a busy machine puts what
        # arrived meanwhile a second time: a picture that was never filmed.
        putting = asyncio.run_coroutine_threadsafe(queue.put(item), loop)
        while not leaving.is_set():
            try:
                putting.result(timeout=0.05)
            except TimeoutError:
                continue
            except Exception:  # the server is being stopped
                return False
            return True
        putting.cancel()
        return False

    async def _handle_setup(self, uri: str, headers: dict[str, str]) -> None:
        wanted = headers.get("transport", "")
        self.server.transports.append(wanted)
        ports = re.search(r"client_port=(\d+)-\d+", wanted)
        if ports is not None:
            self._client_port = int(ports[1])
            self._datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._datagrams.bind(("127.0.0.1", 0))
            headers = {**headers, "transport": "RTP/AVP/TCP;unicast;interleaved=0-1"}
        await super()._handle_setup(uri, headers)

    async def _send_response(
        self,
        headers: dict[str, str],
        code: int,
        reason: str,
        extra: dict[str, str] | None = None,
        body: bytes = b"",
    ) -> None:
        if extra and "Transport" in extra and self._datagrams is not None:
            own = self._datagrams.getsockname()[1]
            theirs = f"client_port={self._client_port}-{self._client_port + 1}"
            extra = {
                **extra,
                "Transport": f"RTP/AVP;unicast;{theirs};server_port={own}-{own + 1}",
            }
        await super()._send_response(headers, code, reason, extra, body)

    async def _send_interleaved_frame(self, channel: int, payload: bytes) -> None:
        if self._datagrams is None:
            await super()._send_interleaved_frame(channel, payload)
        else:
            self._datagrams.sendto(payload, (self.peername[0], self._client_port + channel))

    async def close(self) -> None:
        await super().close()
        if self._datagrams is not None:
            self._datagrams.close()


class RtspServer(library.RtspServer):
    """Serves H.264 MP4 or MKV files over RTSP (TCP, or UDP on request) in real time.

    Parameters
    ----------
    folder
        Holds the videos.
    login
        ``user:password`` to be asked for (HTTP Basic); None for nothing.
    port
        0 for any that is free.

    Attributes
    ----------
    transports : list of str
        What clients asked for, as they wrote it.
    """

    def __init__(self, folder: Path, login: str | None = None, port: int = 0) -> None:
        super().__init__(str(folder), host="127.0.0.1", port=port)
        self.logger = _Silence()
        self.authorization = login and "Basic " + b64encode(login.encode()).decode()
        self.transports: list[str] = []
        self._sessions: set[_Session] = set()
        self._thawed = Event()
        self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(self.start())
        assert self._server is not None
        self.port = self._server.sockets[0].getsockname()[1]
        self._thread = Thread(target=self._loop.run_forever, name="rtsp server", daemon=True)
        self._thread.start()

    def url(self, name: str, *, login: str = "", endless: bool = False) -> str:
        """Return the address of a video; ``login`` is written into it as it is."""
        at = f"{login}@" if login else ""
        return f"rtsp://{at}127.0.0.1:{self.port}/{name}" + ("?play_count=0" if endless else "")

    def hang_up(self) -> None:
        """Break every connection without a word, as a pulled cable does."""

        async def abort() -> None:
            for session in self._sessions:
                session.sock.writer.transport.abort()

        asyncio.run_coroutine_threadsafe(abort(), self._loop).result(10)

    def freeze(self) -> None:
        """Keep every connection but send nothing more, as a camera that hangs."""
        self._loop.call_soon_threadsafe(self._thawed.wait)

    def stop(self) -> None:
        """Hang up, stop listening and end the thread; another may then listen at the port."""
        self._thawed.set()
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(self._finish(), self._loop).result(20)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
            self._loop.close()

    async def _handle_client(self, sock) -> None:
        session = _Session(self, sock)
        self._sessions.add(session)
        try:
            await session.run()
        except (OSError, asyncio.CancelledError):
            pass  # the client went away, or hang_up or stop was called
        finally:
            self._sessions.discard(session)

    async def _finish(self) -> None:
        await asyncio.sleep(0.05)  # for clients that are being let in right now
        if self._server is not None:
            self._server.close()
        for patience in (1.0, 1.0, 2.0):
            for session in self._sessions:
                session.sock.writer.transport.abort()
            rest = asyncio.all_tasks() - {asyncio.current_task()}
            if rest:
                _, rest = await asyncio.wait(rest, timeout=patience)
            for task in rest:
                task.cancel()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._loop.shutdown_default_executor(), 2)
