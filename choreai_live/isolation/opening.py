"""Opening a source without waiting for it."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Final

from choreai_live.capture import Source, list_cameras, mask_credentials, open_source
from choreai_live.capture.supervised import Supervision

#: The demo dancer in the shape of a screen, where there is no camera.
DEMO: Final = "demo?width=960&height=540"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is opened when something is asked for.

    Parameters
    ----------
    spec
        As :func:`choreai_live.capture.open_source` takes it; may hold a password.
    camera
        Whether it is a camera.
    substitute
        Whether it is the demo in place of a camera.
    """

    spec: str
    camera: bool = False
    substitute: bool = False

    @classmethod
    def of(cls, spec: str | None) -> "Choice":
        """Return it for a spec, or for None: the first camera, or the demo if there is none."""
        if spec is None:
            cameras = list_cameras()
            if not cameras:
                return cls(DEMO, substitute=True)
            spec = str(cameras[0].index)
        return cls(spec, camera=spec.isdigit() or spec.startswith(("/dev/video", "/dev/v4l/")))

    @property
    def name(self) -> str:
        """Safe to show anywhere."""
        return mask_credentials(self.spec)


class Opening:
    """One attempt to open a source, under way on a thread of its own as soon as it is made.

    Nothing interrupts a library that waits for a stream, but nobody has to wait with it:
    an attempt that was abandoned closes what it still gets.

    Parameters
    ----------
    spec
        What to open, as if live.
    supervision
        How to keep it alive.
    settled
        Called from that thread once there is a source or an error.
    """

    def __init__(self, spec: str, supervision: Supervision, settled: Callable[[], None]) -> None:
        self._lock = Lock()
        self._spec = spec
        self._supervision = supervision
        self._tell = settled
        self._source: Source | None = None
        self._error: BaseException | None = None
        self._abandoned = False
        Thread(target=self._open, name="opening", daemon=True).start()

    @property
    def settled(self) -> bool:
        """Whether there is a source or an error."""
        return self._source is not None or self._error is not None

    def take(self) -> Source:
        """Return the source, which is the caller's to close.

        Raises
        ------
        SourceError
            If it could not be opened.
        """
        with self._lock:
            if self._error is not None:
                raise self._error
            source, self._source = self._source, None
        if source is None:
            raise RuntimeError("the attempt is not settled")
        return source

    def abandon(self) -> None:
        """Want no source any more; returns at once."""
        with self._lock:
            self._abandoned = True
            source, self._source = self._source, None
        if source is not None:
            source.close()

    def _open(self) -> None:
        source, error = None, None
        try:
            source = open_source(self._spec, live=True, supervision=self._supervision)
        except BaseException as raised:  # handed to whoever takes the source
            error = raised
        with self._lock:
            self._error = error
            if not self._abandoned:
                self._source, source = source, None
        if source is not None:
            source.close()
        self._tell()
