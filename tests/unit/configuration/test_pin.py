"""The PIN: only its hash is kept, and the settings file keeps everything else."""

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from choreai_live.cli import app
from choreai_live.configuration import ConfigurationError
from choreai_live.configuration.changing import write_pin_hash
from choreai_live.configuration.pin import PinError, hash_pin, is_pin_hash, pin_fits
from choreai_live.configuration.reading import read_settings, settings_path


@pytest.fixture(scope="module")
def pin_hash() -> str:
    return hash_pin("0815")


def test_the_pin_fits_and_no_other(pin_hash: str) -> None:
    assert pin_fits(pin_hash, "0815")
    for wrong in ("815", "0816", "08150", "", " 0815", "0815\n", "٠٨١٥"):
        assert not pin_fits(pin_hash, wrong)


def test_the_hash_tells_nothing(pin_hash: str) -> None:
    assert "0815" not in pin_hash
    assert pin_hash.startswith("$argon2id$")
    assert hash_pin("0815") != pin_hash, "a salt of its own each time"


@pytest.mark.parametrize("no_pin", ["", "123", "1234567890123", "12a4", "1234 ", "-123", "१२३४"])
def test_four_to_twelve_digits_are_a_pin(no_pin: str) -> None:
    with pytest.raises(PinError, match="4 to 12 digits"):
        hash_pin(no_pin)


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "0815",
        "$argon2id$",
        "$2b$12$abcdefghijklmnopqrstuu",
        "$argon2id$v=19$m=4294967295,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g",
        "$argon2id$v=19$m=65536,t=999999,p=4$c2FsdHNhbHQ$aGFzaGhhc2g",
        "$argon2id$v=19$m=x,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g",
    ],
)
def test_a_broken_hash_fits_nothing_and_keeps_nobody_waiting(broken: str) -> None:
    assert not is_pin_hash(broken)
    assert not pin_fits(broken, "0815")


def test_a_mutilated_hash_never_raises(pin_hash: str) -> None:
    for place in range(0, len(pin_hash), 3):
        pin_fits(pin_hash[:place] + "!" + pin_hash[place + 1 :], "0815")
        pin_fits(pin_hash[:place], "0815")


LAYOUTS = [
    "",
    "# only a comment\n",
    "# above\n[kiosk]   # beside\nmost_tags = 2 # few\n\n# below\n[log]\nkept = 3\n",
    "[log]\nkept = 3\n\n[kiosk]\n# last\n",
    "kiosk.most_tags = 2\nlog.kept = 3\n",
    "kiosk = { most_tags = 2 }  # in one line\n",
    "[ kiosk ]\r\nmost_tags = 2\r\n# Windows\r\n",
    "[window]\nmirror = true",
    '[kiosk]\ninvitation = """\nStep in\n# no comment\n"""\n',
]


@pytest.mark.parametrize("text", LAYOUTS)
def test_the_file_keeps_everything_else(home: Path, text: str, pin_hash: str) -> None:
    path = home / "my.toml"
    path.write_bytes((text or "\n# \n").encode())
    before = read_settings(path)
    write_pin_hash(path, pin_hash)
    found = read_settings(path)
    assert found.kiosk.pin_hash == pin_hash
    changed = path.read_bytes().decode()
    for line in text.splitlines(keepends=True):
        if "{" not in line:
            assert line.rstrip("\n") in changed
    write_pin_hash(path, hash_pin("4711"))
    write_pin_hash(path, None)
    assert read_settings(path) == before
    for line in text.splitlines():
        assert line.rstrip() in path.read_bytes().decode()


def test_a_new_file_is_for_the_user_alone(home: Path, pin_hash: str) -> None:
    path = home / "new" / "my.toml"
    write_pin_hash(path, pin_hash)
    assert read_settings(path).kiosk.pin_hash == pin_hash
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_mode_and_the_place_of_a_file_stay(home: Path, pin_hash: str) -> None:
    real = home / "real.toml"
    real.write_text("[kiosk]\nmost_tags = 2\n")
    real.chmod(0o640)
    link = home / "my.toml"
    link.symlink_to(real)
    write_pin_hash(link, pin_hash)
    assert link.is_symlink()
    assert read_settings(real).kiosk.pin_hash == pin_hash
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_broken_file_is_left_as_it_is(home: Path, pin_hash: str) -> None:
    path = home / "my.toml"
    path.write_text("[kiosk]\nnonsense = 1\n")
    with pytest.raises(ConfigurationError, match=r"kiosk\.nonsense"):
        write_pin_hash(path, pin_hash)
    assert path.read_text() == "[kiosk]\nnonsense = 1\n"


def test_the_command_asks_twice_and_shows_nothing(home: Path) -> None:
    result = CliRunner().invoke(app, ["kiosk", "pin"], input="4711\n4711\n")
    assert result.exit_code == 0, result.output
    assert "4711" not in result.output
    pin_hash = read_settings(settings_path()).kiosk.pin_hash
    assert pin_hash is not None
    assert pin_fits(pin_hash, "4711")
    assert str(settings_path()) in " ".join(result.output.split())

    result = CliRunner().invoke(app, ["kiosk", "pin", "--remove"])
    assert result.exit_code == 0, result.output
    assert read_settings(settings_path()).kiosk.pin_hash is None


@pytest.mark.parametrize("typed", ["4711\n4712\n", "12\n", "abcd\nabcd\n"])
def test_the_command_refuses_and_writes_nothing(home: Path, typed: str) -> None:
    result = CliRunner().invoke(app, ["kiosk", "pin"], input=typed)
    assert isinstance(result.exception, PinError)
    assert not settings_path().exists()


def test_without_a_file_there_is_no_pin_to_remove(home: Path) -> None:
    result = CliRunner().invoke(app, ["kiosk", "pin", "--remove"])
    assert result.exit_code == 0
    assert not settings_path().exists()


def test_who_can_read_the_hash_is_said(home: Path) -> None:
    path = home / "my.toml"
    path.write_text("# mine\n")
    path.chmod(0o644)
    command = ["kiosk", "pin", "--settings", str(path)]
    result = CliRunner().invoke(app, command, input="4711\n4711\n")
    assert "run `chmod 600` on it" in result.stderr
