"""One page of the settings: a column of keys, each with a name, a sentence and a control."""

from collections.abc import Collection
from typing import Any, Final

from PyQt6.QtCore import QCoreApplication, Qt, pyqtSignal
from PyQt6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from choreai_live.configuration.options import option_over
from choreai_live.configuration.sections import ProgramSettings
from choreai_live.ui import theme
from choreai_live.ui.preferences.fields import Field

#: Logical pixels of a control beside its sentence.
_CONTROL: Final = 264


class Page(QScrollArea):
    """Some keys that belong together.

    Parameters
    ----------
    title
        What it is called.
    introduction
        When changes on it hold.
    """

    #: Emitted once somebody has chosen: the key, and the value; None leaves the key out.
    changed = pyqtSignal(str, object)

    def __init__(self, title: str, introduction: str) -> None:
        super().__init__()
        self.title = title
        self.fields: dict[str, Field] = {}
        self._notes: dict[str, QLabel] = {}
        self._beside: list[QWidget] = []
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(4, 14, 14, 8)
        self.column.setSpacing(18)
        self.column.addWidget(words(introduction, theme.Role.QUIET))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.LOOK.changed.connect(self._fit)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that can be chosen on it."""
        return tuple(self.fields)

    def add(self, field: Field, label: str, sentence: str, *, wide: bool = False) -> None:
        """Add a key.

        Parameters
        ----------
        field
            The key, and its control.
        label, sentence
            What it is, and what choosing does.
        wide
            Whether the control needs a line of its own.
        """
        self.register(field)
        field.name(label, sentence)
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        name = words(label, theme.Role.SECTION)
        name.setBuddy(field.control)
        grid.addWidget(name, 0, 0)
        grid.addWidget(words(sentence, theme.Role.QUIET), 1, 0)
        grid.addWidget(self.note(field.key), 2, 0)
        if wide:
            grid.setVerticalSpacing(5)
            grid.addWidget(field.widget, 3, 0)
        else:
            self._beside.append(field.widget)
            middle = Qt.AlignmentFlag.AlignVCenter
            grid.addWidget(field.widget, 0, 1, 3, 1, middle)
        self.column.addWidget(row)

    def register(self, field: Field) -> None:
        """Take a key whose control stands elsewhere on the page."""
        self.fields[field.key] = field
        field.changed.connect(self.changed)
        field.refused.connect(lambda sentence: self.tell(field.key, sentence))

    def note(self, key: str) -> QLabel:
        """Return the place for a sentence about a key; it is not there while there is none."""
        note = self._notes.setdefault(key, words("", theme.Role.ALARM))
        note.setVisible(bool(note.text()))
        return note

    def tell(self, key: str, sentence: str) -> None:
        """Say something about a key, or nothing any more."""
        note = self._notes[key]
        note.setText(sentence)
        note.setVisible(bool(sentence))

    def finish(self) -> None:
        """Keep what was added together at the top."""
        self.column.addStretch(1)
        self._fit()

    def show_settings(self, settings: ProgramSettings) -> None:
        """Show what the settings file says."""
        for key, field in self.fields.items():
            field.show_value(value_of(settings, key))

    def tell_options(self, given: Collection[str]) -> None:
        """Say where the command line decides, whose options have these names."""
        for key in self.fields:
            option = option_over(key, given)
            if option is not None:
                # By name: self.tr would look under the names of the pages that inherit this.
                words = QCoreApplication.translate(
                    "Page", "This time the command line decides ({option})."
                )
                self.tell(key, words.format(option=option))

    def _fit(self) -> None:
        for widget in self._beside:
            widget.setFixedWidth(round(_CONTROL * min(theme.LOOK.text_scale, 1.6)))


def value_of(settings: ProgramSettings, key: str) -> Any:
    """Return the value of a key, which has a dot."""
    table, _, name = key.partition(".")
    return getattr(getattr(settings, table), name)


def words(text: str, role: theme.Role | None = None) -> QLabel:
    """Return a label that takes as many lines as it needs."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role is not None:
        theme.dress(label, role)
    return label
