"""Poses of two sets of models are compared person by person."""

import numpy as np
import pytest

from choreai_live.agreement import Agreement, measure_agreement, same_people
from choreai_live.capture import open_source
from choreai_live.messages import Pose
from choreai_live.pose import PoseModels


def person(x: float) -> Pose:
    keypoints = np.random.default_rng(0).uniform(0, 100, (17, 2)).astype(np.float32)
    keypoints[:, 0] += x
    box = np.array([x, 0, x + 100, 100], np.float32)
    return Pose(keypoints, np.full(17, 0.9, np.float32), box, 0.9)


def test_people_are_paired_with_whoever_is_nearest_if_that_is_near():
    left, right, moved, far = person(0), person(300), person(4), person(700)
    pairs = same_people([right, moved], [left, right])
    assert [(mine.box[0], theirs.box[0]) for mine, theirs in pairs] == [(300, 300), (4, 0)]
    assert same_people([far], [left, right]) == []
    assert same_people([], [left]) == []


def test_the_same_models_agree_and_others_do_not():
    blazepose, movenet = PoseModels("blazepose", "cpu"), PoseModels("movenet", "cpu")
    with open_source("demo?seconds=0.3") as source:
        frames = list(iter(source.read, None))
    same = measure_agreement(blazepose, blazepose, frames).as_json()
    assert same["people"] == same["frames"] == len(frames)
    assert (same["missed"], same["added"], same["max_px"], same["pck_2px"]) == (0, 0, 0.0, 1.0)
    other = measure_agreement(movenet, blazepose, frames).as_json()
    assert other["missed"] == 0
    assert other["mean_px"] > 0.5
    assert other["pck_2px"] < 1.0


def test_nobody_to_compare_is_no_number():
    nobody = Agreement(3, 0, 0, 0, np.empty(0, np.float32)).as_json()
    assert nobody["mean_px"] is nobody["max_px"] is nobody["pck_2px"] is None
    assert nobody["people"] == pytest.approx(0)
