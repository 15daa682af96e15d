"""The parts of the kiosk, each by itself."""

from collections.abc import Callable
from itertools import combinations, pairwise

import numpy as np
import pytest
from made_snapshots import LABELS, readout, snapshot, track
from PyQt6.QtCore import QPoint, QRect, QRectF, Qt
from PyQt6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shown_pixels import pixels, share_of

from choreai_live.demo import DemoScene, SceneSettings
from choreai_live.messages import Frame, Snapshot, Track
from choreai_live.ui import theme
from choreai_live.ui.dancer_tags import DancerTags
from choreai_live.ui.kiosk import style_chart
from choreai_live.ui.kiosk.attract import AttractScreen
from choreai_live.ui.kiosk.danced import DancedHours
from choreai_live.ui.kiosk.direction import Director, Scene
from choreai_live.ui.kiosk.display import screen_of
from choreai_live.ui.kiosk.live import LiveScreen
from choreai_live.ui.kiosk.measure import balanced, headline, wander
from choreai_live.ui.kiosk.message import Message
from choreai_live.ui.kiosk.pixels import image_of, pixels_of
from choreai_live.ui.kiosk.shapes import ball, limb, skin
from choreai_live.ui.kiosk.signs import StaffNotice
from choreai_live.ui.kiosk.words import words_for
from choreai_live.ui.prominence import Foremost
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.video_view import VideoView
from choreai_live.ui.worker import Status, WorkerState

LOOKS = StyleLooks(LABELS, ["other"])
Show = Callable[..., QWidget]


def greenish(picture: np.ndarray) -> float:
    """Return the share of pixels that are much greener than red or blue."""
    red, green, blue = np.moveaxis(picture, 2, 0)
    return float(((green > blue + 30) & (green > red + 30)).mean())


def green(*tracks: object, **more: object) -> Snapshot:
    """Return a snapshot over a picture of a green that nothing else here has."""
    shot = snapshot(*tracks, **more)
    image = np.empty((480, 640, 3), np.uint8)
    image[:] = (20, 250, 20)
    return Snapshot(Frame(image, shot.frame.time, 0, 0.0), shot.tracks, shot.readouts)


# Who is there.


def seen(director: Director, start: float, stop: float, somebody: bool = True) -> float:
    for now in np.arange(start, stop, 0.04):
        director.see(somebody, float(now))
    return stop


def test_attract_screen_gives_way_within_a_second_and_returns_after_absence() -> None:
    director = Director(absence=8.0)
    now = seen(director, 0.0, 5.0, somebody=False)
    assert director.scene(now) is Scene.ATTRACT
    came = now
    while director.scene(now) is Scene.ATTRACT:
        director.see(True, now)
        now += 0.04
        assert now - came < 0.5
    assert director.first_seen == came
    now = seen(director, now, now + 7.5, somebody=False)
    assert director.scene(now) is Scene.LIVE
    now = seen(director, now, now + 1.0, somebody=False)
    assert director.scene(now) is Scene.ATTRACT
    assert director.first_seen is None


def test_a_shadow_does_not_wake_the_kiosk() -> None:
    director = Director()
    for moment in range(0, 60, 2):
        now = seen(director, moment, moment + 0.1)
        now = seen(director, now, moment + 2.0, somebody=False)
        assert director.scene(now) is Scene.ATTRACT


def test_last_picture_stands_for_a_while_and_not_for_a_weekend() -> None:
    director = Director(absence=8.0, patience=20.0)
    now = seen(director, 0.0, 3.0)
    director.miss(now)
    assert director.scene(now + 19.0) is Scene.LIVE
    assert director.scene(now + 21.0) is Scene.ATTRACT


