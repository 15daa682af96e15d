"""What a start gets, whatever has become of the settings file."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from choreai_live.capture import mask_credentials
from choreai_live.configuration import (
    ConfigurationError,
    LoadedSettings,
    ProgramSettings,
    load_settings,
)
from choreai_live.configuration.last_good import copy_path
from choreai_live.configuration.reading import read_settings, settings_path

PASSWORD = "hunter2-Zq"  # noqa: S105 - of nothing
GOOD = f"""\
# The hall
[source]
spec = "rtsp://viewer:{PASSWORD}@camera.local/hall?profile=1"
transport = "udp"

[kiosk]
most_tags = 3   # few people
invitation = "Komm, tanz"
[log]
folder = "logs"
kept = 2
"""


def everything_under(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def file(home: Path) -> Path:
    """Return a settings file with which the program has started once."""
    path = home / "elsewhere" / "my.toml"
    path.parent.mkdir()
    path.write_text(GOOD)
    assert load_settings(path).notice is None
    return path


def test_without_a_file_there_are_the_defaults(home: Path) -> None:
    assert load_settings() == LoadedSettings(ProgramSettings(), None, settings_path())
    assert not (home / "state").exists()


def test_the_users_own_file_is_found() -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text("[kiosk]\nmost_tags = 2\n")
    loaded = load_settings()
    assert (loaded.settings.kiosk.most_tags, loaded.notice) == (2, None)


def test_a_file_that_was_named_must_be_there(home: Path) -> None:
    loaded = load_settings(home / "none.toml")
    assert loaded.settings == ProgramSettings()
    assert loaded.notice == (
        f"The default settings are used, because {home / 'none.toml'} cannot be read "
        "(No such file or directory)."
    )


def test_a_broken_file_gives_the_last_good_settings_and_a_notice(file: Path) -> None:
    good = load_settings(file).settings
    file.write_text(GOOD.replace("most_tags = 3", "most_tags = 33"))
    loaded = load_settings(file)
    assert loaded.settings == good
    assert loaded.notice == (
        f"The last good settings are used, because {file}: kiosk.most_tags is 33 and must be at "
        "least 1 and at most 6."
    )


def test_the_last_good_settings_outlive_any_number_of_bad_starts(file: Path) -> None:
    good = load_settings(file).settings
    file.write_text("[kiosk]\nnonsense = 1\n")
    for _ in range(3):
        assert load_settings(file).settings.kiosk == good.kiosk
    file.write_text(GOOD.replace("most_tags = 3", "most_tags = 4"))
    assert load_settings(file).notice is None
    file.write_text("[kiosk]\nnonsense = 1\n")
    assert load_settings(file).settings.kiosk.most_tags == 4


def test_each_file_has_a_last_good_of_its_own(file: Path, home: Path) -> None:
    other = home / "other.toml"
    other.write_text("nonsense = 1\n")
    assert load_settings(other).settings == ProgramSettings()


def _remove(path: Path) -> None:
    path.unlink()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("gone.toml")


def _loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("spoil", [_remove, _folder, _dangling, _loop, _pipe])
def test_what_is_no_file_any_more_gives_the_last_good_settings(file: Path, spoil: object) -> None:
    assert callable(spoil)
    spoil(file)
    loaded = load_settings(file)
    assert loaded.settings.kiosk.most_tags == 3
    assert loaded.notice is not None
    assert str(file) in loaded.notice


def test_a_broken_copy_is_no_worse_than_none(file: Path) -> None:
    copy_path(file).write_text("[kiosk]\nmost_tags = 3000\n")
    file.write_text("nonsense = 1\n")
    loaded = load_settings(file)
    assert loaded.settings == ProgramSettings()
    assert loaded.notice is not None
    assert loaded.notice.startswith("The default settings are used, because ")


def test_where_no_copy_can_be_kept_the_program_still_starts(home: Path) -> None:
    (home / "state").write_text("a file where a folder should be")
    path = home / "my.toml"
    path.write_text(GOOD)
    assert load_settings(path).notice is None


def test_the_copy_is_for_the_user_alone_and_holds_no_password(file: Path, home: Path) -> None:
    assert copy_path(file).stat().st_mode & 0o777 == 0o600
    assert PASSWORD.encode() not in everything_under(home / "state")
    assert b"rtsp://***@camera.local/hall?profile=1" in everything_under(home / "state")


def test_a_kept_copy_is_replaced_whole(file: Path) -> None:
    copy = copy_path(file)
    before = copy.stat().st_ino
    load_settings(file)
    assert copy.stat().st_ino == before, "written though nothing changed"
    file.write_text("[kiosk]\nmost_tags = 1\n")
    load_settings(file)
    assert copy.stat().st_ino != before
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]


def test_a_login_that_still_stands_in_the_broken_file_is_used(file: Path) -> None:
    file.write_text(GOOD + "nonsense = 1\n")
    loaded = load_settings(file)
    assert loaded.settings.source.spec is not None
    assert PASSWORD in loaded.settings.source.spec
    assert PASSWORD not in str(loaded.notice)


@pytest.mark.parametrize(
    "text",
    [
        GOOD + "nonsense",
        "",
        f'nonsense = 1\n[source]\nspec = "rtsp://viewer:{PASSWORD}@elsewhere.local/hall?profile=1"',
    ],
)
def test_a_login_that_is_lost_with_the_file_is_said(file: Path, text: str) -> None:
    file.write_text(text)
    loaded = load_settings(file)
    assert loaded.settings.source.spec == "rtsp://camera.local/hall?profile=1"
    assert loaded.settings.source.transport == "udp"
    assert loaded.notice is not None
    assert (
        "without the password of the source (which `choreai-live credentials set`" in loaded.notice
    )
    assert PASSWORD not in loaded.notice


def test_a_source_without_a_login_is_the_same_in_the_end(file: Path) -> None:
    file.write_text('[source]\nspec = "rtsp://camera.local/hall"\n')
    load_settings(file)
    file.write_text("")
    loaded = load_settings(file)
    assert loaded.settings.source.spec == "rtsp://camera.local/hall"
    assert "password" not in str(loaded.notice)


# Several sources

HALL = f"rtsp://viewer:{PASSWORD}@camera.local/hall"
STAGE = f"rtsp://viewer:{PASSWORD}2@camera.local/stage"
FOYER = f"http://camera.local/foyer?token={PASSWORD}3"


def write_several(path: Path, spec: str | None, *more: str, rest: str = "") -> None:
    first = "" if spec is None else f'spec = "{spec}"\n'
    path.write_text(f"{rest}[source]\n{first}more = {list(more)}\n")


def test_the_copy_holds_no_password_of_any_source(home: Path) -> None:
    path = home / "my.toml"
    write_several(path, HALL, STAGE, "demo", FOYER)
    loaded = load_settings(path)
    assert loaded.settings.source.spec == HALL
    assert loaded.settings.source.more == (STAGE, "demo", FOYER)
    kept = everything_under(home / "state")
    assert PASSWORD.encode() not in kept
    for shown in (b"rtsp://***@camera.local/stage", b"demo", b"/foyer?token=***"):
        assert shown in kept


def test_logins_of_several_sources_are_taken_from_the_broken_file(home: Path) -> None:
    path = home / "my.toml"
    write_several(path, HALL, STAGE, "demo", FOYER)
    good = load_settings(path).settings
    write_several(path, HALL, STAGE, "demo", FOYER, rest="nonsense = 1\n")
    loaded = load_settings(path)
    assert loaded.settings == good
    assert str(loaded.notice).startswith("The last good settings are used")
    # One of them has moved to another place, and one is another's.
    write_several(path, "demo", HALL, STAGE.replace("stage", "yard"), rest="nonsense = 1\n")
    loaded = load_settings(path)
    assert loaded.settings.source.spec == HALL
    assert loaded.settings.source.more == (
        "rtsp://camera.local/stage",
        "demo",
        "http://camera.local/foyer?token=***",
    )
    assert str(loaded.notice).startswith(
        "The last good settings, without passwords of the sources (which `choreai-live credentials"
    )
    assert PASSWORD not in str(loaded.notice)


def test_two_logins_at_one_address_stay_apart(home: Path) -> None:
    path = home / "my.toml"
    other = HALL.replace("viewer", "keeper")
    write_several(path, None, HALL, other)
    load_settings(path)
    write_several(path, None, HALL, other, rest="nonsense = 1\n")
    source = load_settings(path).settings.source
    assert (source.spec, source.more) == (None, (HALL, other))


@pytest.mark.parametrize("more", ["7", "'demo'", "[7, {}]", "{}"])
def test_what_is_no_list_of_addresses_gives_the_last_good_ones(home: Path, more: str) -> None:
    path = home / "my.toml"
    write_several(path, "demo", STAGE)
    load_settings(path)
    path.write_text(f"[source]\nmore = {more}\n")
    loaded = load_settings(path)
    assert loaded.settings.source.more == ("rtsp://camera.local/stage",)
    assert "source.more must be" in str(loaded.notice) or "values of source.more" in str(
        loaded.notice
    )


# Any mutilation


@contextmanager
def started_once() -> Iterator[Path]:
    """Yield a file the program has started with, in a home of its own."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_STATE_HOME", f"{folder}/state")
        path = Path(folder, "my.toml")
        path.write_text(GOOD)
        load_settings(path)
        yield path


