"""A session as a source like any other."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from clips import number_of
from recordings import frames_in, noisy_snapshots, record_session, told

from choreai_live.capture import Source, open_source
from choreai_live.errors import SourceError
from choreai_live.messages import Frame
from choreai_live.session import RecordingSettings
from choreai_live.session.overlay import DARK
from choreai_live.session.reading import is_session
from choreai_live.session.source import SessionSource


def read_all(source: Source) -> list[Frame]:
    with source:
        return list(iter(source.read, None))


def changed(session: Path, sql: str, *values: object) -> Path:
    """Change the table of a session behind everybody's back."""
    with closing(sqlite3.connect(session / "part-0001.sqlite")) as table:
        table.execute(sql, values)
        table.commit()
    return session


def test_frames_come_back_with_times_pictures_and_tracks(tmp_path: Path) -> None:
    snapshots = list(noisy_snapshots(12, begin=3.0))
    source = open_source(str(record_session(tmp_path, snapshots)))
    assert isinstance(source, SessionSource)
    assert (source.live, source.size, source.rate, source.frame_count) == (False, (64, 48), 25, 12)
    assert source.duration == snapshots[-1].frame.time - snapshots[0].frame.time
    frames = read_all(source)
    assert source.skipped == 0
    for number, (snapshot, frame) in enumerate(zip(snapshots, frames, strict=True)):
        assert (frame.time, frame.index) == (snapshot.frame.time, snapshot.frame.index)
        assert frame.tracks is not None
        assert told(frame.tracks, {}) == told(snapshot.tracks, {})
        assert number_of(frame.image) == number


def test_a_session_is_also_opened_by_one_of_its_tables(tmp_path: Path) -> None:
    session = record_session(tmp_path, noisy_snapshots(2))
    assert len(read_all(open_source(str(session / "part-0001.sqlite")))) == 2
    assert is_session(session)
    assert not is_session(tmp_path)


def test_a_frame_without_its_picture_has_a_dark_one_of_the_same_size(tmp_path: Path) -> None:
    session = record_session(tmp_path, noisy_snapshots(6, size=(65, 49)))
    changed(session, "UPDATE frame SET picture = NULL WHERE number IN (0, 3)")
    changed(session, "UPDATE frame SET picture = picture + 5 WHERE number = 4")
    frames = read_all(open_source(str(session)))
    assert {frame.image.shape for frame in frames} == {(49, 65, 3)}
    dark = [bool((frame.image == DARK).all()) for frame in frames]
    assert dark == [True, False, False, True, True, False]


def test_without_any_video_all_pictures_are_dark(tmp_path: Path) -> None:
    settings = RecordingSettings(video=False, floor_bytes=0)
    frames = read_all(open_source(str(record_session(tmp_path, noisy_snapshots(3), settings))))
    assert all((frame.image == DARK).all() for frame in frames)


def test_a_damaged_video_gives_dark_pictures_and_every_frame(tmp_path: Path) -> None:
    session = record_session(tmp_path, noisy_snapshots(30))
    video = session / "part-0001.mp4"
    data = bytearray(video.read_bytes())
    middle = len(data) // 2
    data[middle - 500 : middle + 500] = np.random.default_rng(0).bytes(1000)
    video.write_bytes(data)
    assert len(read_all(open_source(str(session)))) == 30
    video.write_bytes(b"nothing")
    assert len(read_all(open_source(str(session)))) == 30


def test_connections_and_sizes_are_those_of_the_frames(tmp_path: Path) -> None:
    snapshots = [*noisy_snapshots(3), *noisy_snapshots(3, size=(32, 24), begin=1.0, connection=2)]
    frames = read_all(open_source(str(record_session(tmp_path, snapshots))))
    assert [(frame.connection, frame.image.shape[1]) for frame in frames] == [
        *[(0, 64)] * 3,
        *[(2, 32)] * 3,
    ]


