"""Where the pixels of a frame are on a widget: aspect kept, mirrored on request."""

from collections.abc import Iterable

from PyQt6.QtCore import QPointF, QRectF

from choreai_live.messages import Track


class Placing:
    """The place of a picture, as it is at this moment.

    Parameters
    ----------
    size
        Width and height of the frame, pixels.
    room
        Where on the widget it is put, widget pixels.
    trim
        Share of the picture's width or height that may be cut off to fill the room.
    mirrored
        Whether left and right are exchanged.

    Attributes
    ----------
    scale : float
        Widget pixels per pixel of the frame.
    area : QRectF
        Where the picture is drawn, widget pixels.
    """

    def __init__(
        self, size: tuple[int, int], room: QRectF, *, trim: float = 0.0, mirrored: bool = False
    ) -> None:
        width, height = size
        whole = min(room.width() / width, room.height() / height)
        filling = max(room.width() / width, room.height() / height)
        self.scale = filling if whole >= (1.0 - trim) * filling else whole
        self.area = QRectF(0.0, 0.0, width * self.scale, height * self.scale)
        self.area.moveCenter(room.center())
        self._left = self.area.right() if mirrored else self.area.left()
        self._way = -self.scale if mirrored else self.scale
        self._top = self.area.top()

    def place(self, x: float, y: float) -> QPointF:
        """Return where a pixel of the frame is drawn."""
        return QPointF(self._left + x * self._way, self._top + y * self.scale)

    def rect(self, corners: Iterable[float]) -> QRectF:
        """Return where a rectangle of the frame is drawn: x1, y1, x2, y2."""
        x1, y1, x2, y2 = (float(edge) for edge in corners)
        return QRectF(self.place(x1, y1), self.place(x2, y2)).normalized()

    def box(self, track: Track) -> QRectF:
        """Return where the box of a dancer is drawn."""
        return self.rect(map(float, track.pose.box))
