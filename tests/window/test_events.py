"""The event log: what goes in, what it looks like, and what comes out, never a password."""

import csv
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest
from clips import dancer, write_clip
from made_snapshots import readout, track
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from rtsp_server import RtspServer

from choreai_live.configuration.sections import RecordingSection
from choreai_live.messages import Track
from choreai_live.settings import EngineSettings
from choreai_live.ui.events.bursts import SPAN, Burst, Bursts
from choreai_live.ui.events.dancing import Came, Danced, Dancing, Went
from choreai_live.ui.events.log import Event, EventKind, EventLog
from choreai_live.ui.events.panel import EventPanel
from choreai_live.ui.events.words import COLUMNS, events_csv, events_text
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.worker import WorkerState

PATIENCE = 30_000
OpenWindow = Callable[..., MainWindow]
Show = Callable[..., QWidget]


def words_of(log: EventLog, kind: EventKind | None = None) -> list[str]:
    return [event.words for event in log.events if kind in (None, event.kind)]


def test_only_the_newest_are_kept_and_no_secret_is(qtbot: QtBot) -> None:
    log = EventLog(most=3)
    for number in range(5):
        log.note("hall", EventKind.SOURCE, f"number {number}")
    assert words_of(log) == ["number 2", "number 3", "number 4"]
    log.note("rtsp://anna:mellon7@hall/stage", EventKind.ERROR, "rtsp://anna:mellon7@hall\nis off")
    (newest,) = [event for event in log.events if event.kind is EventKind.ERROR]
    assert newest.warning
    assert newest.words == "rtsp://***@hall is off"
    assert "mellon7" not in newest.source
    assert len(log) == 3


def test_anybody_may_note_from_any_thread(qtbot: QtBot) -> None:
    log = EventLog()
    with qtbot.waitSignal(log.added):
        Thread(target=log.note, args=("hall", EventKind.NOTICE, "from afar")).start()
    assert words_of(log) == ["from afar"]


def test_what_several_have_to_tell_is_noted_once(qtbot: QtBot) -> None:
    log = EventLog()
    for words in ("ready", "slow", "ready", "slow"):
        log.note_once("", EventKind.NOTICE, words)
    assert words_of(log) == ["ready", "slow"]


def test_a_burst_of_dropped_frames_is_told_when_it_begins_and_when_it_is_over() -> None:
    bursts = Bursts()
    told: list[Burst] = []
    dropped = 0
    for index in range(1200):  # 30 a second
        dropped += 300 <= index < 600 and index % 2  # half of them, for ten seconds
        if (burst := bursts.count(int(dropped), index, index / 30)) is not None:
            told.append(burst)
    assert [burst.begins for burst in told] == [True, False]
    assert told[0].dropped == pytest.approx(75, abs=40)
    assert told[0].came == pytest.approx(30 * SPAN, abs=2)
    assert told[1].dropped == pytest.approx(150, abs=30)
    assert bursts.count(0, 0, 50.0) is None, "another source counts anew"


