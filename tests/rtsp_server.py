"""A real RTSP server on loopback, serving the videos of a folder."""

import asyncio
from base64 import b64encode
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
    """One client, who has to say the password where there is one."""

    async def _read_request(self) -> RtspRequest | None:
        while (request := await super()._read_request()) is not None:
            wanted = self.server.authorization
            if wanted is None or request.headers.get("authorization") == wanted:
                return request
            challenge = {"WWW-Authenticate": 'Basic realm="stage"'}
            await self._send_response(request.headers, 401, "Unauthorized", challenge)
        return None


class RtspServer(library.RtspServer):
    """Serves H.264 MP4 or MKV files over RTSP (interleaved TCP) in real time.

    Parameters
    ----------
    folder
        Holds the videos.
    login
        ``user:password`` to be asked for (HTTP Basic); None for nothing.
    port
        0 for any that is free.
    """

    def __init__(self, folder: Path, login: str | None = None, port: int = 0) -> None:
        super().__init__(str(folder), host="127.0.0.1", port=port)
        self.logger = _Silence()
        self.authorization = login and "Basic " + b64encode(login.encode()).decode()
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
        """Hang up, stop listening and end the thread."""
        self._thawed.set()
        if self._thread.is_alive():
            self.hang_up()
            asyncio.run_coroutine_threadsafe(self._finish(), self._loop).result(10)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
            self._loop.close()

    async def _handle_client(self, sock) -> None:
        session = _Session(self, sock)
        self._sessions.add(session)
        try:
            await session.run()
        except OSError:
            pass  # the client went away, or hang_up was called
        finally:
            self._sessions.discard(session)

    async def _finish(self) -> None:
        await self.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait(rest, timeout=5) if rest else None
