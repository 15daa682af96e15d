#!/usr/bin/env python3
"""Does to sources what can go wrong with them, with the real models, and prints the table.

Each row of the fault table in ``docs/reliability.md`` is tried in turn on loopback, on a
dance the program reads right, and measured::

    python scripts/measure_faults.py
"""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from enduring import Outcome
from faults import FAULTS, Fault
from staging import Conditions, film

from choreai_live.machine import describe_machine
from choreai_live.pipeline import Engine

HEADER = (
    "| fault | what happens | noticed after | well again after its end | frames lost | "
    "frames with a wrong label |\n|---|---|---|---|---|---|\n"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for; return 1 if a wrong label was shown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="TEXT", help="rows whose name contains this")
    parser.add_argument("--hold", type=float, default=4.0, help="seconds a fault lasts")
    parser.add_argument("--verbose", action="store_true", help="say what was said and seen")
    options = parser.parse_args(arguments)
    logging.disable()  # the faults are ours
    chosen = [fault for fault in FAULTS if (options.only or "") in fault.name]
    wrong = 0
    with TemporaryDirectory(prefix="choreai-faults-") as scratch:
        footage = film(Path(scratch, "footage"), seconds=40, width=320, height=240)
        engine = Engine()
        sys.stdout.write(HEADER)
        for number, fault in enumerate(chosen):
            folder = Path(scratch, str(number))
            folder.mkdir()
            outcome = fault.run(Conditions(footage, folder, options.hold, engine))
            sys.stdout.write(as_row(fault, outcome))
            sys.stdout.flush()
            wrong += outcome.wrong or 0
            if options.verbose:
                sys.stderr.write(_in_words(outcome))
    machine = describe_machine()
    sys.stdout.write(
        f"\n{machine['cpu']}, {machine['cores']} cores, load before {machine['load_before']}, "
        f"{machine['os']}, Python {machine['python']}\n"
    )
    return int(wrong > 0)


def as_row(fault: Fault, outcome: Outcome) -> str:
    """Return the row of the table."""
    cells = (
        fault.name,
        fault.promise,
        _seconds(outcome.noticed),
        _seconds(outcome.recovered),
        str(outcome.lost),
        "none" if not outcome.wrong else str(outcome.wrong),
    )
    return f"| {' | '.join(cells)} |\n"


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{max(value, 0.0):.2f} s"


def _in_words(outcome: Outcome) -> str:
    states = ", ".join(state.value for state in outcome.states)
    return (
        f"  {states}; {outcome.connections} connections; {len(outcome.frames)} frames, "
        f"{outcome.alien} of them damaged, {outcome.remembered} after a break with a past\n"
        + "".join(f"  {sentence}\n" for sentence in outcome.sentences)
    )


if __name__ == "__main__":
    raise SystemExit(main())
