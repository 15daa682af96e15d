#!/usr/bin/env python3
r"""Measures the window: from the start to the first readout, from capture to pixels.

Starts the program as its user does, on a video played live, and notes when Qt has painted
the window and handed it to the screen. Not counted is what comes after: a compositor,
and the screen itself. Meanwhile a watchdog measures how long the interface keeps an event
waiting, and which events were the slowest. ``--sources 2`` has the window show the same
source twice, side by side. Without a screen, under ``xvfb-run``::

    xvfb-run --auto-servernum --server-args="-screen 0 1280x720x24" \
        env QT_QPA_PLATFORM=xcb python scripts/measure_window.py
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time, thread_time
from typing import Any, Final

import numpy as np
from PyQt6.QtCore import QEvent, QObject, Qt, QTimer
from PyQt6.QtWidgets import QApplication
from rich.console import Console
from rich.table import Table

#: Seconds after the first readout that are not counted.
WARM_UP: Final = 3.0
#: Between two beats of the watchdog, seconds.
BEAT: Final = 0.004
#: Slowest events that are told.
SLOWEST: Final = 8


class Watchdog(QObject):
    """Measures how long the interface thread keeps an event waiting.

    A timer beats; what a beat is late is what a click at that moment would have waited.
    While the thread is held up no beat comes, so those that were due are counted with what
    each would have waited: a block of 100 ms is not one bad moment but 25. Where the system
    tells how long the thread was ready to run and got no processor, that is told apart: it is
    other programs' work, of which a machine that does other things as well has much.
    """

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []
        self.own_waits: list[float] = []
        self._queued = 0.0
        self._due: float | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to beat."""
        self._due, self._queued = monotonic() + BEAT, queued()
        self._timer.start(round(BEAT * 1e3))

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now = monotonic()
        before, self._queued = self._queued, queued()
        for_others = self._queued - before
        # Qt's timer keeps to its own steps; one a little early is on time.
        while self._due is not None and self._due <= now + BEAT / 2:
            late = max(now - self._due, 0.0)
            self.waits.append(late * 1e3)
            self.own_waits.append(max(late - for_others, 0.0) * 1e3)
            self._due += BEAT


