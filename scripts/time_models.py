#!/usr/bin/env python3
"""Times the models of the catalogue alone, one call after another, as a table.

The time a caller waits depends on what else the machine does, so the processor
time of a call stands beside it. `choreai-live bench` times the whole pipeline.

    python scripts/time_models.py
    python scripts/time_models.py --provider cuda --calls 200
"""

import argparse
import sys
import time

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.table import Table

from choreai_live.errors import ChoreaiError
from choreai_live.inference import Session
from choreai_live.models import locate
from choreai_live.skeleton import KEYPOINT_COUNT
from choreai_live.style import StyleModel


def inputs(name: str) -> dict[str, dict[str, npt.NDArray[np.generic]]]:
    """Return what a model is timed with: a description, and what it is fed."""
    noise = np.random.default_rng(0)
    if name == "movenet_multipose":
        sizes = ((256, 160), (256, 256), (384, 224))
        return {
            f"{width}x{height}": {
                "input": noise.integers(0, 256, (1, height, width, 3), dtype=np.uint8)
            }
            for width, height in sizes
        }
    if name == "style":
        style, dancers = StyleModel(locate(name)), 6
        hidden, cell = style.initial_state(dancers)
        size = (dancers, style.context + 1, KEYPOINT_COUNT, 3)
        keypoints = noise.uniform((100, 100, 0.5), (300, 400, 1.0), size).astype(np.float32)
        return {"6 dancers": {"keypoints": keypoints, "hidden": hidden, "cell": cell}}
    return {
        f"{dancers} dancers" if dancers > 1 else "1 dancer": {
            "input_1": noise.random((dancers, 256, 256, 3), dtype=np.float32)
        }
        for dancers in (1, 2, 4)
    }


def milliseconds(session: Session, feeds: dict[str, npt.NDArray[np.generic]], calls: int) -> str:
    """Return the median waiting time and processor time of a call."""
    outputs = list(session.outputs)
    for _ in range(5):  # the first calls allocate memory and choose kernels
        session.run(outputs, feeds)
    waited, worked = [], []
    for _ in range(calls):
        begin, begin_work = time.perf_counter(), time.process_time()
        session.run(outputs, feeds)
        waited.append(time.perf_counter() - begin)
        worked.append(time.process_time() - begin_work)
    return f"{np.median(waited) * 1000:.2f} ({np.median(worked) * 1000:.2f})"


def main() -> int:
    """Run the command line; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--provider", default="cpu", help="execution provider (default: cpu)")
    parser.add_argument("--calls", type=int, default=100, help="calls per row (default: 100)")
    options = parser.parse_args()
    table = Table("model", "input", title="Median ms per call waited (and ms of processor time)")
    for heading in ("1 thread", "2 threads"):
        table.add_column(heading, justify="right")
    try:
        for name in ("movenet_multipose", "blazepose_full", "style"):
            # The program runs the style model on the CPU, whatever the others run on.
            provider = "cpu" if name == "style" else options.provider
            sessions = [Session(locate(name), provider, threads) for threads in (1, 2)]
            for described, feeds in inputs(name).items():
                times = [milliseconds(session, feeds, options.calls) for session in sessions]
                table.add_row(name, described, *times)
    except ChoreaiError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
