"""Small scenarios: who keeps which id."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest

from choreai_live.messages import Pose, Track
from choreai_live.tracking import Tracker

Dancer = Callable[..., Pose]


def seen_ids(tracks: Iterable[Track]) -> list[int]:
    return [track.id for track in tracks if track.missed == 0]


@pytest.mark.parametrize("rate", [15.0, 30.0, 60.0])
def test_two_dancers_who_cross_keep_their_ids(dancer: Dancer, rate: float) -> None:
    tracker = Tracker()
    who: dict[str, set[int]] = {"right": set(), "left": set()}
    for time in np.arange(0, 4, 1 / rate):
        poses = {
            "right": dancer(120 + 100 * time, time=time),
            "left": dancer(520 - 100 * time, y=250, height=215, time=time + 0.2),
        }
        tracks = tracker.update(list(poses.values()), float(time))
        for name, pose in poses.items():
            who[name] |= {track.id for track in tracks if track.pose is pose}
    assert all(len(ids) == 1 for ids in who.values()), who
    assert who["right"] != who["left"]
