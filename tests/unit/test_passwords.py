"""The watch over passwords sees what it should."""

import logging
from pathlib import Path

import pytest
from passwords import PasswordWatch

from choreai_live.capture.announcing import logger as ours


@pytest.fixture
def watch() -> PasswordWatch:
    return PasswordWatch()


def record(message: str, path: str) -> logging.LogRecord:
    return logging.LogRecord(ours.name, logging.INFO, path, 1, message, (), None)


def test_a_log_that_tells_is_seen(watch: PasswordWatch) -> None:
    watch.emit(record("rtsp://***@camera/", "/x/choreai_live/capture/stream.py"))
    assert not watch.told
    watch.emit(record("rtsp://anna:s3cret@camera/", "/x/choreai_live/capture/stream.py"))
    assert len(watch.told) == 1


def test_files_that_tell_are_seen(watch: PasswordWatch, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('spec = "rtsp://anna:s3cret@camera/"')
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "harmless.log").write_text("rtsp://***@camera/")
    watch.look_at_files([tmp_path])
    assert not watch.told
    # Pieced together, lest the watch over the whole run find these files.
    telling = tmp_path / "kept" / "telling.log"
    telling.write_bytes(b"\0\xff" + b"hunter" + b"2" + b"\0")
    named = tmp_path / ("at-" + "s3" + "cret.mp4")
    named.touch()
    watch.look_at_files([tmp_path])
    assert len(watch.told) == 2
    telling.unlink()
    named.unlink()
