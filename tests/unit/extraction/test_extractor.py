"""From one recording to its dancers, with the real models and the real tracker."""

import json
from pathlib import Path

import numpy as np
import pytest

from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.errors import ModelError, SourceError
from choreai_live.extraction.dancing import CuttingSettings
from choreai_live.extraction.extractor import ExtractionSettings, Extractor, Failed
from choreai_live.extraction.recordings import Recording, find_recordings

RATE = 25.0
SCENE = SceneSettings(dancers=2, width=640, height=480)


def results_of(scene: DemoScene, path: Path, *, tracked: bool, step: int = 1) -> Recording:
    """Write, as AlphaPose does, where the demo dancers are for 2 seconds; one picture is empty."""
    entries = []
    for number in range(0, 50, step):
        for truth in scene.truth(number / RATE) if number != 20 else []:
            points = np.column_stack([truth.keypoints, np.full(17, 0.8)])
            entry = {"image_id": f"{number}.jpg", "category_id": 1, "score": 2.5}
            entry["keypoints"] = points.ravel().tolist()
            if tracked:
                entry["idx"] = truth.id + 10
            entries.append(entry)
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(entries))
    (recording,) = find_recordings([path], results=True)
    return recording


def extractor(**settings: object) -> Extractor:
    cutting = CuttingSettings(shortest=1.0)
    return Extractor(ExtractionSettings(cutting=cutting, **settings))  # type: ignore[arg-type]


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("step", [1, 2])
def test_results_of_alphapose_become_dancers(tmp_path: Path, tracked: bool, step: int) -> None:
    scene = DemoScene(SCENE)
    recording = results_of(scene, tmp_path / "r.json", tracked=tracked, step=step)
    extracted = extractor(fps=RATE).extract(recording)
    assert extracted.frames == 50 // step
    assert {s.dancer for s in extracted.stretches} == ({11, 12} if tracked else {1, 2})
    matched = set()
    for stretch in extracted.stretches:
        assert stretch.rate == RATE / step
        numbers = round(stretch.start * RATE) + step * np.arange(len(stretch.points))
        assert len(numbers) > 45 // step
        seen = numbers != 20
        assert (stretch.points[~seen] == 0).all()
        truths = [scene.truth(number / RATE) for number in numbers]
        for dancer in range(2):
            there = np.stack([truth[dancer].keypoints for truth in truths])
            if np.abs(stretch.points[seen][..., :2] - there[seen]).max() < 0.01:
                matched.add(dancer)
    assert matched == {0, 1}


def test_without_a_frame_rate_results_are_refused(tmp_path: Path) -> None:
    recording = results_of(DemoScene(SCENE), tmp_path / "r.json", tracked=True)
    with pytest.raises(SourceError, match="--fps"):
        extractor().extract(recording)


def test_pictures_numbered_by_date_are_refused(tmp_path: Path) -> None:
    recording = results_of(DemoScene(SCENE), tmp_path / "r.json", tracked=True)
    text = recording.path.read_text().replace('"49.jpg"', '"20260101123456.jpg"')
    recording.path.write_text(text)
    with pytest.raises(SourceError, match="from 0 to 20260101123456, which no video has"):
        extractor(fps=RATE).extract(recording)


def test_failures_are_sentences_and_only_models_are_beyond_them(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("not a video")
    (recording,) = find_recordings([tmp_path / "text.mp4"], results=False)
    failed = extractor().attempt(recording)
    assert isinstance(failed, Failed)
    assert "text.mp4" in failed.reason
    assert not failed.details
    with pytest.raises(ModelError, match="Unknown pose pipeline"):
        extractor(pose="crystal ball").attempt(recording)


def test_a_fault_of_ours_is_told_with_its_traceback(tmp_path: Path) -> None:
    recording = results_of(DemoScene(SCENE), tmp_path / "r.json", tracked=False)
    failed = extractor(fps=RATE, dancers="many").attempt(recording)
    assert isinstance(failed, Failed)
    assert "a fault in choreai-live (TypeError" in failed.reason
    assert "Traceback" in failed.details
