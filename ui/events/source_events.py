"""What a worker tells, as events: one of these for each worker."""

from time import monotonic
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject

from choreai_live.ui.clock import clock
from choreai_live.ui.events.bursts import Bursts
from choreai_live.ui.events.dancing import Came, Dancing, Went
from choreai_live.ui.events.log import EventKind, EventLog
from choreai_live.ui.language.sentences import spoken
from choreai_live.ui.recording import shown_path
from choreai_live.ui.status_line import provider_words
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.worker import EngineInfo, Status, Update, Worker, WorkerState

if TYPE_CHECKING:
    from choreai_live.isolation import RecordingChanged

_AWAY = (WorkerState.STALLED, WorkerState.RECONNECTING)


class SourceEvents(QObject):
    """Writes into the log what becomes of one worker's source.

    Parameters
    ----------
    log
        Where it is kept.
    worker
        Whose signals are followed.
    parent
        Owner.
    """

    def __init__(self, log: EventLog, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._log = log
        self._name = ""
        self._state: WorkerState | None = None
        self._sentence = ""
        self._away_since = 0.0
        self._looks = StyleLooks()
        self._dancing = Dancing()
        self._bursts = Bursts()
        self._recorded: tuple[str, int, float] | None = None
        self._notices: tuple[str, ...] = ()
        worker.status_changed.connect(self.show_status)
        worker.engine_ready.connect(self.show_engine)
        worker.recording_changed.connect(self.show_recording)

    def show_status(self, status: Status) -> None:
        """Note what is new in a status."""
        before, self._state = self._state, status.state
        if status.source is not None and status.source.title:
            self._name = status.source.title
        same = before is status.state and status.sentence == self._sentence
        self._sentence = status.sentence
        if same:
            return
        now = monotonic()
        match status.state:
            case WorkerState.OPENING:
                self._dancing.forget()
                self._bursts = Bursts()
                self._note(EventKind.SOURCE, self.tr("Opening."))
            case WorkerState.LIVE:
                if before in _AWAY:  # what came at once after the pause is no burst
                    self._bursts = Bursts()
                self._note(EventKind.SOURCE, self._live_words(before, status, now))
            case WorkerState.PAUSED:
                self._note(EventKind.SOURCE, self.tr("Paused."))
            case WorkerState.STALLED | WorkerState.RECONNECTING:
                if before not in _AWAY:
                    self._away_since = now
                words = spoken(status.sentence) or self.tr("No picture comes.")
                if status.state is WorkerState.RECONNECTING:
                    words = self.tr("Reconnecting: {why}").format(why=words)
                self._note(EventKind.SOURCE, words, warning=True)
            case WorkerState.ENDED:
                self._note(EventKind.SOURCE, self.tr("Ended."))
            case WorkerState.LOST | WorkerState.FAILED:
                self._note(EventKind.ERROR, spoken(status.sentence))

    def show_engine(self, engine: EngineInfo) -> None:
        """Note which models run where, and what does not run as it was asked to."""
        self._looks = StyleLooks(engine.labels, engine.unsure_labels)
        words = self.tr("Models are ready: {models} on {provider}.").format(
            models=engine.description, provider=provider_words(engine.provider)
        )
        # Several workers share the models, and each tells of them.
        self._log.note_once("", EventKind.NOTICE, words)
        for notice in engine.notices:
            if notice not in self._notices:
                self._log.note_once("", EventKind.NOTICE, spoken(notice), warning=True)
        self._notices = engine.notices

    def show_recording(self, change: "RecordingChanged") -> None:
        """Note that a recording began, went on in a new part, ended or had to stop."""
        before = self._recorded
        if change.path is not None:
            path = shown_path(change.path)
            self._recorded = path, change.part, change.seconds
            if before is None or before[0] != path:
                self._note(EventKind.RECORDING, self.tr("Recording to {path}.").format(path=path))
            elif before[1] != change.part:
                self._note(
                    EventKind.RECORDING,
                    self.tr("Recording goes on in part {number}.").format(number=change.part),
                )
            return
        if change.failure is not None:
            self._note(EventKind.RECORDING, spoken(change.failure), warning=True)
        elif before is not None:
            self._note(
                EventKind.RECORDING,
                self.tr("{time} recorded to {path}.").format(time=clock(before[2]), path=before[0]),
            )
        self._recorded = None

    def show_update(self, update: Update) -> None:
        """Note who came, who went, what changed, and bursts of dropped frames."""
        snapshot, now = update.snapshot, monotonic()
        for news in self._dancing.look(snapshot.tracks, snapshot.readouts, now):
            name = self.tr("Dancer {number}").format(number=news.dancer)
            if isinstance(news, Came):
                self._note(EventKind.DANCERS, self.tr("{dancer} came.").format(dancer=name))
            elif isinstance(news, Went):
                self._note(EventKind.DANCERS, self.tr("{dancer} went.").format(dancer=name))
            else:
                self._note(
                    EventKind.STYLE,
                    self.tr("{dancer}: {style}").format(
                        dancer=name, style=self._looks.of(news.label).word
                    ),
                )
        burst = self._bursts.count(update.dropped, snapshot.frame.index, now)
        if burst is not None and burst.begins:
            self._note(
                EventKind.FRAMES,
                self.tr("{dropped} of {count} frames were dropped: the machine is behind.").format(
                    dropped=burst.dropped, count=burst.came
                ),
                warning=True,
            )
        elif burst is not None:
            self._note(
                EventKind.FRAMES,
                self.tr("Frames are no longer dropped; {dropped} of {count} were.").format(
                    dropped=burst.dropped, count=burst.came
                ),
            )

    def _live_words(self, before: WorkerState | None, status: Status, now: float) -> str:
        if before in _AWAY:
            away = max(1, round(now - self._away_since))
            return self.tr("Live again after {seconds} s.").format(seconds=away)
        if before is WorkerState.PAUSED:
            return self.tr("Goes on.")
        if status.source is None or status.source.live:
            return self.tr("Live.")
        if status.source.duration is None:
            return self.tr("Playing.")
        return self.tr("Playing, {time} long.").format(time=clock(status.source.duration))

    def _note(self, kind: EventKind, words: str, *, warning: bool = False) -> None:
        self._log.note(self._name, kind, words, warning=warning)
