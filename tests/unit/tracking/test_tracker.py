"""Small scenarios: who keeps which id."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from choreai_live.messages import Pose, Track
from choreai_live.tracking import Tracker, TrackerSettings

Dancer = Callable[..., Pose]
Painter = Callable[[Mapping[Pose, tuple[int, int, int]]], npt.NDArray[np.uint8]]


def ids(tracks: Iterable[Track]) -> list[int]:
    return [track.id for track in tracks]


def seen(tracks: Iterable[Track]) -> list[int]:
    return [track.id for track in tracks if track.missed == 0]


def times(end: float, rate: float = 30.0, start: float = 0.0) -> list[float]:
    return (start + np.arange(round((end - start) * rate)) / rate).tolist()


def follow(
    tracker: Tracker, poses_at: Callable[[float], Sequence[Pose]], moments: Iterable[float]
) -> list[Track]:
    tracks: list[Track] = []
    for time in moments:
        tracks = tracker.update(poses_at(time), time)
    return tracks


@pytest.mark.parametrize("rate", [12.0, 15.0, 30.0, 60.0])
def test_two_dancers_who_cross_keep_their_ids(dancer: Dancer, rate: float) -> None:
    tracker = Tracker()
    who: dict[str, set[int]] = {"right": set(), "left": set()}
    for time in times(4, rate):
        poses = {
            "right": dancer(120 + 100 * time, time=time),
            "left": dancer(520 - 100 * time, y=252, height=220, time=time + 0.2),
        }
        tracks = tracker.update(list(poses.values()), time)
        for name, pose in poses.items():
            who[name] |= {track.id for track in tracks if track.pose is pose}
    assert all(len(found) == 1 for found in who.values()), who
    assert who["right"] != who["left"]


@pytest.mark.parametrize("rate", [12.0, 30.0])
def test_the_one_behind_is_not_seen_for_a_second_while_crossing(
    dancer: Dancer, rate: float
) -> None:
    tracker = Tracker()
    first = last = {}
    for time in times(5, rate):
        near = dancer(120 + 80 * time, y=250, height=230, time=time)
        far = dancer(520 - 80 * time, time=time)
        hidden = 2.0 < time < 3.0
        tracks = tracker.update([near] if hidden else [near, far], time)
        last = {t.id: "near" if t.pose is near else "far" for t in tracks if t.missed == 0}
        first = first or last
        assert ids(tracks) == [1, 2]
    assert first == last


@pytest.mark.parametrize("rate", [10.0, 25.0, 60.0])
@pytest.mark.parametrize("away", [1.0, 2.0])
def test_whoever_is_back_within_two_seconds_keeps_the_id(
    dancer: Dancer, rate: float, away: float
) -> None:
    tracker = Tracker()
    follow(tracker, lambda t: [dancer(60 + 20 * t, height=210), dancer(450)], times(2, rate))
    tracks = follow(tracker, lambda _: [dancer(450)], times(2 + away, rate, start=2))
    assert ids(tracks) == [1, 2]
    assert [t.missed > 0 for t in tracks] == [True, False]
    tracks = follow(
        tracker,
        lambda _: [dancer(80, height=210), dancer(450)],
        times(3 + away, rate, start=2 + away),
    )
    assert seen(tracks) == [1, 2]


def test_whoever_is_back_after_five_seconds_is_somebody_new(dancer: Dancer) -> None:
    tracker = Tracker()
    pair = [dancer(100, height=210), dancer(450)]
    follow(tracker, lambda _: pair, times(1))
    assert ids(follow(tracker, lambda _: pair[1:], times(6, start=1))) == [2]
    assert ids(follow(tracker, lambda _: pair, times(7, start=6))) == [2, 3]


def test_a_newcomer_far_from_where_somebody_left_is_somebody_else(dancer: Dancer) -> None:
    tracker = Tracker()
    follow(tracker, lambda _: [dancer(100, height=100)], times(1))
    tracks = follow(tracker, lambda _: [dancer(600, height=100)], times(1.5, start=1))
    assert seen(tracks) == [2]


def test_a_dancer_is_shown_in_the_first_frame(dancer: Dancer) -> None:
    assert seen(Tracker().update([dancer(200), dancer(400)], 0.0)) == [1, 2]


def test_a_ghost_of_one_frame_gets_no_id(dancer: Dancer) -> None:
    tracker = Tracker()
    follow(tracker, lambda _: [dancer(200)], times(1))
    tracker.update([dancer(200), dancer(500)], 1.0)
    tracks = follow(tracker, lambda _: [dancer(200)], times(2, start=1.1))
    assert ids(tracks) == [1]
    tracks = follow(tracker, lambda _: [dancer(200), dancer(500)], times(2.2, start=2))
    assert ids(tracks) == [1, 2]


def test_a_newcomer_is_confirmed_at_five_frames_a_second_too(dancer: Dancer) -> None:
    tracker = Tracker()
    follow(tracker, lambda _: [dancer(200)], times(1, rate=4))
    tracks = follow(tracker, lambda _: [dancer(200), dancer(500)], times(1.5, rate=4, start=1))
    assert seen(tracks) == [1, 2]


def test_a_third_person_made_of_two_dancers_gets_no_id(dancer: Dancer) -> None:
    tracker = Tracker()
    pair = [dancer(200), dancer(290)]
    between = dancer(245)
    follow(tracker, lambda _: pair, times(1))
    tracks = follow(tracker, lambda _: [*pair, between], times(1.2, start=1))
    tracks = follow(tracker, lambda _: pair, times(2, start=1.2))
    assert ids(tracks) == [1, 2]


def test_a_pose_given_twice_is_one_dancer(dancer: Dancer) -> None:
    tracker = Tracker()
    tracks = follow(
        tracker, lambda t: [dancer(200, time=t), dancer(203, time=t, score=0.7)], times(1)
    )
    assert seen(tracks) == [1]
    assert tracks[0].pose.score == pytest.approx(0.9)


def test_a_weak_pose_continues_a_dancer_but_begins_none(dancer: Dancer) -> None:
    tracker = Tracker()
    follow(tracker, lambda _: [dancer(200)], times(1))
    tracks = follow(
        tracker, lambda _: [dancer(200, score=0.2), dancer(500, score=0.2)], times(2, start=1)
    )
    assert seen(tracks) == [1]


def test_at_most_six_the_most_prominent(dancer: Dancer) -> None:
    tracker = Tracker()
    heights = [100, 60, 110, 120, 130, 50, 140, 150]
    crowd = [dancer(40 + 80 * i, height=h) for i, h in enumerate(heights)]
    tracks = follow(tracker, lambda _: crowd, times(1))
    assert seen(tracks) == [1, 2, 3, 4, 5, 6]
    assert {t.pose for t in tracks} == {p for p, h in zip(crowd, heights, strict=True) if h >= 100}


def test_a_dancer_in_front_takes_the_place_of_somebody_in_the_background(dancer: Dancer) -> None:
    tracker = Tracker()
    crowd = [dancer(40 + 80 * i, height=60 + i) for i in range(6)]
    follow(tracker, lambda _: crowd, times(1))
    tracks = follow(tracker, lambda _: [*crowd, dancer(560, height=250)], times(2, start=1))
    assert 7 in seen(tracks)
    assert len(tracks) == 6


@pytest.mark.parametrize("seed", range(3))
def test_irregular_frame_times_change_nothing(dancer: Dancer, seed: int) -> None:
    rng = np.random.default_rng(seed)
    tracker = Tracker()
    time = 0.0
    while time < 5:
        left, right = dancer(150 + 60 * np.sin(time), time=time), dancer(480, time=-time)
        tracks = tracker.update([left, right], time)
        assert seen(tracks) == [1, 2]
        time += rng.choice([0.008, 0.033, 0.08, 0.25])


def test_empty_frames_and_an_empty_stage(dancer: Dancer) -> None:
    tracker = Tracker()
    assert tracker.predict(0.0) == []
    assert tracker.update([], 0.0) == []
    follow(tracker, lambda _: [dancer(200)], times(1))
    tracks = tracker.update([], 1.0)
    assert ids(tracks) == [1]
    assert tracks[0].missed == 1
    assert tracker.update([], 9.0) == []
    assert tracker.predict(9.1) == []


def test_the_pose_of_a_missed_dancer_is_the_last_one_seen(dancer: Dancer) -> None:
    tracker = Tracker()
    last = dancer(300)
    follow(tracker, lambda t: [dancer(200 + 100 * t)], times(1))
    tracker.update([last], 1.0)
    for time in (1.1, 1.5, 2.5):
        (track,) = tracker.update([], time)
        assert track.pose is last
    assert track.missed == 3


def test_time_that_runs_backwards_begins_anew_with_new_ids(dancer: Dancer) -> None:
    tracker = Tracker()
    follow(tracker, lambda _: [dancer(200)], times(2))
    assert tracker.predict(0.0) == []
    assert ids(follow(tracker, lambda _: [dancer(200)], times(1))) == [2]


def test_reset_forgets_dancers_but_not_ids(dancer: Dancer) -> None:
    tracker = Tracker()
    follow(tracker, lambda _: [dancer(200), dancer(400)], times(1))
    tracker.reset()
    assert tracker.predict(1.0) == []
    assert seen(tracker.update([dancer(200), dancer(400)], 1.0)) == [3, 4]


def test_the_same_time_twice_is_no_harm(dancer: Dancer) -> None:
    tracker = Tracker()
    tracker.update([dancer(200)], 1.0)
    assert seen(tracker.update([dancer(201)], 1.0)) == [1]


def test_a_pose_that_is_not_a_number_is_left_out(dancer: Dancer) -> None:
    broken = replace(dancer(500), keypoints=np.full((17, 2), np.nan, np.float32))
    assert seen(Tracker().update([broken, dancer(200)], 0.0)) == [1]


@pytest.mark.parametrize("rate", [12.0, 30.0, 60.0])
def test_a_moving_dancer_is_expected_further_on(dancer: Dancer, rate: float) -> None:
    tracker = Tracker()
    follow(tracker, lambda t: [dancer(100 + 150 * t)], times(2, rate))
    ahead = 2 + 0.1
    (track,) = tracker.predict(ahead)
    assert track.id == 1
    assert track.pose.keypoints[:, 0].mean() == pytest.approx(100 + 150 * ahead, abs=12)
    assert track.pose.box[[0, 2]].mean() == pytest.approx(100 + 150 * ahead, abs=12)


def test_nobody_is_looked_for_who_was_not_seen_for_long(dancer: Dancer) -> None:
    tracker = Tracker(TrackerSettings(expect_for=0.5))
    follow(tracker, lambda _: [dancer(200)], times(1))
    tracker.update([], 1.2)
    assert len(tracker.predict(1.3)) == 1
    tracker.update([], 1.6)
    assert tracker.predict(1.7) == []


def test_what_they_wear_tells_who_comes_out_from_behind_whom(
    dancer: Dancer, painted: Painter
) -> None:
    """Of two dancers of one build who meet and part again only the clothes tell who is who."""
    red, blue = (40, 40, 200), (200, 60, 30)

    def scene(turn_back: bool) -> list[str]:
        tracker = Tracker()
        names: dict[int, str] = {}
        for time in times(6, 15):
            way = min(time, 6 - time) if turn_back else time
            behind, front = dancer(200 + 40 * way), dancer(440 - 40 * way)
            image = painted({behind: red, front: blue})
            hidden = 2.2 < time < 3.8
            shown = [front] if hidden else [behind, front]
            tracks = tracker.update(shown, time, image)
            names = {t.id: "behind" if t.pose is behind else "front" for t in tracks}
        return [names[1], names[2]]

    assert scene(turn_back=False) == scene(turn_back=True)


def test_somebody_else_in_other_clothes_does_not_inherit_an_id(
    dancer: Dancer, painted: Painter
) -> None:
    tracker = Tracker()
    for time in times(1):
        pose = dancer(200, time=time)
        tracker.update([pose], time, painted({pose: (40, 40, 200)}))
    for time in times(3.5, start=2.9):
        pose = dancer(320, height=260, time=time)
        tracks = tracker.update([pose], time, painted({pose: (60, 200, 60)}))
    assert seen(tracks) == [2]
