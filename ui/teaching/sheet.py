"""A lesson over the picture: its pages, one at a time, and the keys that lead through it."""

from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QAbstractButton, QPushButton, QWidget

from choreai_live.errors import ChoreaiError
from choreai_live.ui import theme
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.teaching.countdown import Countdown
from choreai_live.ui.teaching.dancing_view import DancingView
from choreai_live.ui.teaching.following import LEAST
from choreai_live.ui.teaching.lesson import Lesson, Phase
from choreai_live.ui.teaching.naming import NamingPage
from choreai_live.ui.teaching.over_picture import paint_dimness
from choreai_live.ui.teaching.result_page import ResultPage
from choreai_live.ui.teaching.takes_page import TakesPage
from choreai_live.ui.teaching.words import problem_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from choreai_live.ui.several.feed import Feed

#: Logical pixels around a card, and how wide it is at most, for text as drawn.
_AROUND: Final = 16
_WIDE: Final = {Phase.NAMING: 460, Phase.LEARNING: 560, Phase.LEARNED: 560}
#: Largest text with which there is room for everything.
_ROOMY: Final = 1.25
#: Keys that belong to the lesson while it has the keyboard, whatever they do elsewhere.
_KEYS: Final = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


class TeachSheet(QWidget):
    """Covers the picture for as long as a lesson lasts.

    Parameters
    ----------
    lesson
        What is shown.
    feed
        Returns the chosen source.
    over
        The pictures; its parent from now on.

    Attributes
    ----------
    closed
        Emitted when the sheet is gone, for the keyboard to go elsewhere.
    undo_asked
        Emitted when what was just learned is to be forgotten.
    """

    closed = pyqtSignal()
    undo_asked = pyqtSignal()

    def __init__(self, lesson: Lesson, feed: "Callable[[], Feed]", over: QWidget) -> None:
        super().__init__(over)
        self.lesson = lesson
        self._feed = feed
        self.setAccessibleName(self.tr("Teach a style"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.naming, self.takes, self.result = NamingPage(), TakesPage(), ResultPage()
        self.countdown, self.dancing = Countdown(), DancingView()
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setProperty("primary", True)
        self._pages: dict[Phase, QWidget] = {
            Phase.NAMING: self.naming,
            Phase.COUNTDOWN: self.countdown,
            Phase.DANCING: self.dancing,
            Phase.TAKES: self.takes,
            Phase.LEARNING: self.result,
            Phase.LEARNED: self.result,
        }
        for page in (*dict.fromkeys(self._pages.values()), self.stop_button):
            page.setParent(self)
            page.hide()
        self.countdown.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.naming.started.connect(self._start)
        self.naming.cancelled.connect(self.close_sheet)
        self.countdown.finished.connect(lesson.dance)
        self.stop_button.clicked.connect(self._stop)
        self.takes.deleted.connect(lesson.delete)
        self.takes.more_asked.connect(lambda: lesson.more(self._feed()))
        self.takes.done_asked.connect(lesson.done)
        self.takes.cancelled.connect(self._discard)
        self.result.again_asked.connect(self.open)
        self.result.undo_asked.connect(self._undo)
        self.result.closed.connect(self.close_sheet)
        lesson.moved_on.connect(self._show_phase)
        theme.LOOK.changed.connect(self._place)
        over.installEventFilter(self)
        for page in (self.naming, self.takes, self.result):
            page.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Begin a lesson, or go on with the one that was put aside."""
        if self.lesson.phase is Phase.TAKES and self.lesson.takes:
            self._show_phase(Phase.TAKES)
        elif self.lesson.phase is Phase.LEARNING:
            self._show_phase(Phase.LEARNING)
        elif not self.isVisible() or self.lesson.phase in (Phase.LEARNED, Phase.TAKES):
            self.lesson.begin()

    def close_sheet(self) -> None:
        """Put the lesson aside; takes that are not learned yet are kept for the next time."""
        self.countdown.stop()
        if self.lesson.phase in (Phase.COUNTDOWN, Phase.DANCING):
            self.lesson.back()
        self.hide()
        self.closed.emit()

    def event(self, event: QEvent | None) -> bool:
        """Keep the lesson's keys from the window's actions, such as Space from *Pause*."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in _KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Stop a take by Space or Enter, and go back by Escape."""
        if event is None:
            return
        phase = self.lesson.phase
        if event.key() == Qt.Key.Key_Escape:
            if phase in (Phase.COUNTDOWN, Phase.DANCING):
                self.countdown.stop()
                self.lesson.back()
            elif phase is not Phase.LEARNING:
                self.close_sheet()
        elif event.key() in _KEYS and phase is Phase.DANCING:
            self._stop()
        elif event.key() in _KEYS and isinstance(button := self.focusWidget(), QAbstractButton):
            button.click()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Stay as large as the pictures below, and a card as large as what it says."""
        kind = QEvent.Type.Resize if watched is self.parent() else QEvent.Type.LayoutRequest
        if event is not None and event.type() == kind and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Let what is behind a card step back."""
        if self.lesson.phase in (Phase.NAMING, Phase.TAKES):
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_dimness(painter, self._picture(), 0.5)

    def _start(self, name: str, family: str | None) -> None:
        try:
            name = self.lesson.library.checked_name(name, family)
        except ChoreaiError as error:  # before anybody dances for nothing
            self.naming.refuse(spoken(str(error)))
        else:
            self.lesson.start(name, family, self._feed())

    def _stop(self) -> None:
        if self.lesson.following is not None:
            self.lesson.following.stop()

    def _discard(self) -> None:
        self.lesson.begin()
        self.close_sheet()

    def _undo(self) -> None:
        self.close_sheet()
        self.undo_asked.emit()

    def _show_phase(self, phase: Phase) -> None:
        lesson = self.lesson
        page = self._pages[phase]
        for other in self._pages.values():
            other.setVisible(other is page)
        self.stop_button.setVisible(phase is Phase.DANCING)
        self.show()
        self.raise_()
        match phase:
            case Phase.NAMING:
                library = lesson.library
                known = {each.name: each.family for each in library.taught if not each.ready_made}
                self.naming.begin(library.families, known)
            case Phase.COUNTDOWN:
                self.countdown.start(lesson.name)
                self.countdown.setFocus()
            case Phase.DANCING:
                self.dancing.start(lesson.name, lesson.look)
                if lesson.following is not None:
                    lesson.following.changed.connect(self._show_take)
                self._show_take()
                self.stop_button.setFocus()
            case Phase.TAKES:
                self.takes.show_takes(lesson.takes, lesson.name, lesson.look, spoken(lesson.said))
            case Phase.LEARNING:
                self.result.show_learning(lesson.name)
            case Phase.LEARNED:
                self.result.show_learned(lesson.name, lesson.took)
        self._place()
        self.update()

    def _show_take(self) -> None:
        following = self.lesson.following
        if following is None:
            return
        problem = problem_words(following.problem, dancing=True)
        self.dancing.show_take(following.seconds, problem, seen=following.dancer is not None)
        words = self.tr("Stop (Space)")
        if not following.can_stop:
            words = self.tr("{seconds} s at least").format(seconds=round(LEAST))
        if words != self.stop_button.text():
            self.stop_button.setText(words)
            self._place()

    def _picture(self) -> QRect:
        """Return where the picture of the chosen source is."""
        video = self._feed().stage.video
        shown = video.picture_rect().toAlignedRect().intersected(video.rect())
        corner = video.mapTo(video.window(), shown.topLeft())
        shown.moveTopLeft(self.mapFrom(self.window(), corner))
        return shown.intersected(self.rect())

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        whole = parent.rect()
        phase = self.lesson.phase
        page = self._pages[phase]
        if phase in (Phase.COUNTDOWN, Phase.DANCING):
            self.setGeometry(whole)
            page.setGeometry(whole)
            picture = self._picture()
            stop = QRect(QPoint(), self.stop_button.sizeHint())
            stop.moveBottomRight(picture.bottomRight() - QPoint(_AROUND, _AROUND))
            self.stop_button.setGeometry(stop)
            self.stop_button.raise_()
            self.dancing.lay_out(picture, stop)
            self.countdown.lay_out(picture)
            return
        room = whole.size() - QSize(2 * _AROUND, 2 * _AROUND)
        if page is self.naming:  # large text leaves no room for what can be read elsewhere
            self.naming.how.setVisible(theme.LOOK.text_scale <= _ROOMY)
        wish = _WIDE.get(phase, self.takes.wish)
        wide = min(round(wish * theme.LOOK.text_scale), room.width())
        card = QRect(0, 0, wide, min(_height(page, wide), room.height()))
        card.moveCenter(whole.center())
        if page is self.result:  # the dancer and the readout go on above
            card.moveBottom(whole.bottom() - _AROUND)
            self.setGeometry(card)
            page.setGeometry(QRect(0, 0, card.width(), card.height()))
            return
        self.setGeometry(whole)
        page.setGeometry(card)


def _height(page: QWidget, width: int) -> int:
    """Return how high a card is at this width, with all that was just put into it."""
    page.ensurePolished()
    layout = page.layout()
    if layout is None:
        return page.sizeHint().height()
    layout.invalidate()
    layout.activate()
    return max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
