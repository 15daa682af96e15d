"""What sessions are called."""

from datetime import datetime
from pathlib import Path

import pytest

from choreai_live.session.naming import session_name, sessions_in, tables_of

WHEN = datetime(2026, 11, 26, 2, 13, 5)


@pytest.mark.parametrize(
    ("source", "called"),
    [
        ("0", "camera-0"),
        ("/dev/video2", "video2"),
        ("demo?dancers=2&width=640", "demo"),
        ("rtsp://anna:p%40ss@192.168.1.7:554/live/hall.sdp?token=abc", "hall"),
        ("rtsp://anna:secret@192.168.1.7", "192_168_1_7"),
        ("clips/Été in the hall.mp4", "t_in_the_hall"),
        ("C:\\clips\\solo.mp4", "C_clips_solo"),
        ("shots/*.png", "source"),
        ("x" * 200 + ".mp4", "x" * 40),
    ],
)
def test_a_session_is_called_by_its_time_and_source(source: str, called: str) -> None:
    name = session_name(source, WHEN)
    assert name == f"2026-11-26_02-13-05_{called}"


def test_parts_come_in_order_of_their_numbers(tmp_path: Path) -> None:
    session = tmp_path / "session"
    session.mkdir()
    for name in ("part-10000.sqlite", "part-0002.sqlite", "part-9999.sqlite", "part-1.sqlite"):
        (session / name).touch()
    (session / "part-0003.sqlite").mkdir()
    names = [path.name for path in tables_of(session)]
    assert names == ["part-0002.sqlite", "part-9999.sqlite", "part-10000.sqlite"]
    assert sessions_in(tmp_path) == [session]
    assert sessions_in(tmp_path / "none") == []
