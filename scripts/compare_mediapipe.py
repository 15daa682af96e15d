#!/usr/bin/env python3
"""Compares with MediaPipe Pose: speed, memory and precision on the same clips in the same run.

MediaPipe gets an environment of its own, made once in the user's cache folder. Each
program runs in a process of its own, in turns (A B A B), over clips of the demo dancer,
whose joints are known, or over videos of yours, of which only speed is told:

    python scripts/compare_mediapipe.py
    python scripts/compare_mediapipe.py clip.mp4 --rounds 5 --json comparison.json
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import platformdirs
import psutil
from rich.console import Console
from rich.table import Table

from choreai_live.bench import render_demo
from choreai_live.capture import open_source
from choreai_live.demo import Truth
from choreai_live.errors import ChoreaiError
from choreai_live.machine import describe_machine
from choreai_live.messages import Floats
from choreai_live.pipeline import Engine
from choreai_live.settings import EngineSettings
from choreai_live.skeleton import FROM_BLAZEPOSE, KEYPOINT_COUNT, TORSO

MEDIAPIPE: Final = "mediapipe==0.10.21"

#: The demo dancer in each style, 12 seconds of 640 x 480 at 30 frames a second.
DEMOS: Final = tuple(
    f"demo?dance={dance}&outfit={outfit}&seed={seed}&seconds=12"
    for seed, (dance, outfit) in enumerate(
        (("afrobeat", "festival"), ("classical", "ballet"), ("hiphop", "street"))
    )
)

#: Fraction of the torso a keypoint may be off: PCK@0.2.
TOLERANCE: Final = 0.2

#: Frames of each clip before the time counts.
WARM_UP: Final = 30

_MEGABYTE: Final = 2**20
_LOOK_EVERY: Final = 0.1


@dataclass
class Clip:
    """A video, and the truth about the dancer in each of its frames if it is known."""

    name: str
    path: Path
    truth: list[Truth] = field(default_factory=list)


@dataclass(frozen=True)
class Run:
    """What one process did: frames a second, resident memory (MB), keypoints found."""

    fps: float
    resident: float
    peak: float
    keypoints: Floats


def main() -> int:
    """Run the command line; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("clips", nargs="*", type=Path, help="videos; default: the demo dancer")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each (default: 3)")
    parser.add_argument("--json", type=Path, help="write every number there")
    parser.add_argument(
        "--environment",
        type=Path,
        default=platformdirs.user_cache_path("choreai-live") / MEDIAPIPE.replace("==", "-"),
        help="where MediaPipe is installed (default: %(default)s)",
    )
    parser.add_argument("--ours", nargs=2, metavar=("VIDEO", "RESULT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.ours:
        read_with_ours(*asked.ours)
        return 0
    try:
        python = mediapipe_python(asked.environment)
        with TemporaryDirectory(prefix="choreai-compare-") as folder:
            clips = [Clip(path.name, path) for path in asked.clips] or demos(Path(folder))
            result = compare(clips, commands(python), asked.rounds, Path(folder))
    except (ChoreaiError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    Console().print(as_table(result))
    if asked.json:
        asked.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return 0


def mediapipe_python(environment: Path) -> Path:
    """Return the interpreter that has MediaPipe, installed now if it is not there yet."""
    python = environment / "bin" / "python"
    installed = environment / "installed"
    if not installed.is_file():
        print(f"Installing {MEDIAPIPE} in {environment}; this is done once.", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", "--clear", environment], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", MEDIAPIPE], check=True)
        installed.touch()
    return python


def demos(folder: Path) -> list[Clip]:
    """Render the demo dancer, and remember where every joint is."""
    clips = []
    for number, spec in enumerate(DEMOS):
        path = render_demo(spec, folder / f"demo-{number}.mp4")
        with open_source(spec) as source:
            scene, rate, frames = source.scene, source.rate, source.frame_count  # type: ignore[attr-defined]
        truth = [scene.truth(index / rate)[0] for index in range(frames)]
        clips.append(Clip(spec.partition("dance=")[2].partition("&")[0], path, truth))
    return clips


def commands(mediapipe_python: Path) -> dict[str, Callable[[Path, Path], list[str]]]:
    """Return the programs: name to the command that reads a video and writes a result."""
    script = Path(__file__)
    landmarks = ",".join(map(str, FROM_BLAZEPOSE))
    return {
        "ChoreAI Live": lambda video, result: [
            *(sys.executable, str(script), "--ours", str(video), str(result)),
        ],
        MEDIAPIPE.replace("==", " "): lambda video, result: [
            *(str(mediapipe_python), str(script.with_name("run_mediapipe.py"))),
            *(str(video), str(result), str(WARM_UP), landmarks),
        ],
    }


def compare(
    clips: Sequence[Clip],
    programs: dict[str, Callable[[Path, Path], list[str]]],
    rounds: int,
    folder: Path,
) -> dict[str, Any]:
    """Run every program on every clip, in turns, and return the medians over the rounds."""
    result: dict[str, Any] = {"machine": describe_machine(), "rounds": rounds, "clips": {}}
    for clip in clips:
        runs: dict[str, list[Run]] = {name: [] for name in programs}
        for _ in range(rounds):
            for name, command in programs.items():
                runs[name].append(watch(command(clip.path, folder / "result.npz"), folder))
        result["clips"][clip.name] = {
            name: {
                "fps": round(float(np.median([run.fps for run in own])), 1),
                "fps_runs": [round(run.fps, 1) for run in own],
                "resident_mb": round(float(np.median([run.resident for run in own])), 1),
                "peak_mb": round(max(run.peak for run in own), 1),
                **precision(own[-1].keypoints, clip.truth),
            }
            for name, own in runs.items()
        }
    return result


def watch(command: list[str], folder: Path) -> Run:
    """Run one process to its end and look at its memory meanwhile."""
    with (folder / "said.txt").open("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        memory = []
        while process.poll() is None:
            try:
                memory.append(psutil.Process(process.pid).memory_info().rss / _MEGABYTE)
            except psutil.NoSuchProcess:
                break
            time.sleep(_LOOK_EVERY)
        if process.wait():
            said.seek(0)
            raise ChoreaiError(f"{command[1]} failed: {said.read().strip()[-2000:]}")
    with np.load(folder / "result.npz") as result:
        fps = float(result["frames"] / result["seconds"])
        keypoints: Floats = result["keypoints"]
    # By the second half everything is loaded.
    return Run(fps, float(np.median(memory[len(memory) // 2 :])), max(memory), keypoints)


def precision(keypoints: Floats, truth: Sequence[Truth]) -> dict[str, float]:
    """Return the share of the visible keypoints that are right, and of the frames with anybody.

    A keypoint is right that is within :data:`TOLERANCE` of a torso of where it is, whatever
    its score; of a dancer who was not found none is.
    """
    found = {"found": round(float(np.isfinite(keypoints).all(axis=(1, 2)).mean()), 4)}
    if not truth:
        return found
    right = []
    for seen, true in zip(keypoints, truth, strict=True):
        shoulders, hips = true.keypoints[list(TORSO)].reshape(2, 2, 2).mean(axis=1)
        apart = np.linalg.norm(seen - true.keypoints, axis=1) / np.linalg.norm(shoulders - hips)
        right.append((apart < TOLERANCE)[true.visible])  # not a number is not below
    return {"pck": round(float(np.concatenate(right).mean()), 4), **found}


def read_with_ours(video: str, result: str) -> None:
    """Read a video to the end, style and all, as :mod:`run_mediapipe` does with MediaPipe."""
    engine = Engine(EngineSettings(provider="cpu"))
    keypoints = []
    began = time.perf_counter()
    with open_source(video) as source:
        pipeline = engine.pipeline(source)
        for snapshot in pipeline:
            poses = [track.pose for track in snapshot.tracks if not track.missed]
            best = max(poses, key=lambda pose: pose.score, default=None)
            keypoints.append(
                np.full((KEYPOINT_COUNT, 2), np.nan) if best is None else best.keypoints
            )
            if len(keypoints) == WARM_UP:
                began = time.perf_counter()
    seconds = time.perf_counter() - began
    np.savez(
        result,
        keypoints=np.array(keypoints, np.float32),
        frames=len(keypoints) - WARM_UP,
        seconds=seconds,
    )


def as_table(result: dict[str, Any]) -> Table:
    """Return what is printed."""
    machine = result["machine"]
    table = Table(
        title=f"{machine['cpu']}, {machine['cores']} cores, load {machine['load_before']} before; "
        f"median of {result['rounds']}"
    )
    table.add_column("clip")
    table.add_column("program")
    for heading in ("frames/s", "resident MB", "peak MB", f"PCK@{TOLERANCE}", "found"):
        table.add_column(heading, justify="right")
    for clip, programs in result["clips"].items():
        for name, numbers in programs.items():
            pck = f"{numbers['pck']:.1%}" if "pck" in numbers else "unknown"
            cells = (f"{numbers[key]:.1f}" for key in ("fps", "resident_mb", "peak_mb"))
            table.add_row(clip, name, *cells, pck, f"{numbers['found']:.1%}")
        ours, other = programs.values()
        table.add_row("", "", f"{ours['fps'] / other['fps']:.2f} times", end_section=True)
    return table


if __name__ == "__main__":
    sys.exit(main())
