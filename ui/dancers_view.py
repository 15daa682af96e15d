"""The dancers of a snapshot on a widget: skeletons, trails, and a tag per dancer."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PyQt6.QtCore import QPointF, QRectF
from PyQt6.QtGui import QPainter
from PyQt6.QtWidgets import QWidget

from choreai_live.messages import Readout, Snapshot, Track
from choreai_live.ui.dancer_tags import DancerTags
from choreai_live.ui.placing import Placing
from choreai_live.ui.prominence import Foremost
from choreai_live.ui.skeleton_painter import paint_skeleton, presence
from choreai_live.ui.style_look import StyleLook, StyleLooks
from choreai_live.ui.view_choices import ViewChoices


class DancersView(ViewChoices):
    """Knows who is to be drawn, and where; what is behind them is for those that inherit it.

    Parameters
    ----------
    parent
        The widget it is in.
    tags
        Draws the tags.
    most_tags
        Dancers with a tag at the same time, the most prominent first; None for all.
    scale
        How much larger than on the reference window the tags are, for a widget.
    corner
        Radius of the picture's corners, pixels.
    trim
        Share of the picture's width or height that may be cut off to fill the widget.
    """

    def __init__(
        self,
        parent: QWidget | None,
        *,
        tags: DancerTags,
        most_tags: int | None,
        scale: Callable[[QWidget], float],
        corner: float,
        trim: float,
    ) -> None:
        super().__init__(parent, tags, corner)
        self._size = (1, 1)
        self._tracks: tuple[Track, ...] = ()
        self._readouts: Mapping[int, Readout] = {}
        self._prominent: int | None = None
        self._looks = StyleLooks()
        self._foremost = None if most_tags is None else Foremost(most_tags)
        self._untagged: set[int] = set()
        self._tag_scale = scale
        self._trim = trim

    def set_looks(self, looks: StyleLooks) -> None:
        """Say what the styles look like."""
        self._looks = looks
        self.update()

    def picture_rect(self) -> QRectF:
        """Return where the picture is drawn, in widget pixels."""
        return self._placing().area

    def place(self, x: float, y: float) -> QPointF:
        """Return where a pixel of the frame is drawn."""
        return self._placing().place(x, y)

    def _placing(self) -> Placing:
        """Return where everything is at this moment."""
        return Placing(self._size, self.room, trim=self._trim, mirrored=self._mirrored)

    def _take(self, snapshot: Snapshot, prominent: int | None) -> None:
        """Remember who is in a snapshot, and who gets a tag."""
        height, width, _ = snapshot.frame.image.shape
        self._size = (width, height)
        self._tracks = snapshot.tracks
        if self._trails is not None:
            self._trails.record(snapshot.tracks, snapshot.frame.time)
        self._readouts = snapshot.readouts
        self._prominent = prominent
        if self._foremost is not None:
            tagged = self._foremost.choose(snapshot.tracks, width, height)
            self._untagged = {track.id for track in snapshot.tracks}.difference(tagged)

    def _paint_dancers(self, painter: QPainter, area: QRectF, elapsed: float) -> None:
        placing = self._placing()
        scale = placing.scale
        shown = [track for track in self._tracks if presence(track) > 0.0]
        # The prominent dancer last, on top.
        shown.sort(key=lambda track: (track.id == self._prominent, -track.id))
        if self._trails is not None:
            for track in shown:
                colour = self._look_of(track).colour
                self._trails.paint(painter, track, placing.place, scale, colour)
        for track in shown:
            self._paint_dancer(painter, track, scale, self._look_of(track))
        self._tags.paint(
            painter,
            area.intersected(self.room),
            [
                (track, self._readouts.get(track.id), self._look_of(track), placing.box(track))
                for track in shown
                if track.id not in self._untagged
            ],
            self._prominent,
            self._tag_scale(self),
            elapsed,
        )

    def _paint_dancer(self, painter: QPainter, track: Track, scale: float, look: StyleLook) -> None:
        paint_skeleton(painter, track, self.place, scale, look.bright)

    def _look_of(self, track: Track) -> StyleLook:
        """Return how the dancer's style looks; over the picture it is bright in every theme."""
        readout = self._readouts.get(track.id)
        look = self._looks.of(readout.label if readout else None)
        return replace(look, deep=look.bright)

    def _scale(self) -> float:
        return self._placing().scale
