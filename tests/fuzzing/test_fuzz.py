"""A few hundred damaged examples; ``scripts/fuzz.py`` takes them by the thousand."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from fuzzing.running import FuzzReport, fuzz
from fuzzing.targets import TARGETS, WEIGHTS

EXAMPLES = 400
"""Over all targets together."""


@pytest.fixture(scope="module")
def reports(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[FuzzReport]]]:
    """Return the reports of all targets that are asked for, under way."""
    asked = [
        item.callspec.params["target"]
        for item in request.session.items
        if getattr(item, "module", None) is request.module and "target" in _parameters(item)
    ]
    findings = tmp_path_factory.mktemp("findings")
    with ThreadPoolExecutor(2) as pool:
        yield {
            name: pool.submit(
                fuzz,
                name,
                EXAMPLES * WEIGHTS[name] // 100,
                seed=20,
                folder=tmp_path_factory.mktemp("fuzz"),
                findings=findings,
            )
            for name in dict.fromkeys(asked)
        }


def _parameters(item: pytest.Item) -> dict[str, object]:
    return item.callspec.params if hasattr(item, "callspec") else {}


@pytest.mark.parametrize("target", TARGETS)
def test_damaged_input_is_taken_or_refused_with_one_sentence(
    target: str, reports: dict[str, Future[FuzzReport]]
) -> None:
    report = reports[target].result(100)
    assert not report.findings, "\n".join(report.findings)
    assert report.examples == report.accepted + report.refused
    assert report.examples >= EXAMPLES * WEIGHTS[target] // 100


SAYING = """
import json, os, pathlib, signal, sys, time
folder = pathlib.Path(sys.argv[sys.argv.index("--folder") + 1])
def say(**words):
    print(json.dumps(words), flush=True)
say(event="ready", patience=0.5)
(folder / "example.bin").write_bytes(b"first")
say(event="took", outcome="accepted")
(folder / "example.bin").write_bytes(b"second")
"""


@pytest.mark.parametrize(
    ("ending", "found", "told"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "crashes", "died with status -11"),
        ("time.sleep(60)", "hangs", "hung for 0.5 seconds"),
        ("say(event='broke', traceback='ValueError: 7'); sys.exit(1)", "tracebacks", "ValueError"),
    ],
)
def test_what_breaks_is_found_and_its_example_kept(
    tmp_path: Path, ending: str, found: str, told: str
) -> None:
    report = fuzz("any", 2, 5, tmp_path / "work", tmp_path / "kept", ("-c", SAYING + ending))
    assert getattr(report, found) == 1
    assert report.crashes + report.hangs + report.tracebacks == 1
    assert (report.examples, report.accepted) == (2, 1)
    (finding,) = report.findings
    assert told in finding
    assert (tmp_path / "kept" / "any-5.bin").read_bytes() == b"second"