def queued() -> float:
    """Return how long this thread has been ready to run without a processor, seconds.

    0 where the system does not tell; Linux does.
    """
    try:
        told = Path("/proc/thread-self/schedstat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(told.split()[1]) / 1e9


class WatchedApplication(QApplication):
    """Notes when frames and the first readout were painted, and closes the window in the end.

    Parameters
    ----------
    began
        When the program was started, `time.monotonic()` seconds.
    seconds
        How long to watch; 0 for the first readout only.
    """

    # Qt sends its first events before the application is made.
    _depth = 0
    _outermost = 0
    _watching: float | None = None

    def __init__(self, began: float, seconds: float) -> None:
        super().__init__(sys.argv[:1])
        self.first_readout: float | None = None
        self.latencies: list[float] = []
        self._began = began
        self._seconds = seconds
        self._last: dict[int, float] = {}
        self._watchdog = Watchdog()
        self._used: tuple[float, float] = (0.0, 0.0)
        self._shares: dict[str, float] = {}
        self._slow: list[tuple[float, float, str]] = []
        self._taken: list[float] = []

    def notify(self, receiver: QObject | None, event: QEvent | None) -> bool:
        """Let Qt do its work; after an UpdateRequest everything is painted and on its way."""
        kind = QEvent.Type.None_ if event is None else event.type()
        name = type(receiver).__name__
        self._depth += 1
        began, used = monotonic(), thread_time()
        try:
            done = super().notify(receiver, event)
        finally:
            self._depth -= 1
        now = monotonic()
        if self._watching is not None and self._depth == self._outermost:
            self._note(now - began, thread_time() - used, f"{kind.name} of {name}")
        if kind == QEvent.Type.UpdateRequest:
            self._painted(now)
        return done

    def _note(self, took: float, used: float, what: str) -> None:
        self._taken.append(used * 1e3)
        if len(self._slow) < SLOWEST or took * 1e3 > self._slow[-1][0]:
            self._slow.append((took * 1e3, used * 1e3, what))
            self._slow = sorted(self._slow, reverse=True)[:SLOWEST]

    def _painted(self, now: float) -> None:
        from choreai_live.ui.main_window import MainWindow

        windows = [w for w in self.topLevelWidgets() if isinstance(w, MainWindow)]
        window = next((w for w in windows if w.isVisible()), None)
        if window is None:
            return
        feeds = window.live.feeds
        if self.first_readout is None:
            if all(feed.bars.shares for feed in feeds):
                self.first_readout = now
        elif now - self.first_readout > WARM_UP + self._seconds or not self._seconds:
            self._end(now)
            window.close()
        elif now - self.first_readout > WARM_UP:
            self._begin(now)
            for place, feed in enumerate(feeds):
                captured = feed.stage.video.captured
                if captured is not None and captured != self._last.get(place):
                    self._last[place] = captured
                    self.latencies.append((now - captured) * 1e3)

    def _begin(self, now: float) -> None:
        if self._watching is None:
            self._watching, self._outermost = now, self._depth
            self._used = process_time(), thread_time()
            self._watchdog.start()

    def _end(self, now: float) -> None:
        if self._watching is not None:
            self._watchdog.stop()
            lasted = now - self._watching
            self._shares = {
                "program": (process_time() - self._used[0]) / lasted,
                "interface": (thread_time() - self._used[1]) / lasted,
            }
            self._watching = None

    def as_json(self) -> dict[str, Any]:
        """Return what was noted: seconds, and milliseconds of each frame and beat."""
        readout = self.first_readout
        return {
            "first_readout": None if readout is None else readout - self._began,
            "latencies": self.latencies,
            "waits": self._watchdog.waits,
            "own_waits": self._watchdog.own_waits,
            "processor": self._shares,
            "slowest": self._slow,
            "taken": self._taken,
        }


def main() -> int:
    """Run the command line; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", nargs="?", help="a video; default: the demo dancer, rendered")
    parser.add_argument("--seconds", type=float, default=20.0, help="to watch (default: 20)")
    parser.add_argument("--starts", type=int, default=5, help="starts to time (default: 5)")
    parser.add_argument("--sources", type=int, default=1, help="tiles at once (default: 1)")
    parser.add_argument("--json", type=Path, help="write the numbers there")
    parser.add_argument("--watch", nargs=2, metavar=("BEGAN", "RESULT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.watch:
        began, result_path = float(asked.watch[0]), Path(asked.watch[1])
        return watch(asked.source, began, asked.seconds, asked.sources, result_path)
    with TemporaryDirectory(prefix="choreai-window-") as folder:
        source = asked.source or rendered(Path(folder), asked.seconds)
        # One start that is not counted, so that every file is in the system's cache.
        started = [start(source, 0.0, Path(folder)) for _ in range(asked.starts + 1)][1:]
        watched = start(source, asked.seconds, Path(folder), asked.sources)
    result = summary(started, watched, asked.seconds, asked.sources)
    Console().print(as_table(result))
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


def rendered(folder: Path, seconds: float) -> str:
    """Return a video of the demo dancer, long enough to be watched."""
    from choreai_live.bench import render_demo

    print("Rendering the demo.", file=sys.stderr)
    return str(render_demo(f"demo?seconds={seconds + WARM_UP + 10}", folder / "demo.mp4"))


def start(source: str, seconds: float, folder: Path, sources: int = 1) -> dict[str, Any]:
    """Start the program in a process of its own and return what it noted."""
    result = folder / "result.json"
    result.unlink(missing_ok=True)
    command = [
        sys.executable,
        __file__,
        source,
        "--seconds",
        str(seconds),
        "--sources",
        str(sources),
    ]
    subprocess.run([*command, "--watch", str(monotonic()), str(result)], check=True)
    noted: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    if noted["first_readout"] is None:
        sys.exit(f"error: {source} ended without a readout")
    return noted


def watch(source: str, began: float, seconds: float, sources: int, result: Path) -> int:
    """Be the program, with an application that takes notes; return its exit code."""
    from choreai_live.cli import app

    application = WatchedApplication(began, seconds)
    status = app(["--source", source] * sources, standalone_mode=False)
    result.write_text(json.dumps(application.as_json()), encoding="utf-8")
    return int(status or 0)


def summary(
    started: list[dict[str, Any]], watched: dict[str, Any], seconds: float, sources: int
) -> dict[str, Any]:
    """Return the numbers to tell: medians, percentiles, and the machine."""
    from choreai_live.machine import describe_machine

    return {
        "first_readout_s": [round(each["first_readout"], 2) for each in started],
        "sources": sources,
        "frames_per_second": round(len(watched["latencies"]) / seconds, 1),
        "capture_to_pixels_ms": percentiles(watched["latencies"], (50, 95, 99)),
        "interface_wait_ms": percentiles(watched["waits"], (50, 95, 99, 100)),
        "interface_own_wait_ms": percentiles(watched["own_waits"], (50, 95, 99, 100)),
        "event_processor_ms": percentiles(watched["taken"], (50, 95, 99, 100)),
        "processor": {who: round(share, 3) for who, share in watched["processor"].items()},
        "slowest_events": [
            {"ms": round(took, 1), "processor_ms": round(used, 1), "what": what}
            for took, used, what in watched["slowest"]
        ],
        "machine": describe_machine(),
    }


def percentiles(milliseconds: list[float], which: tuple[int, ...]) -> dict[str, float]:
    """Return percentiles by name, such as ``p50``; the hundredth is ``max``."""
    return {
        "max" if p == 100 else f"p{p}": round(float(np.percentile(milliseconds, p)), 1)
        for p in which
    }


def as_table(result: dict[str, Any]) -> Table:
    """Return what is printed."""
    machine, pixels = result["machine"], result["capture_to_pixels_ms"]
    table = Table(show_header=False)
    starts = result["first_readout_s"]
    table.add_row(
        "Start to first readout",
        f"{np.median(starts):.2f} s (median of {len(starts)}), {max(starts):.2f} s at most",
    )
    shown = f"{result['frames_per_second']:.1f} a second"
    table.add_row("Frames shown", f"{shown}, of {result['sources']} sources")
    table.add_row("Capture to pixels", ", ".join(f"{p} {ms:.1f} ms" for p, ms in pixels.items()))
    waits, processor = result["interface_wait_ms"], result["processor"]
    table.add_row("An event waits", ", ".join(f"{p} {ms:.1f} ms" for p, ms in waits.items()))
    own = result["interface_own_wait_ms"]
    table.add_row("... for this program", ", ".join(f"{p} {ms:.1f} ms" for p, ms in own.items()))
    taken = result["event_processor_ms"]
    table.add_row(
        "An event takes",
        ", ".join(f"{p} {ms:.1f} ms" for p, ms in taken.items()) + " of the processor",
    )
    table.add_row(
        "Processor",
        f"{processor['program']:.0%} of a core, the interface {processor['interface']:.0%}",
    )
    slowest = (
        f"{each['ms']:.1f} ms ({each['processor_ms']:.1f} of the processor) {each['what']}"
        for each in result["slowest_events"]
    )
    table.add_row("Slowest events", "\n".join(slowest))
    table.add_row(
        "Machine", f"{machine['cpu']}, {machine['cores']} cores, load {machine['load_before']}"
    )
    return table


if __name__ == "__main__":
    sys.exit(main())
