"""Files that appear whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from choreai_live.errors import OutputError
from choreai_live.outputs import OutputFile, OutputFolder


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_file_appears_when_it_is_written_and_nothing_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    with OutputFile(path) as file:
        assert not path.exists()
        file.write("ä\n")
        assert path.read_bytes() == "ä\n".encode()
    assert names_in(tmp_path) == ["result.json"]


def test_a_text_may_come_in_parts(tmp_path: Path) -> None:
    OutputFolder(tmp_path).write_parts("result.json", (part for part in ("[", "1", "]\n")))
    assert (tmp_path / "result.json").read_text() == "[1]\n"
    assert names_in(tmp_path) == ["result.json"]


def test_what_was_there_stays_until_the_new_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text("old")
    with OutputFile(path):
        pass  # say, Ctrl-C came before there was anything to write
    assert path.read_text() == "old"
    assert names_in(tmp_path) == ["result.json"]


def test_permissions_and_links_are_kept(tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    with OutputFile(link) as file:
        file.write("new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_is_as_readable_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    with OutputFile(tmp_path / "result") as file:
        file.write("")
    assert (tmp_path / "result").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with OutputFile(pipe) as file:
            file.write("through")
        assert os.read(reader, 100) == b"through"
        assert pipe.is_fifo()
    finally:
        os.close(reader)


def test_places_that_cannot_be_written_are_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path, reason in [
        (tmp_path, "is a folder"),
        (tmp_path / "missing" / "result.json", "No such file or directory"),
        (tmp_path / "file" / "result.json", "Not a directory"),
    ]:
        with pytest.raises(OutputError, match=reason) as caught:
            OutputFile(path)
        assert str(path) in str(caught.value)


def test_a_full_disk_leaves_the_old_file_and_no_draft(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="needs a limit on file sizes")
    path = tmp_path / "result.json"
    path.write_text("old")
    file = OutputFile(path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(OutputError, match=r"result\.json cannot be written \(File too large\)"):
            file.write("new" * 10_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_text() == "old"
    assert names_in(tmp_path) == ["result.json"]


def test_a_folder_is_made_and_takes_several_files(tmp_path: Path) -> None:
    folder = OutputFolder(tmp_path / "subtitles")
    folder.write("a.srt", "1")
    folder.write("b.srt", "2")
    assert names_in(tmp_path / "subtitles") == ["a.srt", "b.srt"]
    OutputFolder(tmp_path / "subtitles")  # already there: fine


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="is a file"):
        OutputFolder(tmp_path / "file")
    with pytest.raises(OutputError, match="No such file"):
        OutputFolder(tmp_path / "missing" / "subtitles")


def test_a_file_written_by_somebody_else_appears_whole(tmp_path: Path) -> None:
    target = tmp_path / "table.bin"
    target.write_bytes(b"old")
    with OutputFile(target) as file:
        file.write_by(lambda path: (path.write_bytes(b"new"), target.read_bytes() == b"old")[0])
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_what_was_there_stays_where_somebody_else_fails(tmp_path: Path) -> None:
    target = tmp_path / "table.bin"
    target.write_bytes(b"old")

    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OutputError, match="No space left"), OutputFile(target) as file:
        file.write_by(fail)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
