# ruff: noqa: RUF001 - French has its own apostrophe
"""The window and the kiosk in French: every word, number and date."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from clips import write_clip
from made_snapshots import LABELS, readout, snapshot, track
from PyQt6.QtCore import QCoreApplication, QLocale, QTimer, QTranslator
from PyQt6.QtGui import QAction, QImage
from PyQt6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTabWidget,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from choreai_live.capture import open_source
from choreai_live.capture.stream import StreamSource
from choreai_live.configuration import ProgramSettings
from choreai_live.errors import SourceError
from choreai_live.settings import EngineSettings
from choreai_live.style.choreography import Choreography
from choreai_live.ui import app
from choreai_live.ui.events.panel import EventPanel
from choreai_live.ui.help.about import AboutDialog
from choreai_live.ui.help.shortcuts import ShortcutsDialog
from choreai_live.ui.kiosk import app as kiosk_app
from choreai_live.ui.kiosk.attract import AttractScreen
from choreai_live.ui.kiosk.hold_ring import HoldRing
from choreai_live.ui.kiosk.live import LiveScreen
from choreai_live.ui.kiosk.signs import RecordingSign
from choreai_live.ui.kiosk.window import KioskWindow
from choreai_live.ui.kiosk.words import invitation_words, words_for
from choreai_live.ui.language import speaking
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.language.speaking import FOLDER, language_of, speak
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.picker.camera_trouble import CameraTrouble
from choreai_live.ui.picker.figures import figures_of
from choreai_live.ui.picker.glance import Glance
from choreai_live.ui.preferences.opening import Preferences
from choreai_live.ui.readout_panel import ReadoutPanel
from choreai_live.ui.several.figures import FeedFigures
from choreai_live.ui.several.foot import Foot
from choreai_live.ui.source_opening import SourceInfo
from choreai_live.ui.status_line import StatusLine
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.summary.opening import open_summary
from choreai_live.ui.worker import Status, Update, WorkerState

PATIENCE = 30_000
SMALL = "demo?width=320&height=240"
OpenWindow = Callable[..., MainWindow]
Show = Callable[..., QWidget]

#: Names, which are the same in every language.
NAMES = ("ChoreAI Live", "BlazePose", "MoveNet MultiPose", "The GNU")
#: Words that nearly every English sentence has one of, and no French one.
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|was|were|with|from|this|that|you|your|not|be|have|has|it|at|by|to|"
    r"for|in|only|open|close|choose|save|find|show|hide|again|nothing|something)\b",
    re.IGNORECASE,
)


@pytest.fixture
def french() -> Iterator[None]:
    """Speak French during a test."""
    before = QLocale()
    speak("fr")
    yield
    speak("en")
    QLocale.setDefault(before)


def messages() -> dict[tuple[str, str], str]:
    """Return context and English to French of everything the program says."""
    root = ElementTree.parse(FOLDER / "choreai_live_fr.ts").getroot()  # noqa: S314 - our own
    return {
        (context.findtext("name") or "", message.findtext("source") or ""): (
            message.findtext("translation") or ""
        )
        for context in root
        for message in context.findall("message")
    }


def texts_of(window: QWidget) -> set[str]:
    """Return all that is written in a window, or said of its parts."""
    found: set[str] = set()
    for widget in (window, *window.findChildren(QWidget)):
        found |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
        found |= {widget.windowTitle(), widget.statusTip()}
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            found.add(widget.text())
        if isinstance(widget, QLineEdit):
            found.add(widget.placeholderText())
        if isinstance(widget, QGroupBox | QMenu):
            found.add(widget.title())
        if isinstance(widget, QComboBox):
            found |= {widget.itemText(index) for index in range(widget.count())}
        if isinstance(widget, QTabWidget):
            found |= {widget.tabText(index) for index in range(widget.count())}
    for action in window.findChildren(QAction):
        found |= {action.text(), action.iconText(), action.toolTip(), action.statusTip()}
    return {text.replace("&", "") for text in found if text}


def english_in(window: QWidget, *but: str) -> list[str]:
    """Return what of the texts of a window is English, leaving out those named."""
    left = {
        english.replace("&", "")
        for (_, english), french in messages().items()
        if english != french and "{" not in english
    } - {french.replace("&", "") for french in messages().values()}
    found = []
    for text in sorted(texts_of(window) - set(but)):
        told = re.sub(r"\w+://\S*|`[^`]*`|[~/]\S*/\S*", "", text)
        for name in NAMES:
            told = told.replace(name, "")
        parts = {text, *re.split(r"\n|, |\. |: ", text)}
        if parts & left or ENGLISH.search(told):
            found.append(text)
    return found


def test_english_would_be_found(show: Show, french: None) -> None:
    box = QWidget()
    for words in ("Close", "Choisir une source", "Look again (F5)", "Rien. Pause"):
        QLabel(words, box)
    assert english_in(show(box, 200, 100)) == ["Close", "Look again (F5)"]


def test_window_is_french_from_menu_to_status(
    open_window: OpenWindow, qtbot: QtBot, french: None
) -> None:
    window = open_window(SMALL)
    qtbot.waitUntil(lambda: window.readout.words.word == "Hip-hop", timeout=PATIENCE)
    bar = window.menuBar()
    assert bar is not None
    menus = [action.text().replace("&", "") for action in bar.actions()]
    assert menus[0] == "Source"
    assert {"Affichage", "Aide"} <= set(menus)
    assert window.commands.pause.toolTip() == "Pause (Espace)"
    assert window.readout.words.caption == "Style dansé"
    assert re.fullmatch(r"\d+\u00a0%", window.readout.words.number)
    assert window.readout.words.detail.startswith("sûr")
    assert window.status_line.state.text() == "En direct"
    assert window.windowTitle() == "Danseur de démo · ChoreAI Live"
    assert re.fullmatch(r"\d+\u00a0i/s", window.status_line.fps.text())
    assert english_in(window) == []


def test_dialogs_are_french(
    open_window: OpenWindow, qtbot: QtBot, french: None, tmp_path: Path
) -> None:
    window = open_window(SMALL)
    qtbot.waitUntil(lambda: window.state is WorkerState.LIVE, timeout=PATIENCE)
    window.sources.recent.remember("rtsp://somebody:secret@camera.example/stage?token=abcdef")
    window.sources.recent.remember(str(write_clip(tmp_path / "solo.mp4", count=5)))
    picker = window.sources.ask()
    qtbot.waitUntil(lambda: picker.cameras.again.isEnabled(), timeout=PATIENCE)
    assert picker.windowTitle() == "Choisir une source"
    assert english_in(picker) == []
    picker.hide()

    keys = ShortcutsDialog(window)
    qtbot.addWidget(keys)
    assert english_in(keys) == []
    shown = {label.text() for label in keys.findChildren(QLabel)}
    assert {"Raccourcis clavier", "Plein écran", "Espace", "Échap"} <= shown

    about = AboutDialog(window, ProgramSettings(), ())
    qtbot.addWidget(about)
    qtbot.waitUntil(about.copy_button.isEnabled, timeout=PATIENCE)
    assert about.facts is not None
    names = [value for _, value in about.facts.machine]
    assert english_in(about, *names, *(model.licence for model in about.facts.models)) == []
    assert about.findChildren(QTextBrowser), "the licences themselves are in English"

    summary = open_summary(Choreography(), window.stage.looks, "", window)
    assert english_in(summary) == []
    months = [QLocale(QLocale.Language.French).monthName(month) for month in range(1, 13)]
    assert any(month in summary.poster.when for month in months)
    summary.close()


def test_settings_are_french(
    open_window: OpenWindow, qtbot: QtBot, french: None, tmp_path: Path
) -> None:
    window = open_window(SMALL)
    preferences = Preferences(window, tmp_path / "settings.toml", ("theme",))
    preferences.open()
    page = preferences.dialog
    assert page is not None
    with qtbot.waitSignal(page.loaded, timeout=PATIENCE):
        pass
    titles = [page.tabs.tabText(index) for index in range(page.tabs.count())]
    assert titles == ["Modèles", "Apparence", "Source", "Enregistrement"]
    assert "Cette fois, la ligne de commande décide (--theme)." in texts_of(page)
    assert english_in(page) == []
    page.reject()


def test_one_lost_frame_is_not_told_in_the_plural(show: Show, qtbot: QtBot, french: None) -> None:
    line = StatusLine()
    show(line, 900, 40)
    foot = Foot()
    qtbot.addWidget(foot)
    foot.show_status(Status(WorkerState.LIVE, SourceInfo("0")))
    figures = FeedFigures()
    figures.count(Update(snapshot(), 1, 30.0))
    foot.show_figures(figures)
    line.show_update(Update(snapshot(), 1, 30.0))
    assert line.dropped.text() == foot.figures[-1] == "pertes\u00a0: 1"


def test_what_is_past_is_told_as_past_in_french(show: Show, french: None) -> None:
    panel = ReadoutPanel()
    panel.set_looks(StyleLooks(LABELS, ["other"]))
    show(panel, 400, 300)
    panel.past = "il y a 11 s"
    panel.show_readout(readout("hiphop"), 3.0, dancer=None)
    assert panel.words.caption == "On dansait"
    panel.past = ""
    panel.show_readout(readout("hiphop"), 3.0, dancer=None)
    assert panel.words.caption == "Style dansé"


def test_events_and_several_sources_are_told_in_french(
    open_window: OpenWindow, qtbot: QtBot, french: None
) -> None:
    window = open_window(f"{SMALL}&dancers=2")
    window.add("rtsp://127.0.0.1:9/left")
    qtbot.waitUntil(lambda: window.state is WorkerState.FAILED, timeout=PATIENCE)
    window.commands.events.setChecked(True)
    panel = window.events.panel
    assert panel is not None
    qtbot.waitUntil(lambda: any("Modèles prêts" in words for words in told_in(panel)))
    assert any("est injoignable" in words for words in told_in(panel))
    assert [words for words in told_in(panel) if ENGLISH.search(words)] == []
    assert english_in(window) == []


def told_in(panel: EventPanel) -> list[str]:
    """Return what the log says, a line each."""
    model = panel.list.model()
    assert model is not None
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


@pytest.mark.parametrize("trouble", CameraTrouble)
def test_trouble_with_a_camera_is_told_in_french(
    open_window: OpenWindow, french: None, trouble: CameraTrouble
) -> None:
    window = open_window(None)
    window.worker.stop()
    sentence = "Camera 0 cannot be opened; close other programs that use it, or plug it in again."
    source = SourceInfo("0", "Camera 0", camera=True, trouble=trouble)
    window.stage.show_status(Status(WorkerState.FAILED, source, sentence))
    assert "Caméra 0" in window.stage.card.sentence
    assert english_in(window.stage.card) == []


def test_reconnecting_is_told_in_french(open_window: OpenWindow, french: None) -> None:
    window = open_window(None)
    window.worker.stop()
    source = SourceInfo("rtsp://cam/1", "rtsp://cam/1")
    sentence = "rtsp://cam/1 has sent no picture for 5 seconds."
    window.stage.show_status(Status(WorkerState.RECONNECTING, source, sentence))
    assert window.stage.card.heading == "Reconnexion"
    told = "rtsp://cam/1 n’envoie plus d’image depuis 5\u00a0secondes."
    assert window.stage.card.sentence == told
    assert english_in(window) == []


def test_words_are_looked_up_where_they_were_filed(
    open_window: OpenWindow, qtbot: QtBot, french: None
) -> None:
    asked: set[tuple[str, str]] = set()

    class Listener(QTranslator):
        def isEmpty(self) -> bool:  # noqa: N802 - Qt's
            return False

        def translate(self, context: str, source: str, *_: object) -> str | None:
            asked.add((context, source))
            return None

    listener = Listener()
    QCoreApplication.installTranslator(listener)
    try:
        window = open_window(SMALL)
        qtbot.waitUntil(lambda: window.readout.words.number != "", timeout=PATIENCE)
        window.sources.picker.ask()
        ShortcutsDialog(window).deleteLater()
        window.sources.picker.hide()
    finally:
        QCoreApplication.removeTranslator(listener)
    known = messages()
    sources = {source for _, source in known}
    contexts = {context for context, _ in known}
    ours = {each for each in asked if each[0] in contexts or each[1] in sources}
    qt = {each for each in ours if each[0].startswith("Q")}
    assert len(ours - qt) > 80
    assert ours - qt <= set(known)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_two_entries_of_a_menu_have_one_letter(
    open_window: OpenWindow, language: str, french: None
) -> None:
    speak(language)
    window = open_window(None)
    menus = window.findChildren((QMenu, QMenuBar))
    assert len(menus) >= 5
    for menu in menus:
        letters = [
            found[1].lower()
            for action in menu.actions()
            if (found := re.search(r"&(\w)", action.text()))
        ]
        assert len(set(letters)) == len(letters), [action.text() for action in menu.actions()]


def test_kiosk_is_french(show: Show, qtbot: QtBot, french: None) -> None:
    looks = StyleLooks(LABELS, ["other"])
    attract = AttractScreen(invitation_words(ProgramSettings().kiosk.invitation), 6)
    show(attract, 640, 360)
    assert attract.words[0] == "Entrez dans la danse"
    assert invitation_words("Come in, dance!") == "Come in, dance!"
    live = LiveScreen(privacy=False, most_tags=4)
    live.set_looks(looks)
    show(live, 640, 360)
    live.show_snapshot(snapshot(track(1, 200, 40, 160), readouts={1: readout("classical")}))
    assert live.readout.words.word == "Classique"
    assert live.readout.words.number == "80\u00a0%"
    for state in WorkerState:
        message = words_for(Status(state, retry_at=1e9), 1e9 - 3)
        assert not ENGLISH.search(f"{message.heading} {message.sentence}"), message
    for part in (live, RecordingSign(True, live), RecordingSign(False, live), HoldRing(live)):
        assert english_in(part) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("gone.mp4", None, "Il n’y a ni fichier ni dossier"),
        ("empty.mp4", b"", "est vide (0 octet)"),
        ("noise.mp4", b"\x00\x01" * 500, "n’est pas une vidéo lisible"),
        ("cut.mp4", b"\x00\x00\x00\x20ftypisom" + bytes(200), "est coupé avant la fin"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_in_french(
    french: None, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SourceError) as refused, open_source(str(path)) as source:
        source.read()
    words = spoken(str(refused.value))
    assert told in words
    assert str(path) in words
    assert words.endswith(".")


def test_a_stream_that_is_refused_is_told_in_french(french: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(SourceError) as refused:
        StreamSource(f"rtsp://127.0.0.1:{port}/stage").close()
    assert "est injoignable\u00a0: rien n’écoute là" in spoken(str(refused.value))


def test_missing_camera_is_told_in_french(french: None) -> None:
    with pytest.raises(SourceError) as refused, open_source("63") as source:
        source.read()
    assert spoken(str(refused.value)).startswith("Il n’y a pas de caméra")


def test_sentences_nobody_knows_stay_as_they_are(french: None) -> None:
    assert spoken("A thing {that} nobody foresaw.") == "A thing {that} nobody foresaw."
    both = "Camera 1 is not there; plug it in again.\nAnother."
    assert spoken(both) == "Caméra 1 n’est plus là\u00a0; rebranchez-la.\nAnother."


def test_in_english_sentences_stay_as_they_are() -> None:
    for sentence in ("Camera 1 is not there; plug it in again.", "{braces} ended."):
        assert spoken(sentence) == sentence


def test_numbers_and_dates_are_french(french: None) -> None:
    assert QLocale().toString(12.5, "f", 1) == "12,5"
    assert figures_of(Glance(QImage(), (640, 480), 9.5)).endswith("9,5\u00a0i/s")
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert [button.text().replace("&", "") for button in buttons.buttons()] == ["Annuler"]


@pytest.mark.parametrize(
    ("desktop", "language"),
    [
        ({"LANG": "fr_CH.UTF-8"}, "fr"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en_GB:fr"}, "en"),
    ],
)
def test_language_of_the_desktop_is_spoken(desktop: dict[str, str], language: str) -> None:
    bare = {key: value for key, value in os.environ.items() if not re.match(r"LANG|LC_", key)}
    script = "from choreai_live.ui.language.speaking import *; print(language_of('system'))"
    told = subprocess.run(
        [sys.executable, "-c", script],
        env={**bare, **desktop},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == language


def test_damaged_translations_leave_english_and_a_line_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, french: None
) -> None:
    monkeypatch.setattr(speaking, "FOLDER", tmp_path)
    for content in (None, b"", b"nothing that Qt wrote"):
        caplog.clear()
        if content is not None:
            (tmp_path / "choreai_live_fr.qm").write_bytes(content)
        speak("fr")
        assert QCoreApplication.translate("Notice", "Got it") == "Got it"
        assert "choreai_live_fr.qm is missing or damaged" in caplog.text


def test_translations_may_be_replaced_while_they_are_spoken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, french: None
) -> None:
    file = tmp_path / "choreai_live_fr.qm"
    file.write_bytes((FOLDER / file.name).read_bytes())
    monkeypatch.setattr(speaking, "FOLDER", tmp_path)
    speak("fr")
    with file.open("r+b") as opened:
        opened.truncate(0)
    assert QCoreApplication.translate("Notice", "Got it") == "Compris"


def test_language_that_is_named_is_spoken() -> None:
    assert [language_of(choice) for choice in ("en", "fr")] == ["en", "fr"]


def in_french(spec: str) -> ProgramSettings:
    settings = ProgramSettings()
    return replace(
        settings,
        window=replace(settings.window, language="fr"),
        source=replace(settings.source, spec=spec),
        monitoring=replace(settings.monitoring, enabled=False),
    )


def look_at(kind: type[QWidget], words: Callable[[QWidget], str]) -> list[str]:
    """Have what is about to run looked at, and ended; the list will hold the words."""
    found: list[str] = []

    def look() -> None:
        windows = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind)]
        standing = next((window for window in windows if window.isVisible()), None)
        if standing is None:
            QTimer.singleShot(100, look)
            return
        found.append(words(standing))
        os.kill(os.getpid(), signal.SIGTERM)

    QTimer.singleShot(100, look)
    return found


def test_window_speaks_what_the_settings_say(qtbot: QtBot, french: None) -> None:
    speak("en")
    found = look_at(MainWindow, lambda window: window.commands.fullscreen.text())
    assert app.run(SMALL, EngineSettings(), program=in_french(SMALL)) == 0
    assert found == ["Plein écran"]


def test_kiosk_speaks_what_the_settings_say(qtbot: QtBot, french: None) -> None:
    speak("en")
    found = look_at(KioskWindow, lambda window: window.attract.words[1])
    assert kiosk_app.run(in_french(SMALL), None, None) == 0
    assert found
    assert found[0] in ("Préparation en cours.", "Découvrez en direct quel style vous dansez.")
