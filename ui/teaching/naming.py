"""The first page of a lesson: what it is called, and what kind of thing it is."""

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
)

from choreai_live.ui import theme
from choreai_live.ui.style_look import StyleLooks

#: Letters of a name, at most.
LONGEST_NAME = 40


class NamingPage(QFrame):
    """Asks for a name, and whether it is a style of its own or a move of a shipped one.

    Attributes
    ----------
    started
        Emitted with the name and the label it is a move of, None for a style of its own.
    cancelled
        Emitted when there is to be no lesson.
    """

    started = pyqtSignal(str, object)
    cancelled = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, theme.Role.CARD)
        self._known: dict[str, str | None] = {}
        title = QLabel(self.tr("Teach a style"))
        theme.dress(title, theme.Role.TITLE)
        self.how = QLabel(
            self.tr("Dance it for 30 to 60 seconds in front of the camera; it is learned at once.")
        )
        theme.dress(self.how, theme.Role.QUIET)
        self.how.setWordWrap(True)
        called = QLabel(self.tr("&Name"))
        theme.dress(called, theme.Role.SECTION)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText(self.tr("azonto, my solo, bar 3…"))
        self.name.setAccessibleName(self.tr("Name"))
        self.name.textChanged.connect(self._show_name)
        self.name.returnPressed.connect(self._start)
        called.setBuddy(self.name)
        self.known = QLabel()
        theme.dress(self.known, theme.Role.QUIET)
        self.known.setWordWrap(True)
        self.known.setTextFormat(Qt.TextFormat.PlainText)
        kind = QLabel(self.tr("It is"))
        theme.dress(kind, theme.Role.SECTION)
        self.kinds = QButtonGroup(self)
        self._families: list[str | None] = []
        self._choices = QGridLayout()
        self._choices.setVerticalSpacing(8)
        self._choices.setHorizontalSpacing(24)
        self.start_button = QPushButton(self.tr("&Start"))
        self.start_button.setProperty("primary", True)
        self.start_button.clicked.connect(self._start)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.start_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 22)
        column.setSpacing(8)
        for part in (title, self.how, called, self.name, self.known, kind):
            column.addWidget(part)
        column.addLayout(self._choices)
        column.addSpacing(6)
        column.addLayout(row)
        self._show_name()

    @property
    def family(self) -> str | None:
        """The shipped style it is a move of; None for a style of its own."""
        chosen = self.kinds.checkedId()
        return self._families[chosen] if 0 <= chosen < len(self._families) else None

    def begin(self, families: Sequence[str], known: dict[str, str | None]) -> None:
        """Ask anew.

        Parameters
        ----------
        families
            The shipped styles it can be a move of.
        known
            Names that were taught already, and the family of each.
        """
        self._known = known
        if self._families[1:] != list(families):
            self._offer(families)
        self.kinds.buttons()[0].setChecked(True)
        self.name.clear()
        self._show_name()
        self.name.setFocus()

    def refuse(self, words: str) -> None:
        """Say in one sentence why this name cannot be taught."""
        self.known.setText(words)
        self.known.setVisible(True)
        self.name.setFocus()
        self.name.selectAll()

    def _offer(self, families: Sequence[str]) -> None:
        for button in self.kinds.buttons():
            self.kinds.removeButton(button)
            self._choices.removeWidget(button)
            button.deleteLater()
        self._families = [None, *families]
        looks = StyleLooks(families)
        words = [self.tr("a style of its own")]
        words += [self.tr("a move of {style}").format(style=looks.of(f).word) for f in families]
        for number, said in enumerate(words):
            button = QRadioButton(said)
            self.kinds.addButton(button, number)
            self._choices.addWidget(button, number // 2, number % 2)
            button.show()
        # Tab goes from the choice to the buttons below it.
        self.setTabOrder(self.name, self.kinds.buttons()[0])
        for one, other in zip(self.kinds.buttons(), self.kinds.buttons()[1:], strict=False):
            self.setTabOrder(one, other)
        self.setTabOrder(self.kinds.buttons()[-1], self.cancel_button)
        self.setTabOrder(self.cancel_button, self.start_button)

    def _show_name(self) -> None:
        name = self.name.text().strip()
        self.start_button.setEnabled(bool(name))
        known = next((each for each in self._known if each.casefold() == name.casefold()), None)
        self.known.setVisible(known is not None)
        if known is not None:
            self.known.setText(
                self.tr("{name} is known already: what you dance is added.").format(name=known)
            )
        for button in self.kinds.buttons():
            button.setEnabled(known is None)
        if known is not None and self._known[known] in self._families:
            self.kinds.buttons()[self._families.index(self._known[known])].setChecked(True)

    def _start(self) -> None:
        name = self.name.text().strip()
        if name:
            known = next((each for each in self._known if each.casefold() == name.casefold()), name)
            self.started.emit(known, self.family)