def test_dancer_has_time_to_be_found_when_the_picture_is_back() -> None:
    director = Director(absence=8.0, patience=20.0)
    now = seen(director, 0.0, 3.0)
    director.miss(now)
    director.regain(now + 15.0)
    now = seen(director, now + 15.0, now + 20.0, somebody=False)
    assert director.scene(now) is Scene.LIVE
    now = seen(director, now, now + 4.0, somebody=False)
    assert director.scene(now) is Scene.ATTRACT


# What was danced.


def test_seconds_of_styles_sum_over_dancers_and_leave_holes_out() -> None:
    hours = DancedHours(hours=6)
    both = {1: readout("hiphop"), 2: readout("classical")}
    for step in range(101):
        hours.add(both if step <= 50 else {1: readout("hiphop"), 3: readout(None)}, step * 0.1)
    hours.add({1: readout("hiphop")}, 1000.0)
    assert hours.seconds(1000.0) == pytest.approx({"hiphop": 10.0, "classical": 5.0})


def test_weeks_of_dancing_leave_six_hours_and_no_more() -> None:
    hours = DancedHours(hours=6)
    now = 0.0
    for _ in range(24 * 21):
        for _ in range(2):
            hours.add({1: readout("afrobeat")}, now)
            now += 0.5
        now += 3599.0
    assert len(hours._buckets) <= 36
    assert hours.seconds(now)["afrobeat"] == pytest.approx(6 * 0.5, abs=0.5)
    assert hours.seconds(now + 7 * 3600) == {}


def test_times_are_told_as_people_tell_them() -> None:
    told = [style_chart.spoken_time(seconds) for seconds in (42.4, 61.0, 3540.0, 3600.0, 4500.0)]
    assert told == ["42 s", "1 min", "59 min", "1 h 0 min", "1 h 15 min"]


# The screens.


def test_attract_screen_invites_charts_and_dances(show: Show, qtbot: QtBot) -> None:
    screen = AttractScreen("Come and dance", 6)
    screen.set_looks(LOOKS)
    show(screen, 960, 540)
    assert screen.words[0] == "Come and dance"
    rail = LOOKS.of("classical").colour
    assert share_of(rail, pixels(screen)[:, :400], 12) < 0.004, "nothing was danced yet"
    screen.show_danced({"classical": 900.0, "hiphop": 60.0})
    left = pixels(screen)[:, :400]
    assert share_of(rail, left, 12) > 0.004
    assert share_of(rail, left, 12) > 4 * share_of(LOOKS.of("afrobeat").colour, left, 12)

    before = pixels(screen)[:, 480:]
    qtbot.waitUntil(
        lambda: (np.abs(pixels(screen)[:, 480:] - before).max(axis=2) > 60).mean() > 0.005,
        timeout=10_000,
    )
    screen.hide()
    assert not screen._timer.isActive(), "nobody sees it"


def test_attract_screen_says_what_is_wrong_and_dances_on(show: Show) -> None:
    screen = AttractScreen("Come and dance", 6)
    show(screen, 640, 360)
    inviting = pixels(screen)[40:200, :300]
    screen.say(Message("One moment", "Starting again."))
    assert screen.words == ("One moment", "Starting again.")
    assert (pixels(screen)[40:200, :300] != inviting).any()
    screen.say(None)
    assert screen.words[0] == "Come and dance"


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (400, 400)])
def test_attract_screen_wanders_but_covers_its_screen(show: Show, size: tuple[int, int]) -> None:
    screen = AttractScreen("Come and dance", 6)
    show(screen, *size)
    places = set()
    for ago in (0.0, 95.0, 230.0, 500.0, 1200.0):
        screen._started -= ago
        screen._advance()
        places.add((screen._offset.x(), screen._offset.y()))
        shown = pixels(screen)
        assert shown.shape[:2] == (size[1], size[0])
        assert shown[[0, -1]].max() > 0
        layer = screen._prepared().rect().translated(screen._offset)
        assert layer.contains(screen.rect())
    assert len(places) > 3


