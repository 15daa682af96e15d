"""The picture and its skeletons: at the screen's own rate, in its own pixels, or not at all."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from made_snapshots import LABELS, readout, snapshot, track
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QImage, QPainter
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shown_pixels import pixels, rgb

from choreai_live import skeleton
from choreai_live.messages import Snapshot, Track
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.motion import Motion
from choreai_live.ui.picture import ScreenPicture, image_of_frame
from choreai_live.ui.skeleton_painter import visibility
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.video_view import VideoView
from choreai_live.ui.window_video import WindowVideo

LOOKS = StyleLooks(LABELS, ["other"])
HIPHOP = {1: readout("hiphop")}


def scored(dancer: Track, score: float, *joints: int) -> Track:
    """Return the dancer with the score of these joints, or of all."""
    scores = dancer.pose.scores.copy()
    scores[list(joints) or slice(None)] = score
    return replace(dancer, pose=replace(dancer.pose, scores=scores))


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., QWidget]:
    """Return what puts a widget on the screen: ``show(widget, width, height)``."""

    def put(widget: VideoView, width: int = 640, height: int = 480) -> VideoView:
        qtbot.addWidget(widget)
        widget.set_looks(LOOKS)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return put


# Between two snapshots.


def left_edge(tracks: tuple[Track, ...]) -> float:
    return float(tracks[0].pose.keypoints[skeleton.LEFT_HIP, 0])


@pytest.mark.parametrize("rate", [12.0, 30.0])
def test_a_figure_without_picture_moves_through_the_whole_time_between(rate: float) -> None:
    motion = Motion(over_picture=False)
    motion.show([track(1, 100, 50, 100)], 0.0, 10.0)
    motion.show([track(1, 130, 50, 100)], 1 / rate, 10.5)
    ways = [left_edge(motion.tracks(10.5 + share / rate)) for share in (0.0, 0.5, 1.0)]
    assert ways == pytest.approx([165.0, 180.0, 195.0], abs=0.1)
    assert motion.moving(10.5 + 0.5 / rate)
    assert not motion.moving(10.5 + 1.01 / rate)


def test_over_the_picture_a_skeleton_stays_with_the_body() -> None:
    motion = Motion()
    motion.show([track(1, 100, 50, 100)], 0.0, 10.0)
    motion.show([track(1, 104, 50, 100)], 1 / 30, 10.5)
    assert left_edge(motion.tracks(10.5)) == pytest.approx(167.0, abs=0.1), "half-way at once"
    assert left_edge(motion.tracks(10.52)) == 169.0, "there long before the next picture"
    motion.show([track(1, 164, 50, 100)], 2 / 30, 10.6)
    apart = 229.0 - left_edge(motion.tracks(10.6))
    assert apart == pytest.approx(0.03 * 200), "a fast one is no farther than a limb is thick"


@pytest.mark.parametrize(
    ("second", "time", "connection"),
    [
        (track(1, 130, 50, 100, missed=1), 0.033, 0),  # not seen
        (track(2, 130, 50, 100), 0.033, 0),  # somebody else
        (track(1, 400, 50, 100), 0.033, 0),  # not a movement
        (track(1, 130, 50, 100), 0.600, 0),  # too long ago
        (track(1, 130, 50, 100), -0.033, 0),  # from the beginning again
        (track(1, 130, 50, 100), 0.033, 1),  # after a break
        (track(1, 130, 50, 100), 0.016, 0),  # at the screen's own rate
    ],
)
def test_no_pose_is_invented(second: Track, time: float, connection: int) -> None:
    motion = Motion(over_picture=False)
    motion.show([track(1, 100, 50, 100)], 0.0, 10.0)
    motion.show([second], time, 10.5, connection=connection)
    (drawn,) = motion.tracks(10.5)
    assert (drawn.pose.keypoints == second.pose.keypoints).all()
    assert not motion.moving(10.5)


def test_who_was_missed_before_is_where_the_newer_snapshot_says() -> None:
    motion = Motion(over_picture=False)
    motion.show([track(1, 100, 50, 100, missed=3)], 0.0, 10.0)
    motion.show([track(1, 130, 50, 100)], 0.033, 10.5)
    assert left_edge(motion.tracks(10.5)) == 195.0


def test_scores_settle_and_do_not_flicker() -> None:
    motion = Motion()
    dancer = track(1, 100, 50, 100)
    shown = []
    for index in range(12):
        doubtful = scored(dancer, 0.1, skeleton.LEFT_WRIST) if index > 1 else dancer
        motion.show([doubtful], index / 30, float(index))
        (drawn,) = motion.tracks(index + 0.9)
        shown.append(float(visibility(drawn)[skeleton.LEFT_WRIST]))
    assert shown[1] == 1.0
    assert max(-np.diff(shown)) < 0.6
    assert shown[-1] < 0.05


def test_view_draws_on_only_while_something_moves(
    show: Callable[..., VideoView], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choreai_live.ui.gliding._DEAR", 10.0)
    monkeypatch.setattr("choreai_live.ui.gliding._LATE", 10.0)
    view = show(WindowVideo())
    view.show_snapshot(snapshot(track(1, 100, 150, 80), readouts=HIPHOP, time=1.0), 1)
    qtbot.waitUntil(lambda: not view.gliding)
    view.show_snapshot(snapshot(track(1, 110, 150, 80), readouts=HIPHOP, time=1.2), 1)
    assert view.gliding
    qtbot.waitUntil(lambda: not view.gliding)
    still = pixels(view)
    qtbot.wait(60)
    assert (pixels(view) == still).all()
    view.hide()
    view.show_snapshot(snapshot(track(1, 120, 150, 80), readouts=HIPHOP, time=1.4), 1)
    assert not view.gliding, "nobody sees it"


def test_at_rest_all_is_as_if_drawn_at_once(
    show: Callable[..., VideoView], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choreai_live.ui.gliding._DEAR", 10.0)
    monkeypatch.setattr("choreai_live.ui.gliding._LATE", 10.0)
    view = show(WindowVideo())
    view.trails = True
    for index in range(8):
        dancer = track(1, 100 + 25 * index, 150, 80)
        view.show_snapshot(snapshot(dancer, readouts=HIPHOP, time=1 + index * 0.1), 1)
        qtbot.waitUntil(lambda: not view.gliding)
    qtbot.wait(50)  # for the last drawing to come to the screen
    screen = view.screen()
    assert screen is not None
    if "offscreen" not in os.environ.get("QT_QPA_PLATFORM", ""):
        seen = rgb(screen.grabWindow(view.winId()).toImage())
        assert np.abs(seen - pixels(view)).max() <= 2, "nothing of where it was is left behind"
    whole = show(VideoView())
    whole.trails = True
    for index in range(8):
        dancer = track(1, 100 + 25 * index, 150, 80)
        whole.show_snapshot(snapshot(dancer, readouts=HIPHOP, time=1 + index * 0.1), 1)
    whole._tags.forget()
    assert (pixels(view) == pixels(whole)).all()


def share(picture: np.ndarray) -> float:
    colour = LOOKS.of("hiphop").bright
    wanted = [colour.red(), colour.green(), colour.blue()]
    return float((np.abs(picture - wanted).max(axis=2) <= 12).mean())


# What is drawn.


def test_limbs_fade_towards_a_doubtful_joint(show: Callable[..., VideoView]) -> None:
    view = show(VideoView())
    dancer = track(1, 220, 100, 160)
    reddest = []
    for score in (0.95, 0.3, 0.05):
        shot = snapshot(scored(dancer, score, skeleton.LEFT_ANKLE), readouts=HIPHOP)
        view.show_snapshot(shot, 1)
        knee, ankle = (
            view.place(*map(float, dancer.pose.keypoints[joint]))
            for joint in (skeleton.LEFT_KNEE, skeleton.LEFT_ANKLE)
        )
        middle = (knee + ankle * 2) / 3
        red, green, _ = pixels(view)[int(middle.y()), int(middle.x())]
        reddest.append(red - green)
    assert reddest[0] > reddest[1] + 20 > reddest[2] + 40
    assert reddest[2] == 0, "where nobody saw a joint, nothing points at one"


def test_trails_follow_hands_on_request(show: Callable[..., VideoView]) -> None:
    view = show(VideoView())

    def move(*, trails: bool, step: int) -> float:
        view.clear()
        view.trails = trails
        for index in range(10):
            dancer = track(1, 100 + step * index, 150, 100)
            view.show_snapshot(snapshot(dancer, readouts=HIPHOP, time=index / 30), 1)
        # Behind the hand on the left, at its height.
        hand = view.place(*map(float, dancer.pose.keypoints[skeleton.RIGHT_WRIST]))
        behind = pixels(view)[int(hand.y()), int(hand.x()) - 60 : int(hand.x()) - 12]
        return float((behind[:, 0] - behind[:, 1]).mean())

    assert move(trails=False, step=12) == 0
    assert move(trails=True, step=12) > 20
    assert move(trails=True, step=0) == 0, "who stands still leaves none"


def test_a_trail_ends_where_the_dancer_was_lost(show: Callable[..., VideoView]) -> None:
    view = show(VideoView())
    view.trails = True
    for index in range(10):
        view.show_snapshot(snapshot(track(1, 20 + 12 * index, 150, 100), time=index / 30), 1)
    view.show_snapshot(snapshot(track(1, 420, 150, 100), readouts=HIPHOP, time=2.0), 1)
    strip = pixels(view)[200:400, 150:380]
    assert np.abs(strip - strip[0, -1]).max() < 80, "nothing between the two places"


# Privacy.


def test_skeletons_only_keeps_no_picture(show: Callable[..., VideoView]) -> None:
    view = show(WindowVideo())
    assert isinstance(view, WindowVideo)
    shot = snapshot(track(1, 220, 100, 120), readouts=HIPHOP, time=1.0)
    pictures = []
    for level in (0, 255):
        image = np.full_like(shot.frame.image, level)
        bright = Snapshot(replace(shot.frame, image=image), shot.tracks, shot.readouts)
        view.private = False
        view.show_snapshot(bright, 1)
        assert view.has_picture
        view.private = True
        assert view.has_picture
        pictures.append(pixels(view))
        held = [held for held in vars(view).values() if isinstance(held, QImage)]
        assert all(image.isNull() for image in held)
    assert (pictures[0] == pictures[1]).all(), "the same whatever the camera saw"
    assert share(pictures[0]) > 0.0


def test_skeletons_only_goes_and_comes_with_everything_chosen(
    show: Callable[..., VideoView],
) -> None:
    view = show(WindowVideo())
    assert isinstance(view, WindowVideo)
    view.private = True
    view.show_snapshot(snapshot(track(1, 40, 100, 120), readouts=HIPHOP, time=1.0), 1)
    left = pixels(view)
    view.mirrored = True
    right = pixels(view)
    half = view.width() // 2
    assert left[:, :half].sum() > left[:, half:].sum()
    assert right[:, :half].sum() < right[:, half:].sum()
    assert view.captured == 0.0
    view.private = False
    assert view.mirrored
    image = np.full((480, 640, 3), 60, np.uint8)
    fresh = snapshot(time=1.1)
    view.show_snapshot(Snapshot(replace(fresh.frame, image=image)), None)
    assert tuple(pixels(view)[240, 320]) == (60, 60, 60)
    view.clear()
    assert not view.has_picture


# The pixels of the screen.


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("mirrored", [False, True])
def test_a_picture_of_the_screens_pixels_is_shown_pixel_for_pixel(
    ratio: float, mirrored: bool
) -> None:
    frame = np.random.default_rng(3).integers(0, 255, (120, 180, 3), dtype=np.uint8)
    screen = QImage(240, 160, QImage.Format.Format_RGB32)
    screen.setDevicePixelRatio(ratio)
    screen.fill(0)
    painter = QPainter(screen)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    area = QRectF(10.2 / ratio, 20.3 / ratio, 180 / ratio, 120 / ratio)
    ScreenPicture().paint(painter, image_of_frame(frame), area, mirrored=mirrored, ratio=ratio)
    painter.end()
    expected = frame[:, ::-1, ::-1] if mirrored else frame[..., ::-1]
    assert (rgb(screen)[20:140, 10:190] == expected).all()


def test_a_large_picture_is_averaged_not_sampled() -> None:
    frame = np.zeros((400, 400, 3), np.uint8)
    frame[::2, ::2] = 255  # a quarter of the light, in dots too fine to be seen
    screen = QImage(50, 50, QImage.Format.Format_RGB32)
    painter = QPainter(screen)
    ScreenPicture().paint(
        painter, image_of_frame(frame), QRectF(0, 0, 50, 50), mirrored=False, ratio=1.0
    )
    painter.end()
    assert np.abs(rgb(screen) - 64).max() <= 3


_CRISP = """
import sys
import numpy as np
from made_snapshots import LABELS, readout, snapshot, track
from choreai_live.ui.app import make_application
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.window_video import WindowVideo
application = make_application()
view = WindowVideo()
view.set_looks(StyleLooks(LABELS, ["other"]))
view.resize(640, 480)
view.show_snapshot(snapshot(track(1, 220, 100, 120), readouts={1: readout("hiphop")}), 1)
view.grab().save(sys.argv[1])
"""


@pytest.mark.parametrize("ratio", ["1.5", "2"])
def test_everything_is_drawn_in_the_screens_own_pixels(
    ratio: str, tmp_path: object, show: Callable[..., VideoView]
) -> None:
    path = f"{tmp_path}/crisp.png"
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": ratio,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    subprocess.run([sys.executable, "-c", _CRISP, path], env=environment, check=True, timeout=60)
    crisp = rgb(QImage(path))
    assert crisp.shape == (int(480 * float(ratio)), int(640 * float(ratio)), 3)
    view = show(VideoView())
    view.show_snapshot(snapshot(track(1, 220, 100, 120), readouts=HIPHOP), 1)
    plain = pixels(view)
    rows, columns = (
        np.arange(n) * size // n for n, size in zip(crisp.shape[:2], (480, 640), strict=True)
    )
    enlarged = plain[rows][:, columns]
    assert np.abs(crisp - enlarged).max() > 60, "not just the small one enlarged"
    assert sharpness(crisp) > 0.8 * sharpness(plain), "an edge takes about one pixel"


def sharpness(picture: np.ndarray) -> float:
    """Return how much light changes from one pixel to the next at edges."""
    steps = np.abs(np.diff(picture, axis=1)).max(axis=2)
    return float(np.percentile(steps[steps > 8], 75))


def test_where_drawing_is_dear_every_snapshot_is_drawn_as_it_is(
    show: Callable[..., VideoView], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choreai_live.ui.gliding._DEAR", -1.0)
    slow, plain = show(WindowVideo()), show(VideoView())
    for time, x in ((1.0, 100), (1.1, 130)):
        for view in (slow, plain):
            view.show_snapshot(snapshot(track(1, x, 150, 80), readouts=HIPHOP, time=time), 1)
            view._tags.forget()
        assert (pixels(slow) == pixels(plain)).all()
        assert not slow.gliding


def test_a_busy_machine_draws_news_only(
    show: Callable[..., VideoView], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("choreai_live.ui.gliding._LATE", -1.0)
    view = show(WindowVideo())
    view.show_snapshot(snapshot(track(1, 100, 150, 80), time=1.0), 1)
    view.show_snapshot(snapshot(track(1, 110, 150, 80), time=1.1), 1)
    assert view.gliding
    qtbot.waitUntil(lambda: not view.gliding)  # after the first drawing, which is too late
    view.show_snapshot(snapshot(track(1, 120, 150, 80), time=1.2), 1)
    assert not view.gliding


def test_keys_ask_for_trails_and_for_skeletons_only(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window("demo?seconds=20&width=320&height=240")
    qtbot.waitUntil(lambda: window.stage.video.has_picture, timeout=30_000)
    video = window.stage.video
    assert not video.trails
    assert not video.private
    QTest.keyClick(window, Qt.Key.Key_T)
    QTest.keyClick(window, Qt.Key.Key_P)
    assert video.trails
    assert video.private
    assert not window.reading.thumbnails.enabled, "nor does the timeline keep pictures"
    qtbot.waitUntil(lambda: video.has_picture, timeout=30_000)
    assert not video.mirrored, "mirrored are cameras, not this"
    QTest.keyClick(window, Qt.Key.Key_P)
    assert not video.private
    assert video.trails
