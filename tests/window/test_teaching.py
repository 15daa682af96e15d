"""Teaching in the window: the lesson, corrections, what was taught, and how it is read out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from made_snapshots import LABELS, readout
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import QApplication, QRadioButton, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.errors import ChoreaiError
from choreai_live.messages import Frame, Pose, Snapshot, Track
from choreai_live.pipeline import load_style_model
from choreai_live.settings import EngineSettings
from choreai_live.style.model import StyleModel
from choreai_live.teaching import Library, Recorder, Take
from choreai_live.ui.dancer_tags import tag_words
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.probability_bars import ProbabilityBars
from choreai_live.ui.readout_panel import ReadoutPanel
from choreai_live.ui.several.feed import Feed
from choreai_live.ui.style_history import StyleHistory
from choreai_live.ui.style_look import StyleLooks, taught_look
from choreai_live.ui.teaching.choosing_style import StyleChooser
from choreai_live.ui.teaching.film import TakeFilm
from choreai_live.ui.teaching.lesson import Phase
from choreai_live.ui.teaching.sheet import TeachSheet
from choreai_live.ui.timeline_strip import TimelineStrip
from choreai_live.ui.worker import EngineInfo, Status, Update, WorkerState

PATIENCE = 30_000
SIZE = (640, 480)
RATE = 15.0
OpenWindow = Callable[..., MainWindow]
Show = Callable[..., QWidget]


@pytest.fixture(scope="module")
def model() -> StyleModel:
    return load_style_model(EngineSettings())


@pytest.fixture
def library(model: StyleModel, tmp_path: Path) -> Library:
    return Library(model, tmp_path / "styles", ready_made=False)


@pytest.fixture
def window(qtbot: QtBot, library: Library) -> Iterator[MainWindow]:
    """Give a window that watches nothing: what is danced is put in by hand."""
    window = MainWindow(EngineSettings())
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    give_models(window, library)
    yield window
    window.close()
    window.deleteLater()


def give_models(window: MainWindow, library: Library) -> None:
    model = library.model
    unsure = tuple(model.unsure_labels)
    engine = EngineInfo(tuple(model.labels), unsure, "MoveNet", "cpu", (), library)
    window.worker.engine_ready.emit(engine)


@pytest.fixture(scope="module")
def bodies() -> Callable[[str], list[np.ndarray]]:
    """Return what gives twelve seconds of a dance, a list of float32 (keypoints=17, 3)."""
    kept: dict[str, list[np.ndarray]] = {}

    def dance(name: str) -> list[np.ndarray]:
        if name not in kept:
            scene = DemoScene(SceneSettings(width=SIZE[0], height=SIZE[1], dance=name, seed=3))
            truths = (scene.truth(1.0 + step / RATE)[0] for step in range(round(12 * RATE)))
            kept[name] = [
                np.column_stack([truth.keypoints, np.full(17, 0.9)]).astype(np.float32)
                for truth in truths
            ]
        return kept[name]

    return dance


def dancer(body: np.ndarray, id_: int = 1, *, shift: float = 0.0, missed: int = 0) -> Track:
    points = (body[:, :2] + (shift, 0.0)).astype(np.float32)
    box = np.concatenate([points.min(axis=0), points.max(axis=0)]).astype(np.float32)
    pose = Pose(points, np.ascontiguousarray(body[:, 2]), box, 0.9)
    return Track(id_, pose, age=30, missed=missed)


def moment(time: float, *tracks: Track) -> Update:
    image = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    frame = Frame(image, time, round(time * RATE), 0.0)
    return Update(Snapshot(frame, tracks), 0, RATE)


def show_dance(feed: Feed, steps: list[np.ndarray], *, begin: float = 0.0, id_: int = 1) -> float:
    """Let a source show a dancer; return the time after."""
    for number, body in enumerate(steps):
        update = moment(begin + number / RATE, dancer(body, id_))
        feed.worker.updates.put(update)
        feed.worker.update_ready.emit()
    return begin + len(steps) / RATE


def take_of(model: StyleModel, steps: list[np.ndarray]) -> Take:
    recorder = Recorder(model)
    for number, body in enumerate(steps):
        recorder.add(dancer(body), number / RATE)
    take = recorder.take()
    assert take is not None
    return take


def begin_lesson(window: MainWindow, qtbot: QtBot, name: str) -> TeachSheet:
    """Teach by keys up to the moment when somebody is to dance."""
    qtbot.keyClick(window, Qt.Key.Key_N)
    sheet = window.teaching.sheet
    assert sheet is not None
    sheet.countdown.seconds = 1
    assert sheet.naming.name.hasFocus()
    qtbot.keyClicks(sheet.naming.name, name)
    qtbot.keyClick(sheet.naming.name, Qt.Key.Key_Return)
    assert sheet.countdown.isVisible()
    qtbot.waitUntil(lambda: sheet.lesson.phase is Phase.DANCING, timeout=PATIENCE)
    return sheet


def test_a_style_is_taught_by_keys_and_learned_without_waiting(
    window: MainWindow, library: Library, qtbot: QtBot, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    sheet = begin_lesson(window, qtbot, "azonto")
    feed = window.live.chosen
    steps = bodies("afrobeat")
    time = show_dance(feed, steps[:60])
    assert sheet.lesson.following is not None
    assert sheet.lesson.following.seconds == pytest.approx(4.0, abs=0.3)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert sheet.lesson.phase is Phase.DANCING, "four seconds are too few"
    assert not feed.actions.pause.isChecked(), "the key belongs to the lesson"
    show_dance(feed, steps[60:170], begin=time)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert sheet.lesson.phase is Phase.TAKES
    (card,) = sheet.takes.cards
    assert card.take.seconds == pytest.approx(170 / RATE, abs=0.3)
    assert card.film.isVisible()
    qtbot.keyClick(sheet.takes.done_button, Qt.Key.Key_Return)
    assert sheet.lesson.phase is Phase.LEARNING, "nobody waits for it"
    qtbot.waitUntil(lambda: sheet.lesson.phase is Phase.LEARNED, timeout=PATIENCE)
    (taught,) = library.taught
    assert (taught.name, taught.family, taught.takes) == ("azonto", None, 1)
    assert library.head is not None
    assert "keep dancing" in sheet.result.title.text()
    qtbot.keyClick(sheet.result.close_button, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert window.commands.timeline.undo.isEnabled()
    window.commands.timeline.undo.trigger()
    qtbot.waitUntil(lambda: not library.taught, timeout=PATIENCE)
    assert not window.commands.timeline.undo.isEnabled()


def test_a_move_is_of_the_family_that_was_chosen(
    window: MainWindow, qtbot: QtBot, library: Library
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N)
    sheet = window.teaching.sheet
    assert sheet is not None
    buttons = sheet.naming.findChildren(QRadioButton)
    assert len(buttons) == 1 + len(library.families)
    assert sheet.naming.family is None
    buttons[1].click()
    assert sheet.naming.family == library.families[0]
    assert not sheet.naming.start_button.isEnabled(), "it needs a name"
    sheet.naming.name.setText("gwara")
    assert sheet.naming.start_button.isEnabled()
    sheet.naming.start_button.click()
    assert (sheet.lesson.name, sheet.lesson.family) == ("gwara", library.families[0])
    qtbot.keyClick(sheet.countdown, Qt.Key.Key_Escape)
    assert sheet.naming.isVisible()
    qtbot.keyClick(sheet.naming.name, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert not window.isFullScreen()


def test_the_nearest_dancer_is_followed_and_nobody_else(
    window: MainWindow, qtbot: QtBot, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    sheet = begin_lesson(window, qtbot, "azonto")
    following = sheet.lesson.following
    assert following is not None
    feed = window.live.chosen
    assert "Step into the picture" in sheet.dancing.line
    small = [body * (0.5, 0.5, 1.0) for body in bodies("classical")]
    for number, (near, far) in enumerate(zip(bodies("hiphop"), small, strict=True)):
        feed.updated.emit(moment(number / RATE, dancer(far.astype(np.float32), 7), dancer(near, 8)))
    assert following.dancer == 8
    assert "Keep dancing" in sheet.dancing.line
    following.stop()
    assert np.allclose(sheet.takes.cards[0].take.keypoints[30], bodies("hiphop")[30], atol=8.0)


def test_who_is_lost_keeps_what_was_danced(
    window: MainWindow, qtbot: QtBot, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    sheet = begin_lesson(window, qtbot, "azonto")
    feed = window.live.chosen
    show_dance(feed, bodies("afrobeat")[:120])
    feed.updated.emit(moment(8.1, dancer(bodies("afrobeat")[0], missed=2)))
    qtbot.waitUntil(lambda: sheet.lesson.phase is Phase.TAKES, timeout=PATIENCE)
    assert "out of sight" in sheet.takes.said.text()
    assert sheet.lesson.takes[0].seconds == pytest.approx(8.0, abs=0.3)
    assert sheet.takes.done_button.isEnabled()


def test_who_only_walked_by_is_not_the_one_who_teaches(
    window: MainWindow, qtbot: QtBot, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    sheet = begin_lesson(window, qtbot, "azonto")
    following = sheet.lesson.following
    assert following is not None
    feed = window.live.chosen
    time = show_dance(feed, bodies("afrobeat")[:20], id_=3)
    assert following.dancer == 3
    qtbot.waitUntil(lambda: following.dancer is None, timeout=PATIENCE)
    assert "Step into the picture" in sheet.dancing.line
    show_dance(feed, bodies("hiphop")[:160], begin=time + 2.5, id_=4)
    assert following.dancer == 4
    following.stop()
    (card,) = sheet.takes.cards
    assert card.take.seconds == pytest.approx(160 / RATE, abs=0.3)


def test_a_gap_that_is_not_bridged_makes_two_takes_of_one(
    window: MainWindow, qtbot: QtBot, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    sheet = begin_lesson(window, qtbot, "azonto")
    feed = window.live.chosen
    time = show_dance(feed, bodies("afrobeat")[:90])
    show_dance(feed, bodies("afrobeat")[90:], begin=time + 1.0)
    assert sheet.lesson.following is not None
    sheet.lesson.following.stop()
    lengths = [card.take.seconds for card in sheet.takes.cards]
    assert lengths == pytest.approx([6.0, 6.0], abs=0.3)


def test_a_source_that_ends_ends_the_take(
    window: MainWindow, qtbot: QtBot, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    sheet = begin_lesson(window, qtbot, "azonto")
    feed = window.live.chosen
    show_dance(feed, bodies("afrobeat")[:45])
    feed.worker.status_changed.emit(Status(WorkerState.ENDED))
    assert sheet.lesson.phase is Phase.TAKES
    assert "source is gone" in sheet.takes.said.text()
    assert not sheet.takes.done_button.isEnabled(), "three seconds teach nothing"
    assert sheet.takes.cards[0].film.problem


def test_what_is_wrong_is_said_while_it_can_be_mended(
    window: MainWindow, qtbot: QtBot, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    sheet = begin_lesson(window, qtbot, "azonto")
    legless = [body.copy() for body in bodies("afrobeat")]
    for body in legless:
        body[13:, 2] = 0.05
    show_dance(window.live.chosen, legless)
    assert "step back" in sheet.dancing.line
    sheet.lesson.back()
    still = [bodies("afrobeat")[0]] * 150
    qtbot.keyClicks(sheet.naming.name, "azonto")
    qtbot.keyClick(sheet.naming.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.lesson.phase is Phase.DANCING, timeout=PATIENCE)
    show_dance(window.live.chosen, still, begin=20.0)
    assert "hardly move" in sheet.dancing.line


def test_bad_takes_are_deleted_and_more_are_added(
    window: MainWindow, qtbot: QtBot, library: Library, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    sheet = begin_lesson(window, qtbot, "azonto")
    feed = window.live.chosen
    time = show_dance(feed, bodies("afrobeat")[:160])
    sheet.stop_button.click()
    sheet.takes.more_button.click()
    qtbot.waitUntil(lambda: sheet.lesson.phase is Phase.DANCING, timeout=PATIENCE)
    show_dance(feed, bodies("classical")[:170], begin=time)
    sheet.stop_button.click()
    assert len(sheet.takes.cards) == 2
    sheet.takes.cards[0].delete_button.click()
    (card,) = sheet.takes.cards
    assert card.take.seconds == pytest.approx(170 / RATE, abs=0.3)
    qtbot.keyClick(card.delete_button, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_N)
    assert sheet.takes.isVisible(), "put aside, not thrown away"
    sheet.takes.cards[0].delete_button.click()
    assert not sheet.takes.done_button.isEnabled()
    assert not library.taught


def test_what_cannot_be_learned_is_said_and_nothing_is_lost(
    window: MainWindow, qtbot: QtBot, library: Library, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    sheet = begin_lesson(window, qtbot, "azonto")
    show_dance(window.live.chosen, bodies("afrobeat")[:160])
    sheet.stop_button.click()
    library.folder.touch()  # a file where the folder should be
    sheet.takes.done_button.click()
    qtbot.waitUntil(lambda: sheet.lesson.phase is Phase.TAKES, timeout=PATIENCE)
    assert str(library.folder) in sheet.takes.said.text()
    assert len(sheet.takes.cards) == 1
    assert not library.taught
    library.folder.unlink()
    sheet.takes.done_button.click()
    qtbot.waitUntil(lambda: sheet.lesson.phase is Phase.LEARNED, timeout=PATIENCE)
    assert [each.name for each in library.taught] == ["azonto"]


def test_a_name_that_cannot_be_taught_is_refused_before_anybody_dances(
    window: MainWindow, qtbot: QtBot, library: Library
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_N)
    sheet = window.teaching.sheet
    assert sheet is not None
    qtbot.keyClicks(sheet.naming.name, library.families[0])
    qtbot.keyClick(sheet.naming.name, Qt.Key.Key_Return)
    assert sheet.lesson.phase is Phase.NAMING
    assert library.families[0] in sheet.naming.known.text()
    assert sheet.naming.known.isVisible()
    qtbot.keyClicks(sheet.naming.name, "azonto")
    assert not sheet.naming.known.isVisible()


def test_every_part_of_the_lesson_is_reached_by_tab_and_has_a_name(
    window: MainWindow, qtbot: QtBot, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    sheet = begin_lesson(window, qtbot, "azonto")
    show_dance(window.live.chosen, bodies("afrobeat")[:160])
    sheet.stop_button.click()
    wanted = {
        sheet.takes.cards[0].delete_button,
        *(sheet.takes.cancel_button, sheet.takes.more_button, sheet.takes.done_button),
    }
    reached: set[QWidget | None] = set()
    while (focus := QApplication.focusWidget()) not in reached:
        reached.add(focus)
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert wanted <= reached
    for part in wanted:
        assert part.accessibleName() or part.text()


def test_c_corrects_by_number_and_ctrl_z_takes_it_back(
    window: MainWindow, qtbot: QtBot, library: Library, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_C)
    assert "Nobody has danced" in window.live.wall.notice.words
    show_dance(window.live.chosen, bodies("hiphop"))
    qtbot.keyClick(window, Qt.Key.Key_C)
    (chooser,) = window.findChildren(StyleChooser)
    assert chooser.labels == library.families
    assert chooser.film.take.seconds == pytest.approx(8.0, abs=0.1)
    qtbot.keyClick(chooser.list, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: bool(library.taught), timeout=PATIENCE)
    (corrected,) = library.taught
    assert corrected.name == corrected.family == library.families[2]
    notice = window.live.wall.notice
    qtbot.waitUntil(lambda: "Learned" in notice.words, timeout=PATIENCE)
    assert notice.step.isVisible()
    window.commands.timeline.undo.trigger()
    qtbot.waitUntil(lambda: not library.taught, timeout=PATIENCE)


def test_the_newest_change_is_undone_first(
    window: MainWindow, qtbot: QtBot, library: Library, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    show_dance(window.live.chosen, bodies("hiphop"))
    qtbot.keyClick(window, Qt.Key.Key_C)
    qtbot.keyClick(window.findChild(StyleChooser).list, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: window.commands.timeline.undo.isEnabled(), timeout=PATIENCE)
    window.commands.timeline.clear.trigger()
    assert window.timeline.since is not None
    window.commands.timeline.undo.trigger()
    assert window.timeline.since is None
    assert library.taught
    window.commands.timeline.undo.trigger()
    qtbot.waitUntil(lambda: not library.taught, timeout=PATIENCE)


def rows(page: QWidget) -> dict[str, QTreeWidgetItem]:
    tree = page.tree
    found, waiting = {}, [tree.topLevelItem(i) for i in range(tree.topLevelItemCount())]
    while waiting:
        item = waiting.pop()
        found[item.text(0)] = item
        waiting += [item.child(i) for i in range(item.childCount())]
    return found


def test_my_styles_are_renamed_merged_removed_and_brought_back(
    window: MainWindow,
    qtbot: QtBot,
    library: Library,
    model: StyleModel,
    bodies: Callable[[str], list[np.ndarray]],
) -> None:
    take = take_of(model, bodies("afrobeat"))
    library.teach("azonto", [take])
    library.teach("shaku", [take, take], "afrobeat")
    qtbot.keyClick(window, Qt.Key.Key_Y)
    page = window.teaching.page
    assert page is not None
    assert rows(page)["shaku"].text(2) == "2"
    assert "Afrobeat" in rows(page)["shaku"].text(1)
    page.tree.select("azonto")
    rows(page)["azonto"].setText(0, "azonto 2")
    names = ["azonto 2", "shaku"]
    qtbot.waitUntil(lambda: [each.name for each in library.taught] == names, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.teaching.calls.busy, timeout=PATIENCE)
    page.tree.select("azonto 2")
    (target,) = page.merge_menu.actions()
    target.trigger()
    qtbot.waitUntil(lambda: len(library.taught) == 1, timeout=PATIENCE)
    assert library.taught[0].takes == 3
    qtbot.waitUntil(lambda: page.undo_button.isEnabled(), timeout=PATIENCE)
    page.undo_button.click()
    qtbot.waitUntil(lambda: len(library.taught) == 2, timeout=PATIENCE)
    qtbot.waitUntil(lambda: "shaku" in rows(page), timeout=PATIENCE)
    page.tree.select("shaku")
    qtbot.waitUntil(lambda: page.remove_button.isEnabled(), timeout=PATIENCE)
    page.remove_button.click()
    qtbot.waitUntil(lambda: "shaku" not in rows(page), timeout=PATIENCE)
    page.accept()
    assert window.teaching.page is None


def test_a_name_that_is_taken_is_refused_and_the_old_one_stands(
    window: MainWindow,
    qtbot: QtBot,
    library: Library,
    model: StyleModel,
    bodies: Callable[[str], list[np.ndarray]],
) -> None:
    take = take_of(model, bodies("afrobeat"))
    library.teach("azonto", [take])
    library.teach("shaku", [take])
    window.commands.teaching.styles.trigger()
    page = window.teaching.page
    assert page is not None
    rows(page)["azonto"].setText(0, "shaku")
    qtbot.waitUntil(lambda: page.said.isVisible(), timeout=PATIENCE)
    assert "shaku" in page.said.text()
    assert {"azonto", "shaku"} <= set(rows(page))


def test_styles_are_switched_off_and_shipped_ones_muted(
    window: MainWindow,
    qtbot: QtBot,
    library: Library,
    model: StyleModel,
    bodies: Callable[[str], list[np.ndarray]],
) -> None:
    library.teach("azonto", [take_of(model, bodies("afrobeat"))])
    window.commands.teaching.styles.trigger()
    page = window.teaching.page
    assert page is not None
    rows(page)["azonto"].setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: not library.taught[0].active, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.teaching.calls.busy, timeout=PATIENCE)
    rows(page)["Classical"].setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: library.muted == {"classical"}, timeout=PATIENCE)
    qtbot.waitUntil(lambda: not window.teaching.calls.busy, timeout=PATIENCE)
    rows(page)["Classical"].setCheckState(0, Qt.CheckState.Checked)
    qtbot.waitUntil(lambda: not library.muted, timeout=PATIENCE)


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(60, 60), copy, data, left, none))
    assert window.sources.drops.hint.isVisible()
    QApplication.sendEvent(window, QDropEvent(QPointF(60, 60), copy, data, left, none))
    assert not window.sources.drops.hint.isVisible()


def test_a_pack_that_is_dropped_is_imported_and_a_broken_one_refused(
    window: MainWindow,
    qtbot: QtBot,
    library: Library,
    model: StyleModel,
    tmp_path: Path,
    bodies: Callable[[str], list[np.ndarray]],
) -> None:
    path = tmp_path / "ours.stylepack"
    library.teach("azonto", [take_of(model, bodies("afrobeat"))])
    window.commands.teaching.styles.trigger()
    page = window.teaching.page
    assert page is not None
    page.export(["azonto"], path)
    qtbot.waitUntil(path.exists, timeout=PATIENCE)
    qtbot.waitUntil(lambda: str(path) in page.said.text(), timeout=PATIENCE)
    page.accept()
    library.remove("azonto")
    drop(window, path)
    qtbot.waitUntil(lambda: bool(library.taught), timeout=PATIENCE)
    assert library.taught[0].name == "azonto"
    notice = window.live.wall.notice
    qtbot.waitUntil(lambda: "azonto" in notice.words, timeout=PATIENCE)
    broken = tmp_path / "broken.stylepack"
    broken.write_bytes(path.read_bytes()[:-40])
    drop(window, broken)
    qtbot.waitUntil(lambda: "broken.stylepack" in notice.words, timeout=PATIENCE)
    assert [each.name for each in library.taught] == ["azonto"]
    assert window.state is WorkerState.LOADING, "nothing was opened as a source"


def test_nothing_can_be_taught_before_the_models_are_there(qtbot: QtBot) -> None:
    window = MainWindow(EngineSettings())
    try:
        window.show()
        window.commands.teaching.teach.trigger()
        assert "being loaded" in window.live.wall.notice.words
        assert window.teaching.sheet is None
    finally:
        window.close()
        window.deleteLater()


def test_calls_are_made_in_order_and_errors_become_sentences(
    window: MainWindow, qtbot: QtBot
) -> None:
    calls, told = window.teaching.calls, []

    def fail() -> None:
        raise ChoreaiError("The disk is full; make room.")

    calls.ask(lambda: 1, told.append, told.append)
    calls.ask(fail, told.append, told.append)
    calls.ask(lambda: 3, told.append, told.append)
    assert calls.busy
    qtbot.waitUntil(lambda: not calls.busy, timeout=PATIENCE)
    assert told == [1, "The disk is full; make room.", 3]


def test_a_film_plays_its_take_over_and_over(
    show: Show, qtbot: QtBot, model: StyleModel, bodies: Callable[[str], list[np.ndarray]]
) -> None:
    take = take_of(model, bodies("classical"))
    short = Take(take.keypoints[:4], take.rate)
    film = TakeFilm(short, taught_look("azonto"))
    show(film, 160, 180)
    seen: set[int] = set()

    def whole() -> bool:
        seen.add(film.step)
        return seen == {0, 1, 2, 3}

    qtbot.waitUntil(whole, timeout=PATIENCE)
    drawn = film.grab().toImage()
    colours = {drawn.pixel(x, y) for x in range(0, 160, 2) for y in range(0, 180, 2)}
    assert len(colours) > 8, "somebody is to be seen"
    film.hide()
    held = film.step
    qtbot.wait(200)
    assert film.step == held


def test_a_finer_name_stands_by_its_family_everywhere(show: Show) -> None:
    looks = StyleLooks(LABELS, ["other"])
    panel = ReadoutPanel()
    panel.set_looks(looks)
    show(panel, 380, 300)
    plain = panel.grab().toImage()
    finer = replace(readout("afrobeat"), finer="gwara")
    panel.show_readout(finer, 5.0, dancer=None)
    assert panel.words.word == "Afrobeat"
    assert panel.words.finer == "gwara"
    assert "gwara" in panel.accessibleDescription()
    assert panel.grab().toImage() != plain
    assert tag_words(finer, looks.of("afrobeat")) == "Afrobeat · gwara  80%"
    panel.show_readout(readout("hiphop"), 5.0, dancer=1, others=[(2, finer)])
    assert panel.words.finer == ""
    assert panel.others[0].word == "Afrobeat · gwara, 80%"


def test_a_taught_style_has_a_look_of_its_own_and_a_bar(show: Show) -> None:
    looks = StyleLooks(LABELS, ["other"])
    look = looks.of("azonto")
    assert look.word == "Azonto"
    assert look == taught_look("azonto")
    shipped = {(looks.of(label).shape, looks.of(label).bright.name()) for label in LABELS}
    assert (look.shape, look.bright.name()) not in shipped
    bars = ProbabilityBars()
    bars.set_looks(looks)
    show(bars, 380, 300)
    bars.show_readout(readout("afrobeat"), 1.0)
    rows_before = bars.sizeHint().height()
    assert bars.taught is None
    known = replace(readout(None), taught=(("azonto", 0.71), ("shaku", 0.1)))
    bars.show_readout(known, 2.0)
    assert bars.taught == ("azonto", 0.71)
    assert bars.sizeHint().height() > rows_before
    bars.show_readout(None)
    assert bars.taught == ("azonto", 0.71), "the row stays while nobody is there"


def test_the_timeline_names_the_move_that_stood_for_most_of_a_block(show: Show) -> None:
    history = StyleHistory()
    said = [*["gwara"] * 30, *["kukere"] * 10, *[None] * 5, *["gwara"] * 5]
    for step, finer in enumerate(said):
        history.record({1: replace(readout("afrobeat"), finer=finer)}, step / 10)
    (block,) = history.since(None)[1]
    assert block.finer == "gwara"
    for step in range(50, 200):
        history.record({1: readout("afrobeat")}, step / 10)
    assert block.finer is None, "most of it was no move that is known"
    strip = TimelineStrip()
    strip.set_looks(StyleLooks(LABELS, ["other"]))
    show(strip, 900, 130)
    update = moment(0.0)
    for finer in (None, "gwara"):
        strip.start(20.0)
        for step in range(150):
            said_now = {1: replace(readout("afrobeat"), finer=finer)}
            frame = replace(update.snapshot.frame, time=step / 10)
            strip.show_snapshot(Snapshot(frame, (), said_now))
        drawn = strip.grab().toImage()
        if finer is None:
            plain = drawn
    assert drawn != plain