def test_standing_things_wander_slowly_and_not_far() -> None:
    places = [wander(now, 14.0) for now in np.arange(0.0, 3000.0, 1.0)]
    assert max(max(abs(place.x()), abs(place.y())) for place in places) == 14
    steps = [(after - before).manhattanLength() for before, after in pairwise(places)]
    assert max(steps) <= 2
    assert len({(place.x(), place.y()) for place in places}) > 200


def test_lines_of_a_headline_are_of_one_length() -> None:
    font = theme.display_font(40)
    assert balanced("Step in and dance", font, 260) == ("Step in", "and dance")
    fitted = headline("Kommen Sie herein und tanzen Sie mit", 300, 120, 100)
    assert fitted.height <= 120
    assert 25 < fitted.font.pixelSize() < 100


def live_screen(show: Show, width: int, height: int, *, privacy: bool = False) -> LiveScreen:
    screen = LiveScreen(privacy=privacy, most_tags=6)
    screen.set_looks(LOOKS)
    show(screen, width, height)
    return screen


DANCERS = (track(1, 60, 120, 90), track(2, 240, 60, 180))
SURE = {1: readout("classical"), 2: readout("hiphop", 0.9)}


def test_live_screen_reads_out_the_nearest_and_names_all(show: Show) -> None:
    screen = live_screen(show, 960, 540)
    screen.show_snapshot(green(*DANCERS, readouts=SURE))
    assert screen.readout.words.word == "Hip-hop"
    assert screen.readout.words.caption == "Now dancing"
    shown = pixels(screen)
    assert share_of(QColor(20, 250, 20), shown, 12) > 0.2
    for label in ("hiphop", "classical"):
        assert share_of(LOOKS.of(label).colour, shown, 12) > 0.002


@pytest.mark.parametrize(
    ("size", "beside"), [((1280, 720), True), ((540, 960), True), ((640, 500), False)]
)
def test_readout_stands_beside_or_below_the_picture_where_there_is_room(
    show: Show, size: tuple[int, int], beside: bool
) -> None:
    screen = live_screen(show, *size)
    screen.show_snapshot(green(*DANCERS, readouts=SURE))
    words = QRect(screen.readout.geometry())
    assert screen.rect().contains(words)
    assert screen.video.room.toRect().adjusted(0, 0, -1, -1).intersects(words) is not beside
    assert screen.bars.isVisible() is beside
    area = screen.video.picture_rect()
    cut = 1 - (area & screen.video.room).width() * (area & screen.video.room).height() / (
        area.width() * area.height()
    )
    assert cut <= 0.27


@pytest.mark.parametrize("size", [(1280, 720), (540, 960)])
def test_what_is_in_the_way_of_a_readout_is_said(show: Show, size: tuple[int, int]) -> None:
    def said_to(*dancers: Track) -> str:
        screen.forget()
        for time in np.arange(0.0, 8.0, 0.1):
            unsure = {dancer.id: readout(None) for dancer in dancers}
            screen.show_snapshot(snapshot(*dancers, readouts=unsure, time=float(time)))
        return screen.readout.accessibleDescription()

    screen = live_screen(show, *size)
    assert "Somebody is in the way" in said_to(track(1, 250, 100, 120), track(2, 270, 110, 120))
    alone = said_to(track(1, 250, 100, 120))
    assert "in the way" not in alone
    assert "Just started" not in alone


def test_privacy_view_never_shows_a_pixel_of_the_picture(show: Show) -> None:
    for size in ((960, 540), (540, 960)):
        plain = live_screen(show, *size)
        private = live_screen(show, *size, privacy=True)
        for screen in (plain, private):
            screen.show_snapshot(green(*DANCERS, readouts=SURE))
        shown = pixels(private)
        assert greenish(pixels(plain)) > 0.1
        assert greenish(shown) == 0.0
        red = LOOKS.of("hiphop").colour
        assert share_of(red, shown, 12) > 0.002, "the dancer is there"
        assert share_of(QColor(255, 255, 255), shown, 12) > 0.001
        private.say(Message("One moment"))
        assert greenish(pixels(private)) == 0.0
        picture = private.video._picture
        assert picture is not None
        assert picture.isNull(), "nothing is kept either"