def without_login(settings: ProgramSettings) -> ProgramSettings:
    spec = mask_credentials(settings.source.spec or "").replace("***@", "")
    return replace(settings, source=replace(settings.source, spec=spec))


@st.composite
def mutilated(draw: st.DrawFn) -> bytes:
    """Return a good file after bytes were lost, doubled, replaced or put in."""
    content = bytearray(GOOD.encode())
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 20)))
        what = draw(st.sampled_from(["lose", "put in", "replace", "double", "cut off"]))
        if what == "lose":
            del content[start:end]
        elif what == "put in":
            content[start:start] = draw(st.binary(min_size=1, max_size=8))
        elif what == "replace":
            content[start:end] = draw(st.text(max_size=12)).encode("utf-8", "surrogatepass")
        elif what == "double":
            content[start:start] = content[start:end]
        else:
            del content[start:]
    return bytes(content)


@hypothesis_settings(max_examples=100, deadline=None)
@given(mutilated())
def test_a_mutilated_file_never_stops_the_program(content: bytes) -> None:
    with started_once() as path:
        good = read_settings(path)
        path.write_bytes(content)
        complaint = None
        try:
            good = read_settings(path)
        except ConfigurationError as error:
            complaint = str(error)
        loaded = load_settings(path)
        if complaint is None:
            # What was lost was a comment, or the like: the file still says something.
            assert loaded == LoadedSettings(good, None, path)
            return
        assert without_login(loaded.settings) == without_login(good)
        assert loaded.notice is not None
        assert loaded.notice.endswith(f"used, because {complaint}")
        assert "\n" not in loaded.notice
        assert PASSWORD.encode() not in everything_under(path.parent / "state")


