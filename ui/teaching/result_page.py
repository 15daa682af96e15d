"""The last page of a lesson: it is learning, and then what was learned."""

from PyQt6.QtCore import QLocale, Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from choreai_live.ui import theme


class ResultPage(QFrame):
    """Lies at the foot of the picture, so that the dancer and the readout stay in view.

    Attributes
    ----------
    again_asked, undo_asked, closed
        Emitted when another style is to be taught, when this one is to be forgotten, and
        when the lesson is over.
    """

    again_asked = pyqtSignal()
    undo_asked = pyqtSignal()
    closed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, theme.Role.CARD)
        self.title = QLabel()
        theme.dress(self.title, theme.Role.TITLE)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.said = QLabel()
        theme.dress(self.said, theme.Role.QUIET)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.waiting = QProgressBar()
        self.waiting.setRange(0, 0)
        self.waiting.setTextVisible(False)
        self.waiting.setAccessibleName(self.tr("Learning"))
        self.undo_button = QPushButton(self.tr("&Undo"))
        self.again_button = QPushButton(self.tr("Teach &another"))
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setProperty("primary", True)
        self.undo_button.clicked.connect(self.undo_asked)
        self.again_button.clicked.connect(self.again_asked)
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addStretch(1)
        for button in (self.undo_button, self.again_button, self.close_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 20, 28, 22)
        column.setSpacing(8)
        for part in (self.title, self.said, self.waiting):
            column.addWidget(part)
        column.addLayout(row)
        column.setAlignment(Qt.AlignmentFlag.AlignVCenter)

    def show_learning(self, name: str) -> None:
        """Say that a style is being learned."""
        self.title.setText(self.tr("Learning {name}").format(name=name))
        self.said.setText(self.tr("Keep dancing if you like: nothing stops meanwhile."))
        self._arrange(waiting=True)

    def show_learned(self, name: str, seconds: float) -> None:
        """Say that it was learned, in so many seconds."""
        self.title.setText(
            self.tr("Learned in {seconds} s: keep dancing").format(seconds=_short(seconds))
        )
        self.said.setText(
            self.tr("{name} is recognised from now on, by every source.").format(name=name)
        )
        self._arrange(waiting=False)
        self.close_button.setFocus()

    def _arrange(self, *, waiting: bool) -> None:
        self.waiting.setVisible(waiting)
        for button in (self.undo_button, self.again_button, self.close_button):
            button.setVisible(not waiting)


def _short(seconds: float) -> str:
    return QLocale().toString(max(seconds, 0.1), "f", 1)
