"""Drawing between two snapshots: when, where on the widget, and when rather not."""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Final

from PyQt6.QtCore import QRectF, Qt, QTimer
from PyQt6.QtGui import QRegion
from PyQt6.QtWidgets import QWidget

from choreai_live.messages import Snapshot, Track
from choreai_live.ui.motion import Motion
from choreai_live.ui.placing import Placing

#: Between two drawings while something glides.
_TICK_MS: Final = 16
#: Share of a dancer's height that is drawn around the joints at most, and pixels.
_AROUND: Final = 0.12
_AROUND_PIXELS: Final = 14.0
#: Where one drawing takes more of the processor than this, seconds, only news are drawn.
_DEAR: Final = 0.007
#: Where a drawing comes so late, seconds, the machine has better to do for so long.
_LATE: Final = 0.008
_REST: Final = 4.0


class Gliding:
    """Has a view drawn at the screen's own rate, as long as something in it is on its way.

    Parameters
    ----------
    view
        What is drawn.
    tags
        Returns whether the tags are still on theirs.
    draw
        Called when it is time to draw again, with the time, `time.monotonic()` seconds.

    Attributes
    ----------
    motion : Motion or None
        Where the dancers are on their way; None to draw snapshots only, as they are.
    """

    def __init__(
        self,
        view: QWidget,
        tags: Callable[[], bool],
        draw: Callable[[float], None],
    ) -> None:
        self.motion: Motion | None = None
        self._view = view
        self._tags = tags
        self._draw = draw
        self._cost = 0.0
        self._due = 0.0
        self._rests_until = 0.0
        self._tick = QTimer(view)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._glide)

    @property
    def active(self) -> bool:
        """Whether something is on its way, to be drawn again without a new snapshot."""
        return self._tick.isActive()

    def show(self, snapshot: Snapshot) -> tuple[Track, ...]:
        """Take the next snapshot; return the dancers as they are to be drawn at this moment."""
        if self.motion is None:
            return snapshot.tracks
        frame, now = snapshot.frame, monotonic()
        self.motion.show(snapshot.tracks, frame.time, now, connection=frame.connection)
        return self.motion.tracks(now)

    def moving(self, now: float) -> bool:
        """Return whether a dancer or a tag has not arrived."""
        return (self.motion is not None and self.motion.moving(now)) or self._tags()

    def stop(self) -> None:
        """Draw no more until something is shown."""
        self._tick.stop()

    def note(self, seconds: float) -> None:
        """Take how much of the processor a drawing took."""
        # One that took long for another reason, such as a font that was loaded, counts little.
        self._cost += 0.1 * (min(seconds, 2 * _DEAR) - self._cost)

    def go_on(self, *, dimmed: bool) -> None:
        """Go on drawing while something is on its way and somebody may see it."""
        if self.motion is None:
            return
        now, window = monotonic(), self._view.window()
        seen = self._view.isVisible() and window is not None and not window.isMinimized()
        if not seen or dimmed or self._cost > _DEAR or now < self._rests_until:
            self.motion.arrive()
            if self._tick.isActive():
                self._tick.stop()
                self._view.update()
        elif not self.moving(now):
            self._tick.stop()
        elif not self._tick.isActive():
            self._due = now + _TICK_MS / 1e3
            self._tick.start()

    def _glide(self) -> None:
        """Draw again what moves, and rest once it has arrived."""
        now = monotonic()
        if now - self._due > _LATE:
            self._rests_until = now + _REST
        self._due = now + _TICK_MS / 1e3
        if self.motion is not None and not self.motion.awaits(now):
            self._draw(now)


def moving_region(tracks: Iterable[Track], others: Iterable[QRectF], placing: Placing) -> QRegion:
    """Return where to draw again.

    Parameters
    ----------
    tracks
        Dancers where they were and where they are; a tag goes with its dancer.
    others
        What else is drawn, widget pixels.
    placing
        Where the picture is.
    """
    region = QRegion()
    parts = list(others)
    for track in tracks:
        points = track.pose.keypoints
        joints = placing.rect((*points.min(axis=0), *points.max(axis=0)))
        more = _AROUND * placing.box(track).height() + _AROUND_PIXELS
        parts.append(joints.adjusted(-more, -more, more, more))
    for part in parts:
        grown = part.adjusted(-_AROUND_PIXELS, -_AROUND_PIXELS, _AROUND_PIXELS, _AROUND_PIXELS)
        region += QRegion(grown.toAlignedRect())
    return region
