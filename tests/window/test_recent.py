"""What is kept of sources that were watched, and what never is."""

import json
import stat
from pathlib import Path

import pytest

from choreai_live.ui.picker.recent import MOST, RecentSource, RecentSources, remembered_as


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "recent.json"


@pytest.mark.parametrize("spec", ["0", "/dev/video2", "demo", "demo?dancers=2&seconds=3"])
def test_what_is_always_offered_is_not_remembered(spec: str) -> None:
    assert remembered_as(spec) is None


@pytest.mark.parametrize(
    ("typed", "kept", "name"),
    [
        ("rtsp://cam:554/1", "rtsp://cam:554/1", "rtsp://cam:554/1"),
        ("rtsp://anna:s3cret@cam/1", "rtsp://cam/1", "rtsp://***@cam/1"),
        ("rtsp://anna@cam/1", "rtsp://cam/1", "rtsp://***@cam/1"),
        ("rtsp://anna:s3/c?r#et@cam/1", "rtsp://cam/1", "rtsp://***@cam/1"),
        ("http://cam/v?token=s3cret&q=1", "http://cam/v?token=***&q=1", None),
        ("http://cam/v?u=rtsp://a:s3cret@b/c", "http://***@b/c", None),
    ],
)
def test_secrets_are_never_kept(typed: str, kept: str, name: str | None, file: Path) -> None:
    recent = RecentSources(file)
    recent.remember(typed)
    recent.finish()
    assert "s3" not in file.read_text()
    assert "anna" not in file.read_text()
    (source,) = RecentSources(file).sources
    assert (source.spec, source.name) == (kept, name or kept)
    assert source.login is ("anna" in typed)
    assert source.incomplete is ("***" in kept)


def test_what_was_typed_serves_while_the_program_runs_and_no_longer(file: Path) -> None:
    recent = RecentSources(file)
    for typed in ("rtsp://anna:s3cret@cam/1", "http://cam/v?token=s3cret"):
        recent.remember(typed)
        assert recent.opening(recent.sources[0]) == typed
    recent.finish()
    later = RecentSources(file)
    incomplete, bare = later.sources
    assert later.opening(incomplete) is None, "its user has to type the token again"
    assert later.opening(bare) == "rtsp://cam/1", "the keyring is asked for the password"


def test_newest_come_first_and_not_too_many_are_kept(file: Path, tmp_path: Path) -> None:
    recent = RecentSources(file)
    for number in range(MOST + 3):
        recent.remember(str(tmp_path / f"{number}.mp4"))
    recent.remember(str(tmp_path / "9.mp4"))
    recent.finish()
    names = [Path(source.spec).stem for source in RecentSources(file).sources]
    assert names[:3] == ["9", str(MOST + 2), str(MOST + 1)]
    assert len(names) == MOST
    assert names.count("9") == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600, "what somebody watches is theirs to know"


def test_forgetting_one_and_all(file: Path, tmp_path: Path) -> None:
    recent = RecentSources(file)
    recent.remember(str(tmp_path / "a.mp4"))
    recent.remember(str(tmp_path / "b.mp4"))
    recent.forget(recent.sources[0])
    recent.finish()
    assert [Path(source.spec).name for source in RecentSources(file).sources] == ["a.mp4"]
    recent.clear()
    recent.finish()
    assert RecentSources(file).sources == ()


@pytest.mark.parametrize(
    "text", ["", "{", "7", '[{"spec": 7}, null, {"spec": "a"}]', '[{"spec": "", "name": ""}]']
)
def test_a_broken_list_is_an_empty_one_and_can_be_written_again(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    recent = RecentSources(file)
    assert recent.sources == ()
    recent.remember("rtsp://cam/1")
    recent.finish()
    assert json.loads(file.read_text())[0]["spec"] == "rtsp://cam/1"


def test_a_folder_that_cannot_be_written_keeps_the_list_going(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    recent = RecentSources(blocked / "recent.json")
    recent.remember("rtsp://cam/1")
    recent.finish()
    assert recent.sources == (RecentSource("rtsp://cam/1", "rtsp://cam/1", stream=True),)
