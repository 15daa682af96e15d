"""Log files: complete, bounded, and without a password."""

import logging
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from choreai_live.configuration.sections import LogSection
from choreai_live.logs import file_log, log_folder, without_credentials

logger = logging.getLogger("choreai_live.tests")


def section(folder: Path, **changes: object) -> LogSection:
    return LogSection(folder=folder, **changes)  # type: ignore[arg-type]


def written(folder: Path) -> str:
    return "".join(path.read_text() for path in sorted(folder.glob("*.log*")))


def test_the_log_lies_in_the_users_folder_unless_another_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert log_folder(LogSection()).is_relative_to(tmp_path)
    assert log_folder(section(tmp_path / "here")) == tmp_path / "here"


def test_what_is_logged_stands_in_the_file(tmp_path: Path) -> None:
    with file_log(section(tmp_path / "new" / "logs"), "kiosk") as notice:
        logger.info("one %s", "two")
        logger.debug("not this")
        logging.getLogger("somebody.else").info("theirs")
    assert notice is None
    text = (tmp_path / "new" / "logs" / "kiosk.log").read_text()
    assert "INFO choreai_live.tests: one two" in text
    assert "INFO somebody.else: theirs" in text
    assert "not this" not in text


def test_the_level_is_that_of_the_settings(tmp_path: Path) -> None:
    with file_log(section(tmp_path, level="debug"), "a"):
        logger.debug("fine")
    with file_log(section(tmp_path, level="error"), "b"):
        logger.warning("not this")
        logger.error("bad")
    assert "fine" in (tmp_path / "a.log").read_text()
    assert "not this" not in (tmp_path / "b.log").read_text()
    assert "bad" in (tmp_path / "b.log").read_text()


def test_everything_is_as_before_in_the_end(tmp_path: Path) -> None:
    root = logging.getLogger()
    before = (
        list(root.handlers),
        root.level,
        logging.getLogger("choreai_live").level,
        sys.excepthook,
        threading.excepthook,
    )
    with file_log(section(tmp_path, level="debug"), "kiosk"):
        assert sys.excepthook is not before[3]
    after = (
        list(root.handlers),
        root.level,
        logging.getLogger("choreai_live").level,
        sys.excepthook,
        threading.excepthook,
    )
    assert after == before


def test_files_are_bounded_in_size_and_number(tmp_path: Path) -> None:
    with file_log(section(tmp_path, megabytes=0.01, kept=2), "kiosk"):
        for number in range(1000):
            logger.info("line %d %s", number, "x" * 40)
    files = sorted(path.name for path in tmp_path.glob("kiosk.log*"))
    assert files == ["kiosk.log", "kiosk.log.1", "kiosk.log.2"]
    assert all(path.stat().st_size <= 10_000 for path in tmp_path.glob("kiosk.log*"))
    assert "line 999 " in written(tmp_path)


def test_a_record_is_bounded_too(tmp_path: Path) -> None:
    with file_log(section(tmp_path), "kiosk"):
        logger.info("%s", "word " * 100_000)
        logger.info("%s", "x" * 1_000_000)  # quick: nothing looks for addresses in it
    assert (tmp_path / "kiosk.log").stat().st_size < 30_000
    assert "[1000000 characters]" in written(tmp_path)


def test_where_no_file_can_be_written_stderr_takes_the_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "taken"
    folder.write_text("a file where a folder should be")
    with file_log(section(folder), "kiosk") as notice:
        logger.info("seen at rtsp://u:hunter2@h/")
    assert notice == f"No log can be kept in {folder} (File exists): it goes to standard error."
    shown = capsys.readouterr().err
    assert "seen at rtsp://***@h/" in shown
    assert "hunter2" not in shown


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_said_once_and_the_program_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kiosk.log").symlink_to("/dev/full")
    with file_log(section(tmp_path), "kiosk"):
        for _ in range(5):
            logger.warning("lost")
    shown = capsys.readouterr().err
    assert shown.count("cannot be written") == 1
    assert "No space left on device" in shown


SECRETS = st.text(st.sampled_from("abcXYZ019!$'()*+,%:@/\"\\"), min_size=6, max_size=14).filter(
    # Such as stand in the text for other reasons, or in asterisks, prove nothing.
    lambda text: len(set(text)) > 4 and any(map(str.isalnum, text))
)


