"""One process of the pipeline, seen from the one that keeps it."""

import logging
import signal
import subprocess
import sys
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import IO, Final, cast

from choreai_live.isolation.channel import Channel, MessageError
from choreai_live.isolation.job import PipelineJob
from choreai_live.isolation.last_words import LastWords
from choreai_live.isolation.pictures import PictureReader, create_memory
from choreai_live.isolation.vigil import Vigil
from choreai_live.isolation.wire import ORDERS, REPORTS, Beat, Begin, Leave, Place, SlotFree
from choreai_live.messages import Image

logger = logging.getLogger(__name__)

#: Seconds a frozen process has for writing down where it stands.
_CONFESSION: Final = 0.1
#: Seconds to wait for a process that was killed; one that hangs in a driver stays a while.
_REAPING: Final = 1.0


class ChildProcess:
    """Starts the process and hears what it reports, on a thread of its own.

    Parameters
    ----------
    job
        What to do.
    hear
        Called with each report, once :meth:`release` was.

    Attributes
    ----------
    over : Event
        Set once nothing more will be reported.
    started
        ``time.monotonic()`` at which it was started.

    Raises
    ------
    OSError
        If it cannot be started.
    """

    def __init__(self, job: PipelineJob, hear: Callable[["ChildProcess", object], None]) -> None:
        self.over = Event()
        self.started = monotonic()
        self._hear = hear
        self._held: list[object] | None = []
        self._passing = Lock()
        self._complaint: str | None = None
        self._condemned = False
        self._vigil = Vigil(self.started)
        self._pictures = PictureReader(create_memory())
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "choreai_live.isolation.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(self._pictures.memory,),
                # Ctrl-C in a terminal is for the keeper, who then ends this process.
                start_new_session=True,
            )
        except OSError:
            self._pictures.close()
            raise
        reports = cast(IO[bytes], self._process.stdout)
        orders = cast(IO[bytes], self._process.stdin)
        self._last_words = LastWords(cast(IO[bytes], self._process.stderr))
        self._channel = Channel(reports, orders, REPORTS, ORDERS)
        self.send(Begin(job, self._pictures.memory, logger.getEffectiveLevel()))
        self._thread = Thread(target=self._listen, name="pipeline reports", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def release(self) -> None:
        """Let what it reports be heard, beginning with what it did so far."""
        with self._passing:
            held, self._held = self._held or [], None
            for report in held:
                self._hear(self, report)

    def send(self, order: object) -> None:
        """Send an order; nothing happens if the process is gone."""
        try:
            self._channel.send(order)
        except (OSError, ValueError):  # the pipe is broken, or closed already
            return

    def picture(self, place: Place) -> Image:
        """Take a picture out of its slot."""
        image = self._pictures.read(place)
        self.send(SlotFree(place.slot))
        return image

    def complaint(self) -> str | None:
        """Return what is wrong with it while it lives, as the end of a sentence."""
        return self._complaint or self._vigil.complaint(monotonic())

    def end(self, patience: float) -> None:
        """Have it leave, and kill it if it has not within `patience` seconds."""
        self.send(Leave())
        self.over.wait(patience)
        self._bury()

    def kill(self, complaint: str | None) -> str:
        """Kill it, if it is not dead already; return how it ended, as the end of a sentence.

        What it wrote to its standard error goes to the log.
        """
        self._condemned = True
        if complaint is not None and self._process.poll() is None:
            self._ask_where_it_stands()
        status = self._bury()
        cause = complaint or _end(status)
        words = self._last_words.lines()
        logger.error(
            "The pipeline's process %d %s.%s", self.pid, cause, "".join(f"\n  {w}" for w in words)
        )
        return cause

    def _ask_where_it_stands(self) -> None:
        if sys.platform == "win32":
            return
        for request in (signal.SIGUSR1, signal.SIGCONT):
            self._process.send_signal(request)
        sleep(_CONFESSION)

    def _bury(self) -> int | None:
        """Kill the process and let go of everything; return its exit status, if it is gone."""
        self._process.kill()
        try:
            status: int | None = self._process.wait(_REAPING)
        except subprocess.TimeoutExpired:
            logger.warning(
                "The pipeline's process %d cannot be killed; it is left behind.", self.pid
            )
            Thread(target=self._process.wait, name="reaping", daemon=True).start()
            return None
        self._thread.join()
        self._channel.close()
        self._pictures.close()
        return status

    def _listen(self) -> None:
        try:
            while (report := self._channel.receive()) is not None:
                if self._condemned:  # it may wake up once more to say where it stood
                    continue
                self._pass_on(report)
        except MessageError as error:
            self._complaint = f"is not understood ({str(error).rstrip('.')})"
        except Exception:
            logger.exception("A report of the pipeline's process was not dealt with")
            self._complaint = "reported what was not dealt with"
        finally:
            self.over.set()

    def _pass_on(self, report: object) -> None:
        if isinstance(report, Beat):
            self._vigil.hear(report)
        with self._passing:
            if self._held is None:
                self._hear(self, report)
            elif not isinstance(report, Beat):
                self._held.append(report)


def _end(status: int | None) -> str:
    """Return what an exit status means."""
    if status is None:
        return "cannot be killed"
    if status == 0:
        return "ended by itself"
    if status > 0:
        return f"ended with exit status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    return f"was ended by {name}"
