"""Many recordings over the cores of this machine, one process for each worker.

Processes, not threads: decoding, poses and tracking then share nothing, and a
video that brings a decoder down takes only its own worker with it.
"""

import signal
from collections import deque
from collections.abc import Generator, Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Final

from choreai_live.errors import ChoreaiError
from choreai_live.extraction.extractor import Extracted, ExtractionSettings, Extractor, Failed
from choreai_live.extraction.recordings import Recording

#: A share of a recording that is done, or what came of it.
Event = float | Extracted | Failed

#: Seconds between two reports of one worker.
_REPORT_EVERY: Final = 0.25


def extract_here(
    recordings: Sequence[Recording], settings: ExtractionSettings, workers: int
) -> Generator[tuple[Recording, Event], None, None]:
    """Extract recordings with some worker processes, and say how it goes.

    To stop, close the generator or let an exception through: the workers end
    at once, and nothing that was not yielded has been done.

    Parameters
    ----------
    recordings
        What to extract.
    settings
        How.
    workers
        How many at a time.

    Yields
    ------
    recording
        The one it is about, in no particular order.
    event
        Now and then the share that is done; once, at the end, what came of it.

    Raises
    ------
    ModelError, ProviderError
        If the pose models cannot be loaded.
    """
    waiting = deque(recordings)
    threads = 1 if workers > 1 else 2
    staff: dict[Connection, _Worker] = {}
    try:
        while waiting or staff:
            while waiting and len(staff) < workers:
                worker = _Worker(settings, threads)
                staff[worker.pipe] = worker
                worker.begin(waiting.popleft())
            for pipe in wait(list(staff)):
                worker = staff[pipe]  # type: ignore[index]
                recording, event = worker.recording, worker.report()
                yield recording, event
                if isinstance(event, float):
                    continue
                if waiting and worker.alive:
                    worker.begin(waiting.popleft())
                else:
                    del staff[worker.pipe]
                    worker.end()
    finally:
        for worker in staff.values():
            worker.end()


class _Worker:
    """One process, and the recording in its hands."""

    def __init__(self, settings: ExtractionSettings, threads: int) -> None:
        # Spawned, because a fork would copy whatever threads hold locked here.
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, settings, threads), daemon=True)
        self._process.start()
        theirs.close()
        self.recording: Recording
        self.alive = True

    def begin(self, recording: Recording) -> None:
        self.recording = recording
        try:
            self.pipe.send(recording)
        except OSError:
            self.alive = False  # report() says so

    def report(self) -> Event:
        """Return the next event; one is waiting."""
        try:
            event = self.pipe.recv()
        except (EOFError, OSError):
            self.alive = False
            return Failed(self._obituary())
        if isinstance(event, ChoreaiError):
            raise event
        result: Event = event
        return result

    def end(self) -> None:
        self._process.terminate()
        self._process.join()
        self.pipe.close()

    def _obituary(self) -> str:
        self._process.join(5)
        code = self._process.exitcode
        cause = f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"
        return (
            f"{self.recording.path} could not be extracted: the process at work on it broke down "
            f"({cause}); convert the video, or use fewer --workers if memory was short."
        )


def _work(pipe: Connection, settings: ExtractionSettings, threads: int) -> None:
    """Extract what comes through the pipe until it is closed."""
    # Ctrl-C in a terminal reaches every process of it; the parent answers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    extractor = Extractor(settings, threads)
    reported = monotonic()

    def watch(done: float) -> None:
        nonlocal reported
        if monotonic() - reported >= _REPORT_EVERY:
            reported = monotonic()
            pipe.send(done)

    try:
        while True:
            recording = pipe.recv()
            try:
                pipe.send(extractor.attempt(recording, watch))
            except ChoreaiError as error:
                pipe.send(error)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the parent is gone, or wants no more
