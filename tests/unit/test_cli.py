"""The command line: what it says, and what it refuses."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from recordings import noisy_snapshots, record_session
from typer.testing import CliRunner

from choreai_live import __version__
from choreai_live.cli import app
from choreai_live.commands import extras
from choreai_live.configuration.reading import settings_path
from choreai_live.configuration.sections import RecordingSection
from choreai_live.errors import SourceError
from choreai_live.settings import EngineSettings

HELP = {
    "": ["--source", "--pose", "--style-model", "--fullscreen", "--no-mirror", "classify", "bench"],
    "kiosk": ["install", "uninstall", "status", "pin"],
    "kiosk install": ["--method", "--display", "--settings", "--dry-run", "--as-root"],
    "kiosk pin": ["--remove", "--settings"],
    "settings": ["show", "path", "check"],
    "classify": [
        "--json",
        "--csv",
        "--srt",
        "--poses",
        "--fps",
        "--alphapose",
        "--transport",
        "SOURCE",
    ],
    "credentials": ["set", "remove"],
    "credentials set": ["HOST", "--user", "stdin"],
    "devices": ["cameras"],
    "extract": ["--out", "--labels", "--unlabelled", "--fps", "--workers", "--ray", "VIDEO"],
    "models": ["list", "verify"],
    "bench": ["--dancers", "--seconds", "--live", "--json"],
    "train": ["--example", "CONFIG"],
    "evaluate": ["--map", "--column", "--out", "MODEL"],
    "record": ["--folder", "--no-video", "--privacy", "--split-minutes", "--seconds", "SOURCE"],
    "replay": ["--fullscreen", "--style-model", "SESSION"],
    "sessions": ["FOLDER"],
    "teach": ["NAME", "FILE", "--family", "--dancer", "--provenance", "--styles-folder"],
    "styles": ["list", "show", "remove", "rename", "merge", "mute", "on", "export", "import"],
    "styles export": ["NAME", "--out"],
    "export": ["--csv", "--srt", "--parquet", "--video", "--out", "--statement", "SESSION|RUN"],
}


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner(env={"COLUMNS": "80", "TERM": "dumb"})


def plain(text: str) -> str:
    """Return ``text`` without colours and boxes, on one line."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


@pytest.mark.parametrize("command", HELP)
def test_help_fits_a_terminal_and_names_every_option(runner: CliRunner, command: str) -> None:
    result = runner.invoke(app, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert max(map(len, result.output.splitlines())) <= 80
    for word in HELP[command]:
        assert word in result.output


def test_version(runner: CliRunner) -> None:
    result = runner.invoke(app, ["--version"])
    assert (result.exit_code, result.output) == (0, f"choreai-live {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--transport", "carrier pigeon"], "choose tcp or udp."),
        (["classify"], "Missing argument 'SOURCE'"),
        (["dance"], "No such command 'dance'"),
        (["classify", "--sideways", "x"], "No such option: --sideways"),
        (["--pose", "movenet", "classify", "x"], "put it after the command"),
        (["--source", "clip.mp4", "bench"], "put it after the command"),
        (["--kiosk", "bench"], "put it after the command"),
        (["--kiosk", "-s", "a.mp4", "-s", "b.mp4"], "the kiosk shows one source"),
        (["-s", "demo"] * 10, "9 sources at most"),
        (["--display", "1"], "only the kiosk has it; add --kiosk"),
        (["kiosk", "install", "--method", "cron"], "choose systemd or autostart"),
        (["bench", "clip.mp4", "--dancers", "2"], "leave the source out"),
        (["bench", "--dancers", "9"], "Invalid value for '--dancers'"),
        (["bench", "--seconds", "0"], "Invalid value for '--seconds'"),
        (["classify", "clip.mp4", "--fps", "25"], "add --poses, or leave it out"),
        (["classify", "x", "--alphapose-format", "cmu"], "name the file to write"),
        (["classify", "x", "--alphapose", "y", "--alphapose-format", "z"], "default, cmu, open"),
    ],
)
def test_wrong_usage_is_said_with_exit_status_2(
    runner: CliRunner, arguments: list[str], complaint: str
) -> None:
    result = runner.invoke(app, arguments)
    assert result.exit_code == 2
    assert complaint in plain(result.output)


