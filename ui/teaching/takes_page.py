"""What was danced so far, as films, of which bad ones can be left out."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from choreai_live.ui import theme
from choreai_live.ui.icons import icon
from choreai_live.ui.style_look import StyleLook
from choreai_live.ui.teaching.film import TakeFilm
from choreai_live.ui.teaching.words import problem_words, seconds_words

if TYPE_CHECKING:
    from choreai_live.teaching import Take

#: Width and height of a film, and height of what stands below, for text as drawn.
_FILM: Final = (150, 168)
_BELOW: Final = 48
_APART: Final = 14


class TakeCard(QFrame):
    """One take: its film, how long it is, what is wrong with it, and a button to delete it."""

    def __init__(self, take: "Take", number: int, look: StyleLook) -> None:
        super().__init__()
        self.take = take
        self.film = TakeFilm(take, look, problem_words(take.quality.problem, dancing=False))
        # Large text takes from the films what it needs.
        self.film.setFixedSize(_FILM[0], round(_FILM[1] - 90 * (theme.LOOK.text_scale - 1)))
        called = self.tr("Take {number}").format(number=number)
        self.film.setAccessibleName(called)
        length = QLabel(f"{called} · {seconds_words(take.seconds)}")
        theme.dress(length, theme.Role.SECTION)
        self.delete_button = QToolButton()
        self.delete_button.setIcon(icon("close"))
        self.delete_button.setToolTip(self.tr("Delete this take"))
        self.delete_button.setAccessibleName(self.tr("Delete take {number}").format(number=number))
        self.delete_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout()
        row.setContentsMargins(2, 0, 0, 0)
        row.addWidget(length, 1)
        row.addWidget(self.delete_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.film)
        column.addLayout(row)
        column.addStretch(1)


class TakesPage(QFrame):
    """Shows the takes of a lesson.

    Attributes
    ----------
    deleted
        Emitted with the place of a take, from 0, that is to be left out.
    more_asked, done_asked, cancelled
        Emitted when there is to be another take, when this is all, and when nothing is to
        be learned.
    """

    deleted = pyqtSignal(int)
    more_asked = pyqtSignal()
    done_asked = pyqtSignal()
    cancelled = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, theme.Role.CARD)
        self.cards: list[TakeCard] = []
        self.title = QLabel()
        theme.dress(self.title, theme.Role.TITLE)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.said = QLabel()
        theme.dress(self.said, theme.Role.QUIET)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Takes"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its buttons are what Tab goes to
        self.area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.more_button = QPushButton(self.tr("&Add a take"))
        self.done_button = QPushButton(self.tr("&Done"))
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.done_button.setProperty("primary", True)
        self.more_button.clicked.connect(self.more_asked)
        self.done_button.clicked.connect(self.done_asked)
        self.cancel_button.clicked.connect(self.cancelled)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        for button in (self.cancel_button, self.more_button, self.done_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 22, 28, 24)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.said)
        column.addWidget(self.area, 1)
        column.addLayout(row)
        theme.LOOK.changed.connect(self._fit)
        self._fit()

    @property
    def wish(self) -> int:
        """Logical pixels it would like to be wide, for text as drawn."""
        return max(460, min(56 + (_FILM[0] + _APART) * len(self.cards), 900))

    def show_takes(self, takes: Sequence["Take"], name: str, look: StyleLook, said: str) -> None:
        """Show these takes, the newest last and in view.

        Parameters
        ----------
        takes
            What was danced.
        name
            Of the style.
        look
            Its look.
        said
            What there is to say of the newest take; empty for what holds of all of them.
        """
        self.title.setText(name)
        total = sum(take.seconds for take in takes if take.quality.usable)
        words = said or self._summary(total)
        self.said.setText(words)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_APART)
        self.cards = []
        for number, take in enumerate(takes, start=1):
            card = TakeCard(take, number, look)
            card.delete_button.clicked.connect(self._deleting(number - 1))
            line.addWidget(card)
            self.cards.append(card)
        line.addStretch(1)
        self.area.setWidget(row)
        self.done_button.setEnabled(total > 0)
        for one, other in zip(self._order(), self._order()[1:], strict=False):
            self.setTabOrder(one, other)
        (self.done_button if total > 0 else self.more_button).setFocus()
        if self.cards:
            newest = self.cards[-1]
            row.adjustSize()
            self.area.ensureWidgetVisible(newest)

    def _order(self) -> list[QWidget]:
        buttons = [self.cancel_button, self.more_button, self.done_button]
        return [*(card.delete_button for card in self.cards), *buttons]

    def _deleting(self, place: int) -> Callable[[], None]:
        return lambda: self.deleted.emit(place)

    def _summary(self, seconds: float) -> str:
        if not seconds:
            return self.tr("There is nothing to learn from yet: add a take.")
        if seconds < 30:
            return self.tr(
                "{seconds} s of dancing. Another take, turned a little, makes it surer."
            ).format(seconds=round(seconds))
        return self.tr("{seconds} s of dancing.").format(seconds=round(seconds))

    def _fit(self) -> None:
        scale = theme.LOOK.text_scale
        film = _FILM[1] - 90 * (scale - 1)
        self.area.setMinimumSize(QSize(360, round(film + _BELOW * scale)))
