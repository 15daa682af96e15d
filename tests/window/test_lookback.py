"""Looking back along the timeline while live goes on."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from made_snapshots import LABELS, readout, snapshot, track
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from choreai_live.messages import Frame, Snapshot
from choreai_live.ui.clock import clock
from choreai_live.ui.lookback.moments import Moment, Moments
from choreai_live.ui.lookback.reading import Reading
from choreai_live.ui.lookback.thumbnails import Thumbnails
from choreai_live.ui.lookback.words import ago_words, length_words
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.probability_bars import ProbabilityBars
from choreai_live.ui.readout_panel import ReadoutPanel
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.timeline_strip import TimelineStrip

PATIENCE = 30_000


@pytest.fixture
def reading(qtbot: QtBot) -> Iterator[Reading]:
    """Give a reading whose widgets are on the screen, after 40 s of two styles."""
    whole = QWidget()
    qtbot.addWidget(whole)
    whole.resize(1000, 640)
    column = QVBoxLayout(whole)
    strip, panel, bars = TimelineStrip(), ReadoutPanel(), ProbabilityBars()
    strip.setFixedHeight(112)
    for part in (panel, bars, strip):
        column.addWidget(part)
    reading = Reading(strip, panel, bars, whole)
    reading.set_looks(StyleLooks(LABELS, ["other"]))
    reading.start(None)
    whole.show()
    qtbot.waitExposed(whole)
    go_on(reading, 0.0, 40.0)
    yield reading
    reading.close()


def go_on(reading: Reading, start: float, end: float) -> None:
    for time in np.arange(start, end, 0.1):
        style = "hiphop" if time < 20 else "classical"
        shares = {1: readout(style, 0.6 if time < 20 else 0.9, since=0.0 if time < 20 else 20.0)}
        shot = snapshot(track(1, 250, 100, 120), readouts=shares, time=float(time))
        reading.show_snapshot(shot, 1)
        reading.thumbnails.wait()


def test_what_was_said_then_is_shown_while_live_goes_on(reading: Reading) -> None:
    with_looking: list[bool] = []
    reading.looking_changed.connect(with_looking.append)
    reading.look(10.3)
    assert reading.readout.words.word == "Hip-hop"
    assert reading.readout.words.detail == "sure, for 10 s"
    assert reading.readout.past == "30 s ago"
    assert reading.readout.words.caption == "Was dancing", "what is past is not now"
    assert reading.card.words == "30 s ago"
    assert reading.card.isVisible()
    assert reading.card.has_picture
    assert reading.bars.shares[LABELS.index("hiphop")] == pytest.approx(0.6)
    assert reading.readout.accessibleDescription().startswith("30 s ago, Was dancing, Hip-hop")
    assert "Hip-hop" in reading.strip.accessibleDescription()

    go_on(reading, 40.0, 45.0)
    assert reading.readout.words.word == "Hip-hop", "the past stays"
    assert reading.readout.words.caption == "Was dancing"
    assert reading.card.words == "35 s ago"
    assert reading.strip.history.now == pytest.approx(44.9)

    reading.back_to_live()
    assert reading.readout.words.word == "Classical"
    assert reading.readout.words.caption == "Now dancing"
    assert reading.readout.past == ""
    assert not reading.card.isVisible()
    assert with_looking == [True, False]


def test_a_click_and_a_drag_look_back_and_the_end_is_live(reading: Reading, qtbot: QtBot) -> None:
    strip, below = reading.strip, QPoint(0, 20)
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(strip, left, pos=strip.place_of(5.0) + below)
    assert reading.looking == pytest.approx(5.0, abs=0.3)
    qtbot.mousePress(strip, left, pos=strip.place_of(15.0) + below)
    qtbot.mouseMove(strip, strip.place_of(25.0) + below)
    qtbot.waitUntil(lambda: reading.looking == pytest.approx(25.0, abs=0.3))
    assert reading.readout.words.word == "Classical"
    qtbot.mouseRelease(strip, left, pos=strip.place_of(25.0) + below)
    qtbot.mouseClick(strip, left, pos=QPoint(strip.width() - 30, 40))
    assert reading.looking is None


def test_arrow_keys_look_back_and_end_comes_back(reading: Reading, qtbot: QtBot) -> None:
    strip = reading.strip
    strip.setFocus()
    now = strip.history.now
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    qtbot.keyClick(strip, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert reading.looking == pytest.approx(now - 11)
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert reading.looking == pytest.approx(now - 10)
    qtbot.keyClick(strip, Qt.Key.Key_Home)
    assert reading.looking == pytest.approx(0.0)
    for key in (Qt.Key.Key_End, Qt.Key.Key_Escape):
        reading.look(3.0)
        qtbot.keyClick(strip, key)
        assert reading.looking is None


def test_one_can_look_further_back_than_the_ribbon_shows(reading: Reading) -> None:
    go_on(reading, 40.0, 40.2)
    go_on(reading, 320.0, 322.0)
    reading.look(10.0)
    assert reading.looking == pytest.approx(10.0)
    assert reading.readout.words.word == "Hip-hop"
    assert reading.strip.place_of(10.0).x() < 100, "the ribbon went along"


def test_clearing_can_be_undone_and_hides_until_then(reading: Reading, qtbot: QtBot) -> None:
    assert reading.choreography().dances[0].changes == 1
    reading.clear()
    assert not reading.strip.history.since(reading.strip.since)
    assert reading.choreography().dances == ()
    reading.look(10.0)
    assert reading.looking == pytest.approx(reading.strip.history.now), "there is nothing before"
    reading.back_to_live()
    go_on(reading, 40.0, 44.0)
    assert set(reading.choreography().dances[0].seconds) == {"classical"}

    reading.undo_stack.undo()
    assert reading.strip.history.since(reading.strip.since)[1][0].label == "hiphop"
    seconds = reading.choreography().dances[0].seconds
    assert seconds["hiphop"] == pytest.approx(20.0)
    assert seconds["classical"] == pytest.approx(23.9), "what came in between is there too"
    assert not reading.undo_stack.canUndo()
    reading.clear()
    reading.start(None)
    assert not reading.undo_stack.canUndo(), "another source has nothing to bring back"


def test_the_end_is_still_the_end_after_looking_back(reading: Reading) -> None:
    reading.look(10.0)
    reading.conclude("In the end")
    assert reading.readout.words.caption == "Was dancing"
    reading.back_to_live()
    assert reading.readout.words.caption == "In the end"
    assert reading.readout.words.word == "Classical"


def test_other_dancers_have_a_line_each(reading: Reading) -> None:
    dancers = [track(1, 250, 100, 120), *(track(i, 60 * i, 100, 40) for i in range(2, 7))]
    shares = {1: readout("hiphop"), 2: readout("afrobeat", 0.83), 3: readout(None)}
    reading.show_snapshot(snapshot(*dancers[:3], readouts=shares, time=41.0), 1)
    lines = {line.name: line.word for line in reading.readout.others}
    assert lines == {"Dancer 2": "Afrobeat, 85%", "Dancer 3": "Not sure"}
    assert "Dancer 2: Afrobeat" in reading.readout.accessibleDescription()
    reading.show_snapshot(snapshot(*dancers, readouts=shares, time=41.2), 1)
    assert len(reading.readout.others) == 2


def test_small_pictures_are_bounded_in_number_and_bytes() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (120, 160, 3), np.uint8)

    def fill(thumbnails: Thumbnails) -> None:
        for step in range(60):
            thumbnails.offer(Snapshot(Frame(noise, step * 0.25, step, 0.0)), {})
            thumbnails.wait()

    few = Thumbnails(keep=5.0)
    fill(few)
    assert len(few) == 10, "one every half second, five seconds of them"
    assert few.at(14.6) is not None
    assert few.at(2.0) is None, "forgotten"
    small = Thumbnails(most_bytes=few.size // 2)
    fill(small)
    assert 0 < small.size <= few.size // 2
    for thumbnails in (few, small):
        thumbnails.close()
        assert len(thumbnails) == thumbnails.size == 0


def test_small_pictures_show_the_skeleton_and_none_is_kept_in_privacy() -> None:
    thumbnails = Thumbnails()
    shot = snapshot(track(1, 250, 100, 120))
    thumbnails.offer(shot, {1: QColor("#FF0000")})
    thumbnails.wait()
    picture = thumbnails.at(0.0)
    assert picture is not None
    assert (picture.width(), picture.height()) == (192, 144)
    reds = sum(
        picture.pixelColor(x, y).red() - picture.pixelColor(x, y).blue() > 60
        for x in range(picture.width())
        for y in range(picture.height())
    )
    assert reds > 50
    thumbnails.enabled = False
    assert thumbnails.at(0.0) is None
    thumbnails.offer(snapshot(track(1, 250, 100, 120), time=1.0), {})
    thumbnails.wait()
    assert len(thumbnails) == 0
    thumbnails.close()


def test_moments_are_found_by_time_and_forgotten() -> None:
    moments = Moments(keep=10.0)
    assert moments.at(0.0) is None
    for step in range(400):
        moments.record(Moment(step * 0.1, hint=str(step)))
    assert len(moments) <= 41
    found = moments.at(35.0)
    assert found is not None
    assert 34.7 <= found.time <= 35.0
    first = moments.at(0.0)
    assert first is not None
    assert first.time >= 27.0
    moments.record(Moment(0.0))
    assert len(moments) == 1, "the clock of another source"


def test_times_in_words() -> None:
    assert ago_words(12.2) == "12 s ago"
    assert length_words(72) == "1 min 12 s"
    assert length_words(3720) == "1 h 2 min"
    assert (clock(72.9), clock(3723)) == ("1:12", "1:02:03")


def test_in_the_window_left_looks_back_and_escape_comes_back(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window("demo")
    qtbot.waitUntil(lambda: window.timeline.history.now > 2.5, timeout=PATIENCE)
    window.timeline.setFocus()
    qtbot.keyClick(window.timeline, Qt.Key.Key_Left)
    assert window.reading.looking is not None
    assert window.commands.timeline.back_to_live.isEnabled()
    assert window.readout.words.caption == "Was dancing"
    then = window.readout.past
    qtbot.waitUntil(lambda: window.readout.past != then, timeout=PATIENCE)
    qtbot.keyClick(window.timeline, Qt.Key.Key_Escape)
    assert window.reading.looking is None
    assert window.readout.words.caption == "Now dancing"
    window.commands.timeline.clear.trigger()
    assert window.commands.timeline.undo.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.timeline.since is None
    assert not window.commands.timeline.undo.isEnabled()
