"""The program about itself: versions, licences, keys, and diagnostics without a secret."""

import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QAction, QGuiApplication, QKeySequence
from PyQt6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QScrollArea
from pytestqt.qtbot import QtBot

from choreai_live import __version__
from choreai_live.configuration.sections import (
    KioskSection,
    LogSection,
    ProgramSettings,
    SourceSection,
)
from choreai_live.settings import EngineSettings
from choreai_live.ui import theme
from choreai_live.ui.help.about import AboutDialog
from choreai_live.ui.help.diagnostics import diagnostics, last_lines, secrets_of
from choreai_live.ui.help.facts import Facts, ModelFacts, collect_facts
from choreai_live.ui.help.notices import third_party_notices
from choreai_live.ui.help.shortcuts import ShortcutsDialog, keys_of
from choreai_live.ui.language.speaking import speak
from choreai_live.ui.main_window import MainWindow

OpenWindow = Callable[..., MainWindow]
FACTS = Facts((("ChoreAI Live", "1.2"),), (ModelFacts("m", "sees", "3", "MIT"),), (("cores", "2"),))
PASSWORD = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=6)


def written(tmp_path: Path, *lines: str) -> LogSection:
    (tmp_path / "window.log").write_text("\n".join(lines), encoding="utf-8")
    return LogSection(folder=tmp_path)


@hypothesis_settings(max_examples=300, deadline=None)
@given(
    user=st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    password=PASSWORD,
    encoded=st.booleans(),
    place=st.sampled_from(["login", "parameter"]),
    line=st.sampled_from(
        [
            "cannot open {url}",
            "the camera said {password} is wrong",
            "retry {url} in 3 s: 401 ({url})",
            "{encoded}",
        ]
    ),
)
def test_no_password_of_settings_or_log_gets_into_diagnostics(
    user: str, password: str, encoded: bool, place: str, line: str
) -> None:
    shown = quote(password, safe="") if encoded else password
    url = (
        f"rtsp://{user}:{shown}@camera.example/stage"
        if place == "login"
        else f"rtsp://camera.example/stage?token={quote(password, safe='')}"
    )
    settings = ProgramSettings(source=SourceSection(spec=url), kiosk=KioskSection(invitation=url))
    harmless = diagnostics(FACTS, ProgramSettings(), ["Model on CPU"], [line])
    assume(password not in harmless)
    assume(set(password) != {"*"})
    assume(password not in url.replace(shown, "").replace(quote(password, safe=""), ""))
    log = line.format(url=url, password=password, encoded=quote(password, safe=""))
    text = diagnostics(FACTS, settings, [f"Watching {url}"], [log])
    assert password not in text
    if quote(password, safe="") not in harmless:
        assert quote(password, safe="") not in text
    assert "[Settings]" in text


def test_diagnostics_say_what_helps_and_hide_what_is_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/anna")
    log = written(tmp_path, "INFO begins", "WARNING rtsp://anna:mellon7@10.0.0.7/stage is lost")
    settings = ProgramSettings(
        source=SourceSection(
            spec="rtsp://anna:mellon7@10.0.0.7/stage",
            more=("demo", "rtsp://eva:sesame8@10.0.0.8/yard", "http://10.0.0.9/?token=hazel9"),
        ),
        kiosk=KioskSection(pin_hash="$argon2id$v=19$m=65536,t=3,p=4$c2FsdA$aGFzaA"),
        log=log,
    )
    running = ["MoveNet on CPU", "/home/anna/style.onnx", "/home/annabel/style.onnx"]
    text = diagnostics(FACTS, settings, running, last_lines(settings))
    for words in ("ChoreAI Live: 1.2", "MoveNet on CPU", "cores: 2", "models.provider: auto"):
        assert words in text
    assert "m: 3; MIT" in text
    assert "is lost" in text
    assert "~/style.onnx" in text
    assert "/home/annabel/style.onnx" in text
    for secret in ("mellon7", "argon2id", "aGFzaA", "sesame8", "hazel9"):
        assert secret not in text
    assert {"mellon7", "sesame8", "hazel9"} <= secrets_of(settings)
    assert "source.spec: ***" in text
    assert "source.more: ***" in text
    assert "source.more: left out" in diagnostics(FACTS, ProgramSettings(), [], [])


def test_the_password_of_the_environment_is_masked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHOREAI_STREAM_PASSWORD", "mellon7")
    assert "mellon7" in secrets_of(ProgramSettings())
    assert "mellon7" not in diagnostics(FACTS, ProgramSettings(), [], ["said mellon7"])


def test_the_end_of_a_long_log_begins_with_a_whole_line(tmp_path: Path) -> None:
    long = "x" * 3000
    lines = [f"{number} rtsp://anna:mellon7{long}@camera/" for number in range(120)]
    settings = ProgramSettings(log=written(tmp_path, *lines))
    told = last_lines(settings, count=1000)
    assert told
    assert not any("mellon7" in line or "xxx@" in line for line in told)
    assert told[-1].startswith("119 ")
    assert len(last_lines(settings)) <= 60


def test_no_log_is_no_reason_to_stop(tmp_path: Path) -> None:
    assert last_lines(ProgramSettings(log=LogSection(folder=tmp_path / "none"))) == []


def test_facts_are_those_of_this_installation() -> None:
    facts = collect_facts()
    versions = dict(facts.versions)
    assert versions["ChoreAI Live"] == __version__
    assert versions["Python"] == sys.version.split()[0]
    assert set(versions) == {"ChoreAI Live", "Python", "Qt", "ONNX Runtime", "OpenCV", "FFmpeg"}
    assert all(value[0].isdigit() or value[0] == "n" for value in versions.values()), versions
    models = {model.name: model for model in facts.models}
    assert models["blazepose_full"].licence == "Apache-2.0"
    assert models["style"].version[0].isdigit()
    assert dict(facts.machine)["cores"]


