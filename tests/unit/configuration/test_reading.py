"""The settings file: what it may say, and one sentence for what it may not."""

from pathlib import Path
from typing import get_args, get_type_hints

import platformdirs
import pytest

from choreai_live.configuration import ConfigurationError, ProgramSettings
from choreai_live.configuration.pin import hash_pin
from choreai_live.configuration.reading import read_settings, settings_path
from choreai_live.configuration.sections import LIMITS, SECRET, ModelsSection
from choreai_live.configuration.tables import flattened
from choreai_live.configuration.text import explained
from choreai_live.settings import EngineSettings


def write(folder: Path, text: str) -> Path:
    path = folder / "my.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_lies_in_the_users_folder_of_configurations() -> None:
    assert settings_path() == platformdirs.user_config_path("choreai-live") / "settings.toml"


def test_every_key_reaches_its_field(tmp_path: Path) -> None:
    pin_hash = hash_pin("0123")
    found = read_settings(
        write(
            tmp_path,
            f"""
            [source]
            spec = "rtsp://camera.local/hall"
            more = ["1", "stage.mp4"]
            transport = "udp"
            [models]
            pose = "alphapose:my.model"
            provider = "cuda"
            precision = "fp16"
            threads = 3
            style_model = "styles/mine.onnx"
            [window]
            fullscreen = true
            mirror = false
            theme = "light"
            text_scale = 1.5
            language = "fr"
            trails = true
            skeletons_only = false
            [kiosk]
            display = 1
            pin_hash = "{pin_hash}"
            privacy = true
            mirror = true
            most_tags = 2
            quit_keys = ""
            invitation = "Komm, tanz"
            [recording]
            enabled = true
            folder = "/srv/dances"
            video = false
            overlay = true
            split_minutes = 5
            split_megabytes = 1.5
            disk_floor_megabytes = 10
            [monitoring]
            enabled = false
            host = "0.0.0.0"
            port = 9000
            [teaching]
            folder = "taught"
            ready_made = false
            [log]
            folder = "../logs"
            level = "debug"
            megabytes = 0.5
            kept = 2
            """,
        )
    )
    defaults = {key: value for key, value, _ in flattened(ProgramSettings())}
    for key, value, _ in flattened(found):
        assert value != defaults[key], key
    assert found.engine == EngineSettings(
        pose="alphapose:my.model",
        provider="cuda",
        precision="fp16",
        threads=3,
        style_model=tmp_path / "styles/mine.onnx",
        taught_styles=tmp_path / "taught",
        ready_made_styles=False,
    )
    assert found.kiosk.pin_hash == pin_hash
    assert found.source.more == ("1", "stage.mp4"), "taken as they are written"
    assert found.recording.place == Path("/srv/dances")
    assert (found.recording.split_seconds, found.recording.split_bytes) == (300, 1_500_000)
    assert found.recording.floor_bytes == 10_000_000
    assert found.log.folder == tmp_path / "../logs"


def test_a_comment_alone_means_the_defaults(tmp_path: Path) -> None:
    found = read_settings(write(tmp_path, "# nothing yet\n"))
    assert found == ProgramSettings()
    assert found.recording.split_bytes is None
    assert found.engine == EngineSettings()


def test_what_is_shown_explains_every_key_and_reads_back(tmp_path: Path) -> None:
    text = explained(ProgramSettings())
    assert read_settings(write(tmp_path, text)) == ProgramSettings()
    lines = text.splitlines()
    for key, _, _ in flattened(ProgramSettings()):
        name = key.rpartition(".")[2]
        number = next(
            i for i, line in enumerate(lines) if line.removeprefix("# ").startswith(f"{name} = ")
        )
        assert lines[number - 1].startswith("# "), f"{key} is not explained"
    assert max(map(len, lines)) <= 100


def test_there_is_room_for_eight_beside_the_first(tmp_path: Path) -> None:
    more = tuple(map(str, range(8)))
    for spec in ('spec = "demo"\n', ""):
        found = read_settings(write(tmp_path, f"[source]\n{spec}more = {list(more)}\n"))
        assert found.source.more == more


