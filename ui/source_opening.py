"""Opening a source without waiting for it: an attempt that can be abandoned.

A stream that never answers keeps its library call busy until the time-out.
Such a call cannot be interrupted, but nobody has to wait for it: each attempt
has a short-lived thread, and an abandoned one closes whatever it still gets.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition, Thread
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QCoreApplication

from choreai_live.errors import SourceError
from choreai_live.ui.picker.camera_trouble import CameraTrouble, trouble_with

if TYPE_CHECKING:
    from choreai_live.capture import Source, StatusListener

#: The demo dancer in the shape of the window.
DEMO: Final = "demo?width=960&height=540"


@dataclass(frozen=True)
class SourceInfo:
    """What the window may know of a source.

    Parameters
    ----------
    spec
        As it was asked for, so that it can be opened again; may hold a
        password, so it is never shown. None for the first camera.
    name
        Safe to show anywhere.
    camera
        Whether it is a camera, whose picture people expect mirrored.
    live
        Whether it has no end of its own.
    duration
        Seconds, None when unknown or endless.
    substitute
        Whether this is the demo in place of a camera, as there is none.
    device
        For a camera: the index or device file that was opened.
    trouble
        For a camera that cannot be opened: why, as far as the system tells.
    """

    spec: str | None
    name: str = ""
    camera: bool = False
    live: bool = True
    duration: float | None = None
    substitute: bool = False
    device: str = ""
    trouble: CameraTrouble | None = None

    @property
    def title(self) -> str:
        """What people call it: a file without its folders, the demo in words."""
        if self.name.partition("?")[0] == "demo":
            return QCoreApplication.translate("SourceInfo", "Demo dancer")
        if self.camera or "://" in self.name:
            return self.name
        return Path(self.name).name or self.name


class SourceOpening:
    """One attempt to open a source, under way as soon as it is made.

    Parameters
    ----------
    spec
        What :func:`choreai_live.capture.open_source` takes; None for the first
        camera, or the demo if there is none.
    listener
        Told how a live source is doing, from any thread; it is reached again whenever
        it is lost.
    transport
        How RTSP is to come: ``"tcp"`` or ``"udp"``.
    """

    def __init__(
        self,
        spec: str | None,
        listener: "StatusListener | None" = None,
        transport: str = "tcp",
    ) -> None:
        self._turn = Condition()
        self._listener = listener
        self._transport = transport
        self._info = SourceInfo(spec)
        self._source: Source | None = None
        self._error: BaseException | None = None
        self._closed = False
        Thread(target=self._open, name="opening", daemon=True).start()

    @property
    def info(self) -> SourceInfo:
        """What is known by now."""
        with self._turn:
            return self._info

    def name(self) -> str:
        """Return the name of what is being opened, as soon as that is known."""
        with self._turn:
            self._turn.wait_for(lambda: self._info.name or self._settled)
            return self._info.name

    @property
    def _settled(self) -> bool:
        return self._closed or self._error is not None or self._source is not None

    def wait(self) -> "Source | None":
        """Return the opened source, which the caller closes; None if abandoned.

        Raises
        ------
        SourceError
            If the source cannot be opened.
        """
        with self._turn:
            self._turn.wait_for(lambda: self._settled)
            if self._closed:
                return None
            if self._error is not None:
                raise self._error
            source, self._source = self._source, None
            return source

    def close(self) -> None:
        """Abandon the attempt; from any thread, returns at once."""
        with self._turn:
            self._closed = True
            source, self._source = self._source, None
            self._turn.notify_all()
        if source is not None:
            source.close()

    def _open(self) -> None:
        try:
            source = self._opened()
        except BaseException as error:  # handed to whoever waits
            with self._turn:
                self._error = error
                self._turn.notify_all()
            return
        with self._turn:
            if not self._closed:
                self._source = source
                self._turn.notify_all()
                return
        source.close()

    def _opened(self) -> "Source":
        from choreai_live.capture import Supervision, open_source
        from choreai_live.capture.camera import list_cameras
        from choreai_live.capture.urls import mask_credentials

        spec = self._info.spec
        substitute = False
        if spec is None:
            cameras = list_cameras()
            substitute = not cameras
            spec = str(cameras[0].index) if cameras else DEMO
        camera = spec.isdigit() or spec.startswith(("/dev/video", "/dev/v4l/"))
        self._describe(
            name=f"Camera {spec}" if spec.isdigit() else mask_credentials(spec),
            camera=camera,
            substitute=substitute,
            device=spec if camera else "",
        )
        supervision = Supervision(listener=self._listener, transport=self._transport)
        try:
            source = open_source(spec, live=True, supervision=supervision)
        except SourceError as error:
            if camera:
                raise self._explained(error, spec) from error
            raise
        self._describe(
            name=source.name,
            live=source.duration is None,
            duration=source.duration,
        )
        return source

    def _explained(self, error: SourceError, spec: str) -> SourceError:
        """Return why a camera cannot be opened, as far as more is known than it says itself."""
        trouble, program = trouble_with(spec)
        self._describe(trouble=trouble)
        if trouble is not CameraTrouble.IN_USE:
            return error
        name = f"Camera {spec}" if spec.isdigit() else spec
        words = QCoreApplication.translate(
            "SourceOpening",
            "{name} is being used by another program ({program}); close it there and try again, "
            "or choose something else.",
        )
        return SourceError(words.format(name=name, program=program))

    def _describe(self, **known: object) -> None:
        with self._turn:
            self._info = replace(self._info, **known)  # type: ignore[arg-type]
            self._turn.notify_all()
