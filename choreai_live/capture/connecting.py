"""How a live source is reached, again and again."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Final

from choreai_live.capture.buffer import FrameBuffer
from choreai_live.capture.camera import CameraSource, find_camera, name_of_camera
from choreai_live.capture.pauses import Pauses
from choreai_live.capture.stream import StreamSource
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.capture.urls import mask_credentials
from choreai_live.errors import SourceError

STALLED_AFTER: Final = 2.5
"""Seconds without a picture after which people are told."""

ABANDONED_AFTER: Final = 4.0
"""Seconds without a picture after which a connection is given up.

FFmpeg, which watches the network, gives up a little sooner; this is for decoders and
drivers that hang.
"""

BURSTS_ABANDONED_AFTER: Final = 16.0
"""The same where several seconds are sent at a time."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a connection may keep us waiting, seconds.

    Parameters
    ----------
    opening
        For its first picture.
    stalled
        For the next one, before it is said.
    abandoned
        For the next one, before it is given up.
    """

    opening: float
    stalled: float = STALLED_AFTER
    abandoned: float = ABANDONED_AFTER


class Connector(ABC):
    """Reaches one live source.

    Attributes
    ----------
    name : str
        What to call the source: credentials are masked.
    pauses : Pauses
        How long to wait between attempts.
    """

    name: str
    pauses: Pauses

    @abstractmethod
    def connect(self, outlet: FrameBuffer) -> ThreadedSource:
        """Begin an attempt, whose frames or error arrive at the outlet; returns at once.

        Raises
        ------
        SourceError
            If it is known already that the source cannot be reached.
        """

    @abstractmethod
    def patience(self, connection: ThreadedSource) -> Patience:
        """Return how long to wait for this connection, as far as is known by now."""


class StreamConnector(Connector):
    """Reaches a network stream; a recording goes on where it broke off.

    Parameters
    ----------
    url
        As :class:`StreamSource` takes it.
    transport
        One of :data:`choreai_live.capture.stream.TRANSPORTS`.
    """

    def __init__(self, url: str, transport: str = "tcp") -> None:
        self.name = mask_credentials(url)
        self.pauses = Pauses()
        self._url = url
        self._transport = transport
        self._last: StreamSource | None = None

    def connect(self, outlet: FrameBuffer) -> ThreadedSource:
        """Begin an attempt; see :meth:`Connector.connect`."""
        begin = self._last.position if self._last else None
        self._last = StreamSource(self._url, transport=self._transport, begin=begin, outlet=outlet)
        return self._last

    def patience(self, connection: ThreadedSource) -> Patience:
        """Return how long to wait; see :meth:`Connector.patience`."""
        in_bursts = isinstance(connection, StreamSource) and connection.in_bursts
        return Patience(
            StreamSource.opening_patience,
            abandoned=BURSTS_ABANDONED_AFTER if in_bursts else ABANDONED_AFTER,
        )


class CameraConnector(Connector):
    """Reaches a camera: once it has been seen, that one and no other.

    Parameters
    ----------
    device
        As :class:`CameraSource` takes it.
    """

    def __init__(self, device: int | str) -> None:
        self.name = name_of_camera(device)
        # Short: looking for a device file costs nothing, and who plugs a camera in waits.
        self.pauses = Pauses(first=0.25, longest=0.6)
        self._device = device
        self._last: CameraSource | None = None
        self._identity: str | None = None

    def connect(self, outlet: FrameBuffer) -> ThreadedSource:
        """Begin an attempt; see :meth:`Connector.connect`."""
        if self._identity is None and self._last is not None:
            self._identity = self._last.identity
        device = self._device if self._identity is None else find_camera(self._identity)
        if device is None:
            raise SourceError(f"{self.name} is not there; plug it in again.")
        self._last = CameraSource(device, name=self.name, outlet=outlet)
        return self._last

    def patience(self, connection: ThreadedSource) -> Patience:
        """Return how long to wait; see :meth:`Connector.patience`."""
        return Patience(CameraSource.opening_patience)
