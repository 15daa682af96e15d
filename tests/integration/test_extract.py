"""The program extracts datasets from videos: real ones, through the real models."""

import multiprocessing
import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from time import sleep

import numpy as np
import pytest
from clips import dancer, write_clip

from choreai_live.__main__ import main
from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.errors import ModelError
from choreai_live.extraction.dancing import CuttingSettings
from choreai_live.extraction.extractor import Extracted, ExtractionSettings, Failed
from choreai_live.extraction.recordings import find_recordings
from choreai_live.extraction.workers import extract_here
from choreai_live.training.datasets import check_trainable, load_sequences

PROGRAM = (sys.executable, "-m", "choreai_live")


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of four videos of the demo dancer, one of them cut off, under two labels."""
    folder = tmp_path_factory.mktemp("videos")
    paint = cache(dancer)  # drawing her takes longer than finding her
    for name in ("afro/one.mp4", "afro/two.mp4", "hip/three.mp4"):
        (folder / name).parent.mkdir(exist_ok=True)
        write_clip(folder / name, count=30, width=320, height=240, paint=paint)
    whole = (folder / "afro/one.mp4").read_bytes()
    (folder / "hip/broken.mp4").write_bytes(whole[: len(whole) // 2])
    return folder


def extract(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "extract", *map(str, arguments), "--shortest", "1", "--pose", "movenet"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def first(videos: Path) -> subprocess.CompletedProcess[str]:
    """Extract everything once, to ``data``, with two workers."""
    return extract(videos, ".", "--out", "data", "--workers", "2")


def state(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_video_becomes_a_file_and_a_broken_one_a_sentence(
    videos: Path, first: subprocess.CompletedProcess[str]
) -> None:
    assert first.returncode == 1
    reason, summary = first.stderr.splitlines()
    assert "broken.mp4 was cut off" in reason
    assert summary == "Not extracted: hip/broken.mp4."
    assert "3 extracted, 0 already there, 1 failed" in first.stdout
    found = ["afro/one.mp4.npz", "afro/two.mp4.npz", "hip/three.mp4.npz"]
    assert sorted(state(videos / "data")) == found


def test_the_dancer_is_in_it_where_she_is_in_the_video(
    videos: Path, first: subprocess.CompletedProcess[str]
) -> None:
    sequences = load_sequences(videos / "data")
    check_trainable(sequences, ["afro", "hip"])
    assert [s.style for s in sequences] == ["afro", "afro", "hip"]
    assert {s.group for s in sequences} == {"afro/one.mp4", "afro/two.mp4", "hip/three.mp4"}
    assert {s.source for s in sequences} == {"data"}
    (truth,) = DemoScene(SceneSettings(width=320, height=240)).truth(20 / 25)
    one = sequences[0]
    assert (one.name, one.rate) == ("afro/one.mp4, dancer 1, 0.00 s", 25.0)
    assert len(one.points) == 30
    off = np.linalg.norm(one.points[20, 5:, :2] - truth.keypoints[5:], axis=1)
    assert np.median(off) < 8
    assert one.points[20, 5:, 2].mean() > 0.3


def test_what_is_there_is_left_alone_and_labelled_anew(
    videos: Path, first: subprocess.CompletedProcess[str], tmp_path: Path
) -> None:
    before = state(videos / "data")
    again = extract(videos, "afro", "hip/three.mp4", "--out", "data")
    assert again.returncode == 0
    assert "0 extracted, 3 already there." in again.stdout
    assert state(videos / "data") == before

    labels = tmp_path / "labels.csv"
    labels.write_text("file,label,group\nafro/one.mp4,shoki,Anna\nhip/three.mp4,krump,Ben\n")
    relabelled = extract(videos, ".", "--out", "data", "--labels", labels)
    assert relabelled.returncode == 1
    assert "two.mp4 has no label" in relabelled.stderr
    assert "2 already there, 2 of these relabelled" in relabelled.stdout
    sequences = load_sequences(videos / "data")
    assert [(s.style, s.group) for s in sequences] == [
        ("shoki", "Anna"),
        ("afro", "afro/two.mp4"),
        ("krump", "Ben"),
    ]
    np.testing.assert_array_equal(
        sequences[0].points[3, 5], load_sequences(videos / "data" / "afro")[0].points[3, 5]
    )
    back = extract(videos, ".", "--out", "data")
    assert back.returncode == 1  # for the broken one
    assert state(videos / "data") == before


def test_another_video_in_the_place_of_one_is_not_written_over(
    videos: Path, first: subprocess.CompletedProcess[str], tmp_path: Path
) -> None:
    (tmp_path / "afro").mkdir()
    write_clip(tmp_path / "afro/one.mp4", count=5)
    before = state(videos / "data")
    refused = extract(tmp_path, "afro", "--out", videos / "data")
    assert refused.returncode == 1
    assert "one.mp4.npz is of another recording" in refused.stderr
    assert state(videos / "data") == before


def test_without_labels_only_if_asked_for(videos: Path, tmp_path: Path) -> None:
    done = extract(videos, "afro/two.mp4", "--out", tmp_path / "plain", "--unlabelled")
    assert done.returncode == 0
    assert "no label" in done.stdout
    (sequence,) = load_sequences(tmp_path / "plain")
    assert (sequence.style, sequence.source) == ("", "plain")


def test_a_video_without_dancers_is_not_extracted_twice(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    write_clip(tmp_path / "none/grey.mp4", count=5)
    for said in ("1 extracted, 0 already", "0 extracted, 1 already"):
        done = extract(tmp_path, "none", "--out", "data")
        assert done.returncode == 0
        assert said in done.stdout
    assert load_sequences(tmp_path / "data") == []


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
def test_ctrl_c_keeps_what_is_finished_and_the_same_command_goes_on(
    videos: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "afro"
    folder.mkdir()
    (folder / "a.mp4").write_bytes((videos / "afro/two.mp4").read_bytes())
    write_clip(folder / "long.mp4", count=2500, width=320, height=240)
    program = subprocess.Popen(
        [*PROGRAM, "extract", "afro", "--out", "data", "--workers", "1", "--shortest", "1"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with program:
        while not (tmp_path / "data/afro/a.mp4.npz").exists():
            assert program.poll() is None
        # It is there a moment before it is counted.
        sleep(0.5)
        # As a terminal does it: to the workers too.
        os.killpg(program.pid, signal.SIGINT)
        _, said = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "1 of 2 recordings were extracted. The same command goes on" in " ".join(said.split())
    assert "Traceback" not in said
    assert sorted(state(tmp_path / "data")) == ["afro/a.mp4.npz"]


def test_a_worker_that_is_killed_takes_only_its_own_video_with_it(
    videos: Path, tmp_path: Path
) -> None:
    long = write_clip(tmp_path / "long.mp4", count=2500, width=320, height=240)
    recordings = find_recordings([long, videos / "afro/two.mp4"], results=False)
    recordings.sort(key=lambda recording: recording.path.name)
    settings = ExtractionSettings(pose="movenet", cutting=CuttingSettings(shortest=1.0))
    outcomes = {}
    for recording, event in extract_here(recordings, settings, 1):
        if not isinstance(event, float):
            outcomes[recording.path.name] = event
        elif recording.path == long:
            for worker in multiprocessing.active_children():
                worker.kill()
    killed, whole = outcomes["long.mp4"], outcomes["two.mp4"]
    assert isinstance(killed, Failed)
    assert "signal 9" in killed.reason
    assert isinstance(whole, Extracted)
    assert len(whole.stretches) == 1
    assert not multiprocessing.active_children()


def test_models_that_cannot_be_loaded_stop_everything(videos: Path) -> None:
    recordings = find_recordings([videos / "afro"], results=False)
    with pytest.raises(ModelError, match="Unknown pose pipeline 'crystal'"):
        list(extract_here(recordings, ExtractionSettings(pose="crystal"), 2))
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["gone", "--out", "d"], "There is no file or folder 'gone'; check how it is written."),
        (["afro", "--out", "afro/one.mp4"], "afro/one.mp4 cannot be written to (File exists)"),
        (["afro", "--out", "d", "--labels", "gone.csv"], "gone.csv cannot be read"),
        (["afro", "--out", "d", "--ray", "127.0.0.1:1"], "There is no Ray cluster to use at"),
    ],
)
def test_what_cannot_begin_is_said_in_one_sentence(
    videos: Path,
    arguments: list[str],
    says: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(videos)
    monkeypatch.setattr(sys, "argv", ["choreai-live", "extract", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
