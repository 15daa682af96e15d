"""What is written as AlphaPose's results is read back as it was."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from choreai_live.messages import Frame, Pose, Snapshot, Track
from choreai_live.outputs import SeenPoses, alphapose_json
from choreai_live.recorded import follow, read_results
from choreai_live.recorded.forms import FORMS
from choreai_live.tracking import KnownTracks, Tracker

NO_PICTURE = np.empty((0, 0, 3), np.uint8)
FPS = 25.0

pixels = st.floats(-5000, 5000, width=32)
shares = st.floats(0, 1, width=32)
poses = st.builds(
    Pose,
    keypoints=arrays.arrays(np.float32, (17, 2), elements=pixels),
    scores=arrays.arrays(np.float32, 17, elements=shares),
    box=st.tuples(pixels, pixels, st.floats(0, 5000, width=32), st.floats(0, 5000, width=32)).map(
        lambda box: np.array([box[0], box[1], box[0] + box[2], box[1] + box[3]], np.float32)
    ),
    score=shares,
)
#: Index of the picture to who is in it; ids begin at 1.
sessions = st.dictionaries(
    st.integers(0, 60), st.dictionaries(st.integers(1, 9), poses, min_size=1, max_size=3),
    min_size=1, max_size=5,
)  # fmt: skip


def snapshot(index: int, tracks: Sequence[Track]) -> Snapshot:
    return Snapshot(Frame(NO_PICTURE, index / FPS, index, 0.0), tuple(tracks))


def written(path: Path, session: dict[int, dict[int, Pose]], form: str) -> dict[int, list[Track]]:
    """Write a session, and return its tracks by the index of the frame."""
    # Two pictures in a row, so that nobody takes the gaps for the rate.
    session = {max(session) + 1: session[max(session)], **session}
    known, seen = KnownTracks(), SeenPoses()
    told = {}
    for index in range(min(session), max(session) + 1):
        people = session.get(index, {})
        told[index] = known.update(list(people.values()), list(people), index / FPS)
        seen.note(snapshot(index, told[index]))
    path.write_text("".join(alphapose_json(seen, form)), encoding="utf-8")
    return told


@pytest.mark.parametrize("form", FORMS)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=30,
)
@given(session=sessions)
def test_tracks_come_back_as_they_were(
    tmp_path: Path, form: str, session: dict[int, dict[int, Pose]]
) -> None:
    told = written(tmp_path / "r.json", session, form)
    recording = read_results(tmp_path / "r.json")
    assert (recording.tracked, recording.notice) == (True, None)
    for picture in follow(recording, FPS, Tracker()):
        assert picture.time == picture.number / FPS
        wanted = told[picture.number]
        assert [(t.id, t.missed) for t in picture.tracks] == [(t.id, t.missed) for t in wanted]
        for track, other in zip(picture.tracks, wanted, strict=True):
            np.testing.assert_array_equal(track.pose.keypoints, other.pose.keypoints)
            np.testing.assert_array_equal(track.pose.scores, other.pose.scores)
            np.testing.assert_allclose(track.pose.box, other.pose.box, atol=1e-9)
            assert track.pose.score == pytest.approx(other.pose.score, abs=1e-6)


@pytest.fixture
def two() -> SeenPoses:
    """Return what was seen of two dancers: keypoint i of the first at (i, 100 + i)."""
    numbers = np.arange(17, dtype=np.float32)
    box = np.array([0, 100, 16, 116], np.float32)
    scores = np.full(17, 0.5, np.float32)
    first = Pose(np.stack([numbers, 100 + numbers], axis=1), scores, box, 0.75)
    second = Pose(first.keypoints + 200, scores, box + 200, 0.25)
    seen = SeenPoses()
    seen.note(snapshot(0, [Track(1, first, 0, 0), Track(2, second, 5, 1)]))  # 2 is out of sight
    seen.note(snapshot(12, [Track(1, first, 0, 0), Track(2, second, 5, 0)]))
    return seen


def test_the_default_form_is_alphaposes(two: SeenPoses) -> None:
    entries = json.loads("".join(alphapose_json(two)))
    assert [(e["image_id"], e["idx"]) for e in entries] == [
        ("0.jpg", 1),
        ("12.jpg", 1),
        ("12.jpg", 2),
    ]
    first = entries[0]
    assert list(first) == ["image_id", "category_id", "keypoints", "score", "box", "idx"]
    assert first["category_id"] == 1
    assert first["keypoints"] == [value for i in range(17) for value in (i, 100 + i, 0.5)]
    assert first["score"] == pytest.approx(0.75 + 0.5 + 1.25 * 0.5)
    assert first["box"] == [0, 100, 16, 16]


@pytest.mark.parametrize(
    ("form", "people", "joints"),
    [("cmu", "bodies", "joints"), ("open", "people", "pose_keypoints_2d")],
)
def test_the_other_forms_have_openposes_joints(
    two: SeenPoses, form: str, people: str, joints: str
) -> None:
    document: dict[str, Any] = json.loads("".join(alphapose_json(two, form)))
    assert list(document) == ["0.jpg", "12.jpg"]
    assert [len(picture[people]) for picture in document.values()] == [1, 2]
    assert document["0.jpg"]["version"].startswith("AlphaPose")
    # As AlphaPose's own pPose_nms.py orders them, the neck between the shoulders.
    order = [0, 5.5, 6, 8, 10, 5, 7, 9, 12, 14, 16, 11, 13, 15, 2, 1, 4, 3]
    body = document["0.jpg"][people][0]
    assert body[joints] == [value for i in order for value in (i, 100 + i, 0.5)]
    assert body["idx"] == 1


def test_numbers_are_short_and_exact(two: SeenPoses) -> None:
    numbers = np.full(17, 0.1, np.float32)
    pose = Pose(np.full((17, 2), 1234.5678, np.float32), numbers, np.zeros(4, np.float32), 0.5)
    two.note(snapshot(13, [Track(1, pose, 0, 0)]))
    assert '"keypoints": [1234.5677, 1234.5677, 0.1, ' in "".join(alphapose_json(two))


def test_nobody_is_an_empty_list() -> None:
    assert json.loads("".join(alphapose_json(SeenPoses()))) == []
    assert json.loads("".join(alphapose_json(SeenPoses(), "cmu"))) == {}
