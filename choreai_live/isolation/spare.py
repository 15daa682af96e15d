"""A second process of the pipeline, for the moment in which the first is lost."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Final

from choreai_live.isolation.child_process import ChildProcess

logger = logging.getLogger(__name__)

#: Seconds between the loss of a spare and the start of the next.
_PAUSE: Final = 10.0


class Spare:
    """Keeps one process that has loaded the models and waits.

    So whoever takes its place need not wait for libraries and models, which take
    half a second on an idle machine with a CPU, and many on a busy one or with a GPU.

    Parameters
    ----------
    start
        Starts a process that keeps its reports to itself.
    """

    def __init__(self, start: Callable[[], ChildProcess]) -> None:
        self._start = start
        self._child: ChildProcess | None = None
        self._not_before = 0.0

    @property
    def pid(self) -> int | None:
        """The number of the process; None while there is none."""
        child = self._child
        return None if child is None else child.pid

    def tend(self) -> None:
        """Start one if there is none, and replace one that is lost; for every look around."""
        if self._child is not None:
            self._drop_if_lost(self._child)
        elif monotonic() >= self._not_before:
            try:
                self._child = self._start()
            except (OSError, RuntimeError):
                logger.exception("No spare process could be started for the pipeline")
                self._not_before = monotonic() + _PAUSE

    def take(self) -> ChildProcess | None:
        """Return it, the caller's from now on; None if there is none that is well."""
        if self._child is not None:
            self._drop_if_lost(self._child)
        child, self._child = self._child, None
        return child

    def end(self, patience: float) -> None:
        """End it, and wait `patience` seconds at most."""
        child, self._child = self._child, None
        if child is not None:
            child.end(patience)

    def _drop_if_lost(self, child: ChildProcess) -> None:
        complaint = child.complaint()
        if complaint is None and not child.over.is_set():
            return
        self._child = None
        self._not_before = monotonic() + _PAUSE
        child.kill(complaint)
