"""``choreai-live kiosk install|uninstall|status`` in a home of its own."""

import http.server
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from choreai_live import __version__
from choreai_live.capture import SourceState
from choreai_live.cli import app
from choreai_live.errors import ChoreaiError
from choreai_live.installation import setup
from choreai_live.installation.setup import InstallationError, Method
from choreai_live.monitoring import Figures
from choreai_live.monitoring.server import MetricsServer

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="start at login is set up on Linux only"
)


def kiosk(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "80", "TERM": "dumb"}).invoke(app, ["kiosk", *arguments])


def install(*arguments: str) -> Result:
    return kiosk("install", "--as-root", *arguments)


@pytest.fixture
def orders(tmp_path: Path) -> Callable[[], list[str]]:
    """Put a systemctl in the place of systemd's, and return what tells its orders."""
    log = tmp_path / "orders"
    script = tmp_path / "bin" / "systemctl"
    script.write_text(
        f'#!/bin/sh\necho "$@" >> "{log}"\n'
        'if [ "$2" = is-active ]; then echo inactive; exit 3; fi\n'
    )
    script.chmod(0o755)
    return lambda: log.read_text().splitlines() if log.exists() else []


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def settings(tmp_path: Path, free_port: int) -> Path:
    """Return a settings file whose status page nobody serves yet."""
    path = tmp_path / "my settings 50%.toml"
    path.write_text(f"[monitoring]\nport = {free_port}\n")
    return path


def test_without_systemd_the_desktop_starts_it(home: Path, settings: Path) -> None:
    result = install("--display", "1", "--settings", str(settings))
    assert result.exit_code == 0, result.output
    entry = home / "autostart" / "choreai-live-kiosk.desktop"
    assert str(entry) in result.stderr
    quoted = str(settings).replace("%", "%%")
    expected = f'{sys.executable} -P -m choreai_live --kiosk --display 1 --settings "{quoted}"'
    assert f"\nExec={expected}\n" in entry.read_text()
    assert setup.installed() == [Method.AUTOSTART]


def test_a_display_may_be_named(home: Path) -> None:
    assert install("--display", "HDMI-1").exit_code == 0
    assert "--kiosk --display HDMI-1\n" in Method.AUTOSTART.file.read_text()
    assert install("--display", "64").exit_code == 2


def test_what_is_started_is_this_very_program() -> None:
    command = setup.kiosk_command(None, 2)
    ended = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    assert ended.stdout == f"choreai-live {__version__}\n"


def test_where_systemd_answers_it_starts_it(home: Path, orders: Callable[[], list[str]]) -> None:
    result = install()
    assert result.exit_code == 0, result.output
    unit = home / "systemd" / "user" / "choreai-live-kiosk.service"
    assert f"ExecStart=:{sys.executable} -P -m choreai_live --kiosk\n" in unit.read_text()
    assert orders() == [
        "--user show-environment",
        "--user show-environment",
        "--user daemon-reload",
        "--user enable choreai-live-kiosk.service",
        "--user is-active graphical-session.target",
    ]
    assert "systemctl --user start choreai-live-kiosk.service" in result.stderr
    assert "--method autostart" in result.stderr


def test_only_one_thing_starts_it(home: Path, orders: Callable[[], list[str]]) -> None:
    install("--method", "systemd")
    install("--method", "autostart")
    assert setup.installed() == [Method.AUTOSTART]
    assert "--user disable --now choreai-live-kiosk.service" in orders()
    install("--method", "systemd")
    assert setup.installed() == [Method.SYSTEMD]


def test_installing_twice_is_installing_once(home: Path) -> None:
    install("--display", "1")
    assert install().exit_code == 0
    assert "--display" not in Method.AUTOSTART.file.read_text()
    assert [path.name for path in (home / "autostart").iterdir()] == ["choreai-live-kiosk.desktop"]


def test_systemd_cannot_be_had_where_it_does_not_answer(home: Path) -> None:
    result = install("--method", "systemd")
    assert isinstance(result.exception, InstallationError)
    assert "use --method autostart" in str(result.exception)
    assert not home.exists()


def test_a_systemd_that_refuses_is_said(home: Path, tmp_path: Path) -> None:
    script = tmp_path / "bin" / "systemctl"
    script.write_text('#!/bin/sh\n[ "$2" != enable ] || { echo "Access denied" >&2; exit 1; }\n')
    script.chmod(0o755)
    result = install()
    assert isinstance(result.exception, InstallationError)
    assert "`systemctl --user enable choreai-live-kiosk.service` failed (Access denied)" in str(
        result.exception
    )


