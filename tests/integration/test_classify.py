"""The program classifies sources and writes what it found."""

import contextlib
import csv
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from choreai_live.capture import open_source

Run = Callable[..., subprocess.CompletedProcess[str]]
PROGRAM = (sys.executable, "-m", "choreai_live")
DUO = "demo?dancers=2&seconds=2&width=480&height=360"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a video of the demo dancer, and one cut off."""
    folder = tmp_path_factory.mktemp("videos")
    with (
        open_source("demo?seconds=2&width=320&height=240") as source,
        av.open(str(folder / "solo.mp4"), "w") as container,
    ):
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height = source.size
        while (frame := source.read()) is not None:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame.image, "bgr24")))
        container.mux(stream.encode())
    whole = (folder / "solo.mp4").read_bytes()
    (folder / "broken.mp4").write_bytes(whole[: len(whole) // 2])
    return folder


@pytest.fixture(scope="module")
def results(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run once over a duo, a solo and a broken file, writing everything."""
    return subprocess.run(
        [
            *(*PROGRAM, "classify", DUO, "solo.mp4", "broken.mp4"),
            *("--json", "all.json", "--csv", "all.csv", "--srt", "subtitles"),
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_broken_source_is_skipped_with_a_reason_and_status_1(
    results: subprocess.CompletedProcess[str],
) -> None:
    assert results.returncode == 1
    assert results.stderr.count("\n") == 1
    assert "broken.mp4" in results.stderr


def test_a_table_is_printed_for_every_source_that_was_read(
    results: subprocess.CompletedProcess[str],
) -> None:
    assert "solo.mp4" in results.stdout
    assert "480 x 360" in results.stdout
    assert "broken.mp4" not in results.stdout
    assert results.stdout.count("Confidence") == 2


def test_the_json_tells_what_everybody_danced(
    results: subprocess.CompletedProcess[str], folder: Path
) -> None:
    document = json.loads((folder / "all.json").read_text("utf-8"))
    duo, solo, broken = document["sources"]
    assert [duo["source"], solo["source"], broken["source"]] == [DUO, "solo.mp4", "broken.mp4"]
    assert "broken.mp4" in broken["error"]
    assert (solo["frames"], solo["size"], solo["rate"]) == (60, [320, 240], 30.0)
    assert len(duo["dancers"]) == 2
    assert len(solo["dancers"]) == 1
    labels = {*document["model"]["labels"]} - {*document["model"]["unsure_labels"]} | {None}
    for dancer in duo["dancers"] + solo["dancers"]:
        assert sum(dancer["mean_probabilities"].values()) == pytest.approx(1, abs=1e-3)
        assert dancer["last_seen"] - dancer["first_seen"] > 1
        end = dancer["first_seen"]
        for segment in dancer["segments"]:
            assert end <= segment["start"] < segment["end"] <= dancer["last_seen"]
            assert segment["label"] in labels
            end = segment["end"]


def test_csv_and_subtitles_tell_the_same(
    results: subprocess.CompletedProcess[str], folder: Path
) -> None:
    document = json.loads((folder / "all.json").read_text("utf-8"))
    told = [
        (source["source"], str(dancer["id"]), segment["start"], segment["label"] or "")
        for source in document["sources"]
        for dancer in source["dancers"]
        for segment in dancer["segments"]
    ]
    with (folder / "all.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert told == [(r["source"], r["dancer"], float(r["start"]), r["label"]) for r in rows]

    subtitles = folder / "subtitles"
    assert sorted(p.name for p in subtitles.iterdir()) == ["demo.srt", "solo.srt"]
    assert "Dancer 2: " in (subtitles / "demo.srt").read_text("utf-8")
    with av.open(str(subtitles / "solo.srt")) as container:
        assert container.streams.subtitles


def test_the_same_bytes_on_every_run_and_nothing_left_behind(
    results: subprocess.CompletedProcess[str], folder: Path
) -> None:
    again = subprocess.run(
        [*PROGRAM, "classify", DUO, "solo.mp4", "broken.mp4", "--json", "again.json"],
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": "7", "COLUMNS": "200"},
        capture_output=True,
        check=False,
    )
    assert again.returncode == 1
    assert (folder / "again.json").read_bytes() == (folder / "all.json").read_bytes()
    assert not list(folder.glob(".*"))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_and_leaves_results_alone(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [*PROGRAM, "classify", "demo?seconds=1&width=240&height=180", "missing.mp4"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
    )
    os.close(theirs)
    shown = b""
    with program:
        with contextlib.suppress(OSError):  # Linux says "input/output error" at the end
            while part := os.read(ours, 65536):
                shown += part
        printed, _ = program.communicate(timeout=60)
    os.close(ours)
    assert program.returncode == 1
    assert b"0:01.0" in shown
    assert b"1 of 2" in shown
    assert "missing.mp4" in shown.decode()
    assert b"\x1b" not in printed
    assert b"240 x 180" in printed


def interrupted(folder: Path, *arguments: str) -> tuple[int, str]:
    """Classify, press Ctrl-C once the demo is being read; return exit status and stderr after."""
    program = subprocess.Popen(
        [*PROGRAM, "classify", *arguments, "--verbose"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with program:
        assert program.stderr is not None
        while "Reading demo" not in (line := program.stderr.readline()):
            assert line, "the program ended before it began to read"
        program.send_signal(signal.SIGINT)
        _, rest = program.communicate(timeout=60)
    return program.returncode, rest


def test_ctrl_c_ends_a_source_without_end_and_its_result_is_kept(tmp_path: Path) -> None:
    status, rest = interrupted(tmp_path, "demo?width=320&height=240", "--json", "demo.json")
    assert status == 0
    assert "Traceback" not in rest
    (source,) = json.loads((tmp_path / "demo.json").read_text("utf-8"))["sources"]
    assert "error" not in source


def test_ctrl_c_in_a_file_keeps_those_that_are_finished(tmp_path: Path, folder: Path) -> None:
    long = "demo?seconds=600&width=320&height=240"
    status, rest = interrupted(tmp_path, str(folder / "solo.mp4"), long, "--json", "r.json")
    assert status == 130
    assert "1 of 2 sources were finished" in " ".join(rest.split())
    assert "Traceback" not in rest
    (source,) = json.loads((tmp_path / "r.json").read_text("utf-8"))["sources"]
    assert source["frames"] == 60
