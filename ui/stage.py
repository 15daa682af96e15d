"""The place of the picture: the video, and what is laid over it."""

from collections.abc import Callable
from math import ceil
from time import monotonic
from typing import Final, NamedTuple

from PyQt6.QtCore import QLocale, Qt, QTimer
from PyQt6.QtGui import QAction, QResizeEvent
from PyQt6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from choreai_live.ui import theme
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.message_card import MessageCard, breakable, unbroken
from choreai_live.ui.picker.failure import failure_heading
from choreai_live.ui.recording import RecordingSign
from choreai_live.ui.several.brief import Brief
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.window_actions import WindowActions
from choreai_live.ui.window_video import WindowVideo
from choreai_live.ui.worker import Status, WorkerState

#: Less than this many seconds danced is not worth summing up.
_WORTH_TELLING: Final = 2.0
#: In a film of less than this many seconds no style can show.
_TOO_SHORT: Final = 2.0
#: A shorter pause than this many seconds is over before its countdown was read.
_WORTH_COUNTING: Final = 1.0
_TICK_MS: Final = 200
#: Logical pixels of a notice's words, however many lines they take; and where there is no room.
_NOTICE_WIDTH: Final = 420
_NARROWEST_NOTICE: Final = 220
#: What went well and offers a next step need not be put away.
_PASSING_MS: Final = 12_000


