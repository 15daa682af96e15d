"""Light and dark: legible in both, apart for every kind of eye, and followed at once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction, QColor, QImage
from PyQt6.QtWidgets import QApplication, QGridLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from choreai_live.ui import theme
from choreai_live.ui.app import make_application
from choreai_live.ui.lookback.ribbon import LATER, UNSURE
from choreai_live.ui.message_card import MessageCard
from choreai_live.ui.palette import DARK, LIGHT, Palette, blend
from choreai_live.ui.style_look import StyleLook, StyleLooks, taught_look
from choreai_live.ui.style_sheet import Role, style_sheet

LOOKS = StyleLooks(
    ["afrobeat", "classical", "hiphop", "salsa", "tango", "waltz", "other"], ["other"]
)
TAUGHT = ("afrobeat", "classical", "hiphop")

#: Machado et al. 2009, severity 1.0; rows and columns are linear red, green, blue.
SIMULATIONS = {
    "trichromacy": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


@pytest.fixture(autouse=True)
def _dark_again() -> Iterator[None]:
    yield
    theme.choose("dark", 1.0)


def linear(colour: QColor) -> np.ndarray:
    """Return linear red, green and blue, 0 to 1."""
    parts = np.array([colour.redF(), colour.greenF(), colour.blueF()])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(colour: QColor, other: QColor) -> float:
    """Return the contrast ratio of WCAG 2, 1 to 21."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    darker, lighter = sorted(float(weights @ linear(one)) for one in (colour, other))
    return (lighter + 0.05) / (darker + 0.05)


def seen(colour: QColor, simulation: np.ndarray) -> np.ndarray:
    """Return CIELAB of a colour as somebody sees it."""
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = to_xyz @ np.clip(simulation @ linear(colour), 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def style_colour(look: StyleLook, colours: Palette) -> QColor:
    return look.deep if colours is LIGHT else look.bright


def test_contrast_is_computed_as_wcag_has_it() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_every_text_is_legible_on_what_it_stands_on(colours: Palette) -> None:
    grounds = {
        "text": ("background", "surface", "raised", "hairline", "selection"),
        "secondary": ("background", "surface", "raised"),
        "faint": ("background", "surface", "raised"),
        "warning": ("background", "surface"),
        "good": ("background", "surface"),
        "background": ("text", "strongest"),  # the button most people want
    }
    for ink, places in grounds.items():
        for ground in places:
            ratio = contrast(getattr(colours, ink), getattr(colours, ground))
            assert ratio >= 4.5, f"{ink} on {ground}: {ratio:.2f}"
    for shape in ("good", "warning", "focus"):
        for ground in ("background", "surface", "raised"):
            ratio = contrast(getattr(colours, shape), getattr(colours, ground))
            assert ratio >= 3.0, f"{shape} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_style_colours_are_legible_as_number_mark_and_bar(colours: Palette) -> None:
    for label in (*LOOKS.labels, None):
        look = LOOKS.of(label)
        colour = style_colour(look, colours)
        for ground in (colours.background, colours.surface):
            assert contrast(colour, ground) >= 4.5, f"{look.word} on {ground.name()}"
        # A bar that is not the chosen one is 0.72 opaque, on its rail.
        faint = blend(colours.surface, colour, 0.72)
        assert contrast(faint, colours.surface) >= 3.0, look.word
        # The timeline: words of the background's colour on a block a tenth of it.
        block = blend(colour, colours.background, 0.1)
        assert contrast(colours.background, block) >= 4.5, look.word
        # Over the picture everything lies on dark plates, in both themes.
        assert contrast(DARK.background, look.bright) >= 4.5


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_what_steps_back_on_the_timeline_is_still_seen(colours: Palette) -> None:
    ground = blend(colours.surface, colours.background, LATER)
    for label in (*LOOKS.labels, None):
        look = LOOKS.of(label)
        colour = style_colour(look, colours)
        block = blend(colour, colours.background, 0.1)
        if label is None:
            block = blend(colour, colours.surface, UNSURE)
            assert contrast(block, colours.surface) >= 3.0
        assert contrast(blend(block, colours.background, LATER), ground) >= 3.0, look.word


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("sight", SIMULATIONS)
def test_taught_styles_stay_apart_for_every_kind_of_eye(colours: Palette, sight: str) -> None:
    for one, other in combinations(TAUGHT, 2):
        colour, second = (style_colour(LOOKS.of(label), colours) for label in (one, other))
        simulation = SIMULATIONS[sight]
        difference = np.linalg.norm(seen(colour, simulation) - seen(second, simulation))
        assert difference >= 39.0, f"{one} and {other}: {difference:.1f}"


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_what_is_taught_in_the_window_is_legible_and_stays_apart(colours: Palette) -> None:
    looks = [taught_look(f"style {number}") for number in range(400)]
    shipped = {LOOKS.of(label).shape for label in TAUGHT}
    assert shipped.isdisjoint(look.shape for look in looks)
    found = {style_colour(look, colours).name() for look in looks}
    assert len(found) == 4
    for name in found:
        colour = QColor(name)
        block = blend(colour, colours.background, 0.1)
        ground = blend(colours.surface, colours.background, LATER)
        assert contrast(colour, colours.surface) >= 4.5
        assert contrast(block, colours.background) >= 4.5
        assert contrast(blend(block, colours.background, LATER), ground) >= 3.0
    for one, other in combinations(sorted(found), 2):
        for sight, simulation in SIMULATIONS.items():
            difference = np.linalg.norm(
                seen(QColor(one), simulation) - seen(QColor(other), simulation)
            )
            assert difference >= 23.0, f"{one} and {other} in {sight}: {difference:.1f}"


def test_everything_on_screen_follows_a_change(qtbot: QtBot, dressed: QApplication) -> None:
    label = QLabel("Anything")
    theme.dress(label, Role.SENTENCE)
    window = QWidget()
    qtbot.addWidget(window)
    label.setParent(window)
    window.show()

    def inks() -> tuple[int, QColor, QColor]:
        image = window.grab().toImage()
        ground = image.pixelColor(image.width() - 1, image.height() - 1)
        shades = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
        }
        furthest = max(shades, key=lambda name: contrast(QColor(name), ground))
        return label.sizeHint().height(), ground, QColor(furthest)

    height, ground, ink = inks()
    assert ground == DARK.background
    assert contrast(ink, DARK.secondary) < 1.6
    theme.choose("light", 1.5)
    taller, ground, ink = inks()
    assert ground == LIGHT.background == theme.BACKGROUND
    assert contrast(ink, LIGHT.secondary) < 1.6
    assert taller > 1.3 * height
    assert LOOKS.of("hiphop").colour == LOOKS.of("hiphop").deep
    theme.choose("dark", 1.0)
    assert inks() == (height, DARK.background, pytest.approx(inks()[2]))
    assert LOOKS.of("hiphop").colour == LOOKS.of("hiphop").bright


