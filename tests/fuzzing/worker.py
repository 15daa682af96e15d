"""One process that takes damaged examples of one target until something breaks.

Run as ``python -m fuzzing.worker``; prints one JSON object per line. A crash of
native code ends this process, which is why it is one of its own.
"""

import argparse
import faulthandler
import json
import sys
import traceback
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from fuzzing.target import outcome
from fuzzing.targets import TARGETS


def main() -> None:
    """Take the examples; every example lies in a file while it is being taken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--target", choices=TARGETS, required=True)
    parser.add_argument("--examples", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    faulthandler.enable()
    target = TARGETS[options.target](options.folder)
    path = options.folder / f"example{target.suffix}"
    _say(event="ready", path=str(path), patience=target.patience)

    @seed(options.seed)
    @settings(
        max_examples=options.examples,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(target.examples())
    def take(data: bytes) -> None:
        path.write_bytes(data)
        _say(event="took", outcome=outcome(target, path))

    try:
        take()
    except BaseException as error:
        error.__notes__ = []  # hypothesis notes the whole example; it lies in the file
        _say(event="broke", traceback="".join(traceback.format_exception(error, limit=-6)))
        raise SystemExit(1) from None
    finally:
        target.close()
    _say(event="done")


def _say(**words: object) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
