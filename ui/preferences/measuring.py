"""Measuring how fast each choice is here: the program's own bench, in a child of its own."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PyQt6.QtCore import QObject, QProcess, QProcessEnvironment, pyqtSignal

from choreai_live.speeds import Speed, Trial

#: Seconds that are measured of each, after three of warm-up.
SECONDS: Final = 3.0
#: One dancer; what is rendered of the scene is played again and again.
_SOURCE: Final = "demo?dancers=1&seconds=4"
#: Characters of what a child said last, which says why it failed.
_LAST_WORDS: Final = 300


class Measuring(QObject):
    """Runs one measurement after the other, none of them in this process.

    Parameters
    ----------
    parent
        Whoever wants to know; what runs when it goes away is ended.
    seconds
        How long to measure each.

    Attributes
    ----------
    began
        Emitted with a Trial, its number from 1 on, and how many there are.
    measured
        Emitted with a Speed.
    failed
        Emitted with a Trial, and one sentence on why it cannot be measured.
    finished
        Emitted once all are done, or it was cancelled.
    """

    began = pyqtSignal(object, int, int)
    measured = pyqtSignal(object)
    failed = pyqtSignal(object, str)
    finished = pyqtSignal()

    def __init__(self, parent: QObject | None = None, *, seconds: float = SECONDS) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._left: list[tuple[Trial, Mapping[str, str]]] = []
        self._count = 0
        self._child: QProcess | None = None
        self._folder: TemporaryDirectory[str] | None = None

    @property
    def running(self) -> bool:
        """Whether something is measured."""
        return self._folder is not None

    def start(self, trials: Sequence[tuple[Trial, Mapping[str, str]]]) -> None:
        """Measure these, each with the sha256 of its models; nothing happens while it runs."""
        if self.running or not trials:
            return
        self._left, self._count = list(trials), len(trials)
        # Also what the bench renders goes there, so that nothing is left of a child that is killed.
        self._folder = TemporaryDirectory(prefix="choreai-speeds-", ignore_cleanup_errors=True)
        self._next()

    def cancel(self) -> None:
        """End it now; what was measured so far stays measured."""
        self._left.clear()
        if self._child is not None:
            child, self._child = self._child, None
            child.finished.disconnect()
            child.errorOccurred.disconnect()
            child.kill()
            child.waitForFinished(1000)
            child.deleteLater()
        self._finish()

    def _next(self) -> None:
        if not self._left:
            self._finish()
            return
        trial, models = self._left.pop(0)
        folder = Path(self._folder.name if self._folder else "")
        report = folder / f"{self._count - len(self._left)}.json"
        child = self._child = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        for name in ("TMPDIR", "TEMP", "TMP"):
            environment.insert(name, str(folder))
        environment.insert("COLUMNS", "1000")  # no sentence is broken into lines
        child.setProcessEnvironment(environment)
        child.finished.connect(lambda code: self._take(child, trial, models, report, code))
        child.errorOccurred.connect(lambda error: self._tell_no_start(child, trial, error))
        self.began.emit(trial, self._count - len(self._left), self._count)
        child.start(sys.executable, _arguments(trial, self._seconds, report))

    def _take(
        self, child: QProcess, trial: Trial, models: Mapping[str, str], report: Path, code: int
    ) -> None:
        said = bytes(child.readAllStandardError().data()).decode("utf-8", "replace")
        self._child = None
        child.deleteLater()
        try:
            speed = Speed.of(trial, json.loads(report.read_text("utf-8")), models)
        except (OSError, KeyError, TypeError, ValueError):
            words = next((line for line in reversed(said.splitlines()) if line.strip()), "")
            self.failed.emit(trial, words.strip()[-_LAST_WORDS:] or f"exit status {code}")
        else:
            self.measured.emit(speed)
        self._next()

    def _tell_no_start(self, child: QProcess, trial: Trial, error: QProcess.ProcessError) -> None:
        if error is not QProcess.ProcessError.FailedToStart:
            return  # the end of the child will be told as well
        self._child = None
        self.failed.emit(trial, child.errorString())
        child.deleteLater()
        self._next()

    def _finish(self) -> None:
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()
            self.finished.emit()


def _arguments(trial: Trial, seconds: float, report: Path) -> list[str]:
    return [
        *("-P", "-m", "choreai_live", "bench", _SOURCE),
        *("--seconds", f"{seconds:g}", "--json", str(report)),
        *("--pose", trial.pose, "--provider", trial.provider),
        *("--precision", trial.precision, "--threads", str(trial.threads)),
    ]
