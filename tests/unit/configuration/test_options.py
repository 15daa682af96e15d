"""Options of the command line win over the file, which wins over the defaults."""

from dataclasses import fields
from pathlib import Path

import pytest
import tomlkit
import typer
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from choreai_live.cli import app
from choreai_live.configuration import ProgramSettings
from choreai_live.configuration.options import PLACES, WITHOUT_OPTION, option_over, with_options
from choreai_live.configuration.reading import check_settings
from choreai_live.configuration.sections import KioskSection, RecordingSection
from choreai_live.configuration.tables import flattened
from choreai_live.settings import EngineSettings

VALUES = {
    # It may be given several times: the first is source.spec, the others are source.more.
    "source": st.lists(
        st.sampled_from(["0", "demo", "rtsp://camera.local/"]), min_size=1, max_size=9
    ),
    "transport": st.sampled_from(["tcp", "udp"]),
    "pose": st.sampled_from(["blazepose", "movenet", "alphapose:mine"]),
    "provider": st.sampled_from(["auto", "cpu", "cuda"]),
    "precision": st.sampled_from(["fp32", "fp16"]),
    "threads": st.integers(1, 64),
    "style_model": st.sampled_from(["/a.onnx", "/b.onnx"]),
    "styles_folder": st.sampled_from(["/a", "/b"]),
    "ready_made": st.booleans(),
    "fullscreen": st.booleans(),
    "mirror": st.booleans(),
    "theme": st.sampled_from(["system", "light", "dark"]),
    "text_scale": st.sampled_from([0.8, 1.0, 1.25, 2.0]),
    "language": st.sampled_from(["system", "en", "fr"]),
    "trails": st.booleans(),
    "skeletons_only": st.booleans(),
    "display": st.one_of(st.integers(0, 8), st.sampled_from(["HDMI-1", "DP-2"])),
    "most_tags": st.integers(1, 6),
    "quit_keys": st.sampled_from(["", "Ctrl+Q", "Ctrl+Alt+F12"]),
    "invitation": st.sampled_from(["Dance!", ""]),
    "record": st.booleans(),
    "recordings": st.sampled_from(["/a", "/b"]),
    "video": st.booleans(),
    "overlay": st.booleans(),
    "split_minutes": st.sampled_from([1.0, 60.0]),
    "split_megabytes": st.sampled_from([0.0, 100.0]),
    "disk_floor_megabytes": st.sampled_from([0.0, 100.0]),
    "status_page": st.booleans(),
    "status_host": st.sampled_from(["127.0.0.1", "0.0.0.0"]),  # noqa: S104 - nothing is served
    "status_port": st.integers(1, 65535),
    "log_folder": st.sampled_from(["/a", "/b"]),
    "log_level": st.sampled_from(["debug", "error"]),
    "log_megabytes": st.sampled_from([0.1, 20.0]),
    "log_kept": st.integers(1, 9),
}


def said(option: str, key: str, value: object) -> object:
    """Return what an option says of one of its keys."""
    if option == "source":
        assert isinstance(value, list)
        return tuple(value[1:]) if key == "more" else value[0]
    return value


def test_every_place_exists() -> None:
    tables = {table.name: table.type for table in fields(ProgramSettings)}
    for places in PLACES.values():
        for table, key in places:
            assert key in {field.name for field in fields(tables[table])}
    assert VALUES.keys() == PLACES.keys()


def test_every_key_has_an_option_that_really_is_there() -> None:
    keys = {key for key, _, _ in flattened(ProgramSettings())}
    placed = {f"{table}.{key}" for places in PLACES.values() for table, key in places}
    assert keys - placed == WITHOUT_OPTION.keys(), "a key without an option, and without a reason"
    assert not placed & WITHOUT_OPTION.keys()
    window = typer.main.get_command(app)
    assert PLACES.keys() <= {parameter.name for parameter in window.params}
    typed = {name for parameter in window.params for name in parameter.opts}
    for key in placed:
        assert option_over(key, PLACES.keys()) in typed
    assert option_over("window.theme", ["text_scale"]) is None
    assert option_over("source.more", ["source"]) == "--source"
    # What is no key: how to start, and what to say instead.
    others = {parameter.name for parameter in window.params} - PLACES.keys()
    assert others == {"kiosk", "settings", "verbose", "version"} | {"help"} & others


