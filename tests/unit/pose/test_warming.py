"""What the pose models are warmed up on, and that the CPU is left alone."""

from pathlib import Path

import numpy as np
import pytest

from choreai_live.inference import Session
from choreai_live.inference import session as opening
from choreai_live.pose import MAX_PEOPLE, PoseModels
from choreai_live.pose.letterbox import fit
from choreai_live.pose.movenet import FAR, NEAR
from choreai_live.pose.warming import usual_shapes


def test_crops_come_for_every_number_of_people_the_extremes_first():
    shapes = [shape["crops"] for shape in usual_shapes({"crops": ["people", 256, 256, 3]})]
    assert shapes[:2] == [(1, 256, 256, 3), (MAX_PEOPLE, 256, 256, 3)]
    assert sorted(shape[0] for shape in shapes) == list(range(1, MAX_PEOPLE + 1))


@pytest.mark.parametrize("size", [(480, 640), (720, 1280), (1920, 1080)])
@pytest.mark.parametrize("side", [NEAR, FAR])
def test_pictures_come_in_the_usual_sizes(size, side):
    fitted, _ = fit(np.zeros((*size, 3), np.uint8), side)
    assert {"input": fitted.shape} in usual_shapes({"input": [1, "height", "width", 3]})


def test_a_fixed_shape_comes_once_and_an_unknown_one_never():
    assert usual_shapes({"images": [1, 3, 640, 640]}) == [{"images": (1, 3, 640, 640)}]
    assert usual_shapes({"images": [1, 3, "height", "width"]}) == []
    assert usual_shapes({"a": [1], "b": [1]}) == []


def test_only_what_is_on_a_device_is_warmed_up(monkeypatch: pytest.MonkeyPatch):
    warmed: list[Path] = []
    monkeypatch.setattr(Session, "warm_up", lambda self, _: warmed.append(self.path))
    PoseModels("blazepose", "cpu")
    assert warmed == []
    monkeypatch.setattr(opening, "DEVICES", {"cpu": "cpu"})
    PoseModels("blazepose", "cpu")
    assert len(warmed) == 2


def test_the_shipped_models_take_what_they_are_warmed_up_on(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(opening, "DEVICES", {"cpu": "cpu"})
    models = PoseModels("blazepose", "cpu")
    assert models.notices == []
    assert (models.provider, models.precision) == ("cpu", "fp32")