def test_a_style_model_that_is_gone_is_told_as_such(tmp_path: Path) -> None:
    models = collect_facts(tmp_path / "gone.onnx").models
    assert "cannot be read" in {model.version for model in models}


def test_notices_are_found_in_a_checkout_and_in_a_wheel(
    tmp_path: Path, project_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = (project_root / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8")
    assert third_party_notices() == here
    information = tmp_path / "wheeled-1.0.dist-info"
    (information / "licenses").mkdir(parents=True)
    (information / "METADATA").write_text("Metadata-Version: 2.4\nName: wheeled\nVersion: 1.0\n")
    (information / "licenses" / "THIRD_PARTY_NOTICES.md").write_text("from a wheel")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert third_party_notices(tmp_path, "wheeled") == "from a wheel"
    assert third_party_notices(tmp_path, "never-installed-anywhere") == ""


def test_about_shows_all_and_copies_diagnostics(
    qtbot: QtBot, dressed: QApplication, tmp_path: Path
) -> None:
    settings = ProgramSettings(
        source=SourceSection(spec="rtsp://anna:mellon7@10.0.0.7/stage"),
        log=written(tmp_path, "INFO of the log"),
    )
    about = AboutDialog(None, settings, ["MoveNet + BlazePose on CPU"])
    qtbot.addWidget(about)
    about.show()
    assert "Apache License" in about.licences.toPlainText()
    assert not about.copy_button.isEnabled()
    qtbot.waitUntil(about.copy_button.isEnabled, timeout=30_000)
    words = {label.text() for label in about.findChildren(QLabel)}
    assert {"MoveNet + BlazePose on CPU", "blazepose_full", "Apache-2.0", "FFmpeg"} <= words
    qtbot.mouseClick(about.copy_button, Qt.MouseButton.LeftButton)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    text = clipboard.text()
    assert text == about.text
    assert "INFO of the log" in text
    assert "mellon7" not in text


def test_about_can_be_closed_before_everything_is_known(
    qtbot: QtBot, dressed: QApplication
) -> None:
    about = AboutDialog(None, ProgramSettings(), [])
    about.show()
    about.close()
    about.deleteLater()
    qtbot.wait(50)


def test_keys_are_those_of_the_actions(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("demo?seconds=1")
    extra = QAction("Do &something new…", window)
    extra.setShortcuts([QKeySequence("Ctrl+Alt+9"), QKeySequence("F9")])
    shown = keys_of(window)
    keys = {key: found for found in shown for key in found.keys}
    for action in window.findChildren(QAction):
        for sequence in action.shortcuts():
            assert sequence.toString(QKeySequence.SequenceFormat.NativeText) in keys
    assert keys["F9"].words == "Do something new"
    assert keys["F9"].group == "Also"
    assert keys["Space"].group == "View"
    assert keys["?"] is keys["F1"]
    # A key that means two things would do neither.
    everything = [key for found in shown for key in found.keys]
    assert len(everything) == len(set(everything))


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_a_key_opens_the_keys(open_window: OpenWindow, qtbot: QtBot, key: Qt.Key) -> None:
    window = open_window("demo?seconds=1")
    seen: list[QDialog] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ShortcutsDialog):
            seen.append(dialog)
            words = {label.text() for label in dialog.findChildren(QLabel)}
            assert {"Pause", "Space", "View"} <= words
        if isinstance(dialog, QDialog):
            dialog.reject()

    QTimer.singleShot(400, look)
    qtbot.keyClick(window, key)
    qtbot.waitUntil(lambda: bool(seen))
    qtbot.waitUntil(lambda: not window.findChildren(ShortcutsDialog))  # nothing is left behind


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_keys_fit_where_they_are_shown(
    qtbot: QtBot, dressed: QApplication, scale: float
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    bar = window.menuBar()
    assert bar is not None
    menu = bar.addMenu("&View")
    assert menu is not None
    for number in range(12):
        action = menu.addAction(f"A rather long name of a command {number}")
        assert action is not None
        action.setShortcut(QKeySequence(f"Ctrl+Shift+{chr(65 + number)}"))
    theme.choose(text_scale=scale)
    dialog = ShortcutsDialog(window)
    qtbot.addWidget(dialog)
    dialog.show()
    try:
        for label in dialog.findChildren(QLabel):
            assert label.width() >= label.sizeHint().width(), label.text()
    finally:
        theme.choose(text_scale=1.0)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nobody_scrolls_for_the_keys_of_the_window(
    qtbot: QtBot, dressed: QApplication, language: str
) -> None:
    speak(language)
    window = MainWindow(EngineSettings())
    qtbot.addWidget(window)
    window.resize(1280, 720)
    theme.choose(text_scale=1.5)
    dialog = ShortcutsDialog(window)
    qtbot.addWidget(dialog)
    try:
        dialog.show()
        qtbot.waitExposed(dialog)
        [area] = dialog.findChildren(QScrollArea)
        bar = area.verticalScrollBar()
        assert bar is not None
        assert bar.maximum() == 0
        assert dialog.width() <= window.width()
        assert dialog.height() <= window.height()
        shown = {label.text() for label in dialog.findChildren(QLabel) if label.isVisible()}
        for key in dialog.keys:
            assert {key.group, key.words, *key.keys} <= shown
    finally:
        theme.choose(text_scale=1.0)
        speak("en")
