"""What a process writes to its standard error."""

import logging
import os

import pytest

from choreai_live.isolation.last_words import LastWords


def heard(written: bytes) -> list[str]:
    reading, writing = os.pipe()
    words = LastWords(os.fdopen(reading, "rb"))
    with os.fdopen(writing, "wb") as end:
        end.write(written)
    return words.lines(patience=20)


def test_the_log_goes_on_with_level_and_name(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    assert heard(b"WARNING choreai_live.capture.stream: it came late\n") == []
    assert ("choreai_live.capture.stream", logging.WARNING, "it came late") in caplog.record_tuples


def test_all_else_is_kept_and_passwords_are_not(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    lines = heard(
        b"[rtsp] rtsp://anna:s3cret@camera/stage: 401\n"
        b"INFO x: rtsp://anna:s3cret@camera/stage?token=s3cret\n"
        b"Fatal \xff error"
    )
    assert lines == ["[rtsp] rtsp://***@camera/stage: 401", "Fatal \\xff error"]
    assert "camera/stage" in caplog.text
    assert "s3cret" not in caplog.text


@pytest.mark.parametrize("before", range(1900, 2010, 7))
def test_a_line_without_end_is_cut_where_no_address_is(
    before: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    line = b"x" * before + b" rtsp://anna:s3cret@camera/stage " + b"y" * 10_000 + b"\nnext\n"
    lines = heard(line)
    assert lines[-1] == "next"
    assert len(lines) == 2
    assert len(lines[0]) < 2_100
    assert "s3c" not in "".join(lines) + caplog.text


def test_only_the_last_lines_are_kept() -> None:
    lines = heard(b"".join(b"line %d\n" % number for number in range(5_000)))
    assert lines[-1] == "line 4999"
    assert len(lines) < 200
