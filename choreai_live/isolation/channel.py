"""Messages between two processes of ours, over a pair of pipes.

A message is a frozen dataclass. On the way it is its length, the number of its
type and its fields as MessagePack, so all that can ever arrive are values of
the types agreed upon: nothing that was received is executed, and whatever does
not fit its type is an error.
"""

import contextlib
import struct
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import IO, Any, Final, get_args, get_origin

import msgspec
import numpy as np

from choreai_live.errors import ChoreaiError

#: Length of the fields in bytes, then the number of the type.
_HEAD: Final = struct.Struct(">IB")
#: More than any message needs; pictures do not come this way.
MOST_BYTES: Final = 2**20


class MessageError(ChoreaiError):
    """What came from the other process is no message of ours."""


class Channel:
    """One end of the pipes.

    Any thread may send; one thread at a time may receive.

    Parameters
    ----------
    reader, writer
        The ends of the two pipes that are ours.
    hears, says
        The types of message that come and go, in the order both ends agreed upon.
    """

    def __init__(
        self, reader: IO[bytes], writer: IO[bytes], hears: Sequence[type], says: Sequence[type]
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._decoders: list[msgspec.msgpack.Decoder[Any]] = [
            msgspec.msgpack.Decoder(kind, dec_hook=_decoded) for kind in hears
        ]
        self._numbers = {kind: number for number, kind in enumerate(says)}
        self._encoder = msgspec.msgpack.Encoder(enc_hook=_encoded)
        self._lock = Lock()

    def send(self, message: object) -> None:
        """Send one message.

        Raises
        ------
        OSError
            If the other process is gone.
        """
        fields = self._encoder.encode(message)
        with self._lock:
            self._writer.write(_HEAD.pack(len(fields), self._numbers[type(message)]) + fields)
            self._writer.flush()

    def receive(self) -> Any:
        """Wait for the next message; None once the other process is gone.

        Raises
        ------
        MessageError
            If what came is none of the messages agreed upon.
        """
        head = self._reader.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return None
        length, number = _HEAD.unpack(head)
        if length > MOST_BYTES or number >= len(self._decoders):
            raise MessageError(
                f"A message of kind {number} with {length} bytes was received, which there is "
                "not; the two processes do not run the same version of the program."
            )
        fields = self._reader.read(length)
        if len(fields) < length:
            return None
        try:
            return self._decoders[number].decode(fields)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            # The error names the place and the types, never the contents.
            raise MessageError(f"A damaged message was received: {error}.") from error

    def close(self) -> None:
        """Let go of the pipes; only once nobody receives any more."""
        for end in (self._writer, self._reader):
            with contextlib.suppress(OSError):  # what was not yet written has nobody to go to
                end.close()


def _encoded(value: object) -> object:
    if isinstance(value, np.ndarray):
        return value.shape, value.tobytes()
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(f"There is no way to send a {type(value).__name__}.")


def _decoded(kind: type, value: Any) -> object:
    if kind is Path:
        return Path(value)
    # Not compared with Floats: since numpy 2.5 that is a name for the type, not the type.
    if get_origin(kind) is not np.ndarray or np.dtype[np.float32] not in get_args(kind):
        raise NotImplementedError(f"There is no way to receive a {kind.__name__}.")
    shape, contents = value
    return np.frombuffer(contents, np.float32).reshape(shape)
