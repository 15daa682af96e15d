#!/usr/bin/env python3
r"""Measures the window: from the start to the first readout, from capture to pixels.

Starts the program as its user does, on a video played live, and notes when Qt has painted
the window and handed it to the screen. Not counted is what comes after: a compositor,
and the screen itself. Without a screen, under ``xvfb-run``::

    xvfb-run --auto-servernum --server-args="-screen 0 1280x720x24" \
        env QT_QPA_PLATFORM=xcb python scripts/measure_window.py
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, Final

import numpy as np
from PyQt6.QtCore import QEvent, QObject
from PyQt6.QtWidgets import QApplication
from rich.console import Console
from rich.table import Table

#: Seconds after the first readout that are not counted.
WARM_UP: Final = 3.0


class WatchedApplication(QApplication):
    """Notes when frames and the first readout were painted, and closes the window in the end.

    Parameters
    ----------
    began
        When the program was started, `time.monotonic()` seconds.
    seconds
        How long to watch; 0 for the first readout only.
    """

    def __init__(self, began: float, seconds: float) -> None:
        super().__init__(sys.argv[:1])
        self.first_readout: float | None = None
        self.latencies: list[float] = []
        self._began = began
        self._seconds = seconds
        self._last: float | None = None

    def notify(self, receiver: QObject | None, event: QEvent | None) -> bool:
        """Let Qt do its work; after an UpdateRequest everything is painted and on its way."""
        painting = event is not None and event.type() == QEvent.Type.UpdateRequest
        done = super().notify(receiver, event)
        if painting:
            self._painted(monotonic())
        return done

    def _painted(self, now: float) -> None:
        from choreai_live.ui.main_window import MainWindow

        window = next((w for w in self.topLevelWidgets() if isinstance(w, MainWindow)), None)
        if window is None:
            return
        if self.first_readout is None:
            if window.bars.shares:
                self.first_readout = now
        elif now - self.first_readout > WARM_UP + self._seconds or not self._seconds:
            window.close()
        elif now - self.first_readout > WARM_UP:
            captured = window.stage.video.captured
            if captured is not None and captured != self._last:
                self._last = captured
                self.latencies.append((now - captured) * 1e3)

    def as_json(self) -> dict[str, Any]:
        """Return what was noted: seconds, and milliseconds of each frame."""
        readout = self.first_readout
        return {
            "first_readout": None if readout is None else readout - self._began,
            "latencies": self.latencies,
        }


def main() -> int:
    """Run the command line; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("source", nargs="?", help="a video; default: the demo dancer, rendered")
    parser.add_argument("--seconds", type=float, default=20.0, help="to watch (default: 20)")
    parser.add_argument("--starts", type=int, default=5, help="starts to time (default: 5)")
    parser.add_argument("--json", type=Path, help="write the numbers there")
    parser.add_argument("--watch", nargs=2, metavar=("BEGAN", "RESULT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.watch:
        return watch(asked.source, float(asked.watch[0]), asked.seconds, Path(asked.watch[1]))
    with TemporaryDirectory(prefix="choreai-window-") as folder:
        source = asked.source or rendered(Path(folder), asked.seconds)
        # One start that is not counted, so that every file is in the system's cache.
        started = [start(source, 0.0, Path(folder)) for _ in range(asked.starts + 1)][1:]
        watched = start(source, asked.seconds, Path(folder))
    result = summary(started, watched["latencies"], asked.seconds)
    Console().print(as_table(result))
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


def rendered(folder: Path, seconds: float) -> str:
    """Return a video of the demo dancer, long enough to be watched."""
    from choreai_live.bench import render_demo

    print("Rendering the demo.", file=sys.stderr)
    return str(render_demo(f"demo?seconds={seconds + WARM_UP + 10}", folder / "demo.mp4"))


def start(source: str, seconds: float, folder: Path) -> dict[str, Any]:
    """Start the program in a process of its own and return what it noted."""
    result = folder / "result.json"
    result.unlink(missing_ok=True)
    command = [sys.executable, __file__, source, "--seconds", str(seconds)]
    subprocess.run([*command, "--watch", str(monotonic()), str(result)], check=True)
    noted: dict[str, Any] = json.loads(result.read_text(encoding="utf-8"))
    if noted["first_readout"] is None:
        sys.exit(f"error: {source} ended without a readout")
    return noted


def watch(source: str, began: float, seconds: float, result: Path) -> int:
    """Be the program, with an application that takes notes; return its exit code."""
    from choreai_live.cli import app

    application = WatchedApplication(began, seconds)
    status = app(["--source", source], standalone_mode=False)
    result.write_text(json.dumps(application.as_json()), encoding="utf-8")
    return int(status or 0)


def summary(
    started: list[dict[str, Any]], latencies: list[float], seconds: float
) -> dict[str, Any]:
    """Return the numbers to tell: medians, percentiles, and the machine."""
    from choreai_live.machine import describe_machine

    return {
        "first_readout_s": [round(each["first_readout"], 2) for each in started],
        "frames_per_second": round(len(latencies) / seconds, 1),
        "capture_to_pixels_ms": {
            f"p{p}": round(float(np.percentile(latencies, p)), 1) for p in (50, 95, 99)
        },
        "machine": describe_machine(),
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
    table.add_row("Frames shown", f"{result['frames_per_second']:.1f} a second")
    table.add_row("Capture to pixels", ", ".join(f"{p} {ms:.1f} ms" for p, ms in pixels.items()))
    table.add_row(
        "Machine", f"{machine['cpu']}, {machine['cores']} cores, load {machine['load_before']}"
    )
    return table


if __name__ == "__main__":
    sys.exit(main())
