"""Measure what it costs, and what it is good for, to have the pipeline in a process of its own.

    python scripts/measure_border.py [--seconds 20] [--blows 10] [--json FILE]

The same video is watched at its own rate by a pipeline in this process and by one
in a process of its own, in turn, and the time from capture until a snapshot is
there is compared. Then the process is killed and frozen again and again, and the
time until the next snapshot comes is taken.
"""

import argparse
import json
import logging
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Condition
from time import monotonic
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from choreai_live.bench import render_demo
from choreai_live.capture import open_source
from choreai_live.isolation import Event, PipelineJob, PipelineProcess, SnapshotReady, SourceEnded
from choreai_live.machine import describe_machine
from choreai_live.messages import Snapshot
from choreai_live.pipeline import Engine

#: Seconds at the start that are not counted.
WARM_UP = 2.0
SIZES = ((640, 480), (1280, 720))
BLOWS = (signal.SIGKILL, signal.SIGSTOP)
#: Times each way is measured, in turn: whatever else the machine does hits both.
TURNS = 3


class Latencies:
    """Notes when snapshots are there, after the warm-up."""

    def __init__(self) -> None:
        self.arrived: list[float] = []
        self.handed: list[float] = []

    def note(self, snapshot: Snapshot) -> None:
        """Take in a snapshot the moment it is there."""
        since_capture = (monotonic() - snapshot.frame.captured) * 1e3
        if snapshot.frame.time > WARM_UP:
            self.arrived.append(since_capture)
            self.handed.append(since_capture - snapshot.timings["latency"])

    def as_json(self) -> dict[str, Any]:
        """Return percentiles, milliseconds."""
        return {
            "frames": len(self.arrived),
            "capture_to_snapshot_ms": percentiles(self.arrived),
            "made_to_there_ms": percentiles(self.handed),
        }


def percentiles(values: list[float]) -> dict[str, float]:
    """Return p50, p95 and p99."""
    return {f"p{p}": round(float(np.percentile(values, p)), 2) for p in (50, 95, 99)}


class Ear:
    """Waits for events of a pipeline's process."""

    def __init__(self, note: Callable[[Snapshot], None] = lambda _: None) -> None:
        self.snapshots = 0
        self.ended = False
        self._note = note
        self._news = Condition()

    def __call__(self, event: Event) -> None:
        """Take in an event."""
        if isinstance(event, SnapshotReady):
            self._note(event.snapshot)
        with self._news:
            self.snapshots += isinstance(event, SnapshotReady)
            self.ended |= isinstance(event, SourceEnded)
            self._news.notify_all()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so.

        Raises
        ------
        TimeoutError
            If it is not within two minutes.
        """
        with self._news:
            if not self._news.wait_for(condition, 120):
                raise TimeoutError("the pipeline's process gives no snapshots")


def watch_here(engine: Engine, video: str, latencies: Latencies) -> None:
    """Watch a video with a pipeline in this process."""
    with engine.pipeline(open_source(video, live=True)) as pipeline:
        for snapshot in pipeline:
            latencies.note(snapshot)


def watch_there(video: str, latencies: Latencies) -> None:
    """Watch a video with a pipeline in a process of its own."""
    ear = Ear(latencies.note)
    process = PipelineProcess(PipelineJob(persistent=False, spare=False), ear)
    process.watch(video)
    ear.wait(lambda: ear.ended)
    process.close()


def strike(blows: int, *, spare: bool) -> dict[str, list[float]]:
    """Return the seconds from each blow to the next snapshot, by signal."""
    ear = Ear()
    process = PipelineProcess(PipelineJob(spare=spare), ear)
    process.watch("demo")
    seconds: dict[str, list[float]] = {blow.name: [] for blow in BLOWS}
    for _ in range(blows):
        for blow in BLOWS:
            wanted = ear.snapshots + 150  # well under way, and a spare is there
            ear.wait(lambda wanted=wanted: ear.snapshots >= wanted)
            restarts = process.restarts
            struck = monotonic()
            os.kill(process.pid or 0, blow)
            ear.wait(lambda restarts=restarts: process.restarts > restarts)
            before = ear.snapshots
            ear.wait(lambda before=before: ear.snapshots > before)
            seconds[blow.name].append(round(monotonic() - struck, 3))
    process.close()
    return seconds


def main() -> int:
    """Run the command line; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=20.0, help="each way (default: 20)")
    parser.add_argument("--blows", type=int, default=10, help="of each kind (default: 10)")
    parser.add_argument("--json", type=Path, help="write the numbers there")
    asked = parser.parse_args()
    result: dict[str, Any] = {"machine": describe_machine(), "sizes": {}}
    engine = Engine()
    with TemporaryDirectory(prefix="choreai-border-") as folder:
        for width, height in SIZES:
            size = f"{width}x{height}"
            print(f"Watching {size}.", file=sys.stderr)
            spec = f"demo?width={width}&height={height}&seconds={WARM_UP + asked.seconds / TURNS}"
            video = str(render_demo(spec, Path(folder) / f"{size}.mp4"))
            here, there = Latencies(), Latencies()
            for _ in range(TURNS):
                watch_here(engine, video, here)
                watch_there(video, there)
            result["sizes"][size] = {"here": here.as_json(), "there": there.as_json()}
    print("Killing and freezing the process.", file=sys.stderr)
    logging.getLogger("choreai_live").setLevel(logging.CRITICAL)  # it is as it should be
    result["seconds_to_next_snapshot"] = {
        "with a spare": strike(asked.blows, spare=True),
        "without": strike(asked.blows, spare=False),
    }
    Console().print(as_table(result))
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


def as_table(result: dict[str, Any]) -> Table:
    """Return what is printed."""
    table = Table("", "frames", "capture to snapshot, ms", "made to there, ms")
    for size, ways in result["sizes"].items():
        for way, words in (("here", "this process"), ("there", "its own process")):
            told = ways[way]
            table.add_row(
                f"{size}, {words}",
                str(told["frames"]),
                *(
                    ", ".join(f"{p} {ms:.2f}" for p, ms in told[what].items())
                    for what in ("capture_to_snapshot_ms", "made_to_there_ms")
                ),
            )
    table.add_section()
    for way, blows in result["seconds_to_next_snapshot"].items():
        for blow, seconds in blows.items():
            words = f"next snapshot after {np.median(seconds):.2f} s (median of {len(seconds)})"
            table.add_row(f"{blow}, {way}", "", words, f"{max(seconds):.2f} s at most")
    machine = result["machine"]
    words = f"{machine['cpu']}, {machine['cores']} cores, load {machine['load_before']}"
    table.add_section()
    table.add_row("Machine", "", words, "")
    return table


if __name__ == "__main__":
    sys.exit(main())