@hypothesis_settings(max_examples=60, deadline=None)
@given(SECRETS, st.text("user.%40-_", max_size=8), st.sampled_from(["rtsp", "https"]))
@example("p@ss:w/rd", "", "rtsp")
def test_no_secret_reaches_a_file_whatever_way_it_takes(
    secret: str, user: str, scheme: str
) -> None:
    login = f"{scheme}://{user}:{secret}@camera.local/hall"
    quoted = quote(secret, safe="")
    token = f"{scheme}://camera.local/hall?profile=1&token={quoted}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with file_log(section(folder, level="debug"), "kiosk"):
            for url in (login, token):
                logger.info("Opening %s", url)
                logger.info("%r", [url])
                logger.info(url)
                logger.info("two lines\n%s\n", url)
                try:
                    _fail_twice(url)
                except OSError:
                    logger.exception("It failed")
                thread = threading.Thread(target=_fail, args=(url,), name="reader")
                thread.start()
                thread.join()
                try:
                    _fail(url)
                except RuntimeError as error:
                    sys.excepthook(type(error), error, error.__traceback__)
        text = written(folder)
    assert "@camera.local" in text
    assert secret not in text
    assert repr(secret)[1:-1] not in text
    assert quoted not in text


def _fail(url: str) -> None:
    raise RuntimeError(f"Cannot open {url}")


def _fail_twice(url: str) -> None:
    try:
        _fail(url)
    except RuntimeError as error:
        raise OSError(5, "Input/output error", url) from error


@hypothesis_settings(max_examples=100, deadline=None)
@given(st.text())
def test_text_without_addresses_is_left_alone(text: str) -> None:
    if not set(text) & set(":@=/"):
        lines = text.splitlines()
        assert without_credentials(text).splitlines() == lines or not any(lines)


PROGRAM = """
import faulthandler, sys, threading
from pathlib import Path
from choreai_live.commands.starting import started
from choreai_live.errors import ChoreaiError
from choreai_live.__main__ import main

def run():
    with started(Path(sys.argv[1]), {}, log="kiosk"):
        thread = threading.Thread(target=lambda: 1 / 0, name="reader")
        thread.start()
        thread.join()
        if sys.argv[2] == "fatal":
            faulthandler._sigsegv()
        if sys.argv[2] == "sentence":
            raise ChoreaiError("There is no screen.")
        raise RuntimeError("Cannot open rtsp://u:hunter2@h/")

sys.modules["choreai_live.cli"] = type(sys)("cli")
sys.modules["choreai_live.cli"].app = run
main()
"""


def ended(folder: Path, how: str) -> subprocess.CompletedProcess[str]:
    """Run a program that ends badly, its log in `folder`."""
    settings = folder / "my.toml"
    settings.write_text("[log]\nfolder = 'logs'\n")
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(settings), how],
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_nobody_catches_stands_in_the_log_and_on_stderr(tmp_path: Path) -> None:
    program = ended(tmp_path, "raise")
    assert program.returncode == 1
    for text in ((tmp_path / "logs" / "kiosk.log").read_text(), program.stderr):
        assert "ZeroDivisionError: division by zero" in text
        assert "RuntimeError: Cannot open rtsp://***@h/" in text
        assert "hunter2" not in text
    text = (tmp_path / "logs" / "kiosk.log").read_text()
    assert "An error that nobody caught, in the thread reader:" in text


def test_a_sentence_for_the_user_stands_in_the_log_too(tmp_path: Path) -> None:
    program = ended(tmp_path, "sentence")
    assert program.returncode == 1
    assert program.stderr.endswith("\nThere is no screen.\n")
    text = (tmp_path / "logs" / "kiosk.log").read_text()
    assert "ERROR choreai_live.commands.starting: There is no screen.\n" in text


def test_where_a_process_was_brought_down_stands_beside_the_log(tmp_path: Path) -> None:
    assert ended(tmp_path, "fatal").returncode < 0
    assert "Segmentation fault" in (tmp_path / "logs" / "kiosk-fatal.log").read_text()
