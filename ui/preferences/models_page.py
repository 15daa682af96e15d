"""Which models run, on what, and how fast each of them is on this machine."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import Final

from PyQt6.QtCore import QLocale, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from choreai_live.configuration.sections import ProgramSettings
from choreai_live.speeds import Choices, Speed, Trial
from choreai_live.ui import theme
from choreai_live.ui.preferences.choice_rows import RowsField
from choreai_live.ui.preferences.fields import ChoiceField, NumberField
from choreai_live.ui.preferences.known_speeds import KnownSpeeds
from choreai_live.ui.preferences.measuring import SECONDS, Measuring
from choreai_live.ui.preferences.model_words import pose_row, provider_name, provider_row
from choreai_live.ui.preferences.page import Page, words
from choreai_live.ui.preferences.style_model import StyleModelField

#: Keys that are chosen on rows of their own.
_ROWS: Final = ("models.pose", "models.provider")


class ModelsPage(Page):
    """Pose model, execution provider, precision, threads, and the style model.

    Attributes
    ----------
    measured
        Emitted with each Speed, to be kept.
    measuring_changed
        Emitted with whether something is measured now.
    """

    measured = pyqtSignal(object)
    measuring_changed = pyqtSignal(bool)

    def __init__(self, introduction: str, *, seconds: float = SECONDS) -> None:
        super().__init__(self.tr("Models"), introduction)
        self._known: KnownSpeeds | None = None
        self._prevented = ""
        self._measuring = Measuring(self, seconds=seconds)
        self.pose, self.provider = RowsField("models.pose"), RowsField("models.provider")
        self.measure = QPushButton(self.tr("Measure speeds"))
        self.measure.setAutoDefault(False)
        self.told = words("", theme.Role.QUIET)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Measuring"))
        self._bar.hide()
        self._add_measuring()
        self._add_rows(self.tr("Pose model"), self.pose)
        self._add_rows(self.tr("Execution provider"), self.provider)
        self._add_others()
        self.finish()
        self.measure.clicked.connect(self._start_or_cancel)
        self._measuring.began.connect(self._show_step)
        self._measuring.measured.connect(self._take)
        self._measuring.failed.connect(self._take_failure)
        self._measuring.finished.connect(self._show_finished)
        self.changed.connect(lambda *_: self._show_figures())
        self.measure.setEnabled(False)
        self.told.setText(self.tr("Looking at what this machine has…"))

    @property
    def measuring(self) -> bool:
        """Whether something is measured now."""
        return self._measuring.running

    def show_choices(self, choices: Choices, speeds: Mapping[Trial, Speed]) -> None:
        """Show what this machine has, and what was measured before."""
        self._known = KnownSpeeds(choices, speeds)
        self.pose.show_rows([pose_row(each) for each in choices.poses])
        self.provider.show_rows([provider_row(each, choices) for each in choices.providers])
        others = [self.fields[key].control for key in self.keys if key not in _ROWS]
        chain = [self.measure, *self.pose.buttons, *self.provider.buttons, *others]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)
        self._show_idle()
        self._show_figures()

    def show_settings(self, settings: ProgramSettings) -> None:
        """Show what the settings file says."""
        super().show_settings(settings)
        self._show_figures()

    def prevent_measuring(self, why: str) -> None:
        """Measure nothing for now, for a reason in one sentence; none lets it be."""
        self._prevented = why
        if not self.measuring:
            self._show_idle()

    def cancel(self) -> None:
        """End what is measured."""
        self._measuring.cancel()

    def _add_rows(self, heading: str, field: RowsField) -> None:
        self.register(field)
        field.name(heading, "")
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(words(heading, theme.Role.SECTION))
        column.addWidget(field.widget)
        column.addWidget(self.note(field.key))
        self.column.addLayout(column)

    def _add_measuring(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(self.measure)
        beside = QVBoxLayout()
        beside.setSpacing(6)
        beside.addWidget(self.told)
        beside.addWidget(self._bar)
        row.addLayout(beside, 1)
        box = QWidget()
        box.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(box)

    def _add_others(self) -> None:
        self.add(
            ChoiceField(
                "models.precision",
                [("fp32", self.tr("Single (fp32)")), ("fp16", self.tr("Half (fp16)"))],
            ),
            self.tr("Precision"),
            self.tr("Half is faster on a GPU, and brings nothing on the CPU."),
        )
        self.add(
            NumberField(
                "models.threads",
                0,
                1024,
                1,
                least=self.tr("As suits the cores"),
                leaves_out=True,
                whole=True,
            ),
            self.tr("Threads"),
            self.tr("Of the models on the CPU; more than there are cores make it slower."),
        )
        self.add(
            StyleModelField(
                "models.style_model",
                self.tr("The shipped one"),
                self.tr("Style models (*.onnx);;All files (*)"),
            ),
            self.tr("Style model"),
            self.tr("A file of your own, as `choreai-live train` makes them."),
            wide=True,
        )

    def _trials(self) -> list[tuple[Trial, Mapping[str, str]]]:
        return self._known.trials(*self._how()) if self._known else []

    def _how(self) -> tuple[str, int | None]:
        """Return precision and threads, as they are chosen."""
        return self.fields["models.precision"].value, self.fields["models.threads"].value

    def _start_or_cancel(self) -> None:
        if self.measuring:
            self.cancel()
        elif self._known is not None:
            self._known.failures.clear()
            self.measuring_changed.emit(True)
            self._measuring.start(self._trials())

    def _show_step(self, trial: Trial, number: int, count: int) -> None:
        self.measure.setText(self.tr("Cancel"))
        self._bar.setRange(0, count)
        self._bar.setValue(number - 1)
        self._bar.show()
        self.told.setText(
            self.tr("{number} of {count}: {model} on {provider}").format(
                number=number,
                count=count,
                model=self._pose_name(trial.pose),
                provider=provider_name(trial.provider),
            )
        )

    def _take(self, speed: Speed) -> None:
        if self._known is not None:
            self._known.add(speed)
        self.measured.emit(speed)
        self._show_figures()

    def _take_failure(self, trial: Trial, sentence: str) -> None:
        if self._known is not None:
            self._known.fail(trial, sentence)
        self._show_figures()

    def _show_finished(self) -> None:
        self._bar.hide()
        self.measure.setText(self.tr("Measure speeds"))
        self._show_idle()
        self.measuring_changed.emit(False)

    def _show_idle(self) -> None:
        trials = self._trials()
        self.measure.setEnabled(bool(trials) and not self._prevented)
        if self._prevented:
            self.told.setText(self._prevented)
            return
        dates = [speed.date for trial, _ in trials if (speed := self._speed(trial)) is not None]
        failures = self._known.failures if self._known else {}
        if failures:
            trial, sentence = next(iter(failures.items()))
            text = self.tr("{model} on {provider} cannot be measured: {why}").format(
                model=self._pose_name(trial.pose),
                provider=provider_name(trial.provider),
                why=sentence,
            )
        elif dates:
            date = _shown_date(max(dates))
            text = self.tr("Measured here with one dancer, {date}.").format(date=date)
        else:
            text = self.tr(
                "Runs every choice for a few seconds, with one dancer of the demo. The source "
                "rests meanwhile."
            )
        self.told.setText(text)

    def _speed(self, trial: Trial) -> Speed | None:
        return self._known.speed(trial) if self._known else None

    def _show_figures(self) -> None:
        pose, provider = self.pose.value or "", self.provider.value or ""
        self.pose.show_figures(
            {value: self._figures(value, provider) for value in self.pose.values}
        )
        self.provider.show_figures(
            {value: self._figures(pose, value) for value in self.provider.values}
        )

    def _figures(self, pose: str, provider: str) -> tuple[str, str]:
        """Return a rate and a time, as far as they are known."""
        if self._known is None:
            return "", ""
        trial = self._known.trial(pose, provider, *self._how())
        speed = self._known.speed(trial)
        if speed is None:
            failed = trial in self._known.failures
            return (self.tr("Does not start"), "") if failed else ("", "")
        if speed.ran_on != speed.provider:
            return self.tr("Runs on the CPU instead"), ""
        locale = QLocale()
        return (
            self.tr("{rate} fps").format(rate=locale.toString(speed.fps, "f", 0)),
            self.tr("{time} ms").format(time=locale.toString(speed.milliseconds, "f", 1)),
        )

    def _pose_name(self, value: str) -> str:
        poses = self._known.choices.poses if self._known else ()
        return next((pose_row(each).name for each in poses if each.value == value), value)


def _shown_date(date: str) -> str:
    try:
        local = datetime.fromisoformat(date).astimezone()
    except ValueError:
        return date
    return QLocale().toString(local, "d MMMM yyyy")
