"""The picture on screen says when it was captured, from which delay is measured."""

import numpy as np
from pytestqt.qtbot import QtBot

from choreai_live.messages import Frame, Snapshot
from choreai_live.ui.video_view import VideoView


def test_the_picture_says_when_it_was_captured(qtbot: QtBot) -> None:
    view = VideoView()
    qtbot.addWidget(view)
    assert view.captured is None
    view.show_snapshot(Snapshot(Frame(np.zeros((48, 64, 3), np.uint8), 0.0, 0, 12.5)), None)
    assert view.captured == 12.5
    view.clear()
    assert view.captured is None
