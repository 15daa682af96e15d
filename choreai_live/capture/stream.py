"""Network streams: RTSP cameras, HTTP video."""

from collections.abc import Generator
from time import monotonic
from typing import ClassVar, Final

import av

from choreai_live.capture.clocks import Pace, StreamClock
from choreai_live.capture.decoding import Decoder
from choreai_live.capture.threaded import ThreadedSource
from choreai_live.capture.urls import mask_credentials, scheme_of
from choreai_live.errors import SourceError, SourceLostError
from choreai_live.messages import Frame

STREAM_SCHEMES: Final = ("rtsp", "rtsps", "http", "https")

ANSWER_PATIENCE: Final = 10.0
"""Seconds a server has to answer."""

STALL_PATIENCE: Final = {"rtsp": 5.0, "rtsps": 5.0, "http": 15.0, "https": 15.0}
"""Seconds without data after which a stream counts as lost.

HLS, over HTTP, delivers several seconds at a time.
"""

_RTSP: Final = ("rtsp", "rtsps")

_RTSP_OPTIONS: Final = {
    # Over TCP nothing is lost on the way; UDP only where a camera has no other.
    "rtsp_flags": "prefer_tcp",
    # A third of a second is enough to see what is sent. (With "nobuffer"
    # FFmpeg would throw that third away, and with it the first key frame.)
    "analyzeduration": "300000",
}


class StreamSource(ThreadedSource):
    """A stream from the network; the newest picture wins.

    Parameters
    ----------
    url
        ``rtsp://``, ``rtsps://``, ``http://`` or ``https://``. User name and
        password may be part of it; they are shown nowhere.

    Raises
    ------
    SourceError
        If nothing answers, the server refuses, or it sends no video.
    """

    live = True
    opening_patience: ClassVar[float] = 2 * ANSWER_PATIENCE

    def __init__(self, url: str) -> None:
        self.name = mask_credentials(url)
        self._url = url
        self._scheme = scheme_of(url) or ""
        # The reader gives FFmpeg, which watches the network, a second to say it first.
        self.stall_patience = STALL_PATIENCE[self._scheme] + 1
        self._start()

    def _capture(self) -> Generator[Frame, None, None]:
        error: SourceError | None = None
        index = 0
        began = monotonic()
        try:
            with av.open(
                self._url,
                mode="r",
                options=_RTSP_OPTIONS if self._scheme in _RTSP else {},
                timeout=(ANSWER_PATIENCE, STALL_PATIENCE[self._scheme]),
            ) as container:
                decoder = Decoder(container, self.name)
                self.rate = decoder.rate
                self.duration = container.duration / av.time_base if container.duration else None
                # Recordings and HLS come faster than they play.
                pace = Pace() if self.duration or container.format.name == "hls" else None
                clock = StreamClock(step=1 / (self.rate or 25.0))
                for decoded, arrived in decoder:
                    self.skipped = decoder.skipped
                    captured = arrived
                    if pace and decoded.time is not None:
                        if self._buffer.wait_until_closed(pace.until_due(decoded.time)):
                            return
                        captured = monotonic()
                    stated = decoded.time if self._scheme in _RTSP else None
                    time = clock.time_of(captured, stated)
                    yield Frame(decoder.image(decoded), time, index, captured)
                    index += 1
        except av.error.FFmpegError as cause:
            if index > 0:
                error = self._lost(cause)
            else:
                # FFmpeg does not always say that it had to give up waiting.
                error = self._refused(cause, late=monotonic() - began >= ANSWER_PATIENCE)
        if error is not None:
            # Raised out here because FFmpeg's own error, which would be its
            # context, carries the address with the password.
            raise error
        if index == 0:
            raise SourceError(f"{self.name} ended before its first picture; check the source.")
        if self.duration is None:
            raise SourceLostError(f"{self.name} ended; open it again if it should go on.")

    def _lost(self, cause: av.error.FFmpegError) -> SourceLostError:
        late = isinstance(cause, av.error.ExitError | av.error.TimeoutError)
        happened = "sends nothing any more" if late else f"broke off ({cause.strerror})"
        return SourceLostError(
            f"{self.name} {happened}; check the network and the camera, and open it again."
        )

    def _refused(self, cause: av.error.FFmpegError, *, late: bool) -> SourceError:
        if late or isinstance(cause, av.error.ExitError | av.error.TimeoutError):
            reason = f"did not answer within {ANSWER_PATIENCE:.0f} seconds; check the network"
        elif isinstance(cause, av.error.HTTPUnauthorizedError | av.error.HTTPForbiddenError):
            reason = (
                "refused the user name or password; check both"
                if "@" in self._url
                else f"wants a user name and password; write {self._scheme}://user:password@host"
            )
        elif isinstance(cause, av.error.HTTPNotFoundError):
            reason = "is not known to the server; check the part after the host name"
        elif isinstance(cause, av.error.HTTPError):
            reason = "is refused by the server; check the address"
        elif isinstance(cause, av.error.ConnectionRefusedError):
            reason = "cannot be reached: nothing listens there; check host and port"
        elif isinstance(cause, av.error.InvalidDataError):
            reason = "does not send video that can be read; check the address"
        else:
            reason = f"cannot be reached ({cause.strerror}); check address and network"
        return SourceError(f"{self.name} {reason}.")
