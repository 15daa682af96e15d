"""Who is who on rendered scenes, through the real pose models.

The full table is printed by ``scripts/evaluate_tracking.py``; here a few
seconds of it stand guard.
"""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from choreai_live.demo import SceneSettings
from choreai_live.pose import PoseModels
from choreai_live.tracking import Tracker


@pytest.fixture(scope="module")
def evaluation(project_root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "evaluate_tracking", project_root / "scripts" / "evaluate_tracking.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def models() -> PoseModels:
    return PoseModels()


def measured(
    evaluation: ModuleType, models: PoseModels, settings: SceneSettings, seconds: float
) -> dict[str, float]:
    score = evaluation.Score()
    scene = evaluation.Scene("scene", settings, seconds)
    for _, truth, tracks in evaluation.watched(scene, models, Tracker()):
        score.add(truth, tracks)
    summary: dict[str, float] = score.summary()
    return summary


def test_two_dancers_crossing(evaluation: ModuleType, models: PoseModels) -> None:
    settings = SceneSettings(dancers=2, seed=2, rate=15, crossing=True)
    summary = measured(evaluation, models, settings, 4.0)
    assert summary["idf1"] >= 0.97
    assert summary["num_switches"] == 0


def test_four_dancers_crossing(evaluation: ModuleType, models: PoseModels) -> None:
    settings = SceneSettings(dancers=4, seed=0, rate=15, crossing=True)
    summary = measured(evaluation, models, settings, 6.0)
    assert summary["idf1"] >= 0.90


def test_leaving_the_picture_and_coming_back(evaluation: ModuleType, models: PoseModels) -> None:
    settings = SceneSettings(dancers=1, rate=10, exits=True)
    summary = measured(evaluation, models, settings, 8.0)
    assert summary["idf1"] >= 0.97
    assert summary["num_switches"] == 0


def test_hidden_for_a_second(evaluation: ModuleType, models: PoseModels) -> None:
    settings = SceneSettings(dancers=1, rate=10, occluder=True)
    summary = measured(evaluation, models, settings, 6.0)
    assert summary["idf1"] >= 0.95
    assert summary["num_switches"] == 0
