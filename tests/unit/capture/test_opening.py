"""From what a user writes to the right source, or to one sentence."""

from pathlib import Path

import pytest
from clips import write_clip

from choreai_live.capture import open_source
from choreai_live.capture.demo_source import DemoSource
from choreai_live.capture.images import ImagesSource
from choreai_live.capture.paced import Paced
from choreai_live.capture.video import VideoFileSource
from choreai_live.errors import SourceError


def test_the_kind_follows_from_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_clip(tmp_path / "my [best] clip #1.mp4")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    for spec in (str(path), path.name, f"~/{path.name}", path.as_uri()):
        with open_source(spec) as source:
            assert isinstance(source, VideoFileSource)
    write_clip(tmp_path / "7.png", codec="png", pixels="rgb24", count=1)
    with open_source("7.png") as source:
        assert isinstance(source, ImagesSource)
    with open_source("demo") as source:
        assert isinstance(source, DemoSource)


def test_live_plays_what_was_recorded(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4")
    with open_source(str(path), live=True) as source, open_source(str(path)) as recorded:
        assert isinstance(source, Paced)
        assert source.live
        assert not recorded.live
        for field in ("name", "size", "rate", "duration", "frame_count"):
            assert getattr(source, field) == getattr(recorded, field)


def test_the_demo_is_set_by_its_query() -> None:
    spec = "demo?dancers=2&tempo=97.5&seconds=3&width=96&height=72&rate=20&seed=5&crossing=1"
    with open_source(spec) as source:
        assert isinstance(source, DemoSource)
        settings = source.scene.settings
    assert (settings.dancers, settings.tempo, settings.seed) == (2, 97.5, 5)
    assert settings.crossing is True
    assert (source.size, source.rate, source.duration) == ((96, 72), 20.0, 3.0)


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("", "No source was named"),
        ("no such clip.mp4", "There is no file or folder 'no such clip.mp4'"),
        ("~nobody-of-that-name/clip.mp4", "There is no file or folder"),
        ("a" * 5000, "cannot be read: File name too long"),
        ("ftp://user:secret@host/clip.mp4", r"ftp://\*\*\*@host/clip.mp4 begins with ftp://"),
        ("file:///no/such/clip.mp4", "There is no file or folder '/no/such/clip.mp4'"),
        ("user:secret@camera/live", r"There is no file or folder '\*\*\*@camera/live'"),
        ("demo?dancer=2", "has no setting 'dancer'; use seconds, .*dancers"),
        ("demo?dancers=two", "'dancers' must be a whole number, not 'two'"),
        ("demo?dancers=2.5", "'dancers' must be a whole number"),
        ("demo?tempo=", "'tempo' must be a number, not ''"),
        ("demo?crossing=maybe", "'crossing' must be 1 or 0, not 'maybe'"),
        ("demo?dancers=9", "dancers must be between"),
        ("demo?seconds=-1", "above 0"),
        ("demo?seconds=nan", "above 0"),
        ("demo?dance=polka", "dance must be one of"),
    ],
)
def test_what_cannot_be_opened_is_one_sentence(spec: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as raised:
        open_source(spec)
    text = str(raised.value)
    assert "\n" not in text
    assert text.endswith(".")
    assert "secret" not in text
