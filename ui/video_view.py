"""The picture with its dancers: aspect kept, crisp on any screen, mirrored on request."""

from collections.abc import Callable
from copy import deepcopy
from time import monotonic, thread_time
from typing import Final

from PyQt6.QtCore import QRectF, QSize, Qt
from PyQt6.QtGui import QHideEvent, QImage, QPainter, QPainterPath, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from choreai_live.messages import Image, Snapshot
from choreai_live.ui import theme
from choreai_live.ui.dancer_tags import DancerTags
from choreai_live.ui.dancers_view import DancersView
from choreai_live.ui.gliding import Gliding, moving_region
from choreai_live.ui.motion import Motion
from choreai_live.ui.picture import ScreenPicture, image_of_frame
from choreai_live.ui.still import Still

_CORNER: Final = 12.0


class VideoView(DancersView):
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
        super().__init__(
            parent,
            tags=DancerTags() if tags is None else tags,
            most_tags=most_tags,
            scale=scale,
            corner=corner,
            trim=trim,
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 240)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._picture: QImage | None = None
        self._captured: float | None = None
        self._on_screen = ScreenPicture()
        self._gliding = Gliding(self, lambda: self._tags.gliding, self._glide)
        self.glides = gliding
        self._painted_at: float | None = None

    @property
    def glides(self) -> bool:
        """Whether dancers and tags are drawn on their way between two snapshots, too."""
        return self._gliding.motion is not None

    @glides.setter
    def glides(self, glides: bool) -> None:
        if glides != self.glides:
            self._gliding.motion = Motion(over_picture=self.over_picture) if glides else None
            self._gliding.stop()
            self.update()

    @property
    def gliding(self) -> bool:
        """Whether something is on its way, to be drawn again without a new snapshot."""
        return self._gliding.active

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to see."""
        return self._picture is not None

    @property
    def captured(self) -> float | None:
        """When the picture to see was captured, `time.monotonic()` seconds; None without one."""
        return self._captured

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
        self._picture = self._prepared(snapshot.frame.image) if picture is None else picture
        self._captured = snapshot.frame.captured
        self._take(snapshot, prominent)
        self._tracks = self._gliding.show(snapshot)
        self.update()
        self._gliding.stop()  # the next drawing is one tick after this one
        self._gliding.go_on(dimmed=self._dimmed)

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
        for memory in (self._gliding.motion, self._trails):
            if memory is not None:
                memory.forget()
        self._gliding.stop()
        self.update()

    def sizeHint(self) -> QSize:
        """Suggest the shape of most cameras."""
        return QSize(864, 540)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Rest: what nobody sees need not move."""
        self._gliding.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw everything, as it is at this moment."""
        began, now = thread_time(), monotonic()
        elapsed = 0.0 if self._painted_at is None else now - self._painted_at
        self._painted_at = now
        if self._gliding.motion is not None:
            self._tracks = self._gliding.motion.tracks(now)
        painter = QPainter(self)
        self._paint(painter, elapsed)
        painter.end()
        self._gliding.note(thread_time() - began)

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

    def _glide(self, now: float) -> None:
        """Draw again what moves."""
        before = self._tracks
        if self._gliding.motion is not None:
            self._tracks = self._gliding.motion.tracks(now)
        if self._gliding.moving(now) and self.over_picture:
            placing = self._placing()
            others = list(self._tags.ways)
            if self._trails is not None:
                others.append(self._trails.area(placing.place))
            self.update(moving_region((*before, *self._tracks), others, placing))
        else:
            self.update()
        self._gliding.go_on(dimmed=self._dimmed)


def _round_off(painter: QPainter, area: QRectF, corner: float) -> None:
    """Cover the corners; cheaper than clipping the whole picture to a round rectangle."""
    path = QPainterPath()
    path.addRect(area.adjusted(-1, -1, 1, 1))
    path.addRoundedRect(area, corner, corner)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.BACKGROUND)
    painter.drawPath(path)
