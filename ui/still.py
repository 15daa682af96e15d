"""What is shown at one moment, to be drawn again elsewhere: on any thread, in its own pixels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt
from PyQt6.QtGui import QImage, QPainter

from choreai_live.messages import Readout, Track
from choreai_live.ui import theme
from choreai_live.ui.dancer_tags import DancerTags
from choreai_live.ui.skeleton_painter import paint_skeleton, presence
from choreai_live.ui.style_look import StyleLook, StyleLooks
from choreai_live.ui.trails import Trails

#: A picture with fewer rows is drawn larger, so that skeletons and tags are sharp.
_LEAST_ROWS: Final = 720
#: However small the picture, its tags can be read.
_LEAST_UNIT: Final = 0.75


@dataclass(frozen=True, slots=True)
class Still:
    """A picture and who was seen in it.

    Parameters
    ----------
    picture
        As it came, not mirrored. Where no picture may be kept: what was drawn in its place,
        whole.
    size
        Width and height of the frame, in whose pixels the dancers are.
    tracks, readouts, prominent
        As shown; nobody where the dancers are drawn already.
    looks
        What the styles look like.
    mirrored
        Whether left and right are exchanged.
    trails
        Of hands and feet; None where they leave none. Nobody else changes them any more.
    """

    picture: QImage
    size: tuple[int, int]
    tracks: Sequence[Track] = ()
    readouts: Mapping[int, Readout] | None = None
    prominent: int | None = None
    looks: StyleLooks | None = None
    mirrored: bool = False
    trails: Trails | None = None

    def drawn(self) -> QImage:
        """Return the picture with skeletons and tags; takes a while, so not for the interface."""
        if self.looks is None:
            return self.picture
        zoom = max(1.0, _LEAST_ROWS / max(self.picture.height(), 1))
        size = QSize(round(self.picture.width() * zoom), round(self.picture.height() * zoom))
        whole = self.picture.mirrored(True, False) if self.mirrored else self.picture
        canvas = whole.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        ).convertToFormat(QImage.Format.Format_RGB32)
        painter = QPainter(canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = canvas.width() / max(self.size[0], 1)
        self._paint_dancers(painter, QRectF(canvas.rect()), scale, self.looks)
        painter.end()
        return canvas

    def _paint_dancers(
        self, painter: QPainter, area: QRectF, scale: float, looks: StyleLooks
    ) -> None:
        edge, way = (area.width(), -scale) if self.mirrored else (0.0, scale)

        def place(x: float, y: float) -> QPointF:
            return QPointF(edge + x * way, y * scale)

        def look(track: Track) -> StyleLook:
            readout = (self.readouts or {}).get(track.id)
            found = looks.of(readout.label if readout else None)
            return replace(found, deep=found.bright)

        shown = [track for track in self.tracks if presence(track) > 0.0]
        shown.sort(key=lambda track: (track.id == self.prominent, -track.id))
        if self.trails is not None:
            for track in shown:
                self.trails.paint(painter, track, place, scale, look(track).bright)
        for track in shown:
            paint_skeleton(painter, track, place, scale, look(track).bright)
        tagged = []
        for track in shown:
            x1, y1, x2, y2 = (float(side) for side in track.pose.box)
            box = QRectF(place(x1, y1), place(x2, y2)).normalized()
            tagged.append((track, (self.readouts or {}).get(track.id), look(track), box))
        width, height = theme.REFERENCE_SIZE
        unit = max(min(area.width() / width, area.height() / height), _LEAST_UNIT)
        DancerTags().paint(painter, area, tagged, self.prominent, unit)
