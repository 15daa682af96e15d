#!/usr/bin/env python3
"""Feeds the program with damaged files, streams and frames, and prints what became of them.

Good videos, pictures, replies of servers, results and models are flipped, cut, spliced
and overwritten, and taken the way the program takes them, by the thousand, in processes
of their own. Whatever is neither accepted nor refused with one sentence is a finding: a
crash, a hang or a traceback. Its example is kept, and the exit status is 1::

    python scripts/fuzz.py --examples 10000 --seed 1
"""

import argparse
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from fuzzing.running import FuzzReport, fuzz
from fuzzing.targets import TARGETS, WEIGHTS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; return 1 if there were findings."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=10_000, help="over all targets together")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same examples")
    parser.add_argument("--only", nargs="*", choices=TARGETS, help="these targets alone")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes at a time")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    options = parser.parse_args(arguments)
    chosen = options.only or list(TARGETS)
    whole = sum(WEIGHTS[name] for name in chosen)
    shares = {name: -(-options.examples * WEIGHTS[name] // whole) for name in chosen}
    with (
        TemporaryDirectory(prefix="choreai-fuzz-") as scratch,
        ThreadPoolExecutor(options.jobs) as pool,
    ):
        running = [
            pool.submit(
                fuzz, name, shares[name], options.seed, Path(scratch, str(i)), options.findings
            )
            for i, name in enumerate(chosen)
        ]
        reports = [each.result() for each in running]
    sys.stdout.write(as_markdown(reports))
    for report in reports:
        for finding in report.findings:
            sys.stderr.write(f"\n{report.target}: {finding}\n")
    return int(any(report.findings for report in reports))


def as_markdown(reports: Sequence[FuzzReport]) -> str:
    """Return one row for each target and a last one for all of them."""
    lines = [
        "| damaged | examples | accepted | refused, one sentence | crashes | hangs | tracebacks |",
        "|---|---|---|---|---|---|---|",
    ]
    columns = ("examples", "accepted", "refused", "crashes", "hangs", "tracebacks")
    for report in reports:
        cells = [str(getattr(report, column)) for column in columns]
        lines.append(" | ".join((f"| {report.target}", *cells)) + " |")
    totals = [str(sum(getattr(report, column) for report in reports)) for column in columns]
    lines.append(" | ".join(("| **all**", *totals)) + " |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
