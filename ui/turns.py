"""Building what is large in turns, so that nothing else on the interface thread waits for it."""

from collections.abc import Callable, Iterable
from contextlib import suppress

from PyQt6.QtCore import QObject, QTimer, pyqtSignal


class Turns(QObject):
    """Does one thing after the other, each in a turn of its own of the event loop.

    Between two of them keys, clicks and pictures get their turn.

    Parameters
    ----------
    steps
        What to do.
    parent
        With which it ends, whatever is left.

    Attributes
    ----------
    finished
        Emitted once all is done.
    """

    finished = pyqtSignal()

    def __init__(self, steps: Iterable[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._steps = iter(steps)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._take)
        self._timer.start()

    def stop(self) -> None:
        """Leave the rest undone."""
        self._timer.stop()

    def _take(self) -> None:
        step = next(self._steps, None)
        if step is not None:
            step()
            return
        with suppress(RuntimeError):  # Python may have cleared its parent away just now
            self._timer.stop()
            self.finished.emit()
