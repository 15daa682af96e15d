"""Shows what is read out: live, or as it was when somebody looks back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QUndoStack

from choreai_live.messages import Snapshot
from choreai_live.ui.clock import clock
from choreai_live.ui.lookback.card import LookbackCard
from choreai_live.ui.lookback.clearing import Clearing
from choreai_live.ui.lookback.moments import Moment, Moments
from choreai_live.ui.lookback.thumbnails import KEEP, Thumbnails
from choreai_live.ui.lookback.words import ago_words
from choreai_live.ui.probability_bars import ProbabilityBars
from choreai_live.ui.prominence import by_prominence
from choreai_live.ui.readout_hint import Hints
from choreai_live.ui.readout_panel import ReadoutPanel
from choreai_live.ui.skeleton_painter import presence
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.timeline_strip import TimelineStrip

if TYPE_CHECKING:
    from choreai_live.style.choreography import Choreography
    from choreai_live.style.timeline import StyleTimeline

#: What is remembered for the choreography of a source without an end, seconds.
_HISTORY: Final = 3600.0


class Reading(QObject):
    """Keeps readout, bars and timeline together, and what is needed to look back.

    Parameters
    ----------
    strip, readout, bars
        The widgets; whoever made them lays them out.
    parent
        Owner.
    """

    #: Whether what is shown is the past.
    looking_changed = pyqtSignal(bool)

    def __init__(
        self,
        strip: TimelineStrip,
        readout: ReadoutPanel,
        bars: ProbabilityBars,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.strip, self.readout, self.bars = strip, readout, bars
        self.card = LookbackCard(strip)
        self.thumbnails = Thumbnails()
        self.undo_stack = QUndoStack(self)
        self.mirrored = False
        self._looks = StyleLooks()
        self._hints = Hints()
        self._moments = Moments(KEEP)
        self._timeline: StyleTimeline | None = None
        self._keep: float | None = _HISTORY
        self._live: Moment | None = None
        self._conclusion = ""
        self._looking: float | None = None
        strip.scrubbed.connect(self.look)
        strip.live_asked.connect(self.back_to_live)
        self.card.live_asked.connect(self.back_to_live)

    @property
    def looking(self) -> float | None:
        """The time that is shown, seconds of the source's clock; None while live."""
        return self._looking

    def set_looks(self, looks: StyleLooks) -> None:
        """Say what the styles look like."""
        self._looks = looks
        for part in (self.readout, self.bars, self.strip):
            part.set_looks(looks)

    def start(self, duration: float | None) -> None:
        """Begin a new source of `duration` seconds, None when endless or unknown."""
        self.back_to_live()
        self._hints.forget()
        self._moments.clear()
        self.thumbnails.clear()
        self.undo_stack.clear()
        self._timeline = self._live = None
        self._keep = _HISTORY if duration is None else None
        self._conclusion = ""
        self.readout.clear()
        self.bars.show_readout(None)
        self.strip.start(duration)

    def show_snapshot(self, snapshot: Snapshot, chosen: int | None) -> None:
        """Take in a snapshot, and show it unless somebody looks back.

        Parameters
        ----------
        snapshot
            The newest.
        chosen
            The dancer of the big readout; None while there is nobody.
        """
        self.strip.show_snapshot(snapshot)
        self._remember(snapshot)
        moment = self._moment(snapshot, chosen)
        if moment is None:
            return  # out of sight for a moment: what was said last stands
        self._live, self._conclusion = moment, ""
        self._moments.record(moment)
        if self._looking is None:
            self._display(moment)
        else:
            self._go_on_looking(self._looking)

    def conclude(self, caption: str) -> None:
        """Say by `caption` that the live readout is the last one, not the present."""
        self._conclusion = caption
        if self._looking is None:
            self.readout.conclude(caption)

    def look(self, time: float) -> None:
        """Show what was read out at `time`, seconds of the source's clock."""
        earliest, latest = self.strip.reach
        moment = self._moments.at(min(max(time, earliest), latest))
        if moment is None:
            return
        before, self._looking = self._looking, min(max(time, earliest), latest)
        self.strip.looking_at = self._looking
        ago = ago_words(self.strip.history.now - self._looking)
        self._display(moment, ago)
        self.card.show_then(
            ago,
            clock(self._looking),
            self.thumbnails.at(self._looking),
            mirrored=self.mirrored,
            ended=bool(self._conclusion),
        )
        self._place_card()
        self.strip.describe(f"{ago}: {self.readout.accessibleDescription()}")
        if before is None:
            self.looking_changed.emit(True)

    def back_to_live(self) -> None:
        """Show what is read out now."""
        if self._looking is None:
            return
        self._looking = self.strip.looking_at = None
        self.card.hide()
        self.strip.describe("")
        if self._live is not None:
            self._display(self._live)
            if self._conclusion:
                self.readout.conclude(self._conclusion)
        self.looking_changed.emit(False)

    def clear(self) -> None:
        """Take what was danced so far off the timeline; the undo stack brings it back."""
        self.back_to_live()
        self.undo_stack.push(Clearing(self.strip, self.tr("Clear timeline")))

    def choreography(self) -> "Choreography":
        """Return what was danced since the source began, or was last cleared."""
        from choreai_live.style.choreography import Choreography, choreography

        if self._timeline is None:
            return Choreography()
        return choreography(self._timeline, self.strip.since)

    def close(self) -> None:
        """End the thread that makes small pictures."""
        self.thumbnails.close()

    def _remember(self, snapshot: Snapshot) -> None:
        if self._timeline is None:
            # Here, because the room it stands in loads what the models need.
            from choreai_live.style.timeline import StyleTimeline

            self._timeline = StyleTimeline(self._looks.labels, self._keep)
        self._timeline.record(snapshot.readouts, snapshot.frame.time)
        colours = {}
        for track in snapshot.tracks:
            if presence(track) > 0.0:
                readout = snapshot.readouts.get(track.id)
                colours[track.id] = self._looks.of(readout.label if readout else None).bright
        self.thumbnails.offer(snapshot, colours)

    def _moment(self, snapshot: Snapshot, chosen: int | None) -> Moment | None:
        hint = self._hints.of(snapshot, chosen)
        time = snapshot.frame.time
        if chosen is None:
            return Moment(time, hint=hint)
        readout = snapshot.readouts.get(chosen)
        track = next(track for track in snapshot.tracks if track.id == chosen)
        if readout is None and track.missed > 0:
            return None
        height, width, _ = snapshot.frame.image.shape
        others: Sequence[int] = by_prominence(snapshot.tracks, width, height)
        return Moment(
            time,
            chosen,
            readout,
            tuple((id_, snapshot.readouts.get(id_)) for id_ in others if id_ != chosen),
            hint,
        )

    def _display(self, moment: Moment, ago: str = "") -> None:
        self.readout.past = ago
        if moment.dancer is None:
            self.readout.show_nobody(hint=moment.hint)
            self.bars.show_readout(None)
            return
        self.readout.show_readout(
            moment.readout,
            moment.time,
            dancer=moment.dancer if moment.others else None,
            hint=moment.hint,
            others=moment.others,
        )
        self.bars.show_readout(moment.readout, moment.time)

    def _go_on_looking(self, time: float) -> None:
        earliest, _ = self.strip.reach
        if time < earliest:  # it has been forgotten meanwhile
            self.look(earliest)
            return
        ago = ago_words(self.strip.history.now - time)
        self.readout.past = ago
        self.card.change_ago(ago)
        self._place_card()

    def _place_card(self) -> None:
        parent = self.strip.parentWidget()
        if parent is None or self._looking is None:
            return
        if self.card.parentWidget() is not parent:
            self.card.setParent(parent)
        at = self.strip.mapTo(parent, self.strip.place_of(self._looking))
        self.card.place(at.x(), at.y() - 6)
