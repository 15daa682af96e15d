"""The card over the picture: getting ready, what went wrong, the end."""

import re
from collections.abc import Sequence
from math import cos, pi
from typing import Final

from PyQt6.QtCore import QRectF, QSize, Qt, QTimer
from PyQt6.QtGui import QAction, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from choreai_live.ui import theme
from choreai_live.ui.icons import paint_mark
from choreai_live.ui.language.sentences import spoken

#: Zero-width space: a line may break here.
_BREAK: Final = "\u200b"


class MessageCard(QFrame):
    """A heading, one sentence, and the next steps as buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, theme.Role.CARD)
        self._waiting = _WaitingMark()
        self._heading = QLabel()
        theme.dress(self._heading, theme.Role.HEADING)
        self._heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._heading.setWordWrap(True)
        self._sentence = QLabel()
        theme.dress(self._sentence, theme.Role.SENTENCE)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(10)
        self._room = 1_000
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 30, 36, 32)
        column.setSpacing(12)
        column.addWidget(self._waiting, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._heading)
        column.addWidget(self._sentence)
        column.addSpacing(8)
        column.addLayout(self._buttons)
        theme.LOOK.changed.connect(self._fit)
        self._fit()
        self.hide()

    @property
    def heading(self) -> str:
        """What the card says in large letters."""
        return self._heading.text()

    @property
    def sentence(self) -> str:
        """What the card says below."""
        return unbroken(self._sentence.text())

    def show_message(
        self, heading: str, sentence: str, actions: Sequence[QAction] = (), *, waiting: bool = False
    ) -> None:
        """Show a message.

        Parameters
        ----------
        heading, sentence
            What to say.
        actions
            The next steps; the first is the one most people want.
        waiting
            Whether something is under way.
        """
        sentence = spoken(sentence)
        self._heading.setText(heading)
        self._sentence.setText(breakable(sentence))
        self._sentence.setVisible(bool(sentence))
        self._waiting.setVisible(waiting)
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._buttons.addStretch(1)
        for index, action in enumerate(actions):
            button = QPushButton(action.iconText())
            button.setProperty("primary", index == 0)
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(action.trigger)
            self._buttons.addWidget(button)
            if index == 0:
                button.setDefault(True)
        self._buttons.addStretch(1)
        self._fit_buttons()
        self.setAccessibleName(f"{heading}. {sentence}")
        self.show()
        self.raise_()

    def _fit(self) -> None:
        """Leave large text and the buttons below it the room they need."""
        self.setMinimumWidth(440)
        self.setMaximumWidth(round(600 * max(1.0, theme.LOOK.text_scale)))
        self._fit_buttons()

    def fit_into(self, width: int) -> None:
        """Take no more than `width` logical pixels: the last buttons give way, the first stays."""
        if width != self._room:
            self._room = width
            self._fit_buttons()

    def _fit_buttons(self) -> None:
        margins = self.contentsMargins()
        layout = self.layout()
        if layout is not None:
            margins += layout.contentsMargins()
        left = self._room - margins.left() - margins.right()
        found = (self._buttons.itemAt(place) for place in range(self._buttons.count()))
        buttons = [item.widget() for item in found if item is not None]
        for place, button in enumerate(each for each in buttons if each is not None):
            button.ensurePolished()
            left -= button.sizeHint().width() + self._buttons.spacing()
            button.setVisible(place == 0 or left >= 0)

    def change_heading(self, heading: str) -> None:
        """Say something else in large letters, and leave the rest as it is."""
        if heading != self._heading.text():
            self._heading.setText(heading)
            self.setAccessibleName(f"{heading}. {self.sentence}")


def breakable(sentence: str) -> str:
    """Return `sentence` with places to break paths and hashes, which have no blanks."""
    parted = re.sub(r"(?<=[^\s('\"])([/\\\\])(?=\S)", rf"\1{_BREAK}", sentence)
    return re.sub(rf"([^\s{_BREAK}]{{24}})(?=[^\s{_BREAK}])", rf"\1{_BREAK}", parted)


def unbroken(words: str) -> str:
    """Return words without the places to break them."""
    return words.replace(_BREAK, "")


class _WaitingMark(QWidget):
    """The application's mark, its shapes breathing one after the other."""

    _PERIOD = 2.4
    _STEP_MS = 50

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(84, 84))
        self._phase = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(self._STEP_MS)
        self._timer.timeout.connect(self._advance)

    def showEvent(self, event: QShowEvent | None) -> None:
        self._timer.start()

    def hideEvent(self, event: QHideEvent | None) -> None:
        self._timer.stop()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        strengths = tuple(
            0.62 + 0.38 * cos(2 * pi * (self._phase - third / 3)) for third in range(3)
        )
        paint_mark(painter, QRectF(self.rect()), strengths)

    def _advance(self) -> None:
        self._phase = (self._phase + self._STEP_MS / 1000 / self._PERIOD) % 1.0
        self.update()