@hypothesis_settings(max_examples=100, deadline=None)
@given(
    st.fixed_dictionaries({}, optional=VALUES),
    st.fixed_dictionaries({}, optional=VALUES),
)
def test_an_option_wins_over_the_file_and_the_file_over_the_default(
    in_file: dict[str, object], given_options: dict[str, object]
) -> None:
    held: dict[str, dict[str, object]] = {}
    for option, value in in_file.items():
        for table, key in PLACES[option]:
            held.setdefault(table, {})[key] = said(option, key, value)
    text = tomlkit.dumps(held)
    settings = check_settings(tomlkit.parse(text).unwrap(), Path("/my.toml"))
    found = {key: value for key, value, _ in flattened(with_options(settings, given_options))}
    expected = {key: value for key, value, _ in flattened(ProgramSettings())}
    for source in (in_file, given_options):
        for option, value in source.items():
            for table, key in PLACES[option]:
                expected[f"{table}.{key}"] = said(option, key, value)
    assert {key: str(value) for key, value in found.items()} == {
        key: str(value) for key, value in expected.items()
    }


#: Theme and size of text of the windows that were opened.
opened_looks: list[tuple[str | None, float | None]] = []
#: The file that the settings page of each would write, and the options that were given.
opened_pages: list[tuple[object, object]] = []


#: The sources beside the first of each.
opened_beside: list[tuple[str, ...]] = []


