"""``choreai-live settings``."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from choreai_live.cli import app
from choreai_live.configuration import ConfigurationError, ProgramSettings
from choreai_live.configuration.pin import hash_pin
from choreai_live.configuration.reading import read_settings, settings_path


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner(env={"COLUMNS": "80", "TERM": "dumb"})


def test_path_says_where_the_file_is_looked_for(runner: CliRunner) -> None:
    result = runner.invoke(app, ["settings", "path"])
    assert (result.exit_code, result.stdout) == (0, f"{settings_path()}\n")
    result = runner.invoke(app, ["settings", "path", "--settings", "mine.toml"])
    assert result.stdout == f"{Path('mine.toml').absolute()}\n"


def test_show_begins_a_file(runner: CliRunner, tmp_path: Path) -> None:
    result = runner.invoke(app, ["settings", "show"])
    assert result.exit_code == 0
    path = tmp_path / "mine.toml"
    path.write_text(result.stdout)
    assert read_settings(path) == ProgramSettings()
    assert f"# The defaults; to change them, write {settings_path()}" in result.stdout


def test_show_prints_what_is_used_without_secrets(runner: CliRunner, tmp_path: Path) -> None:
    pin_hash = hash_pin("4711")
    path = tmp_path / "mine.toml"
    path.write_text(
        '[source]\nspec = "rtsp://u:hunter2@h/"\n'
        'more = ["demo", "rtsp://v:hunter3@h/", "http://h/live?token=hunter4"]\n'
        f'[kiosk]\nmost_tags = 2\npin_hash = "{pin_hash}"\n'
    )
    result = runner.invoke(app, ["settings", "show", "--settings", str(path)])
    assert result.exit_code == 0
    assert 'spec = "rtsp://***@h/"' in result.stdout
    assert "most_tags = 2" in result.stdout
    assert 'more = ["demo", "rtsp://***@h/", "http://h/live?token=***"]' in result.stdout
    assert "hunter" not in result.output
    assert pin_hash not in result.output

    path.write_text("[kiosk]\nmost_tags = 20\n")
    result = runner.invoke(app, ["settings", "show", "--settings", str(path)])
    assert result.exit_code == 1
    assert "most_tags = 2\n" in result.stdout
    assert result.stderr.startswith("The last good settings, without passwords of the sources")


def test_check_says_whether_the_file_is_right(runner: CliRunner, tmp_path: Path) -> None:
    result = runner.invoke(app, ["settings", "check"])
    assert (result.exit_code, result.stdout) == (
        0,
        f"There is no {settings_path()}; the defaults are used.\n",
    )
    path = tmp_path / "mine.toml"
    path.write_text("[kiosk]\nmost_tags = 2\n")
    result = runner.invoke(app, ["settings", "check", "--settings", str(path)])
    assert (result.exit_code, result.stdout) == (0, f"{path} is right.\n")
    path.write_text("[kiosk]\nmost_tags = 20\n")
    result = runner.invoke(app, ["settings", "check", "--settings", str(path)])
    assert result.exit_code == 1
    assert isinstance(result.exception, ConfigurationError)
    assert str(result.exception).startswith(f"{path}: kiosk.most_tags is 20")
