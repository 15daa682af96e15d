"""Network streams: RTSP cameras, HTTP video."""

from collections.abc import Generator
from contextlib import suppress
from time import monotonic
from typing import ClassVar, Final

from av.container import InputContainer

from choreai_live.capture.addresses import Address, taken_apart
from choreai_live.capture.buffer import FrameBuffer
from choreai_live.capture.clocks import Pace, StreamClock
from choreai_live.capture.credentials import with_known_login, with_stored_login
from choreai_live.capture.decoding import Decoder
from choreai_live.capture.libav import LENIENT, av
from choreai_live.capture.stream_errors import broken_off, refused
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.capture.urls import mask_credentials
from choreai_live.errors import SourceError, SourceLostError
from choreai_live.messages import Frame

STREAM_SCHEMES: Final = ("rtsp", "rtsps", "http", "https")

ANSWER_PATIENCE: Final = 10.0
"""Seconds a server has to answer."""

STALL_PATIENCE: Final = {"rtsp": 3.5, "rtsps": 3.5, "http": 15.0, "https": 15.0}
"""Seconds without data after which a stream counts as lost.

HLS, over HTTP, delivers several seconds at a time.
"""

TRANSPORTS: Final = ("tcp", "udp")
"""How RTSP can come. Over TCP nothing is lost on the way; UDP is for cameras without it."""

_RTSP: Final = ("rtsp", "rtsps")


class StreamSource(ThreadedSource):
    """A stream from the network; the newest picture wins.

    Parameters
    ----------
    url
        ``rtsp://``, ``rtsps://``, ``http://`` or ``https://``. User name and
        password may be part of it, or come from the environment or the keyring;
        they are shown nowhere.
    transport
        One of :data:`TRANSPORTS`, for RTSP.
    begin
        Seconds into a recording at which to begin.
    outlet
        Where a supervisor takes the frames.

    Attributes
    ----------
    in_bursts : bool
        Whether it may send several seconds at a time, as recordings and HLS do.
    position : float or None
        Seconds into the recording of the last picture; None where it is none.

    Raises
    ------
    SourceError
        If nothing answers, the server refuses, or it sends no video.
    """

    live = True
    opening_patience: ClassVar[float] = 2 * ANSWER_PATIENCE

    def __init__(
        self,
        url: str,
        *,
        transport: str = "tcp",
        begin: float | None = None,
        outlet: FrameBuffer | None = None,
    ) -> None:
        self.name = mask_credentials(url)
        self.in_bursts = False
        self.position = begin
        self._address = taken_apart(url)
        self._transport = transport
        self._introduced = False
        # The reader gives FFmpeg, which watches the network, a second to say it first.
        self.stall_patience = self._patience + 1
        self._start(outlet)

    @property
    def _patience(self) -> float:
        return STALL_PATIENCE[self._address.scheme]

    def _capture(self) -> Generator[Frame, None, None]:
        error: SourceError | None = None
        pictures = self._pictures()
        began, count = monotonic(), 0
        try:
            for frame in pictures:
                yield frame
                count += 1
        except (av.error.FFmpegError, TimeoutError) as cause:
            if count > 0:
                error = broken_off(self.name, cause)
            else:
                # FFmpeg does not always say that it had to give up waiting.
                late = monotonic() - began >= ANSWER_PATIENCE
                waited = ANSWER_PATIENCE if late else None
                error = refused(self.name, cause, waited, introduced=self._introduced)
        finally:
            pictures.close()
        if error is not None:
            # Raised out here because FFmpeg's own error, which would be its
            # context, carries the address with the password.
            raise error
        if self._buffer.closed:
            return
        if count == 0 and not (self.position and self.duration):
            raise SourceError(f"{self.name} ended before its first picture; check the source.")
        if self.duration is None:
            raise SourceLostError(f"{self.name} ended; open it again if it should go on.")

    def _pictures(self) -> Generator[Frame, None, None]:
        with self._open() as container:
            if self._buffer.closed:
                return
            decoder = Decoder(container, self.name, self._patience)
            self.rate = decoder.rate
            self.duration = container.duration / av.time_base if container.duration else None
            # Recordings and HLS come faster than they play.
            self.in_bursts = bool(self.duration) or container.format.name == "hls"
            pace = Pace() if self.in_bursts else None
            clock = StreamClock(step=1 / (self.rate or 25.0))
            begin = self._sought(container)
            index = 0
            for decoded, arrived in decoder:
                self.skipped = decoder.skipped
                if begin is not None and decoded.time is not None and decoded.time <= begin:
                    continue
                captured = arrived
                if pace and decoded.time is not None:
                    if self._buffer.wait_until_closed(pace.until_due(decoded.time)):
                        return
                    captured = monotonic()
                stated = decoded.time if self._address.scheme in _RTSP else None
                time = clock.time_of(captured, stated)
                yield Frame(decoder.image(decoded), time, index, captured)
                index += 1
                if self.duration is not None:
                    self.position = decoded.time

    def _sought(self, container: InputContainer) -> float | None:
        """Go to where a recording is to begin; return that, None for its beginning."""
        if self.position is None or self.duration is None:
            return None
        # Where a server cannot jump, the pictures up to there are read and left out.
        with suppress(av.error.FFmpegError):
            container.seek(int(self.position * av.time_base))
        return self.position

    def _open(self) -> InputContainer:
        address = with_known_login(self._address)
        try:
            return self._opened(address)
        except (av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError):
            stored = with_stored_login(address)
            if stored is None:
                raise
        return self._opened(stored)

    def _opened(self, address: Address) -> InputContainer:
        self._introduced = address.password is not None
        container: InputContainer = av.open(
            str(address),
            mode="r",
            options=self._options(),
            timeout=(ANSWER_PATIENCE, self._patience),
            **LENIENT,
        )
        return container

    def _options(self) -> dict[str, str]:
        # Microseconds; FFmpeg's watch over the whole call does not cover writing.
        options = {"timeout": str(int(ANSWER_PATIENCE * 1e6))}
        if self._address.scheme in _RTSP:
            # A third of a second is enough to see what is sent. (With "nobuffer"
            # FFmpeg would throw that third away, and with it the first key frame.)
            options["analyzeduration"] = "300000"
            if self._transport == "udp":
                options["rtsp_transport"] = "udp"
            else:  # first TCP; UDP where the server refuses it
                options["rtsp_flags"] = "prefer_tcp"
        return options
