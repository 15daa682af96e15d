"""What was seen is written as AlphaPose does, and classified again without the pictures."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from choreai_live.recorded.forms import FORMS

PROGRAM = (sys.executable, "-m", "choreai_live")
DUO = "demo?dancers=2&seconds=4&width=480&height=360"


def classify(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "classify", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def sources(path: Path) -> list[dict[str, Any]]:
    document = json.loads(path.read_text("utf-8"))
    found: list[dict[str, Any]] = document["sources"]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what a duo danced, and where they were, in every form."""
    folder = tmp_path_factory.mktemp("poses")
    done = classify(folder, DUO, "--json", "video.json", "--alphapose", "default.json")
    assert (done.returncode, done.stderr) == (0, "")
    for form in FORMS[1:]:
        again = ("--alphapose", f"{form}.json", "--alphapose-format", form)
        done = classify(folder, "--poses", "default.json", "--fps", "30", *again)
        assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_the_same_dances_are_read_without_the_video(folder: Path) -> None:
    files = [f"{form}.json" for form in FORMS]
    done = classify(folder, "--poses", *files, "--json", "poses.json", "--srt", "subtitles")
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "30 a second are assumed" in done.stderr
    assert done.stdout.count("120 frames") == len(FORMS)
    (video,) = sources(folder / "video.json")
    assert len(video["dancers"]) == 2
    for source, file in zip(sources(folder / "poses.json"), files, strict=True):
        assert source == {**video, "source": file, "size": None}
    assert json.loads((folder / "poses.json").read_text("utf-8"))["model"]["pose"] == "recorded"
    assert len(list((folder / "subtitles").iterdir())) == len(FORMS)
    assert not list(folder.glob(".*"))


def test_without_ids_the_dancers_are_tracked(folder: Path) -> None:
    entries = json.loads((folder / "default.json").read_text("utf-8"))
    del entries[0]["idx"]
    (folder / "partly.json").write_text(json.dumps(entries))
    done = classify(folder, "--poses", "partly.json", "--fps", "30", "--json", "tracked.json")
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "partly.json lacks the idx of 1 of its" in done.stderr
    (video,), (tracked,) = sources(folder / "video.json"), sources(folder / "tracked.json")
    assert len(tracked["dancers"]) == 2
    for seen, other in zip(tracked["dancers"], video["dancers"], strict=True):
        assert [s["label"] for s in seen["segments"]] == [s["label"] for s in other["segments"]]


def test_files_that_are_none_are_skipped_with_a_reason(folder: Path) -> None:
    (folder / "broken.json").write_text('[{"image_id": "0.jpg", ')
    outputs = ("--alphapose", "again", "--json", "skipped.json")
    done = classify(folder, "--poses", "broken.json", "default.json", "--fps", "30", *outputs)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "broken.json is not JSON that can be read" in done.stderr
    assert "default.json" in done.stdout
    assert [p.name for p in (folder / "again").iterdir()] == ["default.json"]
    same = (folder / "again" / "default.json").read_bytes()
    assert same == (folder / "default.json").read_bytes()
