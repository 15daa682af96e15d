"""A take as a little film of its skeleton, over and over."""

from typing import TYPE_CHECKING, Final

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PyQt6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from choreai_live.messages import Floats, Pose, Track
from choreai_live.ui import theme
from choreai_live.ui.skeleton_painter import paint_skeleton
from choreai_live.ui.style_look import StyleLook

if TYPE_CHECKING:
    from choreai_live.teaching import Take

#: Keypoints with a lower score say nothing about where the dancer was.
_SEEN: Final = 0.3
#: Percentile of the places that may stick out at either end: one wild joint is no reason to
#: draw the dancer small.
_STRAY: Final = 1.0
#: Share of the widget around the dancer.
_MARGIN: Final = 0.12
_ROUND: Final = 10.0


class TakeFilm(QWidget):
    """Plays a take at its own rate while it can be seen, centred and as large as it fits.

    Parameters
    ----------
    take
        What was danced.
    look
        Of the style it is for.
    problem
        What is wrong with it, to be written at its foot; empty where nothing is.
    """

    def __init__(
        self,
        take: "Take",
        look: StyleLook,
        problem: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.problem = problem
        self.take = take
        self._look = look
        self._step = 0
        self._middle, self._extent = _framed(take.keypoints)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Take"))
        self.setAccessibleDescription(problem)
        self._clock = QTimer(self)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.setInterval(max(1, round(1000 / take.rate)))
        self._clock.timeout.connect(self._go_on)

    @property
    def step(self) -> int:
        """Which step of the take is shown, from 0."""
        return self._step

    def sizeHint(self) -> QSize:
        """Suggest the shape of somebody standing."""
        return QSize(150, 170)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Play."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Rest while nobody sees it."""
        super().hideEvent(event)
        self._clock.stop()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Draw the step: dark ground in both themes, as the picture is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.DARK.background)
        painter.drawRoundedRect(QRectF(self.rect()), _ROUND, _ROUND)
        if not len(self.take.keypoints):
            return
        room = 1.0 - 2 * _MARGIN
        width, height = self._extent
        scale = room * min(self.width() / width, self.height() / height)
        centre = QPointF(self.width() / 2, self.height() / 2)
        x, y = self._middle

        def place(px: float, py: float) -> QPointF:
            return centre + QPointF((px - x) * scale, (py - y) * scale)

        track = _track(self.take.keypoints[self._step], height)
        paint_skeleton(painter, track, place, scale, self._look.bright)
        if self.problem:
            self._paint_problem(painter)

    def _paint_problem(self, painter: QPainter) -> None:
        painter.setFont(theme.text_font(12 * theme.LOOK.text_scale))
        room = QRectF(self.rect()).adjusted(8, 8, -8, -6)
        where = int(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter)
        where |= int(Qt.TextFlag.TextWordWrap)
        plate = painter.boundingRect(room, where, self.problem).adjusted(-8, -4, 8, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.faded(theme.DARK.background, 0.8))
        painter.drawRoundedRect(plate, 6, 6)
        painter.setPen(theme.DARK.warning)
        painter.drawText(room, where, self.problem)

    def _go_on(self) -> None:
        if len(self.take.keypoints):
            self._step = (self._step + 1) % len(self.take.keypoints)
            self.update()


def _track(body: Floats, height: float) -> Track:
    """Return one step, float32 (keypoints=17, 3), as a dancer to be drawn."""
    points = np.ascontiguousarray(body[:, :2], np.float32)
    scores = np.ascontiguousarray(body[:, 2], np.float32)
    top = float(points[:, 1].min())
    box = np.array([points[:, 0].min(), top, points[:, 0].max(), top + height], np.float32)
    return Track(1, Pose(points, scores, box, 1.0), age=1, missed=0)


def _framed(keypoints: Floats) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the middle of where the dancer was, and width and height, pixels.

    Parameters
    ----------
    keypoints
        float32 (steps, keypoints=17, 3): x, y in pixels and score.
    """
    places = keypoints[keypoints[..., 2] > _SEEN][:, :2]
    if not len(places):
        return (0.0, 0.0), (1.0, 1.0)
    low, high = np.percentile(places, (_STRAY, 100.0 - _STRAY), axis=0)
    middle, extent = (low + high) / 2, np.maximum(high - low, 1.0)
    return (float(middle[0]), float(middle[1])), (float(extent[0]), float(extent[1]))
