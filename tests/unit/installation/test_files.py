"""Unit and desktop entry: what stands in them starts exactly what was asked for."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from choreai_live.installation.files import entry_text, unit_text

SYSTEMD_ANALYZE = shutil.which("systemd-analyze")

NASTY = [
    "plain",
    "sp ace",
    "per%cent %h %%",
    "dol$lar ${HOME} $$",
    "semi;colon ; ",
    "quo'te",
    'double"quote',
    "back\\slash\\x41\\n",
    "ü é 漢字",
    "@at :colon -dash +plus !bang",
    " leading and trailing ",
    "`tick` #hash ~tilde *star* <a> | &",
]

ARGUMENTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12)


def value_of(text: str, key: str) -> str:
    """Return the value of a key, as both formats have it: to the end of the line."""
    [line] = [line for line in text.split("\n") if line.startswith(f"{key}=")]
    return line.removeprefix(f"{key}=")


def split_by_systemd(line: str) -> list[str]:
    """Split a command line as systemd.service(5) and systemd.syntax(7) describe it."""
    assert line[0] == ":", "else $ would have to be doubled"
    words = list(re.finditer(r'"((?:[^"\\]|\\["\\])*)"(?= |$)|([^ "\'\\]+)(?= |$)', line[1:]))
    assert " ".join(word[0] for word in words) == line[1:]
    unescaped = [word[2] or re.sub(r"\\(.)", r"\1", word[1]) for word in words]
    assert not any("%" in word.replace("%%", "") for word in unescaped), "a specifier"
    return [word.replace("%%", "%") for word in unescaped]


def split_by_desktop(line: str) -> list[str]:
    """Split a command line as the Desktop Entry Specification describes Exec."""
    assert "\\" not in line.replace("\\\\", "")
    line = line.replace("\\\\", "\\")  # the escapes of all values come first
    words = list(re.finditer(r'"((?:[^"\\`$]|\\["`$\\])*)"(?= |$)|([^ "\\]+)(?= |$)', line))
    assert " ".join(word[0] for word in words) == line
    unescaped = [word[2] or re.sub(r"\\(.)", r"\1", word[1]) for word in words]
    assert not any("%" in word.replace("%%", "") for word in unescaped), "a field code"
    return [word.replace("%%", "%") for word in unescaped]


@given(ARGUMENTS, st.lists(ARGUMENTS, max_size=4))
@example("", ["", " ", ";"])
def test_what_systemd_reads_is_what_was_asked_for(program: str, arguments: list[str]) -> None:
    command = [f"/{program}", *arguments]
    found = split_by_systemd(value_of(unit_text(command), "ExecStart"))
    if found[0] == "/bin/sh":
        assert found[1:3] == ["-c", 'exec "$0" "$@"']
        found = found[3:]
    else:
        assert not set(program) & set("\"'\\")
    assert found == command


@given(ARGUMENTS, st.lists(ARGUMENTS, max_size=4))
@example("", ["", " ", "\\", "\\\\"])
def test_what_the_desktop_reads_is_what_was_asked_for(program: str, arguments: list[str]) -> None:
    command = [f"/{program}", *arguments]
    assert split_by_desktop(value_of(entry_text(command), "Exec")) == command


@pytest.mark.skipif(SYSTEMD_ANALYZE is None, reason="needs systemd-analyze")
@pytest.mark.parametrize("name", NASTY)
def test_systemd_finds_no_fault_with_the_unit(tmp_path: Path, name: str) -> None:
    assert SYSTEMD_ANALYZE is not None
    folder = tmp_path / name
    folder.mkdir()
    (folder / "python").symlink_to(sys.executable)
    unit = tmp_path / "choreai-live-kiosk.service"
    environment = {**os.environ, "PATH": os.defpath, "XDG_RUNTIME_DIR": str(tmp_path)}

    def verify(program: Path) -> subprocess.CompletedProcess[str]:
        unit.write_text(unit_text([str(program), "--kiosk", "--settings", str(folder / "a b")]))
        return subprocess.run(
            [SYSTEMD_ANALYZE or "", "verify", "--user", str(unit)],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )

    found = verify(folder / "python")
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    if not set(name) & set("\"'\\"):  # else it is a shell that systemd looks for
        assert "is not executable" in verify(folder / "gone").stderr


@pytest.mark.parametrize("name", NASTY)
def test_the_shell_that_stands_in_starts_what_was_asked_for(tmp_path: Path, name: str) -> None:
    folder = tmp_path / f"'{name}"
    folder.mkdir()
    (folder / "python").symlink_to(sys.executable)
    command = [str(folder / "python"), "-c", "import sys; print(sys.argv[1:])", *NASTY]
    read = split_by_systemd(value_of(unit_text(command), "ExecStart"))
    assert read[0] == "/bin/sh"
    ended = subprocess.run(read, capture_output=True, text=True, check=True)
    assert ended.stdout == f"{NASTY}\n"


def test_the_unit_is_watched_and_never_given_up() -> None:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(unit_text(["/usr/bin/python3", "--kiosk"]))
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"
    assert unit["Unit"]["PartOf"] == unit["Install"]["WantedBy"] == "graphical-session.target"
    service = unit["Service"]
    assert (service["Type"], service["Restart"]) == ("notify", "always")
    assert float(service["WatchdogSec"]) > 5
    assert float(service["RestartSec"]) <= 3
    # Who left with the PIN is left alone.
    assert service["RestartPreventExitStatus"] == "0"
    assert service["ExecStart"] == ":/usr/bin/python3 --kiosk"


def test_the_desktop_entry_is_one() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read_string(entry_text(["/usr/bin/python3", "--kiosk"]))
    assert entry["Desktop Entry"]["Type"] == "Application"
    assert entry["Desktop Entry"]["Exec"] == "/usr/bin/python3 --kiosk"
    assert entry["Desktop Entry"]["Name"]
