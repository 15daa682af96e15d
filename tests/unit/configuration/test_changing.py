"""Changing keys of the settings file: everything else stays as it is."""

import os
from pathlib import Path

import pytest
import tomlkit
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from choreai_live.configuration import ConfigurationError, ProgramSettings
from choreai_live.configuration.changing import write_settings
from choreai_live.configuration.pin import hash_pin
from choreai_live.configuration.reading import read_settings
from choreai_live.configuration.text import explained
from choreai_live.errors import OutputError

FILE = """\
# mine
[window]  # the window
theme = "dark"   # because of the hall
fullscreen = true

# how it runs
[models]
pose = "movenet"
"""


def test_values_change_and_comments_stay(home: Path) -> None:
    path = home / "my.toml"
    path.write_text(FILE)
    returned = write_settings(
        path,
        {
            "window.theme": "light",
            "window.text_scale": 1.25,
            "models.threads": 2,
            "recording.folder": Path("/srv/dances"),
            "models.pose": None,
        },
    )
    assert returned == read_settings(path)
    assert returned.window.theme == "light"
    assert returned.window.text_scale == 1.25
    assert returned.window.fullscreen
    assert returned.models.threads == 2
    assert returned.models.pose == "blazepose"
    assert returned.recording.folder == Path("/srv/dances")
    text = path.read_text()
    for comment in ("# mine", "# the window", "# because of the hall", "# how it runs"):
        assert comment in text
    assert 'pose = "movenet"' not in text


def test_a_key_is_put_where_it_belongs(home: Path) -> None:
    path = home / "my.toml"
    path.write_text(FILE)
    write_settings(path, {"window.trails": True, "window.theme": None, "models.threads": 2})
    write_settings(path, {"window.text_scale": 1.5})
    assert (
        path.read_text()
        == """\
# mine
[window]  # the window
# theme = ...   # because of the hall
fullscreen = true
trails = true
text_scale = 1.5

# how it runs
[models]
pose = "movenet"
threads = 2
"""
    )
    write_settings(path, {"window.theme": "light", "window.trails": None, "log.kept": 2})
    assert (
        path.read_text()
        == """\
# mine
[window]  # the window
theme = "light"   # because of the hall
fullscreen = true
text_scale = 1.5

# how it runs
[models]
pose = "movenet"
threads = 2

[log]
kept = 2
"""
    )


def test_a_file_with_every_key_explained_stays_one(home: Path) -> None:
    path = home / "my.toml"
    whole = explained(ProgramSettings())
    path.write_text(whole)
    chosen = {"window.theme": "dark", "models.threads": 2, "kiosk.display": "DP-1"}
    write_settings(path, chosen)
    changed = path.read_text()
    assert len(changed.splitlines()) == len(whole.splitlines())
    assert 'first as the system is.\ntheme = "dark"' in changed
    write_settings(path, {"window.theme": None, "models.threads": None, "kiosk.display": 0})
    assert path.read_text() == whole


def test_a_hash_that_is_taken_out_is_gone(home: Path) -> None:
    path = home / "my.toml"
    pin_hash = hash_pin("0815")
    path.write_text(f'[kiosk]\n# ours\npin_hash = "{pin_hash}"  # since May\n')
    write_settings(path, {"kiosk.pin_hash": None})
    assert path.read_text() == "[kiosk]\n# ours\n# pin_hash = ...  # since May\n"


def test_a_value_that_is_the_default_is_written_and_taken_out_again(home: Path) -> None:
    path = home / "my.toml"
    path.write_text(FILE)
    write_settings(path, {"models.provider": "auto"})
    assert tomlkit.parse(path.read_text())["models"]["provider"] == "auto"
    write_settings(path, {"models.provider": None})
    assert "provider" not in path.read_text()
    before = path.stat().st_mtime_ns
    write_settings(path, {"models.provider": None, "window.theme": "dark"})
    assert path.stat().st_mtime_ns == before, "nothing to change, nothing written"


def test_a_new_file_says_where_its_keys_are_explained(home: Path) -> None:
    path = home / "new" / "my.toml"
    write_settings(path, {"window.trails": True, "kiosk.display": "HDMI-1"})
    assert read_settings(path).window.trails is True
    assert read_settings(path).kiosk.display == "HDMI-1"
    assert path.read_text().startswith("# 'choreai-live settings show'")


@pytest.mark.parametrize(
    ("text", "changes", "says"),
    [
        ("[window\n", {"window.trails": True}, "is not valid TOML"),
        ("[window]\nfullscren = true\n", {"window.trails": True}, "no key window.fullscren"),
        (FILE, {"window.text_scale": 9.0}, "at least 0.8 and at most 2"),
        (FILE, {"source.spec": ""}, "source.spec is empty"),
        ("window = {theme = 'dark'}\n[window.more]\n", {"window.trails": True}, "not valid"),
    ],
)
def test_what_cannot_be_leaves_the_file_alone(
    home: Path, text: str, changes: dict[str, object], says: str
) -> None:
    path = home / "my.toml"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=says):
        write_settings(path, changes)
    assert path.read_text() == text
    assert list(home.glob(".*")) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_of_somebody_else(home: Path) -> None:
    path = home / "theirs" / "my.toml"
    path.parent.mkdir()
    path.write_text(FILE)
    path.parent.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            write_settings(path, {"window.trails": True})
    finally:
        path.parent.chmod(0o700)
    assert path.read_text() == FILE


def test_a_folder_that_cannot_be_made(home: Path) -> None:
    (home / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot be made"):
        write_settings(home / "file" / "my.toml", {"window.trails": True})


KEYS = {
    "window.theme": st.sampled_from(["system", "light", "dark", None]),
    "window.text_scale": st.sampled_from([0.8, 1.5, 2.0, None]),
    "window.trails": st.sampled_from([True, False, None]),
    "models.provider": st.sampled_from(["auto", "cpu", None]),
    "recording.split_minutes": st.sampled_from([1.0, 15.0, None]),
    "source.spec": st.sampled_from(["demo", 'a "quoted" name.mp4', None]),
    "source.more": st.sampled_from([("demo", 'a "quoted" name.mp4'), (), None]),
}


@hypothesis_settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.fixed_dictionaries({}, optional=KEYS), max_size=4))
def test_whatever_is_chosen_in_turn_is_what_the_file_says(
    tmp_path: Path, steps: list[dict[str, object]]
) -> None:
    path = tmp_path / "my.toml"
    path.write_text(FILE)
    expected: dict[str, object] = {"window.theme": "dark"}
    for changes in steps:
        write_settings(path, changes)
        expected |= changes
    found, default = read_settings(path), ProgramSettings()
    for key, value in expected.items():
        table, _, name = key.partition(".")
        wanted = getattr(getattr(default, table), name) if value is None else value
        assert getattr(getattr(found, table), name) == wanted
    assert found.window.fullscreen
    for comment in ("# mine", "# the window", "# because of the hall", "# how it runs\n[models]"):
        assert comment in path.read_text()
