"""A TCP proxy that does to a connection what networks and cameras do to it."""

import asyncio
import random
import socket
import struct
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from threading import Thread
from typing import Any, Final

CHUNK: Final = 4096
"""Bytes forwarded at once."""

TICK: Final = 0.01
"""Seconds between looks at whether a stall is over."""


@dataclass(frozen=True, slots=True)
class Weather:
    """How the proxy treats what comes from the server.

    Parameters
    ----------
    stalled
        Nothing is forwarded, in either direction, but connections stay open.
    allowance
        Bytes from the server that are let through although it is stalled.
    black_hole
        New connections are taken and never answered.
    cut
        The next piece is forwarded to its half, then the connection is closed.
    delay, jitter
        Seconds every piece is held back, and at most as many more by chance; the
        order is kept.
    rate
        Bytes per second at most; None for no limit.
    corrupted
        Share of the bytes, 0 to 1, that are changed, wherever they stand.
    """

    stalled: bool = False
    allowance: int = 0
    black_hole: bool = False
    cut: bool = False
    delay: float = 0.0
    jitter: float = 0.0
    rate: float | None = None
    corrupted: float = 0.0


@dataclass(eq=False)
class _Link:
    """One client and, unless it fell into the black hole, the server."""

    writers: list[asyncio.StreamWriter] = field(default_factory=list)
    swallowed: bool = False

    def abort(self) -> None:
        """End both connections with a reset (RST), as a router that was restarted does."""
        for writer in self.writers:
            with suppress(OSError):
                # Lingering for zero seconds is what makes the kernel send RST, not FIN.
                linger = struct.pack("ii", 1, 0)
                sock = writer.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()


class FaultProxy:
    """Stands between a client and a server on loopback; faults can be changed at any time.

    Parameters
    ----------
    target
        Port of the server.
    seed
        Decides which bytes are corrupted and how much jitter there is.

    Attributes
    ----------
    port : int
        Where clients connect; the same even after :meth:`refuse`.
    accepted : int
        Connections taken so far.
    """

    def __init__(self, target: int, seed: int = 0) -> None:
        self.target = target
        self.port = 0
        self.accepted = 0
        self._weather = Weather()
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self._links: set[_Link] = set()
        self._server: asyncio.Server | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="fault proxy", daemon=True)
        self._thread.start()
        self._await(self._listen())

    def stall(self, after: int = 0) -> None:
        """Stop forwarding; connections stay open, and what is sent meanwhile comes later.

        Parameters
        ----------
        after
            Bytes from the server that are still let through.
        """
        self._change(stalled=True, allowance=after)

    def black_hole(self) -> None:
        """Take new connections but never answer them."""
        self._change(black_hole=True)

    def delay(self, seconds: float, jitter: float = 0.0) -> None:
        """Forward everything late, and by chance later still."""
        self._change(delay=seconds, jitter=jitter)

    def throttle(self, rate: float) -> None:
        """Forward no more than this many bytes per second."""
        self._change(rate=rate)

    def corrupt(self, share: float) -> None:
        """Change this share of the bytes the server sends."""
        self._change(corrupted=share)

    def truncate(self) -> None:
        """Close every connection in the middle of the next piece of data."""
        self._change(cut=True)

    def drop(self) -> None:
        """Reset every connection; new ones are welcome."""

        async def abort() -> None:
            for link in list(self._links):
                link.abort()

        self._await(abort())

    def refuse(self) -> None:
        """Reset every connection and stop listening, so that new ones are refused."""
        self._await(self._stop_listening())
        self.drop()

    def resume(self) -> None:
        """End every fault. What a black hole has swallowed stays swallowed."""
        self._change(**{name: getattr(Weather(), name) for name in Weather.__slots__})
        self._await(self._listen())

    def close(self) -> None:
        """End everything, the thread too."""
        if self._thread.is_alive():
            self.refuse()
            self._await(self._finish())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
            self._loop.close()

    def __enter__(self) -> "FaultProxy":
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _await(self, what: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(10)

    def _change(self, **faults: Any) -> None:
        async def change() -> None:
            self._weather = replace(self._weather, **faults)

        self._await(change())

    async def _listen(self) -> None:
        if self._server is None:
            self._server = await asyncio.start_server(
                self._welcome, "127.0.0.1", self.port, limit=CHUNK, reuse_address=True
            )
            self.port = self._server.sockets[0].getsockname()[1]

    async def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _finish(self) -> None:
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        if rest:
            await asyncio.wait(rest, timeout=5)

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        link = _Link([writer])
        self._links.add(link)
        try:
            await self._serve(link, reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # either side went away, or the proxy is being closed
        finally:
            self._links.discard(link)
            for each in link.writers:
                each.close()

    async def _serve(
        self, link: _Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if self._weather.black_hole:
            while await reader.read(CHUNK):
                pass
            return
        await self._while_stalled()
        server_reader, server_writer = await asyncio.open_connection(
            "127.0.0.1", self.target, limit=CHUNK
        )
        link.writers.append(server_writer)
        requests = asyncio.create_task(self._forward(reader, server_writer))
        answers = asyncio.create_task(self._forward_late(server_reader, writer))
        try:
            await asyncio.wait((requests, answers), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (requests, answers):
                task.cancel()
            await asyncio.gather(requests, answers, return_exceptions=True)

    async def _while_stalled(self) -> None:
        while self._weather.stalled and not self._weather.allowance:
            await asyncio.sleep(TICK)

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            await self._while_stalled()
            writer.write(data)
            await writer.drain()

    async def _forward_late(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Forward what the server sends, in all the weather there is."""
        loop = asyncio.get_running_loop()
        # Reading goes on while earlier pieces are held back, up to what a network holds.
        held: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(256)

        async def read() -> None:
            due = 0.0
            while data := await reader.read(CHUNK):
                weather = self._weather
                late = weather.delay + weather.jitter * self._chance.random()
                due = max(due, loop.time() + late)
                await held.put((due, data))
            await held.put((due, b""))

        reading = asyncio.create_task(read())
        try:
            while True:
                due, data = await held.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                if self._weather.stalled:
                    passing = data[: self._weather.allowance]
                    left = self._weather.allowance - len(passing)
                    self._weather = replace(self._weather, allowance=left)
                    writer.write(passing)
                    data = data[len(passing) :]
                    await self._while_stalled()
                    if passing and not data:
                        continue
                weather = self._weather
                if not data:
                    return
                if weather.cut:
                    writer.write(data[: len(data) // 2])
                    return
                writer.write(self._corrupted(data, weather.corrupted))
                await writer.drain()
                if weather.rate is not None:
                    await asyncio.sleep(len(data) / weather.rate)
        finally:
            reading.cancel()

    def _corrupted(self, data: bytes, share: float) -> bytes:
        if not share:
            return data
        damaged = bytearray(data)
        for _ in range(_binomial(self._chance, len(data), share)):
            # Any value but the one that stands there.
            damaged[self._chance.randrange(len(damaged))] ^= self._chance.randrange(1, 256)
        return bytes(damaged)


def _binomial(chance: random.Random, count: int, share: float) -> int:
    """Return how many of ``count`` bytes are struck, each with the same chance."""
    return sum(chance.random() < share for _ in range(count))