def test_a_few_dropped_frames_are_no_burst() -> None:
    bursts = Bursts()
    assert not any(bursts.count(index // 50, index, index / 30) for index in range(900))


def test_who_came_and_went_is_told_once_it_stands() -> None:
    dancing = Dancing()
    one, other = track(1, 0, 0, 100), track(2, 300, 0, 100)

    def look(now: float, *tracks: Track, label: str | None = None) -> list[object]:
        readouts = {each.id: readout(label) for each in tracks}
        return list(dancing.look(tracks, readouts, now))

    assert look(0.0, one) == []
    assert look(0.5, one, other) == [], "nobody who may be gone again at once"
    assert look(1.1, one, label="hiphop") == [Came(1), Danced(1, "hiphop", None)]
    assert look(1.6, one, label="hiphop") == []
    assert look(2.0, one) == [Danced(1, None, "hiphop")]
    assert look(3.5) == [Went(1)]
    assert look(5.0, one) == [], "who comes back is new"


def made(*events: tuple[str, EventKind, str]) -> EventLog:
    log = EventLog()
    for source, kind, words in events:
        log.note(source, kind, words)
    return log


@pytest.fixture
def log() -> EventLog:
    return made(
        ("hall", EventKind.SOURCE, "Live."),
        ("yard", EventKind.SOURCE, "Live."),
        ("hall", EventKind.STYLE, "Dancer 1: Hip-hop"),
        ("hall", EventKind.ERROR, 'No, "never", it broke off'),
    )


def test_the_panel_shows_one_kind_or_what_is_looked_for(
    show: Show, qtbot: QtBot, log: EventLog
) -> None:
    panel = EventPanel(log)
    show(panel, 380, 500)
    assert [event.words for event in panel.events.shown] == words_of(log)
    panel.kinds.setCurrentIndex(panel.kinds.findData(EventKind.SOURCE))
    assert len(panel.events.shown) == 2
    panel.letters.setText("YARD")
    assert [event.source for event in panel.events.shown] == ["yard"]
    log.note("yard", EventKind.SOURCE, "Ended.")
    log.note("hall", EventKind.SOURCE, "Ended.")
    assert [event.words for event in panel.events.shown] == ["Live.", "Ended."]
    panel.letters.clear()
    panel.kinds.setCurrentIndex(0)
    assert len(panel.events.shown) == 6


def test_the_newest_stays_in_view_unless_somebody_looks_at_the_past(
    show: Show, qtbot: QtBot
) -> None:
    log = EventLog(most=40)
    panel = EventPanel(log)
    show(panel, 340, 400)
    for number in range(60):
        log.note("hall", EventKind.SOURCE, f"{number} " + "long " * (number % 30))
    bar = panel.list.verticalScrollBar()
    assert bar is not None
    qtbot.waitUntil(lambda: bar.value() == bar.maximum() > 10)
    assert len(panel.events.shown) == 40
    bar.setValue(3)
    corner = panel.list.rect().topLeft()
    top = panel.list.indexAt(corner).data()
    log.note("hall", EventKind.SOURCE, "newer")
    qtbot.wait(50)
    assert bar.value() < bar.maximum()
    assert panel.list.indexAt(corner).data() == top


def test_what_is_selected_is_copied_or_all_that_is_shown(
    show: Show, qtbot: QtBot, log: EventLog
) -> None:
    panel = EventPanel(log)
    show(panel, 380, 500)
    qtbot.mouseClick(panel.copy_button, Qt.MouseButton.LeftButton)
    clipboard = QGuiApplication.clipboard()
    assert clipboard is not None
    assert clipboard.text() == events_text(log.events)
    panel.list.setCurrentIndex(panel.events.index(2, 0))
    qtbot.keyClick(panel.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == events_text([log.events[2]])
    assert "Dancer 1: Hip-hop" in clipboard.text()


@pytest.mark.parametrize("name", ["events.csv", "events.txt"])
def test_what_is_shown_is_saved(
    show: Show, qtbot: QtBot, log: EventLog, tmp_path: Path, name: str
) -> None:
    panel = EventPanel(log)
    show(panel, 380, 500)
    with qtbot.waitSignal(panel.saving.said):
        panel.save(tmp_path / name)
    assert panel.said.isVisible()
    assert name in panel.said.text()
    text = (tmp_path / name).read_text(encoding="utf-8")
    if name.endswith(".txt"):
        assert text == events_text(log.events)
        return
    rows = list(csv.DictReader(text.splitlines()))
    assert tuple(rows[0]) == COLUMNS
    assert [row["event"] for row in rows] == words_of(log)
    assert [row["warning"] for row in rows] == ["no", "no", "no", "yes"]
    when = datetime.fromisoformat(rows[0]["time"])
    assert when.tzinfo is not None
    assert abs((when - log.events[0].when).total_seconds()) < 0.01


def test_what_cannot_be_saved_is_said(
    show: Show, qtbot: QtBot, log: EventLog, tmp_path: Path
) -> None:
    panel = EventPanel(log)
    show(panel, 380, 500)
    with qtbot.waitSignal(panel.saving.said):
        panel.save(tmp_path / "nowhere" / "events.csv")
    assert "cannot be written" in panel.said.text()


def test_events_are_read_out_whole(qtbot: QtBot) -> None:
    event = Event(datetime.now().astimezone(), "hall", EventKind.SOURCE, "Live.")
    assert events_text([event]).count("\t") == 3
    assert events_csv([event]).count("\n") == 2


def test_l_shows_what_happened_and_hides_it_again(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("demo?dancers=2")
    log = window.events.log
    qtbot.waitUntil(lambda: len(words_of(log, EventKind.DANCERS)) == 2, timeout=PATIENCE)
    qtbot.waitUntil(lambda: bool(words_of(log, EventKind.STYLE)), timeout=PATIENCE)
    assert words_of(log, EventKind.SOURCE) == ["Opening.", "Live."]
    assert {event.source for event in log.events} == {"", "Demo dancer"}
    (ready,) = words_of(log, EventKind.NOTICE)
    assert "MoveNet" in ready
    assert "CPU" in ready or "CUDA" in ready
    assert window.events.panel is None, "made when it is asked for"
    width = window.width()
    qtbot.keyClick(window, Qt.Key.Key_L)
    panel = window.events.panel
    assert panel is not None
    qtbot.waitUntil(panel.isVisible)
    assert window.width() == width
    for part in panel.findChildren(QWidget):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
            named = part.accessibleName() or getattr(part, "text", str)()
            assert named or isinstance(part.parent(), QLineEdit), type(part).__name__
    assert len(panel.events.shown) == len(log)
    reached: set[QWidget | None] = set()
    panel.kinds.setFocus()
    while (focus := QApplication.focusWidget()) not in reached:
        reached.add(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert {panel.kinds, panel.letters, panel.list, panel.copy_button} <= reached
    assert window.timeline in reached, "and out of the sheet again"
    panel.letters.setFocus()
    qtbot.keyClick(panel.letters, Qt.Key.Key_L)
    assert panel.letters.text() == "l", "a letter, not the key"
    panel.letters.clear()
    window.setFocus()
    window.commands.pause.trigger()
    qtbot.waitUntil(lambda: "Paused." in words_of(log), timeout=PATIENCE)
    window.commands.pause.trigger()
    qtbot.waitUntil(lambda: "Goes on." in words_of(log), timeout=PATIENCE)
    qtbot.keyClick(window, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: not panel.isVisible())


def test_a_stream_that_goes_and_comes_back_is_told_without_its_password(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, rtsp_server: Callable[..., RtspServer]
) -> None:
    write_clip(tmp_path / "stage.mp4", count=50, width=320, height=240, paint=dancer)
    server = rtsp_server(tmp_path, login="anna:mellon7")
    window = open_window(server.url("stage.mp4", login="anna:mellon7", endless=True))
    log = window.events.log
    qtbot.waitUntil(lambda: "Live." in words_of(log), timeout=PATIENCE)
    port = server.port
    server.stop()
    qtbot.waitUntil(lambda: window.state is WorkerState.RECONNECTING, timeout=PATIENCE)
    rtsp_server(tmp_path, port=port, login="anna:mellon7")
    qtbot.waitUntil(
        lambda: any(words.startswith("Live again after ") for words in words_of(log)),
        timeout=PATIENCE,
    )
    told = [event for event in log.events if event.words.startswith("Reconnecting: ")]
    assert told
    assert all(event.warning and "127.0.0.1" in event.source for event in told)
    text = events_csv(log.events) + events_text(log.events)
    assert "127.0.0.1" in text
    assert "mellon7" not in text


def test_a_recording_is_told_with_its_parts(qtbot: QtBot, tmp_path: Path) -> None:
    section = RecordingSection(folder=tmp_path / "sessions", video=False, split_minutes=0.02)
    window = MainWindow(EngineSettings(), recording=section, notices=["The settings are odd."])
    try:
        window.show()
        log = window.events.log
        assert words_of(log, EventKind.SETTINGS) == ["The settings are odd."]
        window.watch("demo")
        qtbot.waitUntil(lambda: window.state is WorkerState.LIVE, timeout=PATIENCE)
        window.commands.record.trigger()
        qtbot.waitUntil(
            lambda: "Recording goes on in part 2." in words_of(log, EventKind.RECORDING),
            timeout=PATIENCE,
        )
        window.commands.record.trigger()
        qtbot.waitUntil(lambda: words_of(log, EventKind.RECORDING)[-1][0].isdigit())
        told = words_of(log, EventKind.RECORDING)
        assert told[0].startswith("Recording to ")
        assert " recorded to " in told[-1]
        window.watch(str(tmp_path / "nothing.mp4"))
        qtbot.waitUntil(lambda: bool(words_of(log, EventKind.ERROR)), timeout=PATIENCE)
        assert "nothing.mp4" in words_of(log, EventKind.ERROR)[0]
    finally:
        window.close()
        window.deleteLater()
