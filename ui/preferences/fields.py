"""The controls of the settings page: each of them is one key of the settings file."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QCoreApplication, QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from choreai_live.ui.preferences.controls import Box, NumberBox, Switch

# By context: self.tr would look under the names of the fields that inherit it.
translate = QCoreApplication.translate


class Field(QObject):
    """One key and the control it is chosen with.

    Parameters
    ----------
    key
        With its dot.
    control
        What takes the keyboard.
    widget
        What is laid out, if that is more than the control.
    """

    #: Emitted once somebody has chosen: the key, and the value; None leaves the key out.
    changed = pyqtSignal(str, object)
    #: Emitted with one sentence if what was typed cannot be; empty once it is right again.
    refused = pyqtSignal(str)

    def __init__(self, key: str, control: QWidget, widget: QWidget | None = None) -> None:
        super().__init__()
        self.key = key
        self.control = control
        self.widget = widget or control
        self.value: Any = None
        control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_value(self, value: Any) -> None:
        """Show a value without having chosen it."""
        self.value = value
        blocked = self.control.blockSignals(True)
        self._show(value)
        self.control.blockSignals(blocked)

    def name(self, label: str, sentence: str) -> None:
        """Say what it is, for those who cannot see what stands beside it."""
        self.control.setAccessibleName(label)
        self.control.setAccessibleDescription(sentence)

    def _show(self, value: Any) -> None:
        raise NotImplementedError

    def _emit(self, value: Any) -> None:
        self.value = value
        self.changed.emit(self.key, value)


class ChoiceField(Field):
    """One of a few values.

    Parameters
    ----------
    key
        With its dot.
    choices
        Value and words.
    other
        Words for a value that is none of them, which is listed once it is shown.
    """

    def __init__(
        self,
        key: str,
        choices: Sequence[tuple[Any, str]],
        other: Callable[[Any], str] = str,
    ) -> None:
        self._other = other
        self._box = Box()
        super().__init__(key, self._box)
        self._values = [value for value, _ in choices]
        self._box.addItems([words for _, words in choices])
        self._box.currentIndexChanged.connect(lambda index: self._emit(self._values[index]))

    def _show(self, value: Any) -> None:
        if value not in self._values:
            self._values.append(value)
            self._box.addItem(self._other(value))
        self._box.setCurrentIndex(self._values.index(value))


class SwitchField(Field):
    """Yes or no; the words stand beside the box."""

    def __init__(self, key: str, words: str) -> None:
        self._box = Switch(words)
        super().__init__(key, self._box)
        self._box.toggled.connect(self._emit)

    def _show(self, value: Any) -> None:
        self._box.setChecked(bool(value))


class NumberField(Field):
    """A number.

    Parameters
    ----------
    key
        With its dot.
    low, high, step
        What can be chosen.
    suffix
        The unit.
    least
        Words for the lowest number, where they say more.
    leaves_out
        Whether the lowest number leaves the key out.
    whole
        Whether the value is a whole number.
    """

    def __init__(
        self,
        key: str,
        low: float,
        high: float,
        step: float,
        suffix: str = "",
        *,
        least: str = "",
        leaves_out: bool = False,
        whole: bool = False,
    ) -> None:
        self._box = NumberBox()
        super().__init__(key, self._box)
        self._leaves_out, self._whole = leaves_out, whole
        self._box.setDecimals(0 if whole else 1)
        self._box.setRange(low, high)
        self._box.setSingleStep(step)
        self._box.setSuffix(suffix)
        self._box.setSpecialValueText(least)
        self._box.setKeyboardTracking(False)
        self._box.setAccelerated(True)
        self._box.valueChanged.connect(self._choose)

    def _show(self, value: Any) -> None:
        self._box.setValue(self._box.minimum() if value is None else float(value))

    def _choose(self, value: float) -> None:
        if self._leaves_out and value <= self._box.minimum():
            self._emit(None)
        else:
            self._emit(int(value) if self._whole else value)


class TextField(Field):
    """Words; none leave the key out."""

    def __init__(self, key: str, placeholder: str) -> None:
        self._line = QLineEdit()
        super().__init__(key, self._line)
        self._line.setPlaceholderText(placeholder)
        self._shown = ""
        self._line.editingFinished.connect(self._choose)

    def _show(self, value: Any) -> None:
        self._shown = value or ""
        self._line.setText(self._shown)

    def _choose(self) -> None:
        words = self._line.text().strip()
        if words != self._shown:
            self._shown = words
            self._emit(words or None)


class PathField(Field):
    """A folder or a file, chosen in the system's own dialog or typed; none leaves the key out.

    Parameters
    ----------
    key
        With its dot.
    placeholder
        What holds if there is none.
    filters
        Of files, as Qt writes them; None for a folder.
    """

    def __init__(self, key: str, placeholder: str, filters: str | None = None) -> None:
        self._line = QLineEdit()
        self.browse = QPushButton()
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._line, 1)
        row.addWidget(self.browse)
        super().__init__(key, self._line, widget)
        self._filters = filters
        self._shown = ""
        self.browse.setText(translate("PathField", "Choose…"))
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(self._browse)
        self._line.setPlaceholderText(placeholder)
        self._line.setClearButtonEnabled(True)
        self._line.editingFinished.connect(self._choose)

    def name(self, label: str, sentence: str) -> None:
        """Say what it is, for those who cannot see what stands beside it."""
        super().name(label, sentence)
        self.browse.setAccessibleName(translate("PathField", "Choose: {what}").format(what=label))

    def _show(self, value: Any) -> None:
        self._shown = "" if value is None else str(value)
        self._line.setText(self._shown)

    def _choose(self) -> None:
        text = self._line.text().strip()
        if text == self._shown:
            return
        self._shown = text
        self._emit(Path(text).expanduser().absolute() if text else None)

    def _browse(self) -> None:
        title = self._line.accessibleName()
        if self._filters is None:
            found = QFileDialog.getExistingDirectory(self.widget, title, self._shown)
        else:
            found, _ = QFileDialog.getOpenFileName(
                self.widget, title, self._shown, filter=self._filters
            )
        if found:
            self._line.setText(found)
            self._choose()