def test_windows_line_ends_and_byte_order_marks_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_bytes(b"\xef\xbb\xbf[kiosk]\r\nmost_tags = 2\r\n")
    assert read_settings(path).kiosk.most_tags == 2


def test_limits_and_secrets_are_of_keys_that_exist() -> None:
    keys = {key for key, _, _ in flattened(ProgramSettings())}
    assert set(LIMITS) <= keys
    assert keys >= SECRET


def test_the_choices_are_those_of_the_engine() -> None:
    from choreai_live.inference import PRECISIONS, PROVIDERS

    hints = get_type_hints(ModelsSection)
    assert get_args(hints["provider"]) == ("auto", *PROVIDERS)
    assert get_args(hints["precision"]) == PRECISIONS


def test_every_pose_pipeline_is_allowed(tmp_path: Path) -> None:
    from choreai_live.pose import POSE_PIPELINES

    for name in POSE_PIPELINES:
        text = f'[models]\npose = "{name}"\n'
        assert read_settings(write(tmp_path, text)).models.pose == name


def test_nothing_secret_is_in_what_settings_look_like_in_a_log(tmp_path: Path) -> None:
    pin_hash = hash_pin("4711")
    address = '"rtsp://u:hunter2@h/"'
    text = f'[source]\nspec = {address}\nmore = [{address}]\n[kiosk]\npin_hash = "{pin_hash}"\n'
    shown = repr(read_settings(write(tmp_path, text)))
    assert "hunter2" not in shown
    assert pin_hash not in shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty."),
        (" \n\n", "is empty."),
        ("[kiosk", "is not valid TOML (Expected ']'"),
        ("a = " + "[" * 5000, "is not valid TOML"),
        ("[kiosk]\nmost_tags = 0x" + "f" * 9000, "a number too large"),
        ("[kiosk]\nmost_tags = 1\nmost_tags = 2\n", "(at line 3"),
        ("kiosk = 1", "kiosk is 1 and must be a table"),
        ("[sorce]", "there is no key sorce; did you mean source?"),
        ("[kiosk]\nmost_tag = 2", "there is no key kiosk.most_tag; did you mean most_tags?"),
        ("[kiosk]\nmost_tags = 7", "kiosk.most_tags is 7 and must be at least 1 and at most 6"),
        ("[kiosk]\nmost_tags = 2.5", "kiosk.most_tags is 2.5 and must be a whole number"),
        ("[kiosk]\ndisplay = -1", "kiosk.display is -1 and must be at least 0"),
        ("[kiosk]\ndisplay = 1.5", "kiosk.display is 1.5 and must be a whole number, or text"),
        ("[kiosk]\ndisplay = ''", "kiosk.display is empty and must be the number or the name"),
        ("[window]\nlanguage = 'de'", "window.language is \"de\" and must be one of 'system'"),
        ("[kiosk]\nprivacy = 1", "kiosk.privacy is 1 and must be true or false"),
        ("[kiosk]\nquit_keys = 'Ctrl+'", 'kiosk.quit_keys is "Ctrl+" and must be "" or keys'),
        ("[kiosk]\npin_hash = '4711'", "kiosk.pin_hash is not what `choreai-live kiosk pin`"),
        (
            "[kiosk]\npin_hash = '$argon2id$v=19$m=99999999,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g'",
            "kiosk.pin_hash is not what",
        ),
        ("[kiosk]\npin_hash = 4711", "kiosk.pin_hash must be text in quotes"),
        ("[source]\nspec = ''", "source.spec is empty"),
        ("[source]\nspec = 0", "source.spec must be text in quotes"),
        ("[source]\nmore = 'demo'", "source.more must be a list in [ ]"),
        (
            "[source]\nmore = ['demo', 1]",
            "each of the values of source.more must be text in quotes",
        ),
        ("[source]\nmore = ['demo', '']", "source.more holds an empty address; each must name a"),
        (
            "[source]\nmore = ['0', '1', '2', '3', '4', '5', '6', '7', '8']",
            "source.more holds 9 sources and may hold 8, as the window shows 9 sources at most",
        ),
        ("[source]\nmor = ['demo']", "there is no key source.mor; did you mean more?"),
        ("[source]\ntransport = 'sctp'", "must be one of 'tcp' or 'udp'"),
        ("[models]\npose = 'openpose'", 'models.pose is "openpose" and must be blazepose'),
        ("[models]\nprovider = 'gpu'", "models.provider is \"gpu\" and must be one of 'auto'"),
        ("[models]\nthreads = 0", "models.threads is 0 and must be at least 1"),
        ("[models]\nstyle_model = ''", "models.style_model must be a path, or be left out"),
        ("[window]\ntheme = 'neon'", "window.theme is \"neon\" and must be one of 'system'"),
        ("[window]\ntext_scale = 0.5", "window.text_scale is 0.5 and must be at least 0.8"),
        ("[monitoring]\nhost = ''", 'monitoring.host is "" and must be an address'),
        ("[monitoring]\nport = 70000", "monitoring.port is 70000 and must be at least 1"),
        ("[recording]\nsplit_minutes = nan", "recording.split_minutes is NaN and must be"),
        ("[recording]\nsplit_megabytes = -inf", "recording.split_megabytes is -Infinity and"),
        ("[log]\nkept = " + "9" * 400, "and must be at least 1 and at most 1000"),
        ("[log]\nlevel = 'loud'", "log.level is \"loud\" and must be one of 'debug', 'info'"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(tmp_path: Path, text: str, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        read_settings(path)
    message = str(caught.value)
    assert says in message
    assert message.startswith(str(path))
    assert "\n" not in message
    assert len(message) < 300 + len(str(path))


@pytest.mark.parametrize(
    "text",
    [
        "[source]\nspec = ['rtsp://u:hunter2@h/']",
        "[source.spec]\nurl = 'rtsp://u:hunter2@h/'",
        "[source]\nmore = 'rtsp://u:hunter2@h/'",
        "[source]\nmore = ['rtsp://u:hunter2@h/', 7]",
        "[source]\nmore = [['rtsp://u:hunter2@h/']]",
        "[source]\nmore = ['rtsp://u:hunter2@h/', '']",
        f"[source]\nmore = {['rtsp://u:hunter2@h/'] * 9}",
        "[source]\nmore = ['rtsp://u:hunter2@h/'",
        "[log]\nlevel = 'rtsp://u:hunter2@camera.example/a/long/path/that/is/cut/in/the/sentence'",
        "[log]\nlevel = 'rtsp://somebody-with-a-very-long-name:hunter2@camera.example/'",
        "[log]\n'rtsp://u:hunter2@h/' = 1",
        "'rtsp://u:hunter2@h/' = 1",
        "[source]\nspec = rtsp://u:hunter2@h/",
        "[source]\nspec = 'rtsp://u:hunter2@h/",
    ],
)
def test_no_sentence_shows_a_password(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_settings(write(tmp_path, text))
    # The errors it arose from are not printed either: the traceback would hold them.
    error: BaseException | None = caught.value
    while error is not None:
        assert "hunter2" not in str(error)
        error = None if error.__suppress_context__ else error.__cause__ or error.__context__


def test_what_is_no_text_or_too_much_of_it_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "my.toml"
    path.write_bytes(b"[kiosk]\n# caf\xe9\n")
    with pytest.raises(ConfigurationError, match="line 2 is not text in UTF-8"):
        read_settings(path)
    path.write_bytes(b"\0" * 100)
    with pytest.raises(ConfigurationError, match="not valid TOML"):
        read_settings(path)
    path.write_bytes(b"#" * 1_000_001)
    with pytest.raises(ConfigurationError, match="larger than 1 MB"):
        read_settings(path)
    with pytest.raises(ConfigurationError, match="is no file of TOML"):
        read_settings(tmp_path)
    with pytest.raises(ConfigurationError, match="No such file"):
        read_settings(tmp_path / "none.toml")
