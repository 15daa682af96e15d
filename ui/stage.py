"""The place of the picture: the video, and what is laid over it."""

from math import ceil
from time import monotonic
from typing import Final

from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from choreai_live.ui import theme
from choreai_live.ui.message_card import MessageCard
from choreai_live.ui.picker.failure import failure_heading
from choreai_live.ui.recording import RecordingSign
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


class Stage(QWidget):
    """Video, message card and notice."""

    def __init__(self, actions: WindowActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self.video = WindowVideo()
        self.video.setAccessibleName(self.tr("Picture"))
        self.card = MessageCard()
        self.notice = Notice()
        self.recording = RecordingSign()
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
        grid.addWidget(self.notice, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)

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
                self.card.show_message(
                    self.tr("Getting ready"), self.tr("Loading the models."), waiting=True
                )
            case WorkerState.OPENING:
                self.card.show_message(self.tr("Opening"), name, (), waiting=True)
            case WorkerState.LIVE | WorkerState.PAUSED:
                self.card.hide()
            case WorkerState.ENDED:
                ask.reopen.setIconText(self.tr("Replay"))
                self.card.show_message(
                    *self._summary(status), (ask.reopen, ask.timeline.summary, *others)
                )
            case WorkerState.STALLED:
                ask.reopen.setIconText(self.tr("Try now"))
                self.card.show_message(
                    self.tr("No picture comes"), status.sentence, (ask.reopen, *others)
                )
            case WorkerState.RECONNECTING:
                ask.reopen.setIconText(self.tr("Try now"))
                self._reconnect(status, (ask.reopen, *others))
            case WorkerState.LOST:
                ask.reopen.setIconText(self.tr("Reopen"))
                self.card.show_message(
                    self.tr("The picture stopped coming"), status.sentence, (ask.reopen, *others)
                )
            case WorkerState.FAILED:
                ask.reopen.setIconText(self.tr("Try again"))
                self.card.show_message(
                    failure_heading(status.source), status.sentence, (ask.reopen, *others)
                )

    def _reconnect(self, status: Status, actions: tuple[QAction, ...]) -> None:
        before, self._away = self._away, status
        now = monotonic()
        worth_counting = status.retry_at is not None and status.retry_at - now > _WORTH_COUNTING
        self._retry_at = status.retry_at if worth_counting else None
        if before is None or before.sentence != status.sentence:
            # Not with every attempt: a button must not be taken away from under a click.
            self.card.show_message("", status.sentence, actions, waiting=True)
        self._count_down()
        self._tick.start()

    def _count_down(self) -> None:
        left = 0 if self._retry_at is None else ceil(self._retry_at - monotonic())
        self.card.change_heading(
            self.tr("Reconnecting in {seconds} s").format(seconds=left)
            if left > 0
            else self.tr("Reconnecting")
        )

    def _summary(self, status: Status) -> tuple[str, str]:
        """Return in two sentences what the dancer seen longest danced most."""
        name = status.source.title if status.source else ""
        danced = max(status.danced.values(), key=lambda seconds: sum(seconds.values()), default={})
        length = status.source.duration if status.source else None
        if length is not None and length < _TOO_SHORT:
            return (
                self.tr("Too short to tell"),
                self.tr(
                    "{name} lasts {seconds:.1f} seconds; a style shows after two or three "
                    "seconds of dancing."
                ).format(name=name, seconds=length),
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


class Notice(QFrame):
    """A sentence over the picture that can be put away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, theme.Role.NOTICE)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setMinimumWidth(420)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        button = QPushButton(self.tr("Got it"))
        button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 20, 24, 20)
        row.setSpacing(18)
        row.addWidget(self._words, 1)
        row.addWidget(button)
        self.hide()

    @property
    def words(self) -> str:
        """What the notice says."""
        return self._words.text()

    def show_words(self, words: str) -> None:
        """Show a notice."""
        self._words.setText(words)
        self.show()
        self.raise_()
