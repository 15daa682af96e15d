"""Runs the targets in processes of their own and watches over them."""

import json
import os
import queue
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Final

TESTS: Final = Path(__file__).resolve().parents[1]

WORKER: Final = ("-m", "fuzzing.worker")

MOST_WORKERS: Final = 10
"""How many workers one target may break before that is enough."""

STARTING_PATIENCE: Final = 60.0
"""Seconds a worker may take to import everything and to make its good examples."""


@dataclass(slots=True)
class FuzzReport:
    """What became of the examples of one target.

    Parameters
    ----------
    target
        Its name.
    examples, accepted, refused
        How many were taken, and how they ended: read to the end or refused with a sentence.
    crashes, hangs, tracebacks
        How many killed the process, took too long, or raised what no user should see.
    sentences
        The sentences of refusal and how often each was said, file names left out.
    findings
        What broke: one text for each, with the file in which the example was kept.
    seconds
        How long it took.
    """

    target: str
    examples: int = 0
    accepted: int = 0
    refused: int = 0
    crashes: int = 0
    hangs: int = 0
    tracebacks: int = 0
    sentences: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    seconds: float = 0.0


def fuzz(
    target: str,
    examples: int,
    seed: int,
    folder: Path,
    findings: Path,
    program: Sequence[str] = WORKER,
) -> FuzzReport:
    """Take damaged examples of one target until there were enough.

    After a crash, a hang or a defect the next worker goes on with another seed; the same
    happens where a target has no more examples to draw.

    Parameters
    ----------
    target
        Its name in :data:`fuzzing.targets.TARGETS`.
    examples
        How many to take.
    seed
        The same seed draws the same examples.
    folder
        A folder of its own, for good examples and the current one.
    findings
        Where an example that broke something is kept.
    program
        The worker, as arguments of Python.
    """
    report = FuzzReport(target)
    began = perf_counter()
    attempt = 0
    while report.examples < examples and attempt < MOST_WORKERS:
        left, its_seed = examples - report.examples, seed + attempt * 1000
        _run_worker(report, left, its_seed, folder, findings, program)
        attempt += 1
    report.seconds = perf_counter() - began
    return report


def _run_worker(
    report: FuzzReport,
    examples: int,
    seed: int,
    folder: Path,
    findings: Path,
    program: Sequence[str],
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, *program, "--target", report.target]
    command += ["--examples", str(examples), "--seed", str(seed), "--folder", str(folder)]
    paths = [str(TESTS), os.environ.get("PYTHONPATH", "")]
    with (folder / "stderr.txt").open("w+") as stderr:
        worker = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )
        said: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        listening = Thread(target=_listen, args=(worker, said), daemon=True)
        listening.start()
        try:
            trouble = _follow(report, worker, said)
        finally:
            worker.kill()
            worker.wait()
            listening.join(10)
        if trouble is not None:
            stderr.seek(0)
            kept = _keep(folder, findings, report.target, seed)
            report.findings.append(
                f"{trouble}\nseed {seed}, example kept as {kept}\n{stderr.read()}"
            )


def _listen(worker: subprocess.Popen[str], said: "queue.SimpleQueue[str | None]") -> None:
    assert worker.stdout is not None
    for line in worker.stdout:
        said.put(line)
    said.put(None)
    worker.stdout.close()


def _follow(
    report: FuzzReport, worker: subprocess.Popen[str], said: "queue.SimpleQueue[str | None]"
) -> str | None:
    """Count what the worker says until it ends; return what went wrong, if anything."""
    patience = STARTING_PATIENCE
    while True:
        try:
            line = said.get(timeout=patience)
        except queue.Empty:
            report.hangs += 1
            report.examples += 1
            return f"hung for {patience:g} seconds"
        if line is None:
            status = worker.wait()
            report.crashes += 1
            report.examples += 1
            return f"the process died with status {status}"
        words = json.loads(line)
        if words["event"] == "ready":
            patience = words["patience"]
        elif words["event"] == "took":
            report.examples += 1
            if words["outcome"] == "accepted":
                report.accepted += 1
            else:
                report.refused += 1
                report.sentences[words["outcome"]] += 1
        elif words["event"] == "broke":
            report.tracebacks += 1
            report.examples += 1
            return str(words["traceback"])
        else:
            return None


def _keep(folder: Path, findings: Path, target: str, seed: int) -> str:
    findings.mkdir(parents=True, exist_ok=True)
    for example in folder.glob("example.*"):
        name = "".join(c if c.isalnum() else "-" for c in target)
        kept = findings / f"{name}-{seed}{example.suffix}"
        shutil.copy(example, kept)
        return str(kept)
    return "(none: it broke before the first)"
