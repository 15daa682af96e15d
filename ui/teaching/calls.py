"""Asking the library of taught styles on a thread of its own, never on the interface's."""

import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from threading import Lock, Thread
from time import monotonic
from typing import TypeVar

from PyQt6.QtCore import QObject, pyqtSignal

from choreai_live.errors import ChoreaiError

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class LibraryCalls(QObject):
    """Makes one call after the other, and answers on the interface thread.

    Attributes
    ----------
    busy_changed
        Emitted with whether a call is being made or waited for.
    """

    busy_changed = pyqtSignal(bool)
    _answered = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._turn = Lock()
        self._waiting: deque[Callable[[], Callable[[], object]]] = deque()
        self._thread: Thread | None = None
        self._open = 0
        self._answered.connect(self._answer)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._open > 0

    def ask(
        self,
        call: Callable[[], Answer],
        done: Callable[[Answer], object],
        failed: Callable[[str], object],
    ) -> None:
        """Make a call once those asked before are made.

        Parameters
        ----------
        call
            Made on another thread.
        done
            Gets what it returned.
        failed
            Gets one sentence for the user, where it raised an error.
        """
        self._open += 1
        if self._open == 1:
            self.busy_changed.emit(True)
        with self._turn:
            self._waiting.append(lambda: self._made(call, done, failed))
            if self._thread is None:
                self._thread = Thread(target=self._run, name="teaching", daemon=True)
                self._thread.start()

    def finish(self, patience: float) -> None:
        """Wait for what was asked, seconds at most: what was taught is to be on the disk."""
        give_up = monotonic() + patience
        while (thread := self._thread) is not None and monotonic() < give_up:
            thread.join(max(give_up - monotonic(), 0.0))

    def _run(self) -> None:
        while True:
            with self._turn:
                if not self._waiting:
                    self._thread = None
                    return
                make = self._waiting.popleft()
            answer = make()
            with suppress(RuntimeError):  # the window is gone
                self._answered.emit(answer)

    def _made(
        self,
        call: Callable[[], Answer],
        done: Callable[[Answer], object],
        failed: Callable[[str], object],
    ) -> Callable[[], object]:
        """Make a call, and return what is to be done about it on the interface thread."""
        try:
            answer = call()
        except ChoreaiError as error:
            words = str(error)
        except Exception as defect:
            logger.exception("The library of taught styles failed")
            words = self._report(defect)
        else:
            return lambda: done(answer)
        return lambda: failed(words)

    def _report(self, defect: Exception) -> str:
        return self.tr(
            "Something went wrong that never should ({name}: {words}); please report it."
        ).format(name=type(defect).__name__, words=str(defect).rstrip("."))

    def _answer(self, answer: Callable[[], object]) -> None:
        self._open -= 1
        if self._open == 0:
            self.busy_changed.emit(False)
        answer()
