"""Why there is no readout: on what the real pipeline sees, and on the steadiness of it."""

from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from made_snapshots import readout, snapshot, track
from PyQt6.QtWidgets import QApplication

from choreai_live.capture import open_source
from choreai_live.messages import Frame, Snapshot
from choreai_live.pipeline import Engine
from choreai_live.ui.prominence import Prominence
from choreai_live.ui.readout_hint import Hints, too_dark
from choreai_live.ui.steadiness import Lasting, Steady


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


def hints_of(engine: Engine, spec: str, frames: int = 150) -> Counter[str]:
    """Return how many frames each hint stands for, from the third second on."""
    hints, prominence, counted = Hints(), Prominence(), Counter[str]()
    with engine.pipeline(open_source(spec)) as pipeline:
        for number, shot in enumerate(pipeline):
            if number >= frames:
                break
            height, width, _ = shot.frame.image.shape
            chosen = prominence.choose(shot.tracks, width, height, shot.frame.time)
            hint = hints.of(shot, chosen)
            if shot.frame.time >= 1.0:
                counted[hint] += 1
    return counted


def share(counted: Counter[str], words: str) -> float:
    return sum(n for hint, n in counted.items() if words in hint) / max(counted.total(), 1)


@pytest.mark.parametrize(
    ("scene", "words", "least"),
    [
        ("demo?seconds=3&distance=2&fov=20&rate=15", "legs are in view", 0.9),
        ("demo?seconds=6&occluder=1&rate=15", "Something is in the way", 0.2),
        ("demo?seconds=3&rate=15", "Just started", 0.9),
    ],
)
def test_the_demo_dancer_is_told_what_would_help(
    engine: Engine, scene: str, words: str, least: float
) -> None:
    counted = hints_of(engine, scene)
    assert share(counted, words) >= least, counted


@pytest.mark.shared
@pytest.mark.parametrize(
    ("clip", "words", "least"),
    [
        ("none/asl_help.mp4", "legs are in view", 0.9),
        ("other/couple_fast.mp4", "Somebody is in the way", 0.3),
    ],
)
def test_people_in_real_videos_are_told_what_would_help(
    engine: Engine, shared_folder: Path, clip: str, words: str, least: float
) -> None:
    counted = hints_of(engine, str(shared_folder / "clips" / clip))
    assert share(counted, words) >= least, counted


@pytest.mark.shared
def test_a_dark_stage_with_a_lit_dancer_is_not_too_dark(
    engine: Engine, shared_folder: Path
) -> None:
    clip = shared_folder / "clips" / "other" / "solo_dark_stage.mp4"
    assert share(hints_of(engine, str(clip), frames=40), "too dark") == 0.0


def test_a_room_without_light_is_too_dark(engine: Engine) -> None:
    with engine.pipeline(open_source("demo?seconds=1&rate=5")) as pipeline:
        picture = next(iter(pipeline)).frame.image
    assert not too_dark(picture)
    assert too_dark((picture * 0.12).astype(np.uint8))
    assert not too_dark(np.zeros((0, 0, 3), np.uint8)), "poses without pictures"


def test_darkness_is_said_where_nobody_can_be_seen(dressed: QApplication) -> None:
    hints = Hints()
    for time in np.arange(0.0, 2.0, 0.1):
        dark = Snapshot(Frame(np.full((48, 64, 3), 9, np.uint8), float(time), 0, 0.0))
        said = hints.of(dark, None)
    assert "too dark" in said
    for time in np.arange(2.0, 6.0, 0.1):
        said = hints.of(snapshot(time=float(time)), None)
    assert said == "", "the light is on again"


def test_just_started_is_said_at_once_and_not_for_ever() -> None:
    hints, dancer = Hints(), track(1, 250, 100, 120)
    said = {
        round(time, 1): hints.of(snapshot(dancer, readouts={1: readout(None)}, time=float(time)), 1)
        for time in np.arange(0.0, 10.0, 0.1)
    }
    assert "Just started" in said[0.0]
    assert "Just started" in said[4.5]
    assert said[9.9] == ""


def test_a_sentence_that_comes_and_goes_is_not_shown() -> None:
    lasting = Lasting(after=0.5, hold=2.0)
    flickering = [lasting.show("a" if i % 3 else "", i * 0.1) for i in range(40)]
    assert set(flickering) == {""}
    shown = [lasting.show("a" if i < 10 else "", 10 + i * 0.1) for i in range(60)]
    assert shown[4] == ""
    assert shown[6] == "a"
    assert shown[20] == "a", "long enough to be read"
    assert shown[-1] == ""


def test_a_number_stands_until_it_was_read() -> None:
    steady = Steady[int](interval=0.5)
    shown = [steady.show(70 + i % 2, i * 0.1, "hiphop") for i in range(20)]
    changes = sum(a != b for a, b in pairwise(shown))
    assert changes <= 4
    assert steady.show(12, 2.0, "classical") == 12, "another style is another number"
