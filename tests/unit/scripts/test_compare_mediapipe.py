"""The comparison counts what it says; MediaPipe itself is not installed here."""

import sys
from pathlib import Path

import compare_mediapipe as comparison
import numpy as np
import pytest

from choreai_live.capture import open_source
from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.errors import ChoreaiError

#: Writes a result of two frames after taking some memory for a while.
PROGRAM = """
import sys, time
import numpy as np
block = bytearray(50_000_000)
time.sleep(0.4)
np.savez(sys.argv[1], keypoints=np.ones((2, 17, 2), np.float32), frames=30, seconds=0.5)
"""


def test_a_keypoint_is_right_within_a_fifth_of_a_torso_and_a_missing_dancer_has_none():
    truth = DemoScene(SceneSettings(seed=1)).truth(1.0)[0]
    exact = truth.keypoints
    far = exact + np.float32(1000)
    nobody = np.full_like(exact, np.nan)
    found = comparison.precision(np.stack([exact, far, nobody, exact]), [truth] * 4)
    assert found == {"pck": 0.5, "found": 0.75}
    torso = np.linalg.norm(exact[[5, 6]].mean(axis=0) - exact[[11, 12]].mean(axis=0))
    for fraction, share in ((0.19, 1.0), (0.21, 0.0)):
        moved = exact + np.array([fraction * torso, 0], np.float32)
        assert comparison.precision(moved[None], [truth])["pck"] == share


def test_clips_without_truth_have_no_precision():
    assert comparison.precision(np.ones((3, 17, 2), np.float32), []) == {"found": 1.0}


def test_programs_take_turns_and_their_memory_is_seen(tmp_path: Path):
    turns: list[str] = []

    def program(name: str, result: Path) -> list[str]:
        turns.append(name)
        return [sys.executable, "-c", PROGRAM, str(result)]

    programs = {
        "A": lambda _, result: program("A", result),
        "B": lambda _, result: program("B", result),
    }
    clips = [comparison.Clip("clip", Path("clip.mp4"))]
    result = comparison.compare(clips, programs, 2, tmp_path)
    assert turns == ["A", "B", "A", "B"]
    for numbers in result["clips"]["clip"].values():
        assert numbers["fps"] == 60.0
        assert numbers["peak_mb"] >= numbers["resident_mb"] > 0
        assert numbers["peak_mb"] > 50_000_000 / 2**20


def test_a_program_that_fails_is_told_with_its_words(tmp_path: Path):
    command = [sys.executable, "-c", "raise SystemExit('no such model')"]
    with pytest.raises(ChoreaiError, match="no such model"):
        comparison.watch(command, tmp_path)


def test_the_demo_comes_with_the_truth_of_every_frame(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(comparison, "DEMOS", ("demo?dance=hiphop&seconds=0.5",))
    (clip,) = comparison.demos(tmp_path)
    assert clip.name == "hiphop"
    result = tmp_path / "result.npz"
    monkeypatch.setattr(comparison, "WARM_UP", 2)
    comparison.read_with_ours(str(clip.path), str(result))
    with np.load(result) as ours, open_source(str(clip.path)) as source:
        assert len(ours["keypoints"]) == len(clip.truth) == len(list(iter(source.read, None)))
        assert ours["frames"] == len(clip.truth) - 2
        assert comparison.precision(ours["keypoints"], clip.truth)["pck"] > 0.9