def _lines_of(text: str) -> st.SearchStrategy[int]:
    return st.integers(0, text.count("\n"))


BAD_LINES = st.sampled_from(
    ["\0", "[", "nonsense = 1", "[nonsense]", '"', "= 3", "[[log]]", "[kiosk]", "\udcff", "'''"]
)


@hypothesis_settings(max_examples=50, deadline=None)
@given(_lines_of(GOOD), BAD_LINES)
def test_a_line_that_cannot_be_right_gives_the_last_good_settings(number: int, bad: str) -> None:
    with started_once() as path:
        good = read_settings(path)
        lines = GOOD.splitlines()
        # Two of the lines are such that the file is wrong wherever they stand.
        lines[number:number] = [bad, "[kiosk]", "[kiosk]"]
        path.write_bytes("\n".join(lines).encode("utf-8", "surrogateescape"))
        loaded = load_settings(path)
        assert without_login(loaded.settings) == without_login(good)
        assert loaded.notice is not None
        assert loaded.notice.startswith("The last good settings")


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_at_all_give_settings(content: bytes) -> None:
    with started_once() as path:
        path.write_bytes(content)
        loaded = load_settings(path)
        assert isinstance(loaded.settings, ProgramSettings)
        assert loaded.notice is not None or read_settings(path) == loaded.settings