def test_privacy_view_is_the_same_whatever_the_picture(show: Show) -> None:
    screen = live_screen(show, 640, 360, privacy=True)
    shots = []
    for level in (0, 255):
        shot = snapshot(*DANCERS, readouts=SURE)
        image = np.full_like(shot.frame.image, level)
        screen.show_snapshot(Snapshot(Frame(image, 1.0, 0, 0.0), shot.tracks, shot.readouts))
        screen.video._tags.forget()
        shots.append(pixels(screen))
    assert (shots[0] == shots[1]).all()


def test_interlude_dims_the_picture_and_speaks(show: Show) -> None:
    screen = live_screen(show, 960, 540)
    screen.show_snapshot(green(*DANCERS, readouts=SURE))
    bright = pixels(screen).mean()
    screen.say(Message("The camera is away for a moment", "Trying again in 4 s."))
    dark = pixels(screen)
    assert dark.mean() < 0.6 * bright
    assert share_of(theme.TEXT, dark, 12) > 0.003
    assert screen.interlude.isVisible()
    assert not screen.readout.isVisible()
    screen.say(None)
    assert pixels(screen).mean() == pytest.approx(bright, rel=0.05)


def test_states_of_the_source_in_words() -> None:
    assert words_for(None, 0.0).heading == "One moment"
    away = Status(WorkerState.RECONNECTING, retry_at=103.2)
    assert words_for(away, 100.0) == Message(
        "The camera is away for a moment", "Trying again in 4 s."
    )
    assert "s." not in words_for(away, 104.0).sentence
    assert words_for(Status(WorkerState.STALLED), 0.0).heading == words_for(away, 0.0).heading
    failed = words_for(Status(WorkerState.FAILED, sentence="/dev/video0 is busy"), 0.0)
    assert "/dev/video0" not in failed.heading + failed.sentence


def test_staff_notice_goes_away(show: Show) -> None:
    room = show(QWidget(), 640, 360)
    notice = StaffNotice(room)
    notice.say("The settings are broken.", seconds=60.0)
    notice.place(room.rect())
    assert notice.isVisible()
    assert room.rect().contains(notice.geometry())
    assert notice._until is not None
    notice.look(notice._until - 1)
    assert notice.isVisible()
    notice.look(notice._until + 1)
    assert not notice.isVisible()


# What the kiosk asks of the window's parts.


def test_foremost_dancers_are_the_largest_and_stay_it() -> None:
    foremost = Foremost(2)
    crowd = [track(number, 200, 100, width) for number, width in ((1, 40), (2, 100), (3, 80))]
    assert foremost.choose(crowd, 640, 480) == [2, 3]
    crowd[0] = track(1, 200, 100, 84)
    assert foremost.choose(crowd, 640, 480) == [2, 3], "a little larger is no reason to change"
    crowd[0] = track(1, 200, 100, 130)
    assert set(foremost.choose(crowd, 640, 480)) == {1, 2}


def test_tags_of_a_crowd_bear_no_numbers_and_mark_the_first(show: Show) -> None:
    red = LOOKS.of("hiphop").colour
    filled = []
    for marked in (False, True):
        view = VideoView(tags=DancerTags(numbered=False, marked=marked), most_tags=2)
        view.set_looks(LOOKS)
        show(view, 800, 600)
        view.show_snapshot(snapshot(*DANCERS, readouts=SURE), 2)
        filled.append(share_of(red, pixels(view), 12))
    assert filled[1] > filled[0] + 0.003


