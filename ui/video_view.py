"""The picture with its dancers: aspect kept, crisp on any screen, mirrored on request."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from time import monotonic, thread_time
from typing import Final

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PyQt6.QtGui import QHideEvent, QImage, QPainter, QPainterPath, QPaintEvent, QRegion
from PyQt6.QtWidgets import QSizePolicy, QWidget

from choreai_live.messages import Image, Readout, Snapshot, Track
from choreai_live.ui import theme
from choreai_live.ui.dancer_tags import DancerTags
from choreai_live.ui.motion import Motion
from choreai_live.ui.picture import ScreenPicture, image_of_frame
from choreai_live.ui.prominence import Foremost
from choreai_live.ui.skeleton_painter import Place, paint_skeleton, presence
from choreai_live.ui.still import Still
from choreai_live.ui.style_look import StyleLook, StyleLooks
from choreai_live.ui.trails import Trails

_CORNER: Final = 12.0
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


class VideoView(QWidget):
    """Shows one snapshot: the picture, the skeletons, a tag per dancer.

    Parameters
    ----------
    parent
        The widget it is in.
    tags
        Draws the tags; None for those of the window.
    most_tags
        Dancers with a tag at the same time, the most prominent first; None for all.
    scale
        How much larger than on the reference window the tags are, for a widget.
    corner
        Radius of the picture's corners, pixels.
    trim
        Share of the picture's width or height that may be cut off to fill the widget.
    gliding
        Whether skeletons and tags are drawn at the screen's own rate, on their way
        between two snapshots; costs a little, and only while something moves.
    """

    #: Whether the dancers are drawn over the picture they were seen in.
    over_picture = True
    #: The colour of the theme, by its name there, of what the picture leaves free.
    ground = "BACKGROUND"

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        tags: DancerTags | None = None,
        most_tags: int | None = None,
        scale: Callable[[QWidget], float] = theme.unit,
        corner: float = _CORNER,
        trim: float = 0.0,
        gliding: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._picture: QImage | None = None
        self._captured: float | None = None
        self._size = (1, 1)
        self._tracks: tuple[Track, ...] = ()
        self._readouts: Mapping[int, Readout] = {}
        self._prominent: int | None = None
        self._looks = StyleLooks()
        self._tags = DancerTags() if tags is None else tags
        self._foremost = None if most_tags is None else Foremost(most_tags)
        self._untagged: set[int] = set()
        self._tag_scale = scale
        self._corner = corner
        self._trim = trim
        self._room: QRectF | None = None
        self._mirrored = False
        self._dimmed = False
        self._on_screen = ScreenPicture()
        self._motion = Motion(over_picture=self.over_picture) if gliding else None
        self._trails: Trails | None = None
        self._painted_at: float | None = None
        self._cost = 0.0
        self._due = 0.0
        self._rests_until = 0.0
        self._tick = QTimer(self)
        self._tick.setTimerType(Qt.TimerType.PreciseTimer)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._glide)

    @property
    def mirrored(self) -> bool:
        """Whether left and right are exchanged, as in a mirror."""
        return self._mirrored

    @mirrored.setter
    def mirrored(self, mirrored: bool) -> None:
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self._tags.forget()
            self.update()
            self._pass_on()

    @property
    def dimmed(self) -> bool:
        """Whether the picture steps back behind a message."""
        return self._dimmed

    @dimmed.setter
    def dimmed(self, dimmed: bool) -> None:
        self._dimmed = dimmed
        self.update()
        self._pass_on()

    @property
    def trails(self) -> bool:
        """Whether hands and feet leave trails."""
        return self._trails is not None

    @trails.setter
    def trails(self, trails: bool) -> None:
        if trails != self.trails:
            self._trails = Trails() if trails else None
            self.update()
            self._pass_on()

    @property
    def corner(self) -> float:
        """Radius of the picture's corners, pixels."""
        return self._corner

    @corner.setter
    def corner(self, corner: float) -> None:
        self._corner = corner
        self.update()

    @property
    def glides(self) -> bool:
        """Whether dancers and tags are drawn on their way between two snapshots, too."""
        return self._motion is not None

    @glides.setter
    def glides(self, glides: bool) -> None:
        if glides != self.glides:
            self._motion = Motion(over_picture=self.over_picture) if glides else None
            self._tick.stop()
            self.update()

    @property
    def gliding(self) -> bool:
        """Whether something is on its way, to be drawn again without a new snapshot."""
        return self._tick.isActive()

    @property
    def room(self) -> QRectF:
        """Where in the widget the picture is put: all of it, unless set otherwise."""
        return QRectF(self.rect()) if self._room is None else self._room

    @room.setter
    def room(self, room: QRectF) -> None:
        if room != self._room:
            self._room = room
            self._tags.forget()
            self.update()
            self._pass_on()

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to see."""
        return self._picture is not None

    @property
    def captured(self) -> float | None:
        """When the picture to see was captured, `time.monotonic()` seconds; None without one."""
        return self._captured

    def set_looks(self, looks: StyleLooks) -> None:
        """Say what the styles look like."""
        self._looks = looks
        self.update()

    def show_snapshot(
        self, snapshot: Snapshot, prominent: int | None, picture: QImage | None = None
    ) -> None:
        """Show this snapshot from now on.

        Parameters
        ----------
        snapshot
            The newest.
        prominent
            The dancer of the big readout.
        picture
            Its frame as :func:`image_of_frame` gives it, where somebody had time for that.
        """
        height, width, _ = snapshot.frame.image.shape
        self._picture = self._prepared(snapshot.frame.image) if picture is None else picture
        self._captured = snapshot.frame.captured
        self._size = (width, height)
        self._tracks = snapshot.tracks
        if self._motion is not None:
            frame, now = snapshot.frame, monotonic()
            self._motion.show(snapshot.tracks, frame.time, now, connection=frame.connection)
            self._tracks = self._motion.tracks(now)
        if self._trails is not None:
            self._trails.record(snapshot.tracks, snapshot.frame.time)
        self._readouts = snapshot.readouts
        self._prominent = prominent
        if self._foremost is not None:
            tagged = self._foremost.choose(snapshot.tracks, width, height)
            self._untagged = {track.id for track in snapshot.tracks}.difference(tagged)
        self.update()
        self._tick.stop()  # the next drawing is one tick after this one
        self._glide_on()

    def still(self) -> Still | None:
        """Return what is shown now, to be drawn elsewhere; None where nothing is."""
        if self._picture is None:
            return None
        return Still(
            self._picture,
            self._size,
            self._tracks,
            dict(self._readouts),
            self._prominent,
            self._looks,
            self._mirrored,
            deepcopy(self._trails),
        )

    def clear(self) -> None:
        """Show nothing."""
        self._picture = None
        self._captured = None
        self._tracks = ()
        self._readouts = {}
        self._tags.forget()
        self._on_screen.forget()
        for memory in (self._motion, self._trails):
            if memory is not None:
                memory.forget()
        self._tick.stop()
        self.update()

    def picture_rect(self) -> QRectF:
        """Return where the picture is drawn, in widget pixels."""
        width, height = self._size
        scale = self._scale()
        area = QRectF(0.0, 0.0, width * scale, height * scale)
        area.moveCenter(self.room.center())
        return area

    def place(self, x: float, y: float) -> QPointF:
        """Return where a pixel of the frame is drawn."""
        return self._placing()(x, y)

    def _placing(self) -> Place:
        """Return `place` as it is now, for many pixels."""
        rect, scale = self.picture_rect(), self._scale()
        left, top, way = rect.left(), rect.top(), scale
        if self._mirrored:
            left, way = rect.right(), -scale
        return lambda x, y: QPointF(left + x * way, top + y * scale)

    def sizeHint(self) -> QSize:
        """Suggest the shape of most cameras."""
        return QSize(864, 540)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Rest: what nobody sees need not move."""
        self._tick.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw everything, as it is at this moment."""
        began, now = thread_time(), monotonic()
        elapsed = 0.0 if self._painted_at is None else now - self._painted_at
        self._painted_at = now
        if self._motion is not None:
            self._tracks = self._motion.tracks(now)
        painter = QPainter(self)
        self._paint(painter, elapsed)
        painter.end()
        # One that took long for another reason, such as a font that was loaded, counts little.
        self._cost += 0.1 * (min(thread_time() - began, 2 * _DEAR) - self._cost)

    def _paint(self, painter: QPainter, elapsed: float) -> None:
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.fillRect(self.rect(), theme.colour(self.ground))
        if self._picture is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.SURFACE)
            painter.drawRoundedRect(QRectF(self.rect()), self._corner, self._corner)
            return
        area = self.picture_rect()
        self._paint_picture(painter, self._picture, area)
        if self._dimmed:
            painter.fillRect(self.rect(), theme.faded(theme.colour(self.ground), 0.66))
        else:
            painter.setClipRect(area.intersected(self.room))
            self._paint_dancers(painter, area, elapsed)
            painter.setClipping(False)
        if self._corner:
            _round_off(painter, self._edges(), self._corner)

    def _pass_on(self) -> None:
        """Tell whoever shows the same what was chosen; nobody, unless overridden."""

    def _edges(self) -> QRectF:
        """Return what has round corners."""
        return self.picture_rect()

    def _prepared(self, image: Image) -> QImage:
        """Return what is drawn in the place of the picture."""
        return image_of_frame(image)

    def _paint_picture(self, painter: QPainter, picture: QImage, area: QRectF) -> None:
        self._on_screen.paint(
            painter, picture, area, mirrored=self._mirrored, ratio=self.devicePixelRatioF()
        )

    def _glide_on(self) -> None:
        """Go on drawing while something is on its way and somebody may see it."""
        if self._motion is None:
            return
        now = monotonic()
        window = self.window()
        seen = self.isVisible() and window is not None and not window.isMinimized()
        if not seen or self._dimmed or self._cost > _DEAR or now < self._rests_until:
            self._motion.arrive()
            if self._tick.isActive():
                self._tick.stop()
                self.update()
        elif not self._motion.moving(now) and not self._tags.gliding:
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
        if self._motion is None or self._motion.awaits(now):
            return
        before, self._tracks = self._tracks, self._motion.tracks(now)
        moving = self._motion.moving(now) or self._tags.gliding
        piecewise = moving and self.over_picture
        self.update(self._moving(before) if piecewise else QRegion(self.rect()))
        self._glide_on()

    def _moving(self, before: Sequence[Track]) -> QRegion:
        """Return where dancers and tags are drawn, `before` and now; a tag goes with its dancer."""
        region = QRegion()
        parts = list(self._tags.ways)
        for track in (*before, *self._tracks):
            points = track.pose.keypoints
            (x1, y1), (x2, y2) = points.min(axis=0), points.max(axis=0)
            joints = QRectF(self.place(float(x1), float(y1)), self.place(float(x2), float(y2)))
            more = _AROUND * self._box(track).height() + _AROUND_PIXELS
            parts.append(joints.normalized().adjusted(-more, -more, more, more))
        if self._trails is not None:
            parts.append(self._trails.area(self._placing()))
        for part in parts:
            grown = part.adjusted(-_AROUND_PIXELS, -_AROUND_PIXELS, _AROUND_PIXELS, _AROUND_PIXELS)
            region += QRegion(grown.toAlignedRect())
        return region

    def _paint_dancers(self, painter: QPainter, area: QRectF, elapsed: float) -> None:
        scale = self._scale()
        shown = [track for track in self._tracks if presence(track) > 0.0]
        # The prominent dancer last, on top.
        shown.sort(key=lambda track: (track.id == self._prominent, -track.id))
        if self._trails is not None:
            place = self._placing()
            for track in shown:
                colour = self._look_of(track).colour
                self._trails.paint(painter, track, place, scale, colour)
        for track in shown:
            self._paint_dancer(painter, track, scale, self._look_of(track))
        self._tags.paint(
            painter,
            area.intersected(self.room),
            [
                (track, self._readouts.get(track.id), self._look_of(track), self._box(track))
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

    def _box(self, track: Track) -> QRectF:
        x1, y1, x2, y2 = (float(edge) for edge in track.pose.box)
        return QRectF(self.place(x1, y1), self.place(x2, y2)).normalized()

    def _scale(self) -> float:
        width, height = self._size
        room = self.room
        whole = min(room.width() / width, room.height() / height)
        filling = max(room.width() / width, room.height() / height)
        return filling if whole >= (1.0 - self._trim) * filling else whole


def _round_off(painter: QPainter, area: QRectF, corner: float) -> None:
    """Cover the corners; cheaper than clipping the whole picture to a round rectangle."""
    path = QPainterPath()
    path.addRect(area.adjusted(-1, -1, 1, 1))
    path.addRoundedRect(area, corner, corner)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.BACKGROUND)
    painter.drawPath(path)
