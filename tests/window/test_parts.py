"""The parts of the window, each by itself."""

from collections.abc import Callable

import numpy as np
import pytest
from made_snapshots import LABELS, readout, snapshot, track
from PyQt6.QtCore import QPointF, QRectF
from PyQt6.QtGui import QAction, QColor
from PyQt6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shown_pixels import pixels, share_of

from choreai_live.errors import ChoreaiError
from choreai_live.frame_rate import FrameRate
from choreai_live.messages import Frame, Snapshot
from choreai_live.ui import app
from choreai_live.ui.message_card import MessageCard
from choreai_live.ui.probability_bars import ProbabilityBars
from choreai_live.ui.prominence import Prominence
from choreai_live.ui.readout_hint import readout_hint
from choreai_live.ui.readout_panel import ReadoutPanel
from choreai_live.ui.source_opening import SourceInfo
from choreai_live.ui.style_history import StyleHistory
from choreai_live.ui.style_look import Shape, StyleLooks
from choreai_live.ui.timeline_strip import TimelineStrip
from choreai_live.ui.video_view import VideoView
from choreai_live.ui.worker import Update, UpdateSlot

LOOKS = StyleLooks(LABELS, ["other"])


@pytest.fixture
def video(show: Callable[..., QWidget]) -> VideoView:
    view = VideoView()
    view.set_looks(LOOKS)
    show(view, 800, 500)
    return view


def test_picture_keeps_its_aspect_and_centres(video: VideoView) -> None:
    video.show_snapshot(snapshot(), None)
    area = video.picture_rect()
    assert area.width() / area.height() == pytest.approx(640 / 480)
    assert area.center().x() == pytest.approx(400)
    assert area.height() == pytest.approx(500)
    assert video.place(320, 240) == QPointF(400, 250)


def test_mirroring_flips_the_picture_and_not_the_words(video: VideoView) -> None:
    dancer = track(1, 270, 150, 100)
    shot = snapshot(dancer, readouts={1: readout("hiphop")})
    flat = Snapshot(
        Frame(np.full((480, 640, 3), 60, np.uint8), 0.0, 0, 0.0), shot.tracks, shot.readouts
    )
    video.show_snapshot(shot, 1)
    left, right = video.place(100, 450), video.place(540, 450)
    plain = pixels(video)
    video.mirrored = True
    flipped = pixels(video)
    assert plain[int(left.y()), int(left.x())].mean() > plain[int(right.y()), int(right.x())].mean()
    assert (flipped[int(left.y()), int(left.x())] == plain[int(right.y()), int(right.x())]).all()
    assert video.place(100, 450) == QPointF(right.x(), right.y())

    # The dancer stands in the middle, so the tag stays where it is, unchanged.
    video.show_snapshot(flat, 1)
    mirrored_tag = pixels(video)[90:150, 300:500]
    video.mirrored = False
    plain_tag = pixels(video)[90:150, 300:500]
    assert share_of(LOOKS.of("hiphop").colour, plain_tag) > 0.005, "the tag is there"
    assert (plain_tag == mirrored_tag).all()


def test_dancer_out_of_sight_fades(video: VideoView) -> None:
    colour = LOOKS.of("afrobeat").colour
    shown = []
    for missed in (0, 6, 40):
        dancer = track(1, 250, 150, 120, missed=missed)
        video.show_snapshot(snapshot(dancer, readouts={1: readout("afrobeat")}), 1)
        shown.append(share_of(colour, pixels(video)))
    assert shown[0] > 0.003
    assert shown[1] < shown[0] / 2
    assert shown[2] == 0.0


def test_picture_of_any_stride_is_shown_right(video: VideoView) -> None:
    whole = np.zeros((120, 323, 3), np.uint8)
    whole[:, :, 2] = 200  # red
    for image in (whole, whole[:, 1:-1], whole[::-1, ::2]):
        video.show_snapshot(Snapshot(Frame(image, 0.0, 0, 0.0)), None)
        assert tuple(pixels(video)[250, 400]) == (200, 0, 0)


