"""Tracks of poses whose ids are known."""

from collections.abc import Callable

from choreai_live.messages import Pose
from choreai_live.tracking import KnownTracks


def test_tracks_live_as_those_of_the_tracker_do(dancer: Callable[..., Pose]) -> None:
    tracks = KnownTracks(lost_after=1.0)
    left, right, later = dancer(100), dancer(400), dancer(410)
    first = tracks.update([right, left], [9, 2], 0.0)
    assert [(t.id, t.pose, t.age, t.missed) for t in first] == [(2, left, 0, 0), (9, right, 0, 0)]
    second = tracks.update([left], [2], 0.5)
    assert [(t.id, t.pose, t.age, t.missed) for t in second] == [(2, left, 1, 0), (9, right, 1, 1)]
    third = tracks.update([later], [9], 1.0)
    assert [(t.id, t.pose, t.age, t.missed) for t in third] == [(2, left, 2, 1), (9, later, 2, 0)]


def test_who_comes_back_after_long_is_the_same(dancer: Callable[..., Pose]) -> None:
    tracks = KnownTracks(lost_after=1.0)
    tracks.update([dancer(100)], [4], 0.0)
    assert [t.id for t in tracks.update([], [], 1.0)] == [4]
    assert tracks.update([], [], 1.1) == []
    assert [t.id for t in tracks.update([dancer(300)], [4], 60.0)] == [4]