def opened_window(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[object, ...]:
    opened: list[tuple[object, ...]] = []

    def run(
        *given: object, program: ProgramSettings, more: tuple[str, ...], **named: object
    ) -> int:
        opened_beside.append(more)
        opened_pages.append((named.pop("settings_file"), named.pop("given")))
        opened.append((*given, named))
        opened_looks.append((program.window.theme, program.window.text_scale))
        return 0

    monkeypatch.setattr("choreai_live.ui.app.run", run)  # the window itself has its own tests
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return opened[0]


def test_the_window_takes_the_file_and_options_win(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "my.toml"
    path.write_text(
        '[source]\nspec = "clip.mp4"\ntransport = "udp"\n[models]\npose = "movenet"\nthreads = 2\n'
        "[window]\nfullscreen = true\nmirror = true\n[recording]\nenabled = true\n"
    )
    assert opened_window(monkeypatch, "--settings", str(path)) == (
        "clip.mp4",
        EngineSettings(pose="movenet", threads=2),
        {
            "fullscreen": True,
            "mirror": True,
            "notices": (),
            "recording": RecordingSection(enabled=True),
            "transport": "udp",
        },
    )
    # A default that is said is said.
    assert opened_window(
        monkeypatch,
        *("--settings", str(path), "-s", "demo", "--pose", "blazepose"),
        *("--no-fullscreen", "--no-mirror", "--transport", "tcp"),
    ) == (
        "demo",
        EngineSettings(threads=2),
        {
            "fullscreen": False,
            "mirror": False,
            "notices": (),
            "recording": RecordingSection(enabled=True),
            "transport": "tcp",
        },
    )


def test_the_window_takes_several_sources_of_the_file_unless_told_others(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "my.toml"
    path.write_text('[source]\nspec = "a.mp4"\nmore = ["b.mp4", "demo"]\n')
    said = ("--settings", str(path))
    for arguments, first, beside in (
        ((), "a.mp4", ("b.mp4", "demo")),
        (("--transport", "udp"), "a.mp4", ("b.mp4", "demo")),
        (("-s", "c.mp4"), "c.mp4", ()),
        (("-s", "c.mp4", "-s", "d.mp4"), "c.mp4", ("d.mp4",)),
    ):
        source, *_ = opened_window(monkeypatch, *said, *arguments)
        assert (source, opened_beside.pop()) == (first, beside)
    path.write_text('[source]\nmore = ["b.mp4"]\n')
    source, *_ = opened_window(monkeypatch, *said)
    assert (source, opened_beside.pop()) == (None, ("b.mp4",)), "beside the first camera"


def test_the_kiosk_leaves_the_others_to_the_window_and_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notices: list[object] = []

    def run(settings: ProgramSettings, *said: object) -> int:
        assert settings.source.spec == "demo"
        notices.extend(said)
        return 0

    monkeypatch.setattr("choreai_live.ui.kiosk.app.run", run)  # the kiosk has its own tests
    path = home / "my.toml"
    path.write_text('[source]\nspec = "demo"\nmore = ["rtsp://u:hunter2@h/"]\n')
    result = CliRunner().invoke(app, ["--kiosk", "--settings", str(path)])
    assert result.exit_code == 0, result.output
    sentence = "The kiosk shows one source, that of source.spec"
    assert " ".join(result.stderr.split()).count(sentence) == 1
    log = (home / "state" / "choreai-live" / "log" / "kiosk.log").read_text()
    assert sentence in log
    assert "hunter2" not in log + result.output
    assert notices == [None, None], "nothing for those who dance"
    # Whoever names one source has not been ignored.
    result = CliRunner().invoke(app, ["--kiosk", "--settings", str(path), "-s", "demo"])
    assert result.exit_code == 0, result.output
    assert "source" not in result.stderr


def test_theme_and_size_of_text_are_left_open_or_said(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "my.toml"
    path.write_text("[window]\n")
    opened_window(monkeypatch, "--settings", str(path))
    assert opened_looks.pop() == (None, None)
    path.write_text('[window]\ntheme = "dark"\ntext_scale = 1.5\n')
    opened_window(monkeypatch, "--settings", str(path))
    assert opened_looks.pop() == ("dark", 1.5)
    arguments = ("--settings", str(path), "--theme", "light", "--text-scale", "2")
    opened_window(monkeypatch, *arguments)
    assert opened_looks.pop() == ("light", 2.0)
    file, given = opened_pages.pop()
    assert file == path
    assert set(given) == {"settings", "theme", "text_scale"}


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--theme", "neon"], "choose system, light or dark"),
        (["--text-scale", "3"], "less than or equal to 2"),
        (["--language", "de"], "choose system, en or fr"),
        (["--split-minutes", "61"], "at least 0.1 and at most 60"),
        (["--disk-floor-megabytes", "-1"], "at least 0"),
        (["--log-level", "loud"], "choose debug, info, warning or error"),
        (["--kiosk", "--display", "-1"], "a number of a display is 0 to 63"),
        (["--kiosk", "--display", " "], "name a display, or give its number"),
        (["--kiosk", "--quit-keys", "Q+Ctrl"], "keys joined by +"),
        (["--kiosk", "--status-host", ""], "give an address"),
        (["--most-tags", "2"], "add --kiosk"),
        (["--no-record"], "add --kiosk"),
    ],
)
def test_a_look_that_cannot_be_is_refused(home: Path, arguments: list[str], complaint: str) -> None:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert complaint in " ".join(result.output.split())


def test_the_window_opens_with_a_broken_file_and_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = home / "my.toml"
    path.write_text("[window]\nfulscreen = true\n")
    *_, named = opened_window(monkeypatch, "--settings", str(path))
    complaint = "there is no key window.fulscreen; did you mean fullscreen?"
    assert named == {
        "fullscreen": False,
        "mirror": None,
        "notices": (f"The default settings are used, because {path}: {complaint}",),
        "recording": RecordingSection(),
        "transport": "tcp",
    }


def test_the_kiosk_takes_the_file_and_options_win(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[ProgramSettings, str | None, str | None]] = []

    def run(settings: ProgramSettings, notice: str | None, log_notice: str | None) -> int:
        opened.append((settings, notice, log_notice))
        return 5

    monkeypatch.setattr("choreai_live.ui.kiosk.app.run", run)  # the kiosk has its own tests
    path = home / "my.toml"
    path.write_text('[source]\nspec = "0"\n[kiosk]\ndisplay = 3\nmost_tags = 2\nmirror = true\n')
    arguments = ["--kiosk", "--settings", str(path), "--display", "DP-1", "--no-mirror"]
    arguments += ["-s", "demo", "--skeletons-only", "--record", "--recordings", "/my"]
    arguments += ["--no-status-page", "--log-kept", "2"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 5, result.output
    [(settings, notice, log_notice)] = opened
    assert (notice, log_notice) == (None, None)
    assert settings.source.spec == "demo"
    assert settings.kiosk == KioskSection(display="DP-1", mirror=False, most_tags=2, privacy=True)
    assert settings.recording == RecordingSection(enabled=True, folder=Path("/my"))
    assert (settings.monitoring.enabled, settings.log.kept) == (False, 2)
    assert (home / "state" / "choreai-live" / "log" / "kiosk.log").exists()

    path.write_text("[kiosk]\nmost_tags = 2\nnonsense = 1\n")
    (home / "state" / "choreai-live" / "log" / "kiosk.log").unlink()
    (home / "state" / "choreai-live" / "log" / "kiosk.log").mkdir()
    result = CliRunner().invoke(app, ["--kiosk", "--settings", str(path)])
    _, notice, log_notice = opened[1]
    assert opened[1][0].kiosk.most_tags == 2
    assert notice is not None
    assert "there is no key kiosk.nonsense" in notice
    assert log_notice is not None
    assert "it goes to standard error" in log_notice
    for sentence in (notice, log_notice):
        assert f"{sentence}\n" in result.stderr