@pytest.mark.parametrize(
    ("label", "word", "number"),
    [("hiphop", "Hip-hop", "80%"), ("afrobeat", "Afrobeat", "80%"), (None, "Not sure", "")],
)
def test_readout_says_style_and_confidence(
    show: Callable[..., QWidget], label: str | None, word: str, number: str
) -> None:
    panel = ReadoutPanel()
    panel.set_looks(LOOKS)
    show(panel, 380, 260)
    panel.show_readout(readout(label, since=3.0), 75.5, dancer=None)
    assert (panel.words.word, panel.words.number) == (word, number)
    assert word in panel.accessibleDescription()
    look = LOOKS.of(label)
    assert share_of(look.colour, pixels(panel)) > 0.002
    if label:
        assert panel.words.detail == "sure, for 1 min 12 s"
    else:
        assert panel.words.detail == "Leaning towards Classical."


def test_longest_word_fits_the_panel(show: Callable[..., QWidget]) -> None:
    panel = ReadoutPanel()
    panel.set_looks(StyleLooks(["contemporary_ballroom_fusion"]))
    show(panel, 380, 260)
    panel.show_readout(readout("contemporary_ballroom_fusion" and "afrobeat"), 0.0, dancer=None)
    panel.set_looks(StyleLooks(["contemporary_ballroom_fusion", "b", "c", "d"]))
    shown = readout("afrobeat")
    long = type(shown)(shown.probabilities, "contemporary_ballroom_fusion", 0.8, 0.0)
    panel.show_readout(long, 0.0, dancer=None)
    right_edge = pixels(panel)[:, -12:]
    assert (right_edge == right_edge[0, 0]).all(), "nothing is cut off at the right"


def test_bars_are_as_long_as_the_probabilities(show: Callable[..., QWidget]) -> None:
    bars = ProbabilityBars()
    bars.set_looks(LOOKS)
    show(bars, 380, 224)
    bars.show_readout(readout("hiphop", 0.9))
    much = share_of(LOOKS.of("hiphop").colour, pixels(bars))
    bars.show_readout(readout("hiphop", 0.45))
    assert share_of(LOOKS.of("hiphop").colour, pixels(bars)) < 0.75 * much
    bars.show_readout(None)
    assert bars.shares == ()


def test_strip_shows_who_danced_what_when(show: Callable[..., QWidget]) -> None:
    strip = TimelineStrip()
    strip.set_looks(LOOKS)
    show(strip, 1000, 86)
    strip.start(100.0)
    for time in np.arange(0.0, 100.0, 0.5):
        style = "afrobeat" if time < 25 else "classical" if time < 75 else None
        strip.show_snapshot(snapshot(readouts={1: readout(style)}, time=float(time)))
    strip.repaint()
    picture = pixels(strip)
    scale = picture.shape[1] / 1000

    def dominated(start: float, end: float, label: str) -> bool:
        x = [int((20 + 960 * time / 100 + side) * scale) for time, side in ((start, 4), (end, -4))]
        colour = LOOKS.of(label).colour
        strip_colour = QColor(colour)
        return share_of(strip_colour, picture[:, x[0] : x[1]], tolerance=40) > 0.3

    assert dominated(0, 25, "afrobeat")
    assert dominated(25, 75, "classical")
    assert not dominated(75, 100, "classical")
    assert not dominated(0, 25, "classical")


def test_history_joins_equal_labels_leaves_gaps_and_forgets() -> None:
    history = StyleHistory(keep=10.0)
    for time in (0.0, 0.5, 1.0):
        history.record({1: readout("hiphop")}, time)
    history.record({1: readout(None)}, 1.5)
    history.record({1: readout(None), 2: readout("classical")}, 2.0)
    history.record({1: readout(None)}, 6.0)
    assert [(s.start, s.end, s.label) for s in history.dancers[1]] == [
        (0.0, 1.5, "hiphop"),
        (1.5, 2.0, None),
        (6.0, 6.0, None),
    ]
    history.record({}, 15.0)
    assert [(s.start, s.end) for s in history.dancers[1]] == [(6.0, 6.0)]
    assert 2 not in history.dancers


