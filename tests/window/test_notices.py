"""What the window has to say at the start."""

from pytestqt.qtbot import QtBot

from choreai_live.settings import EngineSettings
from choreai_live.ui.main_window import MainWindow


def test_what_is_wrong_with_the_settings_is_read_over_the_picture(qtbot: QtBot) -> None:
    window = MainWindow(EngineSettings(), notices=("The file is broken.", "No log."))
    window.show()
    try:
        assert window.stage.notice.isVisible()
        assert window.stage.notice.words == "The file is broken.\nNo log."
    finally:
        window.close()
        window.deleteLater()


def test_without_anything_to_say_there_is_no_notice(qtbot: QtBot) -> None:
    window = MainWindow(EngineSettings())
    window.show()
    try:
        assert not window.stage.notice.isVisible()
    finally:
        window.close()
        window.deleteLater()