def test_root_is_asked_whether_it_is_meant(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    result = kiosk("install")
    assert type(result.exception) is ChoreaiError
    assert str(result.exception).startswith("This is root's account")
    assert not home.exists()
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert kiosk("install").exit_code == 0


@pytest.mark.parametrize("method", ["systemd", "autostart"])
def test_a_dry_run_prints_and_writes_nothing(home: Path, method: str) -> None:
    result = kiosk("install", "--dry-run", "--method", method)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"# {Method(method).file}\n")
    assert f"{sys.executable} -P -m choreai_live --kiosk" in result.stdout
    assert not home.exists()


def test_what_cannot_be_written_into_such_a_file_is_refused(home: Path) -> None:
    result = install("--settings", "two\nlines.toml")
    assert isinstance(result.exception, InstallationError)
    assert "\n" not in str(result.exception)


def test_a_folder_that_cannot_be_made_is_said(home: Path) -> None:
    home.write_text("a file where a folder should be")
    result = install()
    assert isinstance(result.exception, InstallationError)
    assert "autostart cannot be made (Not a directory)" in str(result.exception)


def test_uninstalling_leaves_nothing(home: Path, orders: Callable[[], list[str]]) -> None:
    install("--method", "systemd")
    wants = home / "systemd" / "user" / "graphical-session.target.wants"
    wants.mkdir()
    (wants / "choreai-live-kiosk.service").symlink_to(Method.SYSTEMD.file)
    result = kiosk("uninstall")
    assert result.exit_code == 0
    assert str(Method.SYSTEMD.file) in result.stderr
    assert [path for path in home.rglob("*") if not path.is_dir()] == []
    assert orders()[-2:] == [
        "--user disable --now choreai-live-kiosk.service",
        "--user daemon-reload",
    ]
    assert kiosk("uninstall").stderr == "Nothing starts the kiosk at login.\n"


# Status


@pytest.fixture
def page(free_port: int) -> Iterator[MetricsServer]:
    with MetricsServer(port=free_port) as server:
        yield server


def test_a_kiosk_that_does_not_run_is_said(settings: Path, free_port: int) -> None:
    result = kiosk("status", "--settings", str(settings))
    assert result.exit_code == 1
    assert "Nothing starts it at login." in result.stdout
    assert f"Nothing answers at http://127.0.0.1:{free_port}/: the kiosk does" in result.stdout


def test_the_figures_of_one_that_runs_are_shown(
    settings: Path, page: MetricsServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever the proxy: it is asked on this machine.
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    install()
    page.show(Figures(state=SourceState.LIVE, fps=14.5, dancers=2, danced={"afrobeat": 3.5}))
    result = kiosk("status", "--settings", str(settings))
    assert result.exit_code == 0
    assert f"Starts at login through autostart: {Method.AUTOSTART.file}" in result.stdout
    assert "frames per second: 14.5\n" in result.stdout
    assert "dancers: 2\n" in result.stdout
    assert "source state (live): 1\n" in result.stdout
    assert "(stalled)" not in result.stdout
    assert "(afrobeat): 3.5\n" in result.stdout


def test_what_systemd_says_is_shown(
    settings: Path, orders: Callable[[], list[str]], tmp_path: Path
) -> None:
    install()
    result = kiosk("status", "--settings", str(settings))
    assert result.exit_code == 1
    assert "Its unit is inactive." in result.stdout
    script = tmp_path / "bin" / "systemctl"
    script.write_text("#!/bin/sh\necho active\n")
    result = kiosk("status", "--settings", str(settings))
    assert result.exit_code == 0
    assert "Its unit is active." in result.stdout


def test_another_program_at_the_port_is_no_kiosk(settings: Path, free_port: int) -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<html>I am a printer</html>")

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", free_port), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            result = kiosk("status", "--settings", str(settings))
        finally:
            server.shutdown()
            thread.join()
    assert result.exit_code == 1
    assert f"What answers at http://127.0.0.1:{free_port}/ is no kiosk" in result.stdout


def test_a_page_that_is_switched_off_is_said(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_text("[monitoring]\nenabled = false\n")
    result = kiosk("status", "--settings", str(path))
    assert result.exit_code == 1
    assert "Its status page is switched off." in result.stdout