def test_readout_stays_with_a_dancer_until_another_is_clearly_more_prominent() -> None:
    prominence = Prominence()

    def choose(time: float, small: float, large: float) -> int | None:
        tracks = [track(1, 100, 50, small), track(2, 380, 50, large)]
        return prominence.choose(tracks, 640, 480, time)

    assert choose(0.0, 140, 100) == 1
    assert choose(1.0, 120, 128) == 1, "hardly larger"
    assert choose(2.0, 80, 150) == 1, "clearly larger, but only just now"
    assert choose(2.5, 120, 120) == 1
    assert choose(3.0, 80, 150) == 1
    assert choose(4.1, 80, 150) == 2
    assert prominence.choose([track(1, 100, 50, 80)], 640, 480, 4.2) == 1, "2 has left"
    assert prominence.choose([], 640, 480, 4.3) is None


def test_slot_keeps_the_newest_only() -> None:
    slot = UpdateSlot()
    first, second = (Update(snapshot(time=time), 0, None) for time in (0.0, 1.0))
    assert slot.put(first)
    assert not slot.put(second)
    assert slot.take() is second
    assert slot.take() is None
    assert slot.put(first)


def test_frame_rate_is_that_of_the_last_two_seconds() -> None:
    rate = FrameRate()
    assert rate.count(0.0) is None
    for number in range(1, 100):
        slow = rate.count(number * 0.1)
    assert slow == pytest.approx(10)
    for number in range(1, 100):
        fast = rate.count(9.9 + number * 0.04)
    assert fast == pytest.approx(25)


def test_hint_asks_for_what_is_missing() -> None:
    assert readout_hint(track(1, 250, 100, 120), 640, 480) == ""
    assert "legs" in readout_hint(track(1, 100, 150, 300), 640, 480)
    assert "closer" in readout_hint(track(1, 250, 100, 30), 640, 480)


def test_every_style_has_a_mark_of_its_own() -> None:
    looks = StyleLooks(["afrobeat", "classical", "hiphop", "salsa", "tango", "other"], ["other"])
    marks = [(looks.of(label).shape, looks.of(label).colour.name()) for label in looks.labels]
    assert len(set(marks)) == len(marks)
    assert looks.of("salsa").word == "Salsa"
    assert looks.of("other").shape is Shape.RING
    assert looks.of(None) is looks.not_sure


def test_card_shows_long_names_whole(show: Callable[..., QWidget], qtbot: QtBot) -> None:
    card = MessageCard()
    sentence = "The file /" + "a" * 64 + "/" + "b" * 64 + ".onnx has changed."
    show(card, 500, 300)
    card.show_message("This did not work", sentence)
    assert card.sentence == sentence
    assert card.minimumSizeHint().width() <= 600, "long names break instead of widening the card"


def test_card_leaves_out_the_last_buttons_where_there_is_no_room(
    show: Callable[..., QWidget],
) -> None:
    card = MessageCard()
    show(card, 700, 300)
    actions = [QAction(words, card) for words in ("Try again", "Demo", "File", "Stream")]
    card.show_message("This did not work", "", actions)

    def offered() -> list[str]:
        return [button.text() for button in card.findChildren(QPushButton) if button.isVisible()]

    assert len(offered()) == 4
    card.fit_into(330)
    assert offered() == ["Try again", "Demo"]
    card.fit_into(40)
    assert offered() == ["Try again"]
    card.fit_into(700)
    assert len(offered()) == 4


@pytest.mark.parametrize(
    ("info", "title"),
    [
        (SourceInfo("x", name="/home/anna/clips/solo.mp4"), "solo.mp4"),
        (SourceInfo("x", name="rtsp://***@cam/stage/1"), "rtsp://***@cam/stage/1"),
        (SourceInfo("0", name="/dev/video0", camera=True), "/dev/video0"),
        (SourceInfo("demo", name="demo"), "Demo dancer"),
    ],
)
def test_sources_have_short_titles(info: SourceInfo, title: str) -> None:
    assert info.title == title


def test_no_screen_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    with pytest.raises(ChoreaiError, match="There is no screen"):
        app.make_application()


def test_shipped_typeface_is_used(dressed: QApplication, show: Callable[..., QWidget]) -> None:
    widget = show(QWidget(), 100, 100)
    assert widget.font().families()[0] == "Inter"
    assert QRectF(widget.rect()).width() == 100
