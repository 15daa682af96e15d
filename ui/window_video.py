"""The window's picture: drawn at the screen's own rate, and on request without the picture."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QImage, QResizeEvent
from PyQt6.QtWidgets import QWidget

from choreai_live.messages import Frame, Image, Snapshot
from choreai_live.ui import theme
from choreai_live.ui.picture import image_of_frame
from choreai_live.ui.prominence import Foremost
from choreai_live.ui.still import Still
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.video_view import VideoView

if TYPE_CHECKING:
    from choreai_live.ui.skeletons_only import SkeletonsOnly

#: Pixels that the picture of the reference window is wide.
_WIDE: Final = 864.0
#: Tags are no smaller than so much of those of the reference window.
_LEGIBLE: Final = 0.68
#: In a tile, large text makes tags no more than so much larger: dancers must be seen, too.
_LARGER: Final = 1.2
#: A picture has room for one tag in so many of its pixels, drawn as large as text is.
_TAG: Final = 150.0


class WindowVideo(VideoView):
    """A view that can be asked for skeletons only.

    While it is, no picture is kept, not even the last one.

    Parameters
    ----------
    parent
        The widget it is in.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gliding=True, scale=self._unit)
        self._small = False
        # Where no more of the picture is prepared than a tile shows: all of it.
        self._whole: Image | None = None
        self._least = self.minimumSize()
        self._round = self.corner
        self._figures: SkeletonsOnly | None = None
        self._last: tuple[Snapshot, int | None] | None = None

    @property
    def small(self) -> bool:
        """Whether it is one among several: drawn when a picture comes, with smaller tags.

        After a change it has to be told again what to show.
        """
        return self._small

    @small.setter
    def small(self, small: bool) -> None:
        if small == self._small:
            return
        self._small = small
        self.setMinimumSize(QSize(64, 36) if small else self._least)
        self.corner = 0.0 if small else self._round
        # Several that glide at the screen's own rate would leave no time for anything else.
        self.glides = not small
        self.ground = "SURFACE" if small else "BACKGROUND"
        self._foremost = Foremost(1) if small else None
        self._untagged = set()
        self._tags.forget()
        self._pass_on()

    @property
    def tile_width(self) -> int:
        """Pixels of the screen that its picture is wide in a tile; 0 where that is none."""
        if not self._small or self._figures is not None:
            return 0
        return max(round(self.picture_rect().width() * self.devicePixelRatioF()), 1)

    @property
    def private(self) -> bool:
        """Whether figures are shown instead of the picture."""
        return self._figures is not None

    @private.setter
    def private(self, private: bool) -> None:
        if private == self.private:
            return
        last = self._last
        if private:
            from choreai_live.ui.skeletons_only import SkeletonsOnly

            super().clear()
            self._whole = None
            self._figures = SkeletonsOnly(self, self._unit)
            self._figures.setGeometry(self.rect())
            self._pass_on()
            self._figures.show()
        elif self._figures is not None:
            self._figures.hide()
            self._figures.deleteLater()
            self._figures = None
        if last is not None:
            self.show_snapshot(*last)

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to see."""
        return super().has_picture if self._figures is None else self._figures.has_picture

    @property
    def captured(self) -> float | None:
        """When what is to be seen was captured, `time.monotonic()` seconds; None without."""
        return super().captured if self._figures is None else self._figures.captured

    def set_looks(self, looks: StyleLooks) -> None:
        """Say what the styles look like."""
        super().set_looks(looks)
        self._pass_on()

    def show_snapshot(
        self, snapshot: Snapshot, prominent: int | None, picture: QImage | None = None
    ) -> None:
        """Show this snapshot from now on; while figures are shown, its picture is not kept."""
        self._last = _without_picture(snapshot), prominent
        if self._foremost is not None:
            self._foremost.most = max(1, int(self.picture_rect().width() / _TAG))
        if self._figures is not None:
            self._figures.show_snapshot(self._last[0], prominent)
        elif self._small:
            self._whole = snapshot.frame.image
            super().show_snapshot(snapshot, prominent, picture)
        else:
            self._whole = None
            super().show_snapshot(snapshot, prominent, picture)

    def still(self) -> Still | None:
        """Return what is shown now; while figures are, them and nothing else."""
        if self._figures is None:
            still = super().still()
            if still is None or self._whole is None:
                return still
            return replace(still, picture=image_of_frame(self._whole))
        if not self._figures.has_picture:
            return None
        drawn = self._figures.grab().toImage()
        return Still(drawn, (drawn.width(), drawn.height()))

    def clear(self) -> None:
        """Show nothing."""
        self._last = self._whole = None
        super().clear()
        if self._figures is not None:
            self._figures.clear()

    def _unit(self, widget: QWidget) -> float:
        """Return how large tags are: in a tile smaller, yet to be read."""
        unit = theme.unit(widget)
        if not self._small:
            return unit
        scale = theme.LOOK.text_scale
        share = self.picture_rect().width() / (_WIDE * unit / scale)
        return max(unit * min(share, 1.0), _LEGIBLE * min(scale, _LARGER))

    def _prepared(self, image: Image) -> QImage:
        """Return what is drawn in the place of the picture."""
        if self._small:
            shown = max(self.width() * self.devicePixelRatioF(), 1.0)
            step = max(1, int(image.shape[1] / (2.0 * shown)))
            image = image[::step, ::step]
        return super()._prepared(image)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Keep the figures over everything."""
        super().resizeEvent(event)
        if self._figures is not None:
            self._figures.setGeometry(self.rect())
            self._pass_on()

    def _pass_on(self) -> None:
        figures = self._figures
        if figures is not None:
            figures.set_looks(self._looks)
            figures.mirrored, figures.dimmed = self.mirrored, self.dimmed
            figures.room, figures.trails = self.room, self.trails
            figures.corner, figures.glides = self.corner, self.glides


def _without_picture(snapshot: Snapshot) -> Snapshot:
    """Return the same snapshot with a picture of that size, all black, which takes no memory."""
    frame = snapshot.frame
    black = np.broadcast_to(np.zeros((1, 1, 1), np.uint8), frame.image.shape)
    bare = Frame(black, frame.time, frame.index, frame.captured, frame.connection)
    return Snapshot(bare, snapshot.tracks, snapshot.readouts, snapshot.timings)