class Stage(QWidget):
    """Video, message card and notice.

    Parameters
    ----------
    actions
        Of the window.
    parent
        The widget it is in.
    reopen
        Opens the source again; None for the window's own action.
    notice
        What the window has to say, where another widget shows it; None to show it here.
    """

    def __init__(
        self,
        actions: WindowActions,
        parent: QWidget | None = None,
        *,
        reopen: QAction | None = None,
        notice: "Notice | None" = None,
    ) -> None:
        super().__init__(parent)
        self._actions = actions
        self._reopen = actions.reopen if reopen is None else reopen
        self.video = WindowVideo()
        self.video.setAccessibleName(self.tr("Picture"))
        self.card = MessageCard()
        self.brief = Brief()
        self.notice = Notice() if notice is None else notice
        self.recording = RecordingSign()
        self._said: _Said | None = None
        self._compact = False
        self.looks = StyleLooks()
        self._away: Status | None = None
        self._retry_at: float | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._count_down)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.video, 0, 0)
        grid.addWidget(self.card, 0, 0, Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(
            self.recording, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        )
        grid.addWidget(self.brief, 0, 0)
        if notice is None:
            top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
            grid.addWidget(self.notice, 0, 0, top)

    @property
    def compact(self) -> bool:
        """Whether this is a tile, with little room for words."""
        return self._compact

    @compact.setter
    def compact(self, compact: bool) -> None:
        if compact != self._compact:
            self._compact = self.video.small = self.recording.short = compact
            self._show_said()

    def show_status(self, status: Status) -> None:
        """Lay the message over the picture that the state calls for, or none."""
        ask = self._actions
        name = status.source.title if status.source else ""
        if status.state in (WorkerState.LOADING, WorkerState.OPENING):
            self.video.clear()
        self.video.dimmed = status.state not in (WorkerState.LIVE, WorkerState.PAUSED)
        others = (ask.demo, ask.open_file, ask.open_stream)
        if status.state is not WorkerState.RECONNECTING:
            self._away = None
            self._tick.stop()
        match status.state:
            case WorkerState.LOADING:
                self._say(self.tr("Getting ready"), self.tr("Loading the models."), waiting=True)
            case WorkerState.OPENING:
                self._say(self.tr("Opening"), name, (), waiting=True)
            case WorkerState.LIVE | WorkerState.PAUSED:
                self._said = None
                self._show_said()
            case WorkerState.ENDED:
                self._reopen.setIconText(self.tr("Replay"))
                self._say(*self._summary(status), (self._reopen, ask.timeline.summary, *others))
            case WorkerState.STALLED:
                self._reopen.setIconText(self.tr("Try now"))
                self._say(self.tr("No picture comes"), status.sentence, (self._reopen, *others))
            case WorkerState.RECONNECTING:
                self._reopen.setIconText(self.tr("Try now"))
                self._reconnect(status, (self._reopen, *others))
            case WorkerState.LOST:
                self._reopen.setIconText(self.tr("Reopen"))
                self._say(
                    self.tr("The picture stopped coming"), status.sentence, (self._reopen, *others)
                )
            case WorkerState.FAILED:
                self._reopen.setIconText(self.tr("Try again"))
                self._say(failure_heading(status.source), status.sentence, (self._reopen, *others))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Leave buttons out where there is no room for them."""
        super().resizeEvent(event)
        self.card.fit_into(self.width())

    def _reconnect(self, status: Status, actions: tuple[QAction, ...]) -> None:
        before, self._away = self._away, status
        now = monotonic()
        worth_counting = status.retry_at is not None and status.retry_at - now > _WORTH_COUNTING
        self._retry_at = status.retry_at if worth_counting else None
        if before is None or before.sentence != status.sentence:
            # Not with every attempt: a button must not be taken away from under a click.
            self._say("", status.sentence, actions, waiting=True)
        self._count_down()
        self._tick.start()

    def _count_down(self) -> None:
        left = 0 if self._retry_at is None else ceil(self._retry_at - monotonic())
        heading = (
            self.tr("Reconnecting in {seconds} s").format(seconds=left)
            if left > 0
            else self.tr("Reconnecting")
        )
        if self._said is not None:
            self._said = self._said._replace(heading=heading)
        self.card.change_heading(heading)
        self.brief.change_heading(heading)

    def _say(
        self,
        heading: str,
        sentence: str,
        actions: tuple[QAction, ...] = (),
        *,
        waiting: bool = False,
    ) -> None:
        self._said = _Said(heading, sentence, actions, waiting)
        self._show_said()

    def _show_said(self) -> None:
        said = self._said
        self.card.setVisible(said is not None and not self._compact)
        self.brief.setVisible(said is not None and self._compact)
        if said is None:
            return
        if self._compact:
            first = said.actions[0] if said.actions else None
            self.brief.say(said.heading, spoken(said.sentence), first)
            self.recording.raise_()
        else:
            self.card.show_message(*said[:3], waiting=said.waiting)

    def _summary(self, status: Status) -> tuple[str, str]:
        """Return in two sentences what the dancer seen longest danced most."""
        name = status.source.title if status.source else ""
        danced = max(status.danced.values(), key=lambda seconds: sum(seconds.values()), default={})
        length = status.source.duration if status.source else None
        if length is not None and length < _TOO_SHORT:
            return (
                self.tr("Too short to tell"),
                self.tr(
                    "{name} lasts {seconds} seconds; a style shows after two or three "
                    "seconds of dancing."
                ).format(name=name, seconds=QLocale().toString(length, "f", 1)),
            )
        sure = {label: seconds for label, seconds in danced.items() if label is not None}
        if not sure or max(sure.values()) < _WORTH_TELLING:
            return self.tr("No style stood out"), self.tr("{name} has ended.").format(name=name)
        most = max(sure, key=lambda label: sure[label])
        return (
            self.tr("That was mostly {style}").format(style=self.looks.of(most).word),
            self.tr("{part} of {total} seconds of {name}").format(
                part=round(sure[most]), total=round(sum(danced.values())), name=name
            ),
        )


class _Said(NamedTuple):
    """What lies over the picture."""

    heading: str
    sentence: str
    actions: tuple[QAction, ...]
    waiting: bool


class Notice(QFrame):
    """A sentence over the picture that can be put away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, theme.Role.NOTICE)
        # The window need not be wider than the picture for it.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.step = QPushButton()
        self.step.clicked.connect(self._take_step)
        self._step: Callable[[], object] | None = None
        button = QPushButton(self.tr("Got it"))
        button.clicked.connect(self.hide)
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(_PASSING_MS)
        self._passing.timeout.connect(self._pass)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(self.step)
        buttons.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(28, 20, 24, 20)
        self._row.setSpacing(18)
        self._row.addWidget(self._words, 1)
        self._row.addLayout(buttons)
        theme.LOOK.changed.connect(self._fit)
        self.hide()

    @property
    def words(self) -> str:
        """What the notice says."""
        return unbroken(self._words.text())

    def show_words(self, words: str, step: tuple[str, Callable[[], object]] | None = None) -> None:
        """Show a notice, and where there is a next step, a button for it."""
        self._words.setText(breakable(spoken(words)))
        self._step = step[1] if step else None
        self.step.setText(step[0] if step else "")
        self.step.setVisible(step is not None)
        self._fit()
        # Two buttons beside the words would leave them little room.
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if step is None else ways.TopToBottom)
        if step is None:
            self._passing.stop()
        else:
            self._passing.start()
        self.show()
        self.raise_()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Break the words anew where there is less room than they wish for."""
        super().resizeEvent(event)
        missing = self.sizeHint().width() - self.width()
        if missing > 0:
            self._fit(max(self._words.minimumWidth() - missing, _NARROWEST_NOTICE))

    def _fit(self, width: int = _NOTICE_WIDTH) -> None:
        """Keep as many lines as the words take: a layout does not always ask."""
        self._words.ensurePolished()
        self._words.setFixedWidth(width)
        self._words.setMinimumHeight(max(0, self._words.heightForWidth(width)))

    def _pass(self) -> None:
        """Go away, unless somebody is about to press a button."""
        if self.underMouse() or self.isAncestorOf(QApplication.focusWidget() or self):
            self._passing.start()
        else:
            self.hide()

    def _take_step(self) -> None:
        if self._step is not None:
            self._step()