#: A process of its own, as only a desktop's theme of Qt has a colour scheme to change.
_FOLLOWING = """
from PyQt6.QtCore import Qt
from choreai_live.ui import theme
from choreai_live.ui.app import make_application

application = make_application()
hints = application.styleHints()
told = []

def system(scheme):
    hints.setColorScheme(scheme)
    application.processEvents()
    assert hints.colorScheme() is scheme, "no scheme"

theme.choose("system")
theme.LOOK.changed.connect(lambda: told.append(theme.LOOK.colours is theme.LIGHT))
system(Qt.ColorScheme.Light)
system(Qt.ColorScheme.Dark)
system(Qt.ColorScheme.Light)
assert told == [True, False, True], told
assert application.palette().window().color() == theme.LIGHT.background
theme.choose("dark")
system(Qt.ColorScheme.Dark)
system(Qt.ColorScheme.Light)
assert told == [True, False, True, False], told
theme.choose("system")
assert theme.LOOK.colours is theme.LIGHT
print("followed")
"""


@pytest.mark.skipif(not os.environ.get("DISPLAY"), reason="needs a screen of X11")
def test_the_system_is_followed_while_running_and_only_then() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "QT_QPA_PLATFORMTHEME": "gnome"}
    done = subprocess.run(
        [sys.executable, "-c", _FOLLOWING],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "no scheme" in done.stderr:
        pytest.skip("this Qt has no theme of GNOME")
    assert done.stdout == "followed\n", done.stderr


def test_no_change_is_announced_where_nothing_changes(dressed: QApplication) -> None:
    changes: list[None] = []
    theme.choose("dark", 1.0)
    theme.LOOK.changed.connect(lambda: changes.append(None))
    theme.choose("dark", 1.0)
    assert not changes
    theme.choose("light")
    assert len(changes) == 1


def test_what_is_dressed_anew_is_dark_at_ordinary_size(dressed: QApplication) -> None:
    theme.choose("light", 2.0)
    make_application()  # as the kiosk does
    assert theme.LOOK.colours is DARK
    assert theme.LOOK.text_scale == 1.0


def test_unknown_colours_are_no_colours() -> None:
    with pytest.raises(AttributeError):
        theme.colour("NEON")
    with pytest.raises(AttributeError):
        theme.colour("text")


def test_every_role_stands_in_the_style_sheet() -> None:
    sheet = style_sheet(LIGHT, 1.0)
    for role in Role:
        assert f'*[role="{role.value}"]' in sheet


def test_the_buttons_of_a_message_are_whole_in_large_text(
    qtbot: QtBot, dressed: QApplication
) -> None:
    stage = QWidget()
    qtbot.addWidget(stage)
    stage.resize(837, 426)  # at 1.5 in a window of 1280 by 720
    grid = QGridLayout(stage)
    card = MessageCard()
    grid.addWidget(card, 0, 0, Qt.AlignmentFlag.AlignCenter)
    stage.show()
    actions = [QAction(words, stage) for words in ("Replay", "Summary", "Demo", "File", "Stream")]
    card.show_message("That was mostly Afrobeat", "57 of 60 seconds of a film", actions)
    theme.choose(text_scale=1.5)
    qtbot.wait(50)
    buttons = card.findChildren(QPushButton)
    assert len(buttons) == 5
    for button in buttons:
        assert button.width() >= button.sizeHint().width(), button.text()
    assert stage.rect().contains(card.geometry())


def test_what_moves_while_waiting_does_not_flash(qtbot: QtBot, dressed: QApplication) -> None:
    card = MessageCard()
    qtbot.addWidget(card)
    card.show_message("Getting ready", "Loading the models.", waiting=True)
    frames: list[np.ndarray] = []
    for _ in range(20):  # a second
        qtbot.wait(50)
        grey = card.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        bits = grey.constBits()
        assert bits is not None
        frames.append(np.frombuffer(bits.asstring(grey.sizeInBytes()), np.uint8).astype(float))
    shades = np.array(frames)  # (frames, pixels)
    moving = shades[:, np.ptp(shades, axis=0) >= 25.5]
    assert moving.size, "something moves"
    # WCAG 2.3.1: three flashes a second, each there by a tenth of full brightness and back.
    turns = np.count_nonzero(np.diff(np.sign(np.diff(moving, axis=0)), axis=0), axis=0)
    assert turns.max() <= 6
