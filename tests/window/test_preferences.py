"""The settings page: what is chosen holds, is written, and nothing of the file is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from choreai_live.configuration import ProgramSettings
from choreai_live.configuration.reading import read_settings, settings_path
from choreai_live.configuration.sections import ModelsSection, RecordingSection
from choreai_live.configuration.tables import flattened
from choreai_live.models import catalog
from choreai_live.speeds import (
    Absence,
    Choices,
    KeptSpeeds,
    PoseChoice,
    ProviderChoice,
    Speed,
    Trial,
    choices_here,
    speeds_file,
)
from choreai_live.ui import theme
from choreai_live.ui.main_window import MainWindow
from choreai_live.ui.preferences.dialog import PreferencesDialog
from choreai_live.ui.preferences.measuring import Measuring
from choreai_live.ui.preferences.opening import Preferences
from choreai_live.ui.worker import WorkerState

OpenWindow = Callable[..., MainWindow]
OpenPage = Callable[..., PreferencesDialog]

#: Keys that the page leaves to the file, and why.
NOT_SHOWN = {
    "teaching": "is what My styles in the window is for; where they are kept is for whoever keeps "
    "them elsewhere",
    "kiosk": "is set up once, by whoever looks after it, and not from the window",
    "monitoring": "is about the kiosk",
    "log": "is for whoever looks for a fault",
}

#: Keys that a page leaves to the file though it has others of their table, and why.
LEFT_TO_THE_FILE = {
    "source.more": "several addresses, some with passwords, do not fit a line; the window adds "
    "sources by its picker",
}


@pytest.fixture(autouse=True)
def _dark_again() -> Iterator[None]:
    yield
    theme.choose("dark", 1.0)


@pytest.fixture
def open_page(qtbot: QtBot) -> Iterator[OpenPage]:
    """Return what opens the page: ``open_page(text_of_the_file, given=..., settings=...)``."""
    opened: list[PreferencesDialog] = []

    def open_it(
        text: str | None = None,
        given: tuple[str, ...] = (),
        settings: ProgramSettings | None = None,
    ) -> PreferencesDialog:
        path = settings_path()
        if text is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        page = PreferencesDialog(None, path, settings or ProgramSettings(), given, seconds=0.3)
        opened.append(page)
        with qtbot.waitSignal(page.loaded):
            page.show()
        qtbot.waitUntil(page.models.measure.isEnabled)
        return page

    yield open_it
    for page in opened:
        page.done(0)
        page.saving.finish()
        page.deleteLater()


def choose(page: PreferencesDialog, key: str, words: str) -> None:
    """Choose by the words that are read."""
    box = control(page, key)
    assert isinstance(box, QComboBox)
    place = box.findText(words)
    assert place >= 0, [box.itemText(index) for index in range(box.count())]
    box.setCurrentIndex(place)


def control(page: PreferencesDialog, key: str) -> QWidget:
    for each in page.pages:
        if key in each.fields:
            return each.fields[key].control
    raise KeyError(key)


def type_into(qtbot: QtBot, page: PreferencesDialog, key: str, text: str) -> None:
    line = control(page, key)
    assert isinstance(line, QLineEdit)
    line.clear()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def written(page: PreferencesDialog) -> ProgramSettings:
    page.saving.finish()
    return read_settings(settings_path())


def test_every_key_is_there_or_left_out_for_a_reason(open_page: OpenPage) -> None:
    page = open_page()
    shown = {key for each in page.pages for key in each.keys}
    keys = {key for key, _, _ in flattened(ProgramSettings())}
    assert shown <= keys
    assert keys >= LEFT_TO_THE_FILE.keys()
    assert not shown & LEFT_TO_THE_FILE.keys()
    left = keys - shown - LEFT_TO_THE_FILE.keys()
    assert {key.partition(".")[0] for key in left} == NOT_SHOWN.keys()
    asked = keys - LEFT_TO_THE_FILE.keys()
    assert {key for key in asked if key.partition(".")[0] not in NOT_SHOWN} == shown


def test_the_page_shows_what_the_file_says(open_page: OpenPage) -> None:
    page = open_page(
        '[source]\nspec = "demo"\n[models]\npose = "movenet"\nthreads = 2\nstyle_model = "a.onnx"\n'
        '[window]\ntheme = "light"\ntext_scale = 1.3\nlanguage = "fr"\nmirror = false\n'
        "[recording]\nvideo = false\nsplit_minutes = 5\nsplit_megabytes = 0\n"
    )
    assert page.models.pose.button("movenet").isChecked()
    for key, words in (
        ("window.theme", "Light"),
        ("window.text_scale", "130 %"),
        ("window.language", "Français"),
        ("window.mirror", "No source"),
        ("window.trails", "As last chosen"),
        ("source.transport", "TCP, nothing is lost"),
    ):
        box = control(page, key)
        assert isinstance(box, QComboBox)
        assert box.currentText() == words
    threads, minutes = control(page, "models.threads"), control(page, "recording.split_minutes")
    size = control(page, "recording.split_megabytes")
    for box, words in ((threads, "2"), (minutes, "5 min"), (size, "Any size")):
        assert isinstance(box, QDoubleSpinBox)
        assert box.text() == words
    spec, video = control(page, "source.spec"), control(page, "recording.video")
    style_model = control(page, "models.style_model")
    assert isinstance(spec, QLineEdit)
    assert isinstance(video, QCheckBox)
    assert isinstance(style_model, QLineEdit)
    assert spec.text() == "demo"
    assert not video.isChecked()
    assert style_model.text() == str(settings_path().parent / "a.onnx")
    assert written(page) == read_settings(settings_path()), "looking changes nothing"


def test_what_is_chosen_is_written_and_comments_stay(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page('# mine\n[window]\ntheme = "dark"  # for the hall\n')
    chosen: list[tuple[str, object]] = []
    page.chosen.connect(lambda key, value: chosen.append((key, value)))
    choose(page, "window.theme", "Light")
    choose(page, "window.text_scale", "125 %")
    choose(page, "window.language", "Français")
    choose(page, "window.trails", "Shown")
    page.models.pose.button("movenet").click()
    threads = control(page, "models.threads")
    assert isinstance(threads, QDoubleSpinBox)
    threads.setValue(3)
    qtbot.mouseClick(control(page, "recording.overlay"), Qt.MouseButton.LeftButton)
    type_into(qtbot, page, "source.spec", "demo?dancers=2")
    type_into(qtbot, page, "recording.folder", "/srv/dances")
    found = written(page)
    assert (found.window.theme, found.window.text_scale) == ("light", 1.25)
    assert (found.window.language, found.window.trails) == ("fr", True)
    assert found.models == ModelsSection(pose="movenet", threads=3)
    assert found.source.spec == "demo?dancers=2"
    assert (found.recording.overlay, found.recording.folder) == (True, Path("/srv/dances"))
    text = settings_path().read_text()
    assert "# mine" in text
    assert "# for the hall" in text
    assert ("models.threads", 3) in chosen
    qtbot.waitUntil(lambda: page.told.text().startswith("Saved to"))
    assert page.isVisible(), "Enter in a line does not close the page"

    choose(page, "window.theme", "As last chosen")
    threads.setValue(0)
    type_into(qtbot, page, "source.spec", "")
    found = written(page)
    assert (found.window.theme, found.models.threads, found.source.spec) == (None, None, None)
    assert "# theme = ...  # for the hall" in settings_path().read_text()


def test_a_page_is_reset_alone(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page('[window]\ntheme = "light"\nfullscreen = true\n[models]\nthreads = 2\n')
    page.tabs.setCurrentWidget(page.look)
    qtbot.mouseClick(page.reset, Qt.MouseButton.LeftButton)
    box = control(page, "window.theme")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "As last chosen"
    found = written(page)
    assert found == replace(ProgramSettings(), models=ModelsSection(threads=2))
    assert "theme" not in settings_path().read_text()


def test_what_cannot_be_written_is_said_and_tried_again(
    open_page: OpenPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    folder = settings_path().parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    choose(page, "window.theme", "Light")
    page.saving.finish()
    qtbot.waitUntil(lambda: page.told.text().startswith("Not saved:"))
    assert "cannot be" in page.told.text()
    folder.unlink()
    choose(page, "window.trails", "Shown")
    found = written(page)
    assert (found.window.theme, found.window.trails) == ("light", True)
    qtbot.waitUntil(lambda: page.told.text().startswith("Saved to"))


def test_a_broken_file_is_left_as_it_is(open_page: OpenPage, qtbot: QtBot) -> None:
    text = "[window]\nfulscreen = true\n"
    used = replace(ProgramSettings(), models=ModelsSection(pose="movenet"))
    page = open_page(text, settings=used)
    assert "did you mean fullscreen?" in page.told.text()
    assert page.models.pose.button("movenet").isChecked(), "what is in use instead"
    choose(page, "window.theme", "Light")
    page.saving.finish()
    assert settings_path().read_text() == text


def test_a_password_is_neither_shown_nor_lost(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page('[source]\nspec = "rtsp://anna:hunter2@hall/stage"\n')
    line = control(page, "source.spec")
    assert isinstance(line, QLineEdit)
    assert line.text() == "rtsp://***@hall/stage"
    type_into(qtbot, page, "source.spec", "rtsp://***@hall/other")
    assert written(page).source.spec == "rtsp://anna:hunter2@hall/stage"
    shown = [label.text() for label in page.source.findChildren(type(page.told))]
    assert any(words.startswith("Not kept:") for words in shown)
    type_into(qtbot, page, "source.spec", "rtsp://hall/other")
    assert written(page).source.spec == "rtsp://hall/other"
    shown = [label.text() for label in page.source.findChildren(type(page.told))]
    assert not any(words.startswith("Not kept:") for words in shown)
    type_into(qtbot, page, "source.spec", "rtsp://eva:s3cret@hall/other")
    assert line.text() == "rtsp://***@hall/other"
    assert written(page).source.spec == "rtsp://eva:s3cret@hall/other"


def test_a_file_that_holds_no_style_model_is_not_kept(
    open_page: OpenPage, qtbot: QtBot, tmp_path: Path
) -> None:
    page = open_page()
    wrong = tmp_path / "wrong.onnx"
    wrong.write_text("no model")
    type_into(qtbot, page, "models.style_model", str(wrong))
    note = page.models.note("models.style_model")
    qtbot.waitUntil(lambda: str(wrong) in note.text())
    page.saving.finish()
    assert not settings_path().exists()
    shipped = next(entry.path for entry in catalog() if entry.name == "style")
    type_into(qtbot, page, "models.style_model", str(shipped))
    qtbot.waitUntil(lambda: not note.text())
    assert written(page).models.style_model == shipped


def test_where_the_command_line_decides_is_said(open_page: OpenPage) -> None:
    page = open_page(given=("settings", "theme", "threads"))
    assert "--theme" in page.look.note("window.theme").text()
    assert "--threads" in page.models.note("models.threads").text()
    assert not page.look.note("window.text_scale").text()


def test_only_what_this_machine_has_can_be_chosen(open_page: OpenPage) -> None:
    page = open_page()
    here = choices_here()
    assert {each.value for each in here.providers if each.absence is None} >= {"auto", "cpu"}
    for each in here.providers:
        button = page.models.provider.button(each.value)
        assert button.isEnabled() == (each.absence is None)
        assert button.accessibleDescription()
    alphapose = page.models.pose.button("alphapose")
    assert not alphapose.isEnabled()
    assert "models add alphapose" in alphapose.accessibleDescription()


def test_speeds_are_measured_in_a_child_shown_and_kept(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page('[models]\nthreads = 1\nprovider = "cpu"\npose = "movenet"\n')
    button = page.models.pose.button("movenet")
    assert "fps" not in button.accessibleName()
    told: list[bool] = []
    page.measuring_changed.connect(told.append)
    with qtbot.waitSignal(page.models.measured, timeout=60_000):
        qtbot.mouseClick(page.models.measure, Qt.MouseButton.LeftButton)
        assert page.models.measure.text() == "Cancel"
    # The first is done; the rest is not waited for.
    qtbot.mouseClick(page.models.measure, Qt.MouseButton.LeftButton)
    assert not page.models.measuring
    assert told == [True, False]
    qtbot.waitUntil(lambda: len(KeptSpeeds().read()) == 1)
    [speed] = KeptSpeeds().read().values()
    assert (speed.pose, speed.provider, speed.threads, speed.ran_on) == (
        "blazepose",
        "cpu",
        1,
        "cpu",
    )
    assert speed.fps > 0
    assert speed.milliseconds > 0
    assert "fps" in page.models.pose.button("blazepose").accessibleName()
    assert "fps" not in page.models.provider.button("cpu").accessibleName(), "of another model"
    page.models.pose.button("blazepose").click()
    assert "fps" in page.models.provider.button("cpu").accessibleName()
    assert "fps" in page.models.provider.button("auto").accessibleName()
    # With other threads it is another speed.
    threads = control(page, "models.threads")
    assert isinstance(threads, QDoubleSpinBox)
    threads.setValue(2)
    assert "fps" not in page.models.provider.button("cpu").accessibleName()

    again = open_page('[models]\nthreads = 1\nprovider = "cpu"\n')
    assert "fps" in again.models.pose.button("blazepose").accessibleName()
    assert again.models.told.text().startswith("Measured here")


def test_a_speed_of_other_models_is_not_shown(open_page: OpenPage) -> None:
    here = choices_here()
    trial = Trial("blazepose", "cpu", "fp32", here.usual_threads)
    hashes = here.poses[0].hashes
    speed = Speed(
        trial.pose,
        trial.provider,
        trial.precision,
        trial.threads,
        *("cpu", 61.4, 16.2, "2026-11-26T05:00:00+00:00", hashes, here.onnxruntime),
    )
    KeptSpeeds().add(speed)
    assert "61 fps, 16.2 ms" in open_page().models.pose.button("blazepose").accessibleName()
    KeptSpeeds().add(replace(speed, models={**hashes, "blazepose_full": "0" * 64}))
    assert "fps" not in open_page().models.pose.button("blazepose").accessibleName()


def test_what_cannot_be_measured_is_said(qtbot: QtBot) -> None:
    measuring = Measuring(seconds=0.1)
    failed: list[tuple[Trial, str]] = []
    measuring.failed.connect(lambda trial, sentence: failed.append((trial, sentence)))
    trial = Trial("nonsense", "cpu", "fp32", 1)
    with qtbot.waitSignal(measuring.finished, timeout=60_000):
        measuring.start([(trial, {})])
    [(told, sentence)] = failed
    assert told == trial
    assert "nonsense" in sentence
    assert not measuring.running


def test_a_gpu_that_is_absent_and_models_that_were_added(open_page: OpenPage) -> None:
    page = open_page()
    choices = Choices(
        poses=(PoseChoice("movenet", hashes={"m": "1"}), PoseChoice("alphapose:mine", "mine")),
        providers=(
            ProviderChoice("auto"),
            ProviderChoice("cuda", Absence.NO_GPU, half=True),
            ProviderChoice("cpu"),
        ),
        automatic="cpu",
        onnxruntime="1.2",
        usual_threads=2,
    )
    page.models.show_choices(choices, {})
    assert "No NVIDIA GPU" in page.models.provider.button("cuda").accessibleDescription()
    assert page.models.pose.button("alphapose:mine").text() == "AlphaPose: mine"
    page.models.pose.button("alphapose:mine").click()
    assert written(page).models.pose == "alphapose:mine"


def test_rubbish_among_kept_speeds_is_passed_over() -> None:
    file = speeds_file()
    file.parent.mkdir(parents=True)
    file.write_text('[1, {"pose": "x"}, null]')
    assert KeptSpeeds().read() == {}
    file.write_bytes(bytes(range(256)))
    assert KeptSpeeds().read() == {}


def test_tab_goes_from_the_top_to_the_bottom(open_page: OpenPage, qtbot: QtBot) -> None:
    page = open_page()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    for each in page.pages:
        page.tabs.setCurrentWidget(each)
        bar = page.tabs.tabBar()
        assert bar is not None
        bar.setFocus()
        tops = []
        qtbot.keyClick(bar, Qt.Key.Key_Tab)
        while (widget := QApplication.focusWidget()) is not None and each.isAncestorOf(widget):
            tops.append(widget.mapTo(each.widget(), widget.rect().center()).y())
            qtbot.keyClick(widget, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is page.reset
        assert all(after > before - 5 for before, after in pairwise(tops)), each.title
        assert len(tops) >= len(each.keys)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("choice", ["light", "dark"])
def test_nothing_is_cut_and_everything_has_a_name(
    open_page: OpenPage, choice: theme.Choice, scale: float
) -> None:
    theme.choose(choice, scale)
    page = open_page()
    page.resize(min(round(740 * scale), 1240), 680)
    for each in page.pages:
        page.tabs.setCurrentWidget(each)
        inside = each.widget()
        assert inside is not None
        assert inside.width() <= each.width()
        for widget in inside.findChildren(QWidget):
            if widget.isVisible() and isinstance(widget, QAbstractButton):
                assert widget.width() >= widget.minimumSizeHint().width()
        for key in each.keys:
            if each.fields[key].control.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                assert each.fields[key].control.accessibleName()
    for button in page.findChildren(QPushButton):
        assert not button.autoDefault(), "Enter in a line must press no button"


def test_the_window_takes_what_is_chosen_at_once(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window("demo?seconds=60")
    preferences = Preferences(window)
    qtbot.waitUntil(lambda: window.state is WorkerState.LIVE, timeout=30_000)
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    page = preferences.dialog
    assert page is not None
    qtbot.waitUntil(page.reset.isEnabled)
    qtbot.waitUntil(page.models.measure.isEnabled)
    choose(page, "window.theme", "Light")
    assert theme.LOOK.colours is theme.LIGHT
    choose(page, "window.text_scale", "110 %")
    assert theme.LOOK.text_scale == 1.1
    choose(page, "window.trails", "Shown")
    choose(page, "window.skeletons_only", "Skeletons only")
    assert window.stage.video.trails
    assert window.stage.video.private
    choose(page, "window.mirror", "Every source")
    assert window.commands.mirror.isChecked()
    choose(page, "window.mirror", "Cameras, as last chosen")
    assert not window.commands.mirror.isChecked()
    type_into(qtbot, page, "recording.folder", "/srv/dances")
    assert window.recording.folder == Path("/srv/dances")
    page.models.pose.button("movenet").click()

    # While the machine is measured the source rests.
    qtbot.mouseClick(page.models.measure, Qt.MouseButton.LeftButton)
    assert window.commands.pause.isChecked()
    qtbot.mouseClick(page.models.measure, Qt.MouseButton.LeftButton)
    assert not window.commands.pause.isChecked()
    page.accept()
    assert preferences.dialog is None
    page.saving.finish()
    assert read_settings(settings_path()).models.pose == "movenet"

    # The other model is loaded with the next source.
    assert "BlazePose" in window.status_line.engine.text()
    window.commands.reopen.trigger()
    qtbot.waitUntil(lambda: "BlazePose" not in window.status_line.engine.text(), timeout=30_000)
    assert "MoveNet" in window.status_line.engine.text()
    qtbot.waitUntil(lambda: window.state is WorkerState.LIVE, timeout=30_000)


def test_nothing_is_measured_while_something_is_recorded(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window("demo?seconds=60")
    preferences = Preferences(window, tmp_path / "mine.toml", ("theme",))
    qtbot.waitUntil(lambda: window.state is WorkerState.LIVE, timeout=30_000)
    window.live.record_as(RecordingSection(folder=tmp_path / "recorded", video=False))
    window.commands.record.trigger()
    preferences.open()
    page = preferences.dialog
    assert page is not None
    qtbot.waitUntil(page.reset.isEnabled)
    qtbot.waitUntil(lambda: "cpu" in page.models.provider.values)
    assert not page.models.measure.isEnabled()
    assert "recorded" in page.models.told.text()
    assert "--theme" in page.look.note("window.theme").text()
    choose(page, "window.language", "English")
    page.saving.finish()
    assert read_settings(tmp_path / "mine.toml").window.language == "en"
    page.reject()
