"""The window's picture: drawn at the screen's own rate, and on request without the picture."""

from typing import TYPE_CHECKING

import numpy as np
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QWidget

from choreai_live.messages import Frame, Snapshot
from choreai_live.ui.style_look import StyleLooks
from choreai_live.ui.video_view import VideoView

if TYPE_CHECKING:
    from choreai_live.ui.skeletons_only import SkeletonsOnly


class WindowVideo(VideoView):
    """A view that can be asked for skeletons only.

    While it is, no picture is kept, not even the last one.

    Parameters
    ----------
    parent
        The widget it is in.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gliding=True)
        self._figures: SkeletonsOnly | None = None
        self._last: tuple[Snapshot, int | None] | None = None

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
            self._figures = SkeletonsOnly(self)
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

    def show_snapshot(self, snapshot: Snapshot, prominent: int | None) -> None:
        """Show this snapshot from now on; `prominent` is the dancer of the big readout."""
        self._last = _without_picture(snapshot), prominent
        if self._figures is not None:
            self._figures.show_snapshot(self._last[0], prominent)
        else:
            super().show_snapshot(snapshot, prominent)

    def clear(self) -> None:
        """Show nothing."""
        self._last = None
        super().clear()
        if self._figures is not None:
            self._figures.clear()

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


def _without_picture(snapshot: Snapshot) -> Snapshot:
    """Return the same snapshot with a picture of that size, all black, which takes no memory."""
    frame = snapshot.frame
    black = np.broadcast_to(np.zeros((1, 1, 1), np.uint8), frame.image.shape)
    bare = Frame(black, frame.time, frame.index, frame.captured, frame.connection)
    return Snapshot(bare, snapshot.tracks, snapshot.readouts, snapshot.timings)