def test_models_are_listed_and_verified(runner: CliRunner) -> None:
    listed = runner.invoke(app, ["models", "list"])
    assert listed.exit_code == 0
    verified = runner.invoke(app, ["models", "verify"])
    assert verified.exit_code == 0
    for name in ("movenet_multipose", "blazepose_full", "style"):
        assert name in listed.output
        assert f"{name}.onnx is intact" in verified.output


def test_devices_are_listed(runner: CliRunner) -> None:
    result = runner.invoke(app, ["devices"])
    assert result.exit_code == 0
    assert "amera" in result.output
    assert "CPUExecutionProvider" in result.output


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--json", "missing/result.json"], "missing/result.json cannot be written"),
        (["--csv", "folder"], "folder is a folder"),
        (["--json", "kept.json", "--srt", "clip.mp4/result.srt"], "(Not a directory)"),
        (["--json", "clip.mp4"], "one of the sources"),
        (["--json", "./one", "--csv", "one"], "asked for twice"),
        (["--srt", "./one", "--alphapose", "one"], "asked for twice"),
        (["--alphapose", "clip.mp4"], "clip.mp4 is one of the sources"),
        (["--poses", "folder/clip.json", "--alphapose", "folder"], "folder/clip.json is one of"),
    ],
)
def test_outputs_are_refused_before_the_work_and_nothing_is_lost(
    runner: CliRunner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: list[str],
    complaint: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("clip.mp4").write_text("a precious video")
    Path("kept.json").write_text("kept")
    result = runner.invoke(app, ["classify", "clip.mp4", *options])
    assert (result.exit_code, result.stdout) == (2, "")
    assert complaint in result.stderr
    assert result.stderr.count("\n") == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["clip.mp4", "folder", "kept.json"]
    assert Path("clip.mp4").read_text() == "a precious video"
    assert Path("kept.json").read_text() == "kept"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_and_what_was_printed_stays(runner: CliRunner) -> None:
    arguments = ["classify", "demo?seconds=0.2&width=160&height=120", "--json", "/dev/full"]
    result = runner.invoke(app, arguments)
    assert result.exit_code == 1
    assert "160 x 120" in result.stdout
    assert "/dev/full cannot be written (No space left on device)" in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "source", "options", "settings"),
    [
        (
            [],
            None,
            {"fullscreen": False, "mirror": None, "notices": (), "transport": "tcp"},
            EngineSettings(),
        ),
        (
            ["-s", "clip.mp4", "--fullscreen", "--no-mirror"],
            "clip.mp4",
            {"fullscreen": True, "mirror": False, "notices": (), "transport": "tcp"},
            EngineSettings(),
        ),
        (
            ["-s", "clip.mp4", "--source", "rtsp://hall/stage", "-s", "demo"],
            "clip.mp4",
            {
                "more": ("rtsp://hall/stage", "demo"),
                "fullscreen": False,
                "mirror": None,
                "notices": (),
                "transport": "tcp",
            },
            EngineSettings(),
        ),
        (
            ["--mirror", "--pose", "movenet", "--provider", "cpu", "--style-model", "my.onnx"],
            None,
            {"fullscreen": False, "mirror": True, "notices": (), "transport": "tcp"},
            EngineSettings(pose="movenet", provider="cpu", style_model=Path("my.onnx")),
        ),
    ],
)
def test_without_a_command_the_window_opens_as_asked(
    runner: CliRunner,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    source: str | None,
    options: dict[str, object],
    settings: EngineSettings,
) -> None:
    opened: list[tuple[object, ...]] = []

    def run(source: str | None, models: object, *, program: object, **named: object) -> int:
        file, given = named.pop("settings_file"), named.pop("given")
        assert file == settings_path()
        said = [argument for argument in arguments if argument.startswith("-")]
        names = (argument.removeprefix("--no-").lstrip("-").replace("-", "_") for argument in said)
        assert set(given) == {"source" if name == "s" else name for name in names}
        opened.append((source, models, named))
        return 3

    monkeypatch.setattr("choreai_live.ui.app.run", run)  # the window itself has its own tests
    result = runner.invoke(app, arguments)
    assert result.exit_code == 3
    assert opened == [(source, settings, {"more": (), **options, "recording": RecordingSection()})]