def test_played_live_it_comes_at_its_own_rate(tmp_path: Path) -> None:
    source = open_source(str(record_session(tmp_path, noisy_snapshots(4))), live=True)
    assert source.live
    frames = read_all(source)
    assert frames[-1].captured - frames[0].captured >= frames[-1].time - frames[0].time - 0.05


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        ("UPDATE dancer SET keypoints = ? WHERE frame = 1", (b"short",)),
        ("UPDATE dancer SET box = ? WHERE frame = 1", (b"\0" * 20,)),
        ("UPDATE dancer SET probabilities = ? WHERE frame = 1", (b"\0" * 4,)),
        ("UPDATE frame SET width = ? WHERE number = 0", (10**7,)),
        ("UPDATE frame SET time = ? WHERE number = 1", ("soon",)),
        ("UPDATE meta SET value = ? WHERE key = 'labels'", ("{}",)),
        ("UPDATE meta SET value = ? WHERE key = 'format'", ("none",)),
        ("DELETE FROM meta WHERE key = ?", ("source",)),
    ],
)
def test_damage_is_said_in_one_sentence(
    tmp_path: Path, sql: str, values: tuple[object, ...]
) -> None:
    session = changed(record_session(tmp_path, noisy_snapshots(3)), sql, *values)
    with pytest.raises(SourceError, match=r"is damaged and cannot be read .*; use a copy of it"):
        read_all(open_source(str(session)))


def test_flipped_bytes_are_damage_or_do_not_matter(tmp_path: Path) -> None:
    session = record_session(tmp_path, noisy_snapshots(8))
    table = session / "part-0001.sqlite"
    whole = table.read_bytes()
    chance = np.random.default_rng(3)
    refused = 0
    for _ in range(60):
        data = bytearray(whole)
        for place in chance.integers(0, len(data), 12):
            data[place] = chance.integers(256)
        table.write_bytes(data)
        try:
            read_all(open_source(str(session)))
        except SourceError:
            refused += 1
    assert 0 < refused < 60


def test_a_session_of_the_first_format_is_read_as_it_was(tmp_path: Path) -> None:
    snapshots = list(noisy_snapshots(6))
    session = record_session(tmp_path, snapshots)
    changed(session, "ALTER TABLE dancer DROP COLUMN finer")
    changed(session, "UPDATE meta SET value = '1' WHERE key = 'format'")
    assert len(read_all(open_source(str(session)))) == 6
    for snapshot, (_, tracks, readouts) in zip(snapshots, frames_in(session), strict=True):
        expected = {id_: replace(r, finer=None) for id_, r in snapshot.readouts.items()}
        assert told(tracks, readouts) == told(snapshot.tracks, expected)


def test_a_finer_name_that_is_none_is_damage(tmp_path: Path) -> None:
    session = record_session(tmp_path, noisy_snapshots(2))
    changed(session, "UPDATE dancer SET finer = x'00' WHERE probabilities IS NOT NULL")
    with pytest.raises(SourceError, match="is damaged"):
        frames_in(session)


def test_what_a_later_version_wrote_is_refused(tmp_path: Path) -> None:
    session = record_session(tmp_path, noisy_snapshots(3))
    changed(session, "UPDATE meta SET value = '3' WHERE key = 'format'")
    with pytest.raises(SourceError, match="was recorded by a later version of this program"):
        open_source(str(session))


def test_a_session_without_frames_is_refused(tmp_path: Path) -> None:
    session = changed(record_session(tmp_path, noisy_snapshots(1)), "DELETE FROM frame")
    with pytest.raises(SourceError, match="holds no recorded frame"):
        open_source(str(session))


def test_memory_comes_with_the_first_frame_only(tmp_path: Path) -> None:
    from recordings import ABOUT, ANYWHERE

    from choreai_live.session import SessionRecorder

    with SessionRecorder(tmp_path, ANYWHERE, ABOUT, patient=True) as recorder:
        recorder.begin_from(b"{}")
        for snapshot in noisy_snapshots(3):
            recorder.record(snapshot)
    frames = read_all(open_source(str(recorder.path)))
    assert [frame.memory for frame in frames] == [b"{}", None, None]


def test_frames_of_the_table_are_in_order(tmp_path: Path) -> None:
    settings = RecordingSettings(split_seconds=0.2, floor_bytes=0)
    session = record_session(tmp_path, noisy_snapshots(20), settings)
    numbers: Iterator[int] = (frame.row.number for frame in frames_in(session))
    assert list(numbers) == list(range(20))
    frames = read_all(open_source(str(session)))
    assert [number_of(frame.image) for frame in frames] == list(range(20))
