"""Reading the results of AlphaPose."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from choreai_live.errors import SourceError
from choreai_live.recorded import read_results
from choreai_live.skeleton import KEYPOINT_NAMES

#: OpenPose's 18 joints by COCO's names, as AlphaPose's ``cmu`` and ``open`` forms order them.
OPENPOSE = (
    *("nose", "neck", "right_shoulder", "right_elbow", "right_wrist"),
    *("left_shoulder", "left_elbow", "left_wrist", "right_hip", "right_knee", "right_ankle"),
    *("left_hip", "left_knee", "left_ankle", "right_eye", "left_eye", "right_ear", "left_ear"),
)


def numbers(count: int = 17, score: float = 0.8) -> list[float]:
    """Return keypoint i at (i, 100 + i)."""
    return [value for i in range(count) for value in (float(i), 100.0 + i, score)]


def write(path: Path, document: Any) -> Path:
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def entry(image_id: object, **fields: object) -> dict[str, object]:
    return {
        "image_id": image_id,
        "category_id": 1,
        "keypoints": numbers(),
        "score": 2.9,
        **fields,
    }


def test_people_come_by_picture_with_their_tracks(tmp_path: Path) -> None:
    path = write(
        tmp_path / "r.json",
        [
            entry("10.jpg", idx=4, box=[1, 2, 3, 4]),
            entry("9.jpg", idx=[4.0]),
            entry("9.jpg", idx=7),
        ],
    )
    nine, ten = read_results(path).frames
    assert (nine.number, nine.dancers) == (9, (4, 7))
    assert (ten.number, ten.dancers) == (10, (4,))
    (pose,) = ten.poses
    np.testing.assert_array_equal(pose.keypoints, [[i, 100 + i] for i in range(17)])
    np.testing.assert_array_equal(pose.box, [1, 2, 4, 6])
    assert pose.score == pytest.approx(0.8)
    np.testing.assert_array_equal(nine.poses[0].box, [0, 100, 16, 116])


def test_where_one_track_is_missing_nobody_counts_as_tracked(tmp_path: Path) -> None:
    path = write(tmp_path / "r.json", [entry(1, idx=4), entry(2)])
    assert [frame.dancers for frame in read_results(path).frames] == [None, None]

    notice = read_results(path).notice
    assert notice is not None
    assert "lacks the idx of 1 of its 2 poses" in notice


def test_where_alphapose_did_not_track_it_calls_everybody_0(tmp_path: Path) -> None:
    path = write(tmp_path / "r.json", [entry("0.jpg", idx=[0.0]), entry("0.jpg", idx=[[0.0]])])
    recording = read_results(path)
    assert (recording.tracked, recording.notice) == (False, None)
    assert len(recording.frames[0].poses) == 2


def test_of_people_merged_into_one_the_smallest_number_counts(tmp_path: Path) -> None:
    path = write(tmp_path / "r.json", [entry(1, idx=[[7.0], [3.0]]), entry(1, idx=[8, 9])])
    assert read_results(path).frames[0].dancers == (3, 8)


@pytest.mark.parametrize(
    ("total", "score"),
    [
        (0.6 + 0.8 + 1.25 * 0.8, 0.6),  # AlphaPose's: box, mean and 1.25 times the highest
        (0.3, 0.8),  # no such sum
        (None, 0.8),
        ("high", 0.8),
        (1e400, 0.8),
    ],
)
def test_the_score_of_the_box_is_found_in_the_sum(
    tmp_path: Path, total: object, score: float
) -> None:
    (frame,) = read_results(write(tmp_path / "r.json", [entry(1, score=total)])).frames
    assert frame.poses[0].score == pytest.approx(score)


@pytest.mark.parametrize("box", [None, [1, 2, 3], [1, 2, 3, None], [1, 2, 3, 10**400], "1234"])
def test_without_a_box_that_can_be_read_it_is_around_the_body(tmp_path: Path, box: Any) -> None:
    (frame,) = read_results(write(tmp_path / "r.json", [entry(1, box=box)])).frames
    np.testing.assert_array_equal(frame.poses[0].box, [0, 100, 16, 116])


def test_a_folder_with_a_file_for_each_picture_is_read(tmp_path: Path) -> None:
    for number in (2, 10):
        person = {"pose_keypoints_2d": numbers(18), "person_id": [-1]}
        write(tmp_path / f"{number}.json", {"version": "AlphaPose v0.3", "people": [person]})
    assert [frame.number for frame in read_results(tmp_path).frames] == [2, 10]
    write(tmp_path / "alphapose-results.json", [entry("5.jpg")])
    assert [frame.number for frame in read_results(tmp_path).frames] == [5]


def test_a_folder_without_results_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no results of AlphaPose"):
        read_results(tmp_path)


def test_nobody_is_in_one_picture_twice(tmp_path: Path) -> None:
    weaker = entry("1.jpg", idx=1, keypoints=numbers(score=0.3))
    entries = [weaker, entry("1.jpg", idx=1), weaker]
    (frame,) = read_results(write(tmp_path / "r.json", entries)).frames
    assert frame.dancers == (1,)
    assert frame.poses[0].score == pytest.approx(0.8)


@pytest.mark.parametrize("count", [26, 136])
def test_of_halpe_bodies_the_first_17_are_read(tmp_path: Path, count: int) -> None:
    path = write(tmp_path / "r.json", [entry("clip_00012.png", keypoints=numbers(count))])
    (frame,) = read_results(path).frames
    assert frame.number == 12
    np.testing.assert_array_equal(frame.poses[0].keypoints[:, 0], range(17))


@pytest.mark.parametrize(
    ("people", "joints"), [("bodies", "joints"), ("people", "pose_keypoints_2d")]
)
def test_joints_of_openpose_come_in_the_order_of_coco(
    tmp_path: Path, people: str, joints: str
) -> None:
    # As AlphaPose does it: COCO's keypoints by name, and the neck between the shoulders.
    place = {name: i for i, name in enumerate(KEYPOINT_NAMES)} | {"neck": 5.5}
    body = [value for name in OPENPOSE for value in (place[name], 100 + place[name], 0.5)]
    picture = {"version": "AlphaPose v0.3", people: [{joints: body}]}
    path = write(tmp_path / "r.json", {"0.jpg": picture, "1.jpg": picture})
    first, second = read_results(path).frames
    assert (first.number, second.number, first.dancers) == (0, 1, None)
    np.testing.assert_array_equal(first.poses[0].keypoints[:, 0], range(17))


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("not JSON", "not JSON"),
        ([], "no person"),
        ({}, "no person"),
        (7, "does not hold results"),
        ([7], "does not hold results"),
        ([{"file": "x"}], "does not hold results"),
        ({"version": "AlphaPose v0.3", "bodies": []}, "single picture"),
        ({"0.jpg": {"something": []}}, "does not hold results"),
        ([entry("1.jpg", keypoints=numbers(16))], "entry 1: a body of 16 keypoints"),
        ([entry("1.jpg"), entry("2.jpg", keypoints=[1, 2])], "entry 2: keypoints must be"),
        ([entry("1.jpg", keypoints=["x"] * 51)], "entry 1: keypoints must be"),
        ([entry("1.jpg", keypoints=[float("nan")] * 51)], "entry 1: keypoints must be"),
        ([entry("first.jpg")], "no number"),
        ([entry(None)], "no number"),
        ([entry("1.jpg", idx="Anna")], "idx 'Anna'"),
        ([entry("1.jpg", idx=[1, None])], "idx \\[1, None\\]"),
        ([entry("1.jpg", idx=1.5)], "idx 1.5"),
        ([entry("1.jpg", idx=10**400)], "idx 10000"),
        ([entry("9" * 5000 + ".jpg")], "image_id '9{59}... has no number"),
        ([entry(1.0)], "image_id 1.0 has no number"),
        ([entry(["1.jpg"])], "no number"),
        ([entry("1.jpg", keypoints=[10**400] * 51)], "keypoints must be"),
        ([entry("1.jpg", keypoints=[1e7] * 51)], "keypoints must be"),
        ([entry("1.jpg", keypoints={"nose": 1})], "keypoints must be"),
        ([entry("1.jpg", keypoints=[[1, 2, 3]] * 17)], "keypoints must be"),
        ({"people": [], "version": 1.3}, "single picture"),
        ({"images": [], "annotations": []}, "does not hold results"),
        ("[" * 100_000, "not JSON"),
        ('[{"image_id": 1', "not JSON"),
        ({"0.jpg": {"people": [{"pose_keypoints_2d": numbers(25)}]}}, "a body of 25 keypoints"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(
    tmp_path: Path, document: Any, says: str
) -> None:
    path = tmp_path / "r.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    with pytest.raises(SourceError, match=says) as caught:
        read_results(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.json cannot be read: No such file"):
        read_results(tmp_path / "gone.json")
