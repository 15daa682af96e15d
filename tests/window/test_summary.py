"""The choreography on one page."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from made_snapshots import LABELS
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from shown_pixels import rgb, share_of

from choreai_live.style import Segment
from choreai_live.style.choreography import Choreography, choreography_of
from choreai_live.ui import theme
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.summary.page import SummaryPage
from choreai_live.ui.summary.poster import Poster
from choreai_live.ui.worker import WorkerState

LOOKS = StyleLooks(LABELS, ["other"])
SOLO = choreography_of(
    {
        1: [
            Segment(0, 4, None, 0.4),
            Segment(4, 64, "hiphop", 0.8),
            Segment(64, 100, "afrobeat", 0.8),
        ],
        2: [Segment(3, 3.6, "classical", 0.8)],
    }
)
MANY = choreography_of({i: [Segment(i, 20 + i, LABELS[i % 3], 0.8)] for i in range(1, 8)})


def test_page_tells_the_one_dancer_worth_telling_of() -> None:
    poster = Poster(SOLO, LOOKS, "Stage 2", "Today")
    assert [dance.id for dance in poster.told.dances] == [1]
    words = poster.words()
    assert "Hip-hop 60%" in words
    assert "longest streak Hip-hop, 1 min 0 s" in words
    assert "1 changes" not in words
    picture = poster.picture()
    assert (picture.width(), picture.height()) == (2400, 1260)
    ribbon = theme.blend(LOOKS.of("hiphop").colour, theme.BACKGROUND, 0.1)
    assert share_of(ribbon, rgb(picture), 12) > 0.03


@pytest.mark.parametrize("whole", [SOLO, MANY, Choreography()], ids=["solo", "many", "none"])
@pytest.mark.parametrize("choice", ["dark", "light"])
def test_nothing_reaches_the_edge_of_the_page(whole: Choreography, choice: theme.Choice) -> None:
    theme.choose(choice)
    try:
        title = "A very long name of a video file that somebody recorded.mp4" * 3
        picture = Poster(whole, LOOKS, title, "Thursday, 26 November 2026").picture()
        for edge in (
            picture.copy(0, 0, 60, picture.height()),
            picture.copy(picture.width() - 60, 0, 60, picture.height()),
            picture.copy(0, picture.height() - 40, picture.width(), 40),
        ):
            assert share_of(theme.BACKGROUND, rgb(edge), 12) == 1.0
    finally:
        theme.choose("dark")


def test_picture_and_table_are_saved_and_trouble_is_one_sentence(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = SummaryPage(Poster(SOLO, LOOKS, "Stage 2", "Today"), tmp_path, "dance")
    page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(page)
    page.show()
    page.write_picture(tmp_path / "dance.png")
    assert str(tmp_path / "dance.png") in page.said.text()
    saved = QImage(str(tmp_path / "dance.png"))
    assert (saved.width(), saved.height()) == (2400, 1260)
    page.write_table(tmp_path / "dance.csv")
    rows = list(csv.DictReader((tmp_path / "dance.csv").read_text().splitlines()))
    assert [row["label"] for row in rows if row["dancer"] == "1"] == ["hiphop", "afrobeat", ""]

    page.write_picture(tmp_path / "nowhere" / "dance.png")
    assert "cannot be written" in page.said.text()
    assert sorted(file.name for file in tmp_path.iterdir()) == ["dance.csv", "dance.png"]


def test_without_a_dance_there_is_nothing_to_save(qtbot: QtBot, tmp_path: Path) -> None:
    page = SummaryPage(Poster(Choreography(), LOOKS, "", ""), tmp_path, "dance")
    page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(page)
    assert not page.save_picture.isEnabled()
    assert not page.save_table.isEnabled()
    assert page.close_button.isEnabled()


def test_the_end_of_a_file_offers_the_summary_and_s_opens_it(
    open_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    window = open_window("demo?seconds=4&dance=hiphop")
    qtbot.waitUntil(lambda: window.state is WorkerState.ENDED, timeout=30_000)
    buttons = {b.text(): b for b in window.stage.card.findChildren(QPushButton)}
    qtbot.mouseClick(buttons["Summary"], Qt.MouseButton.LeftButton)
    page = window.findChild(SummaryPage)
    assert page is not None
    dance = page.poster.whole.dances[0]
    assert dance.total == pytest.approx(4.0, abs=1.5)
    assert page.poster.title == "Demo dancer"
    page.close()
    qtbot.waitUntil(lambda: window.findChild(SummaryPage) is None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_S)
    assert window.findChild(SummaryPage) is not None
