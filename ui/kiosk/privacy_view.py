"""The privacy view: figures of light on a dark stage, and never the picture."""

from typing import Final

import cv2
import numpy as np
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QImage, QPainter

from choreai_live import skeleton
from choreai_live.messages import Image, Track
from choreai_live.ui.kiosk.figure import Figure, paint_figure
from choreai_live.ui.kiosk.pixels import image_of, pixels_of
from choreai_live.ui.kiosk.stage_light import StageLight, stage
from choreai_live.ui.skeleton_painter import Place, presence
from choreai_live.ui.style_look import StyleLook
from choreai_live.ui.video_view import VideoView

#: Scores between which a joint goes from invisible to fully drawn.
_DOUBTFUL: Final = 0.15
_CERTAIN: Final = 0.5
#: The shine is drawn so many times smaller than the screen, and blurred there, in its pixels.
_SHINE: Final = 10
_BLUR: Final = 2.4


class PrivacyView(VideoView):
    """Shows where the dancers' joints are, and nothing else of them.

    The picture is not kept, not even for the moment in which it is drawn.
    """

    _stage: tuple[StageLight, Image] | None = None

    def _prepared(self, image: Image) -> QImage:
        """Return an empty picture, whatever was seen."""
        return QImage()

    def _paint_picture(self, painter: QPainter, picture: QImage, area: QRectF) -> None:
        stage = self._lit_stage()
        dancers = [] if self.dimmed else [t for t in self._tracks if presence(t) > 0.0]
        if dancers:
            height, width, _ = stage.shape
            shine = cv2.resize(self._shine(dancers), (width, height))
            stage = np.asarray(cv2.add(stage, shine), np.uint8)
        painter.drawImage(QRectF(self.rect()), image_of(stage))

    def _paint_dancer(self, painter: QPainter, track: Track, scale: float, look: StyleLook) -> None:
        paint_figure(
            painter, figure_of(track, self.place, scale), look.colour, opacity=presence(track)
        )

    def _lit_stage(self) -> Image:
        """Return the empty stage, uint8 (height, width, 4), in device pixels."""
        ratio = self.devicePixelRatioF()
        size, room = self.size() * ratio, self.room
        light = StageLight(
            x=room.center().x() * ratio,
            y=0.0,
            radius=0.0,
            floor=(room.top() + 0.70 * room.height()) * ratio,
        )
        shape = (size.height(), size.width())
        if self._stage is None or self._stage[0] != light or self._stage[1].shape[:2] != shape:
            self._stage = light, stage(size.width(), size.height(), light)
        return self._stage[1]

    def _shine(self, dancers: list[Track]) -> Image:
        """Return the light around every figure and below its feet, small, uint8 (..., 4)."""
        small = QImage(
            self.width() // _SHINE + 1, self.height() // _SHINE + 1, QImage.Format.Format_RGB32
        )
        small.fill(0)
        painter = QPainter(small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(1 / _SHINE, 1 / _SHINE)
        for track in dancers:
            figure = figure_of(track, self.place, self._scale())
            colour = self._look_of(track).colour
            paint_figure(painter, figure, colour, grown=0.10, opacity=0.6 * presence(track))
            painter.setOpacity(0.5 * presence(track))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(_spot(figure))
        painter.end()
        return np.asarray(cv2.GaussianBlur(pixels_of(small), (0, 0), _BLUR), np.uint8)


def figure_of(track: Track, place: Place, scale: float) -> Figure:
    """Return a dancer as a figure on the screen.

    Parameters
    ----------
    track
        The dancer.
    place
        From pixels of the frame to the screen.
    scale
        Screen pixels per frame pixel.
    """
    pose = track.pose
    shown = np.clip((pose.scores - _DOUBTFUL) / (_CERTAIN - _DOUBTFUL), 0.0, 1.0)
    placed = [place(float(x), float(y)) for x, y in pose.keypoints]
    joints = np.array([(point.x(), point.y()) for point in placed])
    face = list(skeleton.FACE)
    weights = shown[face]
    head = None
    if weights.max() > 0.1:
        middle = np.average(joints[face], axis=0, weights=weights + 1e-6)
        head = (float(middle[0]), float(middle[1]))
    return Figure(joints, shown, head, _torso(joints, shown, pose.box, scale))


def _torso(joints: np.ndarray, shown: np.ndarray, box: np.ndarray, scale: float) -> float:
    """Return how long the torso would be seen from the front, pixels.

    Bent forward or seen from above it is foreshortened, but then a leg or the
    shoulders tell: each against what it is on an average body.
    """

    def length(a: int, b: int) -> float:
        seen = min(shown[a], shown[b]) > 0.3
        return float(np.hypot(*(joints[a] - joints[b]))) if seen else 0.0

    trunk = 0.5 * (
        joints[skeleton.LEFT_SHOULDER]
        + joints[skeleton.RIGHT_SHOULDER]
        - joints[skeleton.LEFT_HIP]
        - joints[skeleton.RIGHT_HIP]
    )
    return max(
        float(np.hypot(*trunk)),
        0.9 * length(skeleton.LEFT_HIP, skeleton.LEFT_KNEE),
        0.9 * length(skeleton.RIGHT_HIP, skeleton.RIGHT_KNEE),
        1.2 * length(skeleton.LEFT_SHOULDER, skeleton.RIGHT_SHOULDER),
        0.12 * float(box[3] - box[1]) * scale,
    )


def _spot(figure: Figure) -> QRectF:
    """Return where the figure's shine falls on the floor."""
    ankles = figure.joints[[skeleton.LEFT_ANKLE, skeleton.RIGHT_ANKLE]]
    x, y = float(ankles[:, 0].mean()), float(ankles[:, 1].max())
    wide, deep = 1.5 * figure.torso, 0.22 * figure.torso
    return QRectF(x - wide / 2, y - deep / 3, wide, deep)
