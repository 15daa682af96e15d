"""What holds for every sequence of poses, however senseless."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from choreai_live.messages import Pose
from choreai_live.tracking import Tracker, TrackerSettings

people = st.lists(
    st.tuples(
        st.sampled_from([40.0, 200.0, 230.0, 420.0, 600.0]),  # where
        st.integers(-15, 15),  # how far from there
        st.sampled_from([60.0, 180.0, 200.0]),  # how large
        st.sampled_from([0.05, 0.2, 0.6, 0.95]),  # how sure
    ),
    max_size=8,
)
steps = st.sampled_from([0.0, 0.02, 1 / 30, 0.1, 0.4, 1.5, 4.0, -1.0])
sessions = st.lists(st.tuples(people, steps, st.booleans()), min_size=1, max_size=40)


@settings(max_examples=120, deadline=None)
@given(session=sessions)
def test_ids_and_poses_are_honest(dancer: Callable[..., Pose], session: list) -> None:
    tracker = Tracker()
    lost_after = TrackerSettings().lost_after
    time, highest, forgotten = 0.0, 0, 0
    given_so_far: set[Pose] = set()
    last_seen: dict[int, float] = {}
    ages: dict[int, int] = {}
    for crowd, step, reset in session:
        if reset and step > 1:
            tracker.reset()
            forgotten = highest
        if step < 0:
            forgotten = highest
        time += step
        poses = [dancer(x + dx, height=h, score=s, time=time) for x, dx, h, s in crowd]
        given_so_far.update(poses)
        assert all(0 <= track.id <= highest for track in tracker.predict(time))
        tracks = tracker.update(poses, time)
        found = [track.id for track in tracks]

        assert found == sorted(set(found)), "each id once, in order"
        assert len(found) <= 6
        assert all(track.pose in given_so_far for track in tracks), "no pose is invented"
        assert all((track.missed == 0) == (track.pose in poses) for track in tracks)
        shown = [track.pose for track in tracks]
        assert len(set(shown)) == len(shown), "nobody shares a pose"
        for track in tracks:
            assert track.id > forgotten, "an id forgotten is never given again"
            assert track.id <= highest or track.missed == 0, "nobody begins out of sight"
            assert time - last_seen.get(track.id, time) <= lost_after + step
            if track.missed == 0:
                last_seen[track.id] = time
            assert track.age >= track.missed
            assert track.age >= ages.get(track.id, 0)
            ages[track.id] = track.age
        fresh = sorted(set(found) - set(range(highest + 1)))
        assert fresh == list(range(highest + 1, highest + 1 + len(fresh))), "no id is skipped"
        highest += len(fresh)
