"""`--pose alphapose`, from an added model to what somebody danced."""

import json
import os
import subprocess
import sys
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from alphapose_weights import write_checkpoint
from made_networks import red_finder, somebody_standing

from choreai_live.alphapose.adding import add
from choreai_live.capture import open_source
from choreai_live.inference import Session
from choreai_live.models.added import record
from choreai_live.pose.alphapose import AlphaPose

PROGRAM = (sys.executable, "-m", "choreai_live")


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a video of the demo dancer: one second, 30 pictures."""
    path = tmp_path_factory.mktemp("videos") / "solo.mp4"
    with (
        open_source("demo?seconds=1&width=320&height=240") as source,
        av.open(str(path), "w") as container,
    ):
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height = source.size
        while (frame := source.read()) is not None:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame.image, "bgr24")))
        container.mux(stream.encode())
    return path


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder for added models, the one used here and by the program."""
    folder = tmp_path / "added"
    monkeypatch.setenv("CHOREAI_MODELS", str(folder))
    return folder


def _classify(clip: Path, folder: Path, pose: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, "classify", clip.name, "--pose", pose, "--json", str(folder / "styles.json")],
        cwd=clip.parent,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("added")
def test_a_clip_is_classified_with_an_added_network(clip: Path, tmp_path: Path) -> None:
    record(somebody_standing(tmp_path / "net.onnx"), name="still", kind="alphapose", details={})
    done = _classify(clip, tmp_path, "alphapose:still")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads((tmp_path / "styles.json").read_text("utf-8"))
    (source,) = document["sources"]
    assert source["frames"] == 30
    (dancer,) = source["dancers"]
    assert dancer["last_seen"] - dancer["first_seen"] > 0.8
    assert sum(dancer["mean_probabilities"].values()) == pytest.approx(1, abs=1e-3)
    assert "alphapose:still" in json.dumps(document)


@pytest.mark.usefixtures("added")
def test_an_added_detector_is_asked_instead_of_movenet(clip: Path, tmp_path: Path) -> None:
    record(somebody_standing(tmp_path / "net.onnx"), name="still", kind="alphapose", details={})
    blind = red_finder(tmp_path / "blind.onnx", 96, 128, sure=0.0)
    record(blind, name="blind", kind="yolox", details={})
    done = _classify(clip, tmp_path, "alphapose")
    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads((tmp_path / "styles.json").read_text("utf-8"))
    assert document["sources"][0]["dancers"] == []


@pytest.mark.usefixtures("added")
def test_without_an_added_model_one_sentence_says_what_to_do(clip: Path, tmp_path: Path) -> None:
    done = _classify(clip, tmp_path, "alphapose")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "choreai-live models add alphapose" in done.stderr


@pytest.mark.shared
@pytest.mark.usefixtures("added")
def test_a_checkpoint_becomes_the_official_keypoints(
    clip: Path, tmp_path: Path, shared_folder: Path
) -> None:
    """From a state dict to pixels of the picture, with every step being ours."""
    folder = shared_folder / "alphapose"
    if not folder.is_dir():
        pytest.skip("needs ../shared/alphapose, which a plain clone does not have")
    model = add(write_checkpoint(tmp_path / "fast.pth", "fast_res50"), name="fast").model
    alphapose = AlphaPose(Session(model.path, "cpu"))
    picture = cv2.imread(str(folder / "input.png"))
    with np.load(folder / "fast_res50.npz") as reference:
        keypoints, scores = alphapose.read(picture, reference["bbox"][None])
        assert np.abs(keypoints[0] - reference["keypoints"]).max() < 0.01
        assert np.abs(scores[0] - reference["scores"][:, 0]).max() < 1e-4
    done = _classify(clip, tmp_path, "alphapose")
    assert (done.returncode, done.stderr) == (0, "")
