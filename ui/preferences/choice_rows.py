"""A choice whose every value is explained, with a figure beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from choreai_live.ui import theme
from choreai_live.ui.preferences.fields import Field
from choreai_live.ui.preferences.page import words


@dataclass(frozen=True, slots=True)
class Row:
    """One value.

    Parameters
    ----------
    value
        As the settings have it.
    name, sentence
        What it is called, and what it is.
    trouble
        Why it cannot be chosen; None if it can.
    """

    value: str
    name: str
    sentence: str
    trouble: str | None = None


class RowsField(Field):
    """One of several values, each on a row of its own.

    Parameters
    ----------
    key
        With its dot.
    """

    def __init__(self, key: str) -> None:
        self._column_of = QWidget()
        super().__init__(key, self._column_of)
        self._column_of.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self._column_of)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._rows: dict[str, _RowWidget] = {}

    @property
    def values(self) -> tuple[str, ...]:
        """The values there are, in their order."""
        return tuple(self._rows)

    @property
    def buttons(self) -> tuple[QRadioButton, ...]:
        """What chooses each of them."""
        return tuple(widget.button for widget in self._rows.values())

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these instead of those before."""
        for old in self._rows.values():
            self._group.removeButton(old.button)
            self._column.removeWidget(old)
            old.deleteLater()
        self._rows = {row.value: _RowWidget(row) for row in rows}
        for value, widget in self._rows.items():
            self._group.addButton(widget.button)
            self._column.addWidget(widget)
            widget.button.clicked.connect(lambda _, value=value: self._choose(value))
        if self.value is not None:
            self._show(self.value)

    def show_figures(self, figures: dict[str, tuple[str, str]]) -> None:
        """Show two figures beside each value, such as a rate and a time."""
        for value, widget in self._rows.items():
            widget.show_figures(*figures.get(value, ("", "")))

    def button(self, value: str) -> QRadioButton:
        """Return what chooses a value."""
        return self._rows[value].button

    def _show(self, value: Any) -> None:
        if value in self._rows:
            self._rows[value].button.setChecked(True)

    def _choose(self, value: str) -> None:
        if value != self.value:
            self._emit(value)


class _RowWidget(QWidget):
    def __init__(self, row: Row) -> None:
        super().__init__()
        self._row = row
        self.button = QRadioButton(row.name)
        self.button.setEnabled(row.trouble is None)
        self.button.setAccessibleDescription(row.trouble or row.sentence)
        self._fast, self._time = QLabel(), QLabel()
        theme.dress(self._fast, theme.Role.SECTION)
        theme.dress(self._time, theme.Role.QUIET)
        sentence = self._sentence = words(row.trouble or row.sentence, theme.Role.QUIET)
        sentence.installEventFilter(self)
        theme.LOOK.changed.connect(self._fit)
        self._fit()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.button, 0, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._fast, 0, 1, right)
        grid.addWidget(sentence, 1, 0)
        grid.addWidget(self._time, 1, 1, right)

    def show_figures(self, fast: str, time: str) -> None:
        self._fast.setText(fast)
        self._time.setText(time)
        told = ", ".join(part for part in (fast, time) if part)
        self.button.setAccessibleName(f"{self._row.name}. {told}" if told else self._row.name)

    def _fit(self) -> None:
        self._sentence.setContentsMargins(round(16 * theme.LOOK.text_scale) + 10, 0, 0, 0)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Let the sentence be clicked for its button."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            self.button.click()
        return super().eventFilter(watched, event)