def run_without(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program where ``module`` cannot be imported."""
    code = (
        f"import sys; sys.modules['{module}'] = None; "
        "from choreai_live.__main__ import main; main()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )


def test_without_onnxruntime_help_works_and_the_rest_says_what_to_install() -> None:
    shown = run_without("onnxruntime", "--help")
    assert (shown.returncode, shown.stderr) == (0, "")
    refused = run_without("onnxruntime", "classify", "demo?seconds=1")
    assert refused.returncode == 1
    assert refused.stderr.startswith("ONNX Runtime is not installed: run `pip install ")
    assert refused.stderr.count("\n") == 1


def test_without_qt_the_window_says_so() -> None:
    refused = run_without("PyQt6", "--source", "demo")
    assert refused.returncode == 1
    assert refused.stderr.startswith("The window cannot open because Qt does not start")
    assert refused.stderr.count("\n") == 1


def test_extraction_needs_no_torch() -> None:
    refused = run_without("torch", "extract", "gone", "--out", "data")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "There is no file or folder 'gone'; check how it is written.\n"


def test_without_ray_a_cluster_cannot_be_used_and_what_to_install_is_said(tmp_path: Path) -> None:
    (tmp_path / "afro").mkdir()
    (tmp_path / "afro" / "one.mp4").write_text("not looked at")
    refused = run_without(
        "ray", "extract", str(tmp_path / "afro"), "--out", str(tmp_path / "data"), "--ray", "auto"
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("Ray is not installed: run `pip install choreai-live[ray]`")
    assert refused.stderr.count("\n") == 1


def test_replay_refuses_what_is_no_session(runner: CliRunner, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        result = runner.invoke(app, ["replay", str(path)])
        assert isinstance(result.exception, SourceError)
        assert str(path) in str(result.exception)


def test_replay_opens_the_window_on_the_session(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    session = record_session(tmp_path, noisy_snapshots(2))
    opened: list[object] = []
    monkeypatch.setattr(
        "choreai_live.ui.app.run",
        lambda source, *_, more, **__: opened.append((source, more)),
    )
    settings = tmp_path / "my.toml"
    settings.write_text('[source]\nspec = "a.mp4"\nmore = ["b.mp4"]\n')
    runner.invoke(app, ["replay", str(session), "--fullscreen", "--settings", str(settings)])
    assert opened == [(str(session), ())], "and on nothing else"


def test_parquet_without_its_extra_says_what_to_install(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    session = record_session(tmp_path, noisy_snapshots(2))
    find_spec = extras.find_spec
    monkeypatch.setattr(
        extras, "find_spec", lambda name: None if name == "pyarrow" else find_spec(name)
    )
    result = runner.invoke(app, ["export", str(session), "--parquet", str(tmp_path / "x")])
    assert str(result.exception) == (
        "Writing Parquet needs pyarrow: run `pip install 'choreai-live[parquet]'`."
    )


def test_sessions_says_where_there_are_none(runner: CliRunner, tmp_path: Path) -> None:
    result = runner.invoke(app, ["sessions", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"No session has been recorded to {tmp_path} yet." in result.stderr.replace("\n", "")
    missing = runner.invoke(app, ["sessions", str(tmp_path / "none")])
    assert "There is no folder" in str(missing.exception)
