"""Opening a source for the window, and what it may know of it meanwhile."""

from dataclasses import dataclass, replace
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from choreai_live.errors import SourceError
from choreai_live.source_attempt import SourceAttempt
from choreai_live.source_choice import SourceChoice
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.picker.camera_trouble import CameraTrouble, trouble_with

if TYPE_CHECKING:
    from choreai_live.capture import Source, StatusListener


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
        if self.camera:
            return spoken(self.name)
        if "://" in self.name:
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
        self._closed = False
        self._attempt = SourceAttempt(self._opened, self._wake)

    @property
    def info(self) -> SourceInfo:
        """What is known by now."""
        with self._turn:
            return self._info

    def name(self) -> str:
        """Return the name of what is being opened, as soon as that is known."""
        with self._turn:
            self._turn.wait_for(lambda: self._info.name or self._closed or self._attempt.settled)
            return self._info.name

    def wait(self) -> "Source | None":
        """Return the opened source, which the caller closes; None if abandoned.

        Raises
        ------
        SourceError
            If the source cannot be opened.
        """
        with self._turn:
            self._turn.wait_for(lambda: self._closed or self._attempt.settled)
            if self._closed:
                return None
        return self._attempt.take()

    def close(self) -> None:
        """Abandon the attempt; from any thread, returns at once."""
        with self._turn:
            self._closed = True
            self._turn.notify_all()
        self._attempt.abandon()

    def _wake(self) -> None:
        with self._turn:
            self._turn.notify_all()

    def _opened(self) -> "Source":
        from choreai_live.capture import Supervision, open_source

        choice = SourceChoice.of(self._info.spec)
        self._describe(
            name=choice.name,
            camera=choice.camera,
            substitute=choice.substitute,
            device=choice.spec if choice.camera else "",
        )
        supervision = Supervision(listener=self._listener, transport=self._transport)
        try:
            source = open_source(choice.spec, live=True, supervision=supervision)
        except SourceError as error:
            if choice.camera:
                raise self._explained(error, choice) from error
            raise
        self._describe(
            name=source.name,
            live=source.duration is None,
            duration=source.duration,
        )
        return source

    def _explained(self, error: SourceError, choice: SourceChoice) -> SourceError:
        """Return why a camera cannot be opened, as far as more is known than it says itself."""
        trouble, program = trouble_with(choice.spec)
        self._describe(trouble=trouble)
        if trouble is not CameraTrouble.IN_USE:
            return error
        if not program:
            words = QCoreApplication.translate(
                "SourceOpening",
                "{name} is being watched in this program already; stop that and try again, or "
                "choose something else.",
            )
            return SourceError(words.format(name=choice.name))
        words = QCoreApplication.translate(
            "SourceOpening",
            "{name} is being used by another program ({program}); close it there and try again, "
            "or choose something else.",
        )
        return SourceError(words.format(name=choice.name, program=program))

    def _describe(self, **known: object) -> None:
        with self._turn:
            self._info = replace(self._info, **known)  # type: ignore[arg-type]
            self._turn.notify_all()
