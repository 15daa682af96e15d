"""A server on loopback that says what it was told to say, and nothing else."""

import socket
import struct
from contextlib import suppress
from threading import Thread
from typing import Final

PATIENCE: Final = 0.25
"""Seconds to wait for the next request before hanging up."""


def packed(pieces: tuple[bytes, ...]) -> bytes:
    """Return a whole conversation as one example."""
    return b"".join(struct.pack("!I", len(piece)) + piece for piece in pieces)


def unpacked(data: bytes) -> list[bytes]:
    """Return the pieces of a conversation."""
    pieces = []
    while data:
        (length,) = struct.unpack_from("!I", data)
        pieces.append(data[4 : 4 + length])
        data = data[4 + length :]
    return pieces


class ScriptedServer:
    """Answers the n-th request of a connection with the n-th piece, then hangs up.

    Attributes
    ----------
    port : int
        Where it listens, on loopback.
    script : list of bytes
        The pieces; may be replaced between connections.
    """

    def __init__(self) -> None:
        self.script: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._thread = Thread(target=self._serve, name="scripted server", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening and end the thread."""
        # Closing alone does not wake who waits in accept().
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            with client, suppress(OSError):
                client.settimeout(PATIENCE)
                for piece in self.script:
                    if not client.recv(65536):
                        break
                    client.sendall(piece)
                client.shutdown(socket.SHUT_WR)
                while client.recv(65536):
                    pass


def record_rtsp(port: int, name: str, pictures: int) -> tuple[bytes, ...]:
    """Return what a real RTSP server says to somebody who wants to see a video.

    Parameters
    ----------
    port
        Of the server, on loopback.
    name
        Of the video, which has one track.
    pictures
        How many to wait for.

    Returns
    -------
    tuple of bytes
        Replies to OPTIONS, DESCRIBE, SETUP and PLAY, the last with the pictures.
    """
    address = f"rtsp://127.0.0.1:{port}/{name}"
    replies = []
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        stream = client.makefile("rb")

        def ask(number: int, request: str, *headers: str) -> bytes:
            lines = (f"{request} RTSP/1.0", f"CSeq: {number}", *headers, "", "")
            client.sendall("\r\n".join(lines).encode())
            reply = b""
            while not reply.endswith(b"\r\n\r\n"):
                reply += stream.readline()
            for line in reply.lower().split(b"\r\n"):
                if line.startswith(b"content-length:"):
                    reply += stream.read(int(line.partition(b":")[2]))
            replies.append(reply)
            return reply

        ask(1, f"OPTIONS {address}")
        description = ask(2, f"DESCRIBE {address}", "Accept: application/sdp")
        track = description.partition(b"a=control:track")[2].split()[0].decode()
        transport = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1"
        answer = ask(3, f"SETUP {address}/track{track}", transport)
        session = answer.partition(b"Session: ")[2].partition(b";")[0].decode()
        ask(4, f"PLAY {address}", f"Session: {session}", "Range: npt=0.000-")
        media = b""
        while pictures:
            header = stream.read(4)
            packet = stream.read(struct.unpack("!xxH", header)[0])
            media += header + packet
            last_of_picture = header[1] == 0 and packet[1] & 0x80
            pictures -= bool(last_of_picture)
    replies[-1] += media
    return tuple(replies)
