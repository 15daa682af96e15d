"""Recorded poses, picture by picture."""

import pytest
from people import person

from choreai_live.errors import SourceError
from choreai_live.recorded import PosedFrame, RecordedPoses, follow
from choreai_live.tracking import Tracker


def recorded(*numbers: int, tracked: bool = True) -> RecordedPoses:
    dancers = (5,) if tracked else None
    return RecordedPoses("r.json", tuple(PosedFrame(n, (person(),), dancers) for n in numbers))


def test_pictures_without_people_are_there_too() -> None:
    recording = recorded(3, 4, 7)
    pictures = list(recording.pictures())
    assert [picture.number for picture in pictures] == [3, 4, 5, 6, 7]
    assert [len(picture.poses) for picture in pictures] == [1, 1, 0, 0, 1]
    assert {picture.dancers for picture in pictures} == {(5,), ()}
    assert len(recording) == 5


def test_who_looked_at_every_third_picture_has_every_third_number() -> None:
    recording = recorded(6, 9, 15)
    assert recording.step == 3
    assert [picture.number for picture in recording.pictures()] == [6, 9, 12, 15]
    assert recorded(8).step == 1


def test_numbers_no_video_has_are_refused() -> None:
    with pytest.raises(SourceError, match=r"r\.json numbers its pictures from 1 to 20260101"):
        recorded(1, 2, 20260101123456)


@pytest.mark.parametrize("tracked", [True, False])
def test_gaps_in_the_numbers_are_gaps_in_time(tracked: bool) -> None:
    seen = list(follow(recorded(50, 51, 53, tracked=tracked), 25.0, Tracker()))
    assert [picture.time for picture in seen] == [2.0, 2.04, 2.08, 2.12]
    assert [[track.missed for track in picture.tracks] for picture in seen] == [[0], [0], [1], [0]]
    assert {track.id for picture in seen for track in picture.tracks} == {5 if tracked else 1}


def test_time_begins_with_the_first_picture_where_numbers_are_dates() -> None:
    seen = list(follow(recorded(20260101123456, 20260101123457), 10.0, Tracker()))
    assert [picture.time for picture in seen] == [0.0, 0.1]
