"""The picture with its dancers: aspect kept, crisp on any screen, mirrored on request."""

from collections.abc import Callable, Mapping
from typing import Final

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from choreai_live.messages import Image, Readout, Snapshot, Track
from choreai_live.ui import theme
from choreai_live.ui.dancer_tags import DancerTags
from choreai_live.ui.prominence import Foremost
from choreai_live.ui.skeleton_painter import paint_skeleton, presence
from choreai_live.ui.style_look import StyleLook, StyleLooks

_CORNER: Final = 12.0


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
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        tags: DancerTags | None = None,
        most_tags: int | None = None,
        scale: Callable[[QWidget], float] = theme.unit,
        corner: float = _CORNER,
        trim: float = 0.0,
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

    @property
    def dimmed(self) -> bool:
        """Whether the picture steps back behind a message."""
        return self._dimmed

    @dimmed.setter
    def dimmed(self, dimmed: bool) -> None:
        self._dimmed = dimmed
        self.update()

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

    def show_snapshot(self, snapshot: Snapshot, prominent: int | None) -> None:
        """Show this snapshot from now on; `prominent` is the dancer of the big readout."""
        height, width, _ = snapshot.frame.image.shape
        self._picture = self._prepared(snapshot.frame.image)
        self._captured = snapshot.frame.captured
        self._size = (width, height)
        self._tracks = snapshot.tracks
        self._readouts = snapshot.readouts
        self._prominent = prominent
        if self._foremost is not None:
            tagged = self._foremost.choose(snapshot.tracks, width, height)
            self._untagged = {track.id for track in snapshot.tracks}.difference(tagged)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._picture = None
        self._captured = None
        self._tracks = ()
        self._readouts = {}
        self._tags.forget()
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
        rect, scale = self.picture_rect(), self._scale()
        if self._mirrored:
            return QPointF(rect.right() - x * scale, rect.top() + y * scale)
        return QPointF(rect.left() + x * scale, rect.top() + y * scale)

    def sizeHint(self) -> QSize:
        """Suggest the shape of most cameras."""
        return QSize(864, 540)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw everything."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        painter.fillRect(self.rect(), theme.BACKGROUND)
        if self._picture is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.SURFACE)
            painter.drawRoundedRect(QRectF(self.rect()), self._corner, self._corner)
            return
        area = self.picture_rect()
        self._paint_picture(painter, self._picture, area)
        if self._dimmed:
            painter.fillRect(self.rect(), theme.faded(theme.BACKGROUND, 0.66))
        else:
            painter.setClipRect(area.intersected(self.room))
            self._paint_dancers(painter, area)
            painter.setClipping(False)
        if self._corner:
            _round_off(painter, area, self._corner)

    def _prepared(self, image: Image) -> QImage:
        """Return what is drawn in the place of the picture."""
        return _picture(image)

    def _paint_picture(self, painter: QPainter, picture: QImage, area: QRectF) -> None:
        painter.save()
        if self._mirrored:
            painter.translate(area.left() + area.right(), 0.0)
            painter.scale(-1.0, 1.0)
        painter.drawImage(area, picture)
        painter.restore()

    def _paint_dancers(self, painter: QPainter, area: QRectF) -> None:
        scale = self._scale()
        shown = [track for track in self._tracks if presence(track) > 0.0]
        # The prominent dancer last, on top.
        shown.sort(key=lambda track: (track.id == self._prominent, -track.id))
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
        )

    def _paint_dancer(self, painter: QPainter, track: Track, scale: float, look: StyleLook) -> None:
        paint_skeleton(painter, track, self.place, scale, look.colour)

    def _look_of(self, track: Track) -> StyleLook:
        readout = self._readouts.get(track.id)
        return self._looks.of(readout.label if readout else None)

    def _box(self, track: Track) -> QRectF:
        x1, y1, x2, y2 = (float(edge) for edge in track.pose.box)
        return QRectF(self.place(x1, y1), self.place(x2, y2)).normalized()

    def _scale(self) -> float:
        width, height = self._size
        room = self.room
        whole = min(room.width() / width, room.height() / height)
        filling = max(room.width() / width, room.height() / height)
        return filling if whole >= (1.0 - self._trim) * filling else whole


def _picture(image: Image) -> QImage:
    """Return a picture of its own in the format that Qt scales fastest.

    The frame is read in place. Qt scales 32-bit pictures two to three times as
    fast as 24-bit ones, so the one conversion pays for itself at each repaint.
    """
    height, width, _ = image.shape
    pixels = np.ascontiguousarray(image)
    # PyQt takes any buffer; its annotations know bytes only.
    wrapped: QImage = QImage(  # type: ignore[call-overload]
        pixels.data, width, height, 3 * width, QImage.Format.Format_BGR888
    )
    return wrapped.convertToFormat(QImage.Format.Format_RGB32)


def _round_off(painter: QPainter, area: QRectF, corner: float) -> None:
    """Cover the corners; cheaper than clipping the whole picture to a round rectangle."""
    path = QPainterPath()
    path.addRect(area.adjusted(-1, -1, 1, 1))
    path.addRoundedRect(area, corner, corner)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.BACKGROUND)
    painter.drawPath(path)
