"""The small picture of then, how long ago that was, and the way back."""

from typing import Final

from PyQt6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from choreai_live.ui import theme

_PADDING: Final = 10
#: Of the small picture on the reference window, pixels.
_WIDTH: Final = 256


class LookbackCard(QFrame):
    """Stands above the timeline while somebody looks back."""

    live_asked = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, theme.Role.CARD)
        self._picture = _Picture()
        self._ago = QLabel()
        self._clock = QLabel()
        theme.dress(self._ago, theme.Role.SECTION)
        theme.dress(self._clock, theme.Role.QUIET)
        self._back = QPushButton(self.tr("Back to live"))
        self._back.setToolTip(self.tr("End"))
        self._back.setCursor(Qt.CursorShape.PointingHandCursor)
        self._back.setProperty("primary", True)
        self._back.clicked.connect(self.live_asked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._ago)
        words.addWidget(self._clock)
        row = QHBoxLayout()
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(18)
        row.addLayout(words, 1)
        row.addWidget(self._back)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        column.setSpacing(8)
        column.addWidget(self._picture)
        column.addLayout(row)
        self.hide()

    @property
    def words(self) -> str:
        """What the card says of how long ago it was."""
        return self._ago.text()

    @property
    def has_picture(self) -> bool:
        """Whether there is a small picture to see."""
        return not self._picture.isHidden()

    def show_then(
        self, ago: str, clock: str, picture: QImage | None, *, mirrored: bool, ended: bool
    ) -> None:
        """Show what there is of then.

        Parameters
        ----------
        ago, clock
            How long ago, and where on the source's clock.
        picture
            The small picture; None where none was kept.
        mirrored
            Whether to exchange its left and right, as in the large picture.
        ended
            Whether there is no live to come back to, but an end.
        """
        self._ago.setText(ago)
        self._clock.setText(clock)
        self._back.setText(self.tr("Back to the end") if ended else self.tr("Back to live"))
        self._picture.show_image(picture, mirrored=mirrored)
        self.setAccessibleName(f"{ago}, {clock}")

    def change_ago(self, ago: str) -> None:
        """Say that it is longer ago by now."""
        if ago != self._ago.text():
            self._ago.setText(ago)

    def place(self, x: int, bottom: int) -> None:
        """Stand on `bottom` around `x`, pixels of the parent, without leaving it."""
        parent = self.parentWidget()
        if parent is None:
            return
        self._picture.fit(round(_WIDTH * theme.unit(parent)))
        self.adjustSize()
        widest = parent.width() - self.width() - 8
        self.move(
            QPoint(min(max(x - self.width() // 2, 8), max(widest, 8)), bottom - self.height())
        )
        self.show()
        self.raise_()

    def event(self, event: QEvent | None) -> bool:
        """Take Escape before it leaves the full screen."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.live_asked.emit()
                return True
        return super().event(event)


class _Picture(QWidget):
    """A small picture with round corners, as wide as the card."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._mirrored = False
        self._width = 256
        self.hide()

    def show_image(self, image: QImage | None, *, mirrored: bool) -> None:
        self._image, self._mirrored = image, mirrored
        self.setVisible(image is not None)
        self.fit(self._width)
        self.update()

    def fit(self, width: int) -> None:
        self._width = width
        if self._image is None or self._image.isNull():
            return
        # A picture taken upright is as high as one taken lying is wide, not higher.
        aspect = self._image.width() / self._image.height()
        self.setFixedSize(QSize(width, round(min(width / aspect, width * 0.75))))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        if self._image is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        whole = QRectF(self.rect())
        scale = min(whole.width() / self._image.width(), whole.height() / self._image.height())
        area = QRectF(0.0, 0.0, self._image.width() * scale, self._image.height() * scale)
        area.moveCenter(whole.center())
        outline = QPainterPath()
        outline.addRoundedRect(area, 8, 8)
        painter.setClipPath(outline)
        if self._mirrored:
            painter.translate(whole.width(), 0.0)
            painter.scale(-1.0, 1.0)
        painter.drawImage(area, self._image)
        painter.setClipping(False)
        painter.setPen(QPen(theme.faded(theme.TEXT, 0.12), 1.0))
        painter.drawPath(outline)
