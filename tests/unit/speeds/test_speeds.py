"""What can be chosen on this machine, and the speeds that are kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from choreai_live.inference import PROVIDERS, available_providers
from choreai_live.inference.precision import HALF_PRECISION
from choreai_live.models import catalog
from choreai_live.models.added import record
from choreai_live.speeds import KeptSpeeds, Speed, Trial, choices_here
from choreai_live.speeds.choices import has_nvidia_gpu

TRIAL = Trial("movenet", "cpu", "fp32", 2)
REPORT = {
    "fps": 40.25,
    "milliseconds": {"frame": {"p50": 24.5, "p95": 30.0, "p99": 40.0}},
    "models": {"provider": "cpu"},
    "machine": {"onnxruntime": "1.2.3"},
}


@pytest.fixture(autouse=True)
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder of added models."""
    monkeypatch.setenv("CHOREAI_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


def test_every_provider_is_listed_and_those_not_built_are_absent() -> None:
    choices = choices_here()
    assert {each.value for each in choices.providers} == {"auto", *PROVIDERS}
    built = {"auto", *available_providers()}
    for each in choices.providers:
        if each.value not in built:
            assert each.absence is not None
        assert each.half == (each.value in HALF_PRECISION)
    present = {each.value for each in choices.providers if each.absence is None}
    assert {"auto", "cpu", choices.automatic} <= present
    assert ("cuda" in present) == ("cuda" in built and has_nvidia_gpu())


def test_models_of_alphapose_can_be_chosen_once_they_are_added(added: Path) -> None:
    values = {each.value: each for each in choices_here().poses}
    assert set(values) == {"blazepose", "movenet", "alphapose"}
    assert values["movenet"].trouble is None
    assert values["alphapose"].trouble is not None
    assert not values["alphapose"].hashes

    shipped = {entry.name: entry for entry in catalog()}["movenet_multipose"]
    record(shipped.path, name="mine", kind="alphapose", details={})
    values = {each.value: each for each in choices_here().poses}
    assert set(values) == {"blazepose", "movenet", "alphapose:mine"}
    assert values["alphapose:mine"].added == "mine"
    assert values["alphapose:mine"].hashes["alphapose"] == shipped.sha256
    # What is chosen is listed in any case, whether or not it can be.
    assert "alphapose" in {each.value for each in choices_here("alphapose").poses}
    gone = {each.value: each for each in choices_here("alphapose:gone").poses}["alphapose:gone"]
    assert "No alphapose model called 'gone'" in str(gone.trouble)
    (added / "added.toml").write_text("[")
    assert {each.value: each for each in choices_here().poses}["alphapose"].trouble is not None


def test_speeds_are_kept_one_for_each_combination(tmp_path: Path) -> None:
    kept = KeptSpeeds(tmp_path / "state" / "speeds.json")
    assert kept.read() == {}
    speed = Speed.of(TRIAL, REPORT, {"movenet_multipose": "ab"})
    assert (speed.trial, speed.fps, speed.milliseconds) == (TRIAL, 40.25, 24.5)
    kept.add(speed)
    other = replace(speed, provider="cuda", ran_on="cpu")
    kept.add(other)
    newer = replace(speed, fps=50.0)
    kept.add(newer)
    assert kept.read() == {TRIAL: newer, other.trial: other}
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["speeds.json"]


def test_a_speed_holds_for_its_models_alone() -> None:
    speed = Speed.of(TRIAL, REPORT, {"movenet_multipose": "ab"})
    assert speed.holds({"movenet_multipose": "ab"}, "1.2.3")
    assert not speed.holds({"movenet_multipose": "cd"}, "1.2.3")
    assert not speed.holds({"movenet_multipose": "ab"}, "1.3.0")
    with pytest.raises(KeyError):
        Speed.of(TRIAL, {"fps": 3.0}, {})


def test_what_cannot_be_written_is_no_reason_to_stop(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = KeptSpeeds(tmp_path / "file" / "speeds.json")
    kept.add(Speed.of(TRIAL, REPORT, {}))
    assert kept.read() == {}