@pytest.mark.parametrize("heads", [(200, 230, 260, 290), (290, 200, 262, 231), (8, 20, 9, 40)])
def test_tags_of_dancers_side_by_side_hide_none_of_each_other(
    dressed: QApplication, heads: tuple[int, ...]
) -> None:
    tags = DancerTags()
    picture = QImage(460, 420, QImage.Format.Format_RGB32)
    area = QRectF(picture.rect())
    dancers = [
        (track(number, x, 0, 60), readout("hiphop"), LOOKS.of("hiphop"), QRectF(x, y, 60, 200))
        for number, (x, y) in enumerate(zip((60, 110, 150, 240), heads, strict=True), 1)
    ]
    painter = QPainter(picture)
    tags.paint(painter, area, dancers, 1, 1.2)
    painter.end()
    assert len(tags.ways) == 4
    assert all(area.contains(way) for way in tags.ways)
    assert [pair for pair in combinations(tags.ways, 2) if pair[0].intersects(pair[1])] == []


def test_only_so_many_dancers_are_tagged(show: Show) -> None:
    blue = LOOKS.of("classical").colour
    shares = []
    for most in (1, 2):
        view = VideoView(most_tags=most)
        view.set_looks(LOOKS)
        show(view, 800, 600)
        view.show_snapshot(snapshot(*DANCERS, readouts=SURE), 2)
        tag = view.place(60, 120)
        around = pixels(view)[int(tag.y()) - 60 : int(tag.y()), int(tag.x()) : int(tag.x()) + 140]
        shares.append(share_of(blue, around, 12))
    assert shares[0] == 0.0
    assert shares[1] > 0.005


def test_displays_are_known_by_number_and_name(qtbot: QtBot) -> None:
    first = QGuiApplication.screens()[0]
    assert screen_of(0) is first
    assert screen_of(63) is QGuiApplication.primaryScreen()
    assert screen_of("0") is first
    assert screen_of(first.name()) is first
    assert screen_of("HDMI-99") is QGuiApplication.primaryScreen()


# Shapes and pictures.


def area_of(shape: object) -> int:
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(255, 255, 255))
    painter.drawPolygon(shape)
    painter.end()
    return int((pixels_of(image)[..., 0] > 127).sum())


def test_limbs_are_round_and_as_long_as_the_bone() -> None:
    disc = area_of(ball((100, 100, 40)))
    assert disc == pytest.approx(np.pi * 40**2, rel=0.04)
    assert area_of(limb((100, 100, 40), (104, 100, 10))) == disc, "one hides in the other"
    straight = area_of(limb((50, 100, 20), (150, 100, 20)))
    assert straight == pytest.approx(100 * 40 + np.pi * 20**2, rel=0.03)
    tapered = limb((50, 100, 30), (150, 100, 10))
    assert tapered.boundingRect().left() == pytest.approx(20, abs=1)
    assert tapered.boundingRect().right() == pytest.approx(160, abs=1)
    square = skin([(50, 50, 5), (150, 50, 5), (150, 150, 5), (50, 150, 5), (100, 100, 20)])
    assert area_of(square) == pytest.approx(110 * 110, rel=0.01)


def test_pictures_go_to_arrays_and_back() -> None:
    image = QImage(33, 7, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    image.setPixelColor(QPoint(32, 6), QColor(200, 100, 50))
    array = pixels_of(image)
    assert array.shape == (7, 33, 4)
    assert array[6, 32, :3].tolist() == [50, 100, 200]
    assert image_of(array).pixelColor(QPoint(32, 6)) == QColor(200, 100, 50)


def test_demo_dancer_is_drawn_into_any_picture_however_large() -> None:
    scene = DemoScene(SceneSettings(width=1200, height=1440))
    behind = np.full((1440, 1200, 3), (40, 120, 40), np.uint8)
    drawn = scene.render(1.0, behind.copy())
    changed = (np.abs(drawn.astype(int) - behind).max(axis=2) > 40).mean()
    assert 0.05 < changed < 0.5
    assert (drawn[:100, :100] == behind[:100, :100]).all()
